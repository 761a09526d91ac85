"""The headline figures: one small dot plot per indicator, the chosen regions and Riket."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import polars as pl

from analysis import Comparison
from charts.marks import falling, marks_of
from charts.theme import CHOSEN, NATION, drawn_from, finished, value_axis
from charts.words import subtitle_of_comparison
from indicators import NATION as NATION_CODE
from locales import text

_ROW: Final = 22


def headline_dots(comparison: Comparison, language: str = "sv", *, chosen: Sequence[str] = ()) -> alt.LayerChart:
    """Dots with intervals for the chosen regions and Riket only, highest first; a hollow dot has an assumed base."""
    indicator = comparison.indicator
    shown = comparison.rows.filter(pl.col("code").is_in([*chosen, NATION_CODE]))
    records = sorted(marks_of(shown, indicator, chosen, language), key=falling)
    low, high = _span(records)
    for record in records:
        record["place"] = record["end"] if record["value"] is not None else low
    base = drawn_from(records, _ROW * max(len(records), 1))
    names = alt.Axis(ticks=False, domain=False, grid=True)
    rows = alt.Y("name:N", sort=[record["name"] for record in records], title=None, axis=names)
    numbers = value_axis(indicator.unit, language, (low, high), ticks=4, grid=False)
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    across = alt.X("low:Q", title=None, scale=scale, axis=numbers)
    said = alt.Tooltip("said:N", title=text("charts.figure", language))
    groups = alt.Scale(domain=["nation", "chosen"], range=[NATION, CHOSEN])
    colour = alt.Color("group:N", scale=groups, legend=None)
    hollow = alt.condition("datum.hollow || datum.synthetic", alt.value("#ffffff"), colour)
    whisker = base.mark_rule(strokeWidth=2, aria=False).encode(x=across, x2="high:Q", y=rows, color=colour)
    dot = base.transform_filter("isValid(datum.value)").mark_point(size=70, strokeWidth=2, opacity=1)
    dots = dot.encode(x="value:Q", y=rows, color=colour, fill=hollow, tooltip=said, description="said:N")
    label = base.mark_text(aria=False, align="left", dx=10).encode(x="place:Q", y=rows, text="label:N")
    title = indicator.short_title.in_language(language)
    return finished([whisker, dots, label], title, subtitle_of_comparison(comparison, language), language)


def _span(records: list[dict[str, Any]]) -> tuple[float, float]:
    """The drawn range: from the lowest bound to the highest, and room at the right for the printed values."""
    ends = [end for record in records for end in (record["low"], record["high"], record["value"]) if end is not None]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    room = (high - low) or abs(high) or 1.0
    return low - room * 0.08, high + room * 0.45
