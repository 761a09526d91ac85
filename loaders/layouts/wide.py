"""Region × period tables, as regions make them in Excel (domain §4E): title lines, a header over one to three rows with
merged cells, regions down and periods across or the other way, footnotes below. The indicator is named by a title line
or the sheet's name; a table that does not name one is refused."""

from typing import Final

import polars as pl

from indicators import Catalogue, catalogue
from loaders.layouts.claims import Around, Claims, Reading, Signs
from loaders.layouts.grid import GridPlaces
from loaders.layouts.headers import DEFAULT_SEX
from loaders.layouts.long import unread_sheet
from loaders.layouts.wide_rows import SCHEMA, TableRows
from loaders.layouts.wide_table import Table, table_of
from loaders.problems import ERROR, WARNING, Ignored, Problem
from loaders.tables.addresses import cell, rectangles
from loaders.tables.document import Document, Sheet
from loaders.tables.titles import named_table

SIGNS: Final[Signs] = {
    "-": ("not_reported", "m"),
    "–": ("not_reported", "m"),
    ".": ("not_applicable", "z"),
    "..": ("confidential", "c"),
    "uppgift saknas": ("missing", "m"),
    "saknas": ("missing", "m"),
    "unk": ("missing", "m"),
    "msk": ("masked", "c"),
    "inv": ("invalid", "m"),
}


def recognise(document: Document) -> bool:
    return any(table_of(sheet, catalogue()) is not None for sheet in document.sheets)


def read(document: Document, known: Catalogue) -> Reading:
    return read_tables(document, known)


def read_tables(document: Document, known: Catalogue, nations: frozenset[str] = frozenset()) -> Reading:
    """Every sheet that holds a region × period table; the others are listed."""
    claims: list[Claims] = []
    ignored: list[Ignored] = []
    problems: list[Problem] = []
    for sheet in document.sheets:
        table = table_of(sheet, known, nations)
        if table is not None:
            found, notes, faults = _read_table(table, sheet, known)
            claims.append(found)
            ignored += notes
            problems += faults
        elif not sheet.cells.is_empty():
            ignored.append(unread_sheet(sheet))
            problems.append(Problem(WARNING, "sheet_not_read", sheet.name))
    return Reading(tuple(claims), "", SIGNS, tuple(ignored), tuple(problems))


def _titles(table: Table) -> list[tuple[int, int, str]]:
    grid = table.grid
    return [(*grid.place(row, col), grid.texts[row][col]) for row, col in table.title_cells()]


def names_its_indicator(document: Document, known: Catalogue) -> bool:
    """Whether every region × period table says which one indicator it is about."""
    tables = [(sheet, table) for sheet in document.sheets if (table := table_of(sheet, known)) is not None]
    named = [named_table([*sorted(_titles(table)), (0, 0, sheet.name)], known) for sheet, table in tables]
    return bool(named) and all(len(each.indicators) == 1 for each in named)


def _read_table(table: Table, part: Sheet, known: Catalogue) -> tuple[Claims, list[Ignored], list[Problem]]:
    sheet, titles = part.name, _titles(table)
    named = named_table([*sorted(titles), (0, 0, sheet)], known)
    problems: list[Problem] = []
    if len(named.indicators) != 1:
        rule = "indicator_not_named" if not named.indicators else "several_indicators"
        found = "; ".join(text for _, _, text in sorted(titles)) or sheet or "–"
        problems.append(Problem(ERROR, rule, sheet, found=found[:200], values={"ids": ", ".join(named.indicators)}))
    beside = ((row, col) for row, col, _ in titles if (row, col) != (named.row, named.col))
    ignored = [Ignored(sheet, place, "above_header") for place in rectangles(beside)]
    read = TableRows(table, part, known)
    title = named.indicators[0] if len(named.indicators) == 1 else ""
    frame = pl.DataFrame(read.rows, schema=SCHEMA, orient="row").with_columns(
        title=pl.lit(title), unit=pl.when(pl.col("unit") == "").then(pl.lit(named.unit)).otherwise("unit")
    )
    around = _over(table)
    around += [Around("", sheet, "sheet")] if sheet else []
    claims = Claims(
        sheet,
        frame,
        _places(table, (named.row, named.col)),
        named=bool(title),
        around=(*around, *read.around),
        settles=_settles(table),
        unread=tuple(read.unread),
    )
    return claims, ignored + read.ignored, problems + read.problems


def _over(table: Table) -> list[Around]:
    """The titles. One over a single column of figures may be that column's alone, and settles nothing."""
    grid, figures = table.grid, table.columns_of("figures")
    cells = [(grid.place(row, col), col, grid.texts[row][col]) for row, col in table.title_cells()]
    return [
        Around(cell(*place), text, "header" if col in figures and not grid.turned else "title")
        for place, col, text in sorted(cells)
    ]


def _settles(table: Table) -> frozenset[str]:
    """What the table's own headers leave open: a sex, where none has one; a scale, where none has a unit of its own."""
    headers = table.columns_of("figures").values()
    sex = not table.columns_of("sex") and all(header.sex == DEFAULT_SEX for header in headers)
    scale = all(header.unit in ("", "antal") for header in headers)
    return frozenset([*(["sex"] if sex else []), *(["scale"] if scale else [])])


def _places(table: Table, title: tuple[int, int]) -> GridPlaces:
    headers = {}
    grid = table.grid
    for col, header in table.columns_of("figures").items():
        line = grid.place(0, col)[0 if grid.turned else 1]
        for name, row in header.places:
            headers[name, line] = grid.place(row, col)
    region_line = grid.place(0, table.region_col)[0 if grid.turned else 1]
    return GridPlaces(grid.turned, region_line, headers, title)
