"""Sedan granskningen on screen: the finding, which region, the changes, and the answers to the audits' own findings."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from access import allowed
from analysis.followup.audits import entered_version
from analysis.groups import audited_regions
from exports.evidence_file.made import evidence_zip
from indicators import catalogue
from ui.address import pick
from ui.cache import kept
from ui.notes import finding
from ui.show import download, file_name
from ui.since_audit.html import answers, changes
from ui.targets.beside import targets_key
from ui.visit import Visit
from views.evidence_file import evidence_file
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


def evidence(visit: Visit, codes: Sequence[str]) -> None:
    """The evidence file of the only region shown, for who may see the originals; and the one to hand out. The log is in
    it for who may read that."""
    if len(codes) != 1 or not allowed(visit.actor, "originals"):
        return
    reader, log = _reader(visit), allowed(visit.actor, "log")

    def made(*, public: bool) -> bytes:
        return evidence_zip(reader, evidence_file(reader, codes[0]), public=public, log=log)

    with st.container(key="take", horizontal=True), st.popover(visit.say("ui.take")):
        for kind, permission in (("whole", "originals"), ("public", "export")):
            name = file_name(visit, f"{visit.say(f'evidence_file.page.{kind}_file')}_{codes[0]}", "zip")
            download(
                visit.say(f"evidence_file.page.{kind}"),
                partial(made, public=kind == "public"),
                name,
                mime="application/zip",
                key=f"evidence {kind}",
                permission=permission,
            )
        st.caption(visit.say("evidence_file.readme.not_public"))


def _reader(visit: Visit) -> Reader:
    return Reader(visit.language, visit.store, visit.as_of)
