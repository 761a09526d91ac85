"""A row of a text file with more cells than its header: a decimal comma or a `;` inside a text has split a cell, and
every value after it stands in the wrong column."""

from collections.abc import Iterable, Iterator

import polars as pl

from loaders.problems import ERROR, Problem, capped
from loaders.tables.addresses import cell
from loaders.tables.document import ROW, Sheet


def rows_too_long(sheet: Sheet, headers: list[str], header_rows: Iterable[int], body: pl.DataFrame) -> list[Problem]:
    """One error per row of `body` with text to the right of its header's last column, or with more cells than the
    header where those at its end are blank; none for a workbook, where a note may stand beside a table."""
    if not sheet.delimited:
        return []
    last = max((col for col, header in enumerate(headers, start=1) if header), default=0)
    beyond = sheet.texts[last:]
    filled = pl.any_horizontal(pl.lit(False), *(pl.col(name).fill_null("").str.strip_chars() != "" for name in beyond))
    rows = body.filter(filled).select(ROW, *beyond)
    told = capped("row_too_long", rows.height, (_first_of(sheet, last, *row) for row in rows.iter_rows()))
    shifted = _longer(sheet, header_rows, body.filter(~filled)[ROW])
    return told + capped("row_too_long", shifted.height, _with_blank_end(sheet, shifted))


def _first_of(sheet: Sheet, last: int, row: int, *texts: str | None) -> Problem:
    place, found = next((place, text) for place, text in enumerate(texts, start=1) if text and text.strip())
    return Problem(ERROR, "row_too_long", sheet.name, cell(row, last + place), found)


def _longer(sheet: Sheet, header_rows: Iterable[int], rows: pl.Series) -> pl.DataFrame:
    """Rows with more cells than the header has, blank ones counted (columns row, count, width: the header's).

    In a comma file each is a fault. In another a sign at the end of every row is a habit of some programs; where only
    some rows have it, a cell of theirs is split."""
    if sheet.fields is None or rows.is_empty():
        return pl.DataFrame(schema={ROW: pl.UInt32, "count": pl.UInt32, "width": pl.UInt32})
    width = max((int(sheet.fields[row - 1]) for row in header_rows), default=sheet.width)
    frame = pl.DataFrame({ROW: rows, "count": sheet.fields.gather(rows - 1)}).with_columns(width=width)
    longer = frame.filter(pl.col("count") > width)
    habit = sheet.delimited != "," and longer.height == frame.height and longer["count"].n_unique() == 1
    return longer.clear() if habit else longer


def _with_blank_end(sheet: Sheet, rows: pl.DataFrame) -> Iterator[Problem]:
    for row, count, width in rows.iter_rows():
        values = {"count": count, "width": width}
        yield Problem(
            ERROR, "row_too_long", sheet.name, cell(row, width + 1), variant="row_too_long_blank", values=values
        )
