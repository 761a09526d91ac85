"""The audit log leaves as a workbook and as CSV: the same rows, and no formula from a reason somebody wrote."""

import io

import openpyxl

from access import LOCAL_CLI, Event, log_event, logged_events
from exports.log import log_csv, log_workbook

HEADERS = ["Nr", "När", "Vem", "Vad", "Händelse", "Före", "Efter", "Skäl", "Kontrollsumma"]


def test_the_same_events_in_both_files_and_no_formula(store):
    with store.write() as connection:
        log_event(connection, LOCAL_CLI, Event("user.created", "user:3", after={"roles": ""}))
        log_event(connection, LOCAL_CLI, Event("upload.published", "upload:5", reason="=HYPERLINK(1)"))
    events = logged_events(store)
    names = {"user:3": "Kim Ek"}

    sheet = openpyxl.load_workbook(io.BytesIO(log_workbook(events, language="sv", names=names)))["Händelser"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sorted(rows[0]) == sorted(HEADERS)
    told = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [(one["Vem"], one["Händelse"], one["Vad"]) for one in told] == [
        ("lokal operatör (terminal)", "konto skapat", "user:3"),
        ("lokal operatör (terminal)", "fil publicerad", "upload:5"),
    ]
    reason = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)")
    assert reason.data_type == "s"

    lines = log_csv(events, language="sv", names=names).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "'=HYPERLINK(1)" in lines[2]
