"""What people state about figures: remarks, numbers of answers, which regions were audited. Rows are only added, and
each is logged."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, func, insert, select
from sqlmodel import SQLModel

from access import Actor, Event, log_event, require
from entries.faults import EntryRefused, Fault
from entries.targets import TargetFault, text_faults
from indicators import catalogue, parse_period
from locales.numbers import STOCKHOLM
from models import EFFECTS, AuditedGroup, Remark, Store, TypedBase, now
from models.tables import SEXES

MOST_ANSWERS: Final = 1_000_000
_REMARK: Final = "remark"
_BASE: Final = "base"
_GROUP: Final = "group"
_TABLES: Final[Mapping[str, Table]] = {
    kind: SQLModel.metadata.tables[str(model.__tablename__)]
    for kind, model in ((_REMARK, Remark), (_BASE, TypedBase), (_GROUP, AuditedGroup))
}
_PERMISSIONS: Final = {_REMARK: "publish", _BASE: "publish", _GROUP: "groups"}


class StatementRefused(EntryRefused):
    """A statement that cannot be accepted."""


def enter_remark(
    store: Store, actor: Actor, *, indicator: str, period: str, effect: str, reason: str, source: str
) -> str:
    """A remark on an indicator in a period; its key, `trust_overall-2024-1`. Raises Forbidden, StatementRefused."""
    require(actor, _PERMISSIONS[_REMARK])
    faults = [*_period_faults(period), *text_faults(reason=reason, source=source)]
    if indicator not in catalogue().measured:
        faults.append(TargetFault("unknown_indicator", {"found": indicator}))
    if effect not in EFFECTS:
        faults.append(TargetFault("unknown_effect", {"found": effect, "known": ", ".join(EFFECTS)}))
    told = {"indicator": indicator, "period": _key_of(period), "effect": effect, "reason": _tidy(reason)}
    return _enter(store, actor, _REMARK, {**told, "source": _tidy(source)}, f"{indicator}-{told['period']}-", faults)


def enter_base(
    store: Store,
    actor: Actor,
    *,
    subject: str,
    period: str,
    answers: int,
    source: str,
    region: str = "",
    sex: str = "T",
) -> str:
    """How many answered a survey (`subject`: its id, or an indicator's) in a region, or in each of them (`region` "").
    Gives its key, `barometer-25-T-2025-1`. Raises Forbidden, StatementRefused."""
    require(actor, _PERMISSIONS[_BASE])
    faults = [*_period_faults(period), *text_faults(source=source)]
    if not _is_survey_of_shares(subject):
        faults.append(TargetFault("no_survey", {"found": subject, "known": ", ".join(sorted(surveys_of_shares()))}))
    if region and region not in catalogue().region_codes:
        faults.append(TargetFault("unknown_region", {"found": region}))
    if sex not in SEXES:
        faults.append(TargetFault("unknown_sex", {"found": sex}))
    if not 1 <= answers <= MOST_ANSWERS:
        faults.append(TargetFault("answers", {"found": answers, "most": MOST_ANSWERS}))
    told = {"subject": subject, "period": _key_of(period), "region": region, "sex": sex}
    stem = f"{subject}-{region or 'alla'}-{sex}-{told['period']}-"
    return _enter(store, actor, _BASE, {**told, "answers": answers, "source": _tidy(source)}, stem, faults, tuple(told))


def confirm_group(store: Store, actor: Actor, *, group: str, regions: Sequence[str], source: str) -> str:
    """Which regions the audit covered; the group's id. What was stated before is its history. Raises Forbidden,
    StatementRefused."""
    require(actor, _PERMISSIONS[_GROUP])
    faults = text_faults(source=source)
    known = catalogue().groups.get(group)
    if known is None or not known.default:
        faults.append(TargetFault("unknown_group", {"found": group}))
    else:
        chosen = set(regions)
        unknown = sorted(chosen - set(catalogue().region_codes))
        faults += [TargetFault("unknown_region", {"found": code}) for code in unknown]
        if len(chosen) != len(known.regions) or len(chosen) != len(regions):
            faults.append(TargetFault("group_size", {"found": len(chosen), "size": len(known.regions)}))
    told = {"regions": " ".join(sorted(regions)), "source": _tidy(source)}
    if faults:
        raise StatementRefused(faults)
    with store.write() as connection:
        before = _standing(connection, _GROUP, group)
        if before is not None and all(before[name] == value for name, value in told.items()):
            raise StatementRefused([TargetFault("group_already", {})])
        _append(connection, actor, _GROUP, {**told, "key": group})
        log_event(connection, actor, Event("group.entered", f"group:{group}", before=_told(before), after=told))
    return group


def withdraw_remark(store: Store, actor: Actor, key: str, *, reason: str) -> None:
    """The remark no longer counts; one of the catalogue can be withdrawn too. Raises Forbidden, StatementRefused."""
    ours = next((one for one in catalogue().remarks if one.key == key), None)
    told = None
    if ours is not None:
        stated = {"indicator": ours.indicator, "period": ours.period, "effect": ours.effect}
        told = {"key": key, **stated, "reason": ours.reason.sv, "source": ours.source.sv}
    _withdraw(store, actor, _REMARK, key, reason, told)


def withdraw_base(store: Store, actor: Actor, key: str, *, reason: str) -> None:
    """The number no longer counts. Raises Forbidden, StatementRefused."""
    _withdraw(store, actor, _BASE, key, reason)


def withdraw_group(store: Store, actor: Actor, key: str, *, reason: str) -> None:
    """What was stated of the group no longer counts: it is an assumption again. Raises Forbidden, StatementRefused."""
    _withdraw(store, actor, _GROUP, key, reason)


def surveys_of_shares() -> set[str]:
    """The surveys that have a share among their indicators."""
    return {one.survey for one in catalogue().measured.values() if one.survey and _has_share(one.id)}


def _has_share(indicator: str) -> bool:
    known = catalogue().measured.get(indicator)
    return known is not None and known.data == "survey" and known.unit == "percent"


def _is_survey_of_shares(subject: str) -> bool:
    return subject in surveys_of_shares() or _has_share(subject)


def _period_faults(printed: str) -> list[Fault]:
    period = parse_period(printed)
    if period is None:
        return [TargetFault("unknown_period", {"found": printed})]
    today: date = datetime.now(STOCKHOLM).date()
    return [TargetFault("future_period", {"found": printed})] if period.start > today else []


def _key_of(printed: str) -> str:
    period = parse_period(printed)
    return period.key if period else ""


def _tidy(typed: str) -> str:
    return " ".join(typed.split())


def _enter(
    store: Store,
    actor: Actor,
    kind: str,
    told: Mapping[str, Any],
    stem: str,
    faults: Sequence[Fault],
    once: Sequence[str] = (),
) -> str:
    """A new statement under the first free number of `stem`. Only one may stand with the same `once` (all columns where
    that is empty)."""
    if faults:
        raise StatementRefused(faults)
    with store.write() as connection:
        rows = _latest(connection, kind)
        compared = once or tuple(told)
        same = [row["key"] for row in rows if not row["withdrawn"] and all(row[one] == told[one] for one in compared)]
        if same:
            raise StatementRefused([TargetFault("stated_already", {"stated": same[0]})])
        taken = {row["key"] for row in rows}
        key = next(each for number in range(1, len(taken) + 2) if (each := f"{stem}{number}") not in taken)
        _append(connection, actor, kind, {**told, "key": key})
        log_event(connection, actor, Event(f"{kind}.entered", f"{kind}:{key}", after=told))
    return key


def _withdraw(
    store: Store, actor: Actor, kind: str, key: str, reason: str, ours: Mapping[str, Any] | None = None
) -> None:
    require(actor, _PERMISSIONS[kind])
    faults = text_faults(note=reason)
    if faults:
        raise StatementRefused(faults)
    with store.write() as connection:
        latest = {row["key"]: row for row in _latest(connection, kind)}
        row = latest.get(key, {**ours, "withdrawn": False} if ours else None)
        if row is None or row["withdrawn"]:
            raise StatementRefused([TargetFault("unknown_statement", {"stated": key})])
        told = _told(row)
        assert told is not None
        _append(connection, actor, kind, {**told, "key": key, "withdrawn": True, "note": _tidy(reason)})
        log_event(connection, actor, Event(f"{kind}.withdrawn", f"{kind}:{key}", before=told, reason=_tidy(reason)))


def _latest(connection: Connection, kind: str) -> list[Mapping[str, Any]]:
    """The latest version of every key, withdrawn ones too."""
    table = _TABLES[kind]
    newest = select(func.max(table.c.id)).group_by(table.c.key)
    return [dict(row) for row in connection.execute(select(table).where(table.c.id.in_(newest))).mappings()]


def _standing(connection: Connection, kind: str, key: str) -> Mapping[str, Any] | None:
    found = next((row for row in _latest(connection, kind) if row["key"] == key), None)
    return None if found is None or found["withdrawn"] else found


def _told(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What a version states, without when, by whom and why."""
    kept = ("id", "key", "withdrawn", "note", "entered_at", "entered_by")
    return None if row is None else {name: value for name, value in row.items() if name not in kept}


def _append(connection: Connection, actor: Actor, kind: str, told: Mapping[str, Any]) -> None:
    row = {"withdrawn": False, "note": "", **told, "entered_at": now(), "entered_by": actor.key}
    connection.execute(insert(_TABLES[kind]).values(**row))
