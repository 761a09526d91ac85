"""The change log on screen: the events in a table, and under it the figures and records of each, old and new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from analysis import change_log, publication_log, told_changes, told_records
from exports.changelog import changelog_workbook, event_header, events_csv, events_table, figures_csv
from exports.records import column, event_changes_table, holds_records, records_csv
from indicators import catalogue
from locales.numbers import format_date, format_number
from ui import take, who
from ui.address import pick, switch
from ui.cache import Key, kept, view_key
from ui.changes.figures import changed_figures
from ui.escape import plain
from ui.figure_links import record_link
from ui.notes import moment_in_words
from ui.parts import card, card_head, paragraphs
from ui.sharing import short_link
from ui.show import File
from ui.tables import table_html
from ui.visit import Visit
from views.changes import corrections
from views.parts import Reader

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
_CORRECTED: Final = ("old", "new", "file", "note")
_MOST_TITLES: Final = 2  # indicators named in a row of the table; more are counted


@dataclass(frozen=True)
class Chosen:
    """What the reader looks at: one indicator or all, what happened after a day, the newest or everything."""

    indicator: str | None
    since: date | None
    newest: int | None


def chosen(visit: Visit) -> Chosen:
    """The pickers, and what the address says of a day (`since=2026-03-01`)."""
    known = catalogue().indicators
    label = visit.say("changelog.filter")
    every = visit.say("changelog.every_indicator")

    def shown(name: str) -> str:
        return every if name == _EVERY else known[name].title.in_language(visit.language)

    with take.controls(visit):
        indicator = pick(visit, "indicator", [_EVERY, *known], label=label, shown=shown)
    only = None if indicator == _EVERY else indicator
    if only:
        visit.indicators.add(only)
    since = _since(visit)
    count = publication_log(visit.store, indicator=only, since=since, as_of=visit.as_of).height
    whole = count <= _NEWEST or switch(
        visit, "older", label=visit.say("changelog.older", shown=_NEWEST, count=format_number(count, 0, visit.language))
    )
    return Chosen(only, since, None if whole else _NEWEST)


def _since(visit: Visit) -> date | None:
    given = st.query_params.get("since")
    if given is None:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError:
        st.warning(visit.say("vintages.unknown", found=plain(given)))
        return None
    visit.choices["since"] = day.isoformat()
    st.info(visit.say("changelog.since", day=format_date(day, visit.language)))
    st.button(visit.say("changelog.whole"), on_click=_whole, key="whole log")
    return day


def _whole() -> None:
    st.query_params.pop("since", None)


def log_of(visit: Visit, choice: Chosen) -> pl.DataFrame:
    """The events (analysis.change_log)."""
    return change_log(
        visit.store, indicator=choice.indicator, since=choice.since, as_of=visit.as_of, newest=choice.newest
    )


def draw(visit: Visit, choice: Chosen, log: pl.DataFrame) -> None:
    """The events, then the figures of those that changed any, then the downloads."""
    if log.is_empty():
        day = format_date(choice.since, visit.language) if choice.since else ""
        reason = "none_since" if choice.since else "none_for" if choice.indicator else "none"
        st.info(visit.say(f"changelog.{reason}", day=day))
        return
    asked = (choice.indicator or "", str(choice.since), str(choice.newest))
    key = view_key(visit, "changelog", *asked, visit.named)
    st.html(kept(("corrections", *key), partial(_corrections_html, visit, choice, log)))
    with st.container(border=True, key="card events"):
        st.html(card_head(visit.say("changelog.events")) + kept(("events", *key), partial(_events_html, visit, log)))
    _downloads(visit, choice, log)
    with st.container(border=True, key="card before after"):
        _figures(visit, choice, log, key)


def _corrections_html(visit: Visit, choice: Chosen, log: pl.DataFrame) -> str:
    """What was wrong, or is no longer shown, apart from what is new."""
    reader = Reader(visit.language, visit.store, visit.as_of)
    events = log.filter(pl.col("revised") > 0).to_dicts()
    found = [one for event in events for one in corrections(reader, event, indicator=choice.indicator)]
    title = visit.say("changelog.corrections")
    if not found:
        return card(title, paragraphs([visit.say("changelog.no_corrections")]))
    first = found[:_MOST]
    heads = {name: visit.say(f"changelog.columns.{name}") for name in ("title", "at", *_CORRECTED)}
    rows = [
        {heads["title"]: one.named, heads["at"]: one.moment, **{heads[name]: getattr(one, name) for name in _CORRECTED}}
        for one in first
    ]
    counts = {
        "shown": format_number(len(first), 0, visit.language),
        "count": format_number(len(found), 0, visit.language),
    }
    more = [visit.say("changelog.more", **counts)] if len(found) > len(first) else []
    table = table_html(
        pl.DataFrame(rows),
        title,
        numbers=[heads["old"], heads["new"]],
        links={heads["title"]: [one.address for one in first]},
    )
    return card(title, paragraphs([visit.say("changelog.corrections_about"), *more]) + table)


def _events_html(visit: Visit, log: pl.DataFrame) -> str:
    language = visit.language
    table = events_table(log, language, visit.names)
    moments = [moment_in_words(at, language) for at in log["at"]]
    shown = table.with_columns(pl.Series(event_header("at", language), moments))
    numbers = [event_header(name, language) for name in _COUNTED]
    counted = shown.with_columns(
        pl.Series(name, [format_number(value, 0, language) for value in shown[name]]) for name in numbers
    )
    named = counted.with_columns(pl.Series(event_header("indicators", language), _titles(visit, log)))
    columns = [event_header(name, language) for name in _SHOWN if name != "records" or holds_records(log)]
    return table_html(named.select(columns), visit.say("changelog.caption"), numbers=numbers)


def _titles(visit: Visit, log: pl.DataFrame) -> list[str]:
    known = catalogue().indicators
    return [
        ", ".join(known[one].short_title.in_language(visit.language) for one in ids)
        if len(ids) <= _MOST_TITLES
        else visit.say("changelog.several", count=len(ids))
        for ids in log["indicators"]
    ]


def _downloads(visit: Visit, choice: Chosen, log: pl.DataFrame) -> None:
    store, language, link = visit.store, visit.language, short_link(visit)
    only: dict[str, Any] = {"indicator": choice.indicator}
    asked = who.later("export")

    def names() -> Mapping[str, str]:
        return who.names_for(store, asked())  # as the reader may see them when the file is made

    excel = File(
        visit.say("ui.excel"),
        lambda: changelog_workbook(store, log, language, link=link, names=names(), **only),
        f"{visit.say('changelog.name')}.xlsx",
    )
    written = {
        "changelog.csv_events": ("changelog.name_events", lambda: events_csv(log, language, names())),
        "changelog.csv_figures": ("changelog.name_figures", lambda: figures_csv(store, log, language, **only)),
    }
    if holds_records(log):
        made = partial(records_csv, store, log, language, **only)
        written["record_words.log.csv"] = ("record_words.log.name", made)
    data = [
        File(visit.say(label), make, f"{visit.say(name)}.csv", "text/csv") for label, (name, make) in written.items()
    ]
    indicators = (choice.indicator,) if choice.indicator else ()
    take.menu(visit, excel=[excel], data=data, indicators=indicators, page=True)


def _figures(visit: Visit, choice: Chosen, log: pl.DataFrame, key: Key) -> None:
    """One folded table per event that made a figure another."""
    st.html(card_head(visit.say("changelog.figures")))
    told = [event for event in log.to_dicts() if event["changed"] + event["gone"] or event["action"] == "restored"]
    if not told:
        st.markdown(visit.say("changelog.no_figures"))
        return
    st.markdown(visit.say("changelog.figures_about"))
    for event in told:
        html, count = kept(("figures", event["event"], *key), partial(_event_html, visit, choice, event))
        shown = format_number(count, 0, visit.language)
        facts = {
            "moment": moment_in_words(event["at"], visit.language),
            "file": event["file"],
            "kind": visit.say(f"changelog.kinds.{event['kind']}"),
            "count": shown,
        }
        with st.expander(plain(visit.say(f"changelog.expander.changed{'_one' if count == 1 else ''}", **facts))):
            st.html(html)
            if count > _MOST:
                st.caption(visit.say("changelog.more", shown=_MOST, count=shown))


def _event_html(visit: Visit, choice: Chosen, event: dict[str, Any]) -> tuple[str, int]:
    """The event's changed figures and records, at most _MOST of each, and how many rows there are."""
    figures, count = _figures_html(visit, choice, event) if event["indicators"] else ("", 0)
    records, more = records_html(visit, event, choice.indicator, _MOST) if event["records"] else ("", 0)
    return figures + records, count + more


def _figures_html(visit: Visit, choice: Chosen, event: dict[str, Any]) -> tuple[str, int]:
    changes = told_changes(visit.store, event["event"], indicator=choice.indicator)
    moment = moment_in_words(event["at"], visit.language)
    caption = visit.say("changelog.event_caption", file=event["file"], moment=moment)
    return changed_figures(visit, changes.head(_MOST), caption), changes.height


def records_html(visit: Visit, event: dict[str, Any], indicator: str | None, most: int) -> tuple[str, int]:
    """The first `most` changed fields of an event (analysis.change_log) as a table, and how many there are; no table
    where there are none."""
    changes = told_records(visit.store, event["event"], indicator=indicator)
    if changes.is_empty():
        return "", 0
    first = changes.head(most)
    shown = event_changes_table(first, visit.language)
    moment = moment_in_words(event["at"], visit.language)
    caption = visit.say("record_words.log.caption", file=event["file"], moment=moment)
    links = [record_link(visit, event["upload"], row["sheet"], row["cell"]) for row in first.to_dicts()]
    html = table_html(
        shown.select(name for name in shown.columns if (shown[name] != "").any()),
        caption,
        links={column("what", visit.language): links},
    )
    return html, changes.height
