"""What stands around every page: navigation, language, the state of the store, the page's foot."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import streamlit as st

from exports import program_version
from locales import text
from models import Store, StoreRefused
from models.settings import PROJECT
from ui.address import complete
from ui.frame import Frame, drawn
from ui.language import chosen_language, language_switch
from ui.server.local import local_mode
from ui.stores import store

_ASSETS: Final = Path(__file__).parent / "assets"


def draw(pages: Mapping[str, str]) -> None:
    """The whole frame with the asked-for page in it. Navigation comes first: whatever fails later, the frame stands."""
    language = chosen_language()
    st.set_page_config(page_title=text("ui.product", language), page_icon=_ASSETS / "icon.png", layout="wide")
    page = st.navigation([_page(name, file, language) for name, file in pages.items()], position="top")
    st.html(_ASSETS / "style.css")
    st.html(f'<span data-page-language="{language}"></span>')
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(f'<p class="product">{text("ui.product", language)}</p>', width="content")
        language_switch(language)
    try:
        opened = store()
    except StoreRefused as refused:
        st.error(refused.message(language))
        _foot(language, None)
        return
    frame = Frame(language, opened, {"lang": language})
    with drawn(frame):
        page.run()
    _foot(language, opened)
    complete(frame.choices)


def _page(name: str, file: str, language: str) -> st.Page:
    return st.Page(PROJECT / file, title=text(f"pages.{name}.title", language), url_path=name)


def _foot(language: str, opened: Store | None) -> None:
    """Which program and which data were seen, and who can see them."""
    version = opened.data_version() if opened else 0
    data = text("ui.version", language, version=version) if version else text("ui.version_none", language)
    parts = [text("ui.product", language), program_version(), data]
    if local_mode():
        parts.append(text("ui.local_mode", language))
    st.html(f'<div class="page-foot">{" · ".join(parts)}</div>')
