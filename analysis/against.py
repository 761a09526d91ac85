"""How far is each region from its benchmark, and in which interval does the difference lie? (methods §2)

One answer per row of the table, for each kind of benchmark; what it means is said in `analysis/judgement.py`.
"""

from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.benchmarks import Benchmark, break_between, population_weights
from analysis.methods.differences import difference_of_intervals, difference_to_whole
from analysis.remarks import kept_out
from indicators import NATION, Indicator, Period, catalogue

Floats = NDArray[np.float64]

Columns = dict[str, Floats | list[str]]
"""By name, a value per row: `difference`, its BOUNDS and `benchmark_value` in the indicator's unit (NaN for none),
`route` and `unassessed` as in judgement.JUDGEMENT_COLUMNS; for targets also `wanted`, the target's kind."""
BOUNDS: Final = ("diff_low", "diff_high", "diff_low998", "diff_high998")
FEWEST_UNITS: Final = 5
"""Fewer units than these are not judged against a whole: no interval of so few carries it."""


def tested_against(
    rows: pl.DataFrame, indicator: Indicator, period: Period, benchmark: Benchmark, reference: pl.DataFrame | None
) -> Columns:
    """The answer for every row of `rows` (columns of judgement.with_estimates, Riket last); `reference` as there."""
    if benchmark.kind in ("riket", "group"):
        return _against_whole(rows, period, benchmark)
    if benchmark.kind == "region":
        return _against_region(rows, benchmark.key)
    if benchmark.kind == "period":
        return _against_earlier(rows, indicator, period, benchmark.key, reference)
    return _against_targets(rows, reference)


def _against_targets(rows: pl.DataFrame, targets: pl.DataFrame | None) -> Columns:
    """Each region's own interval against its own target, which is for everybody: women and men are not judged apart."""
    if targets is None or targets.is_empty():
        return unassessed(rows, "no_target")
    own = targets.select("code", "ahead", target="value", wanted="kind")
    matched = rows.select("code", "sex").join(own, on="code", how="left", maintain_order="left")
    points = numbers(matched, "target")
    found = _against_point(rows, numbers(rows, "estimate"), numbers(rows, "variance"), points)
    lacking = np.isnan(points)
    found = not_where(found, (matched["ahead"] & ~pl.Series(lacking)).to_list(), "target_ahead")
    found = not_where(found, (matched["sex"] != "T").to_list(), "target_total")
    return {
        **found,
        "unassessed": ["no_target" if lack else why for lack, why in zip(lacking, found["unassessed"], strict=True)],
        "route": ["" if lack else "target" for lack in lacking],
        "wanted": matched["wanted"].to_list(),
    }


def _against_region(rows: pl.DataFrame, code: str) -> Columns:
    other = rows.filter(pl.col("code") == code)
    found = _against_rows(rows, pl.concat([other] * rows.height) if other.height else None, "no_value_there")
    itself = (rows["code"] == code).to_list()
    return not_where(found, itself, "itself")


def not_where(found: Columns, cut: list[bool], reason: str) -> Columns:
    """The answers, not assessable for `reason` where `cut` holds (a reason already there stays)."""
    bounds = {name: np.where(cut, np.nan, found[name]) for name in BOUNDS}
    reasons = [reason if gone and not why else why for gone, why in zip(cut, found["unassessed"], strict=True)]
    return {**found, **bounds, "unassessed": reasons}


def unassessed(rows: pl.DataFrame, reason: str) -> Columns:
    """No answer for any row, for this reason."""
    nothing = np.full(rows.height, np.nan)
    return {
        **dict.fromkeys(("difference", *BOUNDS, "benchmark_value"), nothing),
        "route": [""] * rows.height,
        "unassessed": [reason] * rows.height,
    }


class Whole(NamedTuple):
    """What a whole (riket, a group) is made of: the regions' `values` and `variances` (NaN where unknown, and for
    Riket, which stands in the rows for its value only and is no part of itself), their `weights`, and its `value`."""

    values: Floats
    variances: Floats
    weights: Floats
    value: float


def whole_of(rows: pl.DataFrame, period: Period, benchmark: Benchmark) -> Whole | None:
    """The whole that the rows (judgement.with_estimates, Riket last) are judged against; None where it has no value or
    a weight is unknown."""
    values, variances = numbers(rows, "estimate"), numbers(rows, "variance")
    weights = whole_weights(rows, period, benchmark)
    if weights is None:
        return None
    if benchmark.kind == "group":
        value = float(np.average(values[weights > 0], weights=weights[weights > 0]))
    else:
        nation = numbers(rows.filter(pl.col("code") == NATION), "value")
        if not nation.size or np.isnan(nation[0]):
            return None
        value = float(nation[0])
    regions = (rows["code"] != NATION).to_numpy()
    return Whole(np.where(regions, values, np.nan), np.where(regions, variances, np.nan), weights, value)


def _against_whole(rows: pl.DataFrame, period: Period, benchmark: Benchmark) -> Columns:
    of = whole_of(rows, period, benchmark)
    if of is None:
        return unassessed(rows, "no_whole")
    values, variances, weights, whole = of
    at95 = difference_to_whole(values, weights, variances, whole)
    at998 = difference_to_whole(values, weights, variances, whole, 99.8)
    if at95 is None or at998 is None:
        return _against_point(rows, values, variances, whole)
    found: Columns = {
        "difference": at95.difference,
        **dict(zip(BOUNDS, (at95.low, at95.high, at998.low, at998.high), strict=True)),
        "benchmark_value": np.full(rows.height, whole),
        "route": ["difference_to_whole"] * rows.height,
        "unassessed": _why_not(rows),
    }
    if "weight" in rows.columns:
        found |= _own_bounds(rows, values, weights, at95.difference)
        found = not_where(found, [*(numbers(rows, "weight") < FEWEST_UNITS)], "few_units")
    alone = (weights == weights.sum()) & np.isclose(values, whole)  # the whole is this region and no other
    return not_where(found, [*alone], "itself")


def _own_bounds(rows: pl.DataFrame, values: Floats, weights: Floats, difference: Floats) -> Columns:
    """Bounds of the difference to a whole from each part's own interval, which is askew where units are few (Zou and
    Donner 2008, MOVER): a variance read off its width would call one unit of one better than half of all."""
    parts = weights / weights.sum()
    bounds: Columns = {}
    for low, high, ends in ((*BOUNDS[:2], ("ci_low", "ci_high")), (*BOUNDS[2:], ("low998", "high998"))):
        below, above = (np.abs(numbers(rows, end) - values) for end in ends)
        others_below, others_above = (
            np.nansum((parts * side) ** 2) - np.nan_to_num(parts * side) ** 2 for side in (below, above)
        )
        bounds[low] = difference - np.sqrt(((1 - parts) * below) ** 2 + others_above)
        bounds[high] = difference + np.sqrt(((1 - parts) * above) ** 2 + others_below)
    return bounds


def whole_weights(rows: pl.DataFrame, period: Period, benchmark: Benchmark) -> Floats | None:
    """What each row weighs in riket or the group: its people, or its `weight` where the rows have one; 0 for a region
    outside it or without a value, and for Riket. None where nobody is inside or a weight is unknown."""
    codes = rows["code"].to_list()
    inside = np.array([code != NATION for code in codes], dtype=bool) & ~np.isnan(numbers(rows, "estimate"))
    if benchmark.kind == "group":
        inside &= np.isin(codes, benchmark.regions or catalogue().groups[benchmark.key].regions)
    known = numbers(rows, "weight") if "weight" in rows.columns else population_weights(codes, period)
    people = known if benchmark.weighted else np.ones(len(codes))
    if not inside.any() or np.isnan(people[inside]).any():
        return None
    return np.where(inside, people, 0.0)


def _against_point(rows: pl.DataFrame, values: Floats, variances: Floats, point: float | Floats) -> Columns:
    """The region's own interval against a point value: a target's, or (Fingertips' rule) a benchmark's where the
    others' variances are unknown. `point`: one for all, or one per row."""
    known = ~np.isnan(variances)
    own = dict(zip(BOUNDS, ("ci_low", "ci_high", "low998", "high998"), strict=True))
    return {
        "difference": values - point,
        **{name: np.where(known, numbers(rows, column) - point, np.nan) for name, column in own.items()},
        "benchmark_value": np.broadcast_to(point, rows.height),
        "route": ["point_value"] * rows.height,
        "unassessed": _why_not(rows),
    }


def _against_rows(rows: pl.DataFrame, others: pl.DataFrame | None, missing: str) -> Columns:
    """Two independent samples: Newcombe's interval of the difference, from each side's own interval (row by row)."""
    if others is None:
        return unassessed(rows, missing)
    here, there = numbers(rows, "estimate"), numbers(others, "estimate")
    bounds: Columns = {}
    for out, own in ((BOUNDS[:2], ("ci_low", "ci_high")), (BOUNDS[2:], ("low998", "high998"))):
        mine, theirs = ([numbers(side, name) for name in own] for side in (rows, others))
        pairs = [difference_of_intervals(*one) for one in zip(here, *mine, there, *theirs, strict=True)]
        bounds |= dict(zip(out, np.array(pairs).reshape(-1, 2).T, strict=True))
    found: Columns = {
        "difference": here - there,
        **bounds,
        "benchmark_value": there,
        "route": ["two_samples"] * rows.height,
        "unassessed": _why_not(rows),
    }
    found = not_where(found, [*np.isnan(there)], missing)
    cut = others.select(kept_out().fill_null(False)).to_series().to_list()  # null: the other side has no row
    found = not_where(found, cut, "remark_there")
    return not_where(found, [*np.isnan(numbers(others, "variance"))], "no_interval_there")


def _against_earlier(
    rows: pl.DataFrame, indicator: Indicator, period: Period, earlier: str, reference: pl.DataFrame | None
) -> Columns:
    if reference is None:  # only the predecessor has it
        return unassessed(rows, "other_question")
    matched = rows.select("code").join(reference, on="code", how="left", maintain_order="left")
    found = _against_rows(rows, matched, "no_value_there")
    broken = [break_between(indicator, code, earlier, period.key) for code in rows["code"]]
    return not_where(found, broken, "break")


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


def numbers(rows: pl.DataFrame, column: str) -> Floats:
    """A column as floats, NaN where it is null."""
    return rows[column].cast(pl.Float64).fill_null(np.nan).to_numpy()
