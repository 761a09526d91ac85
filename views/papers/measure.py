"""A measure on one page, for who has five minutes: the finding, every region on one scale, how it is judged, where it
stands."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

import polars as pl

from analysis import Comparison
from analysis.choices import chosen_indicator
from analysis.groups import audited_regions
from analysis.moments import today_in_sweden
from indicators import Indicator, catalogue
from locales import text
from views.area import area, whole_reading
from views.overview import latest_of
from views.papers import parts
from views.papers.blocks import Block, Items, Paper, Said, Section
from views.parts import Reader

_ALONE, _WORTH = 2, 8
"""Cells from which on, and letters from which on, what they share is said once."""


def measure_in_short(reader: Reader, indicator: str, *, level: float = 95, synthetic: bool = False) -> Paper:
    """A measure (its id) in its latest period that can be judged, as it was on the reader's day.

    Raises UnknownChoice for no measure's id."""
    known, language = chosen_indicator(indicator), reader.language
    title = known.title.in_language(language)
    comparison = latest_of(reader, known, level, synthetic=synthetic)
    asked = Said(text("papers.measure.asked", language, question=known.question_sv), "note")
    if comparison is None or comparison.period is None:
        nothing = Section("", (Said(text("papers.measure.nothing", language)), asked))
        return _paper(reader, known, title, (), "", (nothing,), synthetic=False)
    series = parts.series(reader, comparison, synthetic=synthetic)
    view = area(reader, comparison, series, audited_regions(reader.store, reader.as_of))
    reading = whole_reading(reader, view, comparison, series)
    remarks = tuple(parts.told_of(reading, language))
    told = (
        Section("", (parts.on_one_scale(comparison, view, reading, language), Said(" ".join(view.notes), "note"))),
        Section(text("statements.heading", language), (*parts.remarks(reader, [known.id]), *_items(remarks))),
        Section(text("pages.method.title", language), _judged(known, level, language)),
        Section(text("papers.origins", language), (asked, *_origins(comparison, language))),
    )
    sections = tuple(one for one in told if one.blocks)
    return _paper(reader, known, view.headline, view.lead, view.survey, sections, synthetic=comparison.synthetic)


def _paper(
    reader: Reader,
    known: Indicator,
    name: str,
    lead: tuple[str, ...],
    survey: str,
    told: tuple[Section, ...],
    *,
    synthetic: bool,
) -> Paper:
    language = reader.language
    return Paper(
        "measure",
        language,
        text("papers.measure.title", language, measure=known.short_title.in_language(language)),
        name,
        text("papers.measure.kind", language),
        reader.as_of or today_in_sweden(),
        synthetic,
        lead,
        survey,
        told,
        ("indicator", {"indicator": known.id}),
    )


def _judged(known: Indicator, level: float, language: str) -> tuple[Block, ...]:
    how = (parts.levels(level, language), text("papers.measure.how", language))
    return (Said(" ".join((*how, text(f"indicator_card.made.{known.data}", language))), "note"),)


def _items(words: tuple[str, ...]) -> tuple[Block, ...]:
    return (Items(words),) if words else ()


def _origins(comparison: Comparison, language: str) -> Iterator[Block]:
    """The publisher, and in each file the cell of every region."""
    rows = comparison.rows.filter(pl.col("file").is_not_null() & (pl.col("file") != ""))
    yield Said(text("papers.source", language, source=comparison.indicator.source), "note")
    for (file, sheet), part in rows.group_by("file", "sheet", maintain_order=True):
        before, own, after = _shared(part["cell"].to_list())
        cells = (
            f"{catalogue().regions[code].short_name}\N{NO-BREAK SPACE}{one}"
            for code, one in zip(part["code"], own, strict=True)
        )
        where = ", ".join(filter(None, (file, sheet, f"{before}…{after}" if before else "")))
        yield Said(text("papers.measure.cells", language, where=where, cells=", ".join(cells)), "small")


def _shared(cells: Sequence[str]) -> tuple[str, Sequence[str], str]:
    """What long addresses begin and end with alike, and of each what is its own.

    >>> _shared(["$.values[9].value", "$.values[10].value"]), _shared(["B9", "B10"])
    (('$.values[', ['9', '10'], '].value'), ('', ['B9', 'B10'], ''))
    """
    before = _alike(cells).rstrip("0123456789")
    after = _alike([one[len(before) :][::-1] for one in cells])[::-1].lstrip("0123456789")
    if len(cells) < _ALONE or len(before) + len(after) < _WORTH:
        return "", cells, ""
    return before, [one[len(before) : len(one) - len(after)] for one in cells], after


def _alike(words: Sequence[str]) -> str:
    """What all begin with."""
    return "".join(one[0] for one in takewhile(lambda one: len(set(one)) == 1, zip(*words, strict=False)))
