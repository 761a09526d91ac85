"""What a format gives a layout: sheets of text cells with their addresses, and nothing about what they mean."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import polars as pl

from loaders.problems import Ignored, Problem

ROW: Final = "row"
"""Column of a sheet's frame that holds each row's number (from 1) in the sheet; the others are c1, c2 … as text."""


Found = TypeVar("Found")


@dataclass(frozen=True)
class Sheet:
    """A rectangle of cells. `cells`: column `row` (UInt32) and c1..cN (String; null or "" is an empty cell).

    `merged` holds (first row, last row, first col, last col), counted from 1; only the first cell has the text.
    `delimited`: the sign between a text file's cells, where one stray sign moves all the rest of its row ("" for other
    files). `fields`: how many cells each of its rows has, blank ones too; None where all have as many.
    """

    name: str
    cells: pl.DataFrame
    merged: tuple[tuple[int, int, int, int], ...] = ()
    delimited: str = ""
    fields: pl.Series | None = None

    @property
    def width(self) -> int:
        return self.cells.width - 1

    @property
    def texts(self) -> list[str]:
        return [name for name in self.cells.columns if name != ROW]

    def top(self, count: int) -> list[tuple[int, list[str]]]:
        """The first `count` rows as (row number, texts), outer blanks stripped: where headers and titles stand."""
        return [
            (row, [(value or "").strip() for value in values]) for row, *values in self.cells.head(count).iter_rows()
        ]


@dataclass(frozen=True)
class Document:
    """A file read but not understood. `tree` is the parsed JSON of a JSON file, whose sheets are none."""

    format: str
    sheets: tuple[Sheet, ...] = ()
    tree: Any = None
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    _found: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, what: str, look: Callable[[], Found]) -> Found:
        """What a look through this document finds, looked for once however many layouts ask."""
        if what not in self._found:
            self._found[what] = look()
        found: Found = self._found[what]
        return found

    @property
    def says_synthetic(self) -> bool:
        """Whether any cell says that the contents are synthetic."""
        return any(says_synthetic(sheet.cells[name]) for sheet in self.sheets for name in sheet.texts)


def says_synthetic(texts: pl.Series) -> bool:
    """Whether one of the texts says `syntetisk`, in any case and form."""
    return bool(texts.str.to_lowercase().str.contains("syntetisk", literal=True).any())


class Unreadable(Exception):
    """The file cannot be read at all; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem
