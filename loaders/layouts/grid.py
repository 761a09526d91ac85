"""A small table seen as a grid whose rows are regions; one with regions across is turned first, addresses kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from indicators import Catalogue
from loaders.tables.addresses import cell, rectangles
from loaders.tables.document import ROW, Sheet

MOST_CELLS = 400_000
"""A table read by eye is never larger; more cells than this are no region × period table."""


@dataclass(frozen=True)
class Grid:
    """`texts[r][c]`, stripped, counted from 0; `filled` is the same with merged cells' text in every cell of them."""

    sheet: str
    texts: list[list[str]]
    filled: list[list[str]]
    turned: bool = False

    def place(self, row: int, col: int) -> tuple[int, int]:
        """(row, col) from 1 in the sheet of the grid's [row][col]."""
        return (col + 1, row + 1) if self.turned else (row + 1, col + 1)

    def turn(self) -> "Grid":
        return Grid(self.sheet, _transposed(self.texts), _transposed(self.filled), not self.turned)

    def occupied(self, row: int) -> list[int]:
        return [col for col, text in enumerate(self.texts[row]) if text]


def _transposed(rows: list[list[str]]) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)]


def grid_of(sheet: Sheet) -> Grid | None:
    """The sheet as a grid, or None for an empty one or one too large to be a region × period table."""
    if sheet.cells.is_empty() or sheet.cells.height * sheet.width > MOST_CELLS:
        return None
    texts = [[(text or "").strip() for text in row] for row in sheet.cells.drop(ROW).iter_rows()]
    filled = [row.copy() for row in texts]
    for top, bottom, left, right in sheet.merged:
        for row in range(top - 1, min(bottom, len(texts))):
            for col in range(left - 1, min(right, len(texts[row]))):
                filled[row][col] = texts[top - 1][left - 1]
    return Grid(sheet.name, texts, filled)


def region_cells(grid: Grid, known: Catalogue, also: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
    """Where a region's name stands (a bare number is a value, not a code)."""
    judged: dict[str, bool] = {"": False}

    def is_region(text: str) -> bool:
        if text not in judged:
            named = any(sign.isalpha() for sign in text) and known.region_named(text) is not None
            judged[text] = named or text.casefold() in also
        return judged[text]

    return [(row, col) for row, texts in enumerate(grid.texts) for col, text in enumerate(texts) if is_region(text)]


def with_regions_down(
    grid: Grid, known: Catalogue, also: frozenset[str] = frozenset()
) -> tuple[Grid, int, list[int]] | None:
    """(grid, the regions' column, the rows in which they may begin) with regions down a column; None where no region is
    named. A region alone on its line may be the sender's above the table: it begins one only where none else does."""
    cells = region_cells(grid, known, also)
    if not cells:
        return None

    def fullest(of: Callable[[tuple[int, int]], int]) -> tuple[int, int]:
        counts: dict[int, int] = {}
        for each in cells:
            counts[of(each)] = counts.get(of(each), 0) + 1
        line = max(counts, key=lambda key: (counts[key], -key))
        return line, counts[line]

    (col, down), (row, across) = fullest(lambda each: each[1]), fullest(lambda each: each[0])
    if across > down:
        lines = sorted(place[1] for place in cells if place[0] == row)
        grid, col = grid.turn(), row
    else:
        lines = sorted(place[0] for place in cells if place[1] == col)
    return grid, col, [line for line in lines if len(grid.occupied(line)) > 1] or lines


@dataclass(frozen=True)
class GridPlaces:
    """Where a claim's words stand: its region on its own line, its period and sex in the header of its other line."""

    turned: bool
    region_line: int
    headers: Mapping[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    title: tuple[int, int] = (0, 0)

    def address(self, name: str, row: int, col: int) -> str:
        line = row if self.turned else col
        own = (name, line) in self.headers  # a unit in the column's own header
        if name in ("title", "guid", "unit") and all(self.title) and not own:
            return cell(*self.title)
        if name in ("region_name", "region_code"):
            return cell(self.region_line, col) if self.turned else cell(row, self.region_line)
        place = self.headers.get((name, line))
        return cell(*place) if place else cell(row, col)

    def ranges(self, claims: pl.DataFrame) -> list[str]:
        return rectangles(claims.select("row", "col").iter_rows())
