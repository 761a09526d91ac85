"""A reader's visit to a page: the language, the open store and who is asking, handed to a page drawn for it.

A page's first line asks for the visit. Streamlit can run a page file without one (design §6, trap 1: the first deep
link to a fresh server; every second run of AppTest): then dashboard.py is run first, with its menu and permissions,
and the page inside it. Run as a script of its own, a page draws nothing.
"""

import runpy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from access import READER, Actor
from analysis.moments import today_in_sweden
from locales import text
from models import Store, settings
from models.settings import PROJECT
from ui.ahead import Ahead

ENTRY: Final = PROJECT / "dashboard.py"


@dataclass(frozen=True)
class Visit:
    """What every page needs: the reader's language, the store, who is asking. `names`: actors' names (key → name), for
    those who may see them. `as_of`: the day whose figures are shown, None for the current ones (ui/vintage.py);
    `indicators`: those the page shows, noted while it is drawn. `choices`: what the reader's choices are in this run,
    as the address will name them (ui/address.py). `pictures`: those it lets a reader take (ui/pictures.py); `found`:
    what it has found, to be sent ahead to the next reader (ui/ahead.py), nothing where it shows synthetic figures;
    `rows`, `menus`: its row of controls and its menus of what leaves (ui/take.py)."""

    language: str
    store: Store
    actor: Actor = READER
    names: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    indicators: set[str] = field(default_factory=set, compare=False)
    choices: dict[str, str] = field(default_factory=dict, compare=False)
    pictures: list[str] = field(default_factory=list, compare=False)
    found: list[Ahead] = field(default_factory=list, compare=False)
    rows: list[Any] = field(default_factory=list, compare=False)
    menus: list[bool] = field(default_factory=list, compare=False)

    def say(self, key: str, **values: object) -> str:
        """A text of `locales/` in the reader's language."""
        return text(key, self.language, **values)

    @cached_property
    def standing(self) -> tuple[str, str, int, int, str]:
        """What an answer hangs on beside the store and the question: the day shown and whether that is today (a period
        begins at midnight, whatever is published), from how many answers figures are shown and unmarked, and the
        language."""
        day, chosen = self.as_of or today_in_sweden(), settings()
        return str(self.as_of), day.isoformat(), chosen.hide_below, chosen.uncertain_below, self.language

    @property
    def named(self) -> tuple[str, ...]:
        """Whom the reader may see by name, and by which: another reader's page may not show them."""
        return tuple(sorted(f"{key}={name}" for key, name in self.names.items()))

    def linked(self, **choices: str) -> dict[str, str]:
        """A link's query parameters: these choices, the reader's language and the shown day's figures."""
        return {**choices, "lang": self.language, **({"as_of": self.as_of.isoformat()} if self.as_of else {})}


_VISIT: ContextVar[Visit | None] = ContextVar("visit", default=None)


@contextmanager
def drawn(visit: Visit) -> Iterator[None]:
    """The time during which dashboard.py runs a page."""
    token = _VISIT.set(visit)
    try:
        yield
    finally:
        _VISIT.reset(token)


def visit() -> Visit:
    """The visit this page is drawn for. Without one the page goes no further than this line."""
    found = _VISIT.get()
    if found is None:
        if _opened_through_the_dashboard():
            runpy.run_path(str(ENTRY), run_name="__main__")
        st.stop()
    return found


def _opened_through_the_dashboard() -> bool:
    context = get_script_run_ctx()
    return context is not None and Path(context.main_script_path).resolve() == ENTRY
