"""Hur säkert? What the intervals mean and what chance alone would mark, with the page's own numbers."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis import Comparison, Marks, marked_count
from locales.numbers import format_value
from ui.address import pick, read
from ui.cache import kept, view_of
from ui.escape import as_html, plain
from ui.notes import bullets
from ui.visit import Visit
from wording.reach import how_sure as how_sure_in_words
from wording.sentences import benchmarks_of

LEVELS = ("95", "99.8")


def level_of(visit: Visit) -> float:
    """The level at which differences are marked (`level=99.8`), kept from page to page."""

    def shown(level: str) -> str:
        return format_value(float(level), "percent", 0 if level == "95" else 1, visit.language)

    label = visit.say("certainty.level")
    return float(pick(visit, "level", LEVELS, label=label, shown=shown, kind="radio", remember=True))


def remembered_level(visit: Visit) -> float:
    """The level the reader has chosen, on a page that does not ask for it."""
    return float(read(visit, "level", LEVELS, LEVELS[0], remember=True))


def fold(visit: Visit) -> DeltaGenerator:
    """Where everything that tells how sure the figures are stands, once on a page."""
    return st.expander(visit.say("certainty.how_sure"))


def part(visit: Visit, heading: str, sentences: Sequence[str], about: str = "") -> None:
    """One question more in the fold: its heading, what it is about and a point per answer (markdown)."""
    if sentences:
        st.html(f"<h3>{as_html(visit.say(heading))}</h3>")
        if about:
            st.markdown(about)
        bullets(sentences)


def how_sure(visit: Visit, comparisons: Sequence[Comparison], level: float, more: Sequence[str] = ()) -> None:
    """The fold's first part, over all rows of the shown comparisons, which share a benchmark."""
    if comparisons:
        key = ("marked", visit.store.url, *(str(view_of(one)) for one in comparisons))
        marks = kept(key, partial(marked_count, comparisons))
        how_sure_of(visit, marks, benchmarks_of(comparisons, visit.language), level, more)


def how_sure_of(visit: Visit, marks: Marks, against: str, level: float, more: Sequence[str] = ()) -> None:
    """The fold's first part: of so many assessed comparisons so many are marked at the level. `against`: the
    benchmark in words (benchmarks_of); `more`: what else must be known, as markdown."""
    if more:
        st.markdown("\n".join(f"- {note}" for note in more))
    if not marks.assessed:
        st.markdown(visit.say("certainty.nothing"))
        return
    st.markdown(plain(how_sure_in_words(marks, against, visit.language)))
    shown = format_value(level, "percent", 0 if level == 95 else 1, visit.language)
    st.markdown(plain(visit.say("certainty.marked", assessed=marks.assessed, marked=marks.marked, level=shown)))
