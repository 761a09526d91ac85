"""The gap list and the matrix as files: the page's numbers, where each stands, and nothing a spreadsheet would run."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from analysis.supply import MinimumRule, gaps, offers
from exports.supply.cover import SupplyQuestion
from exports.supply.workbook import (
    GAP_COLUMNS,
    gaps_csv,
    gaps_table,
    gaps_workbook,
    matrix_csv,
    matrix_table,
    matrix_workbook,
)
from indicators import period_of
from models import Store
from tests.analysis.supply_data import NO, NOT_APPLICABLE, UNKNOWN, YES, register, supply, unit
from tests.analysis.supply_data import offers as rows

TWO = MinimumRule(2)
JANUARY = period_of("2024-01")
DAY = date(2024, 2, 28)
ASKED = SupplyQuestion(JANUARY, TWO, ("health_centre", "clinic"), ("25",), 3, DAY, link="http://x/supply?region=25")


@pytest.fixture
def published(store: Store) -> Store:
    register(
        store,
        unit("SE1", "Björknäs hälsocentral", municipality="Boden", area="Norr"),
        unit("SE2", "=cmd|'/c calc'!A1", municipality="@SUM(1)"),
        day="2024-02-01",
    )
    told = {"advice": YES, "contact_me": NO, "record": UNKNOWN, "inbox": NOT_APPLICABLE}
    supply(
        store,
        rows("SE1", told, printed="nej", cases=4.0) + rows("SE2", {"advice": NO}),
        day="2024-02-01",
        synthetic=True,
    )
    return store


def sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_a_gap_says_who_lacks_what_by_which_rule_and_where_it_is_written(published: Store) -> None:
    table = gaps_table(gaps(published, JANUARY, TWO, codes=("25",)), ASKED, language="sv")
    assert table.width == len(GAP_COLUMNS)
    told = table.filter(table["Enhetens id"] == "SE1").rows()
    unit_cells = (
        "Region Norrbotten",
        "25",
        "Björknäs hälsocentral",
        "SE1",
        "vårdcentral eller hälsocentral",
        "Boden",
        "Norr",
    )
    origin = (2, "made-in-test.csv", "Utbud")
    published_at, rule = datetime(2024, 2, 1, 13, 0), "minst 2 e-tjänster, eller alla tillämpliga om de är färre"
    last = (published_at, "x", "januari 2024", rule, DAY)
    assert told == [
        (*unit_cells, "Kontakta mig", "contact_me", "erbjuds inte", "okänt", 1, *origin, "C3", *last),
        (*unit_cells, "Journalen", "record", "okänt", "okänt", 1, *origin, "C4", *last),
    ]


def test_the_workbook_is_the_same_list_with_what_is_common_on_its_cover(published: Store) -> None:
    found = gaps(published, JANUARY, TWO, codes=("25",))
    book = sheets(gaps_workbook(found, ASKED, language="sv"))
    assert list(book) == ["Om filen", "Läs", "Saknade tjänster", "Per tjänst", "Diagram", "Kontroll"]
    table = gaps_table(found, ASKED, language="sv").drop("Period", "Miniminivå", "Gäller den")
    assert book["Saknade tjänster"][0] == tuple(table.columns)
    assert book["Saknade tjänster"][1:] == [
        tuple(cell or None if cell == "" else cell for cell in row) for row in table.rows()
    ]
    cover = {row[0]: row[1] for row in book["Om filen"]}
    assert cover["Syntetiska exempeldata"].startswith("VARNING: filen innehåller syntetiska exempeldata.")
    assert (cover["Period"], cover["Miniminivå"]) == ("januari 2024", TWO.words("sv"))
    assert (cover["Enheter"], cover["Tjänster som inte erbjuds"], cover["Tjänster där det är okänt"]) == (2, 2, 4)
    assert (cover["Enheter som räknas"], cover["Regioner"], cover["Dataversion"], "Urval" in cover) == (
        "vårdcentral eller hälsocentral, mottagning",
        "Region Norrbotten",
        3,
        False,
    )
    assert (cover["Läge"], cover["Länk till vyn"]) == (
        "Som publicerat till och med 28 februari 2024",
        "http://x/supply?region=25",
    )
    assert book["Per tjänst"][1] == ("Kontakta mig", "contact_me", 1, 0, 1)


def test_names_are_never_formulas(published: Store) -> None:
    found = gaps(published, JANUARY, TWO, codes=("25",))
    book = openpyxl.load_workbook(io.BytesIO(gaps_workbook(found, ASKED, language="sv")))
    cells = [cell for row in book["Saknade tjänster"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == "=cmd|'/c calc'!A1"} == {"s"}
    assert "'=cmd|" in gaps_csv(found, ASKED, language="sv").decode("utf-8-sig")
    assert ";'@SUM(1);" in matrix_csv(offers(published, JANUARY, codes=("25",)), ASKED, language="sv").decode(
        "utf-8-sig"
    )


def test_csv_is_the_table_line_by_line(published: Store) -> None:
    found = gaps(published, JANUARY, TWO, codes=("25",)).filter(unit="SE1").head(1)
    text = gaps_csv(found, ASKED, language="en").decode("utf-8-sig")
    assert text.splitlines()[1] == (
        "Region Norrbotten;25;Björknäs hälsocentral;SE1;health centre;Boden;Norr;Contact me;contact_me;not offered;"
        "unknown;1;2;made-in-test.csv;Utbud;C3;2024-02-01 13:00;x;January 2024;"
        "at least 2 e-services, or all applicable where they are fewer;2024-02-28"
    )


def test_the_matrix_has_a_column_per_service_and_every_status(published: Store) -> None:
    register(published, unit("U", "Ersboda", region="24"))
    supply(published, rows("U", {"self_sampling": YES}, region="24"))
    table = matrix_table(offers(published, JANUARY, codes=("24", "25")), ASKED, language="sv")
    services = ["Kontakta mig", "Rådgivning", "Journalen", "1177 inkorg och digitala kallelser", "Egen provhantering"]
    assert set(table.columns[10:]) == set(services)
    assert table.select("Enhetens id", *services).rows() == [
        ("U", None, None, None, None, "erbjuds"),  # another region's services are none of its own
        ("SE2", "okänt", "erbjuds inte", "okänt", "okänt", None),
        ("SE1", "erbjuds inte", "erbjuds", "okänt", "ej tillämpligt", None),
    ]


def test_a_line_of_the_matrix_csv_stands_alone(published: Store) -> None:
    """A line copied into another workbook still says when, where and that it is made up."""
    register(published, unit("U", "Ersboda", region="24"))
    supply(published, rows("U", {"self_sampling": YES}, region="24"))
    lines = matrix_csv(offers(published, JANUARY, codes=("24", "25")), ASKED, language="sv").decode("utf-8-sig")
    head, real, _, made_up = (line.split(";") for line in lines.splitlines())
    assert head[:10] == [
        "Region",
        "Regionkod",
        "Enhet",
        "Enhetens id",
        "Slag",
        "Kommun",
        "Område",
        "Flagga",
        "Period",
        "Gäller den",
    ]
    assert real[:2] + real[7:10] == ["Region Västerbotten", "24", "", "januari 2024", "2024-02-28"]
    assert made_up[:2] + made_up[7:10] == ["Region Norrbotten", "25", "x", "januari 2024", "2024-02-28"]


def test_a_real_offer_of_a_made_up_unit_is_marked(store: Store) -> None:
    """Its name, kind and municipality are made up."""
    register(store, unit("SE1", "Björknäs hälsocentral", municipality="Boden"), synthetic=True)
    supply(store, rows("SE1", {"advice": NO}))
    asked = (store, JANUARY)
    assert matrix_table(offers(*asked, codes=("25",)), ASKED, language="sv")["Flagga"].to_list() == ["x"]
    listed = gaps_table(gaps(*asked, TWO, codes=("25",)), ASKED, language="sv")
    assert listed["Flagga"].to_list() == ["x"]


def test_the_matrix_workbook_has_every_cell_with_its_origin(published: Store) -> None:
    book = sheets(matrix_workbook(offers(published, JANUARY, codes=("25",)), ASKED, language="sv"))
    assert list(book) == ["Om filen", "Matris", "Alla uppgifter", "Kontroll"]
    header, *lines = book["Alla uppgifter"]
    assert len(lines) == 8
    told = dict(zip(header, lines[4], strict=True))
    assert (told["Tjänst"], told["Läge"], told["Ärenden"], told["Filens ord"]) == (
        "Kontakta mig",
        "erbjuds inte",
        4,
        "nej",
    )
    assert (told["Uppladdning"], told["Fil"], told["Blad"], told["Cell"]) == (2, "made-in-test.csv", "Utbud", "C3")


def test_an_empty_list_is_a_file_with_headers(store: Store) -> None:
    found = gaps(store, JANUARY, TWO, codes=("25",))
    assert len(sheets(gaps_workbook(found, ASKED, language="sv"))["Saknade tjänster"]) == 1
    assert gaps_csv(found, ASKED, language="sv").decode("utf-8-sig").count("\r\n") == 1
    assert (
        matrix_csv(offers(store, JANUARY, codes=("25",)), ASKED, language="sv").decode("utf-8-sig").count("\r\n") == 1
    )
