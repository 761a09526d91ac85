"""Where a mapped claim's words stand: its column, its header, a line above, or one cell for the whole table."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from loaders.tables.addresses import cell, cell_range, rectangles, runs

_SHOWN_CELL_BY_CELL = 20_000


@dataclass(frozen=True)
class MappedPlaces:
    """`columns`: field → column; `beside`: (field, value's column) → column; `headers`: (field, value's column) →
    cell; `fixed`: field → cell."""

    columns: Mapping[str, int]
    beside: Mapping[tuple[str, int], int] = field(default_factory=dict)
    headers: Mapping[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    fixed: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def address(self, name: str, row: int, col: int) -> str:
        if name in self.columns:
            return cell(row, self.columns[name])
        if (name, col) in self.beside:
            return cell(row, self.beside[name, col])
        if place := self.headers.get((name, col)) or self.fixed.get(name):
            return cell(*place)
        return cell(row, col)

    def ranges(self, claims: pl.DataFrame) -> list[str]:
        if claims.height > _SHOWN_CELL_BY_CELL:
            left, right = int(claims["col"].min()), int(claims["col"].max())  # type: ignore[arg-type]
            return [cell_range(first, last, left, right) for first, last in runs(claims["row"])]
        return rectangles(claims.select("row", "col").iter_rows())
