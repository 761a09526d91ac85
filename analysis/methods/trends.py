"""Does a yearly series rise or fall steadily, or vary more than chance gives (methods.md §4, rules 5 and 6)?

Never an arrow without a test, and no single test carries the word: a significant slope may be a step, one odd year or
a fall that has begun. A break (definition, question, mode, organisation) ends the window: what lies before it is not
comparable with what follows.

Sources: OHID Fingertips technical guidance (recent trend: χ² trend, weighted regression, p = 0.002, leave one out);
Cochran 1954 and Armitage 1955 for the χ² test for trend.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.methods.differences import difference_of_intervals
from analysis.methods.funnel import chi2_outside
from analysis.methods.intervals import Z95, score_interval, variance_from_interval, z_for

Floats = NDArray[np.float64]
Column = Sequence[float | None]

NEEDED: Final = 5
# χ² with one degree of freedom at p = 0.002 is the square of the normal quantile at 0.999: 9.5495.
CRITICAL: Final = NormalDist().inv_cdf(0.999) ** 2
# The same probability for the waves' variation about their mean; residuals rarer than NO_LINE are of no line.
VARIED: Final = 0.002
NO_LINE: Final = 0.05
FEWEST_LEFT: Final = 3
"""Fewer waves than these without the noted ones say nothing of a direction."""
# Below this the χ² distribution is no good approximation (Cochran's rule).
SMALLEST_EXPECTED: Final = 5


@dataclass(frozen=True)
class Trend:
    """A tested trend.

    method: chi2_trend or weighted_regression. statistic: χ² with one degree of freedom, None where not assessable.
    slope: change per year, in the values' unit (shares 0–1). verdict: increasing, decreasing, none or not_assessable;
    a direction only where every condition of a steady change holds. reason: None for a verdict with a direction, else
    too_few_points, small_expected, interval_without_width, not_significant, sign_not_stable (one year carries it),
    noted_years (the years that are hard to compare carry it), not_a_line (lack of fit) or latest_opposite (the latest
    year has turned back past an earlier one). years: the points used, in order. breaks: the break years that lie inside
    the series given. lack_of_fit, homogeneity: the probabilities of as bad a line, and of as much variation about the
    mean, by chance alone; None where not assessable.
    """

    method: str
    statistic: float | None
    slope: float | None
    verdict: str
    reason: str | None
    years: tuple[int, ...]
    breaks: tuple[int, ...]
    lack_of_fit: float | None = field(default=None, compare=False)
    homogeneity: float | None = field(default=None, compare=False)

    @property
    def directed(self) -> bool:
        return self.verdict in ("increasing", "decreasing")

    def in_unit(self, factor: float) -> "Trend":
        """The same trend with its slope in another unit."""
        return replace(self, slope=None if self.slope is None else self.slope * factor)

    @property
    def varied(self) -> bool | None:
        """Whether the years differ more than chance gives without moving steadily; None where not assessable."""
        if self.homogeneity is None:
            return None
        return self.verdict == "none" and self.homogeneity < VARIED


def trend_of_counts(
    years: Sequence[int],
    counts: Column,
    denominators: Column,
    *,
    effective: Column | None = None,
    breaks: Iterable[int] = (),
    skipped: Iterable[int] = (),
    noted: Iterable[int] = (),
) -> Trend:
    """The recent trend of a yearly share, by the χ² test for trend (Cochran–Armitage, no continuity correction).

    years, counts, denominators: one entry per year, None for a year that is missing. `effective` gives effective bases
    (n / deff) where answers are not worth a full observation each: the share is still count / denominator, and both the
    test and the smallest expected count use the effective base. The window is the latest run of consecutive years after
    the last break; a break year is the first year of what is new, and a `skipped` year (measured, but not judged) is no
    gap. The direction must also hold without the `noted` years, which are hard to compare.

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
    window, inside = _window(years, whole, breaks, skipped)
    year, p, n = np.asarray(years, dtype=np.float64)[window], share[window], base[window]
    known = tuple(int(y) for y in year)
    if len(known) < NEEDED:
        return Trend("chi2_trend", None, None, "not_assessable", "too_few_points", known, inside)
    pooled = float((p * n).sum() / n.sum())
    if float(min((n * pooled).min(), (n * (1 - pooled)).min())) < SMALLEST_EXPECTED:
        return Trend("chi2_trend", None, None, "not_assessable", "small_expected", known, inside)
    ends = [score_interval(float(share), float(base), Z95) for share, base in zip(p, n, strict=True)]
    # A weighted regression on the years with each share's variance under no trend is the same test.
    weight = n / (pooled * (1 - pooled))
    return _tested("chi2_trend", _Waves(year, p, weight, np.array(ends)), inside, noted)


def trend_of_values(
    years: Sequence[int],
    values: Column,
    lows: Column,
    highs: Column,
    *,
    level: float = 95,
    breaks: Iterable[int] = (),
    skipped: Iterable[int] = (),
    noted: Iterable[int] = (),
) -> Trend:
    """The recent trend of yearly values with intervals (any unit), by regression on the years weighted by the inverse
    of the variances their intervals of `level` per cent imply. Window, breaks, skipped and noted as in
    `trend_of_counts`; a year without value or interval is missing.

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
    window, inside = _window(years, whole, breaks, skipped)
    year = np.asarray(years, dtype=np.float64)[window]
    known = tuple(int(y) for y in year)
    if len(known) < NEEDED:
        return Trend("weighted_regression", None, None, "not_assessable", "too_few_points", known, inside)
    variance = variance_from_interval(low[window], high[window], z_for(level))
    if (variance == 0).any():
        return Trend("weighted_regression", None, None, "not_assessable", "interval_without_width", known, inside)
    narrowed = Z95 / z_for(level)
    ends = np.column_stack([value - (value - low) * narrowed, value + (high - value) * narrowed])[window]
    return _tested("weighted_regression", _Waves(year, value[window], 1 / variance, ends), inside, noted)


class _Waves(NamedTuple):
    """The window's years, values and weights, each of shape (k,), and their 95 % intervals, (k, 2)."""

    year: Floats
    value: Floats
    weight: Floats
    ends: Floats

    def where(self, kept: NDArray[np.bool_]) -> "_Waves":
        return _Waves(*(column[kept] for column in self))


def _tested(method: str, waves: _Waves, inside: tuple[int, ...], noted: Iterable[int]) -> Trend:
    slope, statistic = _regression(waves)
    variation = float((waves.weight * (waves.value - np.average(waves.value, weights=waves.weight)) ** 2).sum())
    # Rounding may leave a perfect line a residual of −1e-16.
    lack_of_fit = chi2_outside(max(0.0, variation - statistic), len(waves.year) - 2)
    reason = _not_steady(waves, slope, statistic, lack_of_fit, set(noted))
    direction = "increasing" if slope > 0 else "decreasing"
    return Trend(
        method,
        statistic,
        slope,
        "none" if reason else direction,
        reason,
        tuple(int(year) for year in waves.year),
        inside,
        lack_of_fit,
        chi2_outside(variation, len(waves.year) - 1),
    )


def _not_steady(waves: _Waves, slope: float, statistic: float, lack_of_fit: float, noted: set[int]) -> str | None:
    """The first condition of a steady change that does not hold; None where all do."""
    if statistic <= CRITICAL:
        return "not_significant"
    rest = ~np.eye(len(waves.year), dtype=np.bool_)
    if not all(_keeps_sign(waves.where(kept), slope) for kept in rest):
        return "sign_not_stable"
    plain = ~np.isin(waves.year, list(noted))
    if not plain.all() and (plain.sum() < FEWEST_LEFT or not _keeps_sign(waves.where(plain), slope)):
        return "noted_years"
    if lack_of_fit < NO_LINE:
        return "not_a_line"
    *earlier, latest = zip(waves.value.tolist(), *waves.ends.T.tolist(), strict=True)
    changes = [difference_of_intervals(*latest, *one) for one in earlier]
    if any(high < 0 if slope > 0 else low > 0 for low, high in changes):
        return "latest_opposite"
    return None


def _keeps_sign(waves: _Waves, slope: float) -> bool:
    """Whether the slope of these waves has the sign of `slope`. A level series can leave a slope of 1e-17 in floating
    point; that is 0, which has no sign to keep."""
    return bool(_regression(waves)[0] * np.sign(slope) > 1e-12 * float(np.abs(waves.value).max()))


def _regression(waves: _Waves) -> tuple[float, float]:
    """The weighted least squares slope, and its square over its variance 1 / Σw(t − t̄)²."""
    from_mean = waves.year - np.average(waves.year, weights=waves.weight)
    spread = float((waves.weight * from_mean**2).sum())
    slope = float((waves.weight * from_mean * waves.value).sum()) / spread
    return slope, slope * slope * spread


def _window(
    years: Sequence[int], whole: NDArray[np.bool_], breaks: Iterable[int], skipped: Iterable[int]
) -> tuple[list[int], tuple[int, ...]]:
    """The places of the latest run of consecutive years with everything known (`skipped` years are neither used nor
    gaps), and the breaks inside the series."""
    if len(set(years)) != len(years):
        raise ValueError("a year is given twice")
    passed = {int(year) for year in skipped}
    ordered = sorted((int(year), place) for place, year in enumerate(years) if whole[place] and year not in passed)
    if not ordered:
        return [], ()
    first, last = ordered[0][0], ordered[-1][0]
    inside = tuple(sorted({int(year) for year in breaks if first < year <= last}))
    window = [ordered[-1]]
    for year, place in reversed(ordered[:-1]):
        after = window[-1][0]
        gap = set(range(year + 1, after)) - passed
        if gap or any(year < one <= after for one in inside):
            break
        window.append((year, place))
    return [place for _, place in reversed(window)], inside


def _column(given: Column) -> Floats:
    return np.array(list(given), dtype=np.float64)  # None becomes NaN


def _same_length(years: Sequence[int], *columns: Floats) -> None:
    if any(len(column) != len(years) for column in columns):
        raise ValueError("the columns are of different length")
