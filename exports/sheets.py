"""Sheets of a workbook: one table per sheet, one header row, frozen, filtered, no merged cells, made for paper.

Follows the UK Analysis Function's "Releasing statistics in spreadsheets". Written through openpyxl's write-only mode:
a row leaves memory as soon as it is appended, so one cell object per column and number format serves every row.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil
from typing import Any, Final, TypeAlias

import polars as pl
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.chart._chart import ChartBase
from openpyxl.styles import Alignment, Font
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from exports.safety import RUN_IN_XLSX, Losses, writable

TELLING: Final = 500  # rows between two words of how far it has come
_WIDEST: Final = 60
_SAMPLED: Final = 200  # rows looked at for a column's width: enough for a good width, and cheap in a large sheet
_DAY: Final = "yyyy-mm-dd"
_MOMENT: Final = "yyyy-mm-dd hh:mm"
_BOLD: Final = Font(name="Calibri", size=11, bold=True)  # a font without a name is another one in each program
_TITLE: Final = Font(name="Calibri", size=14, bold=True)
_LINK: Final = Font(name="Calibri", size=11, underline="single", color="0563C1")
_ADDRESS: Final = re.compile(r"https?://[^\s\x00-\x1f]{1,2000}")  # Excel follows no longer address
_LOCALES: Final = {"sv": "sv-SE", "en": "en-GB"}
_LINE: Final = 15.0  # points
_TALLEST: Final = 400.0  # points; Excel allows 409
_NAME_WIDTH: Final = 32.0  # of a cover's two columns
_TEXT_WIDTH: Final = 110.0
_FORMULA: Final = 18.0  # of a column that shows what formulas come to
_A4: Final = 9  # as Excel counts papers
_LEGIBLE: Final = 260.0  # characters that a page holds at half their size
_SCALE: Final = 60  # per cent, of a sheet that is wider
_TOP: Final = Alignment(vertical="top")
_WRAPPED: Final = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True)
class Sheet:
    """One table: title, frame (its column names are the header row), and Excel number formats by column: one for the
    whole column, or one per row. `frozen` is the first cell that scrolls; `wrapped` is for columns of long text;
    `printed`: the heading of its pages, its title where there is none. `named`: an Excel table with named columns,
    under the sheet's title. `links`: by column, the address each row's cell leads to, "" for none. `formulas`: columns
    of text that we made, `=…` a formula and anything else a number. `charts`: drawn beside the table from its cells.
    `choices`: columns to be filled in, each from its list."""

    title: str
    frame: pl.DataFrame
    formats: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    frozen: str = "A2"
    wrapped: bool = False
    printed: str = ""
    named: bool = False
    links: Mapping[str, Sequence[str]] = field(default_factory=dict)
    formulas: frozenset[str] = frozenset()
    charts: tuple[ChartBase, ...] = ()
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


Told: TypeAlias = Callable[[int, int], None]
"""How many rows are written, of how many."""


def untold(_written: int, _whole: int) -> None:
    """For who does not wait."""


def add_sheet(book: Workbook, table: Sheet, losses: Losses, told: Callable[[int], None] = lambda _: None) -> None:
    """Write one table as a sheet of its own; `told` is told now and then how many of its rows are written."""
    frame = writable(table.frame, losses)
    sheet = book.create_sheet(table.title)
    sheet.freeze_panes = table.frozen
    widths = [
        max(_FORMULA, len(name) + 4.0) if name in table.formulas else _width(name, frame[name])
        for name in frame.columns
    ]
    _for_paper(sheet, table.printed or table.title)
    if sum(widths) > _LEGIBLE and not table.wrapped:
        _over_pages(sheet, table.frozen)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([text_cell(sheet, name, _BOLD) for name in frame.columns])
    writers = [_writer_of(sheet, frame[name], table) for name in frame.columns]
    formats = [_per_row(table.formats.get(name)) for name in frame.columns]
    links = [(frame.get_column_index(name), addresses) for name, addresses in table.links.items()]
    for at, row in enumerate(frame.iter_rows()):
        if table.wrapped:
            sheet.row_dimensions[at + 2].height = _height(row, widths)
        cells = [
            value if value is None or write is None else write(value, many[at] if many else "")
            for write, many, value in zip(writers, formats, row, strict=True)
        ]
        for column, addresses in links:
            cells[column] = _linked(sheet, row[column], addresses[at], f"{get_column_letter(column + 1)}{at + 2}")
        sheet.append(cells)
        if not at % TELLING:
            told(at + 1)
    for chart in table.charts:
        sheet.add_chart(chart)
    for name, answers in table.choices.items():
        letters = get_column_letter(frame.get_column_index(name) + 1)
        rule = DataValidation(type="list", formula1=f'"{",".join(answers)}"', allow_blank=True)
        rule.add(f"{letters}2:{letters}{frame.height + 1}")
        sheet.data_validations.append(rule)
    if frame.width:
        place = f"A1:{get_column_letter(frame.width)}{frame.height + 1}"
        names = {name.lower() for name in frame.columns}
        # Excel "repairs" a file with a table of no rows, with two columns of one name to it, or filtered twice.
        if table.named and frame.height and len(names) == frame.width:
            sheet.tables.add(_excel_table(table.title, frame.columns, place))
        else:
            sheet.auto_filter.ref = place


def _excel_table(title: str, columns: Sequence[str], place: str) -> Table:
    """The table under a name that formulas can use, its columns under theirs; striped in grey, which means nothing."""
    named = Table(displayName=re.sub(r"\W", "_", title), ref=place)
    named.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    named.tableColumns = [TableColumn(id=at, name=name) for at, name in enumerate(columns, start=1)]
    named.autoFilter = AutoFilter(ref=place)
    return named


def _linked(sheet: Any, value: Any, address: str, place: str) -> Any:
    """A cell that leads to an address of the web; text alone where it is none. `place`: of a cell that is not yet in
    its row, which openpyxl cannot know."""
    if value is None:
        return None
    cell = text_cell(sheet, value) if isinstance(value, str) else WriteOnlyCell(sheet, value)
    cell.alignment = _WRAPPED
    if _ADDRESS.fullmatch(address):
        cell.font = _LINK
        cell.hyperlink = address
        cell.hyperlink.ref = place
    return cell


def _as_wide_as_a_page(sheet: Any) -> None:
    """Printed on A4 lying, no wider than a page and as many pages as it is long, which are numbered."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.oddFooter.right.text = "&P / &N"


def _for_paper(sheet: Any, heading: str) -> None:
    """The same, with the header row and the heading on every page."""
    _as_wide_as_a_page(sheet)
    sheet.print_title_rows = "1:1"
    sheet.oddHeader.left.text = heading.replace("&", "&&")


def _over_pages(sheet: Any, frozen: str) -> None:
    """A sheet that would be too small to read as wide as a page: several pages wide, the columns that name a row
    repeated on each, the pages of the same rows after one another."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.fitToWidth, sheet.page_setup.scale, sheet.page_setup.pageOrder = None, _SCALE, "overThenDown"
    sheet.page_setup.fitToHeight = None
    if names := column_index_from_string(frozen.rstrip("0123456789")) - 1:
        sheet.print_title_cols = f"A:{get_column_letter(names)}"


def add_cover(book: Workbook, title: str, heading: str, lines: Sequence[tuple[str, Any]]) -> None:
    """Write the first sheet: a heading in A1, then one fact a line, its name in A and its text, number or address in
    B."""
    sheet = book.create_sheet(title)
    _as_wide_as_a_page(sheet)
    sheet.column_dimensions["A"].width = _NAME_WIDTH
    sheet.column_dimensions["B"].width = _TEXT_WIDTH
    sheet.append([text_cell(sheet, heading, _TITLE)])
    for at, (name, value) in enumerate(lines, start=2):
        sheet.row_dimensions[at].height = _height([name, value], [_NAME_WIDTH, _TEXT_WIDTH])
        address = value if isinstance(value, str) else ""
        cell = _linked(sheet, value, address, f"B{at}")
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
        named = text_cell(sheet, name, _BOLD)
        named.alignment = _TOP
        sheet.append([named, cell])


def text_cell(sheet: Any, value: str, font: Font | None = None) -> WriteOnlyCell:
    """A cell whose type is string whatever the text looks like."""
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    if font:
        cell.font = font
    return cell


def new_book(title: str, creator: str, language: str) -> Workbook:
    """An empty write-only workbook whose properties say what it is and in which language; the only thing that varies is
    the time."""
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = creator
    book.properties.language = _LOCALES[language]
    return book


def _per_row(number_format: str | Sequence[str] | None) -> Sequence[str] | None:
    return None if number_format is None or isinstance(number_format, str) else number_format


def _writer_of(sheet: Any, column: pl.Series, table: Sheet) -> Callable[[Any, str], Any] | None:
    if column.name in table.formulas:
        return lambda value, number_format: _formula(sheet, value, number_format)
    return _writer(sheet, column, table.formats.get(column.name), table.wrapped)


def _formula(sheet: Any, value: str, number_format: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value if value.startswith("=") else float(value))
    cell.number_format = number_format or "General"
    return cell


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
        if wrapped:
            cell.alignment = _TOP  # beside texts of several lines
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


def _height(cells: Sequence[Any], widths: Sequence[float]) -> float:
    """Points that wrapped texts need: a program that does not measure them itself would print line upon line."""
    lines = [
        sum(max(1, ceil(len(part) / width)) for part in cell.split("\n"))
        for cell, width in zip(cells, widths, strict=True)
        if isinstance(cell, str)
    ]
    return min(_LINE * max(lines, default=1), _TALLEST)
