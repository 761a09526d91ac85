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
    """Svenska or English; each named in itself, so that it can be found by the one who needs it."""
    st.session_state["pick:lang"] = language

    def changed() -> None:
        st.query_params["lang"] = st.session_state["pick:lang"]

    st.radio(
        text("ui.language", language),
        LANGUAGES,
        key="pick:lang",
        format_func=lambda spoken: text(f"ui.languages.{spoken}", language),
        on_change=changed,
        horizontal=True,
        label_visibility="collapsed",
    )
