"""A row of a text file with more cells than its header: a decimal comma or a `;` inside a text has split a cell, and
every value after it stands in the wrong column."""

import polars as pl

from loaders.addresses import cell
from loaders.formats.document import ROW, Sheet
from loaders.problems import ERROR, Problem, capped


def row_too_long(sheet: str, place: str, found: str) -> Problem:
    return Problem(ERROR, "row_too_long", sheet, place, found)


def rows_too_long(sheet: Sheet, headers: list[str], body: pl.DataFrame) -> list[Problem]:
    """One error per row of `body` with text to the right of its header's last column; none for a workbook, where a
    note may stand beside a table."""
    last = max((col for col, header in enumerate(headers, start=1) if header), default=0)
    if not sheet.delimited or last == sheet.width:
        return []
    beyond = sheet.texts[last:]
    filled = pl.any_horizontal(pl.col(name).fill_null("").str.strip_chars() != "" for name in beyond)
    rows = body.filter(filled).select(ROW, *beyond)
    return capped("row_too_long", rows.height, (_first_of(sheet, last, *row) for row in rows.iter_rows()))


def _first_of(sheet: Sheet, last: int, row: int, *texts: str | None) -> Problem:
    place, found = next((place, text) for place, text in enumerate(texts, start=1) if text and text.strip())
    return row_too_long(sheet.name, cell(row, last + place), found)
