"""Is the series moving, or only varying as it always does? The XmR chart of single values (methods.md §4).

Limits are mean ± 2.66 · mean moving range. A rule that fires names a point that ordinary variation seldom gives. New
limits begin only at a documented event, each phase with its own mean.

Sources: NHS England, Making Data Count (rules, and which points of a run are marked: all of them); Wheeler 2000 and
Shewhart 1931 for the constants 2.66 = 3 / 1.128 and 3.267.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

OUTSIDE: Final = "outside_limits"
ONE_SIDE: Final = "seven_one_side"
TRENDING: Final = "seven_trending"
NEAR_LIMIT: Final = "two_of_three_near_limit"
# Most severe first: a point that several rules mark carries the first of them.
RULES: Final = (OUTSIDE, ONE_SIDE, TRENDING, NEAR_LIMIT)

NEEDED: Final = 12
RUN: Final = 7
_LIMIT: Final = 2.66
_SCREEN: Final = 3.267
# A mean of equal values can miss them by a rounding; that is on the mean, not beside it.
_ROUNDING: Final = 1e-9


@dataclass(frozen=True)
class XmrPoint:
    """One value with the name of the rule that marks it (one of `RULES`), or None."""

    period: str
    value: float
    rule: str | None


@dataclass(frozen=True)
class XmrPhase:
    """A stretch with limits of its own, in the values' unit; None with a reason where it has too few points."""

    first: str
    last: str
    points: int
    mean: float | None
    lower: float | None
    upper: float | None
    reason: str | None


@dataclass(frozen=True)
class XmrChart:
    """Points in time order and their phases. `reason`: too_few_points where the last phase has no limits,
    mixed_periods where no order can be trusted, None otherwise. `left_out`: half-year measurements, which never enter
    (about one month's volume in spring or autumn, their own series)."""

    points: tuple[XmrPoint, ...]
    phases: tuple[XmrPhase, ...]
    reason: str | None
    left_out: tuple[str, ...]


def xmr(periods: Sequence[str], values: Sequence[float | None], *, rebase_at: Iterable[str] = ()) -> XmrChart:
    """The XmR chart of a series, values in any unit, None for a missing one.

    Periods are keys: `2017-10`, `2020-Q1`, `2024-W12` or `2020`, put in time order; no moving range is taken across a
    missing one. Keys of no known form are consecutive rows as they stand. Runs are counted over points, so a missing
    month does not end one.

    `rebase_at`: keys of documented events; the limits are computed anew from the first point at or after each.

    Rules, within a phase: a point outside the limits; 7 in a row on one side of the mean (a point on the mean ends the
    run); 7 in a row rising or falling (equal neighbours end it); 2 of 3 in a row beyond two thirds of the way to the
    same limit. All points of a run are marked; of the last, those near the limit.

    Errors: ValueError for columns of different length, a period given twice, or a `rebase_at` that cannot be placed.

    >>> chart = xmr([f"2024-{month:02d}" for month in range(1, 13)], [50, 52, 49, 51, 50, 48, 51, 49, 52, 50, 51, 60])
    >>> phase = chart.phases[0]
    >>> round(phase.mean, 3), round(phase.lower, 3), round(phase.upper, 3)
    (51.083, 45.497, 56.669)
    >>> [(point.period, point.rule) for point in chart.points if point.rule]
    [('2024-12', 'outside_limits')]
    """
    if len(periods) != len(values):
        raise ValueError("periods and values are of different length")
    if len(set(periods)) != len(periods):
        raise ValueError("a period is given twice")
    left_out = tuple(period for period in periods if _HALF_YEAR.fullmatch(period))
    rows = [(period, value) for period, value in zip(periods, values, strict=True) if period not in left_out]
    kinds = {_kind(period) for period, _ in rows}
    if len(kinds) > 1:
        kept = tuple(XmrPoint(period, value, None) for period, value in rows if value is not None)
        return XmrChart(kept, (), "mixed_periods", left_out)
    kind = kinds.pop() if kinds else None
    series = _in_order(rows, kind)
    starts = {_start(event, series, kind) for event in rebase_at}
    points: list[XmrPoint] = []
    phases: list[XmrPhase] = []
    for phase in _split(series, starts):
        limits = _limits(phase)
        phases.append(limits)
        points += [
            XmrPoint(row.period, row.value, rule) for row, rule in zip(phase, _rules(phase, limits), strict=True)
        ]
    return XmrChart(tuple(points), tuple(phases), phases[-1].reason if phases else "too_few_points", left_out)


class _Row(NamedTuple):
    """A value at its place in time: places of consecutive periods differ by one."""

    place: int
    period: str
    value: float


_HALF_YEAR: Final = re.compile(r"\d{4}-H[12]")
_PLACES: Final[dict[str, tuple[re.Pattern[str], Callable[[int, int], int]]]] = {
    "year": (re.compile(r"(\d{4})()"), lambda year, _: year),
    "quarter": (re.compile(r"(\d{4})-Q([1-4])"), lambda year, quarter: 4 * year + quarter),
    "month": (re.compile(r"(\d{4})-(0[1-9]|1[0-2])"), lambda year, month: 12 * year + month),
    # Week 53 of a year that has 52 is the next year's first, and then given twice.
    "week": (
        re.compile(r"(\d{4})-W(0[1-9]|[1-4]\d|5[0-3])"),
        lambda year, week: date.fromisocalendar(year, 1, 1).toordinal() // 7 + week,
    ),
}


def _kind(period: str) -> str | None:
    return next((kind for kind, (form, _) in _PLACES.items() if form.fullmatch(period)), None)


def _place(period: str, kind: str | None) -> int | None:
    match = _PLACES[kind][0].fullmatch(period) if kind else None
    return _PLACES[kind][1](int(match[1]), int(match[2] or 0)) if kind and match else None


def _in_order(rows: Sequence[tuple[str, float | None]], kind: str | None) -> list[_Row]:
    series = []
    for number, (period, value) in enumerate(rows):
        place = _place(period, kind)
        if value is not None:
            series.append(_Row(number if place is None else place, period, float(value)))
    return sorted(series)


def _start(event: str, series: Sequence[_Row], kind: str | None) -> int:
    """The place a documented event's phase starts at."""
    place = _place(event, kind)
    if place is None:
        place = next((row.place for row in series if row.period == event), None)
    if place is None:
        raise ValueError(f"no place in the series for the event {event}")
    return place


def _split(series: Sequence[_Row], starts: Iterable[int]) -> Iterator[Sequence[_Row]]:
    cuts = sorted({bisect_left(series, start, key=lambda row: row.place) for start in starts} - {0, len(series)})
    for first, last in pairwise([0, *cuts, len(series)]):
        if first < last:
            yield series[first:last]


def _limits(phase: Sequence[_Row]) -> XmrPhase:
    said = (phase[0].period, phase[-1].period, len(phase))
    ranges = [abs(after.value - row.value) for row, after in pairwise(phase) if after.place == row.place + 1]
    if len(phase) < NEEDED or not ranges:
        return XmrPhase(*said, None, None, None, "too_few_points")
    mean = math.fsum(row.value for row in phase) / len(phase)
    usual = math.fsum(ranges) / len(ranges)
    # Screened once: a single jump must not widen the limits that are to show it. All ranges 0 leaves nothing to screen.
    screened = [one for one in ranges if one < _SCREEN * usual] or ranges
    reach = _LIMIT * math.fsum(screened) / len(screened)
    return XmrPhase(*said, mean, mean - reach, mean + reach, None)


def _rules(phase: Sequence[_Row], limits: XmrPhase) -> list[str | None]:
    """The name of the rule that marks each point of a phase, the most severe of several."""
    if limits.mean is None or limits.upper is None:
        return [None] * len(phase)
    values = [row.value for row in phase]
    rounding = _ROUNDING * max(abs(value) for value in values)
    reach = limits.upper - limits.mean
    sides = [_side(value - limits.mean, rounding) for value in values]
    steps = [_side(after - value, 0.0) for value, after in pairwise(values)]
    near = [_side(value - limits.mean, 2 / 3 * reach + rounding) for value in values]
    marked = {
        OUTSIDE: {place for place, value in enumerate(values) if abs(value - limits.mean) > reach + rounding},
        ONE_SIDE: {place for run in _runs(sides, RUN) for place in run},
        # Seven rising points are six rises, and end one point after the last of them begins.
        TRENDING: {place for run in _runs(steps, RUN - 1) for place in range(run.start, run.stop + 1)},
        NEAR_LIMIT: {
            place
            for start in range(len(near) - 2)
            for place in range(start, start + 3)
            if near[place] and near[start : start + 3].count(near[place]) >= 2
        },
    }
    return [next((rule for rule in RULES if place in marked[rule]), None) for place in range(len(values))]


def _side(gap: float, margin: float) -> int:
    """1 above the margin, −1 below it, 0 within."""
    return (gap > margin) - (gap < -margin)


def _runs(marks: Sequence[int], length: int) -> Iterator[range]:
    """The stretches of at least `length` equal marks in a row, 0 excepted."""
    start = 0
    for place in range(1, len(marks) + 1):
        if place == len(marks) or marks[place] != marks[start]:
            if marks[start] and place - start >= length:
                yield range(start, place)
            start = place
