"""What stands around a mapped table's figures, and the numbers of it that are not read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import polars as pl

from loaders.layouts.claims import Around, Place, Unread
from loaders.layouts.heard import words_of_column
from loaders.mapping.blocks import is_number_cell
from loaders.tables.addresses import cell
from loaders.tables.cells import is_total
from loaders.tables.document import ROW
from loaders.tables.headers import Column, rows_of
from loaders.tables.vocabulary import said

if TYPE_CHECKING:
    from loaders.mapping.read_table import TableReader

_TITLES: Final = 30  # rows above a header


def around(reader: "TableReader") -> Iterator[Around]:
    """Titles, the sheet's name, headers of the columns that are used, lines without figures, columns of words."""
    if reader.sheet.name:
        yield Around("", reader.sheet.name, "sheet")
    yield from _titles(reader)
    yield from _headers(reader)
    yield from _lines(reader)
    for column in _left(reader):
        if not _numbers(reader, column):
            yield from _words(reader, column)


def numbers_left(reader: "TableReader") -> Iterator[Unread]:
    """The numbers of columns nobody has said anything of, but for totals."""
    for column in _left(reader):
        if not is_total(column.label):
            yield from (Unread(row, column.col, column.label) for row in _numbers(reader, column))


def _titles(reader: "TableReader") -> Iterator[Around]:
    """The lines above the header, up to another table's figures."""
    first = reader.lines.header_row if reader.spec.header_rows else reader.lines.first
    start = max(1, first - _TITLES)
    rows = list(enumerate(rows_of(reader.sheet, start, first - start), start=start)) if first > start else []
    for row, texts in reversed(rows):
        if sum(map(is_number_cell, texts)) > 1:
            return
        yield from (Around(cell(row, col), text, "title") for col, text in enumerate(texts, start=1) if text)


def _headers(reader: "TableReader") -> Iterator[Around]:
    """A role's or a figure column's header: a person has said what it means. Over the regions it may name others."""
    regions = {column.col for role, column in reader.roles.items() if role == "region"}
    units = "care_unit" in reader.roles
    figures = {column.col for _, column in reader.figures}
    for row in reader.lines.header:
        for col, text in enumerate(rows_of(reader.sheet, row, 1)[0], start=1):
            if text and col in reader.used:
                other = col in regions and not units and "place_kind" in said(text, reader.known).kinds
                place: Place = "region_header" if other else "measure" if col in figures else "mapped"
                yield Around(cell(row, col), text, place)


def _lines(reader: "TableReader") -> Iterator[Around]:
    """Rows with a text alone: between figures they say something of those below."""
    kept = reader.body[ROW].to_list()
    end = reader.lines.last or reader.sheet.cells.height
    names = reader.sheet.texts
    alone = pl.sum_horizontal((pl.col(name).fill_null("").str.strip_chars() != "").cast(pl.UInt32) for name in names)
    within = pl.col(ROW).is_between(reader.lines.first, end)
    rows = reader.sheet.cells.filter(within, ~pl.col(ROW).is_in(kept), alone == 1)
    for row, *texts in rows.iter_rows():
        col, text = next((col, text.strip()) for col, text in enumerate(texts, start=1) if (text or "").strip())
        between = bool(kept) and kept[0] < row < kept[-1]
        yield Around(cell(row, col), text, "line" if between else "footnote")


def _left(reader: "TableReader") -> list[Column]:
    return [column for column in reader.lines.columns if column.col not in reader.used]


def _numbers(reader: "TableReader", column: Column) -> list[int]:
    """The rows in which a column has a number."""
    texts = reader.body.select(ROW, f"c{column.col}").iter_rows()
    return [row for row, text in texts if text and is_number_cell(text)]


def _words(reader: "TableReader", column: Column) -> Iterator[Around]:
    row = max(reader.lines.header, default=reader.lines.first)
    if (reader.body[f"c{column.col}"] != "").any():
        # Beside care units' ids stand their names.
        place: Place = "beside" if "care_unit" in reader.roles else "value"
        yield from words_of_column(reader.body, column.col, column.label, row, place)
    elif column.label:
        yield Around(cell(row, column.col), column.label, "title")
