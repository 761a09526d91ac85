"""How much of what is measured has a decided target, what has none, and the targets' history, on the page Mål."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from analysis.targets.shares import followed_indicators, target_shares
from analysis.targets.standing import STATUSES
from charts.target_shares import target_shares_chart, target_shares_in_words
from exports.targets import history_table, versions_shown, without_target
from locales.numbers import STOCKHOLM, format_date, format_moment, format_number, format_value
from ui.cache import kept
from ui.escape import as_html
from ui.figures import pictured
from ui.parts import card, folded, paragraphs
from ui.tables import table_html
from ui.targets.page import Targets, targets_html


def shares(view: Targets) -> None:
    """How many of the followed indicators have a target, per region, as a chart or a table; beside it what has none."""
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(border=True, key="card shares"):
        _shares(view)
    with right:
        lacking = kept(("without", *view.key), lambda: without_target(view.every))
        st.html(card(view.say("page.without"), _without_html(view, lacking)))


def _shares(view: Targets) -> None:
    visit = view.visit
    rows = kept(("shares", *view.key), lambda: target_shares(visit.store, view.codes, as_of=visit.as_of).to_dicts())
    pictured(
        visit,
        "show",
        ("target shares", *view.key),
        view.say("page.shares"),
        lambda: target_shares_chart(rows, visit.language),
        lambda: target_shares_in_words(rows, visit.language),
        partial(_shares_html, view, rows),
    )
    st.caption(view.say("page.shares_about", every=len(followed_indicators())))


def _shares_html(view: Targets, rows: list[dict[str, Any]]) -> str:
    every = [row for row in view.every.to_dicts() if row["phase"] == "in_force"]
    table = [
        {
            "region": row["region"],
            "targets": format_number(row["targets"], 0, view.visit.language),
            "every": format_number(row["indicators"], 0, view.visit.language),
            "share": format_value(row["share"], "percent", 1, view.visit.language),
            **{
                name: str(sum(1 for one in every if (one["code"], one["status"]) == (row["code"], name)))
                for name in STATUSES
            },
        }
        for row in rows
    ]
    return targets_html(view, table, "shares_table", ("targets", "every", "share", *STATUSES))


def _without_html(view: Targets, lacking: Sequence[str]) -> str:
    """The indicators that no shown region has a target for, by area, folded."""
    parts = [paragraphs([view.say("page.without_about")], "said")]
    for area in dict.fromkeys(one.area for one in followed_indicators()):
        every = [one for one in followed_indicators() if one.area == area]
        named = [one.title.in_language(view.visit.language) for one in every if one.id in lacking]
        name = view.visit.say(f"areas.{area}")
        heading = view.say("page.without_area", area=name, count=len(named), every=len(every))
        titles = named or [view.say("page.without_nothing")]
        lines = "".join(f"<li>{as_html(title)}</li>" for title in titles)
        parts.append(folded(heading, f'<ul class="lines">{lines}</ul>'))
    return "".join(parts)


def history(view: Targets) -> None:
    """Every version of the regions' targets, latest first."""
    with st.expander(view.say("page.history")):
        html = kept(("history", *view.key, view.visit.named), partial(_history_html, view))
        if html:
            st.html(html)
        else:
            st.markdown(view.say("page.no_history"))


def _history_html(view: Targets) -> str:
    language = view.visit.language
    versions = versions_shown(view.visit.store, view.codes, view.visit.as_of)
    own = versions if not view.indicator else versions.filter(pl.col("indicator") == view.indicator)
    if own.is_empty():
        return ""
    table = history_table(own, language, view.visit.names)
    shown = table.with_columns(
        pl.Series(name, [_printed(cell, language) for cell in table[name]], dtype=pl.String)
        for name, kind in table.schema.items()
        if kind in (pl.Date, pl.Datetime)
    )
    return table_html(shown, view.say("page.history_table"))


def _printed(cell: Any, language: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return format_moment(cell.replace(tzinfo=STOCKHOLM), language)
    return format_date(cell, language)
