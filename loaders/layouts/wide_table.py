"""Where a sheet's region × period table is: its header over one to four rows, its regions, its titles."""

from typing import Final

from indicators import Catalogue, tidy_name
from loaders.layouts.grid import Grid, grid_of, with_regions_down
from loaders.layouts.headers import REGION_HEADERS, Header, contributes, understood
from loaders.tables.document import Sheet
from loaders.tables.numbers import parse_number
from loaders.tables.periods import read_period

_MOST_HEADER_ROWS: Final = 4
_MOST_TRIED: Final = 3  # regions that may be the table's first
_MOST_BETWEEN: Final = 4  # lines between the header and the first region


class Table:
    """One sheet's table, regions down. `head`: the header's row indexes; `between`: those of lines under it, above the
    first region; `columns`: column index → what it says."""

    def __init__(self, grid: Grid, region_col: int, first: int, nations: frozenset[str] = frozenset()) -> None:
        self.grid, self.region_col, self.first, self.nations = grid, region_col, first, nations
        self.between: list[int] = []
        self.head = self._header_rows()
        # Turned, what lies before the regions' line are the rows above the table: titles, no columns of it.
        start = region_col + 1 if grid.turned else 0
        self.columns = {col: self._header(col) for col in range(start, len(grid.texts[0])) if col != region_col}

    def _header_rows(self) -> list[int]:
        """The rows above the first region that say something beside a title line. Lines between them and the regions
        (a sex, a remark on a column) belong to the table's rows."""
        rows: list[int] = []
        between: list[int] = []
        for row in range(self.first - 1, -1, -1):
            texts = self.grid.texts[row]
            occupied = self.grid.occupied(row)
            right = [col for col in occupied if col > self.region_col]
            if any(parse_number(texts[col].rstrip("% ")) is not None and not read_period(texts[col]) for col in right):
                # Figures under a label that is no region: a row of the table all the same.
                self.first, rows, between = row, [], []
            elif not occupied:
                if rows:
                    break
            elif len(rows) < _MOST_HEADER_ROWS and self._is_header(row, right, rows):
                rows.append(row)
            elif rows or len(between) == _MOST_BETWEEN:
                break
            else:
                between.append(row)
        self.between = sorted(between) if rows else []
        self.first = min([self.first, *self.between])
        return sorted(rows)

    def _is_header(self, row: int, right: list[int], below: list[int]) -> bool:
        """Whether a row's words belong to the columns below it. Words that say nothing of them are a title or a remark
        where the columns are complete without, or where the row above is their header."""
        texts = self.grid.texts[row]
        occupied = self.grid.occupied(row)
        if len(occupied) == 1 and tidy_name(texts[occupied[0]]) in REGION_HEADERS:
            return True
        if not right:
            return False
        if any(contributes(texts[col]) for col in right):
            return True
        if below:
            heads = [[(each, text) for each in below if (text := self.grid.filled[each][col])] for col in right]
            said = [understood(texts) for texts in heads if texts]
            apart = len({(each.period, each.sex, each.unit) for each in said}) == len(said)
            return not apart or any(each.kind != "figures" for each in said)
        above = next((each for each in range(row - 1, -1, -1) if self.grid.occupied(each)), None)
        known = above is not None and any(contributes(text) for text in self.grid.texts[above][self.region_col + 1 :])
        return len(occupied) > 1 and not known

    def _header(self, col: int) -> Header:
        texts = []
        for row in self.head:
            text = self.grid.filled[row][col]
            below = any(self.grid.filled[other][col] for other in self.head if other > row)
            if not text and below and col > self.region_col:
                # csv has no merged cells: a year stands once, over the first of its months. A column without any
                # header of its own belongs to no year.
                text = next((t for t in reversed(self.grid.filled[row][self.region_col + 1 : col]) if t), "")
            texts.append((row, text))
        return understood(texts)

    def columns_of(self, kind: str) -> dict[int, Header]:
        return {col: header for col, header in self.columns.items() if header.kind == kind}

    def title_cells(self) -> list[tuple[int, int]]:
        """Grid cells with text outside the header and before the figures: titles and notes above the table."""
        top = self.head[0] if self.head else self.first
        cells = [(row, col) for row in range(top) for col in self.grid.occupied(row)]
        if self.grid.turned:
            cells += [
                (row, col)
                for row in range(top, len(self.grid.texts))
                for col in self.grid.occupied(row)
                if col < self.region_col
            ]
        return cells


def table_of(sheet: Sheet, known: Catalogue, nations: frozenset[str] = frozenset()) -> Table | None:
    """The sheet's region × period table, or None where it has none."""
    grid = grid_of(sheet)
    found = with_regions_down(grid, known, nations) if grid else None
    if found is None:
        return None
    turned, line, rows = found
    for place, first in enumerate(rows[:_MOST_TRIED]):
        table = Table(turned, line, first, nations)
        # A region passed over is a sender's, above the table: one among the headers is a row of a list.
        if table.columns_of("figures") and not set(rows[:place]) & set(table.head):
            return table
    return None
