"""Records as they leave: the screening workbook's sheets and the change log's, in the reader's words."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from access import LOCAL_CLI
from analysis import change_log, what_would_change
from exports import contents_in_words, screening_workbook
from exports.changelog import changelog_workbook
from exports.records import records_csv
from indicators import catalogue
from loaders import check_file, publish_file, screening_report
from models import Store
from models.records import ALWAYS
from tests.analysis.record_rows import replies
from tests.loaders.record_files import A, B, register, supply
from tests.publishing import publish, publish_records, withdraw
from wording.records import field_in_words, subject


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def load(store: Store, content: bytes, name: str) -> None:
    publish_file(store, check_file(store, name, content), by=LOCAL_CLI, note="ny lista", accept_warnings=True)


@pytest.fixture
def published(store: Store) -> Store:
    load(store, register((A, "Björknäs"), (B, "=Sandträsk")), "enheter.csv")
    load(store, supply((A, "ja", "nej"), (B, "ja", "ja")), "utbud.csv")
    return store


def test_screening_workbook_has_a_sheet_of_counts_and_one_of_changed_records(published: Store) -> None:
    checked = check_file(published, "ny.csv", supply((B, "e.t.", "ja")))
    preview = what_would_change(published, checked.observations, checked.records)
    report = screening_report(checked, "sv")
    found = sheets(screening_workbook(report, preview, file="ny.csv", language="sv"))
    assert list(found) == ["Om filen", "Fel och varningar", "Andra uppgifter, antal", "Andra ändrade uppgifter"]
    assert found["Andra uppgifter, antal"] == [
        ["Uppgift", "Period", "Nytt", "Oförändrat", "Ändrat", "Finns inte i filen, ligger kvar"],
        ["Utbud av e-tjänster", "juni 2025", 0, 1, 1, 2],
    ]
    assert found["Andra ändrade uppgifter"] == [
        ["Uppgift", "Region", "Period", "Vad", "Fält", "Före", "Efter", "Tidigare fil", "Blad", "Cell"],
        [
            "Utbud av e-tjänster",
            "Region Norrbotten",
            "juni 2025",
            "=Sandträsk: Beställa tid",
            "läge",
            "erbjuds",
            "ej tillämpligt",
            "utbud.csv",
            None,
            "E2",
        ],
    ]


def test_screening_workbook_of_figures_is_as_before(store: Store) -> None:
    report = screening_report(check_file(store, "tom.csv", b""), "sv")
    preview = what_would_change(store, check_file(store, "tom.csv", b"").observations)
    assert list(sheets(screening_workbook(report, preview, file="tom.csv", language="sv"))) == [
        "Om filen",
        "Fel och varningar",
        "Ändrade siffror",
        "Ändrade bedömningar",
    ]


def test_change_log_workbook_and_csv_hold_the_changed_records(published: Store) -> None:
    load(published, supply((A, "nej", "nej")), "ny.csv")
    withdraw(published, 3, day="2099-01-01")
    log = change_log(published)
    found = sheets(changelog_workbook(published, log, "sv"))
    assert list(found)[1:] == ["Händelser", "Ändrade uppgifter", "Andra ändrade uppgifter", "Kontroll"]
    held = [row[-1] for row in found["Händelser"]]
    assert held == ["Övriga uppgifter", *["Utbud av e-tjänster"] * 3, "Vårdenheter"]
    header, *told = found["Andra ändrade uppgifter"]
    names = ("Händelse", "Vad", "Före", "Efter", "Ändring", "Cell")
    assert [[row[header.index(name)] for name in names] for row in told] == [
        [4, "Björknäs: Beställa tid", "erbjuds inte", "erbjuds", "ändrad", "E2"],
        [3, "Björknäs: Beställa tid", "erbjuds", "erbjuds inte", "ändrad", "E2"],
    ]
    lines = list(csv.reader(io.StringIO(records_csv(published, log, "en").decode("utf-8-sig")), delimiter=";"))
    assert lines[1][4:11] == [
        "Supply of e-services",
        "Region Norrbotten",
        "June 2025",
        "Björknäs: Request an appointment",
        "status",
        "not offered",
        "offered",
    ]


def test_change_log_of_figures_alone_has_no_sheet_of_records(store: Store) -> None:
    publish(store, [{"indicator": "trust_overall", "region": "25", "period": "2023", "value": 60.0}])
    log = change_log(store)
    assert list(sheets(changelog_workbook(store, log, "sv")))[1:] == ["Händelser", "Ändrade uppgifter", "Kontroll"]
    assert len(records_csv(store, log, "sv").decode().splitlines()) == 1


def test_a_reply_that_changes_is_told_by_its_fields(store: Store) -> None:
    publish_records(store, {"reply": replies((3, "answered"))})
    publish_records(store, {"reply": replies((3, "rejected"), reason_none="Redan gjort")})
    lines = list(
        csv.reader(io.StringIO(records_csv(store, change_log(store), "sv").decode("utf-8-sig")), delimiter=";")
    )
    assert [line[7:11] for line in lines[1:]] == [
        ["norr-2021, rekommendation 3", "läge", "besvarad", "avvisad med motivering"],
        ["norr-2021, rekommendation 3", "varför inget görs", "–", "Redan gjort"],
    ]


WAIT = catalogue().indicators["calls_mean_wait"].title.sv
CALL = {"record": "phone_profile", "indicator": "calls_mean_wait"}
OFFER = {"record": "service_offer", "unit": "name:25:kiruna", "unit_name": "", "service_printed": "Chatt"}
WORDS = [
    ({"record": "care_unit", "unit": A, "unit_name": "Björknäs", "valid_from": ALWAYS}, "Björknäs"),
    (
        {"record": "care_unit", "unit": A, "unit_name": "Björknäs", "valid_from": date(2024, 6, 1)},
        "Björknäs, från 1 juni 2024",
    ),
    ({**OFFER, "service": "?chatt"}, "kiruna (utan namn i registret): Chatt"),
    ({**OFFER, "service": "contact_me"}, "kiruna (utan namn i registret): Kontakta mig"),
    ({**CALL, "weekday": 1, "hour": 8}, f"{WAIT}, måndag kl. 8–9"),
    ({**CALL, "weekday": 0, "hour": 23}, f"{WAIT}, alla dagar kl. 23–24"),
    ({**CALL, "weekday": 7, "hour": -1}, f"{WAIT}, söndag"),
]


@pytest.mark.parametrize(("row", "words"), WORDS, ids=[words for _, words in WORDS])
def test_a_record_is_named_in_words(row: dict[str, object], words: str) -> None:
    assert subject(row, "sv") == words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("valid_to", "2024-05-31", "31 maj 2024"),
        ("cases", "1204", "1\u00a0204"),
        ("region", "25", "Region Norrbotten"),
        ("kind", "branch", "filial"),
        ("municipality", "", "–"),
        ("due", None, "–"),
    ],
)
def test_a_field_is_told_in_words(name: str, value: str | None, words: str) -> None:
    assert field_in_words({"record": "care_unit"}, name, value, "sv") == words


def test_contents_are_counted_with_their_words() -> None:
    held = {"service_offer": 1312, "care_unit": 1, "reply": 0}
    assert contents_in_words(0, held, "sv") == "1\u00a0312 uppgifter om utbud, 1 vårdenhet"
    assert contents_in_words(22, {}, "en") == "22 figures"
    assert contents_in_words(0, {}, "sv") == ""
