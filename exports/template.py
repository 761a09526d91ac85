"""Our own template: a workbook to fill in that the loader reads back (layout `template`).

Headers are Swedish in both languages, because they are what the loader knows the file by; help is in the reader's.
"""

from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exports.book import saved
from indicators import catalogue
from indicators.template import TEMPLATE_COLUMNS, TEMPLATE_SHEET
from locales import text
from locales.numbers import swedish_order
from models.tables import COUNTS

_LAST_ROW: Final = 5000  # rows with validation: 21 regions × 20 years × 10 indicators fit
_TEXT_FORMAT: Final = "@"  # or Excel turns the period 2017-10 into a date
_CHOSEN: Final = {"indicator": 0, "region": 3, "sex": 5}  # field → its column on the list sheet, from 0
_EXAMPLES: Final = {
    "region": "Region Norrbotten",
    "period": "2024",
    "sex": "Totalt",
    "value": "63,4",
    "numerator": "634",
    "denominator": "1000",
    "base_n": "1000",
    "ci_low": "60,4",
    "ci_high": "66,3",
}


def template_workbook(language: str) -> bytes:
    """An empty template: Data with lists to choose from, an instruction sheet, a list sheet of what may be chosen."""
    book = Workbook()
    book.properties.title = text("exports.template.instructions", language)
    book.properties.creator = text("exports.product", language)
    data = book.active
    data.title = TEMPLATE_SHEET
    lists = _lists(book, language)
    _data(data, lists, language)
    _instructions(book.create_sheet(text("exports.template.instructions", language), 1), language)
    return saved(book)


def _lists(book: Workbook, language: str) -> Worksheet:
    sheet = book.create_sheet(text("exports.template.lists", language))
    known = catalogue()
    regions = sorted(known.regions.values(), key=lambda one: (one.is_nation, swedish_order(one.name)))
    columns = {
        "indicator": list(known.measured),
        "title": [one.title.in_language(language) for one in known.measured.values()],
        "unit": [text(f"exports.unit.{one.unit}", language) for one in known.measured.values()],
        "region": [one.name for one in regions],
        "code": [one.code for one in regions],
        "sex": [text(f"sexes.{sex}", "sv") for sex in ("T", "K", "M")],  # the loader's words, like the headers
    }
    for number, (name, entries) in enumerate(columns.items(), start=1):
        _write(sheet, 1, number, text(f"exports.template.list_{name}", language), bold=True)
        for row, entry in enumerate(entries, start=2):
            _write(sheet, row, number, entry)
        sheet.column_dimensions[get_column_letter(number)].width = max(map(len, entries), default=8) + 4
    sheet.freeze_panes = "A2"
    return sheet


def _data(sheet: Worksheet, lists: Worksheet, language: str) -> None:
    for number, column in enumerate(TEMPLATE_COLUMNS, start=1):
        letter = get_column_letter(number)
        _write(sheet, 1, number, column.header, bold=True)
        sheet.column_dimensions[letter].width = 34 if column.field in ("indicator", "source", "comment") else 18
        if column.field in ("period", "source", "comment"):
            sheet.column_dimensions[letter].number_format = _TEXT_FORMAT
        rule = _validation(column.field, lists, language)
        if rule:
            rule.add(f"{letter}2:{letter}{_LAST_ROW}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"


def _validation(field: str, lists: Worksheet, language: str) -> DataValidation | None:
    """A list to choose from, a check for numbers, or nothing: the value itself may be a sign for a missing value."""
    if field in _CHOSEN:
        letter = get_column_letter(_CHOSEN[field] + 1)
        length = sum(1 for cell in lists[letter] if cell.value is not None)
        rule = DataValidation("list", formula1=f"'{lists.title}'!${letter}$2:${letter}${max(length, 2)}")
        key = "choose"
    elif field in COUNTS:
        rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
        key = "number"
    else:
        return None
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.errorTitle = text(f"exports.template.{key}", language)
    rule.error = text(f"exports.template.{key}_text", language)
    return rule


def _instructions(sheet: Worksheet, language: str) -> None:
    examples = {"indicator": next(iter(catalogue().measured), ""), **_EXAMPLES}
    headers = [text(f"exports.template.{name}", language) for name in ("column", "required", "what", "example")]
    yes, no = text("exports.yes", language), text("exports.no", language)
    lines = [
        (
            column.header,
            yes if column.required else no,
            text(f"exports.template.about.{column.field}", language),
            examples.get(column.field, ""),
        )
        for column in TEMPLATE_COLUMNS
    ]
    for row, line in enumerate([headers, *lines], start=1):
        for number, entry in enumerate(line, start=1):
            _write(sheet, row, number, entry, bold=row == 1)
    for letter, width in zip("ABCD", (18, 18, 90, 24), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _write(sheet: Any, row: int, column: int, value: str, *, bold: bool = False) -> None:
    cell = sheet.cell(row, column, value)
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=len(value) > 60)
    if bold:
        cell.font = Font(bold=True)
