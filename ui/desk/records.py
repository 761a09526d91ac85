"""Records on the desk: what a file holds in words, and what it would change, field by field."""

from functools import partial

import polars as pl
import streamlit as st

from analysis import RecordChanges
from analysis.record_names import audit_titles
from analysis.records import Records
from exports import changed_records_table, record_counts_table
from indicators import catalogue, period_label
from locales.numbers import format_number
from ui.desk.shortened import MOST_ROWS, said_if_cut, without_empty
from ui.escape import plain
from ui.frame import Frame
from ui.tables import table
from wording.records import service_title


def held(frame: Frame, records: Records) -> list[str]:
    """One sentence per kind of record and period; markdown."""
    told: list[str] = []
    for kind, rows in records.items():
        if rows.height:
            told += _TOLD[kind](frame, rows)
    return told


def _number(frame: Frame, count: int) -> str:
    return format_number(count, 0, frame.language)


def _counts(frame: Frame, values: pl.Series, words: str) -> str:
    """`erbjuds 250, okänt 12`, most frequent first."""
    counted = values.value_counts(sort=True).iter_rows()
    told = [(frame.say(f"record_words.{words}.{value}"), _number(frame, count)) for value, count in counted]
    return ", ".join(f"{word} {count}" for word, count in told)


def _units(frame: Frame, rows: pl.DataFrame) -> list[str]:
    latest = rows.sort("valid_from").unique("unit", keep="last", maintain_order=True)
    kinds = _counts(frame, latest["kind"], "unit_kinds")
    regions = rows["region"].n_unique()
    return [frame.say("record_words.desk.units", count=_number(frame, latest.height), regions=regions, kinds=kinds)]


def _offers(frame: Frame, rows: pl.DataFrame) -> list[str]:
    told = [
        frame.say(
            "record_words.desk.offers",
            period=plain(period_label(str(period), frame.language)),
            units=_number(frame, own["unit"].n_unique()),
            services=own["service"].n_unique(),
            regions=own["region"].n_unique(),
            statuses=_counts(frame, own["status"], "statuses"),
        )
        for (period,), own in rows.group_by("period", maintain_order=True)
    ]
    unknown = rows.filter(pl.col("service").str.starts_with("?")).unique("service", maintain_order=True)
    services = unknown.select("service", "service_printed").iter_rows()
    names = [service_title(service, printed, frame.language) for service, printed in services]
    return [*told, frame.say("record_words.desk.uncatalogued", services=plain(", ".join(names)))] if names else told


def _profile(frame: Frame, rows: pl.DataFrame) -> list[str]:
    known = catalogue().indicators
    return [
        frame.say(
            "record_words.desk.profile",
            indicator=plain(known[str(indicator)].title.in_language(frame.language)),
            period=plain(period_label(str(period), frame.language)),
            count=_number(frame, own.height),
            regions=own["region"].n_unique(),
        )
        for (indicator, period), own in rows.group_by("indicator", "period", maintain_order=True)
    ]


def _replies(frame: Frame, rows: pl.DataFrame) -> list[str]:
    titles = audit_titles(frame.store)
    return [
        frame.say(
            "record_words.desk.replies",
            audit=plain(titles.get(str(audit), audit)),
            count=_number(frame, own.height),
            statuses=_counts(frame, own["status"], "statuses"),
        )
        for (audit,), own in rows.group_by("audit", maintain_order=True)
    ]


_TOLD = {"care_unit": _units, "service_offer": _offers, "phone_profile": _profile, "reply": _replies}


def record_changes(frame: Frame, changes: RecordChanges) -> None:
    """New, same, changed and not in the file, per kind and period, then every changed field old → new."""
    counts = record_counts_table(changes, frame.language)
    numbers = counts.columns[2:]
    worded = partial(_in_words, frame)
    table(
        without_empty(counts.with_columns(worded(counts[name]) for name in numbers).head(MOST_ROWS)),
        frame.say("record_words.desk.counts_caption"),
        numbers=numbers,
    )
    said_if_cut(frame, counts.height)
    if changes.changed.is_empty():
        st.markdown(frame.say("record_words.desk.nothing_changed"))
        return
    shown = changed_records_table(changes.changed.head(MOST_ROWS), frame.language)
    hidden = frame.say("record_words.columns.old_file")  # the page has no room for it
    count = _number(frame, changes.changed.height)
    table(without_empty(shown.drop(hidden)), frame.say("record_words.desk.changed_caption", count=count))
    said_if_cut(frame, changes.changed.height)


def _in_words(frame: Frame, counts: pl.Series) -> pl.Series:
    return pl.Series(counts.name, [_number(frame, count) for count in counts], dtype=pl.String)
