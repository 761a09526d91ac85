"""Kolada's table export: one row per region and KPI, years as columns (domain §4D). Its signs are three reasons: `-`
not reported, `.` not applicable, `..` confidential."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

import polars as pl

from indicators import Catalogue, tidy_name
from loaders.layouts.claims import Claims, Reading, Signs, Unread
from loaders.layouts.footnotes import parted
from loaders.layouts.grid import GridPlaces
from loaders.layouts.heard import lines_around, numbers_of_column, words_of_column
from loaders.layouts.long import unread_sheet
from loaders.problems import ERROR, WARNING, Ignored, Problem
from loaders.tables.addresses import cell, cell_range, runs
from loaders.tables.document import ROW, Document, Sheet
from loaders.tables.numbers import parse_number
from loaders.tables.overflow import rows_too_long
from loaders.tables.periods import read_period

SIGNS: Final[Signs] = {
    "-": ("not_reported", "m"),
    "–": ("not_reported", "m"),
    ".": ("not_applicable", "z"),
    "..": ("confidential", "c"),
}
# In order of preference: an id says more than a name.
_FIELDS: Final = {
    "title": (
        "nyckeltals-id",
        "nyckeltal-id",
        "nyckeltalsid",
        "nyckeltal id",
        "nyckeltal_id",
        "kpi",
        "id",
        "kpi_id",
        "nyckeltal",
        "nyckeltalsnamn",
        "indikator",
        "kpi name",
    ),
    "region_code": ("kommun-id", "kommun_id", "kommunkod", "regionkod", "region-id", "region_id", "kod"),
    "region_name": ("region", "kommun/region", "kommun", "område", "landsting", "län", "municipality", "enhet"),
    "sex": ("kön", "kon", "gender"),
    "unit": ("enhet/måttenhet", "måttenhet"),
}
_CONTEXT: Final = frozenset({"nyckeltal", "nyckeltalsnamn", "typ", "kommuntyp", "kpi name", "indikator"})
_HEADER_WITHIN: Final = 30
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_KPI: Final = r"\b([NU]\d{5})\b"


@dataclass(frozen=True)
class _Head:
    """`periods`: column → its header as printed, which may carry a footnote's mark."""

    row: int
    columns: dict[str, int]
    periods: dict[int, str]
    others: dict[int, str] = field(default_factory=dict)


def _head_of(sheet: Sheet) -> _Head | None:
    for row, texts in sheet.top(_HEADER_WITHIN):
        tidy = [tidy_name(text) for text in texts]
        columns = {
            name: tidy.index(header) + 1
            for name, headers in _FIELDS.items()
            if (header := next((each for each in headers if each in tidy), None))
        }
        periods = {col: text for col, text in enumerate(texts, start=1) if read_period(parted(text)[0])}
        if "title" in columns and columns.keys() & {"region_code", "region_name"} and periods:
            used = {*columns.values(), *periods}
            others = {col: text for col, text in enumerate(texts, start=1) if col not in used}
            return _Head(row, columns, periods, others)
    return None


@dataclass(frozen=True)
class _TablePlaces(GridPlaces):
    columns: dict[str, int] = field(default_factory=dict)
    width: int = 1

    def address(self, name: str, row: int, col: int) -> str:
        if name in self.columns:
            return cell(row, self.columns[name])
        return super().address(name, row, col)

    def ranges(self, claims: pl.DataFrame) -> list[str]:
        """Whole rows: a claim is set aside for its indicator or region, which all its row shares."""
        return [cell_range(first, last, 1, self.width) for first, last in runs(claims[ROW])]


def recognise(document: Document) -> bool:
    return any(_head_of(sheet) is not None for sheet in document.sheets)


def _claims(sheet: Sheet, head: _Head) -> Claims:
    body = sheet.cells.filter(pl.col(ROW) > head.row)
    fields = [pl.col(f"c{col}").alias(name) for name, col in head.columns.items()]
    parts = [
        body.select(
            pl.col(ROW),
            pl.lit(col, pl.UInt32).alias("col"),
            *fields,
            pl.lit(parted(header)[0]).alias("period"),
            pl.lit(header if parted(header)[1] else "").alias("comment"),
            pl.col(f"c{col}").str.strip_chars().alias("value"),
        )
        for col, header in head.periods.items()
    ]
    frame = pl.concat(parts).filter(pl.col("value").fill_null("") != "")
    # "U70447 Förtroende …": the id stands in front of the name in some exports.
    frame = frame.with_columns(title=pl.coalesce(pl.col("title").str.extract(_KPI, 1), "title"))
    if "sex" not in head.columns:
        frame = frame.with_columns(sex=pl.lit("T"))
    headers = {("period", col): (head.row, col) for col in head.periods}
    places = _TablePlaces(turned=False, region_line=1, headers=headers, columns=head.columns, width=sheet.width)
    return Claims(sheet.name, frame.sort(ROW, "col"), places)


def _heard(sheet: Sheet, head: _Head, claims: Claims) -> Claims:
    """The claims with what stands around them."""
    rows = claims.frame[ROW].unique()
    body = sheet.cells.filter(pl.col(ROW).is_in(rows.implode()))
    around, unread = list(lines_around(sheet, head.row, rows)), list[Unread]()
    for col, header in head.others.items():
        if tidy_name(header) not in _CONTEXT and not _YEAR.search(header):
            around += words_of_column(body, col, header, head.row)
            unread += numbers_of_column(body, col, header)
    return replace(claims, around=tuple(around), unread=tuple(unread))


def _unused(sheet: Sheet, head: _Head, claims: Claims) -> list[Ignored]:
    filled = pl.any_horizontal(pl.col(name).str.strip_chars().fill_null("") != "" for name in sheet.texts)
    above = sheet.cells.filter(pl.col(ROW) < head.row, filled)[ROW]
    used = claims.frame.select(ROW).unique()
    notes = sheet.cells.filter(pl.col(ROW) > head.row, filled).join(used, on=ROW, how="anti")[ROW]
    listed = [(above, "above_header"), (notes, "no_figure")]
    ignored = [
        Ignored(sheet.name, cell_range(first, last, 1, sheet.width), key)
        for rows, key in listed
        for first, last in runs(rows)
    ]
    for col, header in head.others.items():
        name = f"c{col}"
        rows = sheet.cells.filter(pl.col(ROW) > head.row, pl.col(name).str.strip_chars().fill_null("") != "")[ROW]
        if rows.len() and tidy_name(header) not in _CONTEXT:
            place = cell_range(int(rows[0]), int(rows[-1]), col, col)
            ignored.append(Ignored(sheet.name, place, "unknown_column", {"header": header}))
    return ignored


def _unread_years(sheet: Sheet, head: _Head) -> list[Problem]:
    """Columns of numbers under a header that has a year in it and still is no period: none is left out unseen."""
    problems = []
    for col, header in head.others.items():
        if not _YEAR.search(header):
            continue
        below = sheet.cells.filter(pl.col(ROW) > head.row).select(ROW, f"c{col}").drop_nulls()
        row = next((row for row, text in below.iter_rows() if parse_number(text) is not None), None)
        if row is not None:
            rule, place = "column_not_understood", cell(row, col)
            problems.append(Problem(ERROR, rule, sheet.name, place, header, variant="column_of_numbers"))
    return problems


def read(document: Document, _known: Catalogue) -> Reading:
    claims: list[Claims] = []
    ignored: list[Ignored] = []
    problems: list[Problem] = []
    for sheet in document.sheets:
        if head := _head_of(sheet):
            claims.append(_heard(sheet, head, _claims(sheet, head)))
            headers = next(texts for row, texts in sheet.top(_HEADER_WITHIN) if row == head.row)
            used = sheet.cells.join(claims[-1].frame.select(ROW).unique(), on=ROW, how="semi")
            problems += rows_too_long(sheet, headers, [head.row], used)
            problems += _unread_years(sheet, head)
            ignored += _unused(sheet, head, claims[-1])
        elif not sheet.cells.is_empty():
            ignored.append(unread_sheet(sheet))
            problems.append(Problem(WARNING, "sheet_not_read", sheet.name))
    return Reading(tuple(claims), "", SIGNS, tuple(ignored), tuple(problems), regions_only=True)
