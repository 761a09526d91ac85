"""The day whose figures are shown: `as_of=2026-03-01` in the address, kept from page to page, none for today's.

A page that shows an old day's figures says so before anything else, with what has changed since.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from analysis import changes_since, indicators_with_figures, publication_days
from analysis.moments import day_from, today_in_sweden
from indicators import catalogue
from locales import text
from locales.numbers import format_date, format_number
from ui.cache import kept, view_key
from ui.escape import as_html, plain
from ui.visit import Visit
from views.checking import Question, checked, question_of
from views.parts import Reader

_NAME: Final = "as_of"
_KEPT: Final = "as_of of the session"
_PICKER: Final = "pick:as_of"
_NOW: Final = ""
ALWAYS_NOW: Final = ("upload", "users", "log")
"""Pages that are about what is now, whatever day the reader looks at elsewhere."""


def chosen_day(language: str, page: str) -> date | None:
    """The address's day, else the session's last; None for the current figures. A day that is none or has not been yet
    is said, and today's figures are shown."""
    given = st.query_params.get(_NAME)
    if given is not None:
        day = _day(given)
        _keep(day)
        if day is None:
            st.warning(text("vintages.unknown", language, found=plain(given)))
    day = None if page in ALWAYS_NOW else st.session_state.get(_KEPT)
    if day is None:
        st.query_params.pop(_NAME, None)
    elif given != day.isoformat():
        st.query_params[_NAME] = day.isoformat()
    return day


def _day(given: str) -> date | None:
    day = day_from(given)
    return day if day and day <= today_in_sweden() else None


def _keep(day: date | None) -> None:
    st.session_state[_KEPT] = day


def _choose(day: date | None) -> None:
    _keep(day)
    if day is None:
        st.query_params.pop(_NAME, None)
    else:
        st.query_params[_NAME] = day.isoformat()


@contextmanager
def told(visit: Visit, page: str) -> Iterator[None]:
    """The banner of an old day, over the page that is drawn meanwhile; what has changed since is known when the page
    has said which indicators it shows."""
    if visit.as_of is None:
        yield
        return
    with st.container(border=True):
        st.warning(visit.say("vintages.banner", day=format_date(visit.as_of, visit.language)))
        since = st.empty()
        st.button(visit.say("vintages.to_current"), on_click=_choose, args=(None,), key="to current figures")
    yield
    shown = question_of(page, visit.choices, visit.as_of)
    asked = replace(shown, indicators=tuple(sorted(visit.indicators)) or shown.indicators)
    key = view_key(visit, "since", today_in_sweden().isoformat(), repr(asked))
    since.html(kept(key, partial(_since, visit, asked)))


def _since(visit: Visit, asked: Question) -> str:
    """How many of the view's figures are another today, and the way to the change log; HTML."""
    assert asked.as_of is not None
    found = checked(Reader(visit.language, visit.store), asked)
    known = catalogue().indicators
    measures = [known[one] for one in asked.indicators or indicators_with_figures(visit.store)]
    new = changes_since(visit.store, asked.as_of, measures)["new"]
    numbers = {name: format_number(value, 0, visit.language) for name, value in (("count", found.count), ("new", new))}
    changed = format_number(len(found.corrected), 0, visit.language)
    said = [visit.say("vintages.since" if found.corrected else "vintages.nothing_since", changed=changed, **numbers)]
    said += [visit.say("vintages.new_one" if new == 1 else "vintages.new", **numbers)] if new else []
    only = {"indicator": asked.indicators[0]} if len(asked.indicators) == 1 else {}
    link = urlencode({"since": asked.as_of.isoformat(), **only, "lang": visit.language})
    title = visit.say("pages.changes.title")
    words = " ".join([*said, *([visit.say("checking.hidden")] if found.hides else [])])
    return f'<p class="since">{as_html(words)} <a href="changes?{as_html(link)}">{as_html(title)}</a></p>'


def picker(visit: Visit) -> None:
    """A way to the figures of an earlier day: every day on which something was published."""
    days = list(publication_days(visit.store))
    if not days:
        return
    known = {*days, *([visit.as_of] if visit.as_of else [])}
    options = [_NOW, *sorted((day.isoformat() for day in known), reverse=True)]
    st.session_state[_PICKER] = visit.as_of.isoformat() if visit.as_of else _NOW

    def changed() -> None:
        _choose(_day(st.session_state[_PICKER]))

    def shown(day: str) -> str:
        return format_date(date.fromisoformat(day), visit.language) if day else visit.say("vintages.current")

    with st.expander(visit.say("vintages.picker"), expanded=visit.as_of is not None):
        st.selectbox(visit.say("vintages.day"), options, format_func=shown, key=_PICKER, on_change=changed)
        st.caption(visit.say("vintages.about"))
