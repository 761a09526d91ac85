"""A region over time beside the nation, drawn as SVG for paper: what charts.trend draws on a page, without a chart
engine, which a paper would wait a second for.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import polars as pl

from analysis import TimeSeries
from charts.colours import BACKGROUND, BREAK, GRID, HIGHLIGHT, MUTED_INK, NATION, OTHER, SHADE, value_ticks
from charts.marks import marks_of
from charts.region_labels import NARROW
from charts.svg import line, svg, words
from charts.trend_places import days_of, labelled_days, moved_apart, shades, value_span
from indicators import NATION as NATION_CODE
from indicators import period_of
from locales import text
from locales.numbers import format_value
from wording.series import breaks_shown, pandemic_periods, unsure_evidence

Span = tuple[float, float]
Place = tuple[float, float]
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 108, 6, 22
"""Pixels for the values, the names, the first grid line and the days."""
_NAMES, _WORD = 15, 14
"""Between two names; over the lines, for the word of the shade."""


def trend_drawn(
    series: TimeSeries, language: str, region: str, width: int, height: int, span: Span | None = None
) -> str:
    """The lines of a region (its code) and of the nation; none crosses a break or a missing period. `span`: the lowest
    and highest value drawn, where drawings share them. Hollow as in charts.trend."""
    own, names = [region, NATION_CODE], series.indicator
    shown = series.rows.filter(pl.col("code").is_in(own), pl.col("value").is_not_null()).sort("period_start")
    unsure = unsure_evidence(series)
    records = [
        {**record, "hollow": evidence in unsure or record["synthetic"]}
        for record, evidence in zip(marks_of(shown, names, [region], language), shown["evidence"], strict=True)
    ]
    low, high = span or value_span(records)
    at = _Places(days_of(records), (low, high), width, height)
    parts = [*_behind(series, at, language), *_axes(records, at, series.indicator.unit, language)]
    for code in (NATION_CODE, region):
        parts += _line_of([record for record in records if record["code"] == code], at, nation=code == NATION_CODE)
    return svg(width, height, [*parts, *_names(records, at)])


class _Places:
    """Where a day and a value stand, in pixels."""

    def __init__(self, days: tuple[date, date], span: Span, width: int, height: int) -> None:
        (self.first, self.last), (self.low, self.high) = days, span
        self.right, self.bottom = width - _RIGHT, height - _BOTTOM

    def across(self, day: date) -> float:
        share = (day - self.first).days / ((self.last - self.first).days or 1)
        return _LEFT + 8 + share * (self.right - _LEFT - 8)

    def up(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - _TOP - _WORD)

    def of(self, record: Mapping[str, Any]) -> Place:
        return self.across(date.fromisoformat(record["date"])), self.up(record["value"])


def _behind(series: TimeSeries, at: _Places, language: str) -> Iterator[str]:
    """The shade of the pandemic with its word, and a rule where a new series begins."""
    for first, last in shades(pandemic_periods(series)):
        left, right = max(at.across(first), _LEFT), min(at.across(last), at.right + 8)
        yield f'<rect x="{left:.1f}" y="{_TOP}" width="{right - left:.1f}" height="{at.bottom - _TOP}" fill="{SHADE}"/>'
        yield words(
            (left + right) / 2, _TOP + 11, text("charts.pandemic", language), size=11, colour=MUTED_INK, anchor="middle"
        )
    for day in sorted({period_of(known.period).start for known in breaks_shown(series)}):
        yield line(at.across(day), _TOP, at.across(day), at.bottom, BREAK, 1.5, "4 3")


def _axes(records: Sequence[Mapping[str, Any]], at: _Places, unit: str, language: str) -> Iterator[str]:
    for value in value_ticks(unit, (at.low, at.high)) or (at.low, (at.low + at.high) / 2, at.high):
        yield line(_LEFT, at.up(value), at.right, at.up(value), GRID)
        yield words(_LEFT - 6, at.up(value) + 4, format_value(value, unit, 0, language), size=12, anchor="end")
    yield line(_LEFT, _TOP, _LEFT, at.bottom, OTHER)
    yield line(_LEFT, at.bottom, at.right, at.bottom, OTHER)
    named = {record["date"]: record["period"] for record in records}
    days, months = labelled_days([dict(record) for record in records])
    for day in days:
        x = at.across(date.fromisoformat(day))
        yield line(x, at.bottom, x, at.bottom + 4, OTHER)
        yield words(x, at.bottom + 17, named[day] if months else day[:4], size=12, anchor="middle")


def _line_of(records: Sequence[Mapping[str, Any]], at: _Places, *, nation: bool) -> Iterator[str]:
    ink = NATION if nation else HIGHLIGHT
    dash = ' stroke-dasharray="6 3"' if nation else ""
    for _, stretch in groupby(records, key=lambda record: record["line"]):
        places = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(at.of, stretch))
        yield f'<polyline points="{places}" fill="none" stroke="{ink}" stroke-width="2.4"{dash}/>'
    for record in records:
        x, y = at.of(record)
        fill = BACKGROUND if record["hollow"] else ink
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{fill}" stroke="{ink}" stroke-width="1.4"/>'


def _names(records: Sequence[Mapping[str, Any]], at: _Places) -> Iterator[str]:
    """Each line's name right of its last point, moved apart where they end close together."""
    ends = {record["code"]: record for record in records}
    wanted = {code: at.of(record)[1] - _TOP for code, record in ends.items()}
    for code, place in moved_apart(wanted, _NAMES, at.bottom - _TOP).items():
        name, ink = NARROW.get(code, ends[code]["name"]), NATION if code == NATION_CODE else HIGHLIGHT
        yield words(at.of(ends[code])[0] + 9, place + _TOP + 4, name, colour=ink, bold=True)
