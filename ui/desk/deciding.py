"""A person answers for the file: a reason per warning, a note where published figures change, then the step itself."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from access import Actor, allowed, audit_log
from loaders import (
    CheckedFile,
    Problem,
    Published,
    publish_file,
    publish_staged,
    reject_staged,
    stage_file,
)
from loaders.problems import SHOWN_PER_RULE
from loaders.publishing.screening import STAGES, stage_of
from locales.numbers import format_number
from models import settings
from ui import who
from ui.desk.outcomes import WAITING
from ui.desk.taking import take
from ui.escape import plain
from ui.frame import Frame
from ui.notes import bullets

_ONE_BY_ONE: Final = 5  # warnings of one rule that get a reason each; more of them share one
_LONGEST_NOTE: Final = 500


@dataclass(frozen=True)
class Answers:
    """What the person has written: `reasons` by Problem.key, empty ones left out. `replaces`: the file's rows are to
    stand though published ones have more evidence."""

    note: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    replaces: bool = False

    def complete(self, checked: CheckedFile) -> bool:
        """Whether every warning has a reason, and a revision its note."""
        return all(self.reasons.get(warning.key) for warning in checked.warnings) and not self.lacks_note(checked)

    def lacks_note(self, checked: CheckedFile) -> bool:
        """Whether a note is needed and not written."""
        return bool(checked.needs_note or self.replaces) and not self.note.strip()


def decide_new(frame: Frame, checked: CheckedFile, before: Answers, written: Callable[[Answers], None]) -> None:
    """A file just handed in: publish it, or leave it for another person to publish. `before`: what the person had
    written about it; `written` takes what stands in the fields now."""
    if checked.repeat or not checked.accepted:
        return
    four_eyes = settings().four_eyes_in_force and not frame.actor.local
    may_publish = allowed(frame.actor, "publish") and not four_eyes
    if not may_publish and not allowed(frame.actor, "upload"):
        return
    answers = _asked(frame, checked, before, "new")
    written(answers)
    if may_publish:
        _said_what_lacks(frame, checked, answers)
    with st.container(horizontal=True):
        pressed_publish = may_publish and _button(frame, "publish", checked, not answers.complete(checked), True)
        pressed_stage = _button(frame, "stage", checked, False, not may_publish)
    if four_eyes:
        st.caption(frame.say("upload_desk.four_eyes"))
    if pressed_publish:
        take(frame, checked, checked.sha256, "published", _publisher, lambda by, halt: publish_file(
            frame.store, checked, by=by, note=answers.note, reasons=answers.reasons,
            replace_evidence=answers.replaces, halt=halt,
        ))  # fmt: skip
    if pressed_stage:
        take(frame, checked, checked.sha256, "staged", _uploader, lambda by, halt: stage_file(
            frame.store, checked, by=by, note=answers.note, reasons=answers.reasons, halt=halt
        ))  # fmt: skip


def answers_for(frame: Frame, uploaded_by: str) -> bool:
    """Whether the person in front of the page may decide about a file that waits, and so is asked for reasons."""
    own = uploaded_by == frame.actor.key
    return own or allowed(frame.actor, "publish")


def decide_staged(frame: Frame, upload_id: int, uploaded_by: str, checked: CheckedFile) -> None:
    """A file that waits: publish it or reject it."""
    if not answers_for(frame, uploaded_by):
        return
    four_eyes = uploaded_by == frame.actor.key and settings().four_eyes_in_force and not frame.actor.local
    may_publish = allowed(frame.actor, "publish") and not four_eyes
    if four_eyes:
        st.info(frame.say("upload_desk.four_eyes"))
    answers = _asked(frame, checked, _left_by_the_uploader(frame, upload_id), "staged")
    if may_publish and checked.accepted:
        _said_what_lacks(frame, checked, answers)
    if not answers.note.strip():
        st.caption(frame.say("upload_desk.reject_needs_note"))
    with st.container(horizontal=True):
        ready = checked.accepted and answers.complete(checked)
        publishing = may_publish and _button(frame, "publish", checked, not ready, True)
        rejecting = _button(frame, "reject", checked, not answers.note.strip(), False)
    if publishing:
        take(frame, checked, WAITING, "published", _publisher, lambda by, halt: publish_staged(
            frame.store, upload_id, checked, by=by, note=answers.note, reasons=answers.reasons,
            replace_evidence=answers.replaces, halt=halt,
        ))  # fmt: skip
    if rejecting:
        take(
            frame, checked, WAITING, "rejected", who.actor, lambda by, _: _rejected(frame, upload_id, by, answers.note)
        )


def _said_what_lacks(frame: Frame, checked: CheckedFile, answers: Answers) -> None:
    """What is still to be written before the file can be published: why the button is grey."""
    silent = sum(not answers.reasons.get(warning.key) for warning in checked.warnings)
    lacks = [frame.say("upload_desk.lacks_reasons", count=silent)] if silent else []
    if answers.lacks_note(checked):
        lacks.append(frame.say("upload_desk.lacks_note"))
    if lacks:
        st.caption(frame.say("upload_desk.lacks", parts=", ".join(lacks)))


def _publisher() -> Actor:
    return who.require("publish")


def _uploader() -> Actor:
    return who.require("upload")


def _rejected(frame: Frame, upload_id: int, by: Actor, note: str) -> Published:
    reject_staged(frame.store, upload_id, by=by, note=note)
    return Published(upload_id, None, repeat=False)


def _button(frame: Frame, step: str, checked: CheckedFile, disabled: bool, primary: bool) -> bool:
    return st.button(
        frame.say(f"upload_desk.steps.{step}"),
        key=f"{step}:{checked.sha256[:16]}",
        type="primary" if primary else "secondary",
        disabled=disabled,
    )


def _left_by_the_uploader(frame: Frame, upload_id: int) -> Answers:
    """The note and reasons written when the file was handed in, from the log."""
    events = audit_log(frame.store).filter(subject=f"upload:{upload_id}", action="upload.staged")
    if events.is_empty():
        return Answers()
    event = events.row(0, named=True)
    return Answers(event["reason"], json.loads(event["after"]).get("reasons", {}))


def _asked(frame: Frame, checked: CheckedFile, before: Answers, place: str) -> Answers:
    """The warnings by the step that found them, each with a field for its reason, and the note. `place`: "new" or
    "staged": the same file has fields of its own in each."""
    if checked.warnings:
        st.subheader(frame.say("upload_desk.confirm_heading"), anchor=False)
        st.markdown(frame.say(f"upload_desk.confirm_how.{place}"))
    by_rule: dict[str, list[Problem]] = defaultdict(list)
    for warning in sorted(checked.warnings, key=lambda each: STAGES.index(stage_of(each))):
        by_rule[warning.rule].append(warning)
    reasons: dict[str, str] = {}
    stage = ""
    for rule, warnings in by_rule.items():
        if stage != (stage := stage_of(warnings[0])):
            st.markdown(f"**{frame.say(f'upload_desk.stages.{stage}')}**")
        groups = [[one] for one in warnings] if len(warnings) <= _ONE_BY_ONE else [warnings]
        for number, group in enumerate(groups):
            reasons |= _reason(frame, checked, group, f"{place}:{rule}:{number}", before)
    replaces = False
    if allowed(frame.actor, "publish") and "evidence_kept" in by_rule:
        replaces = st.checkbox(
            frame.say("upload_desk.replace_evidence"), before.replaces, key=f"replace:{place}:{checked.sha256[:16]}"
        )
    label = "upload_desk.revision_note" if checked.needs_note or replaces else "upload_desk.note"
    key = f"note:{place}:{checked.sha256[:16]}"
    note = st.text_area(frame.say(label), value=before.note, key=key, max_chars=_LONGEST_NOTE, height=80)
    return Answers(note, reasons, replaces)


def _reason(frame: Frame, checked: CheckedFile, group: list[Problem], name: str, before: Answers) -> dict[str, str]:
    told = [plain(warning.message(frame.language)) for warning in group[:SHOWN_PER_RULE]]
    bullets(told[:_ONE_BY_ONE])
    if len(group) > _ONE_BY_ONE:
        with st.expander(frame.say("ui.upload.more", count=format_number(len(group) - _ONE_BY_ONE, 0, frame.language))):
            bullets(told[_ONE_BY_ONE:])
            if len(group) > len(told):
                st.caption(frame.say("upload_desk.cut", shown=len(told), count=len(group)))
        st.caption(frame.say("upload_desk.shared_reason", count=format_number(len(group), 0, frame.language)))
    given = st.text_input(
        frame.say("record_words.desk.reason" if checked.records else "upload_desk.reason"),
        value=before.reasons.get(group[0].key, ""),
        key=f"reason:{checked.sha256[:16]}:{name}",
        max_chars=_LONGEST_NOTE,
        placeholder=frame.say("upload_desk.reason_example"),
    )
    return {warning.key: given.strip() for warning in group} if given.strip() else {}
