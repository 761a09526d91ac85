"""A mapped table's rows: those with figures, with what is printed once filled in; and why each other has none."""

from dataclasses import dataclass

import polars as pl

from indicators import Catalogue
from loaders.mapping.spec import Role, TableSpec
from loaders.mapping.table import block_end
from loaders.problems import Ignored, Problem
from loaders.tables.addresses import cell_range, rectangles, runs
from loaders.tables.cells import is_total
from loaders.tables.document import ROW, Sheet
from loaders.tables.headers import Column, columns_of, rows_of
from loaders.tables.overflow import rows_too_long

_LABELS: tuple[Role, ...] = ("region", "period", "year", "part", "indicator", "care_unit")
_FIRST_COLUMNS = 3  # where a total's label stands in a table without label columns


@dataclass(frozen=True)
class Lines:
    """The table's place in this very sheet: `shift` rows below where the mapping was made, its columns by key."""

    sheet: Sheet
    spec: TableSpec
    header_row: int
    columns: list[Column]

    @property
    def shift(self) -> int:
        return self.header_row - self.spec.header_row if self.spec.header_rows else 0

    @property
    def by_key(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            found.setdefault(column.key, []).append(column)
        return found

    def role(self, role: Role) -> Column | None:
        return next(iter(self.by_key.get(self.spec.columns.get(role, "?"), [])), None)

    @property
    def figure_columns(self) -> list[int]:
        return [column.col for each in self.spec.figures for column in self.by_key.get(each.column, [])]

    @property
    def first(self) -> int:
        return self.spec.first + self.shift

    @property
    def last(self) -> int | None:
        return self.spec.last + self.shift if self.spec.last else block_end(self.sheet, self.first)

    @property
    def header(self) -> range:
        return range(self.header_row, self.header_row + self.spec.header_rows)


def lines_of(sheet: Sheet, spec: TableSpec, header_row: int, known: Catalogue) -> Lines:
    """The table in a sheet, its header beginning in `header_row`."""
    return Lines(sheet, spec, header_row, columns_of(sheet, header_row, spec.header_rows, known))


def sorted_rows(lines: Lines, known: Catalogue) -> tuple[pl.DataFrame, list[Ignored], list[Problem]]:
    """(rows with figures: row, c1 …, `_section`; the others listed; rows with more cells than the header)."""
    sheet, spec = lines.sheet, lines.spec
    cells = sheet.cells.with_columns(pl.col(name).str.strip_chars().fill_null("") for name in sheet.texts)
    body = cells.filter(pl.col(ROW) >= lines.first)
    if lines.last:
        body = body.filter(pl.col(ROW) <= lines.last)
    body = _printed_once(lines, _sections(lines, _merged(sheet, body), known))
    sorted_out = body.with_columns(_why=_why(lines))
    kept = sorted_out.filter(pl.col("_why") == "").drop("_why")
    header = rows_of(sheet, lines.header_row, max(spec.header_rows, 1))[-1]
    problems = rows_too_long(sheet, header, lines.header, kept) if spec.header_rows else []
    return kept, [*_above(lines, cells), *_left(lines, sorted_out), *_below(lines, cells)], problems


def _why(lines: Lines) -> pl.Expr:
    """Why a row is no claim: the header again, a total, another group of a breakdown, no figure; "" for one that is."""
    sheet, spec = lines.sheet, lines.spec
    header = rows_of(sheet, lines.header_row, max(spec.header_rows, 1))[-1]
    again = pl.all_horizontal(pl.col(f"c{col}") == text for col, text in enumerate(header, start=1))
    figures = [pl.col(f"c{col}") != "" for col in lines.figure_columns]
    labels = [f"c{column.col}" for role in _LABELS if (column := lines.role(role))]
    labels = labels or [f"c{col}" for col in range(1, min(_FIRST_COLUMNS, sheet.width) + 1)]
    total = pl.any_horizontal(
        pl.col(name).map_elements(lambda text: is_total(text, spec.skip), return_dtype=pl.Boolean) for name in labels
    )
    other = pl.any_horizontal(
        [pl.lit(False)]
        + [~pl.col(f"c{lines.by_key[key][0].col}").is_in(list(texts)) for key, texts in spec.only.items()]
    )
    any_figure = pl.any_horizontal(figures) if figures else pl.lit(False)
    return (
        pl.when(again if spec.header_rows else pl.lit(False))
        .then(pl.lit("repeated_header"))
        .when(total & pl.lit(bool(spec.skip)))
        .then(pl.lit("mapped_total"))
        .when(~any_figure)
        .then(pl.lit("no_figure"))
        .when(other)
        .then(pl.lit("mapped_group"))
        .otherwise(pl.lit(""))
    )


def _merged(sheet: Sheet, body: pl.DataFrame) -> pl.DataFrame:
    """A merged cell's text in every row it spans."""
    for top, bottom, left, _ in sheet.merged:
        text = body.filter(pl.col(ROW) == top)[f"c{left}"] if bottom > top and left <= sheet.width else None
        if text is not None and text.len() and text[0]:
            within = pl.col(ROW).is_between(top, bottom)
            spanned = pl.when(within).then(pl.lit(text[0])).otherwise(pl.col(f"c{left}"))
            body = body.with_columns(spanned.alias(f"c{left}"))
    return body


def _sections(lines: Lines, body: pl.DataFrame, known: Catalogue) -> pl.DataFrame:
    """`_section`: the region of the nearest line above that holds nothing but its name."""
    given = lines.spec.region
    if given.kind != "section" or given.text not in lines.by_key:
        return body.with_columns(_section=pl.lit(""))
    name = pl.col(f"c{lines.by_key[given.text][0].col}")
    alone = pl.sum_horizontal((pl.col(each) != "").cast(pl.UInt32) for each in lines.sheet.texts) == 1
    regional = name.map_elements(lambda text: known.region_named(text) is not None, return_dtype=pl.Boolean)
    marked = body.with_columns(_section=pl.when(alone & regional & (name != "")).then(name))
    return marked.with_columns(pl.col("_section").forward_fill().fill_null(""))


def _printed_once(lines: Lines, body: pl.DataFrame) -> pl.DataFrame:
    names = [f"c{column.col}" for role in lines.spec.fill if (column := lines.role(role))]
    return body.with_columns(
        pl.when(pl.col(name) != "").then(pl.col(name)).forward_fill().fill_null("").alias(name) for name in names
    )


def _above(lines: Lines, cells: pl.DataFrame) -> list[Ignored]:
    """Titles, but for the cells that say the region, the period or the indicator."""
    spec = lines.spec
    said = {
        (each.row + lines.shift, each.col) for each in (spec.region, spec.period, spec.indicator) if each.kind == "cell"
    }
    above = [
        (row, col)
        for row, *texts in cells.filter(pl.col(ROW) < lines.first).iter_rows()
        if row not in lines.header
        for col, text in enumerate(texts, start=1)
        if text and (row, col) not in said
    ]
    return [Ignored(lines.sheet.name, place, "above_header") for place in rectangles(above)]


def _left(lines: Lines, sorted_out: pl.DataFrame) -> list[Ignored]:
    """Rows that are no claim; a section's own line is read."""
    sheet = lines.sheet
    filled = pl.any_horizontal(pl.col(name) != "" for name in sheet.texts)
    left = sorted_out.filter(filled, pl.col("_why") != "")
    if lines.spec.region.kind == "section" and lines.spec.region.text in lines.by_key:
        name = pl.col(f"c{lines.by_key[lines.spec.region.text][0].col}")
        left = left.filter((name != pl.col("_section")) | (pl.col("_why") != "no_figure"))
    return [
        Ignored(sheet.name, cell_range(first, last, 1, max(sheet.width, 1)), why)
        for why in ("repeated_header", "mapped_total", "mapped_group", "no_figure")
        for first, last in runs(left.filter(pl.col("_why") == why)[ROW])
    ]


def _below(lines: Lines, cells: pl.DataFrame) -> list[Ignored]:
    if not lines.last:
        return []
    filled = pl.any_horizontal(pl.col(name) != "" for name in lines.sheet.texts)
    rows = cells.filter(pl.col(ROW) > lines.last, filled)[ROW]
    width = max(lines.sheet.width, 1)
    return [Ignored(lines.sheet.name, cell_range(first, last, 1, width), "mapped_rest") for first, last in runs(rows)]
