"""Is a region better, worse, or like its benchmark? And which place does it have? (methods §2–3)

Every word rests on the interval of a difference, never on overlap; where the evidence does not carry one the answer is
`not_assessable` with its reason, never "similar".
"""

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.benchmarks import Benchmark, break_between, population_weights
from analysis.differences import difference_of_intervals, difference_to_whole, judge_columns
from analysis.intervals import Z95, Z998, wilson_bounds
from analysis.ranks import FEWEST_RANKED, NO_RANK, rank_intervals
from indicators import NATION, Indicator, Period, catalogue

Floats = NDArray[np.float64]

JUDGEMENT_COLUMNS: Final = (
    "judgement", "level", "difference", "diff_low", "diff_high", "benchmark_value", "route", "unassessed",
    "rank", "rank_low", "rank_high", "ranked",
)  # fmt: skip
"""`difference` and its 95 % interval in the indicator's unit; `route` says how it was tested (difference_to_whole,
point_value, two_samples, target); `unassessed` is the reason code of a `not_assessable`, else ""; `ranked` says among
how many regions the rank is."""

Columns = dict[str, Floats | list[str]]
_WORDS: Final = ("route", "unassessed", "wanted")
_WANTED: Final = {"at_least": "higher_is_better", "at_most": "lower_is_better"}
FEWEST_UNITS: Final = 5
"""Fewer units than these are not judged against a whole: no interval of so few carries it."""
_BOUNDS: Final = ("diff_low", "diff_high", "diff_low998", "diff_high998")


def with_judgement(
    rows: pl.DataFrame,
    indicator: Indicator,
    period: Period | None,
    benchmark: Benchmark,
    *,
    reference: pl.DataFrame | None = None,
    ranks: str = "marginal",
) -> pl.DataFrame:
    """`rows` with JUDGEMENT_COLUMNS. `rows`: one per region of the whole table (so that weights and ranks know all),
    Riket last, with `estimate` and `variance` (see with_estimates); none at all without a period. `reference`: for a
    period benchmark the rows of the earlier period, for a target the goals (analysis.goals.goals_in_force). A column
    `weight` is what each region weighs in a whole in place of its people. Riket's own judgement and rank are null."""
    tested = _tested(rows, indicator, period, benchmark, reference) if period else _unassessed(rows, "no_value")
    word, level = _verdict(indicator, by_goal="wanted" in tested)
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


def _verdict(indicator: Indicator, *, by_goal: bool) -> tuple[pl.Expr, pl.Expr]:
    """The word and its level; which way is better is the goal's own (`wanted`) where a region is judged by one."""
    if not by_goal:
        return judge_columns(*_BOUNDS, indicator.direction)
    most, level = judge_columns(*_BOUNDS, _WANTED["at_most"])
    least, _ = judge_columns(*_BOUNDS, _WANTED["at_least"])
    return pl.when(pl.col("wanted") == "at_most").then(most).otherwise(least), level


def with_estimates(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `estimate` (the indicator's unit, from x/n where that is what is printed), `variance` (its square, from the
    95 % interval; null without one) and the 99.8 % interval `low998`, `high998`: Wilson's where ours is, else
    as wide as the published one implies."""
    known = pl.col("evidence") != "none"
    estimate = pl.when(pl.col("value").is_not_null()).then(pl.coalesce(pl.col("share") * 100, pl.col("value")))
    spread = (pl.col("ci_high") - pl.col("ci_low")) / (2 * Z95)
    wilson_low, wilson_high = wilson_bounds(pl.col("share"), pl.col("n_eff"), Z998)
    published = pl.col("evidence") == "published"
    return rows.with_columns(
        estimate=estimate,
        variance=pl.when(known).then(spread**2),
        low998=pl.when(published).then(estimate - Z998 * spread).when(known).then(wilson_low * 100),
        high998=pl.when(published).then(estimate + Z998 * spread).when(known).then(wilson_high * 100),
    )


def _numbers(rows: pl.DataFrame, column: str) -> Floats:
    return rows[column].cast(pl.Float64).fill_null(float("nan")).to_numpy().astype(np.float64)


def _tested(
    rows: pl.DataFrame, indicator: Indicator, period: Period, benchmark: Benchmark, reference: pl.DataFrame | None
) -> Columns:
    if benchmark.kind in ("riket", "group"):
        return _against_whole(rows, period, benchmark)
    if benchmark.kind == "region":
        return _against_region(rows, benchmark.key)
    if benchmark.kind == "period":
        return _against_earlier(rows, indicator, period, benchmark.key, reference)
    return _against_targets(rows, reference)


def _against_targets(rows: pl.DataFrame, goals: pl.DataFrame | None) -> Columns:
    """Each region's own interval against its own goal, which is for everybody: women and men are not judged apart."""
    if goals is None or goals.is_empty():
        return {**_unassessed(rows, "no_target"), "wanted": [""] * rows.height}
    own = goals.select("code", "ahead", goal="value", wanted="kind")
    matched = rows.select("code", "sex").join(own, on="code", how="left", maintain_order="left")
    points = _numbers(matched, "goal")
    found = _against_point(rows, _numbers(rows, "estimate"), _numbers(rows, "variance"), points)
    lacking = np.isnan(points)
    found = _not_where(found, (matched["ahead"].fill_null(False) & ~pl.Series(lacking)).to_list(), "target_ahead")
    found = _not_where(found, (matched["sex"] != "T").to_list(), "target_total")
    return {
        **found,
        "unassessed": ["no_target" if lack else why for lack, why in zip(lacking, found["unassessed"], strict=True)],
        "route": ["" if lack else "target" for lack in lacking],
        "wanted": matched["wanted"].fill_null("").to_list(),
    }


def _against_region(rows: pl.DataFrame, code: str) -> Columns:
    other = rows.filter(pl.col("code") == code)
    found = _against_rows(rows, pl.concat([other] * rows.height) if other.height else None, "no_value_there")
    itself = (rows["code"] == code).to_list()
    return _not_where(found, itself, "itself")


def _not_where(found: Columns, cut: list[bool], reason: str) -> Columns:
    """The answers, not assessable for `reason` where `cut` holds (a reason already there stays)."""
    bounds = {name: np.where(cut, np.nan, np.asarray(found[name], dtype=np.float64)) for name in _BOUNDS}
    reasons = [reason if gone and not why else why for gone, why in zip(cut, found["unassessed"], strict=True)]
    return {**found, **bounds, "unassessed": reasons}


def _unassessed(rows: pl.DataFrame, reason: str) -> Columns:
    nothing = np.full(rows.height, np.nan)
    return {
        **dict.fromkeys(("difference", *_BOUNDS, "benchmark_value"), nothing),
        "route": [""] * rows.height,
        "unassessed": [reason] * rows.height,
    }


def _against_whole(rows: pl.DataFrame, period: Period, benchmark: Benchmark) -> Columns:
    codes = rows["code"].to_list()
    values, variances = _numbers(rows, "estimate"), _numbers(rows, "variance")
    regions = np.array([code != NATION for code in codes], dtype=bool)
    inside = regions & ~np.isnan(values)
    if benchmark.kind == "group":
        inside &= np.isin(codes, catalogue().groups[benchmark.key].regions)
    people = _weights(rows, codes, period) if benchmark.weighted else np.ones(len(codes))
    if not inside.any() or np.isnan(people[inside]).any():
        return _unassessed(rows, "no_whole")
    weights = np.where(inside, people, 0.0)
    if benchmark.kind == "group":
        whole = float(np.average(values[inside], weights=weights[inside]))
    else:
        nation = _numbers(rows.filter(pl.col("code") == NATION), "value")
        if not nation.size or np.isnan(nation[0]):
            return _unassessed(rows, "no_whole")
        whole = float(nation[0])
    # Riket stands in the rows for its value only: it is no part of itself.
    values, variances = np.where(regions, values, np.nan), np.where(regions, variances, np.nan)
    at95 = difference_to_whole(values, weights, variances, whole, 95)
    at998 = difference_to_whole(values, weights, variances, whole, 99.8)
    if at95 is None or at998 is None:
        return _against_point(rows, values, variances, whole)
    found: Columns = {
        "difference": at95.difference,
        **dict(zip(_BOUNDS, (at95.low, at95.high, at998.low, at998.high), strict=True)),
        "benchmark_value": np.full(len(codes), whole),
        "route": ["difference_to_whole"] * len(codes),
        "unassessed": _why_not(rows),
    }
    if "weight" in rows.columns:
        found |= _own_bounds(rows, values, weights, at95.difference)
        found = _not_where(found, [*(_numbers(rows, "weight") < FEWEST_UNITS)], "few_units")
    alone = (weights == weights.sum()) & np.isclose(values, whole)  # the whole is this region and no other
    return _not_where(found, [*alone], "itself")


def _own_bounds(rows: pl.DataFrame, values: Floats, weights: Floats, difference: Floats) -> Columns:
    """Bounds of the difference to a whole from each part's own interval, which is askew where units are few (Zou and
    Donner 2008, MOVER): a variance read off its width would call one unit of one better than half of all."""
    parts = weights / weights.sum()
    bounds: Columns = {}
    for low, high, ends in ((*_BOUNDS[:2], ("ci_low", "ci_high")), (*_BOUNDS[2:], ("low998", "high998"))):
        below, above = (np.abs(_numbers(rows, end) - values) for end in ends)
        others_below, others_above = (
            np.nansum((parts * side) ** 2) - np.nan_to_num(parts * side) ** 2 for side in (below, above)
        )
        bounds[low] = difference - np.sqrt(((1 - parts) * below) ** 2 + others_above)
        bounds[high] = difference + np.sqrt(((1 - parts) * above) ** 2 + others_below)
    return bounds


def _weights(rows: pl.DataFrame, codes: list[str], period: Period) -> Floats:
    """What each region weighs in a whole: its people, or its `weight` where the rows have one."""
    return _numbers(rows, "weight") if "weight" in rows.columns else population_weights(codes, period)


def _against_point(rows: pl.DataFrame, values: Floats, variances: Floats, point: float | Floats) -> Columns:
    """The region's own interval against a point value: a goal's, or (Fingertips' rule) a benchmark's where the others'
    variances are unknown. `point`: one for all, or one per row."""
    known = ~np.isnan(values) & ~np.isnan(variances)
    own = dict(zip(_BOUNDS, ("ci_low", "ci_high", "low998", "high998"), strict=True))
    return {
        "difference": values - point,
        **{name: np.where(known, _numbers(rows, column) - point, np.nan) for name, column in own.items()},
        "benchmark_value": np.broadcast_to(point, rows.height).astype(np.float64),
        "route": ["point_value"] * rows.height,
        "unassessed": _why_not(rows),
    }


def _against_rows(rows: pl.DataFrame, others: pl.DataFrame | None, missing: str) -> Columns:
    """Two independent samples: Newcombe's interval of the difference, from each side's own interval (row by row)."""
    if others is None:
        return _unassessed(rows, missing)
    here, there = _numbers(rows, "estimate"), _numbers(others, "estimate")
    bounds: Columns = {}
    for out, own in ((_BOUNDS[:2], ("ci_low", "ci_high")), (_BOUNDS[2:], ("low998", "high998"))):
        mine, theirs = ([_numbers(side, name) for name in own] for side in (rows, others))
        pairs = [difference_of_intervals(*one) for one in zip(here, *mine, there, *theirs, strict=True)]
        bounds |= dict(zip(out, np.array(pairs).reshape(-1, 2).T, strict=True))
    lacking = np.isnan(there)
    unknown = np.isnan(_numbers(others, "variance"))
    why = [
        own or (missing if lack else "no_interval_there" if unsure else "")
        for own, lack, unsure in zip(_why_not(rows), lacking, unknown, strict=True)
    ]
    return {
        "difference": here - there,
        **bounds,
        "benchmark_value": there,
        "route": ["two_samples"] * rows.height,
        "unassessed": why,
    }


def _against_earlier(
    rows: pl.DataFrame, indicator: Indicator, period: Period, earlier: str, reference: pl.DataFrame | None
) -> Columns:
    if reference is None or not reference.height:
        return _unassessed(rows, "other_question" if indicator.predecessor else "no_value_there")
    matched = rows.select("code").join(reference, on="code", how="left", maintain_order="left")
    found = _against_rows(rows, matched, "no_value_there")
    broken = [break_between(indicator, code, earlier, period.key) for code in rows["code"]]
    return _not_where(found, broken, "break")


def _why_not(rows: pl.DataFrame) -> list[str]:
    """The region's own reason for not being assessable: no value, or no interval."""
    return (
        rows.select(
            pl.when(pl.col("value").is_null())
            .then(pl.lit("no_value"))
            .when(pl.col("variance").is_null())
            .then(pl.lit("no_interval"))
            .otherwise(pl.lit(""))
        )
        .to_series()
        .to_list()
    )


def _places(rows: pl.DataFrame, indicator: Indicator, kind: str) -> dict[str, pl.Series]:
    """Rank among all regions with a value, and its interval; Riket and regions without value have none, nor has any
    region where fewer than FEWEST_RANKED have a value. `ranked` is how many have one, also then."""
    regions = (rows["code"] != NATION).to_numpy()
    estimates = np.where(regions, _numbers(rows, "estimate"), np.nan)
    errors = np.where(regions, np.sqrt(_numbers(rows, "variance")), np.nan)
    highest_first = indicator.direction != "lower_is_better"
    found = rank_intervals(estimates, errors, kind=kind, highest_first=highest_first)
    named = {"rank": found.ranks, "rank_low": found.lows, "rank_high": found.highs}
    ranked = int((found.ranks != NO_RANK).sum())
    known = ranked >= FEWEST_RANKED
    series = {
        name: pl.Series(name, [int(place) if known and place != NO_RANK else None for place in places], dtype=pl.Int64)
        for name, places in named.items()
    }
    return {**series, "ranked": pl.Series("ranked", [ranked] * rows.height, dtype=pl.Int64)}
