"""Figures from Kolada's API on the upload desk: choose, fetch, give up; what comes is a file like any dropped one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from access import Forbidden, require
from loaders.problems import indicator_label
from loaders.sources import Fetched, FetchFailed, fetch, in_kolada
from locales.numbers import STOCKHOLM, format_number
from models import settings
from ui.beside import GivenUp, beside
from ui.escape import plain
from ui.visit import Visit

_KEPT: Final = "fetched from Kolada"
_CANCELLED: Final = "fetch cancelled"
_FIRST_YEAR: Final = 2010


@dataclass
class _SoFar:
    """How far a fetch has come."""

    pages: int = 0
    entries: int = 0

    def told(self, pages: int, entries: int) -> None:
        self.pages, self.entries = pages, entries


def kolada_import(visit: Visit, removed: Callable[[bytes], None]) -> list[tuple[str, bytes]]:
    """The form, and (name, content) of what this person has fetched and not removed: for the desk, as dropped files.
    `removed` is told the content that goes. Nothing is stored here. Asks for the permission `upload` before anything
    is fetched."""
    st.markdown(visit.say("fetching.intro"))
    indicators, years = _question(visit)
    if st.button(visit.say("fetching.button"), key="kolada fetch", disabled=not indicators):
        _remove(removed)
        _fetch(visit, indicators, years)
    elif st.session_state.pop(_CANCELLED, False):
        st.info(visit.say("fetching.was_cancelled"))
    answer: Fetched | None = st.session_state.get(_KEPT)
    if answer is not None:
        _done(visit, answer, removed)
    return [] if answer is None else [(answer.name, answer.content)]


def _question(visit: Visit) -> tuple[list[str], range | None]:
    """The chosen indicators, by the catalogue's id, and the years; None for all."""
    known = in_kolada()
    indicators = st.multiselect(
        visit.say("fetching.indicators"),
        list(known),
        format_func=lambda each: indicator_label(known[each], visit.language),
        key="kolada indicators",
        placeholder=visit.say("fetching.indicators_none"),
    )
    ways = ("all", "some")
    way = st.radio(
        visit.say("fetching.years"),
        ways,
        format_func=lambda each: visit.say(f"fetching.years_{each}"),
        horizontal=True,
        key="kolada which years",
    )
    if way == "all":
        return indicators, None
    this_year = datetime.now(STOCKHOLM).year
    first, last = st.slider(
        visit.say("fetching.years_range"), _FIRST_YEAR, this_year, (this_year - 3, this_year), key="kolada years"
    )
    return indicators, range(first, last + 1)


def _fetch(visit: Visit, indicators: list[str], years: range | None) -> None:
    """Fetch and keep, or say why not. A click on anything meanwhile (Avbryt too) ends this run, and so the work."""
    try:
        require(visit.actor, "upload")
    except Forbidden as forbidden:
        st.error(plain(forbidden.message(visit.language)))
        return
    so_far, place = _SoFar(), st.empty()

    def work(given_up: GivenUp) -> Fetched:
        return fetch(indicators, years=years, progress=so_far.told, cancelled=given_up)

    told = partial(_in_words, visit, so_far)
    st.session_state[_CANCELLED] = True  # until it has ended: a click stops this run in the middle
    try:
        answer = beside(work, told, place.container(), cancel=visit.say("fetching.cancel"), key="kolada cancel")
        del st.session_state[_CANCELLED]
        st.session_state[_KEPT] = answer
        place.empty()
    except FetchFailed as failed:
        place.error(plain(failed.message(visit.language)))


def _in_words(visit: Visit, so_far: _SoFar) -> str:
    if not so_far.pages:
        return visit.say("fetching.waiting", host=plain(_host()))
    key = "fetching.progress_one" if so_far.pages == 1 else "fetching.progress"
    return visit.say(key, pages=so_far.pages, entries=format_number(so_far.entries, 0, visit.language))


def _done(visit: Visit, answer: Fetched, removed: Callable[[bytes], None]) -> None:
    key = "fetching.done_one" if answer.pages == 1 else "fetching.done"
    st.success(visit.say(key, pages=answer.pages, host=plain(_host()), file=plain(answer.name)))
    st.button(visit.say("fetching.remove"), key="kolada remove", on_click=_remove, args=(removed,))


def _remove(removed: Callable[[bytes], None]) -> None:
    if gone := st.session_state.pop(_KEPT, None):
        removed(gone.content)


def _host() -> str:
    return urlsplit(settings().kolada_url).netloc
