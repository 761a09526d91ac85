"""The compilation of the audits as a workbook: what is made up is marked on every sheet, a figure has its unit."""

import io
from datetime import date

import openpyxl
import polars as pl
import pytest

from access import LOCAL_CLI
from analysis.followup import followed_audits
from analysis.records import schema_of
from entries.audits import AuditEntry, RecommendationEntry, enter_audit, enter_recommendation
from exports.followup.workbook import followup_workbook
from models import Store
from tests.publishing import publish, publish_records

DECIDED, TODAY = date(2021, 3, 26), date(2024, 6, 1)
LINKED = "accounts_share calls_mean_wait eservice_supply_share"


@pytest.fixture
def book(store: Store) -> openpyxl.Workbook:
    """One recommendation with a made-up reply whose measure is late; real accounts, no supply, and made-up waits, which
    never stand here."""
    enter_audit(store, LOCAL_CLI, AuditEntry("v-2021", "24", "Granskning", "Rapport", "Revisorerna", DECIDED, DECIDED))
    enter_recommendation(store, LOCAL_CLI, RecommendationEntry("v-2021", 1, "Gör.", "Styrelsen", "targets", LINKED))
    accounts = {"indicator": "accounts_share", "region": "24", "denominator": 1000}
    shares = {"2020": (72.0, 720), "2023": (94.0, 941)}
    publish(
        store, [{**accounts, "period": when, "value": share, "numerator": x} for when, (share, x) in shares.items()]
    )
    waits = {"indicator": "calls_mean_wait", "region": "24", "period": "2023-12", "value": 322.0}
    publish(store, [waits], synthetic=True)
    reply = {
        **dict.fromkeys(schema_of("reply"), ""),
        "audit": "v-2021",
        "number": 1,
        "region": "24",
        "row": 5,
        "col": 2,
        "status": "answered",
        "replied": date(2021, 9, 1),
        "due": date(2022, 1, 1),
    }
    publish_records(store, {"reply": pl.DataFrame([reply], schema=schema_of("reply"))}, synthetic=True)
    audits = followed_audits(store, TODAY)
    return openpyxl.load_workbook(io.BytesIO(followup_workbook(store, audits, "sv", today=TODAY)))


def lines(book: openpyxl.Workbook, title: str) -> list[dict[str, openpyxl.cell.Cell]]:
    head, *rows = book[title].iter_rows()
    return [dict(zip([cell.value for cell in head], row, strict=True)) for row in rows]


def test_what_is_made_up_is_marked_wherever_it_shows(book: openpyxl.Workbook) -> None:
    marks = {name: [row["Syntetiskt"].value for row in lines(book, name)] for name in book.sheetnames[2:-1]}
    assert marks == {
        "Försenat": ["x"],
        "Sammanställning": ["x"],
        "Alla svar": ["x"],
        "Siffror före och nu": [None, None, None],
    }
    lacking = "brevet är inte inläst här"
    assert list(book["Läs"].iter_rows(values_only=True)) == [
        ("Region", "Mål", "Anmärkning"),
        ("Norrbotten", None, lacking),
        ("Västerbotten", "1 ● Besvarad\N{NO-BREAK SPACE}x", "x: syntetiska exempeldata"),
        *((name, None, lacking) for name in ("Västernorrland", "Jämtland Härjedalen", "Gävleborg", "Dalarna")),
    ]
    cover = [row[0] for row in book["Om filen"].iter_rows(min_row=2, values_only=True)]
    assert (cover[0], "Läge" in cover, "Dataversion" in cover) == ("Syntetiska exempeldata", True, True)


def test_a_figure_stands_as_a_number_with_its_unit_and_its_cell(book: openpyxl.Workbook) -> None:
    accounts, waits, supply = lines(book, "Siffror före och nu")
    told = ("Enhet", "Före", "Nu", "Cell, nu")
    assert [tuple(row[name].value for name in told) for row in (accounts, waits, supply)] == [
        ("procent", 72, 94, "made-in-test.csv C3"),
        ("sekunder", None, None, None),
        ("procent", None, None, None),
    ]
    assert accounts["Skillnad"].value == pytest.approx(22.1)
    shown = ("Nu", "Skillnad", "Skillnad, nedre gräns (95 %)")
    assert [accounts[name].number_format for name in shown] == ["0", "0.0", "0.0"]  # points as the sentence tells them
    assert "22,1 procentenheter" in accounts["Vad som kan sägas"].value
