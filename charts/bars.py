"""Which region stands where? Horizontal bars, sorted, with intervals, against Riket."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from analysis import Comparison
from charts.marks import falling, marks_of
from charts.theme import (
    BACKGROUND,
    CHOSEN,
    CHOSEN_FILL,
    INK,
    NATION,
    NATION_FILL,
    OTHER,
    OTHER_FILL,
    ROW,
    drawn_from,
    finished,
    value_axis,
)
from charts.words import subtitle_of_comparison
from indicators import Indicator
from locales import text

_GROUPS: Final = ["nation", "chosen", "other"]
_ROOM: Final = 1.3  # times the longest interval: the printed values stand right of it


def region_bars(comparison: Comparison, language: str = "sv", *, chosen: Sequence[str] = ()) -> alt.LayerChart:
    """Bars sorted by value (regions without a value last, with the reason in words); `chosen` region codes stand out
    from the others; a rule marks Riket. An assumed base has a hollow point; synthetic bars have a dashed outline."""
    indicator = comparison.indicator
    records = sorted(marks_of(comparison.rows, indicator, chosen, language), key=falling)
    layers = _bars(records, indicator, language)
    title = indicator.title.in_language(language)
    return finished(layers, title, subtitle_of_comparison(comparison, language), language)


def _bars(records: list[dict[str, Any]], indicator: Indicator, language: str) -> list[alt.Chart]:
    base = drawn_from(records, ROW * max(len(records), 1))
    bold = alt.condition("datum.value == 'Riket'", alt.value("bold"), alt.value("normal"))
    names = alt.Axis(ticks=False, domain=False, labelFontWeight=bold)
    rows = alt.Y("name:N", sort=[record["name"] for record in records], title=None, axis=names)
    end = max((record["end"] for record in records), default=0.0) * _ROOM or 1.0
    numbers = value_axis(indicator.unit, language, (0, end))
    scale = alt.Scale(domain=[0, end], nice=False)
    across = alt.X("value:Q", title=None, axis=numbers, scale=scale)
    said = alt.Tooltip("said:N", title=text("charts.figure", language))
    outline = alt.Scale(domain=_GROUPS, range=[NATION, CHOSEN, OTHER])
    filling = alt.Scale(domain=_GROUPS, range=[NATION_FILL, CHOSEN_FILL, OTHER_FILL])
    dashes = alt.Scale(domain=[False, True], range=[[1, 0], [3, 2]])
    bar = base.mark_bar(height={"band": 0.62}, strokeWidth=1.2).encode(
        x=across,
        y=rows,
        fill=alt.Fill("group:N", scale=filling, legend=None),
        stroke=alt.Stroke("group:N", scale=outline, legend=None),
        strokeDash=alt.StrokeDash("synthetic:N", scale=dashes, legend=None),
        tooltip=said,
        description="said:N",
    )
    whisker = base.mark_rule(strokeWidth=2, color=INK, aria=False).encode(x="low:Q", x2="high:Q", y=rows, tooltip=said)
    point = base.transform_filter("isValid(datum.value)").mark_point(size=42, strokeWidth=2, opacity=1, aria=False)
    hollow = alt.condition("datum.hollow", alt.value("#ffffff"), alt.value(INK))
    points = point.encode(x="value:Q", y=rows, stroke=alt.value(INK), fill=hollow, tooltip=said)
    printed = alt.Text("label:N")
    halo = base.mark_text(aria=False, align="left", dx=8, stroke=BACKGROUND, strokeWidth=4).encode(
        x="end:Q", y=rows, text=printed
    )
    label = base.mark_text(aria=False, align="left", dx=8).encode(x="end:Q", y=rows, text=printed)
    return [bar, *_nation_rule(records), whisker, points, halo, label]


def _nation_rule(records: list[dict[str, Any]]) -> list[alt.Chart]:
    """A line through the chart at Riket's value, with its name above it."""
    at = [record for record in records if record["group"] == "nation" and record["value"] is not None]
    if not at:
        return []
    base = drawn_from(at, ROW * len(records))
    rule = base.mark_rule(aria=False, color=NATION, strokeWidth=1.5, strokeDash=[5, 3]).encode(x="value:Q")
    return [
        rule,
        base.mark_text(aria=False, dy=-8, fontWeight="bold").encode(x="value:Q", y=alt.value(0), text="name:N"),
    ]
