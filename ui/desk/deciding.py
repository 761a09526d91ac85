"""A person answers for the file: a reason per warning, a note where published figures change, then the step itself."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from access import Actor, allowed, logged_events
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
from loaders.rules import STAGES
from locales.numbers import format_number
from models import settings
from ui import who
from ui.desk.outcomes import WAITING
from ui.desk.problems import Found
from ui.desk.taking import take
from ui.desk.telling import Places
from ui.visit import Visit

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
        return not self.reasons_left(checked) and not self.lacks_note(checked)

    def reasons_left(self, checked: CheckedFile) -> int:
        """How many warnings have no reason yet."""
        return sum(warning.key not in self.reasons for warning in checked.warnings)

    def lacks_note(self, checked: CheckedFile) -> bool:
        """Whether a note is needed and not written."""
        return bool(checked.needs_note or self.replaces) and not self.note.strip()


def decide_new(
    visit: Visit, checked: CheckedFile, places: Places, before: Answers, written: Callable[[Answers], None]
) -> Answers:
    """A file just handed in: publish it, or leave it for another person to publish. `before`: what the person had
    written about it; `written` takes what stands in the fields now. Returns that."""
    if checked.repeat or not checked.accepted:
        return before
    four_eyes = settings().four_eyes_in_force and not visit.actor.local
    may_publish = allowed(visit.actor, "publish") and not four_eyes
    if not may_publish and not allowed(visit.actor, "upload"):
        return before
    answers = _asked(visit, checked, places, before, "new")
    written(answers)
    with places.action:
        if may_publish:
            _said_what_lacks(visit, checked, answers)
        with st.container(horizontal=True):
            pressed_publish = may_publish and _button(visit, "publish", checked, not answers.complete(checked), True)
            pressed_stage = _button(visit, "stage", checked, False, not may_publish)
        if four_eyes:
            st.caption(visit.say("upload_desk.four_eyes"))
    if pressed_publish:
        take(
            visit,
            checked,
            checked.sha256,
            "published",
            _publisher,
            lambda by, halt: publish_file(
                visit.store,
                checked,
                by=by,
                note=answers.note,
                reasons=answers.reasons,
                replace_evidence=answers.replaces,
                halt=halt,
            ),
        )
    if pressed_stage:
        take(
            visit,
            checked,
            checked.sha256,
            "staged",
            _uploader,
            lambda by, halt: stage_file(
                visit.store, checked, by=by, note=answers.note, reasons=answers.reasons, halt=halt
            ),
        )
    return answers


def answers_for(visit: Visit, uploaded_by: str) -> bool:
    """Whether the person in front of the page may decide about a file that waits, and so is asked for reasons."""
    own = uploaded_by == visit.actor.key
    return own or allowed(visit.actor, "publish")


def decide_staged(visit: Visit, upload_id: int, uploaded_by: str, checked: CheckedFile, places: Places) -> Answers:
    """A file that waits: publish it or reject it. Returns what stands in the fields."""
    if not answers_for(visit, uploaded_by):
        return Answers()
    four_eyes = uploaded_by == visit.actor.key and settings().four_eyes_in_force and not visit.actor.local
    may_publish = allowed(visit.actor, "publish") and not four_eyes
    answers = _asked(visit, checked, places, _left_by_the_uploader(visit, upload_id), "staged")
    with places.action:
        if four_eyes:
            st.info(visit.say("upload_desk.four_eyes"))
        if may_publish and checked.accepted:
            _said_what_lacks(visit, checked, answers)
        if not answers.note.strip():
            st.caption(visit.say("upload_desk.reject_needs_note"))
        with st.container(horizontal=True):
            ready = checked.accepted and answers.complete(checked)
            publishing = may_publish and _button(visit, "publish", checked, not ready, True)
            rejecting = _button(visit, "reject", checked, not answers.note.strip(), False)
    if publishing:
        take(
            visit,
            checked,
            WAITING,
            "published",
            _publisher,
            lambda by, halt: publish_staged(
                visit.store,
                upload_id,
                checked,
                by=by,
                note=answers.note,
                reasons=answers.reasons,
                replace_evidence=answers.replaces,
                halt=halt,
            ),
        )
    if rejecting:
        take(
            visit, checked, WAITING, "rejected", who.actor, lambda by, _: _rejected(visit, upload_id, by, answers.note)
        )
    return answers


def _said_what_lacks(visit: Visit, checked: CheckedFile, answers: Answers) -> None:
    """What is still to be written before the file can be published: why the button is grey."""
    left = answers.reasons_left(checked)
    lacks = [visit.say("upload_desk.lacks_reasons", count=left)] if left else []
    if answers.lacks_note(checked):
        lacks.append(visit.say("upload_desk.lacks_note"))
    if lacks:
        st.caption(visit.say("upload_desk.lacks", parts=", ".join(lacks)))


def _publisher() -> Actor:
    return who.require("publish")


def _uploader() -> Actor:
    return who.require("upload")


def _rejected(visit: Visit, upload_id: int, by: Actor, note: str) -> Published:
    reject_staged(visit.store, upload_id, by=by, note=note)
    return Published(upload_id, None, repeat=False)


def _button(visit: Visit, step: str, checked: CheckedFile, disabled: bool, primary: bool) -> bool:
    return st.button(
        visit.say(f"upload_desk.steps.{step}"),
        key=f"{step}:{checked.sha256[:16]}",
        type="primary" if primary else "secondary",
        disabled=disabled,
    )


def _left_by_the_uploader(visit: Visit, upload_id: int) -> Answers:
    """The note and reasons written when the file was handed in, from the log."""
    events = logged_events(visit.store).filter(subject=f"upload:{upload_id}", action="upload.staged")
    if events.is_empty():
        return Answers()
    event = events.row(0, named=True)
    return Answers(event["reason"], json.loads(event["after"]).get("reasons", {}))


def _asked(visit: Visit, checked: CheckedFile, places: Places, before: Answers, place: str) -> Answers:
    """The warnings by the step that found them, each with a field for its reason, and the note. `place`: "new" or
    "staged": the same file has fields of its own in each."""
    by_rule: dict[str, list[Problem]] = defaultdict(list)
    for warning in sorted(checked.warnings, key=lambda each: STAGES.index(each.stage)):
        by_rule[warning.rule].append(warning)
    replaces = False
    with places.reasons:
        reasons = _reasons(visit, checked, places.found, by_rule, before, place)
        if allowed(visit.actor, "publish") and "evidence_kept" in by_rule:
            box = f"replace:{place}:{checked.sha256[:16]}"
            replaces = st.checkbox(visit.say("upload_desk.replace_evidence"), before.replaces, key=box)
    label = "upload_desk.revision_note" if checked.needs_note or replaces else "upload_desk.note"
    key = f"note:{place}:{checked.sha256[:16]}"
    with places.action:
        note = st.text_area(visit.say(label), value=before.note, key=key, max_chars=_LONGEST_NOTE, height=80)
    return Answers(note, reasons, replaces)


def _reasons(
    visit: Visit, checked: CheckedFile, found: Found, by_rule: dict[str, list[Problem]], before: Answers, place: str
) -> dict[str, str]:
    """A field for every warning, or one for those of a rule that has many, each under its row of the table."""
    if by_rule:
        st.subheader(visit.say("upload_desk.confirm_heading"), anchor=False)
        st.markdown(visit.say(f"upload_desk.confirm_how.{place}"))
    reasons: dict[str, str] = {}
    number = 0
    for rule, warnings in by_rule.items():
        groups = [[one] for one in warnings] if len(warnings) <= _ONE_BY_ONE else [warnings]
        for at, group in enumerate(groups):
            number += 1
            reasons |= _reason(visit, checked, found, group, number, f"{place}:{rule}:{at}", before)
    return reasons


def _reason(
    visit: Visit, checked: CheckedFile, found: Found, group: list[Problem], number: int, name: str, before: Answers
) -> dict[str, str]:
    stage = visit.say(f"upload_desk.stages.{group[0].stage}")
    found.tables(group[:SHOWN_PER_RULE], visit.say("upload_desk.to_confirm", number=number, stage=stage))
    if len(group) > _ONE_BY_ONE:
        if len(group) > SHOWN_PER_RULE:
            st.caption(visit.say("upload_desk.cut", shown=SHOWN_PER_RULE, count=len(group)))
        st.caption(visit.say("upload_desk.shared_reason", count=format_number(len(group), 0, visit.language)))
    given = st.text_input(
        visit.say("upload_desk.reason", number=number),
        value=before.reasons.get(group[0].key, ""),
        key=f"reason:{checked.sha256[:16]}:{name}",
        max_chars=_LONGEST_NOTE,
        help=visit.say("upload_desk.reason_help"),
    )
    return {warning.key: given.strip() for warning in group} if given.strip() else {}
