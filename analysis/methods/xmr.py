"""Is the series moving, or only varying as it always does? The XmR chart of single values (methods.md §4).

Limits are mean ± 2.66 · mean moving range. A rule that fires names a point that ordinary variation seldom gives. New
limits begin only at a documented event, each phase with its own mean.

Months that follow each other (telephone series have a lag-1 autocorrelation r₁ of 0.5–0.8) move little from one to the
next, so the moving range underestimates the spread by √(1 − r₁), and long runs are what such a series is made of. Where
r₁ > 2/√n the limits are divided by √(1 − r₁), and the rules about runs are tried on what the month before does not
explain, the residuals of AR(1).

Sources: NHS England, Making Data Count (rules, and which points of a run are marked: all of them); Wheeler 2000 and
Shewhart 1931 for the constants 2.66 = 3 / 1.128 and 3.267; Wheeler 1995 and Montgomery & Mastrangelo 1991 for charts of
autocorrelated series and their residuals.
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
LIMIT: Final = 2.66
_SCREEN: Final = 3.267
# A mean of equal values can miss them by a rounding; that is on the mean, not beside it.
_ROUNDING: Final = 1e-9
# A series that never turns has an r₁ near 1; its limits are wide, and still limits.
_MOST: Final = 0.99
CHANCE: Final = 0.026
"""How often the latest point of a chart is marked by chance alone where the points are independent."""


@dataclass(frozen=True)
class XmrPoint:
    """One value with the name of the rule that marks it (one of `RULES`), or None."""

    period: str
    value: float
    rule: str | None


@dataclass(frozen=True)
class XmrPhase:
    """A stretch with limits of its own, in the values' unit; None with a reason where it has too few points.
    `autocorrelation`: the r₁ that the limits and the rules allow for, 0 where it is no larger than chance gives."""

    first: str
    last: str
    points: int
    mean: float | None
    lower: float | None
    upper: float | None
    reason: str | None
    autocorrelation: float = 0.0


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
    same limit. All points of a run are marked; of the last, those near the limit. In a phase with autocorrelation the
    last three rules are tried on the residuals.

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
    if len(phase) < NEEDED or not _ranges(phase):
        return XmrPhase(*said, None, None, None, "too_few_points")
    mean = math.fsum(row.value for row in phase) / len(phase)
    r1 = _autocorrelation(phase, mean)
    reach = _reach(phase) / math.sqrt(1 - r1)
    return XmrPhase(*said, mean, mean - reach, mean + reach, None, r1)


def _ranges(rows: Sequence[_Row]) -> list[float]:
    """The moving ranges; none is taken across a missing period."""
    return [abs(after.value - row.value) for row, after in pairwise(rows) if after.place == row.place + 1]


def _reach(rows: Sequence[_Row]) -> float:
    """How far the limits of independent values lie from their mean. Screened once: a single jump must not widen the
    limits that are to show it. All ranges 0 leaves nothing to screen."""
    ranges = _ranges(rows)
    usual = math.fsum(ranges) / len(ranges)
    screened = [one for one in ranges if one < _SCREEN * usual] or ranges
    return LIMIT * math.fsum(screened) / len(screened)


def _autocorrelation(phase: Sequence[_Row], mean: float) -> float:
    """r₁ of the phase where it is larger than chance gives (2/√n), else 0. Only neighbours in time count; the sum over
    them is scaled to a series without gaps."""
    products = [
        (row.value - mean) * (after.value - mean) for row, after in pairwise(phase) if after.place == row.place + 1
    ]
    squares = math.fsum((row.value - mean) ** 2 for row in phase)
    if not squares > 0:
        return 0.0
    r1 = math.fsum(products) / squares * (len(phase) - 1) / len(products)
    return min(r1, _MOST) if r1 > 2 / math.sqrt(len(phase)) else 0.0


def _residuals(phase: Sequence[_Row], limits: XmrPhase) -> list[_Row]:
    """What the month before does not explain; the first month, and one after a gap, has none."""
    assert limits.mean is not None
    return [
        _Row(after.place, after.period, after.value - limits.mean - limits.autocorrelation * (row.value - limits.mean))
        for row, after in pairwise(phase)
        if after.place == row.place + 1
    ]


def _rules(phase: Sequence[_Row], limits: XmrPhase) -> list[str | None]:
    """The name of the rule that marks each point of a phase, the most severe of several."""
    if limits.mean is None or limits.upper is None:
        return [None] * len(phase)
    rounding = _ROUNDING * max(abs(row.value) for row in phase)
    reach = limits.upper - limits.mean
    outside = {row.place for row in phase if abs(row.value - limits.mean) > reach + rounding}
    if not limits.autocorrelation:
        marked = _runs_marked(phase, limits.mean, reach, rounding)
    else:
        rest = _residuals(phase, limits)
        mean = math.fsum(row.value for row in rest) / len(rest)
        marked = _runs_marked(rest, mean, _reach(rest), rounding)
    marked[OUTSIDE] = outside
    return [next((rule for rule in RULES if row.place in marked[rule]), None) for row in phase]


def _runs_marked(rows: Sequence[_Row], mean: float, reach: float, rounding: float) -> dict[str, set[int]]:
    """The places that each rule about several points in a row marks."""
    values = [row.value for row in rows]
    sides = [_side(value - mean, rounding) for value in values]
    steps = [_side(after - value, 0.0) for value, after in pairwise(values)]
    near = [_side(value - mean, 2 / 3 * reach + rounding) for value in values]
    marked = {
        ONE_SIDE: {at for run in _runs(sides, RUN) for at in run},
        # Seven rising points are six rises, and end one point after the last of them begins.
        TRENDING: {at for run in _runs(steps, RUN - 1) for at in range(run.start, run.stop + 1)},
        NEAR_LIMIT: {
            at
            for start in range(len(near) - 2)
            for at in range(start, start + 3)
            if near[at] and near[start : start + 3].count(near[at]) >= 2
        },
    }
    return {rule: {rows[at].place for at in found} for rule, found in marked.items()}


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
