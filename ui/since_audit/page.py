"""Sedan granskningen on screen: the finding, which region, the changes, and the answers to the audits' own findings."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from access import allowed
from analysis.followup.audits import entered_version
from analysis.groups import audited_regions
from charts.drawn_grids import since_drawn
from exports.evidence_file.made import evidence_zip
from indicators import catalogue
from ui import pictures, take
from ui.address import pick
from ui.cache import kept
from ui.notes import finding
from ui.show import File, file_name
from ui.since_audit.html import answers, changes
from ui.targets.beside import targets_key
from ui.visit import Visit
from views.evidence_file import evidence_file
from views.overview import key_measures
from views.papers import six_regions
from views.parts import Reader
from views.since_audit import SinceAudit, since_audit


def chosen(visit: Visit) -> tuple[str, ...]:
    """All the audited regions, or the one that the address names."""
    audited = audited_regions(visit.store, visit.as_of)
    every = visit.say("since_audit.every")

    def shown(code: str) -> str:
        return catalogue().regions[code].short_name if code else every

    with take.controls(visit):
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


def leaves(visit: Visit, view: SinceAudit, codes: Sequence[str]) -> None:
    """The table as a picture, the regions' compilation, and of the only region shown its evidence file."""
    reader, evidence = _reader(visit), _evidence(visit, codes)
    note = visit.say("evidence_file.readme.not_public") if evidence else ""
    six = take.PaperOf("six", "", partial(six_regions, reader, audited_regions(visit.store, visit.as_of)))
    take.menu(visit, pictures=_picture(visit, view), papers=[six, *evidence], page=True, note=note)


def _picture(visit: Visit, view: SinceAudit) -> list[pictures.Taken]:
    if not view.measures:
        return []
    taken = pictures.of_table(
        visit,
        (view.headline, visit.say("since_audit.caption")),
        partial(since_drawn, view),
        ([one.id for one in view.measures], view.periods),
        synthetic=False,
        assumed=any(step.verdict.assumed for row in view.rows for steps in row.cells for step in steps),
        name=visit.say("pages.since-audit.title"),
    )
    return [taken]


def _evidence(visit: Visit, codes: Sequence[str]) -> list[File]:
    """The evidence file of the only region shown, for who may see the originals; and the one to hand out. The log is in
    it for who may read that."""
    if len(codes) != 1 or not allowed(visit.actor, "originals"):
        return []
    reader, log = _reader(visit), allowed(visit.actor, "log")

    def made(*, public: bool) -> bytes:
        return evidence_zip(reader, evidence_file(reader, codes[0]), public=public, log=log)

    return [
        File(
            visit.say(f"evidence_file.page.{kind}"),
            partial(made, public=kind == "public"),
            file_name(visit, f"{visit.say(f'evidence_file.page.{kind}_file')}_{codes[0]}", "zip"),
            "application/zip",
            permission,
        )
        for kind, permission in (("whole", "originals"), ("public", "export"))
    ]


def _reader(visit: Visit) -> Reader:
    return Reader(visit.language, visit.store, visit.as_of)
