"""Decided targets: entered, corrected, withdrawn by a publicist. Rows are only added, and each is logged."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select
from sqlmodel import SQLModel

from access import Actor, Event, log_event, require
from entries.faults import PERSONAL, EntryRefused, Fault
from indicators import catalogue
from indicators.typed import is_blank, is_unreadable
from locales.numbers import STOCKHOLM, format_value
from models import Store, Target, now
from models.entered import TARGET_KINDS

LONGEST: Final = {"body": 200, "document": 300, "note": 1000, "reason": 1000, "source": 300}
"""Characters of what is typed."""
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
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


class TargetFault(Fault):
    """One thing wrong with a target, or with what is stated of figures (entries/statements.py)."""

    texts = "target_entry"

    def _in_words(self, language: str) -> dict[str, Any]:
        shown = super()._in_words(language)
        return shown if "indicator" not in shown else shown | self._bounds(language)

    def _bounds(self, language: str) -> dict[str, str]:
        """A value that its indicator cannot have, and those it can."""
        known = catalogue().indicators[self.values["indicator"]]
        low, high = (None if end is None else format_value(end, known.unit, 0, language) for end in known.bounds)
        found = format_value(self.values["found"], known.unit, known.decimals, language)
        return {"indicator": known.title.in_language(language), "found": found, "low": low or "", "high": high or ""}


class TargetRefused(EntryRefused):
    """A target that cannot be accepted."""


def enter_target(store: Store, actor: Actor, entry: TargetEntry) -> str:
    """A new target; its key, `trust_overall-25-1` (`-alla-` for every region).

    Raises Forbidden; TargetRefused with every fault, also where the very same target stands already."""
    require(actor, "targets")
    told = _accepted(entry)
    with store.write() as connection:
        plain = {**_plain(told), "note": ""}
        same = next((row["target"] for row in _standing(connection) if {**_told(row), "note": ""} == plain), None)
        if same is not None:
            raise TargetRefused([TargetFault("already", {"target": same})])
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
            raise TargetRefused([TargetFault("another", {"target": target})])
        if all(stood[name] == value for name, value in _plain(told).items() if name != "note"):
            raise TargetRefused([TargetFault("nothing_changed", {"target": target})])
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


def _accepted(entry: TargetEntry, *more: TargetFault) -> dict[str, Any]:
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
        raise TargetRefused([TargetFault("unknown_target", {"target": target})])
    if based_on not in (None, found["id"]):
        raise TargetRefused([TargetFault("changed_meanwhile", {"target": target})])
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


def target_faults(entry: TargetEntry, today: date) -> list[TargetFault]:
    """Everything wrong with a target. A text that is only blanks is empty."""
    return [*_thing_faults(entry), *_day_faults(entry, today), *text_faults(body=entry.body, document=entry.document)]


def text_faults(**typed: str) -> list[TargetFault]:
    """Everything wrong with what is typed, by field: nothing there, too long, a person in it."""
    faults = [TargetFault("empty", {"field": name}) for name, words in typed.items() if is_blank(words)]
    long = [name for name, words in typed.items() if len(words.strip()) > LONGEST[name]]
    faults += [TargetFault("long", {"field": name, "longest": LONGEST[name]}) for name in long]
    faults += [TargetFault("unreadable", {"field": name}) for name, words in typed.items() if is_unreadable(words)]
    return faults + [
        TargetFault("personal", {"field": name}) for name, words in typed.items() if PERSONAL.search(words)
    ]


def _thing_faults(entry: TargetEntry) -> list[TargetFault]:
    """The indicator, the region, the kind and the value."""
    faults = []
    indicator = catalogue().indicators.get(entry.indicator)
    if indicator is None:
        faults.append(TargetFault("unknown_indicator", {"found": entry.indicator}))
    if entry.region and entry.region not in catalogue().region_codes:
        faults.append(TargetFault("unknown_region", {"found": entry.region}))
    if entry.kind not in TARGET_KINDS:
        faults.append(TargetFault("unknown_kind", {"found": entry.kind, "known": ", ".join(TARGET_KINDS)}))
    if not math.isfinite(entry.value):
        faults.append(TargetFault("no_number", {}))
    elif indicator is not None:
        low, high = indicator.bounds
        if entry.value < low or (high is not None and entry.value > high):
            key = "outside" if high is not None else "below_zero"
            faults.append(TargetFault(key, {"indicator": indicator.id, "found": entry.value}))
    return faults


def _day_faults(entry: TargetEntry, today: date) -> list[TargetFault]:
    faults = []
    days = {name: getattr(entry, name) for name in ("valid_from", "valid_to", "by_date", "decided")}
    for name, day in days.items():
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            faults.append(TargetFault("strange_day", {"field": name, "found": day.isoformat()}))
    if entry.valid_to is not None and entry.valid_from > entry.valid_to:
        faults.append(TargetFault("order", {"first": entry.valid_from, "last": entry.valid_to}))
    if entry.decided > today:
        faults.append(TargetFault("future", {"decided": entry.decided}))
    by_date = entry.by_date
    if by_date is not None and (
        by_date < entry.valid_from or (entry.valid_to is not None and by_date > entry.valid_to)
    ):
        faults.append(TargetFault("by_date_outside", {"by_date": by_date}))
    return faults
