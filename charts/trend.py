"""How has each region moved? Lines over time, split at every break, each with its name at its end.

Ink and grey, one line highlighted: colour is for judgement. Riket is dashed, as in every small drawing.
"""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import polars as pl

from analysis import TimeSeries
from charts.colours import BACKGROUND, HIGHLIGHT, MUTED_INK, NATION, OTHER
from charts.marks import marks_of
from charts.theme import SHAPES, drawn_from, finished, value_axis
from charts.trend_layout import HEIGHT, break_rules, names_at_the_end, shaded, time_axis, time_domain
from charts.trend_places import value_span
from indicators import NATION as NATION_CODE
from indicators import Indicator
from locales import text
from wording.series import breaks_shown, pandemic_periods, subtitle_of_series, unsure_evidence

_FEW: Final = 24  # points in time; more than that run together at full size


def trend_lines(
    series: TimeSeries, language: str = "sv", *, chosen: Sequence[str] = (), pinned: str = ""
) -> alt.LayerChart:
    """Lines for the chosen region codes and Riket; no line crosses a break or a missing period. `pinned`: whose line is
    highlighted, where there are several. Hollow: synthetic, or what unsure_evidence names. Counts are drawn
    without Riket, beside whose number every region's would lie flat on the axis."""
    indicator = series.indicator
    codes = list(chosen)  # those without figures too: a region keeps its shape from chart to chart
    known = series.rows.filter(pl.col("code").is_in([*codes, NATION_CODE]), pl.col("value").is_not_null())
    regions = known.filter(pl.col("code") != NATION_CODE)
    shown = regions if indicator.unit == "count" and regions.height else known
    unsure = unsure_evidence(series)
    records = [
        {**record, "hollow": evidence in unsure}
        for record, evidence in zip(marks_of(shown, indicator, codes, language), shown["evidence"], strict=True)
    ]
    highlighted = pinned if len(codes) > 1 else "".join(codes)
    behind = shaded(pandemic_periods(series), text("charts.pandemic", language)) if records else []
    layers = [*behind, *break_rules(breaks_shown(series)), *_lines(records, codes, highlighted, indicator, language)]
    title = indicator.title.in_language(language)
    return finished(layers, title, subtitle_of_series(series, language), language)


def _lines(
    records: list[dict[str, Any]], codes: list[str], highlighted: str, indicator: Indicator, language: str
) -> list[alt.Chart]:
    leading = {NATION_CODE: 1, highlighted: 2}
    base = drawn_from(sorted(records, key=lambda record: leading.get(record["code"], 0)), HEIGHT)  # the last on top
    order = [*codes, NATION_CODE]
    colours = [*(HIGHLIGHT if code == highlighted else OTHER for code in codes), NATION]
    colour = alt.Color("code:N", scale=alt.Scale(domain=order, range=colours), legend=None)
    shapes = [*(SHAPES[place % len(SHAPES)] for place in range(len(codes))), "circle"]
    shape = alt.Shape("code:N", scale=alt.Scale(domain=order, range=shapes), legend=None)
    low, high = value_span(records)
    few = len({record["date"] for record in records}) <= _FEW
    time = alt.Scale(type="utc", domain=time_domain(records))
    across = alt.X("date:T", title=None, axis=time_axis(records), scale=time)
    numbers = value_axis(indicator.unit, language, (low, high), ticks=6)
    up = alt.Y("value:Q", title=None, axis=numbers, scale=alt.Scale(domain=[low, high], nice=False, zero=False))
    nation, own = "datum.group == 'nation'", f"datum.code == '{highlighted}'"
    width = alt.condition(f"{nation} || {own}", alt.value(2.8), alt.value(1.5))
    dash = alt.condition(nation, alt.value([6, 3]), alt.value([1, 0]))
    line = base.mark_line(aria=False).encode(
        x=across, y=up, color=colour, detail=["code:N", "line:N"], strokeWidth=width, strokeDash=dash
    )
    points = base.mark_point(size=26 if few else 4, opacity=1, strokeWidth=1.4 if few else 0.8).encode(
        x="date:T",
        y="value:Q",
        color=colour,
        shape=shape,
        fill=alt.condition("datum.hollow || datum.synthetic", alt.value(BACKGROUND), colour),
        tooltip=alt.Tooltip("said:N", title=text("charts.figure", language)),
        description="said:N",
    )
    inks = {code: MUTED_INK if ink == OTHER else ink for code, ink in zip(order, colours, strict=True)}
    return [line, points, *names_at_the_end(records, (low, high), inks, {NATION_CODE, highlighted})]
