"""Region × period tables, as regions make them in Excel (domain §4E): title lines, a header over one to three rows with
merged cells, regions down and periods across or the other way, footnotes below. The indicator is named by a title line
or the sheet's name; a table that does not name one is refused."""

from typing import Final

import polars as pl

from indicators import Catalogue, catalogue, parse_period, tidy_name
from loaders.addresses import cell, rectangles
from loaders.checks.numbers import parse_number
from loaders.formats.document import Document, Sheet
from loaders.layouts.claims import Claims, Reading, Signs
from loaders.layouts.grid import Grid, GridPlaces, grid_of, with_regions_down
from loaders.layouts.headers import REGION_HEADERS, SEXES, Header, understood
from loaders.layouts.long import unread_sheet
from loaders.layouts.titles import indicators_in, named_table
from loaders.problems import ERROR, WARNING, Ignored, Problem

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
_TOTALS: Final = frozenset({"samtliga", "totalt", "total", "summa", "medel", "medelvärde", "genomsnitt", "alla"})
_MOST_HEADER_ROWS: Final = 4
_SCHEMA: Final = {
    "title": pl.String, "region_name": pl.String, "region_code": pl.String, "period": pl.String, "sex": pl.String,
    "unit": pl.String, "value": pl.String, "row": pl.UInt32, "col": pl.UInt32,
}  # fmt: skip


class Table:
    """One sheet's table, regions down. `head`: the header's row indexes; `columns`: column index → what it says."""

    def __init__(self, grid: Grid, region_col: int, first: int, nations: frozenset[str] = frozenset()) -> None:
        self.grid, self.region_col, self.first, self.nations = grid, region_col, first, nations
        self.head = self._header_rows()
        # Turned, what lies before the regions' line are the rows above the table: titles, no columns of it.
        start = region_col + 1 if grid.turned else 0
        self.columns = {col: self._header(col) for col in range(start, len(grid.texts[0])) if col != region_col}

    def _header_rows(self) -> list[int]:
        """The rows straight above the first region that say something beside a title line."""
        rows: list[int] = []
        for row in range(self.first - 1, -1, -1):
            texts = self.grid.texts[row]
            occupied = self.grid.occupied(row)
            right = [col for col in occupied if col > self.region_col]
            if any(parse_number(texts[col].rstrip("% ")) is not None and not parse_period(texts[col]) for col in right):
                self.first, rows = row, []  # figures under a label that is no region: a row of the table all the same
            elif len(occupied) == 1 and tidy_name(texts[occupied[0]]) in REGION_HEADERS:
                rows.append(row)
            elif not right or len(rows) == _MOST_HEADER_ROWS or self._is_title(row, occupied):
                if occupied or rows:
                    break
            else:
                rows.append(row)
        return sorted(rows)

    def _is_title(self, row: int, occupied: list[int]) -> bool:
        return len(occupied) == 1 and understood([(row, self.grid.texts[row][occupied[0]])]).kind == "unknown"

    def _header(self, col: int) -> Header:
        texts = []
        for row in self.head:
            text = self.grid.filled[row][col]
            if not text and row != self.head[-1] and col > self.region_col:
                # csv has no merged cells: a year stands once, over the first of its months.
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
    table = Table(*found, nations)
    return table if table.columns_of("figures") else None


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
            found, notes, faults = _read_table(table, sheet.name, known)
            claims.append(found)
            ignored += notes
            problems += faults
        elif not sheet.cells.is_empty():
            ignored.append(unread_sheet(sheet))
            problems.append(Problem(WARNING, "sheet_not_read", sheet.name))
    return Reading(tuple(claims), "", SIGNS, tuple(ignored), tuple(problems))


def _read_table(table: Table, sheet: str, known: Catalogue) -> tuple[Claims, list[Ignored], list[Problem]]:
    grid = table.grid
    titles = [(*grid.place(row, col), grid.texts[row][col]) for row, col in table.title_cells()]
    named = named_table([*sorted(titles), (0, 0, sheet)], known)
    problems: list[Problem] = []
    if len(named.indicators) != 1:
        rule = "indicator_not_named" if not named.indicators else "several_indicators"
        found = "; ".join(text for _, _, text in sorted(titles)) or sheet or "–"
        problems.append(Problem(ERROR, rule, sheet, found=found[:200], values={"ids": ", ".join(named.indicators)}))
    problems += [
        Problem(ERROR, "unclear_heading", sheet, cell(row, col), text)
        for row, col, text in titles
        if tidy_name(text) in SEXES
    ]
    ignored = [
        Ignored(sheet, cell(row, col), "above_header") for row, col, _ in titles if (row, col) != (named.row, named.col)
    ]
    rows, notes, faults = _rows_of(table, sheet, known)
    title = named.indicators[0] if len(named.indicators) == 1 else ""
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row").with_columns(
        title=pl.lit(title), unit=pl.when(pl.col("unit") == "").then(pl.lit(named.unit)).otherwise("unit")
    )
    # A table that names no indicator has no claims to judge: the one fault above says what to mend.
    places = _places(table, (named.row, named.col))
    return Claims(sheet, frame if title else frame.clear(), places), ignored + notes, problems + faults


def _places(table: Table, title: tuple[int, int]) -> GridPlaces:
    headers = {}
    grid = table.grid
    for col, header in table.columns_of("figures").items():
        line = grid.place(0, col)[0 if grid.turned else 1]
        for name, row in header.places:
            headers[name, line] = grid.place(row, col)
    region_line = grid.place(0, table.region_col)[0 if grid.turned else 1]
    return GridPlaces(grid.turned, region_line, headers, title)


def _rows_of(
    table: Table, sheet: str, known: Catalogue
) -> tuple[list[tuple[object, ...]], list[Ignored], list[Problem]]:
    """Claims as rows of _SCHEMA, the cells that are no claim, and what of that must be confirmed or mended."""
    grid, figures = table.grid, table.columns_of("figures")
    codes, sexes = list(table.columns_of("code")), list(table.columns_of("sex"))
    rows: list[tuple[object, ...]] = []
    ignored: list[Ignored] = []
    problems: list[Problem] = []
    body = range(table.first, len(grid.texts))
    for row in body:
        texts, label = grid.texts[row], grid.filled[row][table.region_col]
        filled = [col for col in figures if texts[col]]
        if not filled:
            places = rectangles(grid.place(row, col) for col in grid.occupied(row))
            ignored += [Ignored(sheet, place, "footnote") for place in places]
            notes = {each for col in grid.occupied(row) for each in indicators_in(texts[col], known)[0]}
            if notes and label:  # a second table under the first, with a title of its own
                problems.append(
                    Problem(ERROR, "several_tables", sheet, cell(*grid.place(row, table.region_col)), label)
                )
            continue
        if tidy_name(label) in _TOTALS:
            problems.append(Problem(WARNING, "other_total", sheet, cell(*grid.place(row, table.region_col)), label))
            places = rectangles(grid.place(row, col) for col in grid.occupied(row))
            ignored += [Ignored(sheet, place, "total_column", {"header": label}) for place in places]
            continue
        code = grid.filled[row][codes[0]] if codes else ""
        name = "Riket" if label.casefold() in table.nations else label
        sex = grid.filled[row][sexes[0]] if sexes else ""
        rows += [
            (None, name, code, figures[col].period, sex or figures[col].sex, figures[col].unit, texts[col],
             *grid.place(row, col))
            for col in filled
        ]  # fmt: skip
    more, faults = _unused_columns(table, sheet, body)
    return rows, ignored + more, problems + faults


def _unused_columns(table: Table, sheet: str, body: range) -> tuple[list[Ignored], list[Problem]]:
    """Comparisons are listed; columns whose header says nothing known must be confirmed too."""
    ignored, problems = [], []
    for kind, key in (("comparison", "relative_column"), ("unknown", "unknown_column")):
        for col, header in table.columns_of(kind).items():
            filled = [table.grid.place(row, col) for row in body if table.grid.texts[row][col]]
            key_of_cell = key if filled else "footnote"
            cells = filled or [table.grid.place(row, col) for row in table.head if table.grid.texts[row][col]]
            ignored += [Ignored(sheet, place, key_of_cell, {"header": header.label}) for place in rectangles(cells)]
            if filled and kind == "unknown":
                problems.append(Problem(WARNING, "column_not_understood", sheet, cell(*filled[0]), header.label))
    return ignored, problems
