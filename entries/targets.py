"""Decided targets: entered, corrected, withdrawn by a publicist. Rows are only added, and each is logged."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select
from sqlmodel import SQLModel

from access import Actor, Event, log_event, require
from entries.target_faults import Fault, TargetRefused, target_faults, text_faults
from locales.numbers import STOCKHOLM
from models import Store, Target, now

_TABLE: Final = SQLModel.metadata.tables[str(Target.__tablename__)]
_EVERYBODY: Final = "alla"


@dataclass(frozen=True)
class TargetEntry:
    """One target as it was decided (models.entered.Target). `region` "": every region; `value` in the indicator's
    unit."""

    indicator: str
    kind: str
    value: float
    valid_from: date
    body: str
    decided: date
    document: str
    region: str = ""
    valid_to: date | None = None
    by_date: date | None = None
    note: str = ""


def enter_target(store: Store, actor: Actor, entry: TargetEntry) -> str:
    """A new target; its key, `trust_overall-25-1` (`-alla-` for every region).

    Raises Forbidden; TargetRefused with every fault, also where the very same target stands already."""
    require(actor, "targets")
    told = _accepted(entry)
    with store.write() as connection:
        plain = {**_plain(told), "note": ""}
        same = next((row["target"] for row in _standing(connection) if {**_told(row), "note": ""} == plain), None)
        if same is not None:
            raise TargetRefused([Fault("already", {"target": same})])
        target = _new_key(connection, told["indicator"], told["region"])
        _append(connection, actor, target, told)
        log_event(connection, actor, Event("target.entered", _subject(target), after=_plain(told)))
    return target


def correct_target(
    store: Store, actor: Actor, target: str, entry: TargetEntry, *, reason: str, based_on: int | None = None
) -> None:
    """A new version of a target that stands; what it said before is its history. The indicator and the region are what
    the target is of: a target for another is another target. `based_on`: the version (Target.id) that was read; another
    that stands by now is not overwritten.

    Raises Forbidden; TargetRefused with every fault: no such target, no reason, nothing changed, changed meanwhile."""
    require(actor, "targets")
    told = _accepted(entry, *text_faults(note=reason)) | {"note": reason.strip()}
    with store.write() as connection:
        stood = _told(_stands(connection, target, based_on))
        moved = [name for name in ("indicator", "region") if stood[name] != told[name]]
        if moved:
            raise TargetRefused([Fault("another", {"target": target})])
        if all(stood[name] == value for name, value in _plain(told).items() if name != "note"):
            raise TargetRefused([Fault("nothing_changed", {"target": target})])
        _append(connection, actor, target, told)
        event = Event("target.corrected", _subject(target), before=stood, after=_plain(told), reason=told["note"])
        log_event(connection, actor, event)


def withdraw_target(store: Store, actor: Actor, target: str, *, reason: str, based_on: int | None = None) -> None:
    """The target no longer counts; its history stays. `based_on` as for correct_target.

    Raises Forbidden, or TargetRefused: no such target, no reason, changed meanwhile."""
    require(actor, "targets")
    faults = text_faults(note=reason)
    if faults:
        raise TargetRefused(faults)
    with store.write() as connection:
        row = _stands(connection, target, based_on)
        told = {name: row[name] for name in _told(row)} | {"note": reason.strip()}
        _append(connection, actor, target, told, withdrawn=True)
        log_event(
            connection, actor, Event("target.withdrawn", _subject(target), before=_told(row), reason=reason.strip())
        )


def _accepted(entry: TargetEntry, *more: Fault) -> dict[str, Any]:
    """The entry's values, tidied. TargetRefused with every fault."""
    note = text_faults(note=entry.note) if entry.note.strip() else []
    faults = [*target_faults(entry, datetime.now(STOCKHOLM).date()), *note, *more]
    if faults:
        raise TargetRefused(faults)
    typed = {name: " ".join(getattr(entry, name).split()) for name in ("body", "document", "note")}
    return {**asdict(entry), "value": float(entry.value), **typed}


def _standing(connection: Connection) -> list[dict[str, Any]]:
    """The latest version of every target that is not withdrawn."""
    latest = select(func.max(_TABLE.c.id)).group_by(_TABLE.c.target)
    rows = connection.execute(select(_TABLE).where(_TABLE.c.id.in_(latest), ~_TABLE.c.withdrawn))
    return [dict(row) for row in rows.mappings()]


def _stands(connection: Connection, target: str, based_on: int | None) -> dict[str, Any]:
    found = next((row for row in _standing(connection) if row["target"] == target), None)
    if found is None:
        raise TargetRefused([Fault("unknown_target", {"target": target})])
    if based_on not in (None, found["id"]):
        raise TargetRefused([Fault("changed_meanwhile", {"target": target})])
    return found


def _new_key(connection: Connection, indicator: str, region: str) -> str:
    """The first number that no target of the indicator and region has had, withdrawn ones included."""
    stem = f"{indicator}-{region or _EVERYBODY}-"
    taken = set(connection.execute(select(_TABLE.c.target).distinct()).scalars())
    return next(key for number in range(1, len(taken) + 2) if (key := f"{stem}{number}") not in taken)


def _append(
    connection: Connection, actor: Actor, target: str, told: Mapping[str, Any], *, withdrawn: bool = False
) -> None:
    row = {**told, "target": target, "withdrawn": withdrawn, "entered_at": now(), "entered_by": actor.key}
    connection.execute(insert(_TABLE).values(**row))


def _subject(target: str) -> str:
    return f"target:{target}"


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return _plain({name: row[name] for name in TargetEntry.__dataclass_fields__})


def _plain(told: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the log writes them: a day is `2021-05-20`."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}
