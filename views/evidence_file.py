"""Granskningsakt: a region's report, every figure it rests on, and what of each it prints."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from analysis import FIGURE_COLUMNS, Comparison, Finding, region_findings
from analysis.choices import chosen_region
from indicators import NATION
from views.compare import Several, several
from views.papers import RegionReport, region_report
from views.parts import Reader
from views.profile import Row, by_strength

_KEY = ("indicator", "code", "period", "sex")


class Printed(NamedTuple):
    """What the report prints of the region's figure (a key): its value and its difference to riket; "–" for none, as
    of an older measurement."""

    key: tuple[str, str, str, str]
    value: str
    difference: str


@dataclass(frozen=True)
class EvidenceFile:
    """`figures`: FIGURE_COLUMNS of every region and riket in the report's measures, each once, in the order of
    `comparisons`; `beside`: the same measures as a workbook shows them."""

    region: str
    report: RegionReport
    comparisons: tuple[Comparison, ...]
    beside: Several
    figures: pl.DataFrame
    printed: tuple[Printed, ...]


def evidence_file(reader: Reader, region: str, *, level: float = 95) -> EvidenceFile:
    """The file of a region (its name or code) as it was on the reader's day, of real figures alone.

    Raises UnknownChoice for no region."""
    code = chosen_region(region)
    report = region_report(reader, code, level=level)
    found = region_findings(reader.store, code, level=level, as_of=reader.as_of)
    comparisons = tuple(one.comparison for one in found.all)
    figures = [one.rows.select(FIGURE_COLUMNS) for one in comparisons]
    codes = [code, *(other for other in _codes(comparisons) if other not in (code, NATION))]
    rows, older = _beside(by_strength(found), report.shown.rows), _beside(found.older, report.shown.older)
    printed = [
        *(Printed(_key(one), row.cell.value, row.difference) for one, row in rows),
        *(Printed(_key(one), row.cell.value, "–") for one, row in older),
    ]
    return EvidenceFile(
        code,
        report,
        comparisons,
        several(reader, comparisons, codes, [code], level, synthetic=False),
        pl.concat(rows, how="vertical_relaxed")
        if rows
        else pl.DataFrame(schema=dict.fromkeys(FIGURE_COLUMNS, pl.String)),
        tuple(printed),
    )


def _beside(found: Sequence[Finding], rows: Sequence[Row]) -> Iterator[tuple[Finding, Row]]:
    return zip(found, rows, strict=True)


def _key(one: Finding) -> tuple[str, str, str, str]:
    return (one.row["indicator"], one.row["code"], one.row["period"], one.row["sex"])


def _codes(comparisons: tuple[Comparison, ...]) -> Iterator[str]:
    yield from dict.fromkeys(code for one in comparisons for code in one.rows["code"])
