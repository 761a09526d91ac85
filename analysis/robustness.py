"""How small could an assumed base be before the word turns, how large before another comes? (methods §9)

A base that nobody published is a middle value, not a fact. So each mark on one says from how many answers it holds, and
each unmarked difference with how many it would be told apart, if any number does: whole answers, not effective ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.against import numbers, whole_weights
from analysis.benchmarks import Benchmark
from analysis.methods.equivalence import TESTED
from analysis.methods.intervals import Z90, Z95, Z998, wilson_arrays
from indicators import Period

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

MOST: Final = 100_000
"""Answers. A difference that no base up to this would tell apart is not told apart by any survey."""
ROBUSTNESS_COLUMNS: Final = ("holds_from", "flips_at", "holds_from_own", "flips_at_own", "equivalence_holds_from")


def with_robustness(
    judged: pl.DataFrame, period: Period | None, benchmark: Benchmark, reference: pl.DataFrame | None, level: float
) -> pl.DataFrame:
    """Add ROBUSTNESS_COLUMNS (answers, null where the row's own base is not assumed). `judged`: the whole table with
    JUDGEMENT_COLUMNS and `equivalence` as told to a reader who asks for `level` per cent; `reference` as in
    judgement.with_judgement.

    `holds_from`: the smallest base with which the row's mark holds, all assumed bases moved together and published ones
    fixed; `flips_at`: the base from which an unmarked difference would be marked, null where MOST is not enough.
    `_own`: the row's own base alone is moved. `equivalence_holds_from`: the smallest base with which TESTED holds."""
    assumed = (judged["evidence"] == "assumed").to_numpy()
    assessed = ~judged["judgement"].is_in(["not_assessable"]).fill_null(True).to_numpy()
    moved = assumed & assessed
    if period is None or not moved.any():
        return judged.with_columns(pl.lit(None, dtype=pl.Int64).alias(name) for name in ROBUSTNESS_COLUMNS)
    tested = _tested(judged, period, benchmark, reference)
    z = Z998 if level == 99.8 else Z95
    together = _smallest(lambda base: tested.marked(base, z, together=True), judged.height)
    own = _smallest(lambda base: tested.marked(base, z, together=False), judged.height)
    margin = numbers(judged, "margin")
    alike = _smallest(lambda base: tested.inside(base, margin), judged.height)
    unmarked = (judged["judgement"] == "similar").fill_null(False).to_numpy()
    shown = (judged["equivalence"] == TESTED).fill_null(False).to_numpy()
    found = {
        "holds_from": (together, moved & ~unmarked),
        "flips_at": (together, moved & unmarked),
        "holds_from_own": (own, moved & ~unmarked),
        "flips_at_own": (own, moved & unmarked),
        "equivalence_holds_from": (alike, moved & shown),
    }
    return judged.with_columns(
        pl.Series(
            name, [int(base) if said and base else None for base, said in zip(bases, where, strict=True)], pl.Int64
        )
        for name, (bases, where) in found.items()
    )


@dataclass(frozen=True)
class _Answers:
    """One side of the differences, an entry per row: its estimate and variance (the indicator's unit), the interval's
    ends at the two levels, and of an assumed base the share (0–1) and design effect that another base would have."""

    estimate: Floats
    variance: Floats
    ends: dict[float, tuple[Floats, Floats]]
    share: Floats
    design_effect: Floats
    assumed: Bools

    def distances(self, base: Floats | None, z: float) -> tuple[Floats, Floats]:
        """How far the interval reaches below and above the estimate, with `base` answers where they are assumed."""
        low, high = self.ends[z]
        if base is not None:
            ends = wilson_arrays(self.share, base / self.design_effect, z)
            low, high = (np.where(self.assumed, 100 * end, known) for end, known in zip(ends, (low, high), strict=True))
        return self.estimate - low, high - self.estimate

    def variances(self, base: Floats | None) -> Floats:
        """The variances, with `base` answers where they are assumed; base may have leading axes."""
        if base is None:
            return self.variance
        low, high = wilson_arrays(self.share, base / self.design_effect, Z95)
        return np.where(self.assumed, (100 * (high - low) / (2 * Z95)) ** 2, self.variance)


@dataclass(frozen=True)
class _Tested:
    """The differences of a table and how each was tested: against a whole (`weights`), another row, or a number."""

    difference: Floats
    own: _Answers
    weights: Floats | None = None
    other: _Answers | None = None

    def marked(self, base: Floats, z: float, *, together: bool) -> Bools:
        """Whether each difference is told from none where the row has `base` answers (an entry per row)."""
        below, above = self._distances(base, z, together)
        answer: Bools = (self.difference > below) | (self.difference < -above)
        return answer

    def inside(self, base: Floats, margin: Floats) -> Bools:
        """Whether the 90 % interval of each difference lies inside ±margin, all assumed bases being `base`."""
        below, above = (distance * (Z90 / Z95) for distance in self._distances(base, Z95, True))
        answer: Bools = (self.difference - below > -margin) & (self.difference + above < margin)
        return answer

    def _distances(self, base: Floats, z: float, together: bool) -> tuple[Floats, Floats]:
        if self.weights is not None:
            # Row by row another base for all: shape (rows, rows), of which the diagonal is the row itself.
            parts = self.weights**2 * self.own.variances(base[:, None] if together else None)
            parts = np.broadcast_to(np.where(self.weights > 0, parts, 0.0), (len(base), len(base)))
            others = np.maximum(parts.sum(axis=1) - np.diagonal(parts), 0.0)
            spread = z * np.sqrt((1 - self.weights) ** 2 * self.own.variances(base) + others)
            return spread, spread
        below, above = self.own.distances(base, z)
        if self.other is None:
            return below, above
        under, over = self.other.distances(base if together else None, z)
        return np.hypot(below, over), np.hypot(above, under)


def _tested(judged: pl.DataFrame, period: Period, benchmark: Benchmark, reference: pl.DataFrame | None) -> _Tested:
    difference, own = numbers(judged, "difference"), _answers(judged)
    if (judged["route"] == "difference_to_whole").any():
        weights = whole_weights(judged, period, benchmark)
        assert weights is not None
        return _Tested(difference, own, weights=weights / weights.sum())
    if not (judged["route"] == "two_samples").any():
        return _Tested(difference, own)
    others = judged.filter(pl.col("code") == benchmark.key) if reference is None else reference
    if benchmark.kind == "region":
        return _Tested(difference, own, other=_answers(pl.concat([others] * judged.height)))
    matched = judged.select("code").join(others, on="code", how="left", maintain_order="left")
    return _Tested(difference, own, other=_answers(matched))


def _answers(rows: pl.DataFrame) -> _Answers:
    columns = {name: numbers(rows, name) for name in ("estimate", "variance", "share", "design_effect")}
    ends = {Z95: ("ci_low", "ci_high"), Z998: ("low998", "high998")}
    return _Answers(
        ends={z: (numbers(rows, low), numbers(rows, high)) for z, (low, high) in ends.items()},
        assumed=(rows["evidence"] == "assumed").fill_null(False).to_numpy(),
        **columns,
    )


def _smallest(holds: Callable[[Floats], Bools], rows: int) -> Ints:
    """The smallest base at which each of the rows holds, by bisection of all of them at once; 0 where MOST is not
    enough. An interval only narrows with its base, so what holds at one base holds at every larger one.

    >>> _smallest(lambda base: base >= np.array([1, 97, 100_000, 100_001]), 4).tolist()
    [1, 97, 100000, 0]
    """
    fails, works = np.zeros(rows, dtype=np.int64), np.full(rows, MOST, dtype=np.int64)
    possible = holds(works.astype(np.float64))
    while (works - fails > 1).any():
        middle = (fails + works + 1) // 2
        enough = holds(middle.astype(np.float64))
        works, fails = np.where(enough, middle, works), np.where(enough, fails, middle)
    return np.where(possible, works, 0)
