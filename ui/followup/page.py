"""Uppföljning on screen: the finding, which audit in which view, the downloads, and how a reply is handed in."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from access import allowed
from analysis.followup import FollowedAudit, followed_audits, today_in_sweden
from analysis.groups import audited_regions
from exports.followup.form import followup_form_xlsx
from exports.followup.form_docx import followup_form_docx
from exports.followup.workbook import followup_workbook
from indicators import catalogue
from locales.numbers import format_date
from ui import pickers, take
from ui.address import pick, read, switched
from ui.cache import kept
from ui.escape import plain
from ui.followup import audit, compiled
from ui.followup.view import EVERY, VIEWS, Followed
from ui.notes import finding, heading, synthetic_banner
from ui.parts import card_head
from ui.sharing import short_link
from ui.show import File, download, file_name
from ui.visit import Visit
from views.followup import finding as finding_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def asked(visit: Visit) -> Followed:
    """The audits as they stood on the shown day, the reader's choice of them and of the view; made-up replies only
    where there are some and the reader asks."""
    today = visit.as_of or today_in_sweden()
    every = followed_audits(visit.store, today, as_of=visit.as_of)
    if not every:
        return Followed(visit, today, ())
    made_up = any(reply["synthetic"] for audit in every for one in audit.recommendations for reply in one.replies)
    told = st.container()
    with take.controls(visit):
        chosen = _audit(visit, every, told)
        if made_up and not pickers.synthetic(visit):
            every = followed_audits(visit.store, today, as_of=visit.as_of, include_synthetic=False)
    known = {name: visit.say(f"followup.views.{name}") for name in VIEWS}
    shown, ways = switched(visit, "view", known, label=visit.say("followup.views.label"))
    return Followed(visit, today, every, chosen, shown, ways)


def _audit(visit: Visit, every: Sequence[FollowedAudit], told: DeltaGenerator) -> str:
    """One audit, or all; where a link names a region and no audit, its own. A region without one is told."""
    known = {audit.audit: audit for audit in every}
    of = {audit.region: audit.audit for audit in reversed(every)}
    code = read(visit, "region", ["", *catalogue().region_codes], "")
    if code and code not in of:
        told.info(visit.say("followup.no_letter", regions=catalogue().regions[code].name))

    def shown(key: str) -> str:
        if key == EVERY:
            return visit.say("followup.every")
        return f"{known[key].region_name}: {known[key].title} ({known[key].report})"

    default = of.get(code, EVERY)
    return pick(visit, "audit", [EVERY, *known], default=default, label=visit.say("followup.which"), shown=shown)


def head(view: Followed) -> None:
    """How the recommendations stand, as the page's finding."""
    visit = view.visit
    if not view.audits:
        heading(visit, "followup")
        st.info(visit.say("followup.none"))
        return
    found = kept(("finding", *view.key), lambda: finding_of(view.shown, _audited(view), view.today, visit.language))
    finding(visit, "followup", found.headline, found.lead)
    synthetic_banner(visit, view)


def _audited(view: Followed) -> tuple[str, ...]:
    """The regions whose letters should be there, of those the reader looks at."""
    audited = audited_regions(view.visit.store, view.visit.as_of)
    return audited if view.audit == EVERY else ()


def draw(view: Followed) -> None:
    """The ways to the two views, and the one the reader asked for."""
    if not view.audits:
        return
    st.html(view.ways)
    if view.view == VIEWS[1]:
        compiled.side_by_side(view, audited_regions(view.visit.store, view.visit.as_of))
    else:
        st.caption(view.visit.say("followup.letter" if view.visit.language == "sv" else "followup.original_language"))
        for one in view.shown:
            _facts(view, one)
            audit.recommendations(view, one)
    st.caption(view.visit.say("followup.no_claim"))


def _facts(view: Followed, of: FollowedAudit) -> None:
    """Who audited whom, when, and when a reply was due; the form to reply on."""
    visit = view.visit
    days = [
        visit.say(f"followup.{name}", day=format_date(day, visit.language))
        if day
        else visit.say(f"followup.{name}_unknown")
        for name, day in (("decided", of.decided), ("reply_due", of.reply_due))
    ]
    report = visit.say("followup.report_of", report=of.report, auditor=of.auditor)
    name = f"{visit.say('followup_form.sheet').lower()}_{of.audit}"
    with st.container(border=True, key=f"card audit {of.audit}"):
        st.html(card_head(f"{of.region_name}: {of.title}"))
        st.markdown(plain(" ".join([report, *(f"{day}." for day in days)])))
        with st.popover(visit.say("followup.form")):
            download(visit.say("followup.form_xlsx"), lambda: followup_form_xlsx(of, visit.language), f"{name}.xlsx")
            download(
                visit.say("followup.form_docx"),
                lambda: followup_form_docx(of, visit.language),
                f"{name}.docx",
                mime=DOCX,
            )


def compilation(view: Followed) -> None:
    """The compilation of every audit as a workbook."""
    if not view.audits:
        return
    visit, address = view.visit, short_link(view.visit)

    def workbook() -> bytes:
        return followup_workbook(
            visit.store, view.audits, visit.language, today=view.today, as_of=visit.as_of, link=address
        )

    name = file_name(visit, visit.say("pages.followup.title").lower())
    take.menu(visit, excel=[File(visit.say("ui.excel"), workbook, name)], page=True)


def guide(view: Followed) -> None:
    """How a filled-in form is handed in."""
    visit = view.visit
    with st.expander(visit.say("followup.guide_heading")):
        steps = [visit.say(f"followup.guide.{number}") for number in ("one", "two", "three", "four")]
        st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1)))
        if allowed(visit.actor, "upload"):
            st.page_link("pages/upload.py", label=visit.say("followup.to_upload"))
