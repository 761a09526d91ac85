"""What a sheet's XML says that the reader of values does not: number formats, formulas without a value, error values,
hidden rows and columns, merged cells, and how far the sheet really reaches."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .parts import Refused, SheetPart, local, walk
from .superscript import Raised

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
MOST_CELLS: Final = 6_000_000  # cells with content: the largest file the loaders accept has fewer
_MOST_AREA: Final = 12_000_000  # cells in the rectangle that a reader must make room for
_MOST_MERGES: Final = 20_000
_LARGEST_MERGE: Final = 100_000
_MOST_MERGED: Final = 1_000_000  # cells in all merges together: Excel lets none overlap, a forged file can
_MOST_COLS: Final = 16_384


def place_of(reference: str) -> tuple[int, int]:
    """(row, col) from 1 of `D14`. Raises Refused for what is no address."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise Refused("broken_workbook", reference)
    col = 0
    for letter in match[1]:
        col = col * 26 + ord(letter) - 64
    return int(match[2]), col


@dataclass
class SheetFacts:
    """Addresses are (row, col) from 1. `kinds`: cells whose number format gives the number another meaning."""

    rows: int = 0
    cols: int = 0
    cells: int = 0
    kinds: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unvalued: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_cols: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    raised: dict[tuple[int, int], str] = field(default_factory=dict)


class _Reader:
    def __init__(self, sheet: SheetPart, kinds: Mapping[str, str], raised: Mapping[str, str]) -> None:
        self.facts, self.sheet, self.kinds, self.raised = SheetFacts(), sheet, kinds, raised
        self.inline = Raised()
        self.shared = False
        self.row = self.col = self.merged_area = 0
        self.error = self.formula = self.valued = self.in_value = False
        self.text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        self.inline.start(tag, attributes)
        if tag == "c":
            self._cell(attributes)
        elif tag == "v":
            self.in_value, self.text = True, ""
        elif tag == "f":
            self.formula = True
        elif tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.col = 0
            if attributes.get("hidden") in ("1", "true"):
                self.facts.hidden_rows.append(self.row)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", "0")), int(attributes.get("max", "0"))
            self.facts.hidden_cols += range(first, min(last, _MOST_COLS) + 1)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _cell(self, attributes: dict[str, str]) -> None:
        facts = self.facts
        self.row, self.col = place_of(attributes["r"]) if "r" in attributes else (self.row, self.col + 1)
        self.formula = self.valued = False
        self.error, self.shared = attributes.get("t") == "e", attributes.get("t") == "s"
        facts.cells += 1
        # Empty cells that only have a style count too: the reader of values makes room for them.
        facts.rows, facts.cols = max(facts.rows, self.row), max(facts.cols, self.col)
        if facts.cells > MOST_CELLS:
            raise Refused("workbook_too_large", str(facts.cells), self.sheet.name)
        if facts.rows * facts.cols > max(_MOST_AREA, 40 * facts.cells):
            raise Refused("stray_cell", attributes.get("r", ""), self.sheet.name, attributes.get("r", ""))
        if kind := self.kinds.get(attributes.get("s", "")):
            facts.kinds[self.row, self.col] = kind

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = place_of(first), place_of(last or first)
        area = (bottom - top + 1) * (right - left + 1)
        self.merged_area += max(area, 1)
        if area > _LARGEST_MERGE or self.merged_area > _MOST_MERGED or len(self.facts.merged) >= _MOST_MERGES:
            raise Refused("huge_merge", reference, self.sheet.name, first)
        self.facts.merged.append((top, bottom, left, right))

    def characters(self, text: str) -> None:
        if self.in_value:
            self.text += text
        else:
            self.inline.characters(text)

    def end(self, name: str) -> None:
        tag = local(name)
        if told := self.inline.end(tag):
            self.facts.raised[self.row, self.col] = told
        if tag == "v":
            self.in_value, self.valued = False, bool(self.text)
            if self.error:
                self.facts.errors[self.row, self.col] = self.text
            elif self.shared and self.text in self.raised:
                self.facts.raised[self.row, self.col] = self.raised[self.text]
        elif tag == "c" and self.formula and not self.valued:
            self.facts.unvalued.append(f"{self.row},{self.col}")


def sheet_facts(
    archive: zipfile.ZipFile, sheet: SheetPart, kinds: Mapping[str, str], raised: Mapping[str, str]
) -> SheetFacts:
    """One streaming pass over the sheet's part. `raised`: shared text's number (as text) → the text with its
    superscripts set apart. Raises Refused before anything large is built."""
    reader = _Reader(sheet, kinds, raised)
    if sheet.part not in archive.namelist():
        raise Refused("broken_workbook", sheet.part, sheet.name)
    walk(archive, sheet.part, reader.start, reader.end, reader.characters)
    return reader.facts
