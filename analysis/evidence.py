"""What stands behind a figure's interval, best first (methods §1): published, computed, assumed, none.

A published interval is used as it is. A share with a base gets a Wilson interval on its effective base n / deff; so
does one whose base staff have stated for that very region. A survey share without a base gets an assumed one
(analysis.bases), and is marked. Everything else has no interval, and no judgement is ever made of it. Riket's own is
made of the regions' (analysis.nation).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.bases import base_of
from analysis.methods.flags import with_flag
from analysis.methods.intervals import Z95, shares_behind, wilson_bounds
from indicators import NATION, Indicator, catalogue

_KEY: Final = ("period", "code", "sex")
_BEHIND: Final = {
    "assumed": pl.Float64,
    "typed": pl.Float64,
    "base_origin": pl.String,
    "base_source": pl.String,
    "wave_deff": pl.Float64,
    "comparability": pl.Boolean,
}


def _bases(
    frame: pl.DataFrame, indicator: Indicator, typed: Sequence[dict[str, Any]], as_of: date | None
) -> pl.DataFrame:
    """What is known of the base behind each figure of a survey (_KEY and _BEHIND)."""
    found = []
    waves = {period: catalogue().wave(indicator, period, as_of) for period in frame["period"].unique()}
    # All regions that no number names have the wave's: one row for them, not one a region.
    named = [NATION, *{row["region"] for row in typed}]
    place = pl.when(pl.col("code").is_in(named)).then("code").otherwise(pl.lit(""))
    placed = frame.select("period", "code", "sex", place=place)
    for period, code, sex in placed.select("period", "place", "sex").unique().iter_rows():
        wave = waves[period]
        about = (wave.design_effect, wave.comparability is not None) if wave else (None, False)
        found.append((period, code, sex, *base_of(typed, indicator, wave, period, code, sex), *about))
    places = ("period", "place", "sex")
    bases = pl.DataFrame(found, schema={**dict.fromkeys(places, pl.String), **_BEHIND}, orient="row")
    return placed.unique().join(bases, on=places).select(*_KEY, *_BEHIND)


def with_evidence(
    frame: pl.DataFrame, indicator: Indicator, typed: Sequence[dict[str, Any]] = (), as_of: date | None = None
) -> pl.DataFrame:
    """Add `evidence`, `n_eff`, the `design_effect` in it, `share` (0–1, the best estimate, null for other units),
    `assumed_base` (answers, where the evidence is assumed), `base_origin` and `base_source` (analysis.bases.Base, ""
    where the file has the base), fill `ci_low`/`ci_high` (the indicator's unit) where they can be computed, and
    `base_n` where staff have stated it. Published intervals are never touched. `typed`: rows of bases.typed_for."""
    is_share = indicator.unit == "percent"
    survey = indicator.data == "survey"
    if survey and is_share:
        known = frame.join(_bases(frame, indicator, typed, as_of), on=_KEY, how="left", maintain_order="left")
    else:
        known = frame.with_columns(pl.lit(None, kind).alias(name) for name, kind in _BEHIND.items())
    base = pl.col("base_n") if survey else pl.col("denominator") if indicator.data == "complete_count" else pl.lit(None)
    deff = pl.coalesce("wave_deff", pl.lit(indicator.design_effect)) if survey else pl.lit(1.0)
    has_value = pl.col("value").is_not_null()
    published = has_value & pl.col("ci_low").is_not_null() & pl.col("ci_high").is_not_null()
    in_file = (base > 0).fill_null(False)
    answers = pl.when(in_file).then(base).otherwise("typed").cast(pl.Float64)
    prepared = known.with_columns(
        evidence=pl.when(published)
        .then(pl.lit("published"))
        .when(has_value & answers.is_not_null() & is_share)
        .then(pl.lit("computed"))
        .when(has_value & pl.col("assumed").is_not_null() & is_share)
        .then(pl.lit("assumed"))
        .otherwise(pl.lit("none")),
        n_eff=pl.when(has_value & is_share).then(pl.coalesce(answers, "assumed") / deff).cast(pl.Float64),
        design_effect=pl.when(has_value & is_share).then(deff).cast(pl.Float64),
        share=shares_behind(pl.col("numerator"), base, pl.col("value"), indicator.decimals)
        if is_share
        else pl.lit(None, dtype=pl.Float64),
    )
    low, high = wilson_bounds(pl.col("share"), pl.col("n_eff"), Z95)
    inferred = pl.col("evidence").is_in(["computed", "assumed"])
    stated = has_value & ~in_file & ~published
    return prepared.with_columns(
        base_n=pl.when(stated & pl.col("typed").is_not_null()).then("typed").otherwise("base_n"),
        assumed_base=pl.when(pl.col("evidence") == "assumed").then("assumed"),
        base_origin=pl.when(stated).then("base_origin").fill_null(""),
        base_source=pl.when(stated).then("base_source").fill_null(""),
        ci_low=pl.when(inferred).then(low * 100).otherwise("ci_low"),
        ci_high=pl.when(inferred).then(high * 100).otherwise("ci_high"),
        flags=with_flag(
            with_flag(pl.col("flags"), "a", when=pl.col("evidence") == "assumed"),
            "d",
            when=pl.col("comparability").fill_null(False),
        ),
    ).drop("assumed", "typed", "wave_deff", "comparability")
