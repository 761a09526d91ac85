"""Follow-up on screen: which audit, the downloads, and how a reply is handed in."""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from access import allowed
from analysis.followup import (
    FollowedAudit,
    followed_audits,
    regions_without_letter,
    today_in_sweden,
)
from analysis.followup.audits import entered_version
from analysis.groups import audited_regions
from exports.followup.form import followup_form_xlsx
from exports.followup.form_docx import followup_form_docx
from exports.followup.workbook import followup_workbook
from indicators import catalogue
from locales.numbers import format_date
from ui import pickers
from ui.address import link, pick, read
from ui.cache import Key, view_key
from ui.escape import plain
from ui.frame import Frame
from ui.notes import bullets, subheading
from ui.show import download, file_name

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Followed:
    """What the page shows: every audit as of the day, and the one the reader looks at (None: none is entered)."""

    frame: Frame
    today: date
    audits: tuple[FollowedAudit, ...]
    audit: FollowedAudit | None = None

    @property
    def key(self) -> Key:
        entered = entered_version(self.frame.store)
        return view_key(
            self.frame, "followup", str(self.today), *entered, self.audit.audit if self.audit else "", self.synthetic
        )

    @property
    def synthetic(self) -> bool:
        """Whether some reply is a made-up example."""
        every = (one for audit in self.audits for one in audit.recommendations)
        return any(reply["synthetic"] for one in every for reply in one.replies)


def asked(frame: Frame) -> Followed:
    """The audits as they stood on the shown day; made-up replies only where there are some and the reader asks."""
    today = frame.as_of or today_in_sweden()
    every = followed_audits(frame.store, today, as_of=frame.as_of)
    made_up = any(reply["synthetic"] for audit in every for one in audit.recommendations for reply in one.replies)
    if not made_up or pickers.synthetic(frame):
        return Followed(frame, today, every)
    return Followed(frame, today, followed_audits(frame.store, today, as_of=frame.as_of, include_synthetic=False))


def chosen(view: Followed) -> Followed:
    """The view with the audit the reader looks at, in the address."""
    frame = view.frame
    if not view.audits:
        return view
    subheading(frame, "followup.audit_heading")
    known = {audit.audit: audit for audit in view.audits}
    picked = pick(
        frame,
        "audit",
        list(known),
        default=_of_region(view),
        label=frame.say("followup.which"),
        shown=lambda key: f"{known[key].region_name}: {known[key].title} ({known[key].report})",
    )
    return replace(view, audit=known[picked])


def _of_region(view: Followed) -> str | None:
    """The audit of the region that a link names, where it names no audit; a region without one is told."""
    audits = {audit.region: audit.audit for audit in reversed(view.audits)}
    code = read(view.frame, "region", ["", *catalogue().region_codes], "")
    if code and code not in audits:
        st.info(view.frame.say("followup.no_letter", regions=catalogue().regions[code].name))
    return audits.get(code)


def facts(view: Followed) -> None:
    """Who audited whom, when, and when a reply was due; the form to reply on."""
    frame, audit = view.frame, view.audit
    if audit is None:
        return
    days = [
        frame.say(f"followup.{name}", day=format_date(day, frame.language))
        if day
        else frame.say(f"followup.{name}_unknown")
        for name, day in (("decided", audit.decided), ("reply_due", audit.reply_due))
    ]
    late_here = sum(one.late is not None for one in audit.recommendations)
    count = frame.say("followup.recommendations", count=len(audit.recommendations), late=late_here)
    report = frame.say("followup.report_of", report=audit.report, auditor=audit.auditor)
    bullets([plain(words) for words in (report, *days, count)])
    name = f"{frame.say('followup_form.sheet').lower()}_{audit.audit}"
    with st.container(horizontal=True):
        download(frame.say("followup.form_xlsx"), lambda: followup_form_xlsx(audit, frame.language), f"{name}.xlsx")
        download(
            frame.say("followup.form_docx"),
            lambda: followup_form_docx(audit, frame.language),
            f"{name}.docx",
            mime=DOCX,
        )


def missing_letters(view: Followed) -> None:
    """The regions of the default group whose letters nobody has entered."""
    missing = regions_without_letter(view.audits, audited_regions(view.frame.store, view.frame.as_of))
    if missing and view.audits:
        names = ", ".join(catalogue().regions[code].name for code in missing)
        st.info(view.frame.say("followup.no_letter", regions=names))


def compilation(view: Followed) -> None:
    """The compilation of every audit as a workbook."""
    if not view.audits:
        return
    frame, address = view.frame, link(view.frame)

    def workbook() -> bytes:
        return followup_workbook(
            frame.store, view.audits, frame.language, today=view.today, as_of=frame.as_of, link=address
        )

    download(frame.say("followup.compilation"), workbook, file_name(frame, frame.say("pages.followup.title").lower()))


def guide(view: Followed) -> None:
    """How a filled-in form is handed in."""
    frame = view.frame
    subheading(frame, "followup.guide_heading")
    steps = [frame.say(f"followup.guide.{number}") for number in ("one", "two", "three", "four")]
    st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1)))
    if allowed(frame.actor, "upload"):
        st.page_link("pages/upload.py", label=frame.say("followup.to_upload"))
