"""A figure with a remark `not_judged` is printed, and enters no test, rank or count."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from analysis import compare_regions
from analysis.figures import figures_of
from analysis.remarks import may_be_judged
from indicators import catalogue
from models import Store
from tests.publishing import publish

REGIONS = catalogue().region_codes


def wave(period: str, first: float, indicator: str = "trust_hospital") -> list[dict[str, Any]]:
    rows = [{"region": code, "value": first + place} for place, code in enumerate(REGIONS)]
    return [{"indicator": indicator, "period": period, **row} for row in [{"region": "00", "value": first + 10}, *rows]]


def test_a_period_kept_out_by_the_catalogue_is_shown_and_not_judged(store: Store) -> None:
    publish(store, [*wave("2023", 50.0), *wave("2024", 55.0)])
    rows = compare_regions(store, "trust_hospital").rows.filter(code="25")
    names = ("period", "value", "judgement", "unassessed", "rank", "ranked", "level", "diff_low", "remark")
    assert rows.select(names).row(0) == ("2024", 75.0, "not_assessable", "remark", None, 0, None, None, "not_judged")
    judged = figures_of(store, catalogue().indicators["trust_hospital"]).filter(may_be_judged())
    assert set(judged["period"]) == {"2023"}


@pytest.mark.parametrize(
    ("period", "benchmark", "why"),
    [
        ("2023", "riket", ""),  # the year before is judged as ever
        ("2024", "riket", "remark"),
        ("2024", "group:six", "remark"),
        ("2024", "region:24", "remark"),
        ("2024", "period:2023", "remark"),
        ("2023", "period:2024", "remark_there"),
    ],
)
def test_no_benchmark_gets_round_a_remark(store: Store, period: str, benchmark: str, why: str) -> None:
    publish(store, [*wave("2023", 50.0), *wave("2024", 55.0)])
    row = compare_regions(store, "trust_hospital", period, benchmark=benchmark).rows.filter(code="25").to_dicts()[0]
    assert (row["unassessed"], row["judgement"] == "not_assessable") == (why, why != "")


def test_where_there_is_no_figure_that_is_the_reason_and_no_remark(store: Store) -> None:
    lacking = {"region": "25", "value": None, "reason": "missing", "indicator": "trust_hospital", "period": "2024"}
    publish(store, [lacking, *(row for row in wave("2024", 55.0) if row["region"] != "25")])
    rows = compare_regions(store, "trust_hospital", "2024").rows.filter(pl.col("code").is_in(["24", "25"]))
    assert rows.sort("code").select("code", "unassessed").rows() == [("24", "remark"), ("25", "no_value")]


def test_the_catalogues_remark_follows_the_day_it_was_known(store: Store) -> None:
    publish(store, wave("2024", 55.0), day="2026-11-01")
    then = compare_regions(store, "trust_hospital", as_of=date(2026, 11, 29)).rows.filter(code="25")
    assert then["remark"].to_list() == [""]
    assert compare_regions(store, "trust_hospital", as_of=date(2026, 11, 30)).rows["remark"].unique().to_list() == [
        "not_judged"
    ]
