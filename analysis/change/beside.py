"""Has a region moved otherwise than the nation? Most of what moves is national (methods §4, rule 4)."""

from typing import Final, NamedTuple

import numpy as np
import polars as pl

from analysis.against import numbers
from analysis.benchmarks import MADE, population_weights, with_whole
from analysis.methods.differences import difference_to_whole
from analysis.methods.intervals import Z95, variance_from_interval
from indicators import NATION, period_of

NO_WHOLE: Final = "no_whole"
NO_INTERVALS: Final = "no_interval_others"


class Beside(NamedTuple):
    """A region beside the nation in one wave: its value less the nation's, the variance of that, the nation's value;
    `made`: which of benchmarks.MADE that is, "" where somebody printed it."""

    gap: float
    variance: float
    nation: float
    made: str


def beside_nation(rows: pl.DataFrame, code: str, period: str) -> Beside | str:
    """Where the region stands beside the nation in a wave, or the reason why that is not known. `rows`: the wave's
    figures of all regions and Riket, estimated (judgement.with_estimates)."""
    wave = with_whole(rows.filter(pl.col("period") == period), period_of(period))
    nation = wave.filter(pl.col("code") == NATION, pl.col("value").is_not_null())
    regions = wave.filter(pl.col("code") != NATION)
    if nation.is_empty():
        return NO_WHOLE
    codes = regions["code"].to_list()
    weights = population_weights(codes, period_of(period))
    values = numbers(regions, "estimate")
    if np.isnan(weights).any():
        return NO_WHOLE
    whole = float(nation["value"][0])
    found = difference_to_whole(values, weights, numbers(regions, "variance"), whole)
    if found is None:
        return NO_INTERVALS
    at = codes.index(code)
    variance = variance_from_interval(float(found.low[at]), float(found.high[at]), Z95)
    made = nation["comment"][0]
    return Beside(float(found.difference[at]), variance, whole, made if made in MADE else "")
