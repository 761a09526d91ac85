"""Is a difference so small that it does not matter? "Likvärdig" is a claim of its own, and is tested (methods §9).

Two one-sided tests at 5 % (Schuirmann 1987, Lakens 2017): the 90 % interval of the difference lies inside ±margin.
And what could have been seen: the difference that a survey like this one would mark in four cases of five (Bloom 1995).
"""

from typing import Final

import polars as pl

from analysis.methods.intervals import Z90, Z95, z_for

TESTED: Final = "tested"
NOT_SHOWN: Final = "not_shown"
_POWER: Final = 0.84  # norm.ppf(0.8): seen in four of five


def with_equivalence(judged: pl.DataFrame, margin: float | None, level: float) -> pl.DataFrame:
    """Add `margin` (points), `detectable` (points) and `equivalence`: TESTED, NOT_SHOWN, or null where the judgement is
    not "similar", the indicator has no margin or the benchmark is a target. `judged`: JUDGEMENT_COLUMNS as they are
    told to a reader who asks for `level` per cent.

    >>> row = {"judgement": "similar", "difference": 0.5, "diff_low": -1.5, "diff_high": 2.5, "route": "", "code": "25"}
    >>> found = with_equivalence(pl.DataFrame([row]), 3.0, 95)
    >>> found["equivalence"][0], round(found["detectable"][0], 2)
    ('tested', 2.86)
    """
    difference, low, high = pl.col("difference"), pl.col("diff_low"), pl.col("diff_high")
    # Any 95 % interval gives the 90 % one, side by side.
    low90, high90 = (difference + (end - difference) * (Z90 / Z95) for end in (low, high))
    assessed = (pl.col("judgement") != "not_assessable").fill_null(False)
    similar = (pl.col("judgement") == "similar") & (pl.col("route") != "target")
    points = pl.lit(margin, dtype=pl.Float64)
    inside = (low90 > -points) & (high90 < points)
    return judged.with_columns(
        detectable=pl.when(assessed).then((z_for(level) + _POWER) * standard_error()),
        margin=pl.when(pl.col("code") != "00").then(points),
        equivalence=pl.when(similar & points.is_not_null()).then(
            pl.when(inside).then(pl.lit(TESTED)).otherwise(pl.lit(NOT_SHOWN))
        ),
    )


def standard_error() -> pl.Expr:
    """The standard error of a difference, from its 95 % interval."""
    return (pl.col("diff_high") - pl.col("diff_low")) / (2 * Z95)


def too_thin(low: float, high: float, margin: float) -> bool:
    """Whether the evidence cannot show equivalence whatever the difference: half the 90 % interval reaches the margin.

    >>> too_thin(-3.5, 3.9, 3.0), too_thin(-2.0, 2.0, 3.0)
    (True, False)
    """
    return Z90 * (high - low) / (2 * Z95) >= margin
