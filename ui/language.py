"""The reader's language: `?lang=en` in the address, kept from page to page, Swedish first."""

import streamlit as st

from locales import LANGUAGES, text
from models import settings
from ui.address import write

_KEY = "language"


def chosen_language() -> str:
    """The address's language if we speak it, else the session's last, else the setting DASHBOARD_LANGUAGE."""
    given = st.query_params.get("lang", "")
    usual = settings().language
    language = str(given if given in LANGUAGES else st.session_state.get(_KEY, usual))
    st.session_state[_KEY] = language
    write("lang", language, usual)
    return language


def language_switch(language: str) -> None:
    """Svenska or English; each named in itself, so that it can be found by the one who needs it."""
    st.session_state["pick:lang"] = language

    def changed() -> None:
        st.session_state[_KEY] = st.session_state["pick:lang"]
        write("lang", st.session_state["pick:lang"], settings().language)

    st.radio(
        text("ui.language", language),
        LANGUAGES,
        key="pick:lang",
        format_func=lambda spoken: text(f"ui.languages.{spoken}", language),
        on_change=changed,
        horizontal=True,
        label_visibility="collapsed",
    )
