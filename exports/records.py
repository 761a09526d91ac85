"""What a file or an event does to records, as tables: counts per kind and period, each changed field old → new."""

from typing import Final

import polars as pl

from analysis import RecordChanges, told_records
from exports.csvs import csv_table
from exports.moments import swedish_time
from indicators import catalogue, period_label
from locales import text
from models import Store
from wording.records import field_in_words, field_title, subject

_NAMED: Final = ("record", "region", "period", "what", "field", "before", "after")
_CHANGED: Final = (*_NAMED, "old_file", "sheet", "cell")
_OF_EVENT: Final = ("event", "at", "kind", "file", *_NAMED, "change", "old_file", "sheet", "cell", "note")


def column(name: str, language: str) -> str:
    return text(f"record_words.columns.{name}", language)


def record_counts_table(changes: RecordChanges, language: str) -> pl.DataFrame:
    """New, same, changed and not in the file, per kind and period; numbers are numbers."""
    counts = changes.counts.with_columns(_kinds(changes.counts, language), _periods(changes.counts, language))
    return counts.rename({name: column(name, language) for name in counts.columns})


def changed_records_table(changed: pl.DataFrame, language: str) -> pl.DataFrame:
    """RECORD_CHANGES in words under localised headers."""
    told = _in_words(changed, language)
    return told.select(pl.col(name).alias(column(name, language)) for name in _CHANGED)


def event_changes_table(changed: pl.DataFrame, language: str) -> pl.DataFrame:
    """What one event did to records (RECORD_CHANGES), in words under localised headers, as a page has room for it."""
    told = _in_words(changed, language)
    return told.select(pl.col(name).alias(column(name, language)) for name in (*_NAMED[3:], "change", *_NAMED[:3]))


def event_records_table(
    store: Store, log: pl.DataFrame, language: str, *, indicator: str | None = None
) -> pl.DataFrame:
    """The changed records of the events (analysis.change_log) in words under localised headers."""
    schema = dict.fromkeys([column(name, language) for name in _OF_EVENT], pl.String)
    parts = [
        _in_words(told, language).with_columns(
            pl.lit(event["event"]).alias("event"),
            pl.lit(event["at"]).alias("at"),
            pl.lit(event["file"]).alias("file"),
            pl.lit(event["note"]).alias("note"),
            pl.lit(text(f"changelog.kinds.{event['kind']}", language)).alias("kind"),
        )
        for event in log.iter_rows(named=True)
        if event["records"] and (told := told_records(store, event["event"], indicator=indicator)).height
    ]
    if not parts:
        return pl.DataFrame(schema=schema)
    return (
        pl.concat(parts)
        .with_columns(swedish_time("at"))
        .select(pl.col(name).alias(column(name, language)) for name in _OF_EVENT)
    )


def holds_records(log: pl.DataFrame) -> bool:
    """Whether any event of the log (analysis.change_log) touched records."""
    return bool(log["records"].list.len().sum())


def records_csv(store: Store, log: pl.DataFrame, language: str, *, indicator: str | None = None) -> bytes:
    """The changed records of the events, one field a line."""
    return csv_table(event_records_table(store, log, language, indicator=indicator), language)


def _in_words(changed: pl.DataFrame, language: str) -> pl.DataFrame:
    rows = changed.to_dicts()
    regions = {code: region.name for code, region in catalogue().regions.items()}

    def told(side: str) -> pl.Series:
        return pl.Series([field_in_words(row, row["field"], row[side], language) for row in rows], dtype=pl.String)

    return changed.with_columns(
        _kinds(changed, language),
        _periods(changed, language),
        pl.col("region").replace_strict(regions, default=pl.col("region"), return_dtype=pl.String),
        pl.Series("field", [field_title(row["field"], language) for row in rows], dtype=pl.String),
        pl.Series("change", [text(f"record_words.changes.{row['change']}", language) for row in rows], dtype=pl.String),
        what=pl.Series([subject(row, language) for row in rows], dtype=pl.String),
        before=told("old"),
        after=told("new"),
    )


def _kinds(rows: pl.DataFrame, language: str) -> pl.Series:
    words = {kind: text(f"record_words.kinds.{kind}", language) for kind in rows["record"].unique()}
    return rows["record"].replace_strict(words, return_dtype=pl.String)


def _periods(rows: pl.DataFrame, language: str) -> pl.Series:
    words = {key: period_label(key, language) if key else "" for key in rows["period"].unique()}
    return rows["period"].replace_strict(words, default="", return_dtype=pl.String)
