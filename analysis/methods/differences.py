"""Is the difference real? Intervals of differences, and the word they allow (methods.md §2).

Two intervals that overlap prove nothing; only the interval of the difference itself is judged.

Sources: Newcombe 1998 "Interval estimation for the difference between independent proportions" (method 10, hybrid
score); Zou & Donner 2008 for the same construction from any two intervals; OHID Fingertips technical guidance.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from analysis.methods.intervals import z_for

Floats = NDArray[np.float64]

PROBED: Final = (700, 2000)
"""Answers per region between which a base that is assumed to be 1 000 may well lie (methods §9)."""
# direction → (word above the benchmark, word below it)
_WORDS: Final = {
    "higher_is_better": ("better", "worse"),
    "lower_is_better": ("worse", "better"),
    "none": ("higher", "lower"),
}


def difference_of_intervals(
    value1: float, low1: float, high1: float, value2: float, low2: float, high2: float
) -> tuple[float, float]:
    """The interval of value1 − value2 from two independent intervals of the same level, in their own unit: Newcombe's
    method 10 where both are Wilson's, and the same construction where they are published (Zou & Donner 2008).

    >>> difference_of_intervals(70, 67, 73, 60, 56, 64)
    (5.0, 15.0)
    """
    difference = value1 - value2
    return (
        difference - math.hypot(value1 - low1, high2 - value2),
        difference + math.hypot(high1 - value1, value2 - low2),
    )


class DifferencesToWhole(NamedTuple):
    """Each region's value minus the whole's, with its interval; all three of shape (regions,), NaN where unknown."""

    difference: Floats
    low: Floats
    high: Floats


def difference_to_whole(
    values: ArrayLike, weights: ArrayLike, variances: ArrayLike, whole_value: float, level: float = 95
) -> DifferencesToWhole | None:
    """Every region's difference to a whole (riket, a group), allowing for the region being a part of it:
    Var(d) = (1 − W_r)²·v_r + Σ_{k≠r} W_k²·v_k.

    values, weights, variances: shape (regions,), NaN where unknown; values and `whole_value` in one unit, variances in
    its square. Weights are populations on any scale (renormalised over the regions that have values), 0 for a region
    outside the whole. The difference uses the published whole, which need not be the weighted mean.

    None when a region inside the whole has a value but no variance: then no Var(d) is known, and the caller compares
    the region's own interval with the benchmark's point value (Fingertips' rule) and says so.

    Errors: ValueError for arrays of different length, a negative weight or variance, a region with a value but no
    weight, or an unknown level.

    >>> answer = difference_to_whole([70.0, 60.0], [1, 3], [4.0, 1.0], 62.5)
    >>> answer.difference.tolist(), answer.low.round(2).tolist(), answer.high.round(2).tolist()
    ([7.5, -2.5], [4.21, -3.6], [10.79, -1.4])
    """
    z = z_for(level)
    parts = variance_in_parts(values, weights, variances)
    if parts is None:
        return None
    spread = z * np.sqrt(parts.own + parts.others)
    difference = np.asarray(values, dtype=np.float64) - whole_value
    return DifferencesToWhole(difference, difference - spread, difference + spread)


class VarianceInParts(NamedTuple):
    """What Var(d) of each region is the sum of, and its share W (0–1) of the whole; all of shape (regions,)."""

    share: Floats
    own: Floats
    others: Floats


def variance_in_parts(values: ArrayLike, weights: ArrayLike, variances: ArrayLike) -> VarianceInParts | None:
    """`own` is (1 − W_r)²·v_r, `others` Σ_{k≠r} W_k²·v_k. Arguments, None and errors as in difference_to_whole.

    >>> parts = variance_in_parts([70.0, 60.0], [1, 3], [4.0, 1.0])
    >>> parts.share.tolist(), parts.own.tolist(), parts.others.tolist()
    ([0.25, 0.75], [2.25, 0.0625], [0.5625, 0.25])
    """
    value, weight, variance = (np.asarray(given, dtype=np.float64) for given in (values, weights, variances))
    if not value.shape == weight.shape == variance.shape or value.ndim != 1:
        raise ValueError("values, weights and variances must be of the same length")
    has_value = ~np.isnan(value)
    if np.isnan(weight[has_value]).any():
        raise ValueError("a region with a value has no weight")
    if (weight < 0).any() or (variance < 0).any():
        raise ValueError("a weight or a variance is negative")
    inside = has_value & (weight > 0)
    if np.isnan(variance[inside]).any():
        return None
    share = np.where(inside, weight, 0.0)
    share = share / share.sum() if inside.any() else share
    part = np.where(inside, share**2 * variance, 0.0)
    # part.sum() − part is Σ_{k≠r}; with one region alone in the whole it may leave −1e-20.
    return VarianceInParts(share, (1 - share) ** 2 * variance, np.maximum(part.sum() - part, 0.0))


def judge(
    diff_low95: float | None,
    diff_high95: float | None,
    diff_low998: float | None,
    diff_high998: float | None,
    direction: str,
) -> tuple[str, float | None]:
    """The word for a difference and the strictest level (95 or 99.8) at which it is marked.

    `direction` is higher_is_better, lower_is_better or none. Words: better, similar, worse; higher, similar, lower
    where there is no direction; not_assessable without a 95 % interval, never "similar". A bound of exactly 0 marks
    nothing.

    Errors: KeyError for an unknown direction.

    >>> judge(0.4, 3.0, -0.3, 3.7, "higher_is_better")
    ('better', 95)
    >>> judge(-3.0, -0.4, -3.7, -0.1, "none")
    ('lower', 99.8)
    >>> judge(-1.0, 1.0, -2.0, 2.0, "none"), judge(None, None, None, None, "none")
    (('similar', None), ('not_assessable', None))
    """
    above, below = _WORDS[direction]
    if _unknown(diff_low95) or _unknown(diff_high95):
        return "not_assessable", None
    for level, low, high in ((99.8, diff_low998, diff_high998), (95, diff_low95, diff_high95)):
        if low is not None and low > 0:
            return above, level
        if high is not None and high < 0:
            return below, level
    return "similar", None


def judge_columns(low95: str, high95: str, low998: str, high998: str, direction: str) -> tuple[pl.Expr, pl.Expr]:
    """`judge` over columns named so: expressions for the word (text) and the level (float, null where nothing is
    marked).

    Errors: KeyError for an unknown direction.

    >>> word, level = judge_columns("a", "b", "c", "d", "lower_is_better")
    >>> frame = pl.DataFrame({"a": [0.4, None], "b": [3.0, None], "c": [-0.3, None], "d": [3.7, None]})
    >>> frame.select(word.alias("word"), level.alias("level")).rows()
    [('worse', 95.0), ('not_assessable', None)]
    """
    above_word, below_word = _WORDS[direction]
    # A bound that is unknown at one level marks nothing at that level.
    bounds = (pl.col(name).cast(pl.Float64).fill_nan(None) for name in (low95, high95, low998, high998))
    above95, below95, above998, below998 = (
        (bound > 0 if place % 2 == 0 else bound < 0) for place, bound in enumerate(bounds)
    )
    known = above95.is_not_null() & below95.is_not_null()
    marked998 = (above998 | below998).fill_null(False)
    word = (
        pl.when(~known)
        .then(pl.lit("not_assessable"))
        .when(above95 | above998.fill_null(False))
        .then(pl.lit(above_word))
        .when(below95 | below998.fill_null(False))
        .then(pl.lit(below_word))
        .otherwise(pl.lit("similar"))
    )
    level = pl.when(known & marked998).then(99.8).when(known & (above95 | below95)).then(95.0)
    return word, level


def marks_by_chance(comparisons: int, level: float = 95, *, assumed: Sequence[float] = ()) -> tuple[float, float]:
    """How many of so many comparisons would be marked by chance alone if nothing differed at all, fewest and most.

    Two numbers where some rest on an assumed base (`assumed`: their bases): with 2 000 and with 700 true answers behind
    each of them the same marks are made from narrower or wider intervals than the truth's.

    >>> [round(count, 1) for count in marks_by_chance(21 * 6)]
    [6.3, 6.3]
    >>> [round(count, 1) for count in marks_by_chance(42, assumed=[1000.0] * 42)]
    [0.2, 4.2]
    """
    z, known = z_for(level), comparisons - len(assumed)
    fewest, most = (
        known * (1 - level / 100) + sum(2 * (1 - NormalDist().cdf(z * math.sqrt(answers / base))) for base in assumed)
        for answers in (PROBED[1], PROBED[0])
    )
    return fewest, most


def _unknown(bound: float | None) -> bool:
    return bound is None or math.isnan(bound)
