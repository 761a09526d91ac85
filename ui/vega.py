"""A chart on a page: its title and what it needs said are the page's own text, which follows the page's width, and
stand in the picture too, because a picture is copied without its page."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from analysis.evidence import assumptions_of
from analysis.followup import today_in_sweden
from charts.context import Context, in_context
from indicators import catalogue
from locales.numbers import format_date, format_number
from ui.escape import plain
from ui.frame import Frame


def chart(
    frame: Frame, spec: dict[str, Any], said: str, *, synthetic: bool = False, indicators: Iterable[str] = ()
) -> None:
    """The chart of a ready specification under its title and subtitle, with its alternative text, and with its context
    in the picture. `synthetic`: some figure is made up though the chart's own records do not say so; `indicators`: what
    it shows, where that is not all that the page shows."""
    title = spec["title"]
    small = f"  \n:small[{plain(title['subtitle'])}]" if title["subtitle"] else ""
    st.markdown(f"**{plain(title['text'])}**{small}")
    picture = in_context(spec, _context(frame, indicators or frame.indicators, synthetic), frame.language)
    st.vega_lite_chart(spec=picture, width="stretch", theme=None, alt=said)


def _context(frame: Frame, indicators: Iterable[str], synthetic: bool) -> Context:
    """Source, as-of and assumption of the indicators."""
    known = [catalogue().indicators[one] for one in sorted(set(indicators)) if one in catalogue().indicators]
    sources = dict.fromkeys(_publisher(one.source) for one in known)
    bases = {one.region_base for indicator in known for one in assumptions_of(indicator) if one.region_base}
    counts = ", ".join(format_number(base, 0, frame.language) for base in sorted(bases))
    day = format_date(frame.as_of or today_in_sweden(), frame.language)
    return Context(
        "; ".join(sources),
        frame.say("charts.context.as_of", day=day),
        frame.say("charts.context.assumed", count=counts) if counts else frame.say("charts.context.assumed_some"),
        synthetic,
    )


def _publisher(source: str) -> str:
    """A source's first clause: who published, without the way it came.

    >>> _publisher("Hälso- och sjukvårdsbarometern, SKR; publicerad i Kolada (RKA)")
    'Hälso- och sjukvårdsbarometern, SKR'
    """
    return source.split(";")[0].split(" (")[0].strip().rstrip(".")
