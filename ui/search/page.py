"""Search on screen: one field, and the answers by kind, each a link."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from ui.address import typed
from ui.cache import kept, view_key
from ui.escape import as_html, plain
from ui.parts import card, link
from ui.visit import Visit
from views.parts import Reader
from views.search import Found, entries, search


def asked(visit: Visit) -> str:
    """The words, which stand in the address."""
    with st.container(key="search field"):
        return typed(visit, "q", label=visit.say("search.label"))


def answers(visit: Visit, words: str, pages: Sequence[str]) -> None:
    """What is found, in cards by kind; or that nothing is."""
    if not words:
        return
    reader = Reader(visit.language, visit.store, visit.as_of)
    known = kept(view_key(visit, "search", tuple(pages)), partial(entries, reader, tuple(pages)))
    found = search(known, words)
    if not found:
        st.info(plain(visit.say("search.nothing", words=words)))
        return
    st.html("".join(_found(visit, one) for one in found))


def _found(visit: Visit, found: Found) -> str:
    lines = [
        f"<li>{link(entry.title, entry.address)}{f'<small>{as_html(entry.more)}</small>' if entry.more else ''}</li>"
        for entry in found.entries
    ]
    more = found.count - len(found.entries)
    if more:
        lines.append(f"<li><small>{as_html(visit.say('search.more', count=more))}</small></li>")
    heading = visit.say(f"search.kinds.{found.kind}")
    return card(f"{heading} ({found.count})", f'<ul class="lines">{"".join(lines)}</ul>')
