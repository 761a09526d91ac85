"""Whole workbooks: the shown table, and all of it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from analysis import FIGURE_COLUMNS, Comparison, TimeSeries, catalogue_status, uploads_list
from analysis.figures import figures_of
from analysis.followup.letters import changes_shown
from analysis.methods.flags import any_synthetic
from exports.book import Last, made_book
from exports.changes import changes_sheet
from exports.control import comparisons_control, figures_control
from exports.cover import comparison_cover, comparisons_cover, everything_cover
from exports.data import comparison_sheet, everything_sheet, trend_sheet
from exports.definitions import definitions_sheet
from exports.diagrams import compared_diagram, trend_diagram
from exports.notes import notes_sheet
from exports.reading import reading_sheet
from exports.sheets import Sheet, Told, untold
from exports.sources import sources_sheet
from indicators import Indicator, catalogue
from locales import text
from locales.numbers import format_number
from models import Store
from views.area import Area, whole_reading
from views.compare import Several
from views.parts import Reader
from views.reading import of_several

_BYTES_A_ROW: Final = 130
"""Of everything_workbook, zipped: measured on the sample data (7 567 rows, 0.99 MB)."""


def comparison_workbook(
    reader: Reader, view: Area, comparison: Comparison, series: TimeSeries, *, link: str = ""
) -> bytes:
    """The page of a comparison as .xlsx: cover with the `view`'s finding, its rows to read, the shown table, its
    pictures, trend, changes (where there are any), definitions, sources, notes, and what checks the file. `link`: the
    address of the view."""
    indicator, language = comparison.indicator, reader.language
    rows = pl.concat([comparison.rows.select(FIGURE_COLUMNS), series.rows.select(FIGURE_COLUMNS)])
    changes = changes_shown(reader.store, series)
    basis = comparison_sheet(comparison.rows, indicator, language)
    reading = reading_sheet(whole_reading(reader, view, comparison, series), view.headline, language)
    return made_book(
        indicator.title.in_language(language),
        comparison_cover(reader, view, comparison, series, link),
        [
            reading,
            basis,
            *_pictures(view, comparison, series, language),
            trend_sheet(series.rows, indicator, language),
            *([changes_sheet(changes, language)] if changes else []),
            *_about(reader, [indicator], rows, link),
            comparisons_control([comparison], basis, reading, language),
        ],
        language,
        last=_notes([indicator], rows, language, synthetic=comparison.synthetic or series.synthetic),
    )


def comparisons_workbook(
    reader: Reader,
    view: Area | Several,
    comparisons: Sequence[Comparison],
    over_time: Sequence[TimeSeries],
    *,
    chosen: Sequence[str],
    ranks: str,
    link: str = "",
) -> bytes:
    """One or several comparisons with one benchmark as .xlsx, every row judged and ranked as on screen: cover with the
    `view`'s finding, its rows to read, data, pictures and trend (of one), changes of the `chosen` regions (where there
    are any), definitions, sources, notes, and what checks the file. `over_time`: a series per comparison; `ranks` is
    the reader's choice."""
    language, indicators = reader.language, [one.indicator for one in comparisons]
    judged = pl.concat([one.rows for one in comparisons], how="vertical_relaxed")
    drawn = over_time if isinstance(view, Area) else []
    rows = pl.concat([judged.select(FIGURE_COLUMNS), *(one.rows.select(FIGURE_COLUMNS) for one in drawn)])
    moving = [one for one in over_time if len(one.measured) > 1]
    changes = [each for one in moving for each in changes_shown(reader.store, one, chosen)]
    told = (
        whole_reading(reader, view, comparisons[0], over_time[0])
        if isinstance(view, Area)
        else of_several(reader, comparisons, over_time)
    )
    reading, basis = reading_sheet(told, view.headline, language), everything_sheet(judged, language)
    return made_book(
        text("exports.compared_title", language),
        comparisons_cover(reader, view, comparisons, ranks, link),
        [
            reading,
            basis,
            *(_pictures(view, comparisons[0], over_time[0], language) if isinstance(view, Area) else []),
            *(trend_sheet(one.rows, one.indicator, language) for one in drawn),
            *([changes_sheet(changes, language)] if changes else []),
            *_about(reader, indicators, rows, link),
            comparisons_control(comparisons, basis, reading, language),
        ],
        language,
        last=_notes(indicators, rows, language, synthetic=any(one.synthetic for one in comparisons)),
    )


def everything_workbook(
    store: Store,
    *,
    as_of: date | None = None,
    language: str,
    link: str = "",
    chosen: Sequence[str] | None = None,
    told: Told = untold,
) -> bytes:
    """Every current figure of every indicator (of the `chosen` ones, by id) as .xlsx: cover, data, definitions,
    sources, notes, and what checks the file. `told`: as made_book's."""
    reader, rows = Reader(language, store, as_of), every_figure(store, as_of, chosen)
    used = set(rows["indicator"])
    indicators = [known for known in catalogue().indicators.values() if known.id in used]
    basis = everything_sheet(rows, language)
    return made_book(
        text("exports.all_title", language),
        everything_cover(reader, rows, link),
        [basis, *_about(reader, indicators, rows, link), figures_control(rows, basis, language)],
        language,
        last=_notes(indicators, rows, language, synthetic=any_synthetic(rows)),
        told=told,
    )


def size_in_words(store: Store, as_of: date | None, chosen: Sequence[str] | None, language: str) -> str:
    """`7 567 siffror, ungefär 1,0 MB som Excel.`: what `everything_workbook` comes to, before it is made."""
    held = catalogue_status(store, as_of)
    rows = held if chosen is None else held.filter(pl.col("indicator").is_in(list(chosen)))
    figures = int(rows["figures"].sum())
    size = format_number(max(figures * _BYTES_A_ROW / 1e6, 0.1), 1, language)
    return text("open_data.size", language, rows=format_number(figures, 0, language), mb=size)


def every_figure(store: Store, as_of: date | None = None, chosen: Sequence[str] | None = None) -> pl.DataFrame:
    """All current figures (FIGURE_COLUMNS) of all indicators, or of the `chosen` ones, in catalogue order."""
    known = [one for one in catalogue().indicators.values() if chosen is None or one.id in chosen]
    return pl.concat([figures_of(store, one, as_of) for one in known])


def _pictures(view: Area, comparison: Comparison, series: TimeSeries, language: str) -> list[Sheet]:
    drawn = (compared_diagram(view, comparison, language), trend_diagram(view, series, language))
    return [one for one in drawn if one]


def _about(reader: Reader, indicators: Sequence[Indicator], rows: pl.DataFrame, link: str) -> list[Sheet]:
    """What is measured and where it stands. Files' names lead to the pages that the view's address is one of."""
    base = f"{link.partition('?')[0].rpartition('/')[0]}/" if link else ""
    uploads = uploads_list(reader.store, reader.as_of)
    return [
        definitions_sheet(indicators, reader.language),
        sources_sheet(rows, uploads, reader.language, base),
    ]


def _notes(indicators: Sequence[Indicator], rows: pl.DataFrame, language: str, *, synthetic: bool) -> Last:
    return lambda losses: notes_sheet(indicators, rows, losses, synthetic=synthetic, language=language)
