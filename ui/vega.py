"""A chart on a page: its title and what it needs said are the page's own text, which follows the page's width, and
stand in the picture too, because a picture is copied without its page."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from analysis.figures import figures_of
from analysis.followup import today_in_sweden
from charts.context import MARKS, Context, in_context
from indicators import NATION, Indicator, catalogue, period_of
from locales.numbers import format_date, format_number
from ui.cache import kept, view_key
from ui.escape import plain
from ui.visit import Visit
from wording.figures import publisher_in_words


def chart(
    visit: Visit,
    spec: dict[str, Any],
    said: str,
    *,
    synthetic: bool = False,
    indicators: Iterable[str] = (),
    titled: bool = True,
) -> None:
    """The chart of a ready specification under its title and subtitle, with its alternative text, and with its context
    in the picture. `synthetic`: some figure is made up though the chart's own records do not say so; `indicators`: what
    it shows, where that is not all that the page shows. Not `titled`: its card has a heading already."""
    title = spec["title"]
    small = f":small[{plain(title['subtitle'])}]" if title["subtitle"] else ""
    if titled or small:
        st.markdown("  \n".join(filter(None, [f"**{plain(title['text'])}**" if titled else "", small])))
    shown = tuple(sorted(one for one in set(indicators or visit.indicators) if one in catalogue().indicators))
    picture = in_context(spec, _context(visit, shown, spec["usermeta"][MARKS]["periods"], synthetic), visit.language)
    st.vega_lite_chart(spec=picture, width="stretch", theme=None, alt=said)


def _context(visit: Visit, indicators: tuple[str, ...], periods: Sequence[str], synthetic: bool) -> Context:
    """Source, as-of and assumption of the indicators in these periods (the first and the last)."""
    sex = visit.choices.get("sex", "T")
    key = view_key(visit, "context", sex, tuple(periods), indicators, str(synthetic))
    return kept(key, partial(_made_context, visit, indicators, periods, sex, synthetic))


def _made_context(
    visit: Visit, indicators: tuple[str, ...], periods: Sequence[str], sex: str, synthetic: bool
) -> Context:
    known = [catalogue().indicators[one] for one in indicators]
    sources = dict.fromkeys(publisher_in_words(one.source) for one in known)
    bases = _assumed_bases(visit, known, sex, periods)
    counts = ", ".join(format_number(base, 0, visit.language) for base in bases)
    day = format_date(visit.as_of or today_in_sweden(), visit.language)
    return Context(
        "; ".join(sources),
        visit.say("charts.context.as_of", day=day),
        visit.say("charts.context.assumed", count=counts) if counts else visit.say("charts.context.assumed_some"),
        synthetic,
    )


def _assumed_bases(visit: Visit, known: Sequence[Indicator], sex: str, periods: Sequence[str]) -> list[float]:
    """The answers assumed behind the regions' figures of these periods, each number once."""
    if not periods:
        return []
    first, last = (period_of(key) for key in periods)
    inside = (pl.col("period_start") >= first.start) & (pl.col("period_end") <= last.end)
    found: set[float] = set()
    for one in known:
        rows = figures_of(visit.store, one, visit.as_of, sex=sex)
        found |= set(rows.filter(inside, pl.col("code") != NATION)["assumed_base"].drop_nulls())
    return sorted(found)
