"""What a layout hands to the checks: observations *as claimed*, in the file's own words, and where each word stood.

A layout decides which cell is a period and which a region; whether the period is one is for the checks (style §6).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

import polars as pl

from loaders.problems import Ignored, Problem
from loaders.tables.addresses import cell, cell_range, runs

FIELDS: Final = (
    "title", "guid", "region_code", "region_name", "period", "sex", "age", "level", "unit", "value",
    "numerator", "denominator", "base_n", "ci_low", "ci_high", "source", "comment", "status", "care_unit", "printed",
)  # fmt: skip
"""Text columns of a claims frame; one a file does not have is absent. `status` is a word that says why `value` is
empty (SKR's comment, Kolada's status, `deleted`); `care_unit` an HSA-id; `printed` the cell's own text where a mapping
has put `value` on the indicator's scale."""

Signs = Mapping[str, tuple[str, str]]
"""A sign printed instead of a value → (reason in models.tables.REASONS, the flags the source thereby gives)."""


class Places(Protocol):
    """Where a claim's words stand, from the place of its value."""

    def address(self, name: str, row: int, col: int) -> str:
        """The cell of field `name` for the claim whose value stands in (row, col)."""

    def ranges(self, claims: pl.DataFrame) -> list[str]:
        """All that these claims (columns row, col) stand in, as few addresses as can be."""


@dataclass(frozen=True)
class RowPlaces:
    """One claim per row: each field has its column."""

    columns: Mapping[str, int]
    width: int

    def address(self, name: str, row: int, col: int) -> str:
        return cell(row, self.columns.get(name, col))

    def ranges(self, claims: pl.DataFrame) -> list[str]:
        return [cell_range(first, last, 1, self.width) for first, last in runs(claims["row"])]


Place = Literal[
    "title",
    "sheet",
    "header",
    "region_header",
    "section",
    "line",
    "mapped",
    "measure",
    "footnote",
    "beside",
    "value",
    "column",
    "comment",
]
"""Where a text stands: above the table or beside its years, as the sheet's name, over a column of figures, over the
regions, alone on a line between figures (`section`; `line` where what is not known begins no other table), over a
column that a person has said the meaning of (`measure`: a column of figures), below the figures, in a column that is
not read (`value` where nothing else tells of it), over it, or in one kept as a comment."""


@dataclass(frozen=True)
class Around:
    """A text that stands around figures. `row`: its row, from 1, where what it says goes for the rows below it."""

    cell: str
    text: str
    place: Place
    row: int = 0


@dataclass(frozen=True)
class Unread:
    """A number of the table that no claim holds, and the header or label that says why."""

    row: int
    col: int
    label: str = ""


@dataclass(frozen=True)
class Claims:
    """Claims of one sheet. `frame`: FIELDS as text + row, col (UInt32, from 1) of the value cell. Where a table names
    no one indicator (`named` False), that is told already, and its other cells are judged all the same.

    `around`: every text that stands around these figures and is no claim's own; `settles`: what such a text may settle
    (`sex`, `scale`), because nothing in the table says it; `scales`: those a mapping has already applied.
    """

    sheet: str
    frame: pl.DataFrame
    places: Places
    named: bool = True
    around: tuple[Around, ...] = ()
    settles: frozenset[str] = frozenset()
    scales: frozenset[str] = frozenset()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a layout made of a document. `publisher` is whose ids and titles the claims use ("" = anyone's)."""

    claims: tuple[Claims, ...]
    publisher: str = ""
    signs: Signs = field(default_factory=dict)
    ignored: tuple[Ignored, ...] = ()
    problems: tuple[Problem, ...] = ()
    regions_only: bool = False
    """Whether the source mixes regions with municipalities, so that a code of neither is set aside, not an error."""
