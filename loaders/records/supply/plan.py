"""How one sheet's table of supply is read: which column holds what, as a layout finds or a person's mapping says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from loaders.tables.addresses import cell
from loaders.tables.document import ROW, Sheet
from loaders.tables.headers import rows_of

UNITS, WIDE, LONG = "units", "wide", "long"
OF_ROWS: Final = (
    "unit", "name", "kind", "region", "municipality", "area", "valid_from", "valid_to", "parent", "merged_into",
    "service", "status", "cases", "period", "comment",
)  # fmt: skip
"""What a row can say of itself, and a constant of every row."""


@dataclass(frozen=True)
class ServiceColumn:
    """A column with one service's status. `service`: id of the catalogue, or `?` and the tidied name."""

    col: int
    service: str
    printed: str
    row: int
    cases: int | None = None
    """The column that counts the same service's cases."""


@dataclass(frozen=True)
class Constant:
    """A text that holds for every row, and the cell it stands in (0, 0 where a person or the sheet's name says it)."""

    text: str
    row: int = 0
    col: int = 0


@dataclass(frozen=True)
class Plan:
    """`first` and `last` bound the rows; the header's rows are those from `header` on. `columns`: role → column.
    `unused`: columns that are not read, with their header. `statuses`, `kinds`, `services`: words of this file alone,
    tidied, that the words of loaders.records.supply.words do not have."""

    sheet: Sheet
    shape: str
    header: int
    first: int
    columns: Mapping[str, int]
    services: tuple[ServiceColumn, ...] = ()
    constants: Mapping[str, Constant] = field(default_factory=dict)
    last: int | None = None
    unused: Mapping[int, str] = field(default_factory=dict)
    unsure: Mapping[int, str] = field(default_factory=dict)
    """Columns that may be services, of which only the contents can tell."""
    statuses: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    service_names: Mapping[str, str] = field(default_factory=dict)

    def place(self, role: str, row: int) -> str:
        """The cell that says a role of a row; "" where nothing in the file does."""
        if role in self.columns:
            return cell(row, self.columns[role])
        constant = self.constants.get(role)
        return cell(constant.row, constant.col) if constant and constant.row else ""

    @property
    def header_texts(self) -> list[list[str]]:
        count = self.first - self.header
        return rows_of(self.sheet, self.header, count) if count else []


def body_of(plan: Plan) -> pl.DataFrame:
    """The sheet's rows below the header: `row` and c1 … cN, stripped, an empty cell "", text of merged cells that name
    a row in each of them."""
    last = plan.last or int(plan.sheet.cells[ROW].max() or 0)  # type: ignore[arg-type]
    body = plan.sheet.cells.filter(pl.col(ROW).is_between(plan.first, last))
    body = body.with_columns(pl.col(plan.sheet.texts).str.strip_chars().fill_null(""))
    naming = {col for role, col in plan.columns.items() if role not in ("status", "cases", "comment")}
    for top, bottom, left, _ in plan.sheet.merged:
        if left in naming and bottom > top >= plan.first:
            name = f"c{left}"
            text = body.filter(pl.col(ROW) == top)[name]
            within = pl.col(ROW).is_between(top, bottom)
            body = body.with_columns(pl.when(within).then(pl.lit(text[0])).otherwise(pl.col(name)).alias(name))
    return body
