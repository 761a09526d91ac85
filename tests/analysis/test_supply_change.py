"""Has the share changed since an earlier period, and which units moved?"""

from datetime import date

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.supply import MinimumRule, change_between, moved_units, share_over_time
from indicators import period_of
from models import Store
from tests.analysis.supply_data import NO, UNKNOWN, YES, offers, register, supply, unit

ONE = MinimumRule(1)
NOW, THEN = period_of("2024-01"), period_of("2023-01")


def month(store: Store, period: str, statuses: dict[str, str], region: str = "25") -> None:
    """Publish a month in which each unit's only service has a status."""
    supply(
        store,
        [
            row
            for name, status in statuses.items()
            for row in offers(name, {"advice": status}, period=period, region=region)
        ],
    )


def test_the_change_is_newcombes_interval_and_every_move_is_counted(store: Store) -> None:
    names = [f"U{number:02d}" for number in range(40)]
    register(
        store,
        *(unit(name) for name in names),
        unit("new", valid_from=date(2023, 6, 1)),
        unit("closed", valid_to=date(2023, 6, 1)),
        unit("merged", valid_to=date(2023, 6, 1), merged_into="U00"),
    )
    month(
        store,
        THEN.key,
        {name: YES if place < 10 else NO for place, name in enumerate(names)} | {"closed": YES, "merged": NO},
    )
    month(store, NOW.key, {name: YES if 2 <= place < 30 else NO for place, name in enumerate(names)} | {"new": YES})
    row = change_between(store, NOW, THEN, ONE, codes=("25",)).row(0, named=True)
    low, high = confint_proportions_2indep(29, 41, 11, 42, method="newcomb")
    assert row == {
        "code": "25",
        "region": "Region Norrbotten",
        "share": pytest.approx(100 * 29 / 41),
        "numerator": 29,
        "denominator": 41,
        "share_earlier": pytest.approx(100 * 11 / 42),
        "numerator_earlier": 11,
        "denominator_earlier": 42,
        "difference": pytest.approx(100 * (29 / 41 - 11 / 42)),
        "ci_low": pytest.approx(100 * low),
        "ci_high": pytest.approx(100 * high),
        "verdict": "better",
        "level": 99.8,
        "gained": 20,
        "lost": 2,
        "counted": 0,
        "uncounted": 0,
        "new": 1,
        "closed": 2,
        "synthetic": False,
    }
    moved = moved_units(store, NOW, THEN, ONE, codes=("25",))
    assert moved.filter(move="lost")["unit"].to_list() == ["U00", "U01"]
    assert moved.filter(move="closed")["unit"].to_list() == ["closed", "merged"]
    assert moved.filter(move="new")["unit"].to_list() == ["new"]


def test_a_few_units_more_are_no_change(store: Store) -> None:
    register(store, *(unit(name) for name in "ABCD"))
    month(store, THEN.key, {"A": YES, "B": NO, "C": NO, "D": NO})
    month(store, NOW.key, {"A": YES, "B": YES, "C": NO, "D": NO})
    row = change_between(store, NOW, THEN, ONE, codes=("25",)).row(0, named=True)
    assert (row["difference"], row["verdict"], row["level"], row["gained"]) == (25.0, "similar", None, 1)


def test_without_a_share_on_both_sides_nothing_is_said(store: Store) -> None:
    register(store, unit("A"), unit("U", region="24"), unit("D", region="20"))
    month(store, NOW.key, {"A": YES})
    month(store, THEN.key, {"U": YES}, region="24")
    month(store, NOW.key, {"D": UNKNOWN}, region="20")
    month(store, THEN.key, {"D": NO}, region="20")
    rows = change_between(store, NOW, THEN, ONE, codes=("20", "24", "25"))
    told = ["code", "share", "share_earlier", "difference", "verdict", "gained", "lost", "new", "closed"]
    assert rows.select(told).rows() == [
        ("20", None, 0.0, None, "not_assessable", 0, 0, 0, 0),
        ("24", None, 100.0, None, "not_assessable", 0, 0, 0, 1),
        ("25", 100.0, None, None, "not_assessable", 0, 0, 1, 0),
    ]


def test_a_share_over_time_follows_the_units_of_each_day(store: Store) -> None:
    register(store, unit("A"), unit("B", valid_to=date(2023, 6, 1)), day="2024-01-01")
    month(store, "2023-01", {"A": YES, "B": NO})
    month(store, "2023-12", {"A": YES})
    month(store, "2023", {"A": NO})
    rows = share_over_time(store, ONE, codes=("25",))
    assert rows.select("code", "period", "period_kind", "share", "numerator", "denominator").rows() == [
        ("25", "2023-01", "month", 50.0, 1, 2),
        ("25", "2023", "year", 0.0, 0, 1),
        ("25", "2023-12", "month", 100.0, 1, 1),
    ]
    assert share_over_time(store, ONE, codes=("24",)).is_empty()


def test_nothing_published_is_an_empty_answer(store: Store) -> None:
    assert share_over_time(store, ONE, codes=("25",)).is_empty()
    assert change_between(store, NOW, THEN, ONE, codes=("25",)).is_empty()
    assert moved_units(store, NOW, THEN, ONE, codes=("25",)).is_empty()
