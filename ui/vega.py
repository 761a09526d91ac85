"""A chart on a page: its title and what it needs said are the page's own text, which follows the page's width."""

from typing import Any

import streamlit as st

from ui.escape import plain


def chart(spec: dict[str, Any], said: str) -> None:
    """The chart of a ready specification under its title and subtitle, with its alternative text. Inside the picture
    they would be broken for a telephone at every width, and a reader who copied them would get lines run together."""
    title = spec["title"]
    small = f"  \n:small[{plain(title['subtitle'])}]" if title["subtitle"] else ""
    st.markdown(f"**{plain(title['text'])}**{small}")
    picture = {name: part for name, part in spec.items() if name != "title"}
    st.vega_lite_chart(spec=picture, width="stretch", theme=None, alt=said)
