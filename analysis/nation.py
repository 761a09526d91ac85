"""How sure is Riket's own figure? As sure as the 21 regions' make it (methods §1).

Regions are sampled unequally, so the nation's number of answers says less than it seems (the Kish factor of the years'
weights is about 2.4): it is printed, and the interval is ΣW²·v with the v that the regions are judged by.
"""

from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.methods.flags import has_flag, with_flag
from analysis.methods.intervals import EVIDENCE, Z95
from indicators import NATION, Indicator, catalogue

FROM_REGIONS: Final = "regions"
"""`base_origin` of a Riket whose interval is made of the regions'."""


def weakest(evidence: pl.Expr) -> pl.Expr:
    """The weakest kind of evidence among several."""
    place = evidence.replace_strict(list(EVIDENCE), list(range(len(EVIDENCE))), return_dtype=pl.Int64)
    return place.max().replace_strict(list(range(len(EVIDENCE))), list(EVIDENCE), return_dtype=pl.String)


@lru_cache(maxsize=128)
def _weights(year: int) -> dict[str, float]:
    """Each region's share of the people of the latest counted year not after `year`; none before the first count."""
    people = {code: catalogue().regions[code].population_at(year) for code in catalogue().region_codes}
    counted = {code: number for code, number in people.items() if number is not None}
    whole = sum(counted.values())
    return {code: number / whole for code, number in counted.items()} if len(counted) == len(people) else {}


def with_nation_interval(figures: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """The figures (analysis.figures, after suppression) with Riket's interval, evidence and n_eff made of the regions'
    wherever all 21 have one. A published interval stays. A Riket of a survey without all 21 has none; a complete count
    is known by its own numbers. Example regions say nothing of a real Riket, nor real ones of an example."""
    if indicator.data not in ("survey", "mean"):
        return figures
    made = _made(figures)
    key = ["period", "sex"]
    joined = figures.join(made, on=key, how="left", maintain_order="left")
    own = (pl.col("code") == NATION) & pl.col("value").is_not_null() & (pl.col("evidence") != "published")
    known = pl.col("spread").is_not_null() & (has_flag(pl.col("flags"), "x") == pl.col("example"))
    low, high = (pl.col("value") + sign * Z95 * pl.col("spread") for sign in (-1, 1))
    bottom, top = indicator.bounds
    share = pl.col("value") / 100
    one = {
        "ci_low": low.clip(bottom, top),
        "ci_high": high.clip(bottom, top),
        "evidence": pl.col("weakest"),
        "n_eff": share * (1 - share) / (pl.col("spread") / 100) ** 2 if indicator.unit == "percent" else pl.lit(None),
        "design_effect": pl.lit(None),
        "base_origin": pl.lit(FROM_REGIONS),
    }
    nothing = {"evidence": pl.lit("none"), "base_origin": pl.lit("")}
    told = joined.with_columns(
        pl.when(own & known)
        .then(expression)
        .when(own)
        .then(nothing.get(name, pl.lit(None)))
        .otherwise(pl.col(name))
        .alias(name)
        for name, expression in one.items()
    )
    assumed = own & known & (pl.col("weakest") == "assumed")
    return told.with_columns(flags=with_flag(pl.col("flags"), "a", when=assumed)).select(figures.columns)


def _made(figures: pl.DataFrame) -> pl.DataFrame:
    """One row per period and sex in which all 21 regions have an interval: √ΣW²v, the weakest evidence, whether it is
    made of example data only."""
    regions = figures.filter(
        pl.col("code") != NATION,
        pl.col("value").is_not_null(),
        pl.col("evidence") != "none",
        pl.col("ci_low").is_not_null(),
        pl.col("ci_high").is_not_null(),
    )
    example = has_flag(pl.col("flags"), "x")
    years = regions["period_end"].dt.year().unique().to_list()
    weights = [(year, code, weight) for year in years for code, weight in _weights(year).items()]
    known = pl.DataFrame(weights, schema={"year": pl.Int32, "code": pl.String, "weight": pl.Float64}, orient="row")
    weighed = regions.with_columns(
        year=pl.col("period_end").dt.year(), variance=((pl.col("ci_high") - pl.col("ci_low")) / (2 * Z95)) ** 2
    ).join(known, on=["year", "code"], how="left")
    return (
        weighed.group_by("period", "sex")
        .agg(
            spread=(pl.col("weight") ** 2 * pl.col("variance")).sum().sqrt(),
            weakest=weakest(pl.col("evidence")),
            example=example.all(),
            whole=(pl.len() == len(catalogue().region_codes))
            & pl.col("weight").is_not_null().all()
            & (example.all() | ~example.any()),
        )
        .filter("whole")
        .drop("whole")
    )


def whole_spread(weights: NDArray[np.float64], variances: NDArray[np.float64]) -> float:
    """√ΣW²v of parts with weights on any scale; NaN where a part's variance is unknown."""
    share = weights / weights.sum()
    return float(np.sqrt((share**2 * variances).sum()))
