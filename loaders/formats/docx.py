"""docx → its tables as sheets of text cells: a preflight of the zip directory here, all else in a child process."""

import io
import zipfile
from typing import Any, Final

import polars as pl

from loaders.formats.document import ROW, Document, Sheet, Unreadable
from loaders.formats.office import child_answer, preflight_parts
from loaders.problems import ERROR, Ignored, Problem

_CHILD: Final = (
    "import sys; sys.path.insert(0, {folder!r}); from xlsx_child.word_tables import read; "
    "from xlsx_child.run import main; main({memory}, {seconds}, read)"
)
_MAIN: Final = "word/document.xml"
TABLE: Final = "Tabell {number}"
"""A table's name as a sheet, counted from 1 in the document's order."""


def is_docx(content: bytes) -> bool:
    """Whether a zip archive is a Word document: told by its parts."""
    try:
        return _MAIN in zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def _refuse(rule: str, found: str = "", **more: Any) -> Unreadable:
    variant = "document_limits" if rule == "reading_limits" else rule.replace("workbook", "document")
    return Unreadable(Problem(ERROR, "unsafe_document", found=found, variant=variant, area="followup_file", **more))


def _sheet(number: int, rows: list[list[str]]) -> Sheet:
    width = max((len(row) for row in rows), default=1)
    columns = {f"c{col + 1}": [row[col] if col < len(row) else "" for row in rows] for col in range(width)}
    cells = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_row_index(ROW, offset=1)
    return Sheet(TABLE.format(number=number), cells)


def read_docx(content: bytes) -> Document:
    """Every table of the text, in order; a cell's lines are joined by line feeds. Raises Unreadable."""
    preflight_parts(content, _MAIN, _refuse)
    answer = child_answer(content, _CHILD, _refuse)
    sheets = tuple(_sheet(number, rows) for number, rows in enumerate(answer["tables"], start=1))
    outside = (Ignored("", "", "outside_tables", {"count": answer["outside"]}),) if answer["outside"] else ()
    return Document("docx", sheets, ignored=outside)
