"""The cell a figure stands in, among its neighbours in the stored file."""

import io
import json
from pathlib import Path

from analysis.records import with_cells
from loaders import check_file
from loaders.surroundings import Surroundings, excerpts, surroundings
from tests.loaders.files import csv_bytes, workbook


def test_cell_of_a_text_file_stands_among_its_rows_with_headers_above() -> None:
    lines = ["Region;År;Värde", *(f"Region {number};2023;{number},5" for number in range(2, 30))]
    found = surroundings(csv_bytes("\n".join(lines)), "", "C20")
    assert found is not None
    assert found.columns == ("A", "B", "C")
    assert [number for number, _ in found.rows] == [1, 2, 3, *range(15, 26)]
    assert found.rows[0][1] == ("Region", "År", "Värde")
    assert found.rows[found.marked[0]] == (20, ("Region 20", "2023", "20,5"))
    assert found.found == "20,5"


def test_cell_of_a_wide_sheet_keeps_the_columns_that_name_the_row() -> None:
    rows = [["Region", "Kod", *(str(year) for year in range(2000, 2020))], ["Norrbotten", "25", *range(20)]]
    into = io.BytesIO()
    workbook(rows, sheet="År").save(into)
    found = surroundings(into.getvalue(), "År", "M2")
    assert found is not None
    assert found.columns == ("A", "B", "K", "L", "M", "N", "O")
    assert found.rows[1] == (2, ("Norrbotten", "25", "8", "9", "10", "11", "12"))
    assert found.found == "10"
    assert surroundings(into.getvalue(), "Annat blad", "M2") is None


def test_figure_of_a_json_file_stands_in_its_entry_with_numbers_as_printed() -> None:
    tree = {"values": [{"kpi": "U1", "values": [{"gender": "K", "value": 1.50}, {"gender": "T", "value": None}]}]}
    content = json.dumps(tree).replace("1.5", "1.50").encode()
    assert surroundings(content, "", "$.values[0].values[0].value") == Surroundings(
        lines=(
            "{",
            '  "kpi": "U1",',
            '  "values": [',
            "    {",
            '      "gender": "K",',
            '      "value": 1.50',
            "    },",
            "    {",
            '      "gender": "T",',
            '      "value": null',
            "    }",
            "  ]",
            "}",
        ),
        marked=(5, 0),
    )
    assert surroundings(content, "", "$.values[7].values[0].value") is None


def test_long_cell_is_cut_and_a_cell_that_is_not_there_is_none() -> None:
    content = csv_bytes("a;b\n" + "x" * 500 + ";2")
    found = surroundings(content, "", "B2")
    assert found is not None
    assert found.rows[1][1] == ("x" * 39 + "…", "2")
    assert surroundings(content, "", "B9") is None
    assert surroundings(content, "", "Z2") is None
    assert surroundings(b"\x00\xff\xfe", "", "A1") is None  # not a file anyone could have published


def test_reply_in_a_word_file_stands_among_the_rows_of_its_table(project: Path) -> None:
    content = (project / "tests/loaders/followup_files/syntetiskt_svar_libreoffice.docx").read_bytes()
    reply = with_cells(check_file(None, "svar.docx", content).records["reply"]).row(0, named=True)
    found = surroundings(content, reply["sheet"], reply["cell"])
    assert found is not None
    assert (reply["sheet"], found.columns, found.found) == ("Tabell 1", ("A", "B"), "Delvis genomförd")


def test_several_cells_stand_in_one_excerpt_per_sheet_each_marked() -> None:
    lines = ["Region;År;A;B;C;D;E", *(f"Region {number};2023;1;2;3;4;{number}" for number in range(2, 30))]
    [found] = excerpts(csv_bytes("\n".join(lines)), [("", "G10"), ("", "C12:C13"), ("", "A99"), ("Annat", "A1")])
    assert found.columns == ("A", "B", "C", "D", "F", "G")
    assert [number for number, _ in found.rows] == [1, 2, 3, 9, 10, 11, 12, 13, 14]
    marked = [(found.rows[row][0], found.columns[column], which) for row, column, which in found.marks]
    assert marked == [(10, "G", 0), (12, "C", 1), (13, "C", 1)]
    assert found.rows[4] == (10, ("Region 10", "2023", "1", "2", "4", "10"))


def test_a_long_range_is_marked_in_part_and_what_has_no_cells_has_no_excerpt() -> None:
    content = csv_bytes("\n".join(["Region;År", *(f"Region {number};2023" for number in range(60))]))
    assert len(excerpts(content, [("", "B2:B60")])[0].marks) == 30
    assert excerpts(content, [("", "$.values[0]"), ("", "")]) == ()
    assert excerpts(b'{"values": [1]}', [("", "A1")]) == ()
    assert excerpts(b"PK\x03\x04 no workbook", [("", "A1")]) == ()
