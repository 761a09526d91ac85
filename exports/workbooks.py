"""Whole workbooks: the shown table, and all of it."""

import io
from collections.abc import Sequence
from datetime import date

import polars as pl
from openpyxl import Workbook

from analysis import FIGURE_COLUMNS, Comparison, TimeSeries, uploads_list
from analysis.figures import figures_of
from analysis.followup.letters import changes_shown
from analysis.methods.flags import any_synthetic
from exports.changes import changes_sheet
from exports.cover import Line, comparison_cover, comparisons_cover, everything_cover
from exports.data import comparison_sheet, everything_sheet, trend_sheet
from exports.definitions import definitions_sheet
from exports.notes import notes_sheet
from exports.reading import reading_sheet
from exports.safety import Losses, writable
from exports.sheets import Sheet, add_cover, add_sheet, new_book
from exports.sources import sources_sheet
from indicators import Indicator, catalogue
from locales import text
from models import Store
from views.area import Area, whole_reading
from views.compare import Several
from views.parts import Reader
from views.reading import of_several


def comparison_workbook(
    reader: Reader, view: Area, comparison: Comparison, series: TimeSeries, *, link: str = ""
) -> bytes:
    """The page of a comparison as .xlsx: cover with the `view`'s finding, its rows to read, the shown table, trend,
    changes (where there are any), definitions, sources, notes. `link` is the address of the view, written as text."""
    indicator, language = comparison.indicator, reader.language
    title = indicator.title.in_language(language)
    rows = pl.concat([comparison.rows.select(FIGURE_COLUMNS), series.rows.select(FIGURE_COLUMNS)])
    changes = changes_shown(reader.store, series)
    return _workbook(
        title,
        comparison_cover(view, comparison, series, link, language),
        [
            reading_sheet(whole_reading(reader, view, comparison, series), view.headline, language),
            comparison_sheet(comparison.rows, indicator, language),
            trend_sheet(series.rows, indicator, language),
            *([changes_sheet(changes, language)] if changes else []),
            definitions_sheet([indicator], language),
            sources_sheet(rows, uploads_list(reader.store, reader.as_of), language),
        ],
        [indicator],
        rows,
        synthetic=comparison.synthetic or series.synthetic,
        language=language,
    )


def everything_workbook(store: Store, *, as_of: date | None = None, language: str, link: str = "") -> bytes:
    """Every current figure of every indicator as .xlsx: cover, data, definitions, sources, notes."""
    rows = every_figure(store, as_of)
    used = set(rows["indicator"])
    indicators = [known for known in catalogue().indicators.values() if known.id in used]
    return _workbook(
        text("exports.all_title", language),
        everything_cover(rows, as_of, store.data_version(), link, language),
        [
            everything_sheet(rows, language),
            definitions_sheet(indicators, language),
            sources_sheet(rows, uploads_list(store, as_of), language),
        ],
        indicators,
        rows,
        synthetic=any_synthetic(rows),
        language=language,
    )


def every_figure(store: Store, as_of: date | None = None) -> pl.DataFrame:
    """All current figures (FIGURE_COLUMNS) of all indicators, in catalogue order."""
    return pl.concat([figures_of(store, known, as_of) for known in catalogue().indicators.values()])


def _workbook(
    title: str,
    cover: Sequence[Line],
    sheets: Sequence[Sheet],
    indicators: Sequence[Indicator],
    rows: pl.DataFrame,
    *,
    synthetic: bool,
    language: str,
) -> bytes:
    losses = Losses()
    product = text("exports.product", language)
    book = new_book(title, product)
    titles = ", ".join([*(sheet.title for sheet in sheets), text("exports.sheets.notes", language)])
    told = [*cover, (text("exports.cover.sheets", language), titles)]
    lines = writable(pl.DataFrame({"text": [value if isinstance(value, str) else None for _, value in told]}), losses)
    safe = [(name, tidy or value) for (name, value), tidy in zip(told, lines["text"], strict=True)]
    add_cover(book, text("exports.sheets.cover", language), f"{product}: {title}", safe)
    for sheet in sheets:
        add_sheet(book, sheet, losses)
    add_sheet(book, notes_sheet(indicators, rows, losses, synthetic=synthetic, language=language), losses)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The workbook's bytes."""
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


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
    `view`'s finding, its rows to read, data, trend (of one), changes of the `chosen` regions (where there are any),
    definitions, sources, notes. `over_time`: a series per comparison; `ranks` is the reader's choice."""
    language, indicators = reader.language, [one.indicator for one in comparisons]
    judged = pl.concat([one.rows for one in comparisons], how="vertical_relaxed")
    drawn = over_time if isinstance(view, Area) else []
    rows = pl.concat([judged.select(FIGURE_COLUMNS), *(one.rows.select(FIGURE_COLUMNS) for one in drawn)])
    moving = [one for one in over_time if len(one.measured) > 1]
    changes = [each for one in moving for each in changes_shown(reader.store, one, chosen)]
    reading = (
        whole_reading(reader, view, comparisons[0], over_time[0])
        if isinstance(view, Area)
        else of_several(reader, comparisons, over_time)
    )
    return _workbook(
        text("exports.compared_title", language),
        comparisons_cover(view, comparisons, ranks, link, language),
        [
            reading_sheet(reading, view.headline, language),
            everything_sheet(judged, language),
            *(trend_sheet(one.rows, one.indicator, language) for one in drawn),
            *([changes_sheet(changes, language)] if changes else []),
            definitions_sheet(indicators, language),
            sources_sheet(rows, uploads_list(reader.store, reader.as_of), language),
        ],
        indicators,
        rows,
        synthetic=any(one.synthetic for one in comparisons),
        language=language,
    )
