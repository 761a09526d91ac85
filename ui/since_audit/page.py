"""Sedan granskningen on screen: the finding, which region, the changes, and the answers to the audits' own findings."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.followup.audits import entered_version
from analysis.groups import audited_regions
from indicators import catalogue
from ui.address import pick
from ui.cache import kept
from ui.notes import finding
from ui.since_audit.html import answers, changes
from ui.targets.beside import targets_key
from ui.visit import Visit
from views.overview import key_measures
from views.parts import Reader
from views.since_audit import SinceAudit, since_audit


def chosen(visit: Visit) -> tuple[str, ...]:
    """All the audited regions, or the one that the address names."""
    audited = audited_regions(visit.store, visit.as_of)
    every = visit.say("since_audit.every")

    def shown(code: str) -> str:
        return catalogue().regions[code].short_name if code else every

    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        code = pick(visit, "region", ["", *audited], label=visit.say("since_audit.region"), shown=shown)
    return (code,) if code else audited


def asked(visit: Visit, codes: Sequence[str]) -> SinceAudit:
    """The view, made once for the store's figures, letters, replies and targets, the day and the language."""
    visit.indicators.update(one.id for one in key_measures())
    entered = tuple(map(str, entered_version(visit.store)))
    key = targets_key(visit, "since_audit", entered, tuple(codes))
    return kept(key, partial(since_audit, _reader(visit), tuple(codes)))


def draw(visit: Visit, view: SinceAudit) -> None:
    """The table of changes, where there is something to compare, and the answers."""
    if view.measures:
        st.html(changes(view, visit.language, _reader(visit).link("method")))
    st.html(answers(view, visit.language))


def head(visit: Visit, view: SinceAudit) -> None:
    """What has changed, as the page's finding."""
    finding(visit, "since-audit", view.headline, view.lead)


def _reader(visit: Visit) -> Reader:
    return Reader(visit.language, visit.store, visit.as_of)
