"""Egen jämförelse: several measures over the regions at once, each cell judged by its own comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis import Comparison, Marks, marked_count
from analysis.told import level_words
from indicators import catalogue
from locales import text
from views.overview import Measure, Tile, country_of, measure_of, series_of
from views.parts import Line, Reader, line_of
from wording.headline import listed
from wording.sentences import benchmarks_of, rank_in_words
from wording.survey import surveys_in_words

_MOST_NAMED: Final = 3


@dataclass(frozen=True)
class Beside:
    """A measure's other pictures: each shown region's place among all and its line over time, the country as tiles."""

    places: tuple[str, ...]
    lines: tuple[Line, ...]
    country: tuple[Tile, ...]


@dataclass(frozen=True)
class Several:
    """The page with more than one measure. `names`: the shown regions with their addresses; `chosen`: which of them
    stand out; `measures` and `beside` are one a measure, their cells one a region."""

    headline: str
    lead: tuple[str, ...]
    survey: str
    caption: str
    names: tuple[tuple[str, str], ...]
    chosen: tuple[bool, ...]
    measures: tuple[Measure, ...]
    beside: tuple[Beside, ...]
    assumed: bool


def several(
    reader: Reader,
    whole: Sequence[Comparison],
    shown: Sequence[str],
    chosen: Sequence[str],
    level: float,
    *,
    synthetic: bool,
) -> Several:
    """The view of these comparisons (all regions' rows, judged at `level` per cent) for the `shown` region codes."""
    language = reader.language
    against = benchmarks_of(whole, language)
    rows = [one.rows.filter(pl.col("code").is_in(list(shown))) for one in whole]
    marks = marked_count(whole)
    return Several(
        text("compare.headline", language, titles=_titles(whole, language), benchmark=against),
        (_marked(marks, level, language),),
        surveys_in_words(whole, language),
        text("compare.heat_caption", language, benchmark=against, level=level_words(level, language)),
        tuple((catalogue().regions[code].short_name, reader.link("profile", region=code)) for code in shown),
        tuple(code in chosen for code in shown),
        tuple(measure_of(reader, one, shown, synthetic) for one in whole),
        tuple(_beside(reader, one, shown, chosen, synthetic) for one in whole),
        any("assumed" in set(one["evidence"]) for one in rows),
    )


def _marked(marks: Marks, level: float, language: str) -> str:
    counts = {"assessed": marks.assessed, "marked": marks.marked}
    return text("certainty.marked", language, level=level_words(level, language), **counts)


def _titles(whole: Sequence[Comparison], language: str) -> str:
    """The measures by name, or how many where they are many."""
    if len(whole) > _MOST_NAMED:
        return text("compare.measures", language, count=len(whole))
    return listed([one.indicator.short_title.in_language(language) for one in whole], language)


def _beside(
    reader: Reader, comparison: Comparison, shown: Sequence[str], chosen: Sequence[str], synthetic: bool
) -> Beside:
    series = series_of(reader, comparison.indicator, synthetic)
    places = {row["code"]: rank_in_words(row, reader.language, short=True) for row in comparison.rows.to_dicts()}
    names = {code: catalogue().regions[code].short_name for code in shown}
    return Beside(
        tuple(places.get(code, "–") for code in shown),
        tuple(line_of(series, code, text("overview.line", reader.language, name=names[code])) for code in shown),
        country_of(reader, comparison, chosen),
    )
