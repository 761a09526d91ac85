"""The page's tables about care units as a workbook: unrounded, with all that the page draws, and who counts."""

import io
from datetime import date

import openpyxl
import polars as pl
import pytest

from analysis.supply import (
    COUNTED_KINDS,
    change_between,
    compared_shares,
    minimum_rule,
    moved_units,
    share_over_time,
    shares,
    standing,
    unit_funnel,
)
from exports.supply.cover import SupplyQuestion
from exports.supply.shares import tables_workbook
from exports.supply.sheets import Tables, change_tables, regions_tables, within_tables
from indicators import period_of
from models import Store
from tests.analysis.supply_data import NO, UNKNOWN, YES, offers, register, supply, unit
from views.parts import Reader
from views.supply import reached

PERIOD, EARLIER = period_of("2024-01"), period_of("2023-01")
RULE = minimum_rule("2", PERIOD)
ASKED = SupplyQuestion(PERIOD, RULE, ("clinic",), ("25",), 7, date(2024, 2, 28), "Kommun: Boden", "http://x/supply")


def book_of(tables: Tables, language: str = "sv") -> openpyxl.Workbook:
    content = tables_workbook(
        "Rubrik",
        tables,
        ASKED,
        language=language,
        told=[("Trattens gränser", "är vidgade")],
        files=["utbud.csv (uppladdning 1, antal uppgifter: 2)"],
    )
    return openpyxl.load_workbook(io.BytesIO(content))


def made(synthetic: bool) -> openpyxl.Workbook:
    frame = pl.DataFrame(
        {"municipality": ["Kiruna", "=Boden"], "share": [100 / 7, None], "ci_low": [6.1, None], "synthetic": synthetic}
    )
    return book_of([("Kommun", frame)])


def test_numbers_are_numbers_and_shown_with_one_decimal() -> None:
    book = made(synthetic=True)
    assert list(book["Kommun"].values) == [
        ("Kommun", "Andel (procent)", "95 % intervall, nedre gräns (procent)", "Period", "Flagga"),
        ("Kiruna", pytest.approx(100 / 7), 6.1, "januari 2024", "x"),
        ("=Boden", None, None, "januari 2024", "x"),  # no share is no number; a name is never a formula
    ]
    assert book["Kommun"]["B2"].number_format == "0.0"
    assert book["Kommun"]["A3"].data_type == "s"


def test_the_cover_says_who_counts_of_which_data_and_that_they_are_made_up() -> None:
    lines = list(made(synthetic=True)["Om filen"].values)[1:]
    assert lines[0][0] == "Syntetiska exempeldata"
    cover = dict(lines)
    assert {name: cover[name] for name in ("Period", "Miniminivå", "Enheter som räknas", "Regioner", "Urval")} == {
        "Period": "januari 2024",
        "Miniminivå": "minst 2 e-tjänster, eller alla tillämpliga om de är färre",
        "Enheter som räknas": "mottagning",
        "Regioner": "Region Norrbotten",
        "Urval": "Kommun: Boden",
    }
    assert {name: cover[name] for name in ("Läge", "Dataversion", "Länk till vyn", "Trattens gränser", "Fil")} == {
        "Läge": "Som publicerat till och med 28 februari 2024",
        "Dataversion": 7,
        "Länk till vyn": "http://x/supply",
        "Trattens gränser": "är vidgade",
        "Fil": "utbud.csv (uppladdning 1, antal uppgifter: 2)",
    }
    assert "Syntetiska exempeldata" not in dict(list(made(synthetic=False)["Om filen"].values)[1:])


@pytest.fixture
def served(store: Store) -> Store:
    """Norrbotten: A reaches the level, B has no municipality and does not, C is unknown; Västerbotten: U reaches it.
    A year before, A did not."""
    register(
        store,
        unit("A", municipality="Kiruna"),
        unit("B", kind="clinic"),
        unit("C", municipality="Piteå"),
        unit("U", region="24"),
    )
    for month, now in ((EARLIER.key, NO), (PERIOD.key, YES)):
        told = {"A": (YES, now), "B": (NO, NO), "C": (YES, UNKNOWN)}
        rows = [
            row
            for name, (one, two) in told.items()
            for row in offers(name, {"advice": one, "inbox": two}, period=month)
        ]
        supply(store, [*rows, *offers("U", {"advice": YES, "inbox": YES}, region="24", period=month)])
    return store


def row(table: pl.DataFrame, place: int, *names: str) -> tuple[object, ...]:
    return table.select(names).row(place)


def test_the_regions_end_with_all_counted_units_as_the_page_does(served: Store) -> None:
    units = standing(served, PERIOD, RULE)
    shown = shares(units, ("code",)).sort("share", descending=True).to_dicts()
    ((_, table),) = regions_tables(shown, units, compared_shares(served, PERIOD, RULE).rows, "sv")
    counted = ("region", "code", "numerator", "denominator", "unknown", "units", "judgement", "unassessed")
    few = ("kan ej bedömas", "färre än fem enheter räknas")
    assert table.select(counted).rows() == [
        ("Region Västerbotten", "24", 1, 1, 0, 1, *few),
        ("Region Norrbotten", "25", 1, 2, 1, 3, *few),
        ("Alla regioner med uppgifter", "00", 2, 3, 1, 4, None, None),
    ]
    assert row(table, 2, "share") == (pytest.approx(200 / 3),)


def test_within_a_region_every_unit_stands_with_its_limits_and_the_whole_region_last(served: Store) -> None:
    units = standing(served, PERIOD, RULE)
    tables = dict(within_tables(units, "25", "sv"))
    assert list(tables) == ["Slag av enhet", "Område", "Kommun", "Enhet"]
    assert tables["Kommun"].select("municipality", "numerator", "denominator", "region", "code").rows() == [
        ("uppgift saknas", 0, 1, "Region Norrbotten", "25"),
        ("Kiruna", 1, 1, "Region Norrbotten", "25"),
        ("Piteå", 0, 0, "Region Norrbotten", "25"),
        ("Hela regionen", 1, 2, "Region Norrbotten", "25"),
    ]
    limits = ("low95", "high95", "low998", "high998")
    assert tables["Enhet"].select(limits).equals(unit_funnel(units, "25").select(limits))
    assert row(tables["Enhet"], 0, "unit_id", "offered", "known", "common_share", "verdict") == (
        "A",
        2,
        2,
        pytest.approx(60.0),
        "inom gränserna",
    )
    sheet = book_of(list(tables.items()))["Enhet"]
    assert [cell.value for cell in sheet[1]][6:11] == [
        "Nedre gräns 95 % (procent)",
        "Övre gräns 95 % (procent)",
        "Nedre gräns 99,8 % (procent)",
        "Övre gräns 99,8 % (procent)",
        "Regionens gemensamma andel (procent)",
    ]


def test_a_change_stands_with_its_counts_and_the_periods_between(served: Store) -> None:
    asked = (served, PERIOD, EARLIER, RULE)
    changed, moved = (one(*asked, codes=("25",), kinds=COUNTED_KINDS) for one in (change_between, moved_units))
    over_time = share_over_time(served, RULE, codes=("25",))
    tables = dict(change_tables(changed, moved, over_time, EARLIER, "sv"))
    assert list(tables) == ["Förändring", "Enheter som har bytt läge", "Andelen period för period"]
    counts = ("share", "numerator", "denominator", "share_earlier", "numerator_earlier", "denominator_earlier")
    assert row(tables["Förändring"], 0, *counts, "period_earlier") == (50.0, 1, 2, 0.0, 0, 2, "januari 2023")
    assert row(tables["Enheter som har bytt läge"], 0, "move", "code", "unit_id") == ("Har nått nivån", "25", "A")
    sheet = book_of(list(tables.items()))["Andelen period för period"]
    rows = [dict(zip([cell.value for cell in sheet[1]], line, strict=True)) for line in list(sheet.values)[1:]]
    told = ("Region", "Regionkod", "Period", "Når nivån", "Av (når eller når inte)", "Andel (procent)")
    assert [tuple(line[name] for name in told) for line in rows] == [
        ("Region Norrbotten", "25", "januari 2023", 0, 2, 0),
        ("Region Norrbotten", "25", "januari 2024", 1, 2, 50),
    ]


def test_nothing_moved_is_an_empty_sheet(served: Store) -> None:
    asked = (served, PERIOD, PERIOD, RULE)
    changed, moved = (one(*asked, codes=("20",)) for one in (change_between, moved_units))
    book = book_of(change_tables(changed, moved, share_over_time(served, RULE, codes=("20",)), EARLIER, "en"))
    assert [sheet.max_row for sheet in book.worksheets[1:]] == [1, 1, 1]


def test_the_regions_are_told_first_and_read_as_on_the_page(served: Store) -> None:
    units, compared = standing(served, PERIOD, RULE), compared_shares(served, PERIOD, RULE)
    whole = shares(units, ()).row(0, named=True)
    view = reached(Reader("sv", served), compared, whole, 2, ("25", "24"), lambda code: f"units of {code}")
    content = tables_workbook("Rubrik", [], ASKED, language="sv", view=view)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert list(book["Om filen"].values)[1:3] == [
        ("Vad siffrorna visar", view.headline),
        ("Hur det ligger till", "\n".join(view.lead)),
    ]
    few = "ingen plats: bara 2 regioner har ett värde"
    assert list(book["Läs"].values) == [
        ("Region", "januari 2024", "Mot alla räknade enheter tillsammans", "Skillnad", "Plats", "Anmärkning"),
        ("Västerbotten", "100,0\N{NO-BREAK SPACE}%", "– kan ej bedömas", "+33,3", few, "färre än fem enheter räknas"),
        ("Alla enheter", "66,7\N{NO-BREAK SPACE}%", "–", "–", "–", "värdet för helheten bedöms inte; uppskattat"),
        ("Norrbotten", "50,0\N{NO-BREAK SPACE}%", "– kan ej bedömas", "−16,7", few, "färre än fem enheter räknas"),
    ]
    assert [one.name for one in view.strips] == [row[0] for row in list(book["Läs"].values)[1:]]
