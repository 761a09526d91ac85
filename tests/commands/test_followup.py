"""`followup` from a terminal: listed, the form out, recommendations in; and a user's region."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from access import LOCAL_CLI, users
from entries.recommendation_file import LETTERS, enter_letters
from models import Store
from tests.commands.conftest import Ran
from tests.loaders.filled_forms import FIRST, filled_xlsx

Run = Callable[..., Ran]


@pytest.fixture
def letters(store: Store) -> Store:
    enter_letters(store)
    return store


def test_the_audits_with_what_is_late_as_one_document(run: Run, letters: Store) -> None:
    told = run("followup", "--region", "Västerbotten", "--json").document
    assert [(one["audit"], one["region"], one["decided"], one["reply_due"]) for one in told["audits"]] == [
        ("vasterbotten-2021", "24", "2021-03-26", "2021-10-04")
    ]
    third = told["audits"][0]["recommendations"][2]
    asked = ("number", "addressed_to", "theme", "status", "overdue", "reply", "history")
    assert {name: third[name] for name in asked} == {
        "number": 3,
        "addressed_to": "Regionstyrelsen och hälso- och sjukvårdsnämnden",
        "theme": "minimum_level",
        "status": "unanswered",
        "overdue": None,
        "reply": None,
        "history": [],
    }
    assert [one["indicator"] for one in third["indicators"]] == ["eservice_supply_share"]
    assert told["overdue"] == []  # that no reply is loaded is nothing that a board has done
    shown = run("followup", "--region", "Västerbotten").out
    assert "Inget svar är inläst här" in shown
    assert "sedan" not in shown


def test_that_no_reply_came_is_noted_with_its_day_and_source(run: Run, letters: Store) -> None:
    words = ("followup", "no-reply", "vasterbotten-2021", "3")
    assert run(*words, "--day", "2021-11-01").code == 2
    assert run(*words, "--day", "2021-11-01", "--source", "Diariet", "--json").document["stated"]
    told = run("followup", "--region", "Västerbotten", "--json").document
    third = told["audits"][0]["recommendations"][2]
    assert (third["status"], third["overdue"], third["days_late"]) == ("no_reply", "reply", 28)
    assert third["no_reply"] == {"known_on": "2021-11-01", "source": "Diariet"}
    assert "inget svar hade kommit 28 dagar senare (Diariet)" in run("followup", "--region", "Västerbotten").out
    assert run(*words, "--withdraw", "--note", "Fel ärende").code == 0
    assert run("followup", "--region", "Västerbotten", "--json").document["overdue"] == []


def test_without_audits_it_says_so(run: Run, store: Store) -> None:
    assert run("followup", "--json").document["audits"] == []
    assert "Ingen granskning är inlagd" in run("followup").out


def test_the_form_is_written_as_either_kind(run: Run, letters: Store, tmp_path: Path) -> None:
    workbook, document = tmp_path / "svar.xlsx", tmp_path / "svar.docx"
    assert run("followup", "form", "norrbotten-2021", workbook, "--json").document["recommendations"] == 4
    assert run("followup", "form", "norrbotten-2021", document).code == 0
    assert load_workbook(workbook).sheetnames == ["Svar", "Så fyller du i"]
    assert len(Document(io.BytesIO(document.read_bytes())).tables) == 4


@pytest.mark.parametrize(("audit", "file"), [("finns-inte", "svar.xlsx"), ("norrbotten-2021", "svar.pdf")])
def test_a_wrong_audit_or_kind_is_wrong_usage(run: Run, letters: Store, tmp_path: Path, audit: str, file: str) -> None:
    ran = run("followup", "form", audit, tmp_path / file)
    assert (ran.code, (tmp_path / file).exists()) == (2, False)


def test_a_file_of_recommendations_is_read_once_and_its_faults_are_told(run: Run, store: Store, tmp_path: Path) -> None:
    counts = [run("followup", "import", LETTERS, "--json").document for _ in range(2)]
    assert counts == [
        {"audits": 2, "recommendations": 7, "unchanged": 0},
        {"audits": 0, "recommendations": 0, "unchanged": 9},
    ]
    bad = tmp_path / "brev.csv"
    bad.write_text(LETTERS.read_text(encoding="utf-8").replace("targets", "annat"), encoding="utf-8")
    ran = run("followup", "import", bad)
    assert (ran.code, 'Rad 3: "annat" är inget tema.' in ran.err) == (1, True)


def test_the_compilation_is_written_with_where_each_reply_stood(run: Run, letters: Store, tmp_path: Path) -> None:
    file = tmp_path / "sammanstallning.xlsx"
    assert run("followup", "--out", file).code == 0
    book = load_workbook(file)
    sheets = ["Om filen", "Läs", "Försenat", "Sammanställning", "Alla svar", "Siffror före och nu", "Kontroll"]
    assert book.sheetnames == sheets
    headers = [cell.value for cell in book["Sammanställning"][1]]
    assert headers[-5:] == ["Uppladdning", "Fil", "Blad", "Cell", "Fältens celler"]
    assert (book["Försenat"].max_row, book["Sammanställning"].max_row) == (1, 8)


def test_a_late_reply_is_told_with_its_days_and_each_fields_cell(run: Run, letters: Store, tmp_path: Path) -> None:
    form, file = tmp_path / "svar.xlsx", tmp_path / "sammanstallning.xlsx"
    run("followup", "form", "vasterbotten-2021", form)
    form.write_bytes(filled_xlsx(form.read_bytes(), {1: {**FIRST, "status": "implemented", "replied": "2021-10-16"}}))
    run("load", form)
    first = run("followup", "--region", "Västerbotten", "--json").document["audits"][0]["recommendations"][0]
    assert (first["overdue"], first["replied_days_late"], first["reply"]["cell"]) == (None, 12, "B18")
    assert {name: first["reply"]["cells"][name] for name in ("due", "how", "status", "replied")} == {
        "due": "B14",
        "how": "B15",
        "status": "B18",
        "replied": "B19",
    }
    run("followup", "--region", "Västerbotten", "--out", file)
    head, *late = load_workbook(file)["Försenat"].iter_rows(values_only=True)
    rows = [dict(zip(head, row, strict=True)) for row in late]
    assert [(row["Nr"], row["Försenat"] is None, row["Besvarad, dagar efter sista svarsdag"]) for row in rows] == [
        (1, True, 12),
    ]
    head, row = list(load_workbook(file)["Alla svar"].iter_rows(values_only=True))
    assert dict(zip(head, row, strict=True))["Fältens celler"].splitlines()[-2:] == [
        "Hur: B15",
        "Ansvarig funktion: B16",
    ]
    assert "[Genomförd – besvarad 12 dagar efter sista svarsdag, 4 oktober 2021]" in run("followup").out


def test_an_administrator_gives_an_account_a_region(run: Run, store: Store) -> None:
    users.create_user(store, LOCAL_CLI, login="kim", name="", roles=["uppgiftslamnare"])
    assert run("users", "region", "kim", "Norrbotten", "--json").document["region"] == "25"
    assert run("users", "list", "--json").document[0]["region"] == "25"
    assert run("users", "region", "kim", "Atlantis").code == 1
    assert run("users", "region", "kim", "none").code == 0
    assert run("users", "list", "--json").document[0]["region"] == ""
