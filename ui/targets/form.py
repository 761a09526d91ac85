"""A publicist enters, corrects and withdraws targets. Every action asks for the permission again."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import streamlit as st

from analysis.targets.decided import decided_targets
from analysis.targets.shares import followed_indicators
from analysis.targets.standing import this_day
from entries.targets import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST,
    TargetEntry,
    TargetFault,
    TargetRefused,
    correct_target,
    enter_target,
    withdraw_target,
)
from indicators import catalogue
from locales.refused import Refused
from models.entered import TARGET_KINDS
from ui import who
from ui.escape import plain
from ui.notes import subheading
from ui.opened import as_opened, close_all, gone, may_use_forms
from ui.visit import Visit
from wording.targets import region_in_words, target_in_words, title_of

_SAID: Final = "said of targets"
_DAYS: Final[dict[str, Any]] = {
    "format": "YYYY-MM-DD",
    "min_value": date(FIRST_YEAR, 1, 1),
    "max_value": date(LAST_YEAR, 12, 31),
}
_ALWAYS: Final = ("region", "valid_from", "decided")


def said() -> None:
    """What the last action did."""
    for kind, words in st.session_state.pop(_SAID, []):
        (st.success if kind == "success" else st.error)(words)


def draw(visit: Visit) -> None:
    """The forms, for whoever may use them; nothing for others."""
    if not may_use_forms(visit, "targets"):
        return
    with st.expander(visit.say("targets.page.forms")):
        if visit.as_of:
            st.caption(visit.say("targets.form.old_day"))
        else:
            _forms(visit)


def _forms(visit: Visit) -> None:
    subheading(visit, "targets.form.heading")
    _new(visit)
    subheading(visit, "targets.form.change")
    standing = {row["target"]: row for row in decided_targets(visit.store).to_dicts()}
    for target in gone("target:", standing):
        st.error(plain(visit.say("target_entry.faults.unknown_target", target=target)))
    if standing:
        _change(visit, standing)
    else:
        st.caption(visit.say("targets.form.nothing"))


def _new(visit: Visit) -> None:
    regions = catalogue().codes_by_name
    ids = [one.id for one in followed_indicators()]
    indicator = st.selectbox(
        visit.say("targets.form.indicator"),
        ids,
        key="target:indicator",
        format_func=lambda one: title_of(one, visit.language),
    )
    with st.form("new_target"):
        region = st.selectbox(
            visit.say("targets.form.region"),
            [*regions, ""],
            key="target:region",
            index=None,
            format_func=lambda code: region_in_words(code, visit.language),
        )
        typed = _fields(visit, "target", indicator, {"valid_from": date(this_day().year, 1, 1)})
        pressed = st.form_submit_button(visit.say("targets.form.enter"), type="primary")
    if pressed:
        _try(
            visit,
            "entered",
            lambda: enter_target(visit.store, who.require("targets"), _entry(indicator, region, typed)),
        )


def _change(visit: Visit, standing: Mapping[str, dict[str, Any]]) -> None:
    """Choose a target, then its fields as they stand, and why they change."""

    def shown(target: str) -> str:
        row = standing[target]
        parts = (region_in_words(row["region"], visit.language), title_of(row["indicator"], visit.language))
        return f"{', '.join(parts)}: {target_in_words(row, visit.language)} ({target})"

    target = st.selectbox(
        visit.say("targets.form.which"), list(standing), key="target:which", format_func=shown, on_change=close_all
    )
    row = as_opened(f"target:{target}", standing[target], _why)
    with st.form("change_target"):
        typed = _fields(visit, f"target:{row['id']}", row["indicator"], row)
        why = st.text_input(visit.say("targets.form.why"), key=_why(row), max_chars=LONGEST["note"])
        with st.container(horizontal=True):
            correct = st.form_submit_button(visit.say("targets.form.correct"), type="primary")
            withdraw = st.form_submit_button(visit.say("targets.form.withdraw"))
    if correct:
        _try(visit, "corrected", lambda: _corrected(visit, row, typed, why))
    if withdraw:
        _try(visit, "withdrawn", lambda: _withdrawn(visit, row, why))


def _why(row: Mapping[str, Any]) -> str:
    return f"target:{row['id']}:why"


def _fields(visit: Visit, key: str, indicator: str, now: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a target inside a form, filled with what stands."""
    unit = visit.say(f"exports.unit.{catalogue().indicators[indicator].unit}")
    kinds = list(TARGET_KINDS)
    left, right = st.columns(2)
    typed: dict[str, Any] = {}
    with left:
        typed["kind"] = st.radio(
            visit.say("targets.form.kind"),
            kinds,
            key=f"{key}:kind",
            horizontal=True,
            index=kinds.index(now.get("kind", kinds[0])),
            format_func=lambda kind: visit.say(f"targets.kind_name.{kind}"),
        )
        label = visit.say("targets.form.value", unit=unit)
        typed["value"] = st.number_input(label, value=now.get("value"), key=f"{key}:value", format="%g")
    with right:
        for name in ("body", "document"):
            typed[name] = st.text_input(
                visit.say(f"targets.form.{name}"),
                value=now.get(name, ""),
                key=f"{key}:{name}",
                max_chars=LONGEST[name],
                help=visit.say(f"targets.form.{name}_help"),
            )
    left, right = st.columns(2)
    for side, names in ((left, ("valid_from", "valid_to")), (right, ("decided", "by_date"))):
        with side:
            for name in names:
                label = visit.say(f"targets.form.{name}")
                typed[name] = st.date_input(label, value=now.get(name), key=f"{key}:{name}", **_DAYS)
    return typed


def _entry(indicator: str, region: str | None, typed: Mapping[str, Any]) -> TargetEntry:
    """What was typed as a target. TargetRefused where something that every target has is not given."""
    given = {"region": region, **typed}
    missing = [TargetFault("empty", {"field": name}) for name in _ALWAYS if given[name] is None]
    if missing:
        raise TargetRefused(missing)
    value = float("nan") if typed["value"] is None else typed["value"]
    return TargetEntry(indicator=indicator, region=region or "", **{**typed, "value": value})


def _corrected(visit: Visit, row: Mapping[str, Any], typed: Mapping[str, Any], why: str) -> str:
    actor, target = who.require("targets"), str(row["target"])
    entry = _entry(row["indicator"], row["region"], typed)
    correct_target(visit.store, actor, target, entry, reason=why, based_on=row["id"])
    return target


def _withdrawn(visit: Visit, row: Mapping[str, Any], why: str) -> str:
    target = str(row["target"])
    withdraw_target(visit.store, who.require("targets"), target, reason=why, based_on=row["id"])
    return target


def _try(visit: Visit, done: str, work: Callable[[], str]) -> None:
    """Do it, keep what is to be said, and draw the page again with the targets as they are now. What was refused stays
    in its fields."""
    try:
        target = work()
    except Refused as refused:
        for line in refused.message(visit.language).splitlines():
            st.error(plain(line))
        return
    close_all()
    st.session_state[_SAID] = [("success", plain(visit.say(f"targets.form.{done}", target=target)))]
    st.rerun()
