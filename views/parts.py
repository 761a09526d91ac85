"""What cards and tables are made of: a verdict, a figure's cell, a line over time, a link."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

import polars as pl

from analysis import Comparison, TimeSeries
from analysis.told import shown_judgement
from indicators import NATION
from locales.numbers import format_number, format_value
from models import Store
from wording.judgement import judgement_in_words, verdict_of

LINKED = ("indicator", "code", "period", "sex", "upload")


@dataclass(frozen=True)
class Reader:
    """For whom a view is made: the language, the store, and the day whose figures are asked for (None: today's)."""

    language: str
    store: Store
    as_of: date | None = None

    def link(self, page: str, **choices: str) -> str:
        """An address within the pages that keeps the reader's language and day."""
        day = {"as_of": self.as_of.isoformat()} if self.as_of else {}
        return f"{page}?{urlencode({**choices, 'lang': self.language, **day})}"

    def figure(self, row: Mapping[str, Any]) -> str:
        """Where a figure's own page is (a row with LINKED); "" for one made here, which stands in no file."""
        if row["upload"] is None:
            return ""
        named = {"indicator": row["indicator"], "region": row["code"], "period": row["period"], "sex": row["sex"]}
        return self.link("figure", **named)


class Verdict(NamedTuple):
    """A judgement as it is shown: the judgement itself (wording.symbols.JUDGEMENTS), its symbol, its short word, and
    whether it stands on an assumed base."""

    judgement: str
    symbol: str
    word: str
    assumed: bool


@dataclass(frozen=True)
class Cell:
    """A figure judged: its number without unit ("–" for none), its verdict, the whole in words, the way to its origin
    ("" for none)."""

    value: str
    verdict: Verdict
    said: str
    address: str = ""


class Point(NamedTuple):
    """A value at a moment (the period's first day), and the stretch that a line may join."""

    when: date
    value: float
    stretch: int


@dataclass(frozen=True)
class Line:
    """A region over time beside the nation, and the same in words for who cannot see it."""

    own: tuple[Point, ...] = ()
    nation: tuple[Point, ...] = ()
    said: str = field(default="", compare=False)


def verdict_in(row: Mapping[str, Any], language: str) -> Verdict:
    """The verdict of a row of a comparison (JUDGEMENT_COLUMNS)."""
    symbol, word = verdict_of(row, language)
    judgement = "not_assessable" if row["value"] is None else shown_judgement(row)
    return Verdict(judgement, symbol, word, row["evidence"] == "assumed")


NO_ROW: Mapping[str, Any] = {"judgement": None, "value": None, "evidence": "none", "unassessed": "no_value"}


def cell_of(comparison: Comparison, code: str, reader: Reader) -> Cell:
    """The region's figure in a comparison, judged; "–" and that it is missing where there is none."""
    found = comparison.rows.filter(pl.col("code") == code)
    if found.is_empty():
        verdict = verdict_in(NO_ROW, reader.language)
        return Cell("–", verdict, verdict.word)
    row = found.row(0, named=True)
    said = judgement_in_words(row, comparison, reader.language)
    return Cell(number_of(comparison, row, reader.language), verdict_in(row, reader.language), said, reader.figure(row))


def number_of(comparison: Comparison, row: Mapping[str, Any], language: str) -> str:
    """The value as printed, without its unit; `x` marks a made-up one; "–" for none."""
    if row["value"] is None:
        return "–"
    mark = "\N{NO-BREAK SPACE}x" if "x" in row["flags"] else ""
    indicator = comparison.indicator
    if indicator.unit == "seconds":
        return format_value(row["value"], "seconds", indicator.decimals, language) + mark
    return format_number(row["value"], indicator.decimals, language) + mark


def nation_of(comparison: Comparison, language: str) -> str:
    """The nation's value, as number_of."""
    found = comparison.rows.filter(pl.col("code") == NATION)
    return number_of(comparison, found.row(0, named=True), language) if found.height else "–"


def line_of(series: TimeSeries, code: str, said: str = "") -> Line:
    """The region's line beside the nation's; of the nation alone where `code` is its own."""
    nation = _points(series.rows, NATION)
    return Line(_points(series.rows, code) if code != NATION else nation, nation if code != NATION else (), said)


def _points(rows: pl.DataFrame, code: str) -> tuple[Point, ...]:
    own = rows.filter(pl.col("code") == code, pl.col("value").is_not_null()).sort("period_start")
    return tuple(Point(*row) for row in own.select("period_start", "value", "stretch").iter_rows())
