"""What stands behind a figure's interval, best first (methods §1): published, computed, assumed, none.

A published interval is used as it is. A share with a base gets a Wilson interval on its effective base n / deff. A
survey share without a base gets the wave's documented assumed base, and is marked. Everything else has no interval,
and no judgement is ever made of it.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.flags import with_flag
from analysis.intervals import Z95, shares_behind, wilson_bounds
from indicators import NATION, Indicator, catalogue


@dataclass(frozen=True)
class Assumption:
    """The base taken where none is published, for one period: answers per region, in the nation, design effect."""

    period: str
    region_base: int | None
    nation_base: int | None
    design_effect: float
    comparability: bool


def assumptions_of(indicator: Indicator) -> list[Assumption]:
    """One per described wave of the indicator's survey."""
    return [
        Assumption(
            wave.period, wave.assumed_base, wave.national_answers, wave.design_effect, wave.comparability is not None
        )
        for wave in catalogue().waves
        if wave.survey == indicator.survey
    ]


_ASSUMED_SCHEMA: Final = {
    "period": pl.String, "region_base": pl.Float64, "nation_base": pl.Float64, "wave_deff": pl.Float64,
    "comparability": pl.Boolean,
}  # fmt: skip


def with_evidence(frame: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Add `evidence`, `n_eff` and the `design_effect` in it, `share` (0–1, the best estimate of the proportion, null
    for other units) and fill `ci_low`/`ci_high` (the indicator's unit) where they can be computed. Published intervals
    are never touched."""
    known = pl.DataFrame(
        [tuple(vars(assumption).values()) for assumption in assumptions_of(indicator)],
        schema=_ASSUMED_SCHEMA,
        orient="row",
    )
    is_share = indicator.unit == "percent"
    survey = indicator.data == "survey"
    base = pl.col("base_n") if survey else pl.col("denominator") if indicator.data == "complete_count" else pl.lit(None)
    deff = pl.coalesce("wave_deff", pl.lit(indicator.design_effect)) if survey else pl.lit(1.0)
    assumed = pl.when(pl.col("code") == NATION).then("nation_base").otherwise("region_base") if survey else pl.lit(None)
    has_value = pl.col("value").is_not_null()
    published = has_value & pl.col("ci_low").is_not_null() & pl.col("ci_high").is_not_null()
    prepared = frame.join(known, on="period", how="left").with_columns(
        evidence=pl.when(published)
        .then(pl.lit("published"))
        .when(has_value & (base > 0) & is_share)
        .then(pl.lit("computed"))
        .when(has_value & assumed.is_not_null() & is_share)
        .then(pl.lit("assumed"))
        .otherwise(pl.lit("none")),
        n_eff=pl.when(has_value & is_share)
        .then(pl.when(base > 0).then(base).otherwise(assumed) / deff)
        .cast(pl.Float64),
        design_effect=pl.when(has_value & is_share).then(deff).cast(pl.Float64),
        share=shares_behind(pl.col("numerator"), base, pl.col("value"), indicator.decimals)
        if is_share
        else pl.lit(None, dtype=pl.Float64),
    )
    low, high = wilson_bounds(pl.col("share"), pl.col("n_eff"), Z95)
    inferred = pl.col("evidence").is_in(["computed", "assumed"])
    return prepared.with_columns(
        ci_low=pl.when(inferred).then(low * 100).otherwise("ci_low"),
        ci_high=pl.when(inferred).then(high * 100).otherwise("ci_high"),
        flags=with_flag(
            with_flag(pl.col("flags"), "a", when=pl.col("evidence") == "assumed"),
            "d",
            when=pl.col("comparability").fill_null(False),
        ),
    ).drop("region_base", "nation_base", "wave_deff", "comparability")
