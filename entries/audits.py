"""Audits and recommendations: entered, corrected, withdrawn by a revisor. Rows are only added, and each is logged."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

from access import Actor, Event, log_event, require
from analysis.followup.registered import latest_audit, latest_no_reply, latest_recommendation
from analysis.moments import today_in_sweden
from entries.faults import PERSONAL, EntryRefused, Fault
from indicators import catalogue
from indicators.typed import is_blank, is_unreadable
from models import Audit, NoReply, Recommendation, Store, now
from models.entered import THEMES

_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_KEY: Final = 60
_LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 5_000
"""Characters of a recommendation."""
_HIGHEST_NUMBER: Final = 99
FIRST_DAY: Final = date(1990, 1, 1)
_TABLES: Final[dict[str, type[SQLModel]]] = {"audit": Audit, "recommendation": Recommendation, "no_reply": NoReply}
NEW: Final = 0
"""The version that an entry is based on which nobody has entered before."""


@dataclass(frozen=True)
class AuditEntry:
    """One audit of one region (models.entered.Audit). `decided`, `reply_due`: None where not known."""

    audit: str
    region: str
    title: str
    report: str
    auditor: str
    decided: date | None = None
    reply_due: date | None = None


@dataclass(frozen=True)
class RecommendationEntry:
    """One recommendation, word for word (models.entered.Recommendation). `indicators`: ids, separated by spaces."""

    audit: str
    number: int
    text: str
    addressed_to: str
    theme: str = "other"
    indicators: str = ""


@dataclass(frozen=True)
class NoReplyEntry:
    """By `known_on` no reply had come to the recommendation; `source` says where that can be checked."""

    audit: str
    number: int
    known_on: date
    source: str


class AuditFault(Fault):
    """One thing wrong with an audit, a recommendation, or a statement that no reply had come."""

    texts = "followup_entry"


class AuditRefused(EntryRefused):
    """An audit or a recommendation that cannot be accepted."""


def enter_audit(store: Store, actor: Actor, entry: AuditEntry, *, note: str = "", based_on: int | None = None) -> bool:
    """Enter an audit, or correct the one of the same key (which takes a note that says why). False: it stood so.
    `based_on`: the version (id) that was read, or NEW; another that stands by now is not overwritten.

    Raises Forbidden, or AuditRefused with every fault."""
    require(actor, "audits")
    _refuse(audit_faults(entry))
    with store.write() as connection:
        _unchanged(entry.audit, latest_audit(connection, entry.audit), based_on)
        return append_audit(connection, actor, entry, note=note)


def enter_recommendation(
    store: Store, actor: Actor, entry: RecommendationEntry, *, note: str = "", based_on: int | None = None
) -> bool:
    """Enter a recommendation of an audit that stands, or correct it (with a note). False: it stood so already.
    `based_on` as for enter_audit.

    Raises Forbidden, or AuditRefused with every fault."""
    require(actor, "audits")
    _refuse(recommendation_faults(entry))
    with store.write() as connection:
        if not _stands(latest_audit(connection, entry.audit)):
            raise AuditRefused([AuditFault("unknown_audit", {"audit": entry.audit})])
        before = latest_recommendation(connection, entry.audit, entry.number)
        _unchanged(f"{entry.audit}/{entry.number}", before, based_on)
        return append_recommendation(connection, actor, entry, note=note)


def append_audit(connection: Connection, actor: Actor, entry: AuditEntry, *, note: str, source: str = "") -> bool:
    """`enter_audit` inside the caller's write, of an entry without faults."""
    before = latest_audit(connection, entry.audit)
    return _append_entry(connection, actor, "audit", entry.audit, before, asdict(entry), note, source)


def append_recommendation(
    connection: Connection, actor: Actor, entry: RecommendationEntry, *, note: str, source: str = ""
) -> bool:
    """`enter_recommendation` inside the caller's write, of an entry without faults."""
    before = latest_recommendation(connection, entry.audit, entry.number)
    key = f"{entry.audit}/{entry.number}"
    return _append_entry(connection, actor, "recommendation", key, before, asdict(entry), note, source)


def withdraw_audit(store: Store, actor: Actor, audit: str, *, note: str, based_on: int | None = None) -> None:
    """The audit and its recommendations no longer count; their history stays. A note says why; `based_on` as for
    enter_audit."""
    require(actor, "audits")
    with store.write() as connection:
        before = latest_audit(connection, audit)
        _withdraw_entry(connection, actor, "audit", audit, before, note, based_on)


def withdraw_recommendation(
    store: Store, actor: Actor, audit: str, number: int, *, note: str, based_on: int | None = None
) -> None:
    """The recommendation no longer counts; its history stays. A note says why; `based_on` as for enter_audit."""
    require(actor, "audits")
    with store.write() as connection:
        before = latest_recommendation(connection, audit, number)
        _withdraw_entry(connection, actor, "recommendation", f"{audit}/{number}", before, note, based_on)


def _refuse(faults: list[AuditFault]) -> None:
    if faults:
        raise AuditRefused(faults)


def _unchanged(key: str, before: Mapping[str, Any] | None, based_on: int | None) -> None:
    """AuditRefused where another entry stands than the one that was read."""
    standing = before["id"] if before and not before["withdrawn"] else NEW
    if based_on not in (None, standing):
        raise AuditRefused([AuditFault("changed_meanwhile" if based_on else "exists", {"entry": key})])


def _readable(note: str) -> None:
    if is_unreadable(note):
        raise AuditRefused([AuditFault("unreadable", {"field": "note"})])


def _stands(row: Mapping[str, Any] | None) -> bool:
    return row is not None and not row["withdrawn"]


def _append_entry(
    connection: Connection,
    actor: Actor,
    kind: str,
    key: str,
    before: dict[str, Any] | None,
    told: dict[str, Any],
    note: str,
    source: str,
) -> bool:
    stood = _told(before, told) if before and not before["withdrawn"] else None
    if stood == _plain(told):
        return False
    if stood is not None and is_blank(note):
        raise AuditRefused([AuditFault("no_note", {"entry": key})])
    _readable(note)
    row = {**told, "withdrawn": False, "note": note.strip(), "source": source}
    _insert(connection, actor, kind, row)
    action = "entered" if stood is None else "corrected"
    event = Event(f"{kind}.{action}", f"{kind}:{key}", before=stood, after=_plain(told), reason=note.strip())
    log_event(connection, actor, event)
    return True


def _withdraw_entry(
    connection: Connection,
    actor: Actor,
    kind: str,
    key: str,
    before: dict[str, Any] | None,
    note: str,
    based_on: int | None,
) -> None:
    if before is None or before["withdrawn"]:
        raise AuditRefused([AuditFault("nothing_to_withdraw", {"entry": key})])
    _unchanged(key, before, based_on)
    if is_blank(note):
        raise AuditRefused([AuditFault("no_note", {"entry": key})])
    _readable(note)
    row: dict[str, Any] = {name: before[name] for name in before if name not in ("id", "entered_at", "entered_by")}
    days: dict[str, Any] = {name: _day(row[name]) for name in ("decided", "reply_due", "known_on") if name in row}
    _insert(connection, actor, kind, {**row, **days, "withdrawn": True, "note": note.strip()})
    log_event(connection, actor, Event(f"{kind}.withdrawn", f"{kind}:{key}", reason=note.strip()))


def _insert(connection: Connection, actor: Actor, kind: str, row: dict[str, Any]) -> None:
    table = SQLModel.metadata.tables[str(_TABLES[kind].__tablename__)]
    connection.execute(insert(table).values(**row, entered_at=now(), entered_by=actor.key))


def _told(row: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    return _plain({name: row[name] for name in names})


def _plain(told: Mapping[str, Any]) -> dict[str, Any]:
    """Values as both databases and the log write them: a day is `2021-05-20`."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


def _day(stored: date | str | None) -> date | None:
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def state_no_reply(store: Store, actor: Actor, entry: NoReplyEntry, *, note: str = "") -> bool:
    """State that no reply had come, or correct that (with a note). False: it stood so already. Raises Forbidden, or
    AuditRefused with every fault."""
    require(actor, "audits")
    faults = _line_faults(asdict(entry), ("source",))
    if not FIRST_DAY <= entry.known_on <= today_in_sweden():
        faults.append(AuditFault("no_such_day", {"found": entry.known_on.isoformat()}))
    _refuse(faults)
    with store.write() as connection:
        if not _stands(latest_audit(connection, entry.audit)):
            raise AuditRefused([AuditFault("unknown_audit", {"audit": entry.audit})])
        if not _stands(latest_recommendation(connection, entry.audit, entry.number)):
            raise AuditRefused([AuditFault("unknown_recommendation", {"audit": entry.audit, "number": entry.number})])
        before = latest_no_reply(connection, entry.audit, entry.number)
        key = f"{entry.audit}/{entry.number}"
        return _append_entry(connection, actor, "no_reply", key, before, asdict(entry), note, entry.source)


def withdraw_no_reply(store: Store, actor: Actor, audit: str, number: int, *, note: str) -> None:
    """The statement no longer counts; its history stays. A note says why."""
    require(actor, "audits")
    with store.write() as connection:
        before = latest_no_reply(connection, audit, number)
        _withdraw_entry(connection, actor, "no_reply", f"{audit}/{number}", before, note, None)


def audit_faults(entry: AuditEntry, line: int = 0) -> list[AuditFault]:
    """Everything wrong with an audit; `line`: where it stands in a file."""
    faults = [*_key_faults(entry.audit), *_line_faults(asdict(entry), ("title", "report", "auditor"))]
    if entry.region not in catalogue().region_codes:
        faults.append(AuditFault("region", {"found": entry.region}))
    for name, day in (("decided", entry.decided), ("reply_due", entry.reply_due)):
        if day and day < FIRST_DAY:
            faults.append(AuditFault("early_day", {"field": name, "found": day.isoformat()}))
    if entry.decided and entry.reply_due and entry.reply_due < entry.decided:
        faults.append(AuditFault("due_before_decided", {"due": str(entry.reply_due), "decided": str(entry.decided)}))
    return _placed(faults, line)


def recommendation_faults(entry: RecommendationEntry, line: int = 0) -> list[AuditFault]:
    """Everything wrong with a recommendation; `line`: where it stands in a file."""
    faults = [*_key_faults(entry.audit), *_line_faults(asdict(entry), ("addressed_to",))]
    if not 1 <= entry.number <= _HIGHEST_NUMBER:
        faults.append(AuditFault("number", {"found": entry.number}))
    if is_blank(entry.text):
        faults.append(AuditFault("empty", {"field": "text"}))
    if is_unreadable(entry.text):
        faults.append(AuditFault("unreadable", {"field": "text"}))
    if len(entry.text) > LONGEST_TEXT:
        faults.append(AuditFault("long", {"field": "text", "longest": LONGEST_TEXT}))
    if PERSONAL.search(entry.text):
        faults.append(AuditFault("personal", {"field": "text"}))
    if entry.theme not in THEMES:
        faults.append(AuditFault("theme", {"found": entry.theme, "known": ", ".join(THEMES)}))
    unknown = [one for one in entry.indicators.split() if one not in catalogue().indicators]
    if unknown:
        faults.append(AuditFault("indicators", {"found": ", ".join(unknown)}))
    return _placed(faults, line)


def day_of(printed: str) -> date | None:
    """A day as `2021-05-20`; None for an empty text. ValueError for anything else.

    >>> day_of("2021-05-20"), day_of(" ")
    (datetime.date(2021, 5, 20), None)
    """
    return date.fromisoformat(printed.strip()) if printed.strip() else None


def _key_faults(key: str) -> list[AuditFault]:
    return [] if len(key) <= _LONGEST_KEY and _KEY.fullmatch(key) else [AuditFault("key", {"found": key})]


def _line_faults(told: Mapping[str, Any], names: tuple[str, ...]) -> list[AuditFault]:
    faults = []
    for name in names:
        if is_blank(told[name]):
            faults.append(AuditFault("empty", {"field": name}))
        if is_unreadable(told[name]):
            faults.append(AuditFault("unreadable", {"field": name}))
        if len(told[name]) > _LONGEST_LINE:
            faults.append(AuditFault("long", {"field": name, "longest": _LONGEST_LINE}))
        if PERSONAL.search(told[name]):
            faults.append(AuditFault("personal", {"field": name}))
    return faults


def _placed(faults: list[AuditFault], line: int) -> list[AuditFault]:
    return [AuditFault(one.key, one.values, line) for one in faults]
