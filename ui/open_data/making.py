"""Hela underlaget: every figure, or the chosen measures', as one file: made beside the page, with how far
it has come and a button to give it up, then there to be fetched.

The file is in memory and the page's alone: nothing is left behind.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple

import streamlit as st

from exports import everything_csv, everything_workbook
from locales.numbers import format_number
from ui import who
from ui.beside import GivenUp, beside
from ui.cache import Key, view_key
from ui.server.stopping import WORK
from ui.sharing import short_link
from ui.show import XLSX, download, file_name
from ui.visit import Visit

_READY: Final = "everything ready"
_BROKEN_OFF: Final = "everything broken off"
Chosen = tuple[str, ...] | None


class _Kind(NamedTuple):
    ending: str
    mime: str


_KINDS: Final = {"excel": _Kind("xlsx", XLSX), "csv": _Kind("csv", "text/csv")}


class _Stopped(Exception):
    """The person has given up."""


@dataclass
class _SoFar:
    """Rows written, of how many; none while the figures are read, all while the file is packed."""

    rows: int = 0
    whole: int = 0
    given_up: GivenUp = field(default=lambda: False)

    def told(self, rows: int, whole: int) -> None:
        if self.given_up():
            raise _Stopped
        self.rows, self.whole = rows, whole

    def in_words(self, visit: Visit) -> str:
        if not self.rows:
            return visit.say("open_data.making.reading")
        rows, whole = (format_number(one, 0, visit.language) for one in (self.rows, self.whole))
        return visit.say(
            f"open_data.making.{'packing' if self.rows == self.whole else 'writing'}", rows=rows, whole=whole
        )


def draw(visit: Visit, chosen: Chosen) -> None:
    """A button for each kind of file; the one that was made, while it is of what the page asks."""
    if not visit.store.data_version():
        return
    key = view_key(visit, "everything", *(chosen or ()))
    with st.container(horizontal=True):
        pressed = [kind for kind in _KINDS if st.button(visit.say(f"open_data.making.{kind}"), key=f"make {kind}")]
    if pressed:
        _make(visit, chosen, pressed[0], key)
    elif st.session_state.pop(_BROKEN_OFF, False):
        st.info(visit.say("open_data.making.broken_off"))
    _ready(visit, chosen, key)


def _make(visit: Visit, chosen: Chosen, kind: str, key: Key) -> None:
    """Make it, for whoever may have it, and keep it until something else is asked for."""
    who.require("export")
    st.session_state.pop(_READY, None)
    so_far, place = _SoFar(), st.empty()
    work = partial(_work, so_far, _writer(visit, chosen, kind, so_far.told))
    st.session_state[_BROKEN_OFF] = True  # until it has ended: a click stops this run in the middle
    told = partial(so_far.in_words, visit)
    content = beside(
        work, told, place.container(), cancel=visit.say("open_data.making.cancel"), key="cancel everything"
    )
    del st.session_state[_BROKEN_OFF]
    st.session_state[_READY] = (key, kind, content)
    place.empty()


def _work(so_far: _SoFar, write: Callable[[], bytes], given_up: GivenUp) -> bytes:
    so_far.given_up = given_up
    with WORK.under_way():
        return write()


def _writer(visit: Visit, chosen: Chosen, kind: str, told: Callable[[int, int], None]) -> Callable[[], bytes]:
    if kind == "csv":
        make = partial(everything_csv, visit.store, as_of=visit.as_of, language=visit.language, chosen=chosen)
        return partial(make, told=told)
    link = short_link(visit)
    make = partial(everything_workbook, visit.store, as_of=visit.as_of, language=visit.language, chosen=chosen)
    return partial(make, link=link, told=told)


def _ready(visit: Visit, chosen: Chosen, key: Key) -> None:
    found = st.session_state.get(_READY)
    if found is None or found[0] != key:
        st.session_state.pop(_READY, None)
        return
    _, kind, content = found
    name = file_name(visit, visit.say(f"ui.{'chosen' if chosen else 'everything'}_file"), _KINDS[kind].ending)
    size = format_number(max(len(content) / 1e6, 0.1), 1, visit.language)
    download(
        visit.say("open_data.making.ready", file=name, mb=size), content, name, mime=_KINDS[kind].mime, key="everything"
    )
