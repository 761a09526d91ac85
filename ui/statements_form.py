"""Staff state what no file says: a remark, a number of answers, which regions were audited. Each step asks for the
permission again; what stands is listed with a way to withdraw it."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from access import Actor, allowed
from analysis.bases import typed_bases
from analysis.groups import audited_regions, confirmed_group
from analysis.remarks import standing_remarks
from entries.statements import (
    StatementRefused,
    confirm_group,
    enter_base,
    enter_remark,
    surveys_of_shares,
    withdraw_base,
    withdraw_group,
    withdraw_remark,
)
from entries.targets import LONGEST
from indicators import catalogue
from models import EFFECTS, Store
from ui import who
from ui.escape import plain
from ui.notes import bullets
from ui.visit import Visit

_SAID: Final = "said of statements"
Withdraw = Callable[..., None]


def about_figures(visit: Visit) -> None:
    """Remarks and numbers of answers, for publicists; nothing for others."""
    if not allowed(visit.actor, "publish"):
        return
    _said()
    with st.expander(visit.say("statements.form.remarks")):
        st.caption(visit.say("statements.form.remarks_help"))
        _new_remark(visit)
        _standing(visit, "remark", standing_remarks(visit.store), withdraw_remark)
    with st.expander(visit.say("statements.form.bases")):
        st.caption(visit.say("statements.form.bases_help"))
        _new_base(visit)
        _standing(visit, "base", typed_bases(visit.store), withdraw_base)


def audited(visit: Visit) -> None:
    """Which regions the audit covered, for revisorer and administratörer; nothing for others."""
    if not allowed(visit.actor, "groups"):
        return
    _said()
    group, found = catalogue().default_group, confirmed_group(visit.store)
    with st.expander(visit.say("statements.form.group")):
        names = {code: catalogue().regions[code].name for code in catalogue().region_codes}
        with st.form("audited_group"):
            chosen = st.multiselect(
                visit.say("statements.form.regions", count=len(group.regions)),
                list(names),
                default=list(audited_regions(visit.store)),
                format_func=names.__getitem__,
                key="group:regions",
            )
            source = _source(visit, "group", found.source if found else "")
            pressed = st.form_submit_button(visit.say("statements.form.enter"), type="primary")
        if pressed:
            asked = {"group": group.id, "regions": chosen, "source": source}
            _try(visit, "groups", partial(_with, confirm_group, visit.store, asked))
        if found:
            rows = pl.DataFrame({"key": [group.id], "source": [found.source]})
            _standing(visit, "group", rows, withdraw_group)


def _with(work: Callable[..., str], store: Store, asked: dict[str, Any], actor: Actor) -> str:
    return work(store, actor, **asked)


def _new_remark(visit: Visit) -> None:
    known = {one.id: one.title.in_language(visit.language) for one in catalogue().measured.values()}
    with st.form("new_remark"):
        asked: dict[str, Any] = {
            "indicator": st.selectbox(
                visit.say("statements.columns.indicator"),
                list(known),
                format_func=known.__getitem__,
                key="remark:indicator",
            ),
            "period": st.text_input(visit.say("statements.columns.period"), key="remark:period", max_chars=20),
            "effect": st.radio(
                visit.say("statements.columns.effect"),
                list(EFFECTS),
                key="remark:effect",
                horizontal=True,
                format_func=lambda one: visit.say(f"statements.effect.{one}"),
            ),
            "reason": st.text_area(
                visit.say("statements.columns.reason"), key="remark:reason", max_chars=LONGEST["reason"], height=80
            ),
            "source": _source(visit, "remark"),
        }
        pressed = st.form_submit_button(visit.say("statements.form.enter"), type="primary")
    if pressed:
        _try(visit, "publish", partial(_with, enter_remark, visit.store, asked))


def _new_base(visit: Visit) -> None:
    shares = [one for one in catalogue().measured.values() if one.data == "survey" and one.unit == "percent"]
    named = {survey: visit.say(f"exports.survey.{survey}") for survey in sorted(surveys_of_shares())}
    named |= {one.id: one.title.in_language(visit.language) for one in shares}
    regions = {"": visit.say("statements.form.every_region")}
    regions |= {code: catalogue().regions[code].name for code in catalogue().region_codes}
    with st.form("new_base"):
        asked: dict[str, Any] = {
            "subject": st.selectbox(
                visit.say("statements.columns.subject"), list(named), format_func=named.__getitem__, key="base:subject"
            ),
            "period": st.text_input(visit.say("statements.columns.period"), key="base:period", max_chars=20),
            "region": st.selectbox(
                visit.say("statements.columns.region"),
                list(regions),
                format_func=regions.__getitem__,
                key="base:region",
            ),
            "sex": st.radio(
                visit.say("statements.columns.sex"),
                ["T", "K", "M"],
                horizontal=True,
                key="base:sex",
                format_func=lambda one: visit.say(f"sexes.{one}"),
            ),
            "answers": int(st.number_input(visit.say("statements.columns.answers"), min_value=1, key="base:answers")),
            "source": _source(visit, "base"),
        }
        pressed = st.form_submit_button(visit.say("statements.form.enter"), type="primary")
    if pressed:
        _try(visit, "publish", partial(_with, enter_base, visit.store, asked))


def _source(visit: Visit, place: str, now: str = "") -> str:
    label = visit.say("statements.columns.source")
    return st.text_input(label, value=now, key=f"{place}:source", max_chars=LONGEST["source"])


def _standing(visit: Visit, kind: str, rows: pl.DataFrame, withdraw: Withdraw) -> None:
    """What stands, and a way to withdraw one of them."""
    if rows.is_empty():
        return
    bullets([plain(f"{row['key']}: {row.get('source') or row[f'source_{visit.language}']}") for row in rows.to_dicts()])
    with st.form(f"withdraw_{kind}"):
        key = st.selectbox(visit.say("statements.columns.key"), rows["key"].to_list(), key=f"{kind}:which")
        why = st.text_input(visit.say("statements.help.note"), key=f"{kind}:why", max_chars=LONGEST["note"])
        pressed = st.form_submit_button(visit.say("statements.form.withdraw"))
    if pressed:

        def gone(actor: Actor) -> str:
            withdraw(visit.store, actor, key, reason=why)
            return str(key)

        _try(visit, "groups" if kind == "group" else "publish", gone)


def _try(visit: Visit, permission: str, work: Callable[[Actor], str]) -> None:
    """Do it, and draw the page again with what stands now; what was refused stays in its fields."""
    try:
        stated = work(who.require(permission))
    except StatementRefused as refused:
        for fault in refused.faults:
            st.error(plain(fault.message(visit.language)))
        return
    st.session_state[_SAID] = plain(visit.say("statements.form.done", stated=stated))
    st.rerun()


def _said() -> None:
    """What the last step did."""
    if words := st.session_state.pop(_SAID, ""):
        st.success(words)
