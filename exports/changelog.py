"""The change log as tables, a workbook and CSV: every event with its counts, every changed figure old and new."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from access import shown_actor
from analysis import told_changes
from exports.book import made_book
from exports.control import Check, change_checks, control_sheet, row_check
from exports.cover import made
from exports.csvs import csv_table
from exports.moments import swedish_time
from exports.reading import sheet_to_read
from exports.records import event_records_table, holds_records
from exports.sheets import Sheet
from indicators import catalogue, period_label
from locales import text
from models import Store
from views.changes import corrections
from views.parts import Reader

_COUNTS: Final = ("new", "changed", "gone", "same")
_CORRECTED: Final = ("old", "new", "file", "note")
EVENT_COLUMNS: Final = (
    "event",
    "at",
    "kind",
    "upload",
    "file",
    "indicators",
    "periods",
    *_COUNTS,
    "note",
    "by",
    "records",
)
FIGURE_COLUMNS: Final = (
    "event", "at", "what", "file", "indicator", "title", "region", "code", "period", "sex", "kind", "old", "new",
    "difference", "old_reason", "new_reason", "sheet", "cell", "note",
)  # fmt: skip


def events_table(log: pl.DataFrame, language: str, names: Mapping[str, str] | None = None) -> pl.DataFrame:
    """The events (analysis.change_log) under localised headers; `names` as access.shown_actor takes them."""
    known = catalogue().indicators
    titles = {name: one.title.in_language(language) for name, one in known.items()}
    actors = {key: shown_actor(key, language, names) for key in log["by"].unique()}
    kinds = {kind: text(f"changelog.kinds.{kind}", language) for kind in log["kind"].unique()}
    worded = log.with_columns(
        swedish_time("at"),
        pl.col("kind").replace_strict(kinds, return_dtype=pl.String),
        pl.col("by").replace_strict(actors, return_dtype=pl.String),
        indicators=pl.Series(
            [", ".join(titles.get(one, one) for one in ids) for ids in log["indicators"]], dtype=pl.String
        ),
        records=pl.Series(
            [", ".join(text(f"record_words.kinds.{kind}", language) for kind in kinds) for kinds in log["records"]],
            dtype=pl.String,
        ),
        periods=pl.Series([_periods(*ends, language) for ends in _ends(log)], dtype=pl.String),
    )
    return worded.select(pl.col(name).alias(event_header(name, language)) for name in EVENT_COLUMNS)


def event_header(name: str, language: str) -> str:
    if name == "records":
        return text("record_words.columns.held", language)
    return text(f"changelog.{'counts' if name in _COUNTS else 'columns'}.{name}", language)


def _ends(log: pl.DataFrame) -> list[tuple[str, str]]:
    return list(log.select("first_period", "last_period").iter_rows())


def _periods(first: str, last: str, language: str) -> str:
    return "–".join(dict.fromkeys(period_label(key, language) for key in (first, last) if key))


def figures_table(store: Store, log: pl.DataFrame, language: str, *, indicator: str | None = None) -> pl.DataFrame:
    """The changed figures of the events under localised headers. Values as published, after suppression, in the
    indicator's unit; a hidden one is empty with its reason beside it."""
    parts = [
        told_changes(store, event["event"], indicator=indicator).with_columns(
            pl.lit(event["event"]).alias("event"),
            pl.lit(event["at"]).alias("at"),
            pl.lit(event["kind"]).alias("what"),
            pl.lit(event["file"]).alias("file"),
            pl.lit(event["note"]).alias("note"),
        )
        for event in log.iter_rows(named=True)
    ]
    if not parts:
        names = [text(f"changelog.columns.{name}", language) for name in FIGURE_COLUMNS]
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    return _in_words(pl.concat(parts), language)


def _in_words(rows: pl.DataFrame, language: str) -> pl.DataFrame:
    def worded(name: str, prefix: str) -> pl.Expr:
        words = {code: text(f"{prefix}.{code}", language) for code in rows[name].unique() if code}
        return pl.col(name).replace_strict(words, default="", return_dtype=pl.String)

    titles = {name: one.title.in_language(language) for name, one in catalogue().indicators.items()}
    periods = {key: period_label(key, language) for key in rows["period"].unique()}
    told = rows.with_columns(
        swedish_time("at"),
        worded("what", "changelog.kinds"),
        worded("kind", "changelog.figure_kinds"),
        worded("old_reason", "reasons"),
        worded("new_reason", "reasons"),
        worded("sex", "sexes"),
        pl.col("period").replace_strict(periods, default="", return_dtype=pl.String),
        title=pl.col("indicator").replace_strict(titles, default="", return_dtype=pl.String),
    )
    return told.select(pl.col(name).alias(text(f"changelog.columns.{name}", language)) for name in FIGURE_COLUMNS)


def events_csv(log: pl.DataFrame, language: str, names: Mapping[str, str] | None = None) -> bytes:
    """The events, one a line."""
    return csv_table(events_table(log, language, names), language)


def figures_csv(store: Store, log: pl.DataFrame, language: str, *, indicator: str | None = None) -> bytes:
    """The changed figures, one a line."""
    return csv_table(figures_table(store, log, language, indicator=indicator), language)


def changelog_workbook(
    store: Store,
    log: pl.DataFrame,
    language: str,
    *,
    indicator: str | None = None,
    link: str = "",
    names: Mapping[str, str] | None = None,
) -> bytes:
    """Cover, what was corrected to read, events, changed figures, changed records where the log has events that hold
    any, and what checks the file."""
    known = catalogue().indicators
    chosen = known[indicator].title.in_language(language) if indicator else text("changelog.every_indicator", language)
    lines = [
        (text("exports.cover.indicator", language), chosen),
        (text("changelog.events", language), log.height),
        *made(None, store.data_version(), link, language),
    ]
    tables = {
        "changelog.sheets.events": events_table(log, language, names),
        "changelog.sheets.figures": figures_table(store, log, language, indicator=indicator),
    }
    if holds_records(log):
        tables["record_words.sheets.changed"] = event_records_table(store, log, language, indicator=indicator)
    sheets = [Sheet(text(name, language), table, named=True) for name, table in tables.items()]
    read = _to_read(Reader(language, store), log, indicator)
    control = control_sheet(_checks(sheets, language), language)
    return made_book(text("pages.changes.title", language), lines, [*read, *sheets, control], language)


def _to_read(reader: Reader, log: pl.DataFrame, indicator: str | None) -> list[Sheet]:
    """What was wrong, or is no longer shown, as the page tells it; no sheet where nothing was."""
    events = log.filter(pl.col("revised") > 0).to_dicts()
    found = [one for event in events for one in corrections(reader, event, indicator=indicator)]
    if not found:
        return []
    heads = {name: text(f"changelog.columns.{name}", reader.language) for name in ("title", "at", *_CORRECTED)}
    told = {"title": [one.named for one in found], "at": [one.moment for one in found]}
    told |= {name: [getattr(one, name) for one in found] for name in _CORRECTED}
    frame = pl.DataFrame({heads[name]: words for name, words in told.items()})
    return [sheet_to_read(frame, text("changelog.corrections", reader.language), reader.language)]


def _checks(sheets: Sequence[Sheet], language: str) -> list[Check]:
    """The changed figures' differences, and how many rows there are."""
    figures = sheets[1]
    difference, new, old, indicator = (
        text(f"changelog.columns.{name}", language) for name in ("difference", "new", "old", "indicator")
    )
    changed = change_checks(figures, language, of=(difference, new, old), indicator=indicator)
    return [*changed, *(row_check(one, language) for one in sheets)]
