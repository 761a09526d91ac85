"""docx → its tables as sheets of text cells: a preflight of the zip directory here, all else in a child process."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import polars as pl

from loaders.formats.office import child_answer, preflight_parts
from loaders.problems import ERROR, WARNING, Ignored, Problem
from loaders.tables.addresses import cell
from loaders.tables.document import ROW, Document, Sheet, Unreadable

_CHILD: Final = (
    "import sys; sys.path.insert(0, {folder!r}); from child.word_tables import read; "
    "from child.run import main; main({memory}, {seconds}, read)"
)
_WORD: Final = re.compile(r"\.doc[xm]?$", re.IGNORECASE)
_OF_DOCUMENTS: Final = {
    "broken_workbook": "broken_document",
    **dict.fromkeys(("refused_old_excel", "refused_password"), "old_document"),
    **dict.fromkeys(
        (
            "refused_archive",
            "refused_opendocument",
            "refused_slides",
            "unknown_format",
            "damaged_letters",
            "unreadable_encoding",
            "encoding_dos",
            "encoding_mac",
            "broken_json",
            "unknown_layout",
        ),
        "no_document",
    ),
}
"""What a file with a Word document's name is found to be → the words for it (followup_file.rules)."""
TABLE: Final = "Tabell {number}"
"""A table's name as a sheet, counted from 1 in the document's order."""


def _refuse(rule: str, found: str = "", **more: Any) -> Unreadable:
    variant = "document_limits" if rule == "reading_limits" else rule.replace("workbook", "document")
    return Unreadable(Problem(ERROR, "unsafe_document", found=found, variant=variant, area="followup_file", **more))


def as_document(name: str, problem: Problem) -> Problem:
    """A fault that ends the reading, in the words of a Word document where the file is named as one: a reader tells a
    file's kind by its content, and of a broken document little content is left."""
    told = _OF_DOCUMENTS.get(problem.variant) or _OF_DOCUMENTS.get(problem.rule)
    if told is None or not _WORD.search(name):
        return problem
    return replace(problem, rule="unsafe_document", variant=told, area="followup_file")


def _sheet(number: int, rows: list[list[str]]) -> Sheet:
    width = max((len(row) for row in rows), default=1)
    columns = {f"c{col + 1}": [row[col] if col < len(row) else "" for row in rows] for col in range(width)}
    cells = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_row_index(ROW, offset=1)
    return Sheet(TABLE.format(number=number), cells)


def read_docx(content: bytes) -> Document:
    """Every table of the text, in order; a cell's lines are joined by line feeds. Raises Unreadable."""
    preflight_parts(content, "docx", _refuse)
    answer = child_answer(content, _CHILD, _refuse)
    sheets = tuple(_sheet(number, rows) for number, rows in enumerate(answer["tables"], start=1))
    outside = (Ignored("", "", "outside_tables", {"count": answer["outside"]}),) if answer["outside"] else ()
    count = answer["unseen"]
    unseen = (Problem(WARNING, "unseen_removed", found=str(count), variant="unseen_in_document"),) if count else ()
    return Document("docx", sheets, problems=(*unseen, *_marked(answer["marks"])), ignored=outside)


def _marked(marks: dict[str, list[list[int]]]) -> Iterator[Problem]:
    """One warning for all cells of a table with text of a kind."""
    for kind, places in marks.items():
        for table in sorted({place[0] for place in places}):
            cells = [cell(row, col) for number, row, col in places if number == table]
            values = {"cells": ", ".join(cells), "count": len(cells)}
            yield Problem(
                WARNING, "hidden_content", TABLE.format(number=table), cells[0], variant=f"cells_{kind}", values=values
            )
