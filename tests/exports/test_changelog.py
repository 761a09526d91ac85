"""The change log as it leaves: the same events, counts and figures as on screen, safe to open."""

import csv
import io

import openpyxl
import polars as pl

from analysis import change_log
from exports.changelog import changelog_workbook, events_csv, figures_csv
from models import Store
from tests.publishing import publish, withdraw

ROW = {"indicator": "trust_overall", "region": "25", "period": "2023"}


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_workbook_and_csv_hold_the_same_events_and_figures(store: Store) -> None:
    publish(store, [{**ROW, "value": 60.0}, {**ROW, "region": "24", "value": 71.4, "base_n": 7}], day="2026-01-01")
    publish(store, [{**ROW, "value": 61.5}, {**ROW, "region": "24", "value": 62.0, "base_n": 500}], day="2026-02-01")
    withdraw(store, 2, day="2026-03-01")
    log = change_log(store)
    book = openpyxl.load_workbook(io.BytesIO(changelog_workbook(store, log, "sv", link="http://x/changes")))
    assert book.sheetnames[1:] == ["Läs", "Händelser", "Ändrade uppgifter", "Kontroll"]
    read = [[cell.value for cell in row] for row in book["Läs"].iter_rows()]
    assert read[0][2:] == ["Före", "Efter", "Fil", "Anteckning"]
    assert {tuple(row[2:4]) for row in read[1:]} >= {("60,0\N{NO-BREAK SPACE}%", "61,5\N{NO-BREAK SPACE}%")}
    events = [[cell.value for cell in row] for row in book["Händelser"].iter_rows()]
    assert [row[2] for row in events] == ["Vad", "tillbakadragen", "publicerad, med rättelser", "publicerad"]
    assert [row[7:11] for row in events[1:]] == [[0, 1, 1, 0], [0, 2, 0, 0], [2, 0, 0, 0]]
    figures = [[cell.value for cell in row] for row in book["Ändrade uppgifter"].iter_rows()]
    header = figures[0]
    told = [dict(zip(header, row, strict=True)) for row in figures[1:]]
    assert [
        (one["Händelse"], one["Kod"], one["Före"], one["Efter"], one["Varför inget värde före"]) for one in told
    ] == [
        (3, "25", 61.5, 60, None),
        (3, "24", None, None, "dolt här, för få svar"),  # what today hides is hidden in every moment
        (2, "25", 60, 61.5, None),
        (2, "24", None, None, "dolt här, för få svar"),
    ]
    assert lines(figures_csv(store, log, "sv"))[1][11:14] == ["61,5", "60", "-1,5"]
    assert [row[2] for row in lines(events_csv(log, "en"))] == [
        "What",
        "withdrawn",
        "published, with corrections",
        "published",
    ]
    assert not any("71" in str(cell) or "62" in str(cell) for row in (*read, *events, *figures) for cell in row)


def test_empty_log_is_an_empty_table(store: Store) -> None:
    log = change_log(store)
    assert len(lines(figures_csv(store, log, "sv"))) == len(lines(events_csv(log, "sv"))) == 1


def test_note_that_looks_like_a_formula_is_text(store: Store) -> None:
    publish(store, [{**ROW, "value": 60.0}])
    log = change_log(store).with_columns(note=pl.lit("=1+1"))
    assert "'=1+1" in events_csv(log, "sv").decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(changelog_workbook(store, log, "sv")))
    assert [cell.data_type for row in book["Händelser"].iter_rows() for cell in row if cell.value == "=1+1"] == ["s"]
