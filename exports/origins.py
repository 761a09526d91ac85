"""Which figures came from which file, and whose file it was: computed from the upload of every shown figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.benchmarks import MADE
from indicators import NATION, catalogue, period_label, period_of
from indicators.file_layouts import file_of
from locales import text
from locales.numbers import format_number

_NAMED: Final = 2  # so many figures are named one by one; more are counted


@dataclass(frozen=True)
class Origin:
    """One upload behind shown figures. `file`: whose file, and its name; `part`: which figures, in words."""

    upload: int
    file: str
    part: str
    published_at: str


def origins(rows: pl.DataFrame, layouts: Mapping[int, str], language: str) -> list[Origin]:
    """The uploads behind the rows (FIGURE_COLUMNS), the one with most figures first. `layouts`: upload → layout. A
    figure we computed ourselves stands in no file."""
    parts = rows.drop_nulls("upload").partition_by("upload", maintain_order=True)
    return [
        Origin(
            part["upload"][0],
            file_of(part["file"][0], layouts.get(part["upload"][0], ""), language),
            part_in_words(part, language),
            part["published_at"][0],
        )
        for part in sorted(parts, key=lambda part: (-part.height, part["upload"][0]))
    ]


def part_in_words(rows: pl.DataFrame, language: str) -> str:
    """`20 regioner och riket 2016–2023`; a figure or two by name: `Region Norrbotten 2020`. A Riket nobody printed is
    called what it is: `regionernas vägda medelvärde 2015`."""
    nation = _nation(rows, language)
    shown = rows.select("code", "period").unique(maintain_order=True)
    if shown.height <= _NAMED:
        return _and([f"{_name(code, nation)} {period_label(key, language)}" for code, key in shown.rows()], language)
    codes = list(dict.fromkeys(shown["code"]))
    regions = [code for code in codes if code != NATION]
    some = [_name(code, nation) for code in regions] if len(regions) <= _NAMED else [_count(len(regions), language)]
    whole = [nation] if NATION in codes else []
    return f"{_and([*some, *whole], language)} {_span(set(shown['period']), language)}"


def _count(number: int, language: str) -> str:
    return text("origins.regions", language, count=format_number(number, 0, language))


def _nation(rows: pl.DataFrame, language: str) -> str:
    made = rows.filter(pl.col("comment").is_in(MADE))["comment"]
    return text("origins.nation" if made.is_empty() else f"judgements.benchmark.{made[0]}", language)


def _name(code: str, nation: str) -> str:
    return nation if code == NATION else catalogue().regions[code].name


def _and(parts: list[str], language: str) -> str:
    """`a`, `a och b`, `a, b och c`."""
    if len(parts) < 2:
        return "".join(parts)
    return text("origins.and", language, first=", ".join(parts[:-1]), last=parts[-1])


def _span(keys: set[str], language: str) -> str:
    """`2020`, or the first and the last of several."""
    ordered = sorted(keys, key=lambda key: period_of(key).recency)
    first, last = period_label(ordered[0], language), period_label(ordered[-1], language)
    return first if first == last else text("origins.span", language, first=first, last=last)
