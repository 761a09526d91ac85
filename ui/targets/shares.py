"""How much of what is measured has a decided goal, what has none, and the goals' history, on the page Mål."""

from datetime import datetime
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from analysis.targets.shares import followed_indicators, goal_shares
from analysis.targets.standing import STATUSES
from charts.goal_shares import goal_shares_chart, goal_shares_in_words
from exports.targets import history_table, versions_shown, without_goal
from locales.numbers import STOCKHOLM, format_date, format_moment, format_number, format_value
from ui.cache import kept
from ui.escape import plain
from ui.figures import drawn
from ui.notes import bullets
from ui.tables import table_html
from ui.targets.page import Goals, goals_html


def shares(view: Goals) -> None:
    """How many of the followed indicators have a goal, per region: a chart and the same as a table."""
    frame = view.frame
    st.header(view.say("page.shares"), anchor=False)
    st.markdown(view.say("page.shares_about", every=len(followed_indicators())))
    rows = kept(("shares", *view.key), lambda: goal_shares(frame.store, view.codes, as_of=frame.as_of).to_dicts())
    drawn(
        frame,
        "goal shares",
        view.key,
        lambda: goal_shares_chart(rows, frame.language),
        lambda: goal_shares_in_words(rows, frame.language),
    )
    with st.expander(frame.say("ui.table", count=len(rows))):
        st.html(kept(("table", "shares", *view.key), partial(_shares_html, view, rows)))


def _shares_html(view: Goals, rows: list[dict[str, Any]]) -> str:
    every = [row for row in view.every.to_dicts() if row["phase"] == "in_force"]
    table = [
        {
            "region": row["region"],
            "goals": format_number(row["goals"], 0, view.frame.language),
            "every": format_number(row["indicators"], 0, view.frame.language),
            "share": format_value(row["share"], "percent", 1, view.frame.language),
            **{
                name: str(sum(1 for one in every if (one["code"], one["status"]) == (row["code"], name)))
                for name in STATUSES
            },
        }
        for row in rows
    ]
    return goals_html(view, table, "shares_table", ("goals", "every", "share", *STATUSES))


def without(view: Goals) -> None:
    """The indicators that no shown region has a goal for, by area."""
    st.header(view.say("page.without"), anchor=False)
    st.markdown(view.say("page.without_about"))
    lacking = kept(("without", *view.key), lambda: without_goal(view.every))
    for area in dict.fromkeys(one.area for one in followed_indicators()):
        every = [one for one in followed_indicators() if one.area == area]
        named = [one for one in every if one.id in lacking]
        name = view.frame.say(f"areas.{area}")
        with st.expander(view.say("page.without_area", area=name, count=len(named), every=len(every))):
            titles = [plain(one.title.in_language(view.frame.language)) for one in named]
            bullets(titles or [view.say("page.without_nothing")])


def history(view: Goals) -> None:
    """Every version of the regions' goals, latest first."""
    with st.expander(view.say("page.history")):
        html = kept(("history", *view.key, view.frame.named), partial(_history_html, view))
        if html:
            st.html(html)
        else:
            st.markdown(view.say("page.no_history"))


def _history_html(view: Goals) -> str:
    language = view.frame.language
    versions = versions_shown(view.frame.store, view.codes, view.frame.as_of)
    own = versions if not view.indicator else versions.filter(pl.col("indicator") == view.indicator)
    if own.is_empty():
        return ""
    table = history_table(own, language, view.frame.names)
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
