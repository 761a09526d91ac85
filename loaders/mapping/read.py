"""A mapped file's cells → claims in its own words, judged by the same checks as every layout's; and what that
would give, tried without a store."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from indicators import Catalogue
from loaders.checks import judge
from loaders.checks.conservation import conserved
from loaders.layouts.claims import Claims, Reading, Signs
from loaders.layouts.long import unread_sheet
from loaders.mapping.locate import located
from loaders.mapping.read_table import TableReader
from loaders.mapping.spec import Mapping
from loaders.problems import ERROR, WARNING, Ignored, Problem, errors_first
from loaders.tables.addresses import rectangles
from loaders.tables.document import Document, Sheet

_OF_ROWS = ("mapped_word", "mapped_total", "mapped_group", "mapped_region", "repeated_header")
_FLAGS = {"confidential": "c", "masked": "c", "not_applicable": "z"}


def signs_of(mapping: Mapping) -> Signs:
    """Every table's signs for no value, with the flag each reason gives."""
    return {sign: (reason, _FLAGS.get(reason, "m")) for spec in mapping.tables for sign, reason in spec.missing.items()}


def read_mapped(document: Document, mapping: Mapping, known: Catalogue) -> Reading:
    """Every sheet that holds a table of the mapping; the others, and every cell that is no claim, are listed."""
    claims: list[Claims] = []
    ignored: list[Ignored] = []
    problems: list[Problem] = []
    for sheet, tables in located(document, mapping, known):
        readers = [TableReader(sheet, spec, row, known) for spec, row in tables]
        found = [reader.claims() for reader in readers]
        problems += [problem for reader in readers for problem in reader.problems]
        if not any(each.frame.height for each in found):
            ignored.append(unread_sheet(sheet))
            problems.append(Problem(WARNING, "sheet_not_read", sheet.name))
            continue
        claims += [each for each in found if each.frame.height]
        ignored += readers[0].ignored if len(readers) == 1 else _left_of(sheet, readers)
    if not claims:
        problems = [Problem(ERROR, "mapping_reads_nothing", found=mapping.name)]
    return Reading(tuple(claims), "", signs_of(mapping), tuple(ignored), tuple(problems))


def _left_of(sheet: Sheet, readers: list[TableReader]) -> list[Ignored]:
    """Where a sheet holds several tables: what none of them reads, and what one leaves, with its reason."""
    told = [one for reader in readers for one in reader.ignored if one.key in _OF_ROWS]
    read = {place for reader in readers for place in reader.cells_read()}
    read |= {place for one in told for place in cells_in(one.cell)}
    left = [
        (row, col)
        for row, *texts in sheet.cells.iter_rows()
        for col, text in enumerate(texts, start=1)
        if (text or "").strip() and (row, col) not in read
    ]
    return [*told, *(Ignored(sheet.name, place, "mapped_rest") for place in rectangles(left))]


def without_totals(document: Document, reading: Reading) -> Document:
    """The document without the faults of rows that are left as totals: a sum never calculated touches no figure."""
    totals = {(one.sheet, cell) for one in reading.ignored if one.key == "mapped_total" for cell in cells_in(one.cell)}
    if not totals:
        return document
    kept = tuple(
        each
        for each in document.problems
        if each.rule != "formula_without_value"
        or not each.cell
        or (each.sheet, next(iter(cells_in(each.cell)))) not in totals
    )
    return replace(document, problems=kept)


def cells_in(place: str) -> Iterator[tuple[int, int]]:
    """The cells (row, col) of an address or a range.

    >>> list(cells_in("B2:C3")), list(cells_in("AA1"))
    ([(2, 2), (2, 3), (3, 2), (3, 3)], [(1, 27)])
    """
    corners = [re.fullmatch(r"([A-Z]{1,3})(\d{1,9})", corner) for corner in place.split(":")]
    rows = [int(corner[2]) for corner in corners if corner]
    cols = [_number(corner[1]) for corner in corners if corner]
    for row in range(rows[0], rows[-1] + 1):
        for col in range(cols[0], cols[-1] + 1):
            yield row, col


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(frozen=True)
class Trial:
    """`observations`: columns of loaders.checks.OBSERVATION, those of a refused file too."""

    observations: pl.DataFrame
    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...]


def try_mapping(document: Document, mapping: Mapping, known: Catalogue) -> Trial:
    """Read and judge the document by the mapping; what is published is not asked."""
    reading = conserved(read_mapped(document, mapping, known), known)
    sheets = {claims.sheet for claims in reading.claims}
    own = [each for each in without_totals(document, reading).problems if not each.sheet or each.sheet in sheets]
    judged = judge(reading, known)
    problems = errors_first([*own, *reading.problems, *judged.problems])
    return Trial(judged.observations, problems, (*document.ignored, *reading.ignored, *judged.ignored))
