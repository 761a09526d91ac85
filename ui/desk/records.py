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
from ui.tables import table
from ui.visit import Visit
from wording.records import service_title


def held(visit: Visit, records: Records) -> list[str]:
    """One sentence per kind of record and period; markdown."""
    told: list[str] = []
    for kind, rows in records.items():
        if rows.height:
            told += _TOLD[kind](visit, rows)
    return told


def _number(visit: Visit, count: int) -> str:
    return format_number(count, 0, visit.language)


def _counts(visit: Visit, values: pl.Series, words: str) -> str:
    """`erbjuds 250, okänt 12`, most frequent first."""
    counted = values.value_counts(sort=True).iter_rows()
    told = [(visit.say(f"record_words.{words}.{value}"), _number(visit, count)) for value, count in counted]
    return ", ".join(f"{word} {count}" for word, count in told)


def _units(visit: Visit, rows: pl.DataFrame) -> list[str]:
    latest = rows.sort("valid_from").unique("unit", keep="last", maintain_order=True)
    kinds = _counts(visit, latest["kind"], "unit_kinds")
    regions = rows["region"].n_unique()
    return [visit.say("record_words.desk.units", count=_number(visit, latest.height), regions=regions, kinds=kinds)]


def _offers(visit: Visit, rows: pl.DataFrame) -> list[str]:
    told = [
        visit.say(
            "record_words.desk.offers",
            period=plain(period_label(str(period), visit.language)),
            units=_number(visit, own["unit"].n_unique()),
            services=own["service"].n_unique(),
            regions=own["region"].n_unique(),
            statuses=_counts(visit, own["status"], "statuses"),
        )
        for (period,), own in rows.group_by("period", maintain_order=True)
    ]
    unknown = rows.filter(pl.col("service").str.starts_with("?")).unique("service", maintain_order=True)
    services = unknown.select("service", "service_printed").iter_rows()
    names = [service_title(service, printed, visit.language) for service, printed in services]
    return [*told, visit.say("record_words.desk.uncatalogued", services=plain(", ".join(names)))] if names else told


def _profile(visit: Visit, rows: pl.DataFrame) -> list[str]:
    known = catalogue().indicators
    return [
        visit.say(
            "record_words.desk.profile",
            indicator=plain(known[str(indicator)].title.in_language(visit.language)),
            period=plain(period_label(str(period), visit.language)),
            count=_number(visit, own.height),
            regions=own["region"].n_unique(),
        )
        for (indicator, period), own in rows.group_by("indicator", "period", maintain_order=True)
    ]


def _replies(visit: Visit, rows: pl.DataFrame) -> list[str]:
    titles = audit_titles(visit.store)
    return [
        visit.say(
            "record_words.desk.replies",
            audit=plain(titles.get(str(audit), audit)),
            count=_number(visit, own.height),
            statuses=_counts(visit, own["status"], "statuses"),
        )
        for (audit,), own in rows.group_by("audit", maintain_order=True)
    ]


_TOLD = {"care_unit": _units, "service_offer": _offers, "phone_profile": _profile, "reply": _replies}


def record_changes(visit: Visit, changes: RecordChanges) -> None:
    """New, same, changed and not in the file, per kind and period, then every changed field old → new."""
    counts = record_counts_table(changes, visit.language)
    numbers = counts.columns[2:]
    worded = partial(_in_words, visit)
    table(
        without_empty(counts.with_columns(worded(counts[name]) for name in numbers).head(MOST_ROWS)),
        visit.say("record_words.desk.counts_caption"),
        numbers=numbers,
    )
    said_if_cut(visit, counts.height)
    if changes.changed.is_empty():
        st.markdown(visit.say("record_words.desk.nothing_changed"))
        return
    shown = changed_records_table(changes.changed.head(MOST_ROWS), visit.language)
    hidden = visit.say("record_words.columns.old_file")  # the page has no room for it
    count = _number(visit, changes.changed.height)
    table(without_empty(shown.drop(hidden)), visit.say("record_words.desk.changed_caption", count=count))
    said_if_cut(visit, changes.changed.height)


def _in_words(visit: Visit, counts: pl.Series) -> pl.Series:
    return pl.Series(counts.name, [_number(visit, count) for count in counts], dtype=pl.String)
