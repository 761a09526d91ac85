"""How was one figure judged? The numbers behind its word, from the functions that judge (methods §1–2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any, Final

import numpy as np
import polars as pl

from analysis.against import BOUNDS, tested_against, whole_of
from analysis.benchmarks import Benchmark, chosen_benchmark
from analysis.comparison import Comparison, compare_regions, earlier_rows
from analysis.figures import figures_of
from analysis.groups import with_regions
from analysis.methods.differences import variance_in_parts
from analysis.nation import FROM_REGIONS
from analysis.origin.figures import FigureAsked
from analysis.targets.decided import targets_in_force
from analysis.told import shown_judgement
from indicators import NATION, Indicator, Period
from models import Store

Row = Mapping[str, Any]
NOT_TOLD: Final = "not_assessable"


@dataclass(frozen=True)
class Part:
    """A region of a whole. `row`: FIGURE_COLUMNS with estimate and variance; `people`: what it weighs (1 in an
    unweighted mean); `share`: the same as W (0–1); `adds`: W²·v, in the square of the unit."""

    row: Row
    people: float
    share: float
    adds: float


@dataclass(frozen=True)
class Working:
    """A figure's judgement at the comparison's level. `row`: its row of the comparison; `bounds`: of the difference, by
    name (against.BOUNDS), empty where there is no judgement. Where it is judged against a whole: `parts`, the regions
    with a weight, the region itself among them, and what Var(d) is the sum of, `own` and `others` (Σ over the other
    regions). Riket's parts are those of its interval. `other`: the row it is compared with, of two samples."""

    comparison: Comparison
    row: Row
    bounds: Mapping[str, float]
    parts: tuple[Part, ...] = ()
    own: float | None = None
    others: float | None = None
    other: Row | None = None


def working_of(
    store: Store, asked: FigureAsked, benchmark: str = "riket", level: float = 95, as_of: date | None = None
) -> Working | None:
    """The working of a figure's judgement; None where there is no figure. A real figure is judged among real ones.
    UnknownChoice for a benchmark that does not exist."""
    indicator, period = asked.indicator, asked.period
    every = figures_of(store, indicator, as_of, sex=asked.sex)
    found = every.filter(pl.col("code") == asked.region, pl.col("period") == period.key)
    if found.is_empty():
        return None
    synthetic = "x" in found["flags"][0]
    comparison = compare_regions(
        store,
        indicator.id,
        period.key,
        sex=asked.sex,
        benchmark=benchmark,
        level=level,
        as_of=as_of,
        include_synthetic=synthetic,
    )
    against = with_regions(chosen_benchmark(benchmark), store, as_of)
    figures = every if synthetic else figures_of(store, indicator, as_of, sex=asked.sex, include_synthetic=False)
    reference = _reference(store, figures, indicator, period, against, as_of)
    row = comparison.rows.row(by_predicate=pl.col("code") == asked.region, named=True)
    if row["code"] == NATION:
        made = row["base_origin"] == FROM_REGIONS
        return Working(comparison, row, {}, _parts(comparison.rows, period, Benchmark("riket")) if made else ())
    if shown_judgement(row) == NOT_TOLD:
        return Working(comparison, row, {})
    place = comparison.rows["code"].to_list().index(asked.region)
    tested = tested_against(comparison.rows, indicator, period, against, reference)
    bounds = {name: float(np.asarray(tested[name])[place]) for name in BOUNDS}
    known = {name: bound for name, bound in bounds.items() if not isnan(bound)}
    if row["route"] == "two_samples":
        return Working(comparison, row, known, other=_other(comparison, reference, against, asked.region))
    if row["route"] != "difference_to_whole":
        return Working(comparison, row, known)
    own, rest = _variance(comparison.rows, period, against, place)
    return Working(comparison, row, known, _parts(comparison.rows, period, against), own, rest)


def _reference(
    store: Store, figures: pl.DataFrame, indicator: Indicator, period: Period, against: Benchmark, as_of: date | None
) -> pl.DataFrame | None:
    """What compare_regions takes as `reference` (judgement.with_judgement)."""
    if against.kind == "target":
        return targets_in_force(store, indicator, period, as_of)
    return earlier_rows(figures, indicator, against.key) if against.kind == "period" else None


def _other(comparison: Comparison, reference: pl.DataFrame | None, against: Benchmark, region: str) -> Row:
    """The row that a region's is compared with: another region's, or its own earlier one."""
    rows, code = (comparison.rows, against.key) if reference is None else (reference, region)
    return rows.row(by_predicate=pl.col("code") == code, named=True)


def _variance(rows: pl.DataFrame, period: Period, against: Benchmark, place: int) -> tuple[float, float]:
    whole = whole_of(rows, period, against)
    assert whole is not None
    parts = variance_in_parts(whole.values, whole.weights, whole.variances)
    assert parts is not None
    return float(parts.own[place]), float(parts.others[place])


def _parts(rows: pl.DataFrame, period: Period, against: Benchmark) -> tuple[Part, ...]:
    """Every region with a weight in the whole."""
    whole = whole_of(rows, period, against)
    if whole is None:
        return ()
    shares = whole.weights / whole.weights.sum()
    return tuple(
        Part(row, float(people), float(share), float(share**2 * row["variance"]))
        for row, people, share in zip(rows.to_dicts(), whole.weights, shares, strict=True)
        if people > 0
    )
