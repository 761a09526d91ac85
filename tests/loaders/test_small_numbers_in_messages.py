"""What a check says of a file quotes no number that the pages hide, and none that would tell one."""

from typing import Any

import polars as pl
import pytest

from analysis.current import with_decimals
from indicators import catalogue, period_of
from loaders.checks.published import PublishedFigures
from loaders.checks.revisions import check_revisions
from loaders.plausibility import screen
from loaders.problems import Problem
from models import Store
from tests.publishing import ROW, publish

FLOATS = ("value", "numerator", "denominator", "base_n", "ci_low", "ci_high")


def file(rows: list[dict[str, Any]]) -> pl.DataFrame:
    told = []
    for row in rows:
        period = period_of(row["period"])
        ends = {"period_start": period.start, "period_end": period.end, "period_kind": period.kind}
        printed = {"printed": str(row["value"]), "care_unit": "", "age": "all", "row": 2}
        told.append({**ROW, **printed, **row, **ends})
    overrides = {**dict.fromkeys(FLOATS, pl.Float64), "row": pl.UInt32, "col": pl.UInt32}
    return with_decimals(pl.DataFrame(told, schema_overrides=overrides))


def trust(region: str, value: float, base: float, period: str = "2023") -> dict[str, Any]:
    return {"indicator": "trust_overall", "region": region, "period": period, "value": value, "base_n": base}


def said(problems: list[Problem]) -> str:
    return " ".join(f"{one.message('sv')} {one.to_json('sv')} {one.to_json('en')}" for one in problems)


@pytest.mark.parametrize(
    ("published", "now"),
    [
        ([trust("25", 57.13, 7), trust("24", 61.07, 300), trust("00", 60.98, 307)], [trust("25", 62.11, 400)]),
        ([trust("25", 62.11, 400), trust("24", 61.07, 300), trust("00", 60.98, 700)], [trust("25", 57.13, 7)]),
        ([trust("25", 57.13, 7), trust("24", 61.07, 300), trust("00", 60.98, 307)], [trust("00", 62.11, 307)]),
    ],
)
def test_a_revision_quotes_nothing_that_adds_up_with_a_small_number(
    store: Store, published: list[dict[str, Any]], now: list[dict[str, Any]]
) -> None:
    publish(store, published)
    new = file(now)
    told = said(check_revisions(PublishedFigures(store, new), "wide", new, catalogue()))
    assert "dolt" in told
    for number in ("57,13", "57.13", "62,11", "62.11", "60,98", "60.98"):
        assert number not in told


def test_a_revision_beside_it_is_quoted(store: Store) -> None:
    publish(store, [trust("25", 57.13, 7), trust("24", 61.07, 300), trust("24", 71.5, 300, "2022")])
    new = file([trust("25", 58.2, 400), trust("24", 72.5, 300, "2022")])
    told = said(check_revisions(PublishedFigures(store, new), "wide", new, catalogue()))
    assert "2022, – → 72,5" in told
    assert "58,2" not in told


def test_a_doubt_quotes_nothing_that_adds_up_with_a_small_number(store: Store) -> None:
    years, codes = [str(year) for year in range(2016, 2023)], list(catalogue().regions)
    publish(
        store,
        [trust(code, 60.13 + place % 3, 400, year) for place, year in enumerate(years) for code in codes],
    )
    new = file([trust("25", 12.77, 7), *(trust(code, 60.13, 400) for code in codes if code != "25")])
    told = screen(new, PublishedFigures(store, new), catalogue())
    assert told  # the large change is still doubted
    assert "12,77" not in said(told)
    assert "12.77" not in said(told)
