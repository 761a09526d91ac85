"""What stands around a table of one header row: lines above and below, the sheet's name, columns that are not read."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl

from loaders.layouts.claims import Around, Place, Unread
from loaders.tables.addresses import cell
from loaders.tables.document import ROW, Sheet
from loaders.tables.numbers import parse_value

_SAMPLED: Final = 40  # distinct texts of a column that are heard
_MOST_LINES: Final = 500  # lines without a figure
_LOOKED_AT: Final = 2_000  # rows of a column, of which the first filled ones tell numbers from words
_BETWEEN: Final = 20


def lines_around(sheet: Sheet, header_row: int, claimed: pl.Series) -> Iterator[Around]:
    """The sheet's name, the lines above the header, and those below it that claim nothing."""
    if sheet.name:
        yield Around("", sheet.name, "sheet")
    last = int(claimed.max() or 0)  # type: ignore[arg-type]
    filled = pl.any_horizontal(pl.col(name).fill_null("").str.strip_chars() != "" for name in sheet.texts)
    # The claims' own rows first: a million of them are not looked through cell by cell.
    taken = np.zeros(max(last, int(sheet.cells[ROW].max() or 0)) + 1, np.bool_)  # type: ignore[arg-type]
    taken[claimed.to_numpy()] = True
    left = sheet.cells.filter(pl.Series(~taken[sheet.cells[ROW].to_numpy()]))
    for row, *texts in left.filter(filled, pl.col(ROW) != header_row).head(_MOST_LINES).iter_rows():
        place: Place = "title" if row < header_row else "line" if row < last else "footnote"
        for col, text in enumerate(texts, start=1):
            if text and not _is_number(text):
                yield Around(cell(row, col), text.strip(), place)


def words_of_column(
    body: pl.DataFrame, col: int, header: str, header_row: int, place: Place = "value"
) -> Iterator[Around]:
    """A column of words that is not read: what it is called and the texts in it."""
    if not _holds_numbers(body, col):
        yield from words_below(body, col, place)
        if header:
            yield Around(cell(header_row, col), header, "column")


def words_below(body: pl.DataFrame, col: int, place: Place) -> Iterator[Around]:
    """The distinct texts of a column, each at its first row."""
    name = f"c{col}"
    distinct = body.select(ROW, name).drop_nulls().unique(name, keep="first", maintain_order=True)
    texts = distinct.with_columns(pl.col(name).str.strip_chars()).filter(pl.col(name) != "")
    for row, text in texts.head(_SAMPLED).iter_rows():
        yield Around(cell(row, col), text, place)


def numbers_of_column(body: pl.DataFrame, col: int, header: str) -> Iterator[Unread]:
    """The numbers of a column that is not read."""
    if _holds_numbers(body, col):
        texts = body.select(ROW, f"c{col}").drop_nulls().iter_rows()
        yield from (Unread(row, col, header) for row, text in texts if _is_number(text))


def _holds_numbers(body: pl.DataFrame, col: int) -> bool:
    texts = body[f"c{col}"].drop_nulls().head(_LOOKED_AT).str.strip_chars()
    sample = texts.filter(texts != "").head(_BETWEEN).to_list()
    return sum(map(_is_number, sample)) * 2 > len(sample)


def _is_number(text: str) -> bool:
    return parse_value(text, "")[0] is not None
