"""What stands around a cell in a stored original, for the one who walks from a figure to its source."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import polars as pl

from analysis.origin.records import column_number
from loaders.formats import Unreadable, read_document
from loaders.formats.encoding import as_utf8
from loaders.tables.addresses import column_letters
from loaders.tables.document import ROW

LARGEST: Final = 50_000_000
"""Bytes of a file that is read again to show a cell; a larger one is only offered to download."""

_ABOVE: Final = 5  # rows shown on either side of the cell
_TOP: Final = 3  # first rows of the sheet, where titles and headers stand
_BESIDE: Final = 2  # columns on either side
_FIRST: Final = 2  # first columns, where the row is named
_LONGEST: Final = 40  # letters of a cell
_STEP: Final = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,9})")
_RANGE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,9})(?::([A-Z]{1,3})([0-9]{1,9}))?")
_MOST_MARKED: Final = 30  # cells of a range
_NEAR: Final = 1  # rows and columns beside each of several cells of one excerpt


@dataclass(frozen=True)
class Surroundings:
    """A cell among its neighbours. `columns`: letters; `rows`: (row number, texts); `marked`: (place in rows, place in
    columns). A JSON file has `lines` instead, the object around the figure with `marked` = (line, 0)."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    lines: tuple[str, ...] = ()
    marked: tuple[int, int] = (0, 0)

    @property
    def found(self) -> str:
        """The marked cell's text."""
        line, column = self.marked
        return self.lines[line] if self.lines else self.rows[line][1][column]


@dataclass(frozen=True)
class Excerpt:
    """Several cells of one sheet among their neighbours. `columns`: letters; `rows`: (row number, texts); `marks`:
    (place in rows, place in columns, which of the asked), one per cell that was found."""

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    marks: tuple[tuple[int, int, int], ...]


def excerpts(content: bytes, asked: Sequence[tuple[str, str]]) -> tuple[Excerpt, ...]:
    """The asked cells (sheet, `C12` or `D3:D24`: its first 30), one excerpt per sheet that has any of them. Nothing of
    a JSON file, whose paths are no cells, and of a file that cannot be read."""
    try:
        document = read_document(content)
    except Unreadable:
        return ()
    found = []
    for sheet in document.sheets:
        places = [
            (row, col, which)
            for which, (name, cell) in enumerate(asked)
            if name == sheet.name
            for row, col in islice(_cells_of(cell), _MOST_MARKED)
        ]
        if places and (excerpt := _excerpt(sheet.name, sheet.cells, places)):
            found.append(excerpt)
    return tuple(found)


def _cells_of(cell: str) -> Iterator[tuple[int, int]]:
    """Row and column of each cell of `D3:D24`, or of the one cell; none of what is no such address."""
    if place := _RANGE.fullmatch(cell):
        left, top, right, bottom = place[1], place[2], place[3] or place[1], place[4] or place[2]
        for row in range(int(top), int(bottom) + 1):
            for col in range(column_number(left), column_number(right) + 1):
                yield row, col


def _excerpt(sheet: str, cells: pl.DataFrame, places: Sequence[tuple[int, int, int]]) -> Excerpt | None:
    near = range(-_NEAR, _NEAR + 1)
    numbers = {*range(1, _TOP + 1), *(row + step for row, _, _ in places for step in near)}
    wanted = {*range(1, _FIRST + 1), *(col + step for _, col, _ in places for step in near)}
    cols = sorted(col for col in wanted if 1 <= col <= cells.width - 1)
    rows = _rows(cells.filter(pl.col(ROW).is_in(numbers)), cols)
    at_row = {number: at for at, (number, _) in enumerate(rows)}
    marks = tuple((at_row[row], cols.index(col), which) for row, col, which in places if row in at_row and col in cols)
    return Excerpt(sheet, tuple(column_letters(col) for col in cols), rows, marks) if marks else None


def _rows(shown: pl.DataFrame, cols: Sequence[int]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    told = shown.select(ROW, *(f"c{each}" for each in cols)).iter_rows()
    return tuple((number, tuple(_cut(text) for text in texts)) for number, *texts in told)


def surroundings(content: bytes, sheet: str, cell: str) -> Surroundings | None:
    """The neighbours of a cell (`C12`, or a JSON path) in the file's bytes; None where the file is too large, cannot be
    read or has no such cell."""
    if len(content) > LARGEST:
        return None
    try:
        document = read_document(content)
    except Unreadable:
        return None
    if document.format == "json":
        return _in_tree(_tree(content), cell)
    place = _CELL.fullmatch(cell)
    named = [one for one in document.sheets if one.name == sheet]
    if place is None or not named:
        return None
    return _in_sheet(named[0].cells, int(place[2]), column_number(place[1]))


def _in_sheet(cells: pl.DataFrame, row: int, col: int) -> Surroundings | None:
    numbers = sorted({*range(1, _TOP + 1), *range(row - _ABOVE, row + _ABOVE + 1)})
    shown = cells.filter(pl.col(ROW).is_in(numbers))
    width = cells.width - 1
    cols = sorted(
        each for each in {*range(1, _FIRST + 1), *range(col - _BESIDE, col + _BESIDE + 1)} if 1 <= each <= width
    )
    if col not in cols or row not in shown[ROW]:
        return None
    rows = _rows(shown, cols)
    at = next(place for place, (number, _) in enumerate(rows) if number == row)
    return Surroundings(tuple(column_letters(each) for each in cols), rows, marked=(at, cols.index(col)))


def _cut(text: str | None) -> str:
    return "" if text is None else text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


class _Printed(str):
    """A number of a JSON file, as it is printed there."""


def _tree(content: bytes) -> Any:
    utf8, _ = as_utf8(content)
    return json.loads(utf8.decode("utf-8-sig"), parse_float=_Printed, parse_int=_Printed)


def _in_tree(tree: Any, path: str) -> Surroundings | None:
    """The entry of the outermost list that holds the figure, as indented lines."""
    steps = [name or int(place) for name, place in _STEP.findall(path)]
    first = next((at for at, step in enumerate(steps) if isinstance(step, int)), 0)
    try:
        entry = _down(tree, steps[: first + 1])
        _down(entry, steps[first + 1 :])
    except (KeyError, IndexError, TypeError):
        return None
    lines, marked = _lines(entry, tuple(steps[first + 1 :]))
    start = max(0, marked - 3 * _ABOVE)
    return Surroundings(lines=tuple(map(_cut, lines[start : marked + 3 * _ABOVE + 1])), marked=(marked - start, 0))


def _down(tree: Any, steps: Iterable[str | int]) -> Any:
    for step in steps:
        tree = tree[step]
    return tree


def _lines(entry: Any, wanted: tuple[str | int, ...]) -> tuple[list[str], int]:
    """The entry as json.dumps indents it, and which line the wanted value stands on."""
    lines: list[str] = []
    marked = 0

    def write(node: Any, here: tuple[str | int, ...], label: str, comma: str) -> None:
        nonlocal marked
        indent = "  " * len(here)
        if here == wanted:
            marked = len(lines)
        if isinstance(node, dict | list) and node:
            signs = "{}" if isinstance(node, dict) else "[]"
            lines.append(f"{indent}{label}{signs[0]}")
            inside: list[tuple[str | int, Any]] = list(node.items() if isinstance(node, dict) else enumerate(node))
            for place, (step, value) in enumerate(inside):
                name = f"{json.dumps(step, ensure_ascii=False)}: " if isinstance(step, str) else ""
                write(value, (*here, step), name, "," if place < len(inside) - 1 else "")
            lines.append(f"{indent}{signs[1]}{comma}")
        else:
            printed = str(node) if isinstance(node, _Printed) else json.dumps(node, ensure_ascii=False)
            lines.append(f"{indent}{label}{printed}{comma}")

    write(entry, (), "", "")
    return lines, marked
