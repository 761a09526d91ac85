"""A region × period table's rows as claims, and every cell of it that is no claim."""

from collections.abc import Iterable
from typing import Final

import polars as pl

from indicators import Catalogue, tidy_name
from loaders.layouts.claims import Around, Place, Unread
from loaders.layouts.footnotes import note_of
from loaders.layouts.headers import REGION_HEADERS, Header
from loaders.layouts.wide_table import Table
from loaders.problems import ERROR, WARNING, Ignored, Problem
from loaders.tables.addresses import cell, rectangles
from loaders.tables.document import ROW, Sheet
from loaders.tables.numbers import parse_value
from loaders.tables.overflow import rows_too_long
from loaders.tables.periods import read_period

_TOTALS: Final = frozenset({"samtliga", "totalt", "total", "summa", "medel", "medelvärde", "genomsnitt", "alla"})
SCHEMA: Final = {
    "title": pl.String,
    "region_name": pl.String,
    "region_code": pl.String,
    "period": pl.String,
    "sex": pl.String,
    "unit": pl.String,
    "value": pl.String,
    "comment": pl.String,
    "row": pl.UInt32,
    "col": pl.UInt32,
}


class TableRows:
    """`rows`: claims as rows of SCHEMA; `ignored`: the cells that are none; `problems`: what must be confirmed or
    mended of that."""

    def __init__(self, table: Table, part: Sheet, known: Catalogue) -> None:
        self.table, self.sheet, self.known = table, part.name, known
        self.figures = table.columns_of("figures")
        self.comments = {col: self._comment(header) for col, header in self.figures.items()}
        self.codes, self.sexes = list(table.columns_of("code")), list(table.columns_of("sex"))
        self.rows: list[tuple[object, ...]] = []
        self.ignored: list[Ignored] = []
        self.problems: list[Problem] = []
        self.left: dict[tuple[str, str], list[tuple[int, int]]] = {}  # (why, its label) → cells that are no claim
        self.beside = False
        over = [(self._place(row, table.region_col), table.grid.texts[row][table.region_col]) for row in table.head]
        self.around = [Around(place, text, "region_header") for place, text in over if text]
        self.unread: list[Unread] = []
        self.notes: list[int] = []  # rows without a figure
        self.body = range(table.first, len(table.grid.texts))
        self.heads = [table.grid.texts[row] for row in table.head]
        self.last = max((col for texts in self.heads for col, text in enumerate(texts) if text), default=0)
        for row in self.body:
            self._row(row)
        self._hear_notes()
        for (key, header), places in self.left.items():
            self.ignored += [Ignored(self.sheet, place, key, {"header": header}) for place in rectangles(places)]
        self.too_long = self._too_long(part)
        self._unused_columns()
        self.problems += self.too_long

    def _too_long(self, part: Sheet) -> list[Problem]:
        """The claims' rows that are longer than the header: that of the periods, or of a turned table's regions."""
        grid = self.table.grid
        heads = [grid.place(0, self.table.region_col)[0]] if grid.turned else [row + 1 for row in self.table.head]
        texts = [grid.texts[row - 1] if not grid.turned else [line[row - 1] for line in grid.texts] for row in heads]
        labels = ["".join(column) for column in zip(*texts, strict=True)]
        claimed = pl.Series([row[-2] for row in self.rows], dtype=pl.UInt32).unique()
        return rows_too_long(part, labels, heads, part.cells.filter(pl.col(ROW).is_in(claimed.implode())))

    def _row(self, row: int) -> None:
        grid, texts = self.table.grid, self.table.grid.texts[row]
        label = grid.filled[row][self.table.region_col]
        filled = [col for col in self.figures if texts[col]]
        if not filled or row in self.table.between:
            self._leave(row, "footnote")
            self.notes.append(row)
        elif texts in self.heads:
            self._leave(row, "repeated_header", label)
        elif tidy_name(label) in REGION_HEADERS:
            self._say(ERROR, "several_tables", row, self.table.region_col, label)
            self._leave(row, "repeated_header", label)
        elif tidy_name(label) in _TOTALS:
            self._say(WARNING, "other_total", row, self.table.region_col, label)
            self._leave(row, "total_column", label)
        else:
            self._claim(row, label, filled)

    def _comment(self, header: Header) -> str:
        """A marked header as it is printed, with what its footnote says: `2019*: preliminärt`."""
        if not header.mark:
            return ""
        note = note_of(header.mark, (text for texts in self.table.grid.texts for text in texts))
        return f"{header.label}: {note}" if note else header.label

    def _place(self, row: int, col: int) -> str:
        return cell(*self.table.grid.place(row, col))

    def _say(self, severity: str, rule: str, row: int, col: int, found: str) -> None:
        self.problems.append(Problem(severity, rule, self.sheet, self._place(row, col), found))

    def _leave(self, row: int, key: str, header: str = "") -> None:
        places = self.left.setdefault((key, header), [])
        places += [self.table.grid.place(row, col) for col in self.table.grid.occupied(row)]

    def _hear_notes(self) -> None:
        """Rows without a figure: lines between figures say something of those below, the others are footnotes."""
        grid, turned = self.table.grid, self.table.grid.turned
        last = max((row for row in self.body if row not in self.notes), default=-1)
        for row in self.notes:
            for col in grid.occupied(row):
                place, text = grid.place(row, col), grid.texts[row][col]
                if parse_value(text, "")[0] is not None and read_period(text) is None:
                    self.unread.append(Unread(*place, grid.filled[row][self.table.region_col]))
                elif row in self.table.between and col > self.table.region_col:
                    self.around.append(Around(cell(*place), text, "header"))
                elif row < last:
                    self.around.append(Around(cell(*place), text, "section", 0 if turned else place[0]))
                else:
                    self.around.append(Around(cell(*place), text, self._below(text)))

    def _claim(self, row: int, label: str, filled: list[int]) -> None:
        table, texts = self.table, self.table.grid.texts[row]
        if not self.beside and (other := self._other_region(row, label)) is not None:
            self.beside = True
            self._say(ERROR, "several_tables", row, other, texts[other])
        code = table.grid.filled[row][self.codes[0]] if self.codes else ""
        name = "Riket" if label.casefold() in table.nations else label
        sex = table.grid.filled[row][self.sexes[0]] if self.sexes else ""
        for col in filled:
            header = self.figures[col]
            place = table.grid.place(row, col)
            comment = self.comments[col]
            self.rows.append(
                (None, name, code, header.period, sex or header.sex, header.unit, texts[col], comment, *place)
            )

    def _other_region(self, row: int, label: str) -> int | None:
        """A column between the figures that names another region: the figures after it are not this row's."""
        own = self.known.region_named(label)
        for col in self.table.columns_of("unknown"):
            text = self.table.grid.filled[row][col]
            named = self.known.region_named(text) if any(sign.isalpha() for sign in text) else None
            if named and own and named.code != own.code and col < max(self.figures):
                return col
        return None

    def _unused_columns(self) -> None:
        """Comparisons are listed; columns of words under a header that says nothing known must be confirmed too, and
        no column of numbers is left out."""
        grid = self.table.grid
        for kind, key in (("comparison", "relative_column"), ("unknown", "unknown_column")):
            for col, header in self.table.columns_of(kind).items():
                filled = [grid.place(row, col) for row in self.body if grid.texts[row][col]]
                key_of_cell = key if filled else "footnote"
                cells = filled or [grid.place(row, col) for row in self.table.head if grid.texts[row][col]]
                for place in rectangles(cells):
                    self.ignored.append(Ignored(self.sheet, place, key_of_cell, {"header": header.label}))
                if not filled:
                    # Beside the years with nothing below it: as good as a title; turned, a line under the table or,
                    # between its years, one of which nobody can say how far it goes.
                    between = grid.turned and col < max(self.figures)
                    where: Place = "section" if between else "footnote" if grid.turned else "title"
                    self.around += self._texts(col, self.table.head, where)
                elif kind == "unknown":
                    self._not_understood(col, header.label, cell(*filled[0]))

    def _texts(self, col: int, rows: Iterable[int], place: Place) -> list[Around]:
        texts = self.table.grid.texts
        return [
            Around(self._place(row, col), text, self._below(text) if place == "footnote" else place)
            for row in rows
            if (text := texts[row][col])
        ]

    def _below(self, text: str) -> Place:
        """A footnote that a header's mark points at is kept as its figures' comment."""
        notes = {comment.partition(": ")[2] for comment in self.comments.values()} - {""}
        return "comment" if any(text.endswith(note) for note in notes) else "footnote"

    def _not_understood(self, col: int, label: str, place: str) -> None:
        if self.too_long and col > self.last:
            return  # its rows are longer than their header: told row by row
        texts = (self.table.grid.texts[row][col] for row in self.body)
        if not any(parse_value(text, "")[0] is not None for text in texts):
            self.problems.append(Problem(WARNING, "column_not_understood", self.sheet, place, label))
            self.around += self._texts(col, [*self.table.head, *self.body], "beside")
            return
        variant = "column_of_numbers" if label else "column_without_header"
        self.problems.append(Problem(ERROR, "column_not_understood", self.sheet, place, label, variant=variant))
