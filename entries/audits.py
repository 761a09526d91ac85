"""Audits and recommendations: entered, corrected, withdrawn by a revisor. Rows are only added, and each is logged."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

from access import Actor, Event, log_event, require
from analysis.followup.registered import latest_audit, latest_recommendation
from entries.audit_faults import audit_faults, recommendation_faults
from entries.audit_refusals import AuditRefused, Fault
from indicators.typed import is_blank, is_unreadable
from models import Audit, NoReply, Recommendation, Store, now


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


_TABLES: Final[dict[str, type[SQLModel]]] = {"audit": Audit, "recommendation": Recommendation, "no_reply": NoReply}


NEW: Final = 0
"""The version that an entry is based on which nobody has entered before."""


def enter_audit(store: Store, actor: Actor, entry: AuditEntry, *, note: str = "", based_on: int | None = None) -> bool:
    """Enter an audit, or correct the one of the same key (which takes a note that says why). False: it stood so.
    `based_on`: the version (id) that was read, or NEW; another that stands by now is not overwritten.

    Raises Forbidden, or AuditRefused with every fault."""
    require(actor, "audits")
    refuse(audit_faults(entry))
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
    refuse(recommendation_faults(entry))
    with store.write() as connection:
        if not stands(latest_audit(connection, entry.audit)):
            raise AuditRefused([Fault("unknown_audit", {"audit": entry.audit})])
        before = latest_recommendation(connection, entry.audit, entry.number)
        _unchanged(f"{entry.audit}/{entry.number}", before, based_on)
        return append_recommendation(connection, actor, entry, note=note)


def append_audit(connection: Connection, actor: Actor, entry: AuditEntry, *, note: str, source: str = "") -> bool:
    """`enter_audit` inside the caller's write, of an entry without faults."""
    before = latest_audit(connection, entry.audit)
    return append_entry(connection, actor, "audit", entry.audit, before, asdict(entry), note, source)


def append_recommendation(
    connection: Connection, actor: Actor, entry: RecommendationEntry, *, note: str, source: str = ""
) -> bool:
    """`enter_recommendation` inside the caller's write, of an entry without faults."""
    before = latest_recommendation(connection, entry.audit, entry.number)
    key = f"{entry.audit}/{entry.number}"
    return append_entry(connection, actor, "recommendation", key, before, asdict(entry), note, source)


def withdraw_audit(store: Store, actor: Actor, audit: str, *, note: str, based_on: int | None = None) -> None:
    """The audit and its recommendations no longer count; their history stays. A note says why; `based_on` as for
    enter_audit."""
    require(actor, "audits")
    with store.write() as connection:
        before = latest_audit(connection, audit)
        withdraw_entry(connection, actor, "audit", audit, before, note, based_on)


def withdraw_recommendation(
    store: Store, actor: Actor, audit: str, number: int, *, note: str, based_on: int | None = None
) -> None:
    """The recommendation no longer counts; its history stays. A note says why; `based_on` as for enter_audit."""
    require(actor, "audits")
    with store.write() as connection:
        before = latest_recommendation(connection, audit, number)
        withdraw_entry(connection, actor, "recommendation", f"{audit}/{number}", before, note, based_on)


def refuse(faults: list[Fault]) -> None:
    if faults:
        raise AuditRefused(faults)


def _unchanged(key: str, before: Mapping[str, Any] | None, based_on: int | None) -> None:
    """AuditRefused where another entry stands than the one that was read."""
    standing = before["id"] if before and not before["withdrawn"] else NEW
    if based_on not in (None, standing):
        raise AuditRefused([Fault("changed_meanwhile" if based_on else "exists", {"entry": key})])


def _readable(note: str) -> None:
    if is_unreadable(note):
        raise AuditRefused([Fault("unreadable", {"field": "note"})])


def stands(row: Mapping[str, Any] | None) -> bool:
    return row is not None and not row["withdrawn"]


def append_entry(
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
        raise AuditRefused([Fault("no_note", {"entry": key})])
    _readable(note)
    row = {**told, "withdrawn": False, "note": note.strip(), "source": source}
    _insert(connection, actor, kind, row)
    action = "entered" if stood is None else "corrected"
    event = Event(f"{kind}.{action}", f"{kind}:{key}", before=stood, after=_plain(told), reason=note.strip())
    log_event(connection, actor, event)
    return True


def withdraw_entry(
    connection: Connection,
    actor: Actor,
    kind: str,
    key: str,
    before: dict[str, Any] | None,
    note: str,
    based_on: int | None,
) -> None:
    if before is None or before["withdrawn"]:
        raise AuditRefused([Fault("nothing_to_withdraw", {"entry": key})])
    _unchanged(key, before, based_on)
    if is_blank(note):
        raise AuditRefused([Fault("no_note", {"entry": key})])
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
