"""One claim per row under one header row: what Vården i siffror, SKR's appendix and our own template share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from indicators import tidy_name
from loaders.layouts.claims import Around, Claims, Reading, RowPlaces, Signs, Unread
from loaders.layouts.heard import lines_around, numbers_of_column, words_below, words_of_column
from loaders.problems import ERROR, WARNING, Ignored, Problem
from loaders.tables.addresses import cell_range, runs
from loaders.tables.document import ROW, Document, Sheet
from loaders.tables.overflow import rows_too_long

_HEADER_WITHIN: Final = 30  # rows from the top in which a header is looked for
_ESSENTIAL: Final = ("title", "guid", "region_code", "region_name", "period", "value")


@dataclass(frozen=True)
class LongColumns:
    """A long layout's columns. `fields`: header → field; `context`: known headers kept as the row's context only.

    `needed`: groups of fields of which at least one must be there; `hallmarks`: headers of which one must be there,
    so that no other publisher's table is taken for this one.
    """

    fields: Mapping[str, str]
    needed: tuple[tuple[str, ...], ...]
    hallmarks: tuple[str, ...]
    context: tuple[str, ...] = ()
    publisher: str = ""
    blank_by_comment: bool = False  # an empty value has its reason in the comment column (SKR)
    blank_sex_is_total: bool = False
    other_sheets_are_help: bool = False  # instruction sheets of our own, which need no confirmation

    def field_of(self, header: str) -> str | None:
        return {tidy_name(name): field for name, field in self.fields.items()}.get(tidy_name(header))

    def knows(self, header: str) -> bool:
        return tidy_name(header) in {tidy_name(name) for name in (*self.fields, *self.context)}

    def header_row(self, sheet: Sheet) -> int | None:
        """The number of the row that is this layout's header, or None."""
        hallmarks = {tidy_name(name) for name in self.hallmarks}
        for row, texts in sheet.top(_HEADER_WITHIN):
            fields = {self.field_of(header) for header in texts}
            if all(fields & set(group) for group in self.needed) and hallmarks & set(map(tidy_name, texts)):
                return row
        return None


def _columns_of(
    layout: LongColumns, headers: list[str], sheet: Sheet, row: int
) -> tuple[dict[str, int], list[Problem]]:
    columns: dict[str, int] = {}
    problems = []
    for col, header in enumerate(headers, start=1):
        name = layout.field_of(header)
        if name is None:
            continue
        if name in columns:
            place = cell_range(row, row, col, col)
            problems.append(Problem(ERROR, "duplicate_header", sheet.name, place, header))
        columns.setdefault(name, col)
    return columns, problems


def _filled(columns: list[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).str.contains(r"\S").fill_null(False) for name in columns)


def _unused_columns(layout: LongColumns, headers: list[str], body: pl.DataFrame, sheet: Sheet) -> list[Ignored]:
    """Columns the layout does not know, where a cell has something in it."""
    listed = []
    for col, header in enumerate(headers, start=1):
        name = f"c{col}"
        if layout.knows(header) or body.is_empty():
            continue
        rows = body.filter(_filled([name]))[ROW]
        if rows.len():
            place = cell_range(int(rows[0]), int(rows[-1]), col, col)
            listed.append(Ignored(sheet.name, place, "unknown_column", {"header": header}))
    return listed


def read_sheet(layout: LongColumns, sheet: Sheet, header_row: int) -> Reading:
    """The claims under `header_row`: titles above it and rows that claim nothing are listed as ignored."""
    headers = next(texts for row, texts in sheet.top(_HEADER_WITHIN) if row == header_row)
    columns, problems = _columns_of(layout, headers, sheet, header_row)
    above, body = sheet.cells.filter(pl.col(ROW) < header_row), sheet.cells.filter(pl.col(ROW) > header_row)
    ignored = [
        Ignored(sheet.name, cell_range(first, last, 1, sheet.width), "above_header")
        for first, last in runs(above.filter(_filled(sheet.texts))[ROW])
    ]
    claiming = _filled([f"c{columns[name]}" for name in _ESSENTIAL if name in columns])
    notes = body.filter(~claiming).filter(_filled(sheet.texts))  # every column is looked through for these alone
    ignored += [
        Ignored(sheet.name, cell_range(first, last, 1, sheet.width), "no_figure") for first, last in runs(notes[ROW])
    ]
    body = body.filter(claiming)
    problems += rows_too_long(sheet, headers, [header_row], body)
    ignored += _unused_columns(layout, headers, body, sheet)
    frame = body.select(
        pl.col(ROW),
        pl.lit(columns["value"], pl.UInt32).alias("col"),
        *(pl.col(f"c{col}").alias(name) for name, col in columns.items()),
    )
    if layout.blank_by_comment and "comment" in columns:
        empty = pl.col("value").str.strip_chars().fill_null("") == ""
        frame = frame.with_columns(status=pl.when(empty).then("comment"))
    if "sex" not in columns:
        frame = frame.with_columns(sex=pl.lit("T"))
    elif layout.blank_sex_is_total:
        blank = pl.col("sex").str.strip_chars().fill_null("") == ""
        frame = frame.with_columns(sex=pl.when(blank).then(pl.lit("T")).otherwise("sex"))
    around, unread = _heard(layout, headers, columns, body, sheet, header_row)
    claims = Claims(sheet.name, frame, RowPlaces(columns, sheet.width), around=around, unread=unread)
    return Reading((claims,), layout.publisher, {}, tuple(ignored), tuple(problems))


def _heard(
    layout: LongColumns, headers: list[str], columns: Mapping[str, int], body: pl.DataFrame, sheet: Sheet, row: int
) -> tuple[tuple[Around, ...], tuple[Unread, ...]]:
    """What stands around the claims, and the numbers of columns that the layout does not know."""
    around, unread = list(lines_around(sheet, row, body[ROW])), list[Unread]()
    for col, header in enumerate(headers, start=1):
        if not layout.knows(header):
            around += words_of_column(body, col, header, row)
            unread += numbers_of_column(body, col, header)
    if "comment" in columns:
        around += words_below(body, columns["comment"], "comment")
    return tuple(around), tuple(unread)


def unread_sheet(sheet: Sheet) -> Ignored:
    """A sheet that holds no table of the layout (an instruction sheet, a cover), listed whole."""
    last = int(sheet.cells[ROW].max() or 1)  # type: ignore[arg-type]
    return Ignored(sheet.name, cell_range(1, last, 1, max(sheet.width, 1)), "other_sheet")


def recognise_long(layout: LongColumns, document: Document) -> bool:
    return any(layout.header_row(sheet) is not None for sheet in document.sheets)


def read_long(layout: LongColumns, document: Document, signs: Signs) -> Reading:
    """Every sheet that has the layout's header; the others are listed."""
    claims: list[Claims] = []
    ignored: list[Ignored] = []
    problems: list[Problem] = []
    for sheet in document.sheets:
        header_row = layout.header_row(sheet)
        if header_row is None:
            if not sheet.cells.is_empty():
                ignored.append(unread_sheet(sheet))
                problems += [] if layout.other_sheets_are_help else [Problem(WARNING, "sheet_not_read", sheet.name)]
            continue
        part = read_sheet(layout, sheet, header_row)
        claims += part.claims
        ignored += part.ignored
        problems += part.problems
    return Reading(tuple(claims), layout.publisher, signs, tuple(ignored), tuple(problems))
