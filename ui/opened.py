"""What a form was opened on: of two people who change the same entry, the later one is told, and overwrites nothing;
and one whose role is taken away meanwhile is told that too."""

from collections.abc import Callable, Collection
from typing import Final, TypeVar

import streamlit as st

from access import Forbidden, allowed
from ui.escape import plain
from ui.visit import Visit

Entry = TypeVar("Entry")
_OPENED: Final = "opened on:"
_FORMS: Final = "forms open for:"


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


def may_use_forms(visit: Visit, permission: str) -> bool:
    """Whether the person in front of the page has its forms. One who had them, and has lost the role since, is told:
    the forms are gone, and so is what a click was to save."""
    if allowed(visit.actor, permission):
        st.session_state[_FORMS + permission] = True
        return True
    if st.session_state.pop(_FORMS + permission, False):
        st.error(plain(f"{visit.say('access.taken')} {Forbidden(permission).message(visit.language)}"))
    return False
