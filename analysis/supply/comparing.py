"""The regions' shares of care units at the minimum level, judged and ranked as every other figure is.

Riket here is all units of the regions with data taken together (flag `e`): nobody publishes a national figure. A region
weighs in a whole by its counted units, not by its people.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.benchmarks import UNITS_TOGETHER, Benchmark, chosen_benchmark
from analysis.choices import chosen_regions
from analysis.comparison import Comparison
from analysis.groups import with_regions
from analysis.judgement import with_estimates, with_judgement
from analysis.methods.flags import any_synthetic
from analysis.reach import reliability_of, told_at, with_lowest_three
from analysis.supply.periods import supply_period
from analysis.supply.rules import MinimumRule
from analysis.supply.shares import shares
from analysis.supply.standing import COUNTED_KINDS, standing
from analysis.targets.decided import targets_in_force
from indicators import NATION, Period, catalogue
from models import Store

SHARE_INDICATOR: Final = "eservice_supply_share"
"""The indicator whose figures are computed here, whatever the rule; its definition says so."""

_FIGURES: Final[dict[str, Any]] = {
    "indicator": pl.String, "code": pl.String, "region": pl.String, "period": pl.String, "period_start": pl.Date,
    "period_end": pl.Date, "period_kind": pl.String, "sex": pl.String, "value": pl.Float64, "numerator": pl.Float64,
    "denominator": pl.Float64, "base_n": pl.Float64, "n_eff": pl.Float64, "design_effect": pl.Float64,
    "share": pl.Float64, "ci_low": pl.Float64,
    "ci_high": pl.Float64, "evidence": pl.String, "flags": pl.String, "reason": pl.String, "upload": pl.Int64,
    "file": pl.String, "sheet": pl.String, "cell": pl.String, "source": pl.String, "comment": pl.String,
    "published_at": pl.String, "origin": pl.Int64, "confirmed_by": pl.List(pl.Int64), "segment": pl.Int64,
    "remark": pl.String, "remark_sv": pl.String, "remark_en": pl.String, "assumed_base": pl.Float64,
    "base_origin": pl.String, "base_source": pl.String,
}  # fmt: skip

_NOTHING: Final = ("file", "sheet", "cell", "source", "remark", "remark_sv", "remark_en", "base_origin", "base_source")


def compared_shares(
    store: Store,
    period: Period,
    rule: MinimumRule,
    *,
    benchmark: str = "riket",
    regions: Sequence[str] | None = None,
    kinds: Sequence[str] = COUNTED_KINDS,
    as_of: date | None = None,
    ranks: str = "marginal",
    level: float = 95,
    include_synthetic: bool = True,
) -> Comparison:
    """The regions with supply data (all, unless some are named) and all of them together, as compare_regions answers:
    judged and ranked among all regions with data, whichever are shown. A target is decided for the indicator, which has
    the rule and the kinds that hold unless a reader says otherwise: another share has no target. UnknownChoice for a
    region or benchmark that does not exist, and for a benchmark period without supply data."""
    shown = (*chosen_regions(regions), NATION)
    against = with_regions(chosen_benchmark(benchmark), store, as_of)

    def estimated(of: Period) -> pl.DataFrame:
        units = standing(store, of, rule, kinds=kinds, as_of=as_of, include_synthetic=include_synthetic)
        return with_estimates(share_figures(units, of))

    indicator = catalogue().indicators[SHARE_INDICATOR]
    rows = estimated(period)
    reference = None
    if against.kind == "period" and (earlier := supply_period(store, against.key, as_of)):
        reference = estimated(earlier)
    elsewhere: list[str] = []
    if against.kind == "target":
        targets = targets_in_force(store, indicator, period, as_of)
        reference = targets if is_usual(rule, kinds) else None
        elsewhere = [] if is_usual(rule, kinds) else targets["code"].to_list()
    judged = _told(rows, period, against, reference, ranks, level)
    return Comparison(
        indicator=indicator,
        period=period,
        sex="T",
        benchmark=against.text,
        as_of=as_of,
        data_version=store.data_version(),
        rows=judged.with_columns(
            unassessed=pl.when(pl.col("code").is_in(elsewhere))
            .then(pl.lit("target_other_rule"))
            .otherwise("unassessed")
        ).filter(pl.col("code").is_in(shown)),
        synthetic=any_synthetic(rows),
        wave=None,
        level=level,
        reliability=reliability_of(judged),
    )


def is_usual(rule: MinimumRule, kinds: Sequence[str]) -> bool:
    """Whether a share by this rule of these kinds is the indicator's own, for which targets are decided."""
    return (rule, tuple(kinds)) == (MinimumRule(), COUNTED_KINDS)


def _told(
    rows: pl.DataFrame, period: Period, benchmark: Benchmark, reference: pl.DataFrame | None, ranks: str, level: float
) -> pl.DataFrame:
    indicator = catalogue().indicators[SHARE_INDICATOR]
    weighed = rows.with_columns(weight="denominator")
    judged = with_judgement(weighed, indicator, period, benchmark, reference=reference, ranks=ranks)
    return told_at(with_lowest_three(judged, indicator), indicator, period, benchmark, level, reference).drop("weight")


def share_figures(units: pl.DataFrame, period: Period) -> pl.DataFrame:
    """The shares of units (UNITS) per region, and of all of them together as Riket, as FIGURE_COLUMNS."""
    names = {code: region.name for code, region in catalogue().regions.items()}
    whole = units.with_columns(pl.lit(NATION).alias("code")) if units.height else units
    counted = pl.concat([shares(units, ("code",)), shares(whole, ("code",))])
    made = pl.col("code") == NATION
    some = pl.col("denominator") > 0
    why = pl.when(pl.col("not_applicable") == pl.col("units")).then(pl.lit("not_applicable"))
    told = counted.with_columns(
        indicator=pl.lit(SHARE_INDICATOR),
        region=pl.col("code").replace_strict(names, default="", return_dtype=pl.String),
        period=pl.lit(period.key),
        period_start=pl.lit(period.start),
        period_end=pl.lit(period.end),
        period_kind=pl.lit(period.kind),
        sex=pl.lit("T"),
        value="share",
        base_n=pl.lit(None),
        assumed_base=pl.lit(None),
        n_eff=pl.when(some).then("denominator"),
        design_effect=pl.when(some).then(1.0),
        share=pl.col("share") / 100,
        flags=pl.when(made).then(pl.lit("e")).otherwise(pl.lit(""))
        + pl.when("synthetic").then(pl.lit("x")).otherwise(pl.lit("")),
        reason=pl.when(some).then(pl.lit("")).otherwise(why.otherwise(pl.lit("not_reported"))),
        upload=pl.lit(None),
        origin=pl.lit(None),
        confirmed_by=pl.lit([], pl.List(pl.Int64)),
        comment=pl.when(made).then(pl.lit(UNITS_TOGETHER)).otherwise(pl.lit("")),
        published_at=pl.lit(None),
        segment=pl.lit(0),
        **{name: pl.lit("") for name in _NOTHING},
    )
    return told.select(pl.col(name).cast(kind) for name, kind in _FIGURES.items())
