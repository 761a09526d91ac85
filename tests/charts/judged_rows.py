"""Hand-made comparisons for the charts of judgements: few rows, every kind of judgement."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from analysis import REACH_COLUMNS, Comparison
from analysis.reach import at_level
from indicators import catalogue, period_of

_EMPTY: dict[str, Any] = {
    "period": "2023", "period_start": date(2023, 1, 1), "segment": 0, "value": None, "ci_low": None, "ci_high": None,
    "low998": None, "high998": None, "estimate": None, "evidence": "none", "flags": "", "reason": "", "comment": "",
    "remark": "",
    "judgement": "not_assessable", "level": None, "difference": None, "diff_low": None, "diff_high": None,
    "benchmark_value": 60.0, "route": "difference_to_whole", "unassessed": "", "rank": None, "rank_low": None,
    "rank_high": None, "ranked": 5, "sex": "T", "n_eff": None, "design_effect": None, **dict.fromkeys(REACH_COLUMNS),
}  # fmt: skip
_SCHEMA = {
    "level": pl.Float64,
    "value": pl.Float64,
    "ci_low": pl.Float64,
    "ci_high": pl.Float64,
    "low998": pl.Float64,
    "high998": pl.Float64,
    "estimate": pl.Float64,
    "difference": pl.Float64,
    "diff_low": pl.Float64,
    "diff_high": pl.Float64,
    "benchmark_value": pl.Float64,
    "judgement": pl.String,
    "rank": pl.Int64,
    "rank_low": pl.Int64,
    "rank_high": pl.Int64,
    "lowest_three": pl.Float64,
}


def row(code: str, **given: Any) -> dict[str, Any]:
    """A region without a figure, but for what is given."""
    return {"code": code, **_EMPTY, **given}


def assessed(code: str, value: float, word: str, level: float | None, place: int, **given: Any) -> dict[str, Any]:
    """A region with an interval of ±3 (95 %) and ±5 (99.8 %), judged against 60."""
    ends = {"ci_low": value - 3, "ci_high": value + 3, "low998": value - 5, "high998": value + 5}
    difference = {"difference": value - 60, "diff_low": value - 63, "diff_high": value - 57}
    places = {"rank": place, "rank_low": max(place - 1, 1), "rank_high": place + 1}
    told = {"value": value, "estimate": value, "evidence": "computed", "judgement": word, "level": level}
    return row(code, **{**ends, **difference, **places, **told, **given})


ROWS = (
    assessed("20", 70.0, "better", 99.8, 1),
    assessed("21", 64.0, "better", 95.0, 2),  # holds at 95 only
    # Hollow: an assumed base.
    assessed("22", 61.0, "similar", None, 3, evidence="assumed", flags="a", equivalence="not_shown", flips_at=9000),
    assessed("23", 55.0, "worse", 99.8, 4),
    # A value without an interval: never "similar", and its place is uncertain.
    row("24", value=50.0, estimate=50.0, unassessed="no_interval", rank=5),
    row("25", reason="not_reported", unassessed="no_value"),
    row("00", value=60.0, estimate=60.0, ci_low=59.0, ci_high=61.0, evidence="published", judgement=None),
)


def comparison(
    rows: tuple[dict[str, Any], ...] = ROWS,
    indicator: str = "trust_overall",
    benchmark: str = "riket",
    *,
    level: float = 95,
    **given: Any,
) -> Comparison:
    """The rows as a comparison of 2023, told at the level."""
    made = Comparison(
        indicator=catalogue().indicators[indicator],
        period=period_of("2023"),
        sex="T",
        benchmark=benchmark,
        as_of=None,
        data_version=1,
        rows=at_level(pl.DataFrame(list(rows), schema_overrides=_SCHEMA), level),
        synthetic=False,
        wave=None,
        level=level,
    )
    return replace(made, **given)
