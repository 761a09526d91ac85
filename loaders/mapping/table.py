"""Where a sheet's table is: its header over up to three rows, its first row of figures, the titles above."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Final

import polars as pl

from indicators import Catalogue, tidy_name
from loaders.mapping.blocks import is_number_cell, next_table, segments
from loaders.tables.cells import is_part, is_period, is_region, is_sex, period_inside
from loaders.tables.document import ROW, Sheet
from loaders.tables.headers import BLANK, Column, columns_of, plain, rows_of

LOOKED_AT: Final = 60  # rows from the top in which a table must begin
SAMPLED: Final = 400  # rows of figures that a guess is made from
_MOST_HEADER_ROWS: Final = 3
_MOST_TABLES: Final = 20
_MOST_ROWS_WITH_TABLES: Final = 5_000  # a longer sheet is one table
_SHEET_TITLE_ROWS: Final = 3


@dataclass(frozen=True)
class Table:
    """A sheet seen as a table. `titles`: (row, col, text) above the header; `body`: sampled rows (number, texts)."""

    sheet: Sheet
    header_row: int
    header_rows: int
    first: int
    columns: list[Column]
    titles: list[tuple[int, int, str]]
    body: list[tuple[int, list[str]]] = field(repr=False)
    last: int | None = None
    several: bool = False  # whether the sheet holds other tables too

    def values(self, col: int) -> list[str]:
        """The sampled texts of a column that are not empty."""
        return [text for _, texts in self.body if (text := texts[col - 1])]

    @property
    def title(self) -> str:
        """The line right above the header, plain: what tells this table from the sheet's others."""
        above = [text for row, _, text in self.titles if row == self.header_row - 1]
        return plain(above[0]) if above and self.several else ""

    @property
    def context(self) -> str:
        """What stands around the figures: the titles and the sheet's name."""
        return " ".join([*(text for _, _, text in self.titles), self.sheet.name])


def _first_figures(rows: Sequence[list[str]]) -> int | None:
    """The place of the first row of figures; a lone number beside a title is none."""
    numeric = [sum(map(is_number_cell, row)) for row in rows]
    filled = [sum(map(bool, row)) for row in rows]
    with_numbers = [filled[place] for place, count in enumerate(numeric) if count]
    if not with_numbers:
        return None
    usual = median(with_numbers)
    for place, count in enumerate(numeric):
        if count and filled[place] >= max(2, usual / 2):
            return place
    return None


def _first_words(rows: Sequence[list[str]]) -> int | None:
    """Where no cell is a number (Ja, Nej): the row under the first full one."""
    filled = [sum(map(bool, row)) for row in rows]
    widest = max(filled, default=0)
    full = next((place for place, count in enumerate(filled) if count >= max(2, 0.7 * widest)), None)
    return None if full is None or full + 1 >= len(rows) else full + 1


def _is_group_row(row: list[str], left: int) -> bool:
    """A row over the header that names groups of columns; `left` is the header's own first column. A title or a note
    with its value beside it is none."""
    places = [col for col, text in enumerate(row) if text]
    if len({row[col] for col in places}) >= 2:
        return max(places) >= 2 or len(row) <= 3
    return bool(places) and places[0] > left


def _is_title_row(row: list[str], below: Sequence[list[str]]) -> bool:
    """Titles beside each other over a header that needs none: its columns are periods, each once, and nothing in the
    row says anything of a period or a sex."""
    every = [text for texts in below for text in texts if is_period(text)]
    own = any(is_period(text) or is_part(text) or is_sex(text) for text in row)
    return bool(every) and len(every) == len(set(every)) and not own


def _headers_above(rows: Sequence[list[str]], first: int) -> int:
    """How many header rows stand straight above the row `first` (a blank row may lie between)."""
    place = first - 1
    while place >= 0 and not any(rows[place]):
        place -= 1
    if place < 0 or sum(map(bool, rows[place])) < 2:
        return 0
    left = next(col for col, text in enumerate(rows[first]) if text)
    count = 1
    while (
        place - count >= 0
        and count < _MOST_HEADER_ROWS
        and _is_group_row(rows[place - count], left)
        and not _is_title_row(rows[place - count], rows[place - count + 1 : place + 1])
    ):
        count += 1
    return count


def block_end(sheet: Sheet, first: int) -> int | None:
    """The last row before the next table on the sheet; None where the table goes on to the end."""
    rest = sheet.cells.height - first + 1
    if rest < 3 or sheet.cells.height > _MOST_ROWS_WITH_TABLES:
        return None
    found = next_table(rows_of(sheet, first, rest), 0)
    return None if found is None else first + found - 1


def table_at(sheet: Sheet, header_row: int, header_rows: int, first: int, known: Catalogue, after: int = 0) -> Table:
    """The table with its header where a person (or `find_tables`) says; `after`: the last row of the table before."""
    columns = columns_of(sheet, header_row, header_rows, known)
    until = header_row if header_rows else first
    texts = [
        (row, col, text) for row, own in sheet.top(until) if row < until for col, text in enumerate(own, 1) if text
    ]
    above = [each for each in texts if each[0] > after]
    # The line right above a table says more of it than the sheet's own first lines; another table says nothing.
    titles = above if not after else [*above, *(each for each in texts if each[0] <= _SHEET_TITLE_ROWS)]
    last = block_end(sheet, first)
    within = pl.col(ROW).is_between(first, last) if last else pl.col(ROW) >= first
    count = sheet.cells.filter(within).head(SAMPLED).height
    body = list(zip(range(first, first + count), rows_of(sheet, first, count), strict=True)) if count else []
    return Table(sheet, header_row, header_rows, first, columns, titles, body, last)


def _find(sheet: Sheet, known: Catalogue, after: int) -> Table | None:
    """The first table below row `after`."""
    count = min(LOOKED_AT, sheet.cells.height - after)
    rows = rows_of(sheet, after + 1, count) if count > 0 else []
    first = _first_figures(rows)
    if first is None and not after:
        first = _first_words(rows)
    if first is None:
        return None
    # A line with nothing but a region's name begins the table's rows (see Given "section").
    while first and sum(map(bool, rows[first - 1])) == 1 and any(is_region(text, known) for text in rows[first - 1]):
        first -= 1
    headers = _headers_above(rows, first)
    bottom = first - 1
    while headers and not any(rows[bottom]):
        bottom -= 1
    header_row = after + bottom - headers + 2 if headers else 0
    return table_at(sheet, header_row, headers, after + first + 1, known, after)


def find_tables(sheet: Sheet, known: Catalogue) -> list[Table]:
    """The sheet's tables as they look, from the top, and from the left where two stand side by side; none in an empty
    sheet or one of running text."""
    found: list[Table] = []
    after: int | None = 0
    while after is not None and not sheet.cells.is_empty() and len(found) < _MOST_TABLES:
        table = _find(sheet, known, after)
        if table is None:
            break
        found += _apart(table)
        after = table.last
    return [replace(table, several=len(found) > 1) for table in found]


def _apart(table: Table) -> list[Table]:
    def told(column: Column) -> tuple[int, bool, bool]:
        texts = table.values(column.col)
        names = bool(texts) and sum(any(map(str.isalpha, text)) for text in texts) > len(texts) / 2
        return column.col, bool(texts or column.label), names

    parts = segments([told(column) for column in table.columns])
    if len(parts) == 1:
        return [table]
    return [replace(table, columns=[column for column in table.columns if column.col in part]) for part in parts]


def keys_of(columns: Sequence[Column]) -> str:
    """The headers' signature: every key once, in order of the alphabet, so that places and added years do not count."""
    return " ¦ ".join(sorted({column.key for column in columns if not column.key.startswith(BLANK)}))


def title_signature(table: Table) -> str:
    """The titles without what changes, for a mapping whose indicator stands nowhere in the columns."""
    plain = []
    for _, _, text in table.titles:
        inside = period_inside(text)
        plain.append(tidy_name(inside.rest if inside else text))
    return " ¦ ".join(plain)
