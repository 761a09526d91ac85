"""The store behind the pages: opened once per process and address, and refused in words."""

import streamlit as st

from models import Store, open_store
from models.settings import store_url


def store() -> Store:
    """The store `DATABASE_URL` names. StoreRefused where it is missing or not ours; the next run tries again."""
    return _opened(store_url())


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Store:
    return open_store(url)
