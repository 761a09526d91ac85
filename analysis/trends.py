"""Has it changed over time? The right test for yearly series, or a refusal with its reason (methods.md §4).

Never an arrow without a test. A break (definition, question, mode, organisation) ends the window: what lies before it
is not comparable with what follows.

Sources: OHID Fingertips technical guidance (recent trend: χ² trend, weighted regression, p = 0.002, leave one out);
Cochran 1954 and Armitage 1955 for the χ² test for trend.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.intervals import variance_from_interval, z_for

Floats = NDArray[np.float64]
Column = Sequence[float | None]

NEEDED: Final = 5
# χ² with one degree of freedom at p = 0.002 is the square of the normal quantile at 0.999: 9.5495.
CRITICAL: Final = NormalDist().inv_cdf(0.999) ** 2
# Below this the χ² distribution is no good approximation (Cochran's rule).
SMALLEST_EXPECTED: Final = 5


@dataclass(frozen=True)
class Trend:
    """A tested trend.

    method: chi2_trend or weighted_regression. statistic: χ² with one degree of freedom, None where not assessable.
    slope: change per year, in the values' unit (shares 0–1). verdict: increasing, decreasing, none or not_assessable.
    reason: None for a verdict with a direction, else too_few_points, small_expected, interval_without_width,
    not_significant or sign_not_stable. years: the points used, in order. breaks: the break years that lie inside the
    series given.
    """

    method: str
    statistic: float | None
    slope: float | None
    verdict: str
    reason: str | None
    years: tuple[int, ...]
    breaks: tuple[int, ...]


def trend_of_counts(
    years: Sequence[int],
    counts: Column,
    denominators: Column,
    *,
    effective: Column | None = None,
    breaks: Iterable[int] = (),
) -> Trend:
    """The recent trend of a yearly share, by the χ² test for trend (Cochran–Armitage, no continuity correction).

    years, counts, denominators: one entry per year, None for a year that is missing. `effective` gives effective bases
    (n / deff) where answers are not worth a full observation each: the share is still count / denominator, and both the
    test and the smallest expected count use the effective base. The window is the latest run of consecutive years after
    the last break; a break year is the first year of what is new.

    Errors: ValueError for columns of different length, a year given twice, or a count outside 0–denominator.

    >>> trend = trend_of_counts(range(2018, 2023), [500, 520, 540, 560, 580], [1000] * 5)
    >>> trend.verdict, round(trend.statistic, 3), round(trend.slope, 4), trend.years
    ('increasing', 16.103, 0.02, (2018, 2019, 2020, 2021, 2022))
    >>> trend_of_counts(range(2018, 2023), [500, 520, 540, 560, 580], [1000] * 5, breaks=[2020]).reason
    'too_few_points'
    """
    count, denominator = _column(counts), _column(denominators)
    base = denominator if effective is None else _column(effective)
    _same_length(years, count, denominator, base)
    if (count < 0).any() or (count > denominator).any():
        raise ValueError("a count is outside 0–denominator")
    share = np.divide(count, denominator, out=np.full(len(count), np.nan), where=denominator > 0)
    whole = ~np.isnan(share) & (base > 0)
    window, inside = _window(years, whole, breaks)
    year, p, n = np.asarray(years, dtype=np.float64)[window], share[window], base[window]
    known = tuple(int(y) for y in year)
    if len(known) < NEEDED:
        return Trend("chi2_trend", None, None, "not_assessable", "too_few_points", known, inside)
    pooled = float((p * n).sum() / n.sum())
    if float(min((n * pooled).min(), (n * (1 - pooled)).min())) < SMALLEST_EXPECTED:
        return Trend("chi2_trend", None, None, "not_assessable", "small_expected", known, inside)
    # A weighted regression on the years with each share's variance under no trend is the same test.
    return _tested("chi2_trend", year, p, n / (pooled * (1 - pooled)), known, inside)


def trend_of_values(
    years: Sequence[int],
    values: Column,
    lows: Column,
    highs: Column,
    *,
    level: float = 95,
    breaks: Iterable[int] = (),
) -> Trend:
    """The recent trend of yearly values with intervals (any unit), by regression on the years weighted by the inverse
    of the variances their intervals of `level` per cent imply. Window and breaks as in `trend_of_counts`; a year
    without value or interval is missing.

    Errors: ValueError for columns of different length, a year given twice, low above high, or an unknown level.

    >>> trend = trend_of_values(range(1, 6), [60, 61, 63, 64, 66], [58, 59, 61, 62, 64], [62, 63, 65, 66, 68])
    >>> trend.verdict, round(trend.statistic, 2), round(trend.slope, 2)
    ('increasing', 21.61, 1.5)
    """
    value, low, high = _column(values), _column(lows), _column(highs)
    _same_length(years, value, low, high)
    if (low > high).any():
        raise ValueError("an interval's low bound is above its high bound")
    whole = ~np.isnan(value) & ~np.isnan(low) & ~np.isnan(high)
    window, inside = _window(years, whole, breaks)
    year = np.asarray(years, dtype=np.float64)[window]
    known = tuple(int(y) for y in year)
    if len(known) < NEEDED:
        return Trend("weighted_regression", None, None, "not_assessable", "too_few_points", known, inside)
    variance = variance_from_interval(low[window], high[window], z_for(level))
    if (variance == 0).any():
        return Trend("weighted_regression", None, None, "not_assessable", "interval_without_width", known, inside)
    return _tested("weighted_regression", year, value[window], 1 / variance, known, inside)


def _tested(
    method: str, year: Floats, value: Floats, weight: Floats, known: tuple[int, ...], inside: tuple[int, ...]
) -> Trend:
    slope, statistic = _regression(year, value, weight)
    if statistic <= CRITICAL:
        return Trend(method, statistic, slope, "none", "not_significant", known, inside)
    rest = ~np.eye(len(year), dtype=np.bool_)
    without_one = np.array([_regression(year[kept], value[kept], weight[kept])[0] for kept in rest])
    # A level series can leave a slope of 1e-17 in floating point; that is 0, which has no sign to keep.
    level = 1e-12 * float(np.abs(value).max())
    if (without_one * np.sign(slope) <= level).any():
        return Trend(method, statistic, slope, "none", "sign_not_stable", known, inside)
    return Trend(method, statistic, slope, "increasing" if slope > 0 else "decreasing", None, known, inside)


def _regression(year: Floats, value: Floats, weight: Floats) -> tuple[float, float]:
    """The weighted least squares slope, and its square over its variance 1 / Σw(t − t̄)²."""
    from_mean = year - np.average(year, weights=weight)
    spread = float((weight * from_mean**2).sum())
    slope = float((weight * from_mean * value).sum()) / spread
    return slope, slope * slope * spread


def _window(years: Sequence[int], whole: NDArray[np.bool_], breaks: Iterable[int]) -> tuple[list[int], tuple[int, ...]]:
    """The places of the latest run of consecutive years with everything known, and the breaks inside the series."""
    if len(set(years)) != len(years):
        raise ValueError("a year is given twice")
    ordered = sorted((int(year), place) for place, year in enumerate(years) if whole[place])
    if not ordered:
        return [], ()
    first, last = ordered[0][0], ordered[-1][0]
    inside = tuple(sorted({int(year) for year in breaks if first < year <= last}))
    window = [ordered[-1]]
    for year, place in reversed(ordered[:-1]):
        if year != window[-1][0] - 1 or window[-1][0] in inside:
            break
        window.append((year, place))
    return [place for _, place in reversed(window)], inside


def _column(given: Column) -> Floats:
    return np.array([np.nan if one is None else one for one in given], dtype=np.float64)


def _same_length(years: Sequence[int], *columns: Floats) -> None:
    if any(len(column) != len(years) for column in columns):
        raise ValueError("the columns are of different length")
