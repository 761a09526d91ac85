"""Which place does a region have, and between which places could it really be? (methods.md §3)

Rank intervals after Mogstad, Romano, Shaikh & Wilhelm 2024, "Inference for Ranks with Applications to Mobility across
Neighborhoods and Academic Achievements across Countries", Review of Economic Studies 91: a stepdown test of the
directed hypotheses θa ≤ θb. A region's best possible rank is 1 + how many are significantly above it; its worst is
p − how many are significantly below it.

The tests are calibrated by a parametric bootstrap: independent normal errors with the given standard errors,
differences studentised by √(se_a² + se_b²). The seed is fixed, so the same data give the same answer.
"""

import math
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NO_RANK: Final = 0
FEWEST_RANKED: Final = 3
"""A place among fewer regions than this says nothing, and is not given (see with_judgement)."""
SEED: Final = 1177
# Draws come in blocks of this size, so that 1 000 draws are the first of 20 000 and memory stays small.
_BLOCK: Final = 1000
# Errors worked on at a time: 1.6 MB of floats stay in a processor's cache (8 MB at a time took 3 × as long).
_CHUNK: Final = 200_000
# Errors kept between the steps: 8 MB, which 21 regions × 1 000 draws fit; larger tables are computed at each step.
_KEPT: Final = 1_000_000


class RankIntervals(NamedTuple):
    """Ranks with the lowest (best) and highest (worst) rank the data allow; shape (regions,) each, NO_RANK for none."""

    ranks: Ints
    lows: Ints
    highs: Ints


def rank(values: ArrayLike, *, highest_first: bool = True) -> Ints:
    """Each value's place: 1 is the best, ties share the better place, NaN has NO_RANK.

    values: shape (regions,), any unit. `highest_first` follows the indicator's direction; without one, the
    highest is first.

    >>> rank([70.0, 62.5, 70.0, float("nan"), 50.0]).tolist()
    [1, 3, 1, 0, 4]
    >>> rank([70.0, 62.5, 50.0], highest_first=False).tolist()
    [3, 2, 1]
    """
    value = np.asarray(values, dtype=np.float64)
    score = value if highest_first else -value
    # Comparisons with NaN are false, so a missing value is above nobody.
    above = (score[None, :] > score[:, None]).sum(axis=1)
    return np.where(np.isnan(value), NO_RANK, above + 1).astype(np.int64)


def rank_intervals(
    estimates: ArrayLike,
    ses: ArrayLike,
    *,
    kind: str = "marginal",
    highest_first: bool = True,
    level: float = 95,
    draws: int = 1000,
    seed: int = SEED,
) -> RankIntervals:
    """Ranks with confidence intervals. Marginal: each region's interval covers its true rank with `level` per cent
    (its own 2(p − 1) hypotheses). Simultaneous: all intervals cover at once (all p(p − 1) hypotheses), hence wider.

    estimates, ses: shape (regions,), standard errors in the estimates' unit. A region without an estimate (NaN) is left
    out altogether. One with an estimate but no standard error keeps its rank, gets no interval, and counts as never
    told apart from another, so that the others' bounds stay places among all the ranked. A standard error of 0 is a
    value known exactly.

    Errors: ValueError for arrays of different length, a negative standard error, an unknown kind, a level outside
    50–100, or fewer draws than 100.

    >>> answer = rank_intervals([80.0, 79.0, 60.0], [1.0, 1.0, 1.0])
    >>> [places.tolist() for places in answer]
    [[1, 2, 3], [1, 1, 3], [2, 2, 3]]
    >>> [places.tolist() for places in rank_intervals([80.0, 79.0, 60.0], [1.0, float("nan"), 1.0])]
    [[1, 2, 3], [1, 0, 2], [2, 0, 3]]
    """
    estimate, se = np.asarray(estimates, dtype=np.float64), np.asarray(ses, dtype=np.float64)
    if estimate.shape != se.shape or estimate.ndim != 1:
        raise ValueError("estimates and standard errors must be of the same length")
    if (se < 0).any():
        raise ValueError("a standard error is negative")
    if kind not in ("marginal", "simultaneous"):
        raise ValueError(f"unknown kind of rank interval: {kind}")
    if not 50 <= level < 100 or draws < 100:
        raise ValueError(f"level {level} or draws {draws} is out of range")
    ranks = rank(estimate, highest_first=highest_first)
    ranked = int((ranks != NO_RANK).sum())
    known = (ranks != NO_RANK) & ~np.isnan(se)
    score = estimate[known] if highest_first else -estimate[known]
    order = _told_apart(score, se[known], kind == "simultaneous", level / 100, draws, seed)
    lows, highs = np.full_like(ranks, NO_RANK), np.full_like(ranks, NO_RANK)
    lows[known] = 1 + (order < 0).sum(axis=1)
    highs[known] = ranked - (order > 0).sum(axis=1)
    return RankIntervals(ranks, lows, highs)


def _told_apart(score: Floats, se: Floats, simultaneous: bool, coverage: float, draws: int, seed: int) -> Floats:
    """For every pair (row, column), shape (p, p): 1 where the row's region is significantly above the column's, −1
    where it is significantly below, 0 where they are not told apart. In the marginal kind each row is a family of
    hypotheses of its own with its own critical value, so the matrix need not be antisymmetric.

    Each pair carries two directed hypotheses, and only the one its estimates speak against can be rejected. Rejecting
    it leaves the other standing, so every step's largest error is at least that over the directions that always stand:
    its quantile is the lowest critical value any step can reach, and only statistics between that and the first step's
    need stepping down for.
    """
    gap = score[:, None] - score[None, :]
    spread = np.hypot(se[:, None], se[None, :])
    exact = spread == 0
    scale = np.divide(1.0, spread, out=np.zeros_like(spread), where=~exact)
    # Two exactly known values that differ are told apart whatever the critical value.
    statistic = np.where(exact & (gap != 0), np.inf, np.abs(gap) * scale)
    sign = np.where(gap < 0, -1.0, 1.0)
    if len(score) < 2:
        return np.zeros_like(gap)
    draw = partial(_errors, se, -sign * scale, draws, seed)
    kept = list(draw()) if draws * scale.size <= _KEPT else None

    both = [(errors.max(axis=1), -errors.min(axis=1)) for errors in kept or draw()]
    standing, opposed = (np.concatenate(parts, axis=1) for parts in zip(*both, strict=True))
    if simultaneous:
        standing, opposed = standing.max(axis=0, keepdims=True), opposed.max(axis=0, keepdims=True)
    lowest = _quantile(standing, coverage)[:, None]
    rejected = statistic > _quantile(np.maximum(standing, opposed), coverage)[:, None]
    while (still_open := ~rejected & (statistic > lowest)).any():
        families = [0] if simultaneous else np.flatnonzero(still_open.any(axis=1)).tolist()
        places = [np.nonzero(~rejected) if simultaneous else (row, np.flatnonzero(~rejected[row])) for row in families]
        parts = [[-errors[place].min(axis=0) for place in places] for errors in kept or draw()]
        opposed = np.concatenate(parts, axis=1)
        critical = np.full(lowest.shape, np.inf)
        critical[families, 0] = _quantile(np.maximum(standing[families], opposed), coverage)
        found = still_open & (statistic > critical)
        if not found.any():
            break
        rejected |= found
    return np.where(rejected, sign, 0.0)


def _errors(se: Floats, scale: Floats, draws: int, seed: int) -> Iterator[Floats]:
    """The bootstrap's errors of all differences times `scale`, in chunks of shape (p, p, draws in the chunk)."""
    width = max(1, min(_BLOCK, _CHUNK // scale.size))
    for block in range(math.ceil(draws / _BLOCK)):
        size = min(_BLOCK, draws - block * _BLOCK)
        normals = _normals(len(se), seed, block)[:, :size]
        for start in range(0, size, width):
            error = normals[:, start : start + width] * se[:, None]
            gaps = error[:, None, :] - error[None, :, :]
            gaps *= scale[:, :, None]
            yield gaps


def _quantile(rows: Floats, share: float) -> Floats:
    """Each row's quantile by linear interpolation (R's type 7, which csranks uses), shape (rows,)."""
    place = share * (rows.shape[1] - 1)
    below, above = math.floor(place), math.ceil(place)
    ordered = np.partition(rows, (below, above), axis=1)
    low, high = ordered[:, below], ordered[:, above]
    answer: Floats = low + (place - below) * (high - low)
    return answer


@lru_cache(maxsize=64)
def _normals(p: int, seed: int, block: int) -> Floats:
    """Standard normal draws, shape (p, _BLOCK), drawn once and shared by every indicator with p regions."""
    drawn = np.random.default_rng((seed, block)).standard_normal((p, _BLOCK))
    drawn.flags.writeable = False
    return drawn
