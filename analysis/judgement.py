"""Is a region better, worse, or like its benchmark? And which place does it have? (methods §2–3)

Every word rests on the interval of a difference, never on overlap; where the evidence does not carry one the answer is
`not_assessable` with its reason, never "similar".
"""

from typing import Final

import numpy as np
import polars as pl

from analysis.against import BOUNDS, Columns, not_where, numbers, tested_against, unassessed
from analysis.benchmarks import Benchmark
from analysis.methods.differences import judge_columns
from analysis.methods.intervals import Z95, Z998, wilson_bounds
from analysis.methods.ranks import FEWEST_RANKED, NO_RANK, rank_intervals
from analysis.nation import FROM_REGIONS
from analysis.remarks import kept_out, may_be_judged
from indicators import NATION, Indicator, Period

JUDGEMENT_COLUMNS: Final = (
    "judgement",
    "level",
    "difference",
    "diff_low",
    "diff_high",
    "benchmark_value",
    "route",
    "unassessed",
    "rank",
    "rank_low",
    "rank_high",
    "ranked",
)
"""`difference` and its 95 % interval in the indicator's unit; `route` says how it was tested (difference_to_whole,
point_value, two_samples, target); `unassessed` is the reason code of a `not_assessable`, else ""; `ranked` says among
how many regions the rank is."""

_WORDS: Final = ("route", "unassessed", "wanted")
_WANTED: Final = {"at_least": "higher_is_better", "at_most": "lower_is_better"}


def with_judgement(
    rows: pl.DataFrame,
    indicator: Indicator,
    period: Period | None,
    benchmark: Benchmark,
    *,
    reference: pl.DataFrame | None,
    ranks: str,
) -> pl.DataFrame:
    """`rows` with JUDGEMENT_COLUMNS. `rows`: one per region of the whole table (so that weights and ranks know all),
    Riket last, with `estimate` and `variance` (see with_estimates); none at all without a period. `reference`: for a
    period benchmark the rows of the earlier period, for a target the targets (analysis.targets.targets_in_force). A
    column `weight` is what each region weighs in a whole in place of its people. Riket's own judgement and rank are
    null."""
    tested = tested_against(rows, indicator, period, benchmark, reference) if period else unassessed(rows, "no_value")
    tested = _without_remarked(tested, rows)
    word, level = _verdict(indicator, by_target="wanted" in tested)
    nation = pl.col("code") == NATION
    judged = rows.with_columns(
        pl.Series(name, values, dtype=pl.String if name in _WORDS else pl.Float64) for name, values in tested.items()
    )
    places = _places(rows, indicator, ranks)
    return judged.with_columns(
        judgement=pl.when(~nation).then(word),
        level=pl.when(~nation).then(level),
        unassessed=pl.when(nation | (word != "not_assessable")).then(pl.lit("")).otherwise("unassessed"),
        difference=pl.when(~nation).then(pl.col("difference").fill_nan(None)),
        diff_low=pl.when(~nation).then(pl.col("diff_low").fill_nan(None)),
        diff_high=pl.when(~nation).then(pl.col("diff_high").fill_nan(None)),
        benchmark_value=pl.col("benchmark_value").fill_nan(None),
        **places,
    ).drop("diff_low998", "diff_high998", "wanted", strict=False)


def _without_remarked(tested: Columns, rows: pl.DataFrame) -> Columns:
    """The answers, none where a remark keeps the figure out; that is the reason, whatever else is lacking but a
    value."""
    cut = rows.select(kept_out()).to_series().to_list()
    reasons = [why if why == "no_value" or not out else "" for why, out in zip(tested["unassessed"], cut, strict=True)]
    return not_where({**tested, "unassessed": reasons}, cut, "remark")


def _verdict(indicator: Indicator, *, by_target: bool) -> tuple[pl.Expr, pl.Expr]:
    """The word and its level; which way is better is the target's own (`wanted`) where a region is judged by one."""
    if not by_target:
        return judge_columns(*BOUNDS, indicator.direction)
    most, level = judge_columns(*BOUNDS, _WANTED["at_most"])
    least, _ = judge_columns(*BOUNDS, _WANTED["at_least"])
    return pl.when(pl.col("wanted") == "at_most").then(most).otherwise(least), level


def with_estimates(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `estimate` (the indicator's unit, from x/n where that is what is printed), `variance` (its square, from the
    95 % interval; null without one) and the 99.8 % interval `low998`, `high998`: Wilson's where ours is, else
    as wide as the published one implies, or for Riket the regions'."""
    known = pl.col("value").is_not_null()
    estimate = pl.when(known).then(pl.coalesce(pl.col("share") * 100, pl.col("value")))
    spread = (pl.col("ci_high") - pl.col("ci_low")) / (2 * Z95)
    wilson_low, wilson_high = wilson_bounds(pl.col("share"), pl.col("n_eff"), Z998)
    published = (pl.col("evidence") == "published") | (pl.col("base_origin") == FROM_REGIONS)
    return rows.with_columns(
        estimate=estimate,
        variance=pl.when(known).then(spread**2),
        low998=pl.when(published).then(estimate - Z998 * spread).otherwise(wilson_low * 100),
        high998=pl.when(published).then(estimate + Z998 * spread).otherwise(wilson_high * 100),
    )


def _places(rows: pl.DataFrame, indicator: Indicator, kind: str) -> dict[str, pl.Series]:
    """Rank among all regions with a value, and its interval; Riket, regions without value and figures kept out by
    a remark have none, nor has any region where fewer than FEWEST_RANKED have a value. `ranked` is how many have
    one, also then."""
    regions = rows.select((pl.col("code") != NATION) & may_be_judged()).to_series().to_numpy()
    estimates = np.where(regions, numbers(rows, "estimate"), np.nan)
    errors = np.where(regions, np.sqrt(numbers(rows, "variance")), np.nan)
    highest_first = indicator.direction != "lower_is_better"
    found = rank_intervals(estimates, errors, kind=kind, highest_first=highest_first)
    named = {"rank": found.ranks, "rank_low": found.lows, "rank_high": found.highs}
    ranked = int((found.ranks != NO_RANK).sum())
    known = ranked >= FEWEST_RANKED
    series = {
        name: pl.Series([int(place) if known and place != NO_RANK else None for place in places], dtype=pl.Int64)
        for name, places in named.items()
    }
    return {**series, "ranked": pl.Series([ranked] * rows.height, dtype=pl.Int64)}
