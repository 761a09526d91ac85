"""The headline figures of each area: the latest period with a real figure for any of the chosen regions.

Headlines never use synthetic figures unless the reader switches them on (issue 2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import polars as pl
import streamlit as st

import charts
from analysis import Comparison, compare_regions, periods_available
from charts import headline_in_words
from indicators import NATION, Indicator, catalogue
from ui.cache import chart_spec, kept, view_of
from ui.escape import plain
from ui.frame import Frame
from ui.notes import bullets

AREAS: Final = {"trust": "trust", "satisfaction": "satisfaction", "uptake": "uptake", "phone": "uptake"}
"""Area → the page that shows it."""
_ORDER: Final = ("trust_overall", "trust_1177_phone")  # what the audits ask for leads its area


def headlines(frame: Frame, chosen: Sequence[str], *, synthetic: bool) -> dict[str, list[Comparison]]:
    """Area → its headline comparisons over the chosen regions and Riket; an area without any has an empty list."""
    version = frame.store.data_version()
    found: dict[str, list[Comparison]] = {area: [] for area in AREAS}
    for indicator in _headline_indicators():
        key = ("headline", frame.store.url, version, indicator.id, tuple(chosen), str(synthetic))
        period = kept(key, partial(_latest_period, frame, indicator, chosen, synthetic))
        if period:
            found[indicator.area].append(_headline(frame, indicator, period, chosen, synthetic))
    return found


def _headline_indicators() -> list[Indicator]:
    leading = [each for each in catalogue().indicators.values() if each.headline and each.area in AREAS]
    return sorted(leading, key=lambda each: _ORDER.index(each.id) if each.id in _ORDER else len(_ORDER))


def _latest_period(frame: Frame, indicator: Indicator, chosen: Sequence[str], synthetic: bool) -> str | None:
    for period in periods_available(frame.store, indicator.id):
        rows = _headline(frame, indicator, period.key, chosen, synthetic).rows
        if rows.filter(pl.col("code") != NATION, pl.col("value").is_not_null()).height:
            return period.key
    return None


def _headline(frame: Frame, indicator: Indicator, period: str, chosen: Sequence[str], synthetic: bool) -> Comparison:
    comparison = compare_regions(frame.store, indicator.id, period, regions=chosen)
    if synthetic or not comparison.synthetic:
        return comparison
    real = comparison.rows.filter(~pl.col("flags").str.contains("x", literal=True))
    return replace(comparison, rows=real, synthetic=False)


def draw_area(frame: Frame, area: str, comparisons: Sequence[Comparison], chosen: Sequence[str]) -> None:
    """The area's headlines side by side, each with its sentence and a way to the whole picture."""
    st.header(frame.say(f"areas.{area}"), anchor=False)
    if not comparisons:
        st.markdown(frame.say("ui.no_headline"))
    for first in range(0, len(comparisons), 2):
        for column, comparison in zip(st.columns(2, gap="large"), comparisons[first : first + 2], strict=False):
            with column:
                _draw_one(frame, AREAS[area], comparison, tuple(chosen))


def _draw_one(frame: Frame, page: str, comparison: Comparison, chosen: tuple[str, ...]) -> None:
    key = ("headline_in_words", frame.store.url, frame.language, chosen, *view_of(comparison))
    said = kept(key, partial(headline_in_words, comparison, frame.language, chosen=chosen))
    spec = chart_spec(charts.headline_dots, comparison, frame.store.url, frame.language, chosen)
    st.vega_lite_chart(spec=spec, width="stretch", theme=None, alt=said)
    st.markdown(plain(said))
    st.page_link(
        f"pages/{page}.py",
        label=frame.say("ui.see_more", title=plain(comparison.indicator.short_title.in_language(frame.language))),
        query_params=_address_of(frame, comparison),
    )


def _address_of(frame: Frame, comparison: Comparison) -> dict[str, str]:
    period = comparison.period.key if comparison.period else ""
    return {"indicator": comparison.indicator.id, "period": period, "lang": frame.language}


def explain_all(frame: Frame, found: Mapping[str, Sequence[Comparison]]) -> None:
    """What the dots and bars of all areas rest on, said once."""
    rows = [comparison.rows for comparisons in found.values() for comparison in comparisons]
    kinds = {kind for each in rows for kind in each.filter(pl.col("value").is_not_null())["evidence"]}
    said = [frame.say(f"ui.evidence.{kind}") for kind in ("published", "computed", "assumed", "none") if kind in kinds]
    bullets([*said, frame.say("ui.no_test")] if kinds - {"none"} else said)
