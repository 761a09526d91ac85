"""How has each region moved? Lines over time, split at every break, each with its name at its end."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import polars as pl

from analysis import TimeSeries
from charts.marks import marks_of
from charts.theme import NATION, OTHER, SERIES, SHAPES, drawn_from, finished, value_axis
from charts.trend_layout import HEIGHT, break_rules, names_at_the_end, time_axis, time_domain, value_span
from indicators import NATION as NATION_CODE
from indicators import Indicator
from locales import text
from wording.series import breaks_shown, subtitle_of_series, unsure_evidence

_FEW: Final = 24  # points in time; more than that run together at full size


def trend_lines(series: TimeSeries, language: str = "sv", *, chosen: Sequence[str] = ()) -> alt.LayerChart:
    """Lines for the chosen region codes and Riket; no line crosses a break or a missing period. Hollow: synthetic, or
    what unsure_evidence names. Counts are drawn without Riket, beside whose number every region's would lie flat on the
    axis."""
    indicator = series.indicator
    codes = list(chosen)  # those without figures too: a region keeps its colour from chart to chart
    known = series.rows.filter(pl.col("code").is_in([*codes, NATION_CODE]), pl.col("value").is_not_null())
    regions = known.filter(pl.col("code") != NATION_CODE)
    shown = regions if indicator.unit == "count" and regions.height else known
    unsure = unsure_evidence(series)
    records = [
        {**record, "hollow": evidence in unsure}
        for record, evidence in zip(marks_of(shown, indicator, codes, language), shown["evidence"], strict=True)
    ]
    layers = [*break_rules(breaks_shown(series)), *_lines(records, codes, indicator, language)]
    title = indicator.title.in_language(language)
    return finished(layers, title, subtitle_of_series(series, language), language)


def _lines(records: list[dict[str, Any]], codes: list[str], indicator: Indicator, language: str) -> list[alt.Chart]:
    base = drawn_from(records, HEIGHT)
    order = [*codes, NATION_CODE]
    colours = [*(SERIES[place] if place < len(SERIES) else OTHER for place in range(len(codes))), NATION]
    shapes = [*(SHAPES[place % len(SHAPES)] for place in range(len(codes))), "circle"]
    colour = alt.Color("code:N", scale=alt.Scale(domain=order, range=colours), legend=None)
    shape = alt.Shape("code:N", scale=alt.Scale(domain=order, range=shapes), legend=None)
    low, high = value_span(records)
    times = {record["date"] for record in records}
    time = alt.Scale(type="utc", domain=time_domain(records))
    across = alt.X("date:T", title=None, axis=time_axis(records), scale=time)
    numbers = value_axis(indicator.unit, language, (low, high), ticks=6)
    up = alt.Y("value:Q", title=None, axis=numbers, scale=alt.Scale(domain=[low, high], nice=False, zero=False))
    width = alt.condition("datum.group == 'nation'", alt.value(3.5), alt.value(2))
    line = base.mark_line(aria=False).encode(
        x=across, y=up, color=colour, detail=["code:N", "line:N"], strokeWidth=width
    )
    points = base.mark_point(size=44 if len(times) <= _FEW else 14, opacity=1, strokeWidth=1.8).encode(
        x="date:T",
        y="value:Q",
        color=colour,
        shape=shape,
        fill=alt.condition("datum.hollow || datum.synthetic", alt.value("#ffffff"), colour),
        tooltip=alt.Tooltip("said:N", title=text("charts.figure", language)),
        description="said:N",
    )
    return [line, points, *names_at_the_end(records, (low, high), colour)]
