"""Whole workbooks: the shown table, and all of it."""

import io
from collections.abc import Sequence
from datetime import date

import polars as pl
from openpyxl import Workbook

from analysis import FIGURE_COLUMNS, Comparison, TimeSeries, uploads_list
from analysis.change.questions import RegionChanges
from analysis.figures import figures_of
from exports.changes import changes_sheet
from exports.cover import Line, comparison_cover, comparisons_cover, everything_cover
from exports.data import comparison_sheet, everything_sheet, trend_sheet
from exports.definitions import definitions_sheet
from exports.notes import notes_sheet
from exports.safety import Losses, writable
from exports.sheets import Sheet, add_cover, add_sheet, new_book
from exports.sources import sources_sheet
from indicators import Indicator, catalogue
from locales import text
from models import Store


def comparison_workbook(
    comparison: Comparison,
    series: TimeSeries,
    *,
    language: str,
    link: str = "",
    uploads: pl.DataFrame | None = None,
    changes: Sequence[RegionChanges] = (),
) -> bytes:
    """The shown table as .xlsx: cover, data, trend, changes (where given), definitions, sources, notes. `uploads` is
    `uploads_list(store)`: it gives the sources sheet its digests, moments and notes. `link` is the address of the view,
    written as text."""
    indicator = comparison.indicator
    rows = pl.concat([comparison.rows.select(FIGURE_COLUMNS), series.rows.select(FIGURE_COLUMNS)])
    return _workbook(
        indicator.title.in_language(language),
        comparison_cover(comparison, series, link, language),
        [
            comparison_sheet(comparison.rows, indicator, language),
            trend_sheet(series.rows, indicator, language),
            *([changes_sheet(changes, language)] if changes else []),
            definitions_sheet([indicator], language),
            sources_sheet(rows, uploads, language),
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
        synthetic=bool(rows["flags"].str.contains("x", literal=True).any()),
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
    lines = writable(pl.DataFrame({"text": [value if isinstance(value, str) else None for _, value in cover]}), losses)
    safe = [(name, tidy or value) for (name, value), tidy in zip(cover, lines["text"], strict=True)]
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
    comparisons: Sequence[Comparison],
    *,
    ranks: str,
    language: str,
    series: TimeSeries | None = None,
    link: str = "",
    uploads: pl.DataFrame | None = None,
    changes: Sequence[RegionChanges] = (),
) -> bytes:
    """One or several comparisons with one benchmark as .xlsx, every row judged and ranked as on screen: cover, data,
    trend (where `series` is given), changes (where given), definitions, sources, notes. `ranks` is the reader's
    choice."""
    judged = pl.concat([one.rows for one in comparisons], how="vertical_relaxed")
    over_time = [] if series is None else [trend_sheet(series.rows, series.indicator, language)]
    rows = pl.concat([judged.select(FIGURE_COLUMNS), *([] if series is None else [series.rows.select(FIGURE_COLUMNS)])])
    indicators = [one.indicator for one in comparisons]
    return _workbook(
        text("exports.compared_title", language),
        comparisons_cover(comparisons, ranks, link, language, trend=series is not None),
        [
            everything_sheet(judged, language),
            *over_time,
            *([changes_sheet(changes, language)] if changes else []),
            definitions_sheet(indicators, language),
            sources_sheet(rows, uploads, language),
        ],
        indicators,
        rows,
        synthetic=any(one.synthetic for one in comparisons),
        language=language,
    )
