"""Granskningsakt: a region's report, every figure it rests on, and what of each it prints."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import polars as pl

from analysis import FIGURE_COLUMNS, Comparison, Finding, region_findings, series_over_time
from analysis.choices import chosen_region
from indicators import NATION, period_label
from views.compare import Several, several
from views.papers import Paper, region_report
from views.papers.blocks import Measures
from views.parts import Reader
from views.profile import Row, by_strength

_NUMBER: Final = re.compile(r"[+\N{MINUS SIGN}]?\d[\d\s,.:]*")
_KEY: Final = ("indicator", "code", "period", "sex")
Key = tuple[str, str, str, str]


class Printed(NamedTuple):
    """What the report prints of a figure: its number ("–" for none) is the `figure`, or is it `less` another one."""

    figure: Key
    number: str
    less: Key | None = None


@dataclass(frozen=True)
class EvidenceFile:
    """`figures`: FIGURE_COLUMNS, each once: of every region and riket in the report's measures, in the order of
    `comparisons`, and then of the region and riket over time. `beside`: the same measures as a workbook shows them."""

    region: str
    level: float
    report: Paper
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
    told = (*by_strength(found), *found.older)
    rows = [row for one in report.sections for block in one.blocks if isinstance(block, Measures) for row in block.rows]
    comparisons = tuple(one.comparison for one in found.all)
    codes = [code, *(other for other in _codes(comparisons) if other not in (code, NATION))]
    figures = _figures(reader, code, comparisons)
    pairs = zip(told, rows, strict=True)
    return EvidenceFile(
        code,
        level,
        report,
        comparisons,
        several(reader, comparisons, codes, [code], level, synthetic=False),
        figures,
        tuple(each for one, row in pairs for each in _printed(one, row, figures, reader.language)),
    )


def _figures(reader: Reader, code: str, comparisons: tuple[Comparison, ...]) -> pl.DataFrame:
    over_time = [
        series_over_time(reader.store, one.indicator.id, regions=[code], as_of=reader.as_of, include_synthetic=False)
        for one in comparisons
    ]
    rows = [one.rows.select(FIGURE_COLUMNS) for one in comparisons]
    rows += [one.rows.select(FIGURE_COLUMNS) for one in over_time]
    every = pl.concat(rows, how="vertical_relaxed") if rows else pl.DataFrame(schema=dict.fromkeys(_KEY, pl.String))
    return every.unique(_KEY, keep="first", maintain_order=True)


def _printed(one: Finding, row: Row, figures: pl.DataFrame, language: str) -> Iterator[Printed]:
    """The value, its difference to riket, and its changes."""
    indicator, code, period, sex = (one.row[name] for name in _KEY)
    own = (indicator, code, period, sex)
    yield Printed(own, row.cell.value)
    yield Printed(own, row.difference, (indicator, NATION, period, sex))
    periods = figures.filter(pl.col("indicator") == indicator)["period"].unique()
    named = {period_label(key, language): key for key in periods}
    for change in (row.since_last, row.since_pandemic, row.since_audit):
        if (number := _NUMBER.match(change.words)) and change.first in named and change.last in named:
            ends = [(indicator, code, named[end], sex) for end in (change.last, change.first)]
            yield Printed(ends[0], number[0].strip(), ends[1])


def _codes(comparisons: tuple[Comparison, ...]) -> Iterator[str]:
    yield from dict.fromkeys(code for one in comparisons for code in one.rows["code"])
