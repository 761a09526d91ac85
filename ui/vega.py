"""A chart on a page: its title and what it needs said are the page's own text, which follows the page's width, and
stand in the picture too, because a picture is copied without its page."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from charts.context import MARKS, in_context, said_of
from exports.pictures import chart as chart_drawing
from indicators import catalogue
from ui import pictures, take
from ui.escape import plain
from ui.pictures import Taken
from ui.visit import Visit


def chart(
    visit: Visit,
    spec: dict[str, Any],
    said: str,
    *,
    synthetic: bool = False,
    indicators: Iterable[str] = (),
    titled: bool = True,
    finding: str = "",
) -> None:
    """The chart of a ready specification under its title and subtitle, with its alternative text, and with its context
    in the picture; under it the picture to take away. `synthetic`: some figure is made up though the chart's own
    records do not say so; `indicators`: what it shows, where that is not all that the page shows. Not `titled`: its
    card has a heading already. `finding`: what the page has found, the title of the picture to take."""
    title = spec["title"]
    small = f":small[{plain(title['subtitle'])}]" if title["subtitle"] else ""
    if titled or small:
        st.markdown("  \n".join(filter(None, [f"**{plain(title['text'])}**" if titled else "", small])))
    shown = tuple(sorted(one for one in set(indicators or visit.indicators) if one in catalogue().indicators))
    marks = spec["usermeta"][MARKS]
    around = pictures.context(visit, shown, marks["periods"], synthetic=synthetic)
    st.vega_lite_chart(spec=in_context(spec, around, visit.language), width="stretch", theme=None, alt=said)
    shows = ", ".join(filter(None, (title["text"] if finding else "", title["subtitle"])))
    told = said_of(finding or title["text"], shows, marks, around, visit.language)
    name = pictures.named(visit, title["text"], marks["periods"])
    take.menu(visit, pictures=[Taken(told, said, chart_drawing(spec), name)], indicators=shown)
