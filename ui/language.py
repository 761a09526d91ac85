"""The reader's language: `?lang=en` in the address, kept from page to page, Swedish first."""

import streamlit as st

from locales import LANGUAGES, text
from models import settings

_KEY = "language"


def chosen_language() -> str:
    """The address's language if we speak it, else the session's last, else the setting DASHBOARD_LANGUAGE."""
    given = st.query_params.get("lang", "")
    language = str(given if given in LANGUAGES else st.session_state.get(_KEY, settings().language))
    st.session_state[_KEY] = language
    return language


def language_switch(language: str) -> None:
    """A way to the other language, named in itself so that it can be found by the one who needs it. A button and no
    choice: a browser still on its way back would send the last choice along, and that would count as a new one."""
    other = next(spoken for spoken in LANGUAGES if spoken != language)

    def changed() -> None:
        st.query_params["lang"] = other

    st.button(text(f"ui.languages.{other}", language), key="other_language", type="tertiary", on_click=changed)
