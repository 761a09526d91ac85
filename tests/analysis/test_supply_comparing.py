"""The regions' shares judged and ranked: riket is all regions with data, and a region weighs by its units."""

import math
from datetime import date

import polars as pl
import pytest
from sqlmodel import Session

from analysis import FIGURE_COLUMNS, JUDGEMENT_COLUMNS, UnknownChoice
from analysis.methods.intervals import wilson
from analysis.supply import SHARE_INDICATOR, MinimumRule, compared_shares
from indicators import catalogue, period_of
from models import Store
from models.entered import Target
from tests.analysis.supply_data import NO, NOT_APPLICABLE, UNKNOWN, YES, offers, register, supply, unit
from wording.sentences import benchmark_of

ONE = MinimumRule(1)
JANUARY = period_of("2024-01")
REACHED = {"20": (18, 2), "24": (30, 30), "25": (5, 15)}


@pytest.fixture
def published(store: Store) -> Store:
    rows = []
    for code, (reached, below) in REACHED.items():
        statuses = [YES] * reached + [NO] * below
        register(store, *(unit(f"{code}-{place}", region=code) for place in range(len(statuses))))
        for place, status in enumerate(statuses):
            rows += offers(f"{code}-{place}", {"advice": status}, region=code)
    supply(store, rows)
    return store


def test_riket_is_all_the_regions_with_data(published: Store) -> None:
    found = compared_shares(published, JANUARY, ONE)
    assert set(found.rows.columns) >= {*FIGURE_COLUMNS, *JUDGEMENT_COLUMNS}
    whole = found.rows.filter(code="00").row(0, named=True)
    assert (whole["value"], whole["numerator"], whole["denominator"], whole["flags"]) == (53.0, 53.0, 100.0, "e")
    assert (found.indicator.id, found.period, found.benchmark) == (SHARE_INDICATOR, JANUARY, "riket")
    assert found.made_whole == "units_together"
    assert benchmark_of(found) == "alla räknade enheter tillsammans"


def test_a_region_weighs_by_its_counted_units(published: Store) -> None:
    row = compared_shares(published, JANUARY, ONE).rows.filter(code="25").row(0, named=True)
    below, above, weight = {}, {}, {}
    for code, (reached, lacking) in REACHED.items():
        counted = reached + lacking
        low, high = wilson(reached, counted)
        weight[code] = counted / 100
        below[code], above[code] = 100 * (reached / counted - low), 100 * (high - reached / counted)
    own, others = 1 - weight["25"], ("20", "24")  # each end from the intervals' own sides (MOVER)
    down = math.hypot(own * below["25"], *(weight[code] * above[code] for code in others))
    up = math.hypot(own * above["25"], *(weight[code] * below[code] for code in others))
    assert row["difference"] == pytest.approx(25 - 53)
    assert (row["diff_low"], row["diff_high"]) == pytest.approx((25 - 53 - down, 25 - 53 + up))
    assert (row["judgement"], row["rank"], row["rank_low"], row["rank_high"], row["ranked"]) == ("worse", 3, 3, 3, 3)


def test_a_handful_of_units_is_not_judged_against_the_whole(published: Store) -> None:
    supply(published, [row for place in range(4) for row in offers(f"20-{place}", {"advice": YES}, period="2023-01")])
    supply(published, [row for place in range(20) for row in offers(f"25-{place}", {"advice": NO}, period="2023-01")])
    row = compared_shares(published, period_of("2023-01"), ONE).rows.filter(code="20").row(0, named=True)
    assert (row["value"], row["judgement"], row["unassessed"], row["diff_low"]) == (
        100.0,
        "not_assessable",
        "few_units",
        None,
    )


@pytest.mark.parametrize(("counted", "judged"), [(4, "not_assessable"), (5, "better"), (6, "better")])
def test_exactly_five_units_are_enough_to_be_judged(published: Store, counted: int, judged: str) -> None:
    rows = [row for place in range(counted) for row in offers(f"20-{place}", {"advice": YES}, period="2023-01")]
    rows += [row for place in range(20) for row in offers(f"25-{place}", {"advice": NO}, period="2023-01")]
    supply(published, rows)
    row = compared_shares(published, period_of("2023-01"), ONE).rows.filter(code="20").row(0, named=True)
    assert (row["denominator"], row["judgement"]) == (counted, judged)
    assert row["unassessed"] == ("few_units" if counted < 5 else "")


def test_a_region_alone_in_the_whole_is_not_called_similar_to_it(published: Store) -> None:
    supply(published, [row for place in range(20) for row in offers(f"25-{place}", {"advice": YES}, period="2023-01")])
    row = compared_shares(published, period_of("2023-01"), ONE).rows.filter(code="25").row(0, named=True)
    assert (row["benchmark_value"], row["judgement"], row["unassessed"]) == (100.0, "not_assessable", "itself")
    assert row["diff_low"] is None


def test_another_region_an_earlier_period_and_a_group_are_benchmarks_too(published: Store) -> None:
    supply(published, [row for place in range(20) for row in offers(f"25-{place}", {"advice": YES}, period="2023-01")])

    def of(code: str, benchmark: str) -> tuple[float | None, str, str]:
        rows = compared_shares(published, JANUARY, ONE, benchmark=benchmark).rows
        return rows.filter(code=code).select("benchmark_value", "judgement", "unassessed").row(0)

    assert of("25", "region:20") == (90.0, "worse", "")
    assert of("20", "region:20") == (90.0, "not_assessable", "itself")
    assert of("25", "period:2023-01") == (100.0, "worse", "")
    assert of("20", "period:2023-01") == (None, "not_assessable", "no_value_there")
    assert of("25", "group:six") == (53.0, "worse", "")
    assert of("25", "group:six:unweighted") == (pytest.approx((90 + 50 + 25) / 3), "worse", "")
    with pytest.raises(UnknownChoice):
        of("25", "period:2022-01")


@pytest.mark.parametrize(
    ("statuses", "reason"),
    [
        ((UNKNOWN,), "not_reported"),
        ((NOT_APPLICABLE,), "not_applicable"),  # nothing is lacking: the services are not for these units
        ((NOT_APPLICABLE, UNKNOWN), "not_reported"),
    ],
)
def test_a_region_where_nothing_can_be_counted_cannot_be_assessed(
    published: Store, statuses: tuple[str, ...], reason: str
) -> None:
    register(published, *(unit(f"Z{place}", region="10") for place in range(len(statuses))))
    for place, status in enumerate(statuses):
        supply(published, offers(f"Z{place}", {"advice": status}, region="10"))
    row = compared_shares(published, JANUARY, ONE).rows.filter(code="10").row(0, named=True)
    assert (row["value"], row["reason"], row["evidence"]) == (None, reason, "none")
    assert (row["judgement"], row["unassessed"], row["rank"]) == ("not_assessable", "no_value", None)


def test_shown_regions_are_judged_among_all(published: Store) -> None:
    every = compared_shares(published, JANUARY, ONE).rows
    shown = compared_shares(published, JANUARY, ONE, regions=["Norrbotten"]).rows
    assert shown.equals(every.filter(pl.col("code").is_in(["25", "00"])))


def test_example_data_are_flagged(store: Store) -> None:
    register(store, unit("A"))
    supply(store, offers("A", {"advice": YES}), synthetic=True)
    found = compared_shares(store, JANUARY, ONE)
    assert found.synthetic
    assert found.rows.select("code", "flags").rows() == [("25", "x"), ("00", "ex")]


def test_no_data_is_an_empty_comparison(store: Store) -> None:
    found = compared_shares(store, JANUARY, ONE)
    assert found.rows.is_empty()
    assert not found.synthetic


def test_the_indicator_says_that_it_is_computed_here() -> None:
    own = catalogue().indicators[SHARE_INDICATOR]
    assert (own.area, own.unit, own.direction, own.data) == ("supply", "percent", "higher_is_better", "complete_count")
    assert own.computed


def test_a_target_is_for_the_share_by_the_usual_rule(published: Store) -> None:
    with published.write() as connection:
        target = {
            "target": "t1",
            "indicator": SHARE_INDICATOR,
            "region": "25",
            "kind": "at_least",
            "value": 80.0,
            "valid_from": date(2024, 1, 1),
            "body": "Regionstyrelsen",
            "decided": date(2023, 12, 1),
            "document": "RS 1",
            "entered_at": "2024-01-01T12:00:00.000000Z",
            "entered_by": "test",
        }
        with Session(connection) as session:
            session.add(Target(**target))
            session.flush()

    def of(code: str, rule: MinimumRule, **asked: tuple[str, ...]) -> tuple[float | None, str]:
        rows = compared_shares(published, JANUARY, rule, benchmark="target", **asked).rows  # type: ignore[arg-type]
        return rows.filter(code=code).select("benchmark_value", "unassessed").row(0)

    assert of("25", MinimumRule()) == (80.0, "")
    assert of("24", MinimumRule()) == (None, "no_target")
    assert of("25", MinimumRule(3)) == (None, "target_other_rule")
    assert of("24", MinimumRule(3)) == (None, "no_target")
    assert of("25", MinimumRule(), kinds=("health_centre",)) == (None, "target_other_rule")
