"""From a figure to its cell: the figure, its upload, the cell among its neighbours, and what it has been before."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from access import shown_actor
from analysis import (
    FigureAsked,
    UnknownChoice,
    figure_asked,
    figure_history,
    figure_row,
    uploads_list,
)
from indicators.file_layouts import layout_name
from locales.numbers import format_number, format_value
from locales.stored import stored_words
from ui.cache import Key, kept, view_key
from ui.escape import plain
from ui.figures import rows_html
from ui.notes import bullets, flag_sentences, heading, moment_in_words
from ui.parts import card, card_head, facts
from ui.visit import Visit
from views.changes import shown_value
from wording.sentences import difference_in_words

_ASKED: Final = ("indicator", "region", "period", "sex")


@dataclass(frozen=True)
class Place:
    """A cell of an upload. `row`: sheet, cell and published_at at least; `upload`: a row of analysis.uploads_list."""

    visit: Visit
    row: dict[str, Any]
    upload: dict[str, Any]

    def say(self, key: str, **values: object) -> str:
        return self.visit.say(f"provenance.{key}", **values)


@dataclass(frozen=True)
class Walk(Place):
    """A figure on the way to its cell. `row`: FIGURE_COLUMNS; it and `upload` are empty where no figure counts (any
    longer)."""

    asked: FigureAsked

    @property
    def key(self) -> Key:
        asked = self.asked
        figure = (asked.indicator.id, asked.region, asked.period.key, asked.sex)
        return view_key(self.visit, "figure", *figure, self.visit.named)


def chosen(visit: Visit) -> Walk | None:
    """The figure that the address names; None, and why, where there is none."""
    given = {name: st.query_params.get(name, "T" if name == "sex" else "") for name in _ASKED}
    visit.choices.update(given)
    if not all(given.values()):
        heading(visit, "figure")
        st.info(visit.say("provenance.choose"))
        st.page_link("pages/data.py", label=visit.say("pages.data.title"), query_params=visit.linked())
        return None
    try:
        asked = figure_asked(**given)
    except UnknownChoice as unknown:
        heading(visit, "figure")
        st.warning(plain(unknown.message(visit.language)))
        return None
    visit.indicators.add(asked.indicator.id)
    visit.choices.update(given)
    row = figure_row(visit.store, asked, visit.as_of)
    if row is None:
        heading(visit, "figure")
        st.info(visit.say("provenance.none"))
        return Walk(visit, {}, {}, asked)
    uploads = uploads_list(visit.store, visit.as_of)
    return Walk(visit, row, uploads.row(by_predicate=pl.col("id") == row["upload"], named=True), asked)


def figure(walk: Walk) -> None:
    """What the figure is: its interval, what it rests on, its definition, its flags in words."""
    visit, row, indicator = walk.visit, walk.row, walk.asked.indicator
    told = {
        "interval": _interval(walk),
        "evidence": visit.say(f"evidence.{row['evidence']}") if row["value"] is not None else "",
        "base": format_number(row["base_n"], 0, visit.language) if row["base_n"] is not None else "",
        "counts": _counts(walk),
        "question": indicator.question_sv,
        "numerator": indicator.numerator_sv,
        "denominator": indicator.denominator_sv,
        "source": row["source"] or indicator.source,
        "comment": row["comment"],
    }
    with st.container(border=True, key="card figure"):
        st.html(
            card_head(walk.say("figure")) + facts({walk.say(f"facts.{name}"): words for name, words in told.items()})
        )
        bullets(flag_sentences(visit, pl.DataFrame([{"flags": row["flags"], "indicator": indicator.id}])))
        label = visit.say("ui.see_more", title=plain(indicator.title.in_language(visit.language)))
        st.page_link("pages/indicator.py", label=label, query_params=visit.linked(indicator=indicator.id))


def _facts(walk: Place, told: Mapping[str, str]) -> str:
    return facts({walk.say(f"facts.{name}"): words for name, words in told.items()})


def _interval(walk: Walk) -> str:
    row, indicator = walk.row, walk.asked.indicator
    if row["ci_low"] is None:
        return ""
    return "–".join(
        format_value(row[end], indicator.unit, indicator.decimals, walk.visit.language) for end in ("ci_low", "ci_high")
    )


def _counts(walk: Walk) -> str:
    row, language = walk.row, walk.visit.language
    if row["numerator"] is None or row["denominator"] is None:
        return ""
    top, bottom = (format_number(row[name], 0, language) for name in ("numerator", "denominator"))
    return walk.say("of", numerator=top, denominator=bottom)


def origin(walk: Place) -> None:
    """File, sheet and cell; who published it, when, and the digest that proves which file it was."""
    visit, row, upload, language = walk.visit, walk.row, walk.upload, walk.visit.language
    told = {
        "file": upload["file"],
        "sheet": row["sheet"],
        "cell": row["cell"],
        "upload": str(upload["id"]),
        **_others(walk),
        "published_at": moment_in_words(row["published_at"], language),
        "published_by": shown_actor(upload["published_by"], language, visit.names),
        "note": stored_words(upload["note"], language),
        "layout": layout_name(upload["layout"], language),
        "size": walk.say("bytes", count=format_number(upload["size"], 0, language)),
        "sha256": upload["sha256"],
    }
    st.html(card(walk.say("origin"), _facts(walk, told)))


def _others(walk: Place) -> dict[str, str]:
    """Which upload said the figure first, where it is another one, and which said the same after it."""
    first, confirming = walk.row.get("origin"), walk.row.get("confirmed_by") or []
    own = walk.row.get("upload")
    return {
        "first": "" if first in (None, own) else _named(walk, [first]),
        "confirmed_by": _named(walk, [upload for upload in confirming if upload != own]),
    }


def _named(walk: Place, uploads: list[int]) -> str:
    """`a.csv (uppladdning 3, publicerad 1 mars 2026)`, one after another."""
    if not uploads:
        return ""
    known = uploads_list(walk.visit.store, walk.visit.as_of).filter(pl.col("id").is_in(uploads)).sort("id")
    return ", ".join(
        walk.say(
            "other_file",
            file=row["file"],
            upload=row["id"],
            moment=moment_in_words(row["published_at"], walk.visit.language),
        )
        for row in known.iter_rows(named=True)
    )


def history(walk: Walk) -> None:
    """What each publication, withdrawal and restoration made of the figure."""
    html = kept(("history", *walk.key), partial(_history_html, walk))
    if not html:
        return
    with st.container(border=True, key="card history"):
        st.html(card_head(walk.say("history")) + html)
        st.page_link(
            "pages/changes.py",
            label=walk.say("to_changes"),
            query_params=walk.visit.linked(indicator=walk.asked.indicator.id),
        )


def _history_html(walk: Walk) -> str:
    rows = [_event(walk, row) for row in figure_history(walk.visit.store, walk.asked, walk.visit.as_of).to_dicts()]
    numbers = [walk.visit.say(f"changelog.columns.{name}") for name in ("old", "new", "difference")]
    return rows_html(rows, walk.say("history_caption"), numbers) if rows else ""


def _event(walk: Walk, row: dict[str, Any]) -> dict[str, str]:
    visit, language, indicator = walk.visit, walk.visit.language, walk.asked.indicator
    difference = row["difference"]
    cells = {
        "at": moment_in_words(row["at"], language),
        "kind": visit.say(f"desk.actions.{row['action']}"),
        "file": row["file"],
        "old": shown_value(row, "old", indicator, visit.language),
        "new": shown_value(row, "new", indicator, visit.language),
        "difference": difference_in_words(difference, indicator, language) if difference else "",
        "cell": ", ".join(part for part in (row["sheet"], row["cell"]) if part),
        "note": stored_words(row["note"], language),
        "by": shown_actor(row["by"], language, visit.names),
    }
    return {visit.say(f"changelog.columns.{name}"): words for name, words in cells.items()}
