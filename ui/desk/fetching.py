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
from ui.frame import Frame

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


def kolada_import(frame: Frame, removed: Callable[[bytes], None]) -> list[tuple[str, bytes]]:
    """The form, and (name, content) of what this person has fetched and not removed: for the desk, as dropped files.
    `removed` is told the content that goes. Nothing is stored here. Asks for the permission `upload` before anything
    is fetched."""
    st.markdown(frame.say("fetching.intro"))
    indicators, years = _question(frame)
    if st.button(frame.say("fetching.button"), key="kolada fetch", disabled=not indicators):
        _remove(removed)
        _fetch(frame, indicators, years)
    elif st.session_state.pop(_CANCELLED, False):
        st.info(frame.say("fetching.was_cancelled"))
    answer: Fetched | None = st.session_state.get(_KEPT)
    if answer is not None:
        _done(frame, answer, removed)
    return [] if answer is None else [(answer.name, answer.content)]


def _question(frame: Frame) -> tuple[list[str], range | None]:
    """The chosen indicators, by the catalogue's id, and the years; None for all."""
    known = in_kolada()
    indicators = st.multiselect(
        frame.say("fetching.indicators"),
        list(known),
        format_func=lambda each: indicator_label(known[each], frame.language),
        key="kolada indicators",
        placeholder=frame.say("fetching.indicators_none"),
    )
    ways = ("all", "some")
    way = st.radio(
        frame.say("fetching.years"),
        ways,
        format_func=lambda each: frame.say(f"fetching.years_{each}"),
        horizontal=True,
        key="kolada which years",
    )
    if way == "all":
        return indicators, None
    this_year = datetime.now(STOCKHOLM).year
    first, last = st.slider(
        frame.say("fetching.years_range"), _FIRST_YEAR, this_year, (this_year - 3, this_year), key="kolada years"
    )
    return indicators, range(first, last + 1)


def _fetch(frame: Frame, indicators: list[str], years: range | None) -> None:
    """Fetch and keep, or say why not. A click on anything meanwhile (Avbryt too) ends this run, and so the work."""
    try:
        require(frame.actor, "upload")
    except Forbidden as forbidden:
        st.error(plain(forbidden.message(frame.language)))
        return
    so_far, place = _SoFar(), st.empty()
    pool = ThreadPoolExecutor(1)  # beside the page, which must notice a click while the network is waited for
    answer = pool.submit(fetch, indicators, years=years, progress=so_far.told, cancelled=so_far.given_up.is_set)
    st.session_state[_CANCELLED] = True  # until it has ended: a click stops this run in the middle
    try:
        _watch(frame, answer, so_far, place.container())
        del st.session_state[_CANCELLED]
        st.session_state[_KEPT] = answer.result()
        place.empty()
    except FetchFailed as failed:
        place.error(plain(failed.message(frame.language)))
    finally:
        so_far.given_up.set()
        pool.shutdown(wait=False)


def _watch(frame: Frame, answer: Future[Fetched], so_far: _SoFar, place: DeltaGenerator) -> None:
    """Tell how far it has come until it has ended."""
    told = place.empty()
    place.button(frame.say("fetching.cancel"), key="kolada cancel")
    while not answer.done():
        told.info(_in_words(frame, so_far))
        wait([answer], _GLANCE)


def _in_words(frame: Frame, so_far: _SoFar) -> str:
    if not so_far.pages:
        return frame.say("fetching.waiting", host=plain(_host()))
    key = "fetching.progress_one" if so_far.pages == 1 else "fetching.progress"
    return frame.say(key, pages=so_far.pages, entries=format_number(so_far.entries, 0, frame.language))


def _done(frame: Frame, answer: Fetched, removed: Callable[[bytes], None]) -> None:
    key = "fetching.done_one" if answer.pages == 1 else "fetching.done"
    st.success(frame.say(key, pages=answer.pages, host=plain(_host()), file=plain(answer.name)))
    st.button(frame.say("fetching.remove"), key="kolada remove", on_click=_remove, args=(removed,))


def _remove(removed: Callable[[bytes], None]) -> None:
    if gone := st.session_state.pop(_KEPT, None):
        removed(gone.content)


def _host() -> str:
    return urlsplit(settings().kolada_url).netloc
