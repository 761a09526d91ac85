"""A sheet's cells as the texts a person sees, in one streaming pass over its part, and what else is to be told of them:
formulas without a value, hidden rows and columns, merged cells, and marks (marks.py).

The pass that judges whether the sheet is safe is the one that reads it: no cell can be one thing for the guard and
another for the reader.
"""

import math
import re
from datetime import datetime
from typing import Final

from .cell_text import number_text
from .dates import shown_date
from .looks import PALE, Styles
from .marks import Marks
from .number_format import chosen, is_plain, shown_number, shown_text
from .parts import Book, NotRead, Package, SheetPart, is_on, local, number_of
from .texts import CellString, Runs, cell_string

_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
MOST_CELLS: Final = 6_000_000  # cells with content: the largest file the loaders accept has fewer
_MOST_AREA: Final = 12_000_000  # cells in the rectangle that a reader must make room for
_MOST_MERGES: Final = 20_000
_LARGEST_MERGE: Final = 100_000
_MOST_MERGED: Final = 1_000_000  # cells in all merges together: Excel lets none overlap, a forged file can
_MOST_COLS: Final = 16_384
_MOST_ROWS: Final = 1_048_576
_FLAT: Final = 2.0  # points: a row of a pixel or two
_NARROW: Final = 0.2  # signs
_UNCALCULATED: Final = ("", "0")  # what writers that cannot calculate put as a formula's value
COVERED: Final = "covered"
UNSEEN: Final = "unseen"
CONDITIONAL: Final = "conditional"

Area = tuple[int, int, int, int]


def place_of(reference: str) -> tuple[int, int]:
    """(row, col) from 1 of `D14`. Raises NotRead for what is no address."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise NotRead("broken_workbook", reference[:40])
    col = 0
    for letter in match[1].upper():
        col = col * 26 + ord(letter) - 64
    if not (1 <= int(match[2]) <= _MOST_ROWS and col <= _MOST_COLS):
        raise NotRead("broken_workbook", reference)
    return int(match[2]), col


def _area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    return top, bottom, left, right


class SheetCells:
    """Addresses are (row, col) from 1. `columns`: texts, each column as long as the sheet."""

    def __init__(self, sheet: SheetPart, book: Book, styles: Styles, shared: list[CellString]) -> None:
        self.sheet, self.book, self.styles, self.shared = sheet, book, styles, shared
        self.columns: list[list[str]] = []
        self.rows = self.count = 0
        self.unvalued: list[str] = []
        self.hidden_rows: list[int] = []
        self.hidden_cols: list[int] = []
        self.hidden_by_default = False
        self.merged: list[Area] = []
        self.marks = Marks()
        self._conditional: list[str] = []
        self._inline = Runs(styles.palette)
        self._row = self._col = self._merged_area = 0
        self._seen_rows: set[int] = set()
        self._row_open = False
        self._cell: dict[str, str] = {}
        self._formula = self._valued = self._in_value = False
        self._value: list[str] = []
        self._string: CellString | None = None
        self._ranges = ""
        self._no_zeros = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "v":
            self._in_value = True
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._begin_row(attributes)
        elif tag in ("is", "r", "rPh", "t", "strike", "color", "sz", "vertAlign"):
            self._inline.start(tag, attributes)
        else:
            self._setting(tag, attributes)

    def _setting(self, tag: str, attributes: dict[str, str]) -> None:
        """What stands before and after the cells."""
        if tag == "col":
            width = number_of(attributes, "width")
            if is_on(attributes, "hidden", "0") or (width is not None and width < _NARROW):
                first, last = (int(number_of(attributes, name) or 0) for name in ("min", "max"))
                self.hidden_cols += range(max(first, 1), min(last, _MOST_COLS) + 1)
        elif tag == "sheetFormatPr":
            sizes = (number_of(attributes, "defaultRowHeight"), number_of(attributes, "defaultColWidth"))
            flat = any(size is not None and size < least for size, least in zip(sizes, (_FLAT, _NARROW), strict=True))
            self.hidden_by_default = is_on(attributes, "zeroHeight", "0") or flat
        elif tag == "sheetView":
            self._no_zeros = not is_on(attributes, "showZeros", "1")
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "conditionalFormatting":
            self._ranges = attributes.get("sqref", "")
        elif tag == "cfRule":
            number = number_of(attributes, "dxfId")
            rule = self.styles.rules[int(number)] if number is not None and number < len(self.styles.rules) else None
            if rule and (rule.notes or _hides(rule.code)):
                self._conditional += self._ranges.split()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r", "")
        self._row = int(told) if told.isdecimal() and len(told) < 8 else self._row + 1
        if told and not told.isdecimal():
            raise NotRead("broken_workbook", told[:40], self.sheet.name)
        self._col, self._row_open = 0, True
        height = number_of(attributes, "ht")
        if is_on(attributes, "hidden", "0") or (height is not None and height < _FLAT):
            self.hidden_rows.append(self._row)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = place_of(attributes["r"]) if "r" in attributes else (self._row, self._col + 1)
        if self._row_open:
            if place[0] in self._seen_rows:
                raise NotRead("row_twice", str(place[0]), self.sheet.name, attributes.get("r", ""))
            self._seen_rows.add(place[0])
            self._row_open = False
        self._row, self._col = place
        self._cell, self._value, self._string = attributes, [], None
        self._formula = self._valued = False

    def characters(self, text: str) -> None:
        if self._in_value:
            self._value.append(text)
        else:
            self._inline.characters(text)

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "v":
            self._in_value = False
        elif tag == "c":
            self._end_cell()
        elif tag in ("t", "r", "rPh"):
            self._inline.end(tag)
        elif tag == "is":
            self._string = self._inline.end(tag)

    def _end_cell(self) -> None:
        kind, value = self._cell.get("t", "n"), "".join(self._value)
        if self._formula and self._is_unvalued(kind, value.strip()):
            self.unvalued.append(f"{self._row},{self._col}")
            value = ""
        text, notes = self._shown(kind, value)
        if text:
            self._put(text)
        for note in notes:
            self.marks.add(note, self._row, self._col)

    def _is_unvalued(self, kind: str, value: str) -> bool:
        if not value:
            return kind != "str"  # a formula may give an empty text
        return self.book.uncalculated and value in _UNCALCULATED

    def _shown(self, kind: str, value: str) -> tuple[str, set[str]]:
        """(the cell's text, what is to be told of it)."""
        style = self.styles.of(self._cell.get("s", "0"))
        if kind in ("n", "d") and (stored := value.strip()):
            text, told = self._number(style.code, stored)
        else:
            string = self._string_of(kind, value)
            if not string:
                return "", set()
            text, told = (string, frozenset[str]()) if style.code == "General" else shown_text(style.code, string)
            told |= string.notes | ({UNSEEN} if string.unseen else set())
        if PALE in told and style.behind != (255, 255, 255):
            told -= {PALE}  # white letters on a coloured ground
        return text, {*told, *style.notes} if text else set(told)

    def _string_of(self, kind: str, value: str) -> CellString:
        if kind == "s" and value.strip():
            place = value.strip()
            if not place.isdecimal() or int(place) >= len(self.shared):
                raise NotRead("broken_workbook", place[:40], self.sheet.name)
            return self.shared[int(place)]
        if kind == "b" and value.strip():
            return cell_string("SANT" if value.strip() in ("1", "true") else "FALSKT")
        return self._string if self._string is not None else cell_string(value)

    def _number(self, code: str, stored: str) -> tuple[str, frozenset[str]]:
        if stored.isdigit() and len(stored) < 16 and stored[0] != "0" and code == "General":
            return stored, frozenset()
        try:
            number = float(stored)
        except ValueError:
            return _iso_day(stored), frozenset()
        if not math.isfinite(number):
            return stored, frozenset()
        if number == 0 and self._no_zeros:
            return "", frozenset({"masked"})
        if number >= 0 and is_plain(code):
            return number_text(number), frozenset()
        part = chosen(code, number)
        if part and part.is_date:
            return shown_date(part, stored, self.book.old_days), frozenset()
        return shown_number(code, stored)

    def _put(self, text: str) -> None:
        row, col = self._row, self._col
        self.count += 1
        self.rows = max(self.rows, row)
        if self.count > MOST_CELLS:
            raise NotRead("workbook_too_large", str(self.count), self.sheet.name)
        if self.rows * max(len(self.columns), col) > max(_MOST_AREA, 40 * self.count):
            raise NotRead("stray_cell", self._cell.get("r", ""), self.sheet.name, self._cell.get("r", ""))
        while len(self.columns) < col:
            self.columns.append([])
        column = self.columns[col - 1]
        if len(column) == row - 1:
            column.append(text)
            return
        column += [""] * (row - len(column))
        if column[row - 1]:
            raise NotRead("cell_twice", f"{column[row - 1]} / {text}", self.sheet.name, self._cell.get("r", ""))
        column[row - 1] = text

    def _merge(self, reference: str) -> None:
        top, bottom, left, right = _area(reference)
        area = (bottom - top + 1) * (right - left + 1)
        self._merged_area += max(area, 1)
        if area > _LARGEST_MERGE or self._merged_area > _MOST_MERGED or len(self.merged) >= _MOST_MERGES:
            raise NotRead("huge_merge", reference, self.sheet.name, reference.partition(":")[0])
        self.merged.append((top, bottom, left, right))

    def _text_at(self, row: int, col: int) -> str:
        column = self.columns[col - 1] if col <= len(self.columns) else []
        return column[row - 1] if row <= len(column) else ""

    def finish(self) -> None:
        """Even columns; and the marks that need the whole sheet."""
        for column in self.columns:
            column += [""] * (self.rows - len(column))
        for top, bottom, left, right in self.merged:
            for col in range(left, right + 1):
                for row in range(top, bottom + 1):
                    if (row, col) != (top, left) and self._text_at(row, col):
                        self.marks.add(COVERED, row, col)
        looked_at = 0
        for reference in self._conditional:
            top, bottom, left, right = _area(reference)
            bottom, right = min(bottom, self.rows), min(right, len(self.columns))
            looked_at += max(bottom - top + 1, 0) * max(right - left + 1, 0)
            if looked_at > _MOST_AREA:
                break  # rules upon rules over the same cells, which are marked by now
            for col in range(left, right + 1):
                for row in range(top, bottom + 1):
                    if self._text_at(row, col):
                        self.marks.add(CONDITIONAL, row, col)


def _hides(code: str) -> bool:
    """Whether a condition's own format can show something else than the number."""
    return code != "General" and any(shown_number(code, each)[0] != each for each in ("0", "5", "50"))


def _iso_day(stored: str) -> str:
    """A day written as ISO 8601 (strict workbooks), without a clock at midnight."""
    try:
        moment = datetime.fromisoformat(stored.removesuffix("Z"))
    except ValueError:
        return stored
    return moment.isoformat(" ").removesuffix(" 00:00:00")


def read_cells(package: Package, sheet: SheetPart, book: Book, styles: Styles, shared: list[CellString]) -> SheetCells:
    """Raises NotRead before anything large is built."""
    cells = SheetCells(sheet, book, styles, shared)
    if not package.has(sheet.part):
        raise NotRead("broken_workbook", sheet.part, sheet.name)
    package.walk(sheet.part, cells.start, cells.end, cells.characters)
    cells.finish()
    return cells
