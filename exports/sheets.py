"""Sheets of a workbook: one table per sheet, one header row, frozen, filtered, no merged cells, no links.

Follows the UK Analysis Function's "Releasing statistics in spreadsheets". Written through openpyxl's write-only mode:
a row leaves memory as soon as it is appended, so one cell object per column and number format serves every row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import polars as pl
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from exports.safety import RUN_IN_XLSX, Losses, writable

_WIDEST: Final = 60
_SAMPLED: Final = 200  # rows looked at for a column's width: enough for a good width, and cheap in a large sheet
_DAY: Final = "yyyy-mm-dd"
_MOMENT: Final = "yyyy-mm-dd hh:mm"
_BOLD: Final = Font(bold=True)
_TITLE: Final = Font(bold=True, size=14)
_WRAPPED: Final = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True)
class Sheet:
    """One table: title, frame (its column names are the header row), and Excel number formats by column: one for the
    whole column, or one per row. `frozen` is the first cell that scrolls; `wrapped` is for columns of long text."""

    title: str
    frame: pl.DataFrame
    formats: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    frozen: str = "A2"
    wrapped: bool = False


def add_sheet(book: Workbook, table: Sheet, losses: Losses) -> None:
    """Write one table as a sheet of its own."""
    frame = writable(table.frame, losses)
    sheet = book.create_sheet(table.title)
    sheet.freeze_panes = table.frozen
    for number, name in enumerate(frame.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(name, frame[name])
    sheet.append([text_cell(sheet, name, _BOLD) for name in frame.columns])
    writers = [_writer(sheet, frame[name], table.formats.get(name), table.wrapped) for name in frame.columns]
    formats = [_per_row(table.formats.get(name)) for name in frame.columns]
    for at, row in enumerate(frame.iter_rows()):
        sheet.append(
            [
                value if value is None or write is None else write(value, many[at] if many else "")
                for write, many, value in zip(writers, formats, row, strict=True)
            ]
        )
    if frame.width:
        sheet.auto_filter.ref = f"A1:{get_column_letter(frame.width)}{frame.height + 1}"


def add_cover(book: Workbook, title: str, heading: str, lines: Sequence[tuple[str, Any]]) -> None:
    """Write the first sheet: a heading in A1, then one fact a line, its name in A and its text or number in B."""
    sheet = book.create_sheet(title)
    sheet.column_dimensions["A"].width = 32
    sheet.column_dimensions["B"].width = 90
    sheet.append([text_cell(sheet, heading, _TITLE)])
    for name, value in lines:
        cell = WriteOnlyCell(sheet, value) if isinstance(value, int) else text_cell(sheet, value)
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
        sheet.append([text_cell(sheet, name, _BOLD), cell])


def text_cell(sheet: Any, value: str, font: Font | None = None) -> WriteOnlyCell:
    """A cell whose type is string whatever the text looks like."""
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    if font:
        cell.font = font
    return cell


def new_book(title: str, creator: str) -> Workbook:
    """An empty write-only workbook whose properties say what it is; the only thing that varies is the time."""
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = creator
    return book


def _per_row(number_format: str | Sequence[str] | None) -> Sequence[str] | None:
    return None if number_format is None or isinstance(number_format, str) else number_format


def _writer(
    sheet: Any, column: pl.Series, formats: str | Sequence[str] | None, wrapped: bool
) -> Callable[[Any, str], Any] | None:
    """How one column's values become cells: (value, its row's number format) → what openpyxl appends; None: as is."""
    if column.dtype == pl.String:
        if wrapped:
            return lambda value, _: _wrapped_cell(sheet, value)
        # Only a column with a dangerous text pays for a cell object per text: 20 000 rows stay near bare openpyxl.
        return (lambda value, _: text_cell(sheet, value)) if column.str.contains(RUN_IN_XLSX).any() else None
    default = {pl.Date: _DAY, pl.Datetime: _MOMENT}.get(column.dtype.base_type(), "General")
    wanted = [default] if formats is None else [formats] if isinstance(formats, str) else list(set(formats))
    cells = {name: WriteOnlyCell(sheet) for name in wanted}
    for name, cell in cells.items():
        cell.number_format = name
    only = cells[wanted[0]] if formats is None or isinstance(formats, str) else None

    def write(value: float | date | datetime, number_format: str) -> WriteOnlyCell:
        cell = only or cells[number_format]
        cell.value = value
        return cell

    return write


def _wrapped_cell(sheet: Any, value: str) -> WriteOnlyCell:
    cell = text_cell(sheet, value)
    cell.alignment = _WRAPPED
    return cell


def _width(name: str, column: pl.Series) -> float:
    """Characters: the header and its filter button, or the longest of the first rows, within reason."""
    longest = column.head(_SAMPLED).cast(pl.String).str.len_chars().max() or 0
    return float(min(max(len(name) + 4, int(str(longest)) + 2), _WIDEST))
