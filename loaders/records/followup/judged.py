"""A block judged: the reply it becomes, and everything wrong with it, each at its cell."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from analysis.followup import FollowedAudit, today_in_sweden
from indicators import catalogue
from indicators.followup_form import DAYS, FORM_FIELDS
from loaders.problems import ERROR, WARNING, Problem
from loaders.records.followup.blocks import Block
from loaders.records.followup.words import day_of, looks_like_a_person, status_of

_LONGEST: Final = 10_000  # characters of one answer
_LONG_BEFORE: Final = timedelta(days=365)  # a reply is asked for within half a year
_AREA: Final = "followup_file"


@dataclass(frozen=True)
class Judged:
    """The reply (columns of models.records.Reply without id and upload_id) where nothing is wrong with it."""

    reply: dict[str, Any] | None
    problems: tuple[Problem, ...]


def judged_block(block: Block, audits: tuple[FollowedAudit, ...] | None) -> Judged:
    """`audits`: those that are entered, None where no store was asked. A block left empty is no reply and no fault,
    but its key must be one we know."""
    problems = [*_which(block, audits), *_stray(block)]
    if block.is_empty:
        return Judged(None, tuple(problems))
    days = {name: day_of(block.said(name)) for name in DAYS}
    status = status_of(block.said("status"))
    problems += [*_status(block, status), *_days(block, days, status, audits), *_texts(block)]
    if any(problem.severity == ERROR for problem in problems) or status is None or days["replied"] is None:
        return Judged(None, tuple(problems))
    place = block.at("status")
    texts = {name: block.said(name) for name in FORM_FIELDS if name not in (*DAYS, "status")}
    reply = {
        "audit": block.key.audit,
        "number": block.key.number,
        "region": block.key.region,
        "status": status,
        "replied": days["replied"],
        "due": days["due"],
        **texts,
        "sheet": place.sheet,
        "row": place.row,
        "col": place.col,
        "path": "",
        "cells": " ".join(f"{name}={block.at(name).cell}" for name in FORM_FIELDS if name in block.answers),
    }
    return Judged(reply, tuple(problems))


def _problem(block: Block, name: str, rule: str, severity: str = ERROR, **values: object) -> Problem:
    place = block.at(name)
    told = {"block": block.key.number, **values}
    return Problem(severity, rule, place.sheet, place.cell, found=place.text, values=told, area=_AREA)


def _which(block: Block, audits: tuple[FollowedAudit, ...] | None) -> list[Problem]:
    """Whether the key is of a recommendation that is entered, of that region, in those words."""
    if audits is None:
        return []
    key = block.key
    audit = next((one for one in audits if one.audit == key.audit), None)
    if audit is None:
        known = ", ".join(one.audit for one in audits) or "–"
        return [_problem(block, "", "unknown_audit", audit=key.audit, known=known)]
    if audit.region != key.region:
        named = catalogue().regions.get(key.region)
        values = {"region": named.name if named else key.region, "expected": audit.region_name, "audit": key.audit}
        return [_problem(block, "", "other_region_in_form", **values)]
    asked = next((one for one in audit.recommendations if one.number == key.number), None)
    if asked is None:
        numbers = ", ".join(str(one.number) for one in audit.recommendations)
        return [_problem(block, "", "unknown_number", audit=key.audit, known=numbers)]
    printed = " ".join(block.said("recommendation").split())
    if "recommendation" in block.answers and printed != " ".join(asked.text.split()):
        return [_problem(block, "recommendation", "altered_recommendation", WARNING)]
    return []


def _stray(block: Block) -> list[Problem]:
    wrong = (("unknown_row", block.stray), ("row_twice", block.repeated))
    return [
        Problem(ERROR, rule, place.sheet, place.cell, place.text, values={"name": name}, area=_AREA)
        for rule, rows in wrong
        for name, place in rows
    ]


def _status(block: Block, status: str | None) -> list[Problem]:
    if not block.said("status"):
        return [_problem(block, "status", "no_status")]
    if status is None:
        return [_problem(block, "status", "unknown_status")]
    problems = []
    if status == "rejected" and not block.said("reason_none"):
        problems.append(_problem(block, "reason_none", "no_reason"))
    if status in ("partly", "implemented") and not block.said("measures_taken"):
        problems.append(_problem(block, "measures_taken", "nothing_taken", WARNING))
    return problems


def _days(
    block: Block, days: dict[str, date | None], status: str | None, audits: tuple[FollowedAudit, ...] | None
) -> list[Problem]:
    problems = [_problem(block, name, "bad_day") for name in DAYS if block.said(name) and days[name] is None]
    replied = days["replied"]
    if not block.said("replied"):
        problems.append(_problem(block, "replied", "no_reply_day"))
    if replied and replied > (today := today_in_sweden()):
        problems.append(_problem(block, "replied", "future_reply", today=today.isoformat()))
    audit = next((one for one in audits or () if one.audit == block.key.audit), None)
    problems += _before_the_letter(block, days, audit) if audit else []
    before = _reply_before(block, audits)
    wrong = any(one.severity == ERROR and one.cell == block.at("replied").cell for one in problems)
    if replied and before and replied < before and not wrong:
        problems.append(_problem(block, "replied", "older_reply", WARNING, before=before.isoformat()))
    if block.said("measures_planned") and status != "rejected":
        if not block.said("time_plan") and not block.said("due"):
            problems.append(_problem(block, "time_plan", "no_time"))
        if not block.said("responsible"):
            problems.append(_problem(block, "responsible", "no_responsible"))
    return problems


def _before_the_letter(block: Block, days: dict[str, date | None], audit: FollowedAudit) -> list[Problem]:
    """Nobody replies to a letter before it is written: that would stand in the record as a fact. A letter without a day
    has only the last day for a reply to be measured by."""
    replied, due, decided = days["replied"], days["due"], audit.decided
    found = []
    if replied and decided and replied < decided:
        found.append(_problem(block, "replied", "reply_before_audit", decided=decided.isoformat()))
    if due and decided and due < decided:
        found.append(_problem(block, "due", "due_before_audit", WARNING, decided=decided.isoformat()))
    last = audit.reply_due
    if replied and last and not decided and replied < last - _LONG_BEFORE:
        found.append(_problem(block, "replied", "reply_long_before", WARNING, due=last.isoformat()))
    return found


def _reply_before(block: Block, audits: tuple[FollowedAudit, ...] | None) -> date | None:
    """The day of the reply that counts now."""
    found = (one for audit in audits or () if audit.audit == block.key.audit for one in audit.recommendations)
    asked = next((one for one in found if one.number == block.key.number), None)
    return asked.reply["replied"] if asked and asked.reply else None


def _texts(block: Block) -> list[Problem]:
    problems = [
        _problem(block, name, "long_answer", longest=_LONGEST)
        for name in FORM_FIELDS
        if len(block.said(name)) > _LONGEST
    ]
    if looks_like_a_person(block.said("responsible")):
        problems.append(_problem(block, "responsible", "person_as_responsible", WARNING))
    return problems
