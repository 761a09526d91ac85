"""The change log on screen: the events in a table, and under it the figures of each, old and new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis import change_log, publication_log, told_changes
from exports.changelog import changelog_workbook, event_header, events_csv, events_table, figures_csv
from exports.records import holds_records, records_csv
from indicators import catalogue
from locales.numbers import format_date, format_number
from ui import who
from ui.address import link as address_of
from ui.address import pick, switch
from ui.cache import Key, kept, view_key
from ui.changes.figures import changed_figures
from ui.changes.records import records_html
from ui.escape import plain
from ui.frame import Frame
from ui.notes import moment_in_words
from ui.parts import card_head
from ui.show import download
from ui.tables import table_html

_NEWEST: Final = 20  # events shown at first
_MOST: Final = 100  # figures shown of an event
_EVERY: Final = "all"
_COUNTED: Final = ("event", "upload", "new", "changed", "gone", "same")
_SHOWN: Final = (
    "at",
    "kind",
    "changed",
    "gone",
    "new",
    "same",
    "file",
    "indicators",
    "records",
    "periods",
    "note",
    "by",
    "upload",
)
_MOST_TITLES: Final = 2  # indicators named in a row of the table; more are counted


@dataclass(frozen=True)
class Chosen:
    """What the reader looks at: one indicator or all, what happened after a day, the newest or everything."""

    indicator: str | None
    since: date | None
    newest: int | None


def chosen(frame: Frame) -> Chosen:
    """The pickers, and what the address says of a day (`since=2026-03-01`)."""
    known = catalogue().indicators
    label = frame.say("changelog.filter")
    every = frame.say("changelog.every_indicator")

    def shown(name: str) -> str:
        return every if name == _EVERY else known[name].title.in_language(frame.language)

    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        indicator = pick(frame, "indicator", [_EVERY, *known], label=label, shown=shown)
    only = None if indicator == _EVERY else indicator
    if only:
        frame.indicators.add(only)
    since = _since(frame)
    count = publication_log(frame.store, indicator=only, since=since, as_of=frame.as_of).height
    whole = count <= _NEWEST or switch(
        frame, "older", label=frame.say("changelog.older", shown=_NEWEST, count=format_number(count, 0, frame.language))
    )
    return Chosen(only, since, None if whole else _NEWEST)


def _since(frame: Frame) -> date | None:
    given = st.query_params.get("since")
    if given is None:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError:
        st.warning(frame.say("vintages.unknown", found=plain(given)))
        return None
    frame.choices["since"] = day.isoformat()
    st.info(frame.say("changelog.since", day=format_date(day, frame.language)))
    st.button(frame.say("changelog.whole"), on_click=_whole, key="whole log")
    return day


def _whole() -> None:
    st.query_params.pop("since", None)


def log_of(frame: Frame, choice: Chosen) -> pl.DataFrame:
    """The events (analysis.change_log)."""
    return change_log(
        frame.store, indicator=choice.indicator, since=choice.since, as_of=frame.as_of, newest=choice.newest
    )


def draw(frame: Frame, choice: Chosen, log: pl.DataFrame) -> None:
    """The events, then the figures of those that changed any, then the downloads."""
    if log.is_empty():
        day = format_date(choice.since, frame.language) if choice.since else ""
        reason = "none_since" if choice.since else "none_for" if choice.indicator else "none"
        st.info(frame.say(f"changelog.{reason}", day=day))
        return
    asked = (choice.indicator or "", str(choice.since), str(choice.newest))
    key = view_key(frame, "changelog", *asked, frame.named)
    with st.container(border=True, key="card events"):
        st.html(card_head(frame.say("changelog.events")) + kept(("events", *key), partial(_events_html, frame, log)))
        with st.popover(frame.say("ui.take")):
            _downloads(frame, choice, log)
    with st.container(border=True, key="card before after"):
        _figures(frame, choice, log, key)


def _events_html(frame: Frame, log: pl.DataFrame) -> str:
    language = frame.language
    table = events_table(log, language, frame.names)
    moments = [moment_in_words(at, language) for at in log["at"]]
    shown = table.with_columns(pl.Series(event_header("at", language), moments))
    numbers = [event_header(name, language) for name in _COUNTED]
    counted = shown.with_columns(
        pl.Series(name, [format_number(value, 0, language) for value in shown[name]]) for name in numbers
    )
    named = counted.with_columns(pl.Series(event_header("indicators", language), _titles(frame, log)))
    columns = [event_header(name, language) for name in _SHOWN if name != "records" or holds_records(log)]
    return table_html(named.select(columns), frame.say("changelog.caption"), numbers=numbers)


def _titles(frame: Frame, log: pl.DataFrame) -> list[str]:
    known = catalogue().indicators
    return [
        ", ".join(known[one].short_title.in_language(frame.language) for one in ids)
        if len(ids) <= _MOST_TITLES
        else frame.say("changelog.several", count=len(ids))
        for ids in log["indicators"]
    ]


def _downloads(frame: Frame, choice: Chosen, log: pl.DataFrame) -> None:
    store, language, link = frame.store, frame.language, address_of(frame)
    only: dict[str, Any] = {"indicator": choice.indicator}
    asked = who.later("export")

    def names() -> Mapping[str, str]:
        return who.names_for(store, asked())  # as the reader may see them when the file is made

    with st.container():
        download(
            frame.say("changelog.excel"),
            lambda: changelog_workbook(store, log, language, link=link, names=names(), **only),
            f"{frame.say('changelog.name')}.xlsx",
        )
        download(
            frame.say("changelog.csv_events"),
            lambda: events_csv(log, language, names()),
            f"{frame.say('changelog.name_events')}.csv",
            mime="text/csv",
        )
        download(
            frame.say("changelog.csv_figures"),
            lambda: figures_csv(store, log, language, **only),
            f"{frame.say('changelog.name_figures')}.csv",
            mime="text/csv",
        )
        if holds_records(log):
            download(
                frame.say("record_words.log.csv"),
                lambda: records_csv(store, log, language, **only),
                f"{frame.say('record_words.log.name')}.csv",
                mime="text/csv",
            )


def _figures(frame: Frame, choice: Chosen, log: pl.DataFrame, key: Key) -> None:
    """One folded table per event that made a figure another."""
    st.html(card_head(frame.say("changelog.figures")))
    told = [event for event in log.to_dicts() if event["changed"] + event["gone"] or event["action"] == "restored"]
    if not told:
        st.markdown(frame.say("changelog.no_figures"))
        return
    st.markdown(frame.say("changelog.figures_about"))
    for event in told:
        html, count = kept(("figures", event["event"], *key), partial(_event_html, frame, choice, event))
        shown = format_number(count, 0, frame.language)
        facts = {
            "moment": moment_in_words(event["at"], frame.language),
            "file": event["file"],
            "kind": frame.say(f"changelog.kinds.{event['kind']}"),
            "count": shown,
        }
        with st.expander(plain(frame.say(f"changelog.expander.changed{'_one' if count == 1 else ''}", **facts))):
            st.html(html)
            if count > _MOST:
                st.caption(frame.say("changelog.more", shown=_MOST, count=shown))


def _event_html(frame: Frame, choice: Chosen, event: dict[str, Any]) -> tuple[str, int]:
    """The event's changed figures and records, at most _MOST of each, and how many rows there are."""
    figures, count = _figures_html(frame, choice, event) if event["indicators"] else ("", 0)
    records, more = records_html(frame, event, choice.indicator, _MOST) if event["records"] else ("", 0)
    return figures + records, count + more


def _figures_html(frame: Frame, choice: Chosen, event: dict[str, Any]) -> tuple[str, int]:
    changes = told_changes(frame.store, event["event"], indicator=choice.indicator)
    moment = moment_in_words(event["at"], frame.language)
    caption = frame.say("changelog.event_caption", file=event["file"], moment=moment)
    return changed_figures(frame, changes.head(_MOST), caption), changes.height
