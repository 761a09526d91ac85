"""How sure is a value? The interval around it, and the evidence behind that interval (methods.md §1).

Inside the arithmetic a share is 0–1; functions that take printed per cent say so. An interval covers the sampling error
only: not bias from who answers, and not a question read differently.

Sources: Wilson 1927; Newcombe 1998 (method 3); Korn & Graubard 1998 and Franco, Little, Louis & Slud 2019 (effective
base n / deff).
"""

from typing import Final, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.methods.score import LEVELS, Z90, Z95, Z998, score_interval, wilson, z_for

# Best first: the source's own interval; a Wilson interval from a base; one from an assumed base; no interval at all.
EVIDENCE: Final = ("published", "computed", "assumed", "none")
__all__ = [
    "EVIDENCE",
    "LEVELS",
    "Z90",
    "Z95",
    "Z998",
    "score_interval",
    "shares_behind",
    "variance_from_interval",
    "wilson",
    "wilson_arrays",
    "wilson_bounds",
    "z_for",
]

Floats = NDArray[np.float64]
Number = TypeVar("Number", float, Floats, pl.Expr)


def wilson_bounds(p: pl.Expr, n_eff: pl.Expr, z: float) -> tuple[pl.Expr, pl.Expr]:
    """`score_interval` as expressions over columns: p in 0–1 → (low, high) in 0–1.

    Null where p or the base is null, the base is not positive or p is outside 0–1: no interval, never an infinite one.

    >>> low, high = wilson_bounds(pl.col("p"), pl.col("n"), Z95)
    >>> frame = pl.DataFrame({"p": [0.5, 0.0, 0.5], "n": [100.0, 20.0, 0.0]})
    >>> frame.select(low.round(4).alias("low"), high.round(4).alias("high")).rows()
    [(0.4038, 0.5962), (0.0, 0.1611), (None, None)]
    """
    z2n = z * z / n_eff
    centre = (p + z2n / 2) / (1 + z2n)
    half = z / (1 + z2n) * (p * (1 - p) / n_eff + z2n / (4 * n_eff)).sqrt()
    possible = (n_eff > 0) & p.is_between(0, 1)
    low = pl.min_horizontal(p, centre - half).clip(lower_bound=0)
    high = pl.max_horizontal(p, centre + half).clip(upper_bound=1)
    return pl.when(possible).then(low), pl.when(possible).then(high)


def wilson_arrays(p: Floats, n_eff: Floats, z: float) -> tuple[Floats, Floats]:
    """The same over arrays (broadcast), NaN where p or the base is: (low, high) in 0–1.

    >>> [round(float(bound), 4) for bound in wilson_arrays(np.array(0.5), np.array(100.0), Z95)]
    [0.4038, 0.5962]
    """
    z2n = z * z / n_eff
    centre = (p + z2n / 2) / (1 + z2n)
    half = z / (1 + z2n) * np.sqrt(p * (1 - p) / n_eff + z2n / (4 * n_eff))
    return np.maximum(np.minimum(p, centre - half), 0), np.minimum(np.maximum(p, centre + half), 1)


def shares_behind(numerator: pl.Expr, base: pl.Expr, printed: pl.Expr, decimals: pl.Expr | int = 0) -> pl.Expr:
    """The shares (0–1) behind printed values in per cent: numerator / base where that rounds to what is printed, else
    the printed value itself, as weighted sources print values that their own counts do not give (100·T/N ≠ Värde).
    Null where nothing is printed.

    `decimals` is how many the source prints; exactly half a digit off counts as the same, whichever way it rounded.

    >>> frame = pl.DataFrame({"x": [657, 4846, None], "n": [985, 7604, 400], "value": [66.7, 63.5, 50.0]})
    >>> frame.select(shares_behind(pl.col("x"), pl.col("n"), pl.col("value"), 1).round(4)).to_series().to_list()
    [0.667, 0.635, 0.5]
    """
    places = pl.lit(decimals) if isinstance(decimals, int) else decimals
    # 1e-9 keeps an exact half on the right side: 66.65 is stored as 66.6500000000000057.
    half_digit = 0.5 * pl.lit(10.0).pow(-places.cast(pl.Float64)) + 1e-9
    share = numerator / base
    fits = (base > 0) & ((100 * share - printed).abs() <= half_digit)
    return pl.when(fits).then(share).otherwise(printed / 100)


def variance_from_interval(low: Number, high: Number, z: float) -> Number:
    """The variance an interval implies, v = ((high − low) / 2z)², in the square of the bounds' unit. So a published
    95 % interval gives the 99.8 % one as well.

    >>> round(variance_from_interval(62.4, 64.7, Z95), 4)
    0.3443
    """
    root = (high - low) / (2 * z)
    return root * root
