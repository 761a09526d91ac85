"""Figures from Kolada's API on the upload desk: choose, fetch, give up; what comes is a file like any dropped one."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from access import Forbidden, require
from loaders.problems import indicator_label
from loaders.sources import Fetched, FetchFailed, fetch, in_kolada
from locales.numbers import STOCKHOLM, format_number
from models import settings
from ui.escape import plain
from ui.visit import Visit

_KEPT: Final = "fetched from Kolada"
_CANCELLED: Final = "fetch cancelled"
_FIRST_YEAR: Final = 2010
_GLANCE: Final = 0.2  # seconds between two looks at the work, and so before a click is noticed


@dataclass
class _SoFar:
    """How far a fetch beside the page has come, and whether the person has given up."""

    pages: int = 0
    entries: int = 0
    given_up: threading.Event = field(default_factory=threading.Event)

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
    pool = ThreadPoolExecutor(1)  # beside the page, which must notice a click while the network is waited for
    answer = pool.submit(fetch, indicators, years=years, progress=so_far.told, cancelled=so_far.given_up.is_set)
    st.session_state[_CANCELLED] = True  # until it has ended: a click stops this run in the middle
    try:
        _watch(visit, answer, so_far, place.container())
        del st.session_state[_CANCELLED]
        st.session_state[_KEPT] = answer.result()
        place.empty()
    except FetchFailed as failed:
        place.error(plain(failed.message(visit.language)))
    finally:
        so_far.given_up.set()
        pool.shutdown(wait=False)


def _watch(visit: Visit, answer: Future[Fetched], so_far: _SoFar, place: DeltaGenerator) -> None:
    """Tell how far it has come until it has ended."""
    told = place.empty()
    place.button(visit.say("fetching.cancel"), key="kolada cancel")
    while not answer.done():
        told.info(_in_words(visit, so_far))
        wait([answer], _GLANCE)


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
