"""How large a share of the care units reaches the minimum level, with its interval."""

from typing import Final

import polars as pl

from analysis.methods.intervals import Z95, wilson_bounds

SHARES: Final = (
    "units",
    "numerator",
    "denominator",
    "below",
    "unknown",
    "not_applicable",
    "share",
    "ci_low",
    "ci_high",
    "evidence",
    "synthetic",
)


def shares(units: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """The units (UNITS) counted per group: the `by` columns + SHARES, sorted by group; without `by` one row for all.

    The share is 100 · numerator / denominator in per cent, of the units that reach the level among those that reach it
    or do not; the unknown and those with nothing applicable stand beside it. The interval is Wilson's on the complete
    count (evidence computed); a group without a denominator has no share (evidence none)."""
    counted = {"numerator": "meets", "below": "below", "unknown": "unknown", "not_applicable": "not_applicable"}
    counts = [
        pl.len().cast(pl.Int64).alias("units"),
        *((pl.col("state") == state).sum().cast(pl.Int64).alias(name) for name, state in counted.items()),
        pl.col("synthetic").any().alias("synthetic"),
    ]
    grouped = units.group_by(by).agg(counts).sort(by) if by else units.select(counts)
    share = pl.col("numerator") / pl.col("denominator")
    low, high = wilson_bounds(share, pl.col("denominator").cast(pl.Float64), Z95)
    some = pl.col("denominator") > 0
    return (
        grouped.with_columns(denominator=pl.col("numerator") + pl.col("below"))
        .with_columns(
            share=pl.when(some).then(100 * share),
            ci_low=low * 100,
            ci_high=high * 100,
            evidence=pl.when(some).then(pl.lit("computed")).otherwise(pl.lit("none")),
        )
        .select(*by, *SHARES)
    )
