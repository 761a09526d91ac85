"""The audit log on a page: whether it is whole, a choice of events, the table, the files."""

from collections.abc import Callable
from typing import Final

import polars as pl
import streamlit as st

from access import broken_at, logged_events, users
from exports.log import action_in_words, log_csv, log_table, log_workbook
from locales.numbers import format_number
from ui import take, who
from ui.address import pick
from ui.notes import finding, moment_in_words
from ui.show import File
from ui.tables import table
from ui.visit import Visit

_SHOWN: Final = 200
_ANY: Final = "any"


def chain(visit: Visit) -> pl.DataFrame:
    """Say whether the chain holds, with the number and hash to note elsewhere; every event, oldest first."""
    who.require("log")
    events = logged_events(visit.store)
    wrong = broken_at(visit.store)
    stands = "empty" if events.is_empty() else "finding" if wrong is None else "finding_broken"
    count = format_number(events.height, 0, visit.language)
    finding(
        visit, "log", visit.say(f"accounts.log.{stands}", count=count, event=wrong), (visit.say("pages.log.purpose"),)
    )
    if events.is_empty():
        return events
    if wrong is not None:
        st.error(visit.say("accounts.log.broken", event=wrong))
        return events
    last = events.row(-1, named=True)
    st.success(visit.say("accounts.log.whole", last=last["id"], hash=last["hash"]))
    st.caption(visit.say("accounts.log.note"))
    return events


def choose(visit: Visit, events: pl.DataFrame) -> pl.DataFrame:
    """Events of one kind, or all, that hold the words searched for in any column; newest first."""
    if events.is_empty():
        return events
    actions = [_ANY, *sorted(events["action"].unique())]
    with take.controls(visit):
        action = pick(
            visit,
            "action",
            actions,
            label=visit.say("accounts.log.action"),
            shown=lambda key: visit.say("accounts.log.any") if key == _ANY else action_in_words(key, visit.language),
        )
        words = st.text_input(visit.say("accounts.log.search"), key="log:search", max_chars=100).strip().casefold()
    found = events if action == _ANY else events.filter(pl.col("action") == action)
    if words:
        shown = _table(visit, found)
        found = found.filter(
            pl.concat_str(shown.select(pl.all().cast(pl.String)), separator="\n")
            .str.to_lowercase()
            .str.contains(words, literal=True)
        )
    return found.reverse()


def _table(visit: Visit, events: pl.DataFrame) -> pl.DataFrame:
    names = users.names(visit.store, who.require("log"))
    return log_table(events, language=visit.language, names=names)


def show(visit: Visit, events: pl.DataFrame) -> None:
    """The newest of the chosen events; moments in Swedish time."""
    if events.is_empty():
        st.info(visit.say("accounts.log.none"))
        return
    count = format_number(events.height, 0, visit.language)
    if events.height > _SHOWN:
        st.caption(visit.say("accounts.log.newest", shown=_SHOWN, count=count))
    newest = events.head(_SHOWN)
    at = visit.say("accounts.log.at")
    moments = [moment_in_words(moment, visit.language) for moment in newest["at"]]
    shown = _table(visit, newest).with_columns(pl.Series(at, moments)).drop(visit.say("accounts.log.hash"))
    with st.container(border=True, key="card events"):
        table(shown, visit.say("accounts.log.table", count=count), numbers=[visit.say("accounts.log.id")])


def downloads(visit: Visit, events: pl.DataFrame) -> None:
    """All the chosen events as files, made when they are asked for, for whoever may then still read the log."""
    if events.is_empty():
        return

    asked = who.later("log")

    def made(write: Callable[..., bytes]) -> Callable[[], bytes]:
        def content() -> bytes:
            names = users.names(visit.store, asked())
            return write(events, language=visit.language, names=names)

        return content

    name = visit.say("accounts.log.file")
    excel = File(visit.say("ui.excel"), made(log_workbook), f"{name}.xlsx", permission="log")
    csv = File(visit.say("ui.csv"), made(log_csv), f"{name}.csv", "text/csv", "log")
    take.menu(visit, excel=[excel], data=[csv], page=True)
