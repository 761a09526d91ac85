"""Where things stand in a line over time, whatever draws it: span of values, labelled days, shades, names."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from indicators import Period

_MOST_YEARS: Final = 8
"""More labels of years than this run into each other at 390 px."""


def value_span(records: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """The drawn range of values, a twelfth of room above and below. A line shows change, so zero is not forced in."""
    values = [record["value"] for record in records] or [0.0, 1.0]
    room = (max(values) - min(values)) / 12 or max(abs(max(values)) / 12, 1.0)
    return min(values) - room, max(values) + room


def days_of(records: Sequence[dict[str, Any]]) -> tuple[date, date]:
    days = sorted(record["date"] for record in records) or ["2020-01-01", "2021-01-01"]
    return date.fromisoformat(days[0]), date.fromisoformat(days[-1])


def labelled_days(records: Sequence[dict[str, Any]]) -> tuple[list[str], bool]:
    """The days that have a label, and whether they are months: a label per year (or every second, third … year, back
    from the last); for spans under two years per measured month, save where only years were measured."""
    first, last = days_of(records)
    marked = sorted({record["date"] for record in records})
    if (last - first).days < 700 and not all(day.endswith("-01-01") for day in marked):
        return marked[:: -(-len(marked) // 4) or 1], True
    years = list(range(first.year + (first > date(first.year, 1, 1)), last.year + 1))
    step = -(-len(years) // _MOST_YEARS)
    return [f"{year}-01-01" for year in years[::-step][::-1]], False


def shades(periods: Sequence[Period]) -> list[tuple[date, date]]:
    """From when to when these periods (in time order) are shaded, neighbours as one. A point stands at its period's
    first day, so a shade reaches half a period to each side of it."""
    runs: list[list[Period]] = []
    for period in periods:
        near = runs and (period.start - runs[-1][-1].end).days <= 1
        runs = [*runs[:-1], [*runs[-1], period]] if near else [*runs, [period]]
    return [(run[0].start - _half(run[0]), run[-1].start + _half(run[-1])) for run in runs]


def _half(period: Period) -> timedelta:
    return (period.end - period.start) / 2


def moved_apart(wanted: dict[str, float], gap: float, height: float) -> dict[str, float]:
    """Places (pixels from the top) in the wanted order, at least `gap` apart and inside the chart where they fit.

    >>> moved_apart({"a": 10.0, "b": 12.0, "c": 100.0}, 15, 200)
    {'a': 10.0, 'b': 25.0, 'c': 100.0}
    """
    placed: dict[str, float] = {}
    lowest = float("-inf")
    for code, place in sorted(wanted.items(), key=lambda item: (item[1], item[0])):
        lowest = max(place, lowest + gap)
        placed[code] = lowest
    floor = height
    for code in reversed(placed):
        placed[code] = min(placed[code], floor)
        floor = placed[code] - gap
    return placed
