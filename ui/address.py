"""A page's state lives in its address: read, judged, shown in the widget, written back.

The address is the truth at every run, so links, bookmarks and the browser's back button work. An unknown value falls
back to the default and is said, never an exception.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

import streamlit as st

from ui.escape import plain
from ui.frame import Frame

_REMEMBERED: Final = "remembered:"
Pick = Literal["select", "radio"]


def read(frame: Frame, name: str, known: Sequence[str], default: str, *, remember: bool = False) -> str:
    """The value of `?name=` if it is known; else the session's last (where `remember`), else the default."""
    last = str(st.session_state.get(_REMEMBERED + name, ""))
    fallback = last if remember and last in known else default
    given = st.query_params.get(name)
    if given is None or given in known:
        return given or fallback
    st.warning(frame.say("ui.unknown_value", name=plain(name), found=plain(given)))
    return fallback


def write(name: str, value: str, default: str, *, remember: bool = False) -> None:
    """Put the value into the address; a default leaves it short."""
    if remember:
        st.session_state[_REMEMBERED + name] = value
    if value != default:
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def pick(
    frame: Frame,
    name: str,
    known: Sequence[str],
    *,
    label: str,
    shown: Callable[[str], str],
    default: str | None = None,
    kind: Pick = "select",
    remember: bool = False,
    resets: Sequence[str] = (),
    notes: Mapping[str, str] | None = None,
) -> str:
    """A choice of one, bound to `?name=`. `known` are the address's values, `shown` their words; a new choice takes
    the parameters in `resets` with it, which belonged to the old one. `notes`: value → what to know about it."""
    first = known[0] if default is None else default
    key = f"pick:{name}"
    st.session_state[key] = read(frame, name, known, first, remember=remember)

    def changed() -> None:
        write(name, st.session_state[key], first, remember=remember)
        for follower in resets:
            st.query_params.pop(follower, None)

    if kind == "radio":
        chosen = st.radio(label, known, format_func=shown, key=key, on_change=changed, horizontal=True)
    else:
        chosen = st.selectbox(label, known, format_func=shown, key=key, on_change=changed)
    if notes and chosen in notes:
        st.caption(plain(notes[chosen]))
    write(name, chosen, first, remember=remember)
    return chosen


def pick_several(
    frame: Frame, name: str, known: Sequence[str], *, label: str, shown: Callable[[str], str], default: Sequence[str]
) -> tuple[str, ...]:
    """A choice of several, bound to `?name=25-24`; nothing chosen gives the default."""
    key = f"pick:{name}"
    given = [code for code in st.query_params.get(name, "").split("-") if code]
    unknown = [code for code in given if code not in known]
    if unknown:
        st.warning(frame.say("ui.unknown_value", name=plain(name), found=plain(", ".join(unknown))))
    st.session_state[key] = [code for code in given if code in known] or list(default)

    def changed() -> None:
        write(name, "-".join(st.session_state[key]), "-".join(default))

    chosen = st.multiselect(label, known, format_func=shown, key=key, on_change=changed)
    return tuple(chosen) or tuple(default)


def switch(frame: Frame, name: str, *, label: str, default: bool = False) -> bool:
    """A yes or no, bound to `?name=1`."""
    key = f"pick:{name}"
    usual = "1" if default else "0"
    st.session_state[key] = read(frame, name, ("0", "1"), usual, remember=True) == "1"

    def changed() -> None:
        write(name, "1" if st.session_state[key] else "0", usual, remember=True)

    chosen = st.toggle(label, key=key, on_change=changed)
    write(name, "1" if chosen else "0", usual, remember=True)
    return chosen
