"""Remarks, numbers of answers and the audited group: who may state them, and what an earlier day knew."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from access import Actor, Forbidden, broken_at, logged_events
from analysis import compare_regions
from analysis.bases import typed_bases
from analysis.groups import confirmed_group
from analysis.moments import today_in_sweden
from analysis.remarks import later_remarks, standing_remarks
from entries.statements import confirm_group, enter_base, enter_remark, withdraw_remark
from models import Store
from tests.publishing import publish

SIX = ["25", "24", "22", "23", "21", "20"]


def somebody(*roles: str) -> Actor:
    return Actor("user:7", roles=frozenset({"lasare", *roles}))


def remark(store: Store, actor: Actor) -> str:
    told = {"indicator": "trust_overall", "period": "2023", "effect": "note", "reason": "Ny fråga", "source": "SKR"}
    return enter_remark(store, actor, **told)


def base(store: Store, actor: Actor) -> str:
    return enter_base(store, actor, subject="barometer", period="2023", answers=900, source="SKR")


def group(store: Store, actor: Actor) -> str:
    return confirm_group(store, actor, group="six", regions=SIX, source="Brevet")


@pytest.mark.parametrize(
    ("step", "role", "may"),
    [
        (remark, "publicist", True),
        (remark, "revisor", False),
        (remark, "uppgiftslamnare", False),
        (remark, "lasare", False),
        (base, "publicist", True),
        (base, "administrator", False),
        (base, "uppgiftslamnare", False),
        (group, "revisor", True),
        (group, "administrator", True),
        (group, "publicist", False),
        (group, "lasare", False),
    ],
)
def test_only_those_who_may_state_it_do(any_store: Store, step: Callable[..., str], role: str, may: bool) -> None:
    if may:
        key = step(any_store, somebody(role))
        assert logged_events(any_store)["actor"].to_list() == ["user:7"]
        assert key in logged_events(any_store)["subject"].item()
    else:
        with pytest.raises(Forbidden):
            step(any_store, somebody(role))
        assert logged_events(any_store).is_empty()
    assert broken_at(any_store) is None


def test_an_earlier_day_knows_nothing_of_what_was_stated_later(store: Store) -> None:
    publish(store, [{"indicator": "trust_overall", "region": "25", "period": "2023", "value": 60.0}], day="2026-01-02")
    yesterday = today_in_sweden() - timedelta(days=1)
    for step, role in ((remark, "publicist"), (base, "publicist"), (group, "revisor")):
        step(store, somebody(role))
    now, then = (
        compare_regions(store, "trust_overall", as_of=day).rows.row(0, named=True) for day in (None, yesterday)
    )
    assert (now["assumed_base"], now["remark"]) == (900, "note")
    assert (then["assumed_base"], then["remark"]) == (1000, "")
    assert (typed_bases(store, yesterday).height, confirmed_group(store, yesterday)) == (0, None)
    assert later_remarks(store, "trust_overall", yesterday)["reason_sv"].to_list().count("Ny fråga") == 1


def test_what_is_withdrawn_stands_no_longer_and_stays_in_the_history(store: Store) -> None:
    actor = somebody("publicist")
    key = remark(store, actor)
    withdraw_remark(store, actor, key, reason="Fel period")
    assert key not in standing_remarks(store)["key"].to_list()
    assert remark(store, actor) == "trust_overall-2023-2"  # the number is never used again
    assert logged_events(store)["action"].to_list() == ["remark.entered", "remark.withdrawn", "remark.entered"]


def test_the_catalogues_remark_is_there_before_anybody_states_one(store: Store) -> None:
    assert standing_remarks(store, date(2026, 11, 29)).is_empty()
    assert set(standing_remarks(store)["key"]) == {
        "trust_overall-2024",
        "trust_hospital-2024",
        "home_care_digital_positive-2025",
    }
