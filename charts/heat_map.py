"""How do the regions stand in many indicators at once? A cell per region and indicator, each with its judgement."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import polars as pl

from analysis import Comparison
from analysis.told import level_words, verdict_word
from charts.cells import Line, cell_layers, in_cell
from charts.judged import judged_records
from charts.region_labels import LINES
from charts.strips import START, apart, at
from charts.theme import drawn_from, finished
from indicators import catalogue, period_label
from locales import text
from wording.judgement import any_judged, capital, tallies, verdict_of
from wording.sentences import benchmarks_of

_NAMES: Final = 34  # pixels: the regions' names, in two lines
_TITLE: Final = 24
_CELL: Final = 84  # a finger needs 44; "ingen / säker / skillnad" needs three lines under its symbol, the period one
_GAP: Final = 6
_ROW: Final = _TITLE + _CELL + _GAP
_WIDEST: Final = 6  # cells beside each other at 390 px, 60 pixels each
_WORDS: Final = (
    Line("shown", 10),
    Line("symbol", 24, "bold", True, 14),
    Line("words", 38, coloured=True),
    Line("when", 75, size=10),
)


def judged_heat_map(
    comparisons: Sequence[Comparison],
    language: str = "sv",
    *,
    regions: Sequence[str],
    columns: int = _WIDEST,
) -> alt.LayerChart:
    """A row of cells per comparison (one indicator each, in the given order), a column per region code of `regions`.

    An indicator's name stands over its cells, so that they have the whole width. More regions than `columns` continue
    in a new block below. Cell: value, symbol, word and period; white ground for an assumed base, dashed frame and "–"
    for not assessable, also where the region has no figure. All comparisons share a benchmark."""
    blocks = [list(regions[start : start + columns]) for start in range(0, len(regions), columns)]
    width = min(columns, max(len(regions), 1))
    height = len(blocks) * (_NAMES + len(comparisons) * _ROW)
    cells: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    titles: list[dict[str, Any]] = []
    for number, codes in enumerate(blocks):
        top = number * (_NAMES + len(comparisons) * _ROW)
        names += [{"lines": apart(LINES[code]), "middle": at + 0.5, "top": top + 8} for at, code in enumerate(codes)]
        for place, comparison in enumerate(comparisons):
            row = top + _NAMES + place * _ROW
            titles.append({"title": _row_title(comparison, language), "top": row + _TITLE / 2})
            cells += _cells(comparison, codes, row + _TITLE, language)
    layers = [
        *cell_layers(cells, width, height, _WORDS, language),
        drawn_from(names, height)
        .mark_text(fontSize=11, fontWeight="bold", lineHeight=12, baseline="middle")
        .encode(x="middle:Q", y=at("top"), text="lines:N"),
        drawn_from(titles, height)
        .mark_text(align="left", baseline="middle")
        .encode(x=START, y=at("top"), text="title:N"),
    ]
    title, subtitle = _heading(comparisons, language, any(cell["hollow"] for cell in cells))
    return finished(layers, title, subtitle, language)


def heat_map_in_words(comparisons: Sequence[Comparison], language: str = "sv", *, regions: Sequence[str]) -> str:
    """One sentence per indicator: which of the regions are better, similar, worse and not assessable."""
    title, subtitle = _heading(comparisons, language, hollow=False)
    sentences = [f"{title}. {subtitle}."]
    for comparison in comparisons:
        shown = comparison.rows.filter(pl.col("code").is_in(list(regions)))
        parts = [
            text(
                "judged_charts.heat_map.tally",
                language,
                word=verdict_word(judgement, language, goal=comparison.benchmark == "target"),
                names=", ".join(names),
            )
            for judgement, names in tallies(shown.iter_rows(named=True)).items()
        ]
        told = "; ".join(parts) or text("charts.nothing", language)
        sentences.append(f"{_row_title(comparison, language)}: {told}.")
    return " ".join(sentences)


def _row_title(comparison: Comparison, language: str) -> str:
    """`Förtroende: sjukhus, 2023`: the indicator's short title and the period of this row."""
    title = comparison.indicator.short_title.in_language(language)
    if comparison.period is None:
        return title
    period = period_label(comparison.period.key, language)
    return text("judged_charts.heat_map.row", language, title=title, period=period)


def _cells(comparison: Comparison, codes: Sequence[str], top: float, language: str) -> list[dict[str, Any]]:
    known = {record["code"]: record for record in judged_records(comparison, language)}
    when = comparison.period.key if comparison.period else ""
    return [
        in_cell({**(known.get(code) or _without_row(comparison, code, language)), "when": when}, column, top, _CELL)
        for column, code in enumerate(codes)
    ]


def _without_row(comparison: Comparison, code: str, language: str) -> dict[str, Any]:
    """The record of a region that has no observation at all in the period."""
    nothing = {"judgement": None, "value": None, "evidence": "none", "unassessed": "no_value"}
    symbol, word = verdict_of(nothing, language)
    said = f"{catalogue().regions[code].name}, {_row_title(comparison, language)}: {word}"
    empty = {"value": None, "label": "", "hollow": False, "judgement": "not_assessable"}
    return {"code": code, "symbol": symbol, "word": word, "said": said, **empty}


def _heading(comparisons: Sequence[Comparison], language: str, hollow: bool) -> tuple[str, str]:
    if not comparisons:
        return text("charts.nothing", language), ""
    benchmark = benchmarks_of(comparisons, language, short=True)
    periods = {comparison.period.key for comparison in comparisons if comparison.period}
    when = (
        period_label(periods.pop(), language) if len(periods) == 1 else text("judged_charts.heat_map.mixed", language)
    )
    parts = [when]
    if any(any_judged(comparison) for comparison in comparisons):
        parts.append(text("judged_charts.level", language, level=level_words(comparisons[0].level, language)))
    if hollow:
        parts.append(text("judged_charts.hollow_tile", language))
    if any(comparison.synthetic for comparison in comparisons):
        parts.append(text("charts.synthetic", language))
    title = text("judged_charts.heat_map.title", language, benchmark=benchmark)
    return title, capital(", ".join(parts))
