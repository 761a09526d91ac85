"""Targets as a publicist enters them: what is accepted, what is refused in words, what the log and the table keep."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError

from access import LOCAL_CLI, ROLES, Actor, Forbidden, logged_events
from analysis.targets.decided import TARGET_COLUMNS, decided_targets, target_versions
from analysis.targets.standing import this_day
from entries.targets import TargetEntry, TargetRefused, correct_target, enter_target, withdraw_target
from locales import LANGUAGES
from models import Store

TARGET = TargetEntry(
    indicator="trust_overall",
    region="25",
    kind="at_least",
    value=65,
    valid_from=date(2022, 1, 1),
    body="Provfullmäktige",
    decided=date(2021, 11, 17),
    document="Prov § 12",
)
KEY = "trust_overall-25-1"


def person(*roles: str) -> Actor:
    return Actor("user:3", "Kim Ek", frozenset(roles))


def test_a_target_is_kept_as_it_was_decided_and_logged(any_store: Store) -> None:
    entry = replace(TARGET, valid_to=date(2026, 12, 31), by_date=date(2025, 12, 31), body="  Prov   fullmäktige ")
    assert enter_target(any_store, person("publicist"), entry) == KEY
    row = decided_targets(any_store).row(0, named=True)
    told = {name: row[name] for name in TARGET_COLUMNS if name not in ("id", "entered_at")}
    assert told == {
        "target": KEY,
        "indicator": "trust_overall",
        "region": "25",
        "kind": "at_least",
        "value": 65.0,
        "valid_from": date(2022, 1, 1),
        "valid_to": date(2026, 12, 31),
        "by_date": date(2025, 12, 31),
        "body": "Prov fullmäktige",
        "decided": date(2021, 11, 17),
        "document": "Prov § 12",
        "note": "",
        "withdrawn": False,
        "entered_by": "user:3",
    }
    event = logged_events(any_store).row(-1, named=True)
    assert (event["actor"], event["action"], event["subject"], event["before"]) == (
        "user:3",
        "target.entered",
        f"target:{KEY}",
        "",
    )
    assert json.loads(event["after"])["by_date"] == "2025-12-31"


def test_a_correction_is_a_new_version_with_before_after_and_reason(any_store: Store) -> None:
    enter_target(any_store, LOCAL_CLI, TARGET)
    correct_target(any_store, LOCAL_CLI, KEY, replace(TARGET, value=66), reason="Skrivfel")
    assert decided_targets(any_store).select("value", "note").rows() == [(66.0, "Skrivfel")]
    assert target_versions(any_store)["value"].to_list() == [65.0, 66.0]
    event = logged_events(any_store).row(-1, named=True)
    assert (event["action"], event["reason"]) == ("target.corrected", "Skrivfel")
    assert [json.loads(event[name])["value"] for name in ("before", "after")] == [65.0, 66.0]


def test_a_withdrawn_target_no_longer_counts_keeps_its_history_and_its_key(any_store: Store) -> None:
    enter_target(any_store, LOCAL_CLI, TARGET)
    withdraw_target(any_store, LOCAL_CLI, KEY, reason="Upphävt")
    assert decided_targets(any_store).is_empty()
    assert target_versions(any_store).select("withdrawn", "note").rows() == [(False, ""), (True, "Upphävt")]
    assert (logged_events(any_store)["action"].to_list(), logged_events(any_store)["reason"][-1]) == (
        ["target.entered", "target.withdrawn"],
        "Upphävt",
    )
    assert enter_target(any_store, LOCAL_CLI, TARGET) == "trust_overall-25-2"


@pytest.mark.parametrize("change", ["UPDATE target SET value = 1", "DELETE FROM target"])
def test_the_database_refuses_to_change_a_target(any_store: Store, change: str) -> None:
    enter_target(any_store, LOCAL_CLI, TARGET)
    with pytest.raises(DatabaseError), any_store.write() as connection:
        connection.execute(sql(change))
    assert decided_targets(any_store)["value"].to_list() == [65.0]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_a_publicist_may(store: Store, role: str) -> None:
    actions: list[Callable[[], Any]] = [
        lambda: enter_target(store, person(role), TARGET),
        lambda: correct_target(store, person(role), KEY, replace(TARGET, value=66), reason="Skrivfel"),
        lambda: withdraw_target(store, person(role), KEY, reason="Upphävt"),
    ]
    for action in actions:
        if role == "publicist":
            action()
        else:
            with pytest.raises(Forbidden):
                action()
    assert target_versions(store).height == (3 if role == "publicist" else 0)


TOMORROW = this_day() + timedelta(days=1)


@pytest.mark.parametrize(
    ("changed", "fault", "words"),
    [
        ({"indicator": "trust"}, "unknown_indicator", 'Indikatorn "trust" finns inte'),
        ({"region": "00"}, "unknown_region", "21 regionernas koder"),  # the nation decides no region's target
        ({"kind": "about"}, "unknown_kind", "at_least, at_most"),
        ({"value": float("nan")}, "no_number", "måste vara ett tal"),
        ({"value": 100.1}, "outside", "mellan 0\N{NO-BREAK SPACE}% och 100\N{NO-BREAK SPACE}%"),
        ({"value": -0.1}, "outside", "mellan 0"),
        ({"indicator": "calls_mean_wait", "value": -1}, "below_zero", "minst 0:00"),
        ({"valid_to": date(2021, 12, 31)}, "order", "upphör (31 december 2021) innan"),
        ({"valid_from": date(190, 1, 1)}, "strange_day", "Gäller från"),  # a year typed with three figures
        ({"decided": TOMORROW}, "future", "har inte varit än"),
        ({"by_date": date(2021, 12, 31)}, "by_date_outside", "utanför den tid"),
        ({"by_date": date(2026, 1, 1), "valid_to": date(2025, 12, 31)}, "by_date_outside", "1 januari 2026"),
        ({"body": " \t"}, "empty", "Fyll i Beslutat av"),
        ({"document": ""}, "empty", "Fyll i Dokument"),
        ({"body": "x" * 201}, "long", "Högst 200 tecken"),
        ({"document": "x" * 301}, "long", "Högst 300 tecken"),
        ({"note": "x" * 1001}, "long", "Högst 1000 tecken"),
        ({"body": "kim.ek@region.example"}, "personal", "inte personer"),
    ],
)
def test_what_cannot_be_a_target_is_refused_in_words(
    store: Store, changed: dict[str, Any], fault: str, words: str
) -> None:
    with pytest.raises(TargetRefused) as refused:
        enter_target(store, LOCAL_CLI, replace(TARGET, **changed))
    assert [one.key for one in refused.value.faults] == [fault]
    assert words in refused.value.message("sv")
    assert refused.value.message("en")
    assert target_versions(store).is_empty()
    assert logged_events(store).is_empty()


@pytest.mark.parametrize(
    "changed",
    [{"value": 0}, {"value": 100}, {"decided": this_day()}, {"valid_to": date(2022, 1, 1)}, {"body": "x" * 200}],
)
def test_the_outermost_values_are_accepted(store: Store, changed: dict[str, Any]) -> None:
    enter_target(store, LOCAL_CLI, replace(TARGET, **changed))
    assert decided_targets(store).height == 1


def test_every_fault_is_told_at_once(store: Store) -> None:
    with pytest.raises(TargetRefused) as refused:
        enter_target(store, LOCAL_CLI, replace(TARGET, region="99", value=101, body="", decided=TOMORROW))
    assert [one.key for one in refused.value.faults] == ["unknown_region", "outside", "future", "empty"]
    assert [refused.value.message(language).count("\n") for language in LANGUAGES] == [3, 3]


def standing(store: Store) -> int:
    return int(target_versions(store)["id"].item())


@pytest.mark.parametrize(
    ("work", "fault"),
    [
        (lambda store: enter_target(store, LOCAL_CLI, replace(TARGET, note="igen")), "already"),
        (lambda store: correct_target(store, LOCAL_CLI, KEY, TARGET, reason="Igen"), "nothing_changed"),
        (lambda store: correct_target(store, LOCAL_CLI, KEY, replace(TARGET, value=1), reason=" "), "empty"),
        (lambda store: correct_target(store, LOCAL_CLI, KEY, replace(TARGET, region="24"), reason="Fel"), "another"),
        (lambda store: correct_target(store, LOCAL_CLI, "x-1", TARGET, reason="Fel"), "unknown_target"),
        (lambda store: withdraw_target(store, LOCAL_CLI, KEY, reason=""), "empty"),
        (lambda store: withdraw_target(store, LOCAL_CLI, "x-1", reason="Fel"), "unknown_target"),
        (  # somebody else's version stands by now
            lambda store: correct_target(
                store, LOCAL_CLI, KEY, replace(TARGET, value=1), reason="Fel", based_on=standing(store) - 1
            ),
            "changed_meanwhile",
        ),
        (
            lambda store: withdraw_target(store, LOCAL_CLI, KEY, reason="Fel", based_on=standing(store) - 1),
            "changed_meanwhile",
        ),
    ],
)
def test_what_cannot_be_done_with_a_target(store: Store, work: Callable[[Store], Any], fault: str) -> None:
    enter_target(store, LOCAL_CLI, TARGET)
    with pytest.raises(TargetRefused) as refused:
        work(store)
    assert [one.key for one in refused.value.faults] == [fault]
    assert target_versions(store).height == 1


def test_a_withdrawn_target_can_be_neither_corrected_nor_withdrawn_again(store: Store) -> None:
    enter_target(store, LOCAL_CLI, TARGET)
    withdraw_target(store, LOCAL_CLI, KEY, reason="Upphävt")
    with pytest.raises(TargetRefused):
        withdraw_target(store, LOCAL_CLI, KEY, reason="Igen")
    with pytest.raises(TargetRefused):
        correct_target(store, LOCAL_CLI, KEY, replace(TARGET, value=66), reason="Igen")
    assert target_versions(store).height == 2


@pytest.mark.parametrize(
    ("typed", "fault"),
    [("\u200b", "empty"), ("Prov\x00 § 1", "unreadable"), ("Prov \u202e1 §", "unreadable"), ("\ud800", "empty")],
)
def test_what_cannot_be_seen_or_read_is_refused(store: Store, typed: str, fault: str) -> None:
    with pytest.raises(TargetRefused) as refused:
        enter_target(store, LOCAL_CLI, replace(TARGET, document=typed))
    assert refused.value.faults[0].key == fault
    assert target_versions(store).is_empty()
