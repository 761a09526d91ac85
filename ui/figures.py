"""A chart of several answers, its words and its table: each made once per question, none of them alone.

The question is a key of scalars. A page that is warm asks the store for nothing but its data version.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import altair as alt
import polars as pl
import streamlit as st

from ui import vega
from ui.address import switched
from ui.cache import Key, kept, specified
from ui.escape import plain
from ui.parts import card_head
from ui.tables import table_html
from ui.visit import Visit

PICTURED: Final = ("diagram", "table")
"""What a card with a chart can show instead of it, the chart first."""


def drawn(
    visit: Visit,
    name: str,
    key: Key,
    draw: Callable[[], alt.LayerChart],
    told: Callable[[], str],
    *,
    synthetic: bool = False,
    indicators: Sequence[str] = (),
) -> None:
    """The chart with its alternative text, and the same in words under it. `name` tells charts of one key apart;
    `synthetic`, `indicators` as in vega.chart."""
    spec, said = kept(("drawn", name, *key), lambda: (specified(draw()), told()))
    vega.chart(visit, spec, said, synthetic=synthetic, indicators=indicators)
    with st.expander(visit.say("ui.in_words")):
        st.markdown(plain(said))


def picture(visit: Visit, name: str, key: Key, draw: Callable[[], alt.LayerChart], told: Callable[[], str]) -> None:
    """The chart alone; what it says is its alternative text."""
    spec, said = kept(("drawn", name, *key), lambda: (specified(draw()), told()))
    vega.chart(visit, spec, said)


def pictured(
    visit: Visit,
    name: str,
    key: Key,
    heading: str,
    draw: Callable[[], alt.LayerChart],
    told: Callable[[], str],
    table: Callable[[], str],
    more: str = "",
) -> None:
    """The inside of a card: its heading, a switch between the chart and its table, and the one the reader asks for
    (`?name=table`). Under the table the same stands in words. `more`: another switch of the card, as HTML."""
    known = {one: visit.say(f"area.show.{one}") for one in PICTURED}
    shown, switch = switched(visit, name, known, label=visit.say("area.show.label"))
    st.html(card_head(heading, more + switch))
    if shown == PICTURED[0]:
        picture(visit, name, key, draw, told)
        return
    st.html(kept(("table", name, *key), table))
    st.caption(plain(kept(("told", name, *key), told)))


def tabled(visit: Visit, name: str, key: Key, make: Callable[[], str], *, expanded: bool = False) -> None:
    """A table's HTML (table_html), folded away until a reader wants it."""
    html = kept(("table", name, *key), make)
    with st.expander(visit.say("ui.table", count=html.count("<tr>") - 1), expanded=expanded):
        st.html(html)


def rows_html(
    rows: Sequence[dict[str, str]],
    caption: str,
    numbers: Sequence[str] = (),
    links: Mapping[str, Sequence[str]] | None = None,
    stacked: bool = False,
) -> str:
    """The rows as a table (ui/tables.py); a column without any text is left out."""
    frame = pl.DataFrame(rows)
    filled = frame.select(name for name in frame.columns if (frame[name] != "").any())
    return table_html(filled, caption, numbers=numbers, links=links, stacked=stacked)
