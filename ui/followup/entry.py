"""What a revisor enters and corrects: audits and recommendations. Every action asks for the permission again."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

import streamlit as st

from analysis.followup import FollowedAudit, FollowedRecommendation
from entries import audits as entries
from entries.audits import FIRST_DAY, LONGEST_TEXT
from indicators import catalogue
from locales.refused import Refused
from models.entered import THEMES
from ui import who
from ui.escape import plain
from ui.followup.view import Followed
from ui.opened import as_opened, close_all, gone, may_use_forms
from ui.visit import Visit

_SAID: Final = "said of follow-up"
_NEW: Final = ""


def forms(view: Followed) -> None:
    """The forms, for whoever may use them; nothing for others."""
    visit = view.visit
    if not may_use_forms(visit, "audits"):
        return
    _say_what_was_done()
    with st.expander(visit.say("followup.entry.heading")):
        _forms(visit, view)


def _forms(visit: Visit, view: Followed) -> None:
    if visit.as_of:
        st.caption(visit.say("followup.entry.old_day"))
        return
    st.caption(visit.say("followup.entry.about"))
    names = ("audit", "recommendation", "no_reply")
    left, right, last = st.tabs([visit.say(f"followup.entry.{name}") for name in names])
    with left:
        _audit(visit, view.audits)
    with right:
        if view.audits:
            _recommendation(visit, view.audits)
    with last:
        if view.audits:
            _no_reply(visit, view.audits)


def _say_what_was_done() -> None:
    for kind, words in st.session_state.pop(_SAID, []):
        (st.success if kind == "success" else st.error)(words)


def _audit(visit: Visit, audits: Sequence[FollowedAudit]) -> None:
    known = {one.audit: one for one in audits}
    _tell_what_is_gone(visit, "audit:", known)
    which = st.selectbox(
        visit.say("followup.entry.audit"),
        [_NEW, *known],
        key="entry:audit",
        format_func=lambda key: key or visit.say("followup.entry.new_audit"),
        on_change=close_all,
    )
    now = as_opened(f"audit:{which}", known[which], lambda one: _note("audit", one)) if which else None
    place = f"{which}:{now.version}" if now else which
    codes = catalogue().codes_by_name
    with st.form(f"audit:{which}"):
        key = which or st.text_input(
            visit.say("followup.entry.key"), key="entry:key", help=visit.say("followup.entry.key_help"), max_chars=60
        )
        region = st.selectbox(
            visit.say("followup.entry.region"),
            codes,
            index=codes.index(now.region) if now else 0,
            key=f"entry:region:{place}",
            format_func=lambda code: catalogue().regions[code].name,
        )
        lines = {
            name: st.text_input(
                visit.say(f"followup.entry.{name}"),
                value=getattr(now, name) if now else "",
                key=f"entry:{name}:{place}",
                max_chars=300,
            )
            for name in ("title", "report", "auditor")
        }
        days = {
            name: st.date_input(
                visit.say(f"followup.entry.{name}"),
                value=getattr(now, name) if now else None,
                min_value=FIRST_DAY,
                key=f"entry:{name}:{place}",
                format="YYYY-MM-DD",
            )
            for name in ("decided", "reply_due")
        }
        note = st.text_input(visit.say("followup.entry.note"), key=_note("audit", now), max_chars=300)
        pressed = st.form_submit_button(visit.say("followup.entry.save_audit"), type="primary")
    if pressed:
        entry = entries.AuditEntry(
            key.strip(), region, lines["title"], lines["report"], lines["auditor"], days["decided"], days["reply_due"]
        )
        based_on = now.version if now else entries.NEW
        _try(
            visit,
            lambda: entries.enter_audit(visit.store, who.require("audits"), entry, note=note, based_on=based_on),
        )
    if now:
        _withdrawal(
            visit,
            f"audit:{which}",
            "withdraw_audit",
            lambda why: entries.withdraw_audit(
                visit.store, who.require("audits"), which, note=why, based_on=now.version
            ),
        )


def _recommendation(visit: Visit, audits: Sequence[FollowedAudit]) -> None:
    known = {one.audit: one for one in audits}
    audit = st.selectbox(visit.say("followup.entry.audit"), known, key="entry:of")
    numbered = {one.number: one for one in known[audit].recommendations}
    _tell_what_is_gone(visit, f"recommendation:{audit}/", [str(one) for one in numbered])
    number = st.selectbox(
        visit.say("followup.entry.recommendation"),
        [0, *numbered],
        key=f"entry:number:{audit}",
        format_func=lambda one: str(one) if one else visit.say("followup.entry.new_recommendation"),
        on_change=close_all,
    )
    now = None
    if number:
        now = as_opened(f"recommendation:{audit}/{number}", numbered[number], lambda one: _note("recommendation", one))
    place = f"{audit}:{number}:{now.version}" if now else f"{audit}:{number}"
    with st.form(f"recommendation:{place}"):
        wanted = number or int(
            st.number_input(
                visit.say("followup.entry.number"), 1, 99, value=max(numbered, default=0) + 1, key=f"entry:no:{place}"
            )
        )
        entry = _asked(visit, audit, wanted, now, place)
        note = st.text_input(visit.say("followup.entry.note"), key=_note("recommendation", now), max_chars=300)
        pressed = st.form_submit_button(visit.say("followup.entry.save_recommendation"), type="primary")
    if pressed:
        based_on = now.version if now else entries.NEW
        _try(
            visit,
            lambda: entries.enter_recommendation(
                visit.store, who.require("audits"), entry, note=note, based_on=based_on
            ),
        )
    if now:
        _withdrawal(
            visit,
            f"recommendation:{place}",
            "withdraw_recommendation",
            lambda why: entries.withdraw_recommendation(
                visit.store, who.require("audits"), audit, number, note=why, based_on=now.version
            ),
        )


def _no_reply(visit: Visit, audits: Sequence[FollowedAudit]) -> None:
    """That no reply had come, which somebody who knows it states with a source."""
    st.caption(visit.say("followup.entry.no_reply_about"))
    known = {one.audit: one for one in audits}
    audit = st.selectbox(visit.say("followup.entry.audit"), known, key="entry:none:of")
    numbered = {one.number: one for one in known[audit].recommendations}
    if not numbered:
        return
    number = st.selectbox(visit.say("followup.entry.recommendation"), list(numbered), key=f"entry:none:{audit}")
    stated = numbered[number].none_came
    place = f"{audit}:{number}:{stated['id'] if stated else _NEW}"
    with st.form(f"no_reply:{place}"):
        day = st.date_input(
            visit.say("followup.entry.known_on"),
            value=stated["known_on"] if stated else None,
            min_value=FIRST_DAY,
            key=f"entry:none:day:{place}",
            format="YYYY-MM-DD",
        )
        source = st.text_input(
            visit.say("followup.entry.source"),
            value=stated["source"] if stated else "",
            key=f"entry:none:source:{place}",
            max_chars=300,
        )
        note = st.text_input(visit.say("followup.entry.note"), key=f"entry:none:note:{place}", max_chars=300)
        pressed = st.form_submit_button(visit.say("followup.entry.save_no_reply"), type="primary")
    if pressed and day:
        entry = entries.NoReplyEntry(audit, number, day, source)
        _try(visit, lambda: entries.state_no_reply(visit.store, who.require("audits"), entry, note=note))
    if stated:
        _withdrawal(
            visit,
            f"no_reply:{place}",
            "withdraw_no_reply",
            lambda why: entries.withdraw_no_reply(visit.store, who.require("audits"), audit, number, note=why),
        )


def _note(kind: str, entry: FollowedAudit | FollowedRecommendation | None) -> str:
    """The widget key of the note to an entry, or to a new one."""
    return f"entry:note:{kind}:{entry.version if entry else _NEW}"


def _tell_what_is_gone(visit: Visit, stem: str, standing: Collection[str]) -> None:
    for entry in gone(stem, standing):
        named = stem.partition(":")[2] + entry
        st.error(plain(visit.say("followup_entry.faults.nothing_to_withdraw", entry=named)))


def _asked(
    visit: Visit, audit: str, number: int, now: FollowedRecommendation | None, place: str
) -> entries.RecommendationEntry:
    known = catalogue().indicators
    text = st.text_area(
        visit.say("followup.entry.text"),
        value=now.text if now else "",
        key=f"entry:text:{place}",
        max_chars=LONGEST_TEXT,
    )
    body = st.text_input(
        visit.say("followup.entry.addressed_to"),
        value=now.addressed_to if now else "",
        key=f"entry:body:{place}",
        max_chars=300,
    )
    theme = st.selectbox(
        visit.say("followup.entry.theme"),
        THEMES,
        index=THEMES.index(now.theme if now else "other"),
        key=f"entry:theme:{place}",
        format_func=lambda one: visit.say(f"followup.themes.{one}"),
    )
    linked = st.multiselect(
        visit.say("followup.entry.indicators"),
        list(known),
        default=[one for one in now.indicators if one in known] if now else [],
        key=f"entry:indicators:{place}",
        format_func=lambda one: known[one].title.in_language(visit.language),
    )
    return entries.RecommendationEntry(audit, number, text, body, theme, " ".join(linked))


def _withdrawal(visit: Visit, place: str, label: str, work: Callable[[str], None]) -> None:
    with st.form(f"withdraw:{place}"):
        why = st.text_input(visit.say("followup.entry.why_withdraw"), key=f"entry:gone:{place}", max_chars=300)
        pressed = st.form_submit_button(visit.say(f"followup.entry.{label}"))
    if pressed:
        _try(visit, lambda: work(why))


def _try(visit: Visit, work: Callable[[], bool | None]) -> None:
    """Do it, keep what is to be said, and draw the page again as it now stands."""
    try:
        done = work()
        word = {True: "saved", False: "unchanged", None: "withdrawn"}[done]
        said = [("success", visit.say(f"followup.entry.{word}"))]
        close_all()
    except Refused as refused:
        said = [("error", plain(line)) for line in refused.message(visit.language).splitlines()]
    st.session_state[_SAID] = said
    st.rerun()
