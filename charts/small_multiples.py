"""How has every region moved? The 21 regions as small lines on one scale, the chosen ones standing out.

The panels are drawn in one view, at places of their own: Vega-Lite's own panels cannot follow the width of the page.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import altair as alt
import polars as pl

from analysis import TimeSeries
from charts.colours import BACKGROUND, CHOSEN, GRID, MUTED_INK, NATION, PANEL
from charts.marks import marks_of
from charts.region_labels import NARROW
from charts.strips import at, spoken
from charts.theme import drawn_from, finished
from charts.trend_places import value_span
from indicators import NATION as NATION_CODE
from locales import text
from locales.numbers import format_value
from wording.series import breaks_in_words, breaks_shown, comparability_in_words

_COLUMNS: Final = 3  # 120 pixels each at 390 px: room for "Jämtland Härjedalen"
_PANEL: Final = 92
_TOP: Final = 22  # the name
_PLOT: Final = 54
_MARGIN: Final = 0.06  # of a panel's width, free on each side
_FEW: Final = 12  # points in time that still stand apart in a panel


def region_multiples(series: TimeSeries, language: str = "sv", *, chosen: Sequence[str] = ()) -> alt.LayerChart:
    """A panel per region that has a figure, the chosen first and in their order, then by code; one scale for all, the
    nation as a thin line in each, no line across a break. The latest value is printed beside the name."""
    shown = series.rows.filter(pl.col("value").is_not_null())
    records = marks_of(shown, series.indicator, chosen, language)
    codes = _order([record["code"] for record in records], chosen)
    height = _PANEL * max(-(-len(codes) // _COLUMNS), 1)
    span = value_span(records)
    lines, names = _lines(records, codes, span), _names(records, codes)
    base = drawn_from(lines, height)
    groups = ["nation", "chosen", "other"]
    colour = alt.Color("group:N", scale=alt.Scale(domain=groups, range=[NATION, CHOSEN, MUTED_INK]), legend=None)
    width = alt.when("datum.group == 'nation'").then(alt.value(1)).when("datum.group == 'chosen'").then(alt.value(3))
    line = base.mark_line().encode(
        x=_across("x"),
        y=at("y"),
        color=colour,
        strokeWidth=width.otherwise(alt.value(1.8)),
        detail=["panel:N", "code:N", "line:N"],
    )
    own = base.transform_filter("datum.group != 'nation'")
    few = len({record["date"] for record in records}) <= _FEW
    points = own.mark_point(size=20 if few else 3, opacity=1, strokeWidth=1.4, **spoken(language)).encode(
        x=_across("x"),
        y=at("y"),
        color=colour,
        fill=alt.condition("datum.hollow || datum.synthetic", alt.value(BACKGROUND), colour),
        tooltip=alt.Tooltip("said:N", title=text("charts.figure", language)),
        description="said:N",
    )
    layers = [*_frames(codes, height), line, points, *_labels(names, height)]
    title = text("judged_charts.multiples.title", language, title=series.indicator.title.in_language(language))
    return finished(layers, title, _subtitle(series, records, language), language)


def multiples_in_words(series: TimeSeries, language: str = "sv") -> str:
    """How many regions' latest figure is above, below and equal to their first, untested; then the breaks."""
    rows = series.rows.filter(pl.col("value").is_not_null(), pl.col("code") != NATION_CODE).sort("period_start")
    if rows.is_empty():
        return text("charts.nothing", language)
    ends = rows.group_by("code", maintain_order=True).agg(
        first=pl.col("value").first(), last=pl.col("value").last(), points=pl.len()
    )
    moved = ends.filter(pl.col("points") > 1).select(change=pl.col("last") - pl.col("first"))["change"]
    counts = {"up": (moved > 0).sum(), "down": (moved < 0).sum(), "same": (moved == 0).sum()}
    title = text("judged_charts.multiples.title", language, title=series.indicator.title.in_language(language))
    summary = text("judged_charts.multiples.sentence", language, count=len(moved), **counts)
    notes = [*breaks_in_words(series, language), *comparability_in_words(series, language)]
    return " ".join([f"{title}.", summary, *notes])


def _order(found: Sequence[str], chosen: Sequence[str]) -> list[str]:
    regions = set(found) - {NATION_CODE}
    return [*(code for code in chosen if code in regions), *sorted(regions - set(chosen))]


def _lines(records: Sequence[dict[str, Any]], codes: Sequence[str], span: tuple[float, float]) -> list[dict[str, Any]]:
    """Every point in its panel: x in columns, y in pixels; the nation's points once per panel."""
    days = [date.fromisoformat(record["date"]).toordinal() for record in records] or [0]
    first, length = min(days), (max(days) - min(days)) or 1
    placed = []
    for number, panel in enumerate(codes):
        top = number // _COLUMNS * _PANEL + _TOP
        for record in records:
            if record["code"] in (panel, NATION_CODE):
                along = (date.fromisoformat(record["date"]).toordinal() - first) / length
                up = (record["value"] - span[0]) / (span[1] - span[0])
                x = number % _COLUMNS + _MARGIN + along * (1 - 2 * _MARGIN)
                placed.append({**record, "panel": panel, "x": x, "y": top + (1 - up) * _PLOT})
    return placed


def _names(records: Sequence[dict[str, Any]], codes: Sequence[str]) -> list[dict[str, Any]]:
    """Each panel's name and its first and last period with the last value."""
    names = []
    for number, code in enumerate(codes):
        own = sorted((record for record in records if record["code"] == code), key=lambda record: record["date"])
        top = number // _COLUMNS * _PANEL
        left = number % _COLUMNS + _MARGIN
        names.append(
            {
                "name": NARROW.get(code, own[-1]["name"]),
                "group": own[-1]["group"],
                "last": own[-1]["label"],
                "years": f"{own[0]['date'][:4]}–{own[-1]['date'][:4]}",
                "left": left,
                "right": number % _COLUMNS + 1 - _MARGIN,
                "top": top + 10,
                "foot": top + _TOP + _PLOT + 8,
            }
        )
    return names


def _across(field: str) -> alt.X:
    """A place across the panels, in columns."""
    scale = alt.Scale(domain=[0, _COLUMNS], nice=False, zero=False)
    return alt.X(f"{field}:Q", axis=None, title=None, scale=scale)


def _frames(codes: Sequence[str], height: int) -> list[alt.Chart]:
    grounds = [
        {
            "x": number % _COLUMNS + _MARGIN / 2,
            "x2": number % _COLUMNS + 1 - _MARGIN / 2,
            "top": number // _COLUMNS * _PANEL + _TOP,
            "bottom": number // _COLUMNS * _PANEL + _TOP + _PLOT,
        }
        for number in range(len(codes))
    ]
    frame = drawn_from(grounds, height).mark_rect(color=PANEL, stroke=GRID)
    return [frame.encode(x=_across("x"), x2="x2:Q", y=at("top"), y2="bottom:Q")]


def _labels(names: Sequence[dict[str, Any]], height: int) -> list[alt.Chart]:
    base = drawn_from(names, height)
    foot = at("foot")
    bold, plain = (base.transform_filter(f"datum.group {sign} 'chosen'") for sign in ("==", "!="))
    name = {"x": _across("left"), "y": at("top"), "text": alt.Text("name:N")}
    return [
        bold.mark_text(align="left", fontSize=11, fontWeight="bold").encode(**name),
        plain.mark_text(align="left", fontSize=11).encode(**name),
        base.mark_text(align="left", fontSize=10, color=MUTED_INK).encode(x=_across("left"), y=foot, text="years:N"),
        base.mark_text(align="right", fontSize=10).encode(x=_across("right"), y=foot, text="last:N"),
    ]


def _subtitle(series: TimeSeries, records: Sequence[dict[str, Any]], language: str) -> str:
    if not records:
        return text("charts.nothing", language)
    values = [record["value"] for record in records]
    unit, decimals = series.indicator.unit, series.indicator.decimals
    low, high = (format_value(end, unit, decimals, language) for end in (min(values), max(values)))
    parts = [
        text(f"charts.kinds.{series.kind}", language),
        text("judged_charts.multiples.scale", language, low=low, high=high),
    ]
    if any(record["code"] == NATION_CODE for record in records):
        parts.append(text("judged_charts.multiples.nation", language))
    if breaks_shown(series):
        parts.append(text("judged_charts.multiples.broken", language))
    if any(record["hollow"] for record in records):
        parts.append(text("judged_charts.hollow", language))
    if series.synthetic:
        parts.append(text("charts.synthetic", language))
    return ", ".join(parts)
