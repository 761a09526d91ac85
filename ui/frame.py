"""The frame around every page: the language and the open store, handed to a page that is drawn inside it.

A page's first line asks for the frame. Streamlit can run a page file without it (design §6, trap 1: the first deep
link to a fresh server; every second run of AppTest): then the frame is drawn first, with its permissions, and the page
inside it. Run as a script of its own, a page draws nothing.
"""

import runpy
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from locales import text
from models import Store
from models.settings import PROJECT

ENTRY: Final = PROJECT / "dashboard.py"


@dataclass(frozen=True)
class Frame:
    """What every page needs: the reader's language and the store. `choices`: what the reader's choices are in this
    run, as the address will name them (ui/address.py)."""

    language: str
    store: Store
    choices: dict[str, str] = field(default_factory=dict, compare=False)

    def say(self, key: str, **values: object) -> str:
        """A text of `locales/` in the reader's language."""
        return text(key, self.language, **values)


_FRAME: ContextVar[Frame | None] = ContextVar("frame", default=None)


@contextmanager
def drawn(frame: Frame) -> Iterator[None]:
    """The time during which dashboard.py runs a page."""
    token = _FRAME.set(frame)
    try:
        yield
    finally:
        _FRAME.reset(token)


def frame() -> Frame:
    """The frame this page is drawn in. Without one the page goes no further than this line."""
    found = _FRAME.get()
    if found is None:
        if _opened_through_the_dashboard():
            runpy.run_path(str(ENTRY), run_name="__main__")
        st.stop()
    return found


def _opened_through_the_dashboard() -> bool:
    context = get_script_run_ctx()
    return context is not None and Path(context.main_script_path).resolve() == ENTRY
