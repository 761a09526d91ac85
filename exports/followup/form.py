"""The reply form as a workbook: one block per recommendation, locked where nothing is to be filled in (no password).

The loader knows the rows by their names and the block by its key (indicators/followup_form.py).
"""

from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.followup import FollowedAudit, FollowedRecommendation
from exports.book import saved
from indicators.followup_form import DAYS, FORM_FIELDS, KEY, READ_ONLY, BlockKey
from locales import text
from locales.numbers import format_date
from models.records import REPLY_STATUSES

_NAME, _ANSWER, _GUIDE = 1, 2, 3  # columns
_WIDTHS: Final = {"A": 34, "B": 72, "C": 46}
_SIGNS_PER_LINE: Final = 68
_LINE: Final = 15.0  # points
_TALL: Final = ("measures_taken", "measures_planned", "link", "how", "reason_none")
_TEXT: Final = "@"  # or Excel makes dates and numbers of what a board writes
_DAY: Final = "yyyy-mm-dd"
_GREY: Final = PatternFill("solid", start_color="EEF1F4")
_HEAD: Final = PatternFill("solid", start_color="1F3A5F")
_EDGE: Final = Border(*[Side("thin", color="8A97A6")] * 4)
_OPEN: Final = Protection(locked=False)
_FIRST_YEAR: Final = 2000


def followup_form_xlsx(audit: FollowedAudit, language: str) -> bytes:
    """An empty form for one audit's recommendations, which stand verbatim in their own language."""
    book = Workbook()
    book.properties.title = text("followup_form.title", language, title=audit.title)
    book.properties.creator = text("exports.product", language)
    sheet = book.active
    sheet.title = text("followup_form.sheet", language)
    rules = _rules(sheet, language)
    row = _heading(sheet, audit, language)
    for one in audit.recommendations:
        row = _block(sheet, row + 1, one, rules, language)
    _layout(sheet)
    _instructions(book.create_sheet(text("followup_form.instructions", language)), language)
    return saved(book)


def facts_of(audit: FollowedAudit, language: str) -> list[tuple[str, str]]:
    """What stands above the blocks of a form: name and words."""
    due = format_date(audit.reply_due, language) if audit.reply_due else text("followup_form.unknown_day", language)
    told = {"region": audit.region_name, "report": audit.report, "auditor": audit.auditor, "reply_due": due}
    return [(text(f"followup_form.{name}", language), words) for name, words in told.items()]


def asked_of(one: FollowedRecommendation, language: str) -> list[tuple[str, str]]:
    """The rows of a block that are not to be filled in: the key, then what is asked of whom."""
    told = {
        KEY: str(BlockKey(one.audit, one.region, one.number)),
        READ_ONLY[0]: one.text,
        READ_ONLY[1]: one.addressed_to,
    }
    return [(text(f"followup_form.fields.{name}", language), words) for name, words in told.items()]


def steps(language: str, kind: str) -> list[str]:
    """How to fill the form in; `kind` is xlsx or docx."""
    names = ("one_docx" if kind == "docx" else "one", "two", "three", "four", "five")
    return [text(f"followup_form.steps.{name}", language) for name in names]


def _rules(sheet: Worksheet, language: str) -> dict[str, DataValidation]:
    words = ",".join(text(f"followup_form.statuses.{one}", language) for one in REPLY_STATUSES)
    status = DataValidation("list", formula1=f'"{words}"', allow_blank=True)
    # A warning, not a stop: the loader also reads a day written in words.
    day = DataValidation(
        "date", operator="greaterThan", formula1=f"DATE({_FIRST_YEAR},1,1)", allow_blank=True, errorStyle="warning"
    )
    for rule, name in ((status, "status"), (day, "day")):
        rule.showErrorMessage = True
        rule.errorTitle = text("followup_form.answer", language)
        rule.error = text(f"followup_form.refuse.{name}", language)
        sheet.add_data_validation(rule)
    return {"status": status, **dict.fromkeys(DAYS, day)}


def _heading(sheet: Worksheet, audit: FollowedAudit, language: str) -> int:
    _write(sheet, 1, _NAME, text("followup_form.title", language, title=audit.title), bold=True, size=14)
    told = facts_of(audit, language)
    for row, (name, words) in enumerate(told, start=2):
        _write(sheet, row, _NAME, name, bold=True)
        _write(sheet, row, _ANSWER, words)
    return len(told) + 1


def _block(
    sheet: Worksheet, row: int, one: FollowedRecommendation, rules: dict[str, DataValidation], language: str
) -> int:
    """Write one block from a row on; the last row it used."""
    headers = (text("followup_form.block", language, number=one.number), "answer", "guide")
    for col, header in enumerate(headers, start=1):
        words = header if col == _NAME else text(f"followup_form.{header}", language)
        cell = _write(sheet, row, col, words, bold=True)
        cell.fill, cell.font = _HEAD, Font(bold=True, color="FFFFFF")
    for name, words in asked_of(one, language):
        row += 1
        _write(sheet, row, _NAME, name, bold=True).fill = _GREY
        cell = _write(sheet, row, _ANSWER, words)
        cell.fill = _GREY
        sheet.row_dimensions[row].height = _LINE * (len(words) // _SIGNS_PER_LINE + 1)
    for field in FORM_FIELDS:
        row += 1
        _write(sheet, row, _NAME, text(f"followup_form.fields.{field}", language), bold=True)
        _write(sheet, row, _GUIDE, text(f"followup_form.help.{field}", language)).font = Font(color="4A5663")
        cell = sheet.cell(row, _ANSWER)
        cell.protection, cell.border = _OPEN, _EDGE
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.number_format = _DAY if field in DAYS else _TEXT
        sheet.row_dimensions[row].height = _LINE * (4 if field in _TALL else 2)
        if field in rules:
            rules[field].add(cell)
    return row + 1


def _layout(sheet: Worksheet) -> None:
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = True
    sheet.protection.formatRows = False  # a long answer needs a taller row
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _instructions(sheet: Worksheet, language: str) -> None:
    _write(sheet, 1, 1, text("followup_form.instructions", language), bold=True, size=14)
    for row, words in enumerate(steps(language, "xlsx"), start=2):
        _write(sheet, row, 1, words)
    sheet.column_dimensions["A"].width = 110
    sheet.protection.sheet = True


def _write(sheet: Worksheet, row: int, col: int, words: str, *, bold: bool = False, size: int = 11):  # type: ignore[no-untyped-def]
    cell = sheet.cell(row, col, words)
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=col != _NAME or row > 1)
    cell.font = Font(bold=bold, size=size)
    return cell
