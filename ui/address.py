"""A page's state lives in its address: read, judged, shown in the widget, written back.

The address is the truth at every run, so links, bookmarks and the browser's back button work. It is completed once the
page has drawn: every choice stands in it, the defaults too, so that a link shows the same view when a default (the
latest period) has become another. An unknown value falls back to the default and is said, never an exception.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal
from urllib.parse import urlencode

import streamlit as st

from ui.escape import as_html, plain
from ui.visit import Visit

_REMEMBERED: Final = "remembered:"
_COMPLETED: Final = "completed address"
Pick = Literal["select", "radio"]
Followers = Callable[[], Sequence[str]]
"""Which parameters go when a choice changes, asked at the moment it does."""


def nothing() -> Sequence[str]:
    """No other choice depends on this one."""
    return ()


def complete(choices: Mapping[str, str]) -> None:
    """Make these choices the address, in one step (words for the browser: ui/assets/address.js)."""
    wanted = {name: value for name, value in choices.items() if value}
    st.session_state[_COMPLETED] = wanted
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def asked_first() -> dict[str, str] | None:
    """The choices in the address by which the reader came, in the session's first run: nothing is remembered yet, and
    the page hangs on them alone. None in every later run."""
    return None if _COMPLETED in st.session_state else {name: value for name, value in st.query_params.items() if value}


def link(visit: Visit) -> str:
    """The address of the view on screen, with every choice made so far."""
    query = urlencode({name: value for name, value in visit.choices.items() if value})
    return f"{st.context.url or ''}?{query}"


def read(visit: Visit, name: str, known: Sequence[str], default: str, *, remember: bool = False) -> str:
    """The value of `?name=` if it is known; else the session's last (where `remember`), else the default."""
    last = str(st.session_state.get(_REMEMBERED + name, ""))
    fallback = last if remember and last in known else default
    given = st.query_params.get(name)
    if given is None or given in known:
        return given or fallback
    if not _left_over(name, given):
        st.warning(visit.say("ui.unknown_value", name=plain(name), found=plain(given)))
    return fallback


def _left_over(name: str, given: str) -> bool:
    """Whether we wrote the value ourselves, for a choice that another choice has now done away with."""
    return bool(st.session_state.get(_COMPLETED, {}).get(name) == given)


def _change(name: str, value: str, resets: Followers, *, remember: bool = False) -> None:
    """A reader's new choice, in one step: one way back in the browser's history."""
    if remember:
        st.session_state[_REMEMBERED + name] = value
    gone = {name, *resets()}
    kept = {other: found for other, found in st.query_params.to_dict().items() if other not in gone}
    st.query_params.from_dict({**kept, name: value} if value else kept)


def _write(visit: Visit, name: str, value: str, *, remember: bool = False) -> None:
    """Note the choice for the address, and for the session's other pages."""
    if remember:
        st.session_state[_REMEMBERED + name] = value
    visit.choices[name] = value


def carry(visit: Visit, name: str, known: Sequence[str]) -> None:
    """Keep a choice that stands in the address though nothing on show asks for it: another part of the page will."""
    given = st.query_params.get(name, "")
    if given in known:
        visit.choices[name] = given


def pick(
    visit: Visit,
    name: str,
    known: Sequence[str],
    *,
    label: str,
    shown: Callable[[str], str],
    default: str | None = None,
    kind: Pick = "select",
    remember: bool = False,
    resets: Followers = nothing,
) -> str:
    """A choice of one, bound to `?name=`. `known` are the address's values, `shown` their words; a new choice takes
    the parameters that `resets` names with it, which belonged to the old one."""
    key = f"pick:{name}"
    st.session_state[key] = read(visit, name, known, known[0] if default is None else default, remember=remember)

    def changed() -> None:
        _change(name, st.session_state[key], resets, remember=remember)

    if kind == "radio":
        chosen = st.radio(label, known, format_func=shown, key=key, on_change=changed, horizontal=True)
    else:
        chosen = st.selectbox(label, known, format_func=shown, key=key, on_change=changed)
    _write(visit, name, chosen, remember=remember)
    return chosen


def pick_several(
    visit: Visit,
    name: str,
    known: Sequence[str],
    *,
    label: str,
    shown: Callable[[str], str],
    default: Sequence[str],
    resets: Followers = nothing,
) -> tuple[str, ...]:
    """A choice of several, bound to `?name=25-24`; nothing chosen gives the default."""
    key = f"pick:{name}"
    given = several(name)
    unknown = [code for code in given if code not in known]
    if unknown:
        st.warning(visit.say("ui.unknown_value", name=plain(name), found=plain(", ".join(unknown))))
    st.session_state[key] = [code for code in given if code in known] or list(default)

    def changed() -> None:
        _change(name, "-".join(st.session_state[key]), resets)

    chosen = tuple(st.multiselect(label, known, format_func=shown, key=key, on_change=changed)) or tuple(default)
    _write(visit, name, "-".join(chosen))
    return chosen


def several(name: str) -> list[str]:
    """The values that the address gives a choice of several."""
    return [code for code in st.query_params.get(name, "").split("-") if code]


def switch(visit: Visit, name: str, *, label: str, default: bool = False, resets: Followers = nothing) -> bool:
    """A yes or no, bound to `?name=1`."""
    key = f"pick:{name}"
    st.session_state[key] = read(visit, name, ("0", "1"), "1" if default else "0", remember=True) == "1"

    def changed() -> None:
        _change(name, "1" if st.session_state[key] else "0", resets, remember=True)

    chosen = st.toggle(label, key=key, on_change=changed)
    _write(visit, name, "1" if chosen else "0", remember=True)
    return chosen


def switched(visit: Visit, name: str, known: Mapping[str, str], *, label: str) -> tuple[str, str]:
    """A choice between views of one card, bound to `?name=` and kept in the address alone: the choice (the first of
    `known` by default), and the switch as HTML, each view (value → words) a link. Draw it when the page's other
    choices are made: the links carry them."""
    chosen = read(visit, name, list(known), next(iter(known)))
    visit.choices[name] = chosen
    links = []
    for value, words in known.items():
        query = urlencode({other: given for other, given in {**visit.choices, name: value}.items() if given})
        current = ' aria-current="true"' if value == chosen else ""
        links.append(f'<a href="?{as_html(query)}"{current}>{as_html(words)}</a>')
    return chosen, f'<nav class="switch" aria-label="{as_html(label)}">{"".join(links)}</nav>'


def typed(visit: Visit, name: str, *, label: str, most: int = 100, resets: Followers = nothing) -> str:
    """Words a reader writes, bound to `?name=`: a search."""
    key = f"pick:{name}"
    st.session_state[key] = st.query_params.get(name, "")[:most]

    def changed() -> None:
        _change(name, st.session_state[key].strip(), resets)

    words = st.text_input(label, key=key, max_chars=most, on_change=changed).strip()
    _write(visit, name, words)
    return words
