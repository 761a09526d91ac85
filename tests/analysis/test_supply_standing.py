"""Which care units count, what their services are, and how large a share reaches the level."""

from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from analysis import UnknownChoice
from analysis.methods.intervals import wilson
from analysis.supply import (
    MinimumRule,
    offers,
    share_over_time,
    shares,
    standing,
    supply_period,
    supply_periods,
    supply_regions,
    units_without_register,
    unmapped_services,
)
from indicators import period_of
from models import Store
from tests.analysis.supply_data import NO, NOT_APPLICABLE, UNKNOWN, YES, register, supply, unit
from tests.analysis.supply_data import offers as rows
from tests.publishing import restore, withdraw

FOUR = MinimumRule(4)
JANUARY = period_of("2024-01")
FIVE = ("request_appointment", "renew_prescription", "contact_me", "send_message", "advice")
ALL = dict.fromkeys(FIVE, YES)


def states(store: Store, rule: MinimumRule = FOUR, **asked: object) -> dict[str, str]:
    return dict(standing(store, JANUARY, rule, **asked).select("unit", "state").iter_rows())  # type: ignore[arg-type]


def test_every_status_comes_through_to_the_unit_and_the_share(store: Store) -> None:
    register(store, *(unit(name, municipality="Luleå") for name in "ABCDE"))
    supply(
        store,
        [
            *rows("A", {**ALL, "advice": NO}),
            *rows("B", {**ALL, "contact_me": NO, "advice": NO}),
            *rows("C", {**ALL, "contact_me": NO, "advice": UNKNOWN}),
            *rows("D", dict.fromkeys(FIVE, NOT_APPLICABLE)),
            *rows("E", {"advice": YES, "contact_me": NOT_APPLICABLE}),
        ],
    )
    units = standing(store, JANUARY, FOUR)
    counts = ["offered", "not_offered", "not_applicable", "unknown", "applicable", "needed", "state"]
    assert units.select("unit", *counts).rows() == [
        ("A", 4, 1, 0, 0, 5, 4, "meets"),
        ("B", 3, 2, 0, 0, 5, 4, "below"),
        ("C", 3, 1, 0, 1, 5, 4, "unknown"),
        ("D", 0, 0, 5, 0, 0, 0, "not_applicable"),
        ("E", 1, 0, 1, 3, 4, 4, "unknown"),  # three services of the region have no row for it
    ]
    low, high = wilson(1, 2)
    assert shares(units, ("code",)).row(0, named=True) == {
        "code": "25",
        "units": 5,
        "numerator": 1,
        "denominator": 2,
        "below": 1,
        "unknown": 2,
        "not_applicable": 1,
        "share": 50.0,
        "ci_low": pytest.approx(100 * low),
        "ci_high": pytest.approx(100 * high),
        "evidence": "computed",
        "synthetic": False,
    }


def test_a_group_without_a_counted_unit_has_no_share(store: Store) -> None:
    register(store, unit("A"))
    supply(store, rows("A", dict.fromkeys(FIVE, UNKNOWN)))
    row = shares(standing(store, JANUARY, FOUR), ()).row(0, named=True)
    assert (row["units"], row["denominator"], row["unknown"]) == (1, 0, 1)
    assert (row["share"], row["ci_low"], row["ci_high"], row["evidence"]) == (None, None, None, "none")


def test_all_of_a_list_counts_only_the_lists_services(store: Store) -> None:
    register(store, unit("A"), unit("B"), unit("C"))
    supply(
        store,
        [
            *rows("A", {"contact_me": YES, "advice": YES, "send_message": NO}),
            *rows("B", {"contact_me": YES, "advice": NOT_APPLICABLE}),
            *rows("C", {"contact_me": YES, "advice": NO}),
        ],
    )
    assert states(store, MinimumRule(None, ("contact_me", "advice"))) == {"A": "meets", "B": "meets", "C": "below"}


def test_a_region_without_a_row_for_any_of_the_rules_services_is_unknown(store: Store) -> None:
    register(store, unit("A"))
    supply(store, rows("A", {"contact_me": YES}))
    assert states(store, MinimumRule(None, ("advice",))) == {"A": "unknown"}


def test_each_region_has_its_own_services(store: Store) -> None:
    register(store, unit("A"), unit("U", region="24"))
    supply(store, rows("A", ALL) + rows("U", {"advice": YES, "contact_me": YES}, region="24"))
    # Västerbotten's file tells of two services: a unit that has both has all there are to have.
    assert states(store) == {"U": "meets", "A": "meets"}
    assert supply_regions(store, JANUARY) == ("24", "25")


def test_only_the_regions_with_data_stand_in_the_answer(store: Store) -> None:
    register(store, unit("A"), unit("U", region="24"))
    supply(store, rows("A", ALL))
    assert states(store) == {"A": "meets"}


def test_branches_count_only_where_the_reader_wants_them(store: Store) -> None:
    register(store, unit("A"), unit("F", kind="branch", parent="A"), unit("S", kind="service_point"))
    supply(store, rows("A", ALL) + rows("F", ALL))
    assert states(store) == {"A": "meets"}
    assert states(store, kinds=("branch",)) == {"F": "meets"}
    assert states(store, kinds=("health_centre", "branch", "service_point")) == {
        "A": "meets",
        "F": "meets",
        "S": "unknown",
    }


def test_a_unit_counts_from_its_first_day_to_its_last(store: Store) -> None:
    register(
        store,
        unit("open", valid_from=date(2024, 1, 31)),
        unit("later", valid_from=date(2024, 2, 1)),
        unit("last_day", valid_to=date(2024, 1, 31)),
        unit("closed", valid_to=date(2024, 1, 30)),
    )
    supply(store, [row for name in ("open", "later", "last_day", "closed") for row in rows(name, ALL)])
    assert states(store) == {"last_day": "meets", "open": "meets"}
    outside = units_without_register(store, JANUARY, codes=("25",))
    assert outside["unit"].to_list() == ["closed", "later"]


def test_a_unit_is_called_what_it_was_called_on_the_periods_last_day(store: Store) -> None:
    register(
        store,
        unit("A", "Gamla namnet"),
        unit("A", "Nya namnet", valid_from=date(2024, 1, 15), municipality="Boden"),
        unit("A", "Nyaste namnet", valid_from=date(2024, 2, 1)),
    )
    supply(store, rows("A", ALL) + rows("A", ALL, period="2023-12"))
    december = standing(store, period_of("2023-12"), FOUR)
    assert december["name"].to_list() == ["Gamla namnet"]
    assert standing(store, JANUARY, FOUR).select("name", "municipality").rows() == [("Nya namnet", "Boden")]


def test_a_merger_moves_nothing(store: Store) -> None:
    register(
        store,
        unit("A", valid_to=date(2023, 12, 31), merged_into="B"),
        unit("B"),
    )
    supply(store, rows("A", ALL, period="2023-12") + rows("B", dict.fromkeys(FIVE, NO), period="2023-12"))
    supply(store, rows("B", dict.fromkeys(FIVE, NO)))
    december = standing(store, period_of("2023-12"), FOUR)
    assert dict(december.select("unit", "state").iter_rows()) == {"A": "meets", "B": "below"}
    assert states(store) == {"B": "below"}


def test_a_service_nobody_knows_is_shown_apart_and_never_counted(store: Store) -> None:
    register(store, unit("A"), unit("B"))
    strange = {"?digital fika": YES, "?annat": YES, "?tredje": YES}
    supply(
        store,
        rows("A", {"advice": YES, "contact_me": NO}) + rows("A", strange, service_printed="Digital fika", cases=3.0),
    )
    supply(store, rows("B", {"?digital fika": NO}, service_printed="Digital fika"))
    assert states(store, MinimumRule(2)) == {"A": "below", "B": "unknown"}
    found = unmapped_services(store, JANUARY, codes=("25",))
    assert found.select("service", "service_printed", "units", "cases").rows() == [
        ("?digital fika", "Digital fika", 2, 3.0),
        ("?annat", "Digital fika", 1, 3.0),
        ("?tredje", "Digital fika", 1, 3.0),
    ]
    assert unmapped_services(store, JANUARY, codes=("24",)).is_empty()


def test_a_unit_in_no_register_is_listed_apart(store: Store) -> None:
    register(store, unit("A"))
    supply(store, rows("A", ALL) + rows("X", {"advice": YES, "contact_me": NO, "?fika": YES}))
    assert states(store) == {"A": "meets"}
    told = units_without_register(store, JANUARY, codes=("25",))
    assert told.rows() == [("X", "25", 2, 1, "made-in-test.csv", False)]


def test_the_latest_publication_tells_now_and_the_earlier_one_on_its_own_day(store: Store) -> None:
    register(store, unit("A"), day="2024-01-01")
    supply(store, rows("A", ALL), day="2024-02-01")
    revised = supply(store, rows("A", {"advice": NO, "contact_me": NO}), day="2024-03-01")
    assert states(store) == {"A": "below"}
    assert states(store, as_of=date(2024, 2, 15)) == {"A": "meets"}
    withdraw(store, revised, day="2024-04-01")
    assert states(store) == {"A": "meets"}
    assert states(store, as_of=date(2024, 3, 15)) == {"A": "below"}
    restore(store, revised, day="2024-05-01")
    assert states(store) == {"A": "below"}


def test_periods_are_those_published_newest_first(store: Store) -> None:
    register(store, unit("A"), day="2024-01-01")
    supply(store, rows("A", ALL, period="2023-12"), day="2024-01-01")
    gone = supply(store, rows("A", ALL, period="2022"), day="2024-01-01")
    supply(store, rows("A", ALL), day="2024-02-01")
    withdraw(store, gone, day="2024-03-01")
    assert [one.key for one in supply_periods(store)] == ["2024-01", "2023-12"]
    assert [one.key for one in supply_periods(store, date(2024, 1, 15))] == ["2023-12", "2022"]
    assert supply_period(store, None) == JANUARY
    assert supply_period(store, "december 2023") == period_of("2023-12")
    with pytest.raises(UnknownChoice) as refused:
        supply_period(store, "2022")
    assert refused.value.message() == (
        'Perioden "2022" har inga publicerade uppgifter om utbudet. Den senaste perioden är 2024-01.'
    )


def test_an_empty_store_has_no_periods(store: Store) -> None:
    assert supply_periods(store) == ()
    assert supply_period(store, None) is None


def test_example_data_mark_the_unit_and_can_be_left_out(store: Store) -> None:
    register(store, unit("A"), unit("B"))
    supply(store, rows("A", ALL))
    supply(store, rows("B", ALL), synthetic=True)
    told = standing(store, JANUARY, FOUR)
    assert dict(told.select("unit", "synthetic").iter_rows()) == {"A": False, "B": True}
    assert shares(told, ("code",))["synthetic"].to_list() == [True]
    assert states(store, include_synthetic=False) == {"A": "meets", "B": "unknown"}


def test_the_matrix_has_every_service_of_the_region_with_the_cell_behind_it(store: Store) -> None:
    register(store, unit("A", "Björknäs"), unit("B", "Örnäset"))
    supply(store, rows("A", {"advice": YES, "contact_me": NO}, printed="ja", cases=12.0) + rows("B", {"advice": NO}))
    told = offers(store, JANUARY, codes=("25",))
    columns = ["name", "title_sv", "status", "cases", "printed", "upload", "sheet", "cell"]
    assert told.select(columns).rows() == [
        ("Björknäs", "Kontakta mig", NO, 12.0, "ja", 2, "Utbud", "C3"),
        ("Björknäs", "Rådgivning", YES, 12.0, "ja", 2, "Utbud", "C2"),
        ("Örnäset", "Kontakta mig", UNKNOWN, None, None, None, None, None),
        ("Örnäset", "Rådgivning", NO, None, "", 2, "Utbud", "C4"),
    ]
    assert offers(store, JANUARY, codes=("24",)).is_empty()


def test_the_same_question_gives_the_same_frame(store: Store) -> None:
    register(store, unit("A"))
    supply(store, rows("A", ALL))
    first = standing(store, JANUARY, FOUR)
    assert standing(store, JANUARY, FOUR) is first
    supply(store, rows("A", dict.fromkeys(FIVE, NO)))
    assert standing(store, JANUARY, FOUR)["state"].to_list() == ["below"]


def test_both_databases_answer_alike(any_store: Store) -> None:
    register(any_store, unit("A"), unit("B"))
    supply(any_store, rows("A", ALL) + rows("B", {"?en sak till": YES, "advice": NO}))
    assert [one.key for one in supply_periods(any_store)] == ["2024-01"]
    told = standing(any_store, JANUARY, FOUR).select("unit", "offered", "unknown", "state")
    assert_frame_equal(
        told, pl.DataFrame([("A", 5, 0, "meets"), ("B", 0, 4, "unknown")], schema=told.schema, orient="row")
    )
    for rule in (FOUR, MinimumRule(None, ("advice", "contact_me"))):
        over_time = share_over_time(any_store, rule, codes=("25",)).select("numerator", "denominator", "unknown")
        assert_frame_equal(
            over_time, shares(standing(any_store, JANUARY, rule), ()).select("numerator", "denominator", "unknown")
        )
