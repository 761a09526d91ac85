"""Why is a sheet with regions no region × period table? The line in the way, by its cell and its words."""

from dataclasses import dataclass, field
from typing import Any, Final

from indicators import Catalogue
from loaders.layouts.grid import Grid, grid_of, region_cells, with_regions_down
from loaders.tables.addresses import cell
from loaders.tables.document import Document, Sheet
from loaders.tables.periods import read_period

_QUOTED: Final = 8  # cells of a line


@dataclass(frozen=True)
class Obstacle:
    """`variant`: the wording (loaders.rules); `cell` and `found`: what stands in the way."""

    variant: str
    sheet: str
    cell: str
    found: str
    values: dict[str, Any] = field(default_factory=dict)


def obstacle(document: Document, known: Catalogue) -> Obstacle | None:
    """What keeps the first sheet that names regions from being read; None where none names two."""
    for sheet in document.sheets:
        grid = grid_of(sheet)
        found = with_regions_down(grid, known) if grid and len(region_cells(grid, known)) > 1 else None
        if found is not None:
            return _in_the_way(sheet, *found)
    return None


def _in_the_way(sheet: Sheet, grid: Grid, line: int, rows: list[int]) -> Obstacle:
    first = rows[0]
    above = [row for row in range(first) if grid.occupied(row)]
    periods = [
        (row, col) for row, texts in enumerate(grid.texts) for col, text in enumerate(texts) if read_period(text)
    ]
    head = above[-1] if above else first
    quotes = tuple((sheet.name, cell(*grid.place(head, col)), grid.texts[head][col]) for col in grid.occupied(head))
    told = {"quotes": quotes[:_QUOTED]}

    def at(variant: str, row: int, col: int, **more: Any) -> Obstacle:
        return Obstacle(variant, sheet.name, cell(*grid.place(row, col)), grid.texts[row][col], told | more)

    beside = [(row, col) for row, col in periods if row >= first and col != line]
    over = [(row, col) for row, col in periods if row < first]
    if over:
        row, col = max(over)
        between = [each for each in above if each > row]
        if between and len(grid.occupied(row)) > 1:
            return at("line_between", between[-1], grid.occupied(between[-1])[0])
        if len(grid.occupied(row)) == 1:
            return at("period_apart", row, col)
        return at("header_unknown", head, grid.occupied(head)[0])
    if beside:
        return at("periods_in_rows", *beside[0])
    return at("no_period", head, grid.occupied(head)[0])
