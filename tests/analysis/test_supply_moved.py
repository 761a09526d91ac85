"""Which units moved between two periods: named as change_between counts them."""

from datetime import date

from analysis.supply import MOVES, change_between, minimum_rule, moved_units
from indicators import period_of
from models import Store
from tests.analysis.supply_data import NO, UNKNOWN, YES, offers, register, supply, unit

EARLIER, LATER = period_of("2024-01"), period_of("2024-02")
RULE = minimum_rule("1", LATER)
REGIONS = ("25", "24")


def test_every_move_is_named_and_counted_alike(store: Store) -> None:
    register(
        store,
        unit("up"),
        unit("down"),
        unit("same"),
        unit("unsure"),
        unit("shut", "Gamla namnet", valid_to=date(2024, 2, 15)),
        unit("opened", valid_from=date(2024, 2, 1)),
        unit("west", region="24"),
    )
    told = {
        "up": (NO, YES),
        "down": (YES, NO),
        "same": (YES, YES),
        "unsure": (UNKNOWN, YES),  # nobody knew before: it came to count
        "shut": (YES, YES),  # closed before the later period's last day
        "opened": (YES, YES),
        "west": (YES, NO),
    }
    supply(
        store,
        [
            row
            for place, period in enumerate((EARLIER, LATER))
            for one, statuses in told.items()
            for row in offers(
                one, {"advice": statuses[place]}, period=period.key, region="24" if one == "west" else "25"
            )
        ],
    )
    found = moved_units(store, LATER, EARLIER, RULE, codes=REGIONS)
    assert list(found.select("move", "code", "name").iter_rows()) == [
        ("lost", "24", "west"),
        ("closed", "25", "Gamla namnet"),  # by the name it had
        ("lost", "25", "down"),
        ("new", "25", "opened"),
        ("counted", "25", "unsure"),
        ("gained", "25", "up"),
    ]
    counted = change_between(store, LATER, EARLIER, RULE, codes=REGIONS)
    for row in counted.iter_rows(named=True):
        own = found.filter(found["code"] == row["code"])["move"].to_list()
        assert {move: row[move] for move in MOVES} == {move: own.count(move) for move in MOVES}


def test_a_unit_that_changed_region_is_new_in_one_and_closed_in_the_other(store: Store) -> None:
    register(store, unit("A"), unit("A", valid_from=date(2024, 2, 1), region="24"), unit("B"), unit("C", region="24"))
    for period, code in ((EARLIER, "25"), (LATER, "24")):
        for one, region in (("A", code), ("B", "25"), ("C", "24")):
            supply(store, offers(one, {"advice": YES}, period=period.key, region=region))
    found = moved_units(store, LATER, EARLIER, RULE, codes=REGIONS)
    assert list(found.select("move", "code", "unit").iter_rows()) == [("new", "24", "A"), ("closed", "25", "A")]


def test_only_the_regions_asked_for_are_told(store: Store) -> None:
    register(store, unit("A"), unit("V", region="24"))
    for period, status in ((EARLIER, NO), (LATER, YES)):
        rows = [
            *offers("A", {"advice": status}, period=period.key),
            *offers("V", {"advice": status}, period=period.key, region="24"),
        ]
        supply(store, rows)
    assert moved_units(store, LATER, EARLIER, RULE, codes=("24",))["unit"].to_list() == ["V"]
