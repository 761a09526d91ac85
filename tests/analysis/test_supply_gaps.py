"""Which unit lacks which service, the most frequent gaps, and what closing them would give."""

from analysis.supply import MinimumRule, gaps, gaps_by_service, if_closed, not_reported
from indicators import period_of
from models import Store
from tests.analysis.supply_data import NO, NOT_APPLICABLE, UNKNOWN, YES, offers, register, supply, unit

TWO = MinimumRule(2)
JANUARY = period_of("2024-01")


def published(store: Store) -> None:
    """Four units and three services: A reaches two, B and C do not, D could."""
    register(store, unit("A", municipality="Luleå"), *(unit(name) for name in "BCD"))
    supply(
        store,
        [
            *offers("A", {"contact_me": YES, "advice": YES, "record": NO}),
            *offers("B", {"contact_me": YES, "advice": NO, "record": NO}),
            *offers("C", {"contact_me": NO, "advice": NO, "record": NOT_APPLICABLE}),
            *offers("D", {"contact_me": YES, "advice": NO, "record": UNKNOWN}),
        ],
    )


def test_every_gap_with_how_the_unit_stands_and_the_cell_that_says_it(store: Store) -> None:
    published(store)
    told = gaps(store, JANUARY, TWO, codes=("25",))
    assert told.select("unit", "service", "status", "state", "lacking", "upload", "cell").rows() == [
        ("A", "record", NO, "meets", 0, 2, "C4"),
        ("B", "advice", NO, "below", 1, 2, "C6"),
        ("B", "record", NO, "below", 1, 2, "C7"),
        ("C", "contact_me", NO, "below", 2, 2, "C8"),
        ("C", "advice", NO, "below", 2, 2, "C9"),
        ("D", "advice", NO, "unknown", 1, 2, "C12"),
        ("D", "record", UNKNOWN, "unknown", 1, 2, "C13"),
    ]
    assert told.row(0, named=True) | {"published_at": ""} == {
        "unit": "A",
        "name": "A",
        "kind": "health_centre",
        "code": "25",
        "region": "Region Norrbotten",
        "municipality": "Luleå",
        "area": "",
        "service": "record",
        "title_sv": "Journalen",
        "title_en": "Health record",
        "status": NO,
        "state": "meets",
        "lacking": 0,
        "upload": 2,
        "file": "made-in-test.csv",
        "sheet": "Utbud",
        "cell": "C4",
        "published_at": "",
        "synthetic": False,
    }


def test_a_list_has_gaps_in_its_own_services_only(store: Store) -> None:
    published(store)
    told = gaps(store, JANUARY, MinimumRule(None, ("contact_me", "advice")), codes=("25",))
    assert told.select("unit", "service", "lacking").rows() == [
        ("B", "advice", 1),
        ("C", "contact_me", 2),
        ("C", "advice", 2),
        ("D", "advice", 1),
    ]


def test_a_unit_no_file_tells_of_has_gaps_without_a_cell(store: Store) -> None:
    register(store, unit("A"), unit("B"))
    supply(store, offers("A", {"advice": YES}))
    told = gaps(store, JANUARY, TWO, codes=("25",))
    assert told.select("unit", "service", "status", "upload", "file", "cell").rows() == [
        ("B", "advice", UNKNOWN, None, None, None)
    ]


def test_the_most_frequent_gap_comes_first(store: Store) -> None:
    published(store)
    told = gaps_by_service(gaps(store, JANUARY, TWO, codes=("25",)))
    assert told.select("service", "units", "unknown", "below_units").rows() == [
        ("advice", 3, 0, 2),
        ("record", 2, 1, 1),
        ("contact_me", 1, 0, 1),
    ]


def test_the_share_if_the_most_frequent_gaps_closed(store: Store) -> None:
    published(store)
    told = if_closed(store, JANUARY, TWO, 5, code="25")
    assert told.select("k", "title_sv", "numerator", "denominator", "unknown").rows() == [
        (0, None, 1, 3, 1),  # A of A, B and C; D is unknown
        (1, "Rådgivning", 3, 4, 0),  # advice gives B two, and D two whatever the third is
        (2, "Journalen", 3, 4, 0),
        (3, "Kontakta mig", 4, 4, 0),
    ]
    assert told["share"].round(1).to_list() == [33.3, 75.0, 75.0, 100.0]
    assert if_closed(store, JANUARY, TWO, 1, code="25")["k"].to_list() == [0, 1]


def test_a_closed_gap_can_leave_a_unit_with_only_unknowns_in_the_way(store: Store) -> None:
    register(store, unit("A"), unit("B"))
    supply(store, offers("A", {"contact_me": NO, "advice": UNKNOWN, "record": UNKNOWN}))
    supply(store, offers("B", {"contact_me": YES, "advice": YES, "record": YES}))
    told = if_closed(store, JANUARY, MinimumRule(3), 5, code="25")
    assert told.select("numerator", "denominator", "unknown", "share").rows() == [(1, 2, 0, 50.0), (1, 1, 1, 100.0)]


def test_a_region_without_data_has_no_gaps_to_close(store: Store) -> None:
    published(store)
    assert if_closed(store, JANUARY, TWO, 3, code="24").select("numerator", "denominator", "share").rows() == [
        (0, 0, None)
    ]


def test_services_of_a_list_that_the_region_tells_nothing_of(store: Store) -> None:
    published(store)
    rule = MinimumRule(None, ("advice", "inbox"))
    assert not_reported(store, JANUARY, rule, code="25") == ("inbox",)
    assert not_reported(store, JANUARY, TWO, code="25") == ()
