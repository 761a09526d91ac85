"""Workbooks that bring readers down (reliability §2.2–2.5): each refused in words, fast, with the process alive."""

import zipfile
from io import BytesIO

import pytest

from loaders import CheckedFile, check_file
from loaders.formats.child import run
from tests.loaders.files import saved, template, with_more, with_part, workbook, xlsx

GOOD = xlsx(template("nki_phone;Skåne;2020;;87"))
SHEET = "xl/worksheets/sheet1.xml"


def changed(old: str, new: str, part: str = SHEET) -> bytes:
    def change(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(), 1)

    return with_part(GOOD, part, change)


def merged(reference: str) -> bytes:
    return changed("</sheetData>", f'</sheetData><mergeCells><mergeCell ref="{reference}"/></mergeCells>')


def with_row(row: str) -> bytes:
    return changed("</sheetData>", f"{row}</sheetData>")


def merged_often(reference: str, times: int) -> bytes:
    cells = f'<mergeCell ref="{reference}"/>' * times
    return changed("</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>")


def sheets_of_one_part(count: int) -> bytes:
    kind = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    more = "".join(f'<sheet {kind} name="S{number}" sheetId="{number}" r:id="rId1"/>' for number in range(2, count + 1))
    return changed("</sheets>", f"{more}</sheets>", "xl/workbook.xml")


def shared_strings_lie() -> bytes:
    table = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="4000000000"><si/></sst>'
    )
    more = (
        b'<Override PartName="/xl/texts.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'spreadsheetml.sharedStrings+xml"/></Types>'
    )
    named = with_part(GOOD, "[Content_Types].xml", lambda types: types.replace(b"</Types>", more))
    return with_more(named, "xl/texts.xml", table)


def encrypted() -> bytes:
    data = bytearray(GOOD)
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


HOSTILE = {
    "stray_cell": (with_row('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "stray_cell"),
    "stray_cell_without_address": (with_row('<row r="99999999999"><c r="A99999999"/></row>'), "broken_workbook"),
    "many_overlapping_merges": (merged_often("A1:CV1000", 11), "huge_merge"),
    "sheets_of_one_part": (sheets_of_one_part(2), "workbook_doubled_part"),
    "many_sheets": (sheets_of_one_part(400), "workbook_many_sheets"),
    "false_unique_count": (shared_strings_lie(), "workbook_counts"),
    "bomb": (with_more(GOOD, "xl/media/x.bin", bytes(50_000_000)), "workbook_bomb"),
    "doubled_part": (None, "workbook_doubled_part"),
    "doctype": (changed("<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet'), "workbook_doctype"),
    "whole_sheet_merge": (merged("A1:XFD1048576"), "huge_merge"),
    "truncated": (GOOD[: len(GOOD) // 2], "broken_workbook"),
    "macros": (with_more(GOOD, "xl/vbaProject.bin", b"x"), "workbook_macros"),
    "binary_workbook": (with_more(GOOD, "xl/workbook.bin", b"x"), "refused_xlsb"),
    "encrypted_zip": (encrypted(), "refused_password"),
    "broken_xml": (changed("</sheetData>", "</sheet"), "broken_workbook"),
    "no_sheet_part": (changed("sheet1.xml", "sheet9.xml", "xl/_rels/workbook.xml.rels"), "broken_workbook"),
    "other_zip": (b"", "refused_archive"),
}


def content_of(name: str) -> bytes:
    if name == "doubled_part":
        with pytest.warns(UserWarning, match="Duplicate name"):
            return with_more(GOOD, SHEET, b"<worksheet/>")
    if name == "other_zip":
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("fil.txt", "x")
        return out.getvalue()
    content = HOSTILE[name][0]
    assert content is not None
    return content


@pytest.mark.parametrize("name", HOSTILE)
def test_every_hostile_workbook_is_refused_in_words(name: str):
    checked = check_file(None, "fil.xlsx", content_of(name))
    assert [problem.variant for problem in checked.errors] == [HOSTILE[name][1]]
    assert "{" not in checked.errors[0].message()


@pytest.mark.parametrize("name", ["stray_cell", "false_unique_count", "doctype", "whole_sheet_merge", "broken_xml"])
def test_the_childs_own_answer_is_the_refusal(name: str):
    assert run.answer(content_of(name))["refused"]["rule"] == HOSTILE[name][1]


def test_the_child_reads_a_good_workbook_to_text():
    told = run.answer(GOOD)
    assert told["sheets"][0]["columns"][4] == ["Värde", "87"]


def test_a_child_that_dies_or_takes_too_long_is_a_fault_of_the_file(monkeypatch: pytest.MonkeyPatch):
    def rules() -> list[str]:
        return [problem.variant for problem in check_file(None, "fil.xlsx", GOOD).errors]

    monkeypatch.setattr("loaders.formats.xlsx._CHILD", "import os; os.abort()")
    assert rules() == ["reading_limits"]
    monkeypatch.setattr("loaders.formats.xlsx._CHILD", "import time; time.sleep(30)")
    monkeypatch.setenv("DASHBOARD_READ_SECONDS", "1")
    assert rules() == ["reading_limits"]


def test_a_child_without_memory_says_so():
    def no_memory(*_: object) -> dict[str, list[list[object]]]:
        raise MemoryError

    assert run.answer(GOOD, no_memory)["refused"]["rule"] == "reading_limits"


def problems_of(checked: CheckedFile) -> list[tuple[str, str, str]]:
    return [(problem.severity, problem.variant or problem.rule, problem.cell) for problem in checked.problems]


def test_formulas_without_value_error_cells_and_hidden_content_are_told():
    book = workbook(
        [
            ["Indikator", "Region", "Period", "Värde"],
            ["nki_phone", "Skåne", 2020, "=1+1"],
            ["nki_phone", "Dalarna", 2020, "#N/A"],
            ["nki_phone", "Halland", 2020, True],
        ]
    )
    page = book.active
    page.row_dimensions[3].hidden = True
    page.column_dimensions["C"].hidden = True
    page.sheet_state = "hidden"
    book.create_sheet("Synlig")
    assert problems_of(check_file(None, "fil.xlsx", saved(book))) == [
        ("error", "formula_without_value", "D2"),
        ("error", "not_a_number", "D3"),
        ("error", "not_a_number", "D4"),
        ("warning", "hidden_sheet", ""),
        ("warning", "hidden_rows", "A3:D3"),
        ("warning", "hidden_columns", "C1"),
    ]


def test_a_date_where_a_number_should_be_is_told():
    from datetime import datetime, timedelta

    rows = [
        ["Indikator", "Region", "Period", "Värde"],
        ["nki_phone", "Skåne", 2020, datetime(2020, 2, 1)],  # "1-2" typed into Excel
        ["nki_phone", "Dalarna", 2020, datetime(2020, 2, 1, 10, 30)],
        ["calls_mean_wait", "Dalarna", 2020, timedelta(hours=1, minutes=2, seconds=31)],
    ]
    checked = check_file(None, "fil.xlsx", saved(workbook(rows)))
    assert {(each.rule, each.cell, each.found) for each in checked.errors} == {
        ("not_a_number", "D2", "2020-02-01"),
        ("not_a_number", "D3", "2020-02-01 10:30:00"),
    }
    assert checked.observations["value"].to_list()[2] == 3751.0


def test_the_childs_limits_are_set(monkeypatch: pytest.MonkeyPatch):
    set_: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(run.resource, "setrlimit", lambda kind, limits: set_.append((kind, limits)))
    monkeypatch.setattr(run.sys, "stdin", type("In", (), {"buffer": BytesIO(GOOD)}))
    out = type("Out", (), {"text": "", "write": lambda self, part: setattr(self, "text", self.text + part)})()
    monkeypatch.setattr(run.sys, "stdout", out)
    run.main(512, 10)
    assert [limits for _, limits in set_] == [(512_000_000, 512_000_000), (10, 11), (0, 0)]
    assert '"sheets"' in out.text
