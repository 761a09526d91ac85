"""What a form was opened on: of two people who change the same entry, the later one is told, and overwrites nothing."""

from collections.abc import Callable, Collection
from typing import Final, TypeVar

import streamlit as st

Entry = TypeVar("Entry")
_OPENED: Final = "opened on:"


def as_opened(place: str, entry: Entry, field: Callable[[Entry], str]) -> Entry:
    """The entry as it stood when this session first drew the form at `place`: what its fields were filled with.
    `field`: the widget key of one of them; a form that was not on screen in between is opened anew."""
    held: Entry | None = st.session_state.get(_OPENED + place)
    if held is None or field(held) not in st.session_state:
        held = st.session_state[_OPENED + place] = entry
    return held


def gone(stem: str, standing: Collection[str]) -> list[str]:
    """The entries whose forms were open at a place that begins with `stem`, and that stand no longer; told once."""
    stem = _OPENED + stem
    keys = [
        key for key in map(str, st.session_state) if key.startswith(stem) and key.removeprefix(stem) not in standing
    ]
    for key in keys:
        del st.session_state[key]
    return [key.removeprefix(stem) for key in keys]


def close_all() -> None:
    """The next form is filled anew: another entry is chosen, or this one is saved."""
    for key in [key for key in st.session_state if str(key).startswith(_OPENED)]:
        del st.session_state[key]
