"""Audits and recommendations as a revisor enters them, and the two published letters."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from access import LOCAL_CLI, Actor, Forbidden, broken_at, logged_events
from analysis.followup import registered_audits, registered_recommendations
from entries.audits import (
    NEW,
    AuditEntry,
    AuditRefused,
    RecommendationEntry,
    enter_audit,
    enter_recommendation,
    withdraw_audit,
    withdraw_recommendation,
)
from entries.recommendation_file import LETTERS, enter_letters, import_recommendations
from models import Store

AUDIT = AuditEntry("dalarna-2021", "20", "Granskning av 1177", "Rapport 1", "Revisorerna", None, date(2021, 9, 1))
ASKED = RecommendationEntry("dalarna-2021", 1, "Sätt mål.", "Regionstyrelsen", "targets", "logins")
REVISOR = Actor("user:4", roles=frozenset({"lasare", "revisor"}))


def refused(work: Callable[[], object]) -> list[tuple[str, int]]:
    with pytest.raises(AuditRefused) as found:
        work()
    assert "{" not in found.value.message("sv") + found.value.message("en")
    return [(fault.key, fault.line) for fault in found.value.faults]


def test_of_two_who_change_the_same_entry_the_later_is_refused(store: Store) -> None:
    enter_audit(store, REVISOR, AUDIT, based_on=NEW)
    enter_recommendation(store, REVISOR, ASKED, based_on=NEW)
    read = registered_audits(store)["id"].item()
    asked = registered_recommendations(store)["id"].item()
    enter_audit(store, REVISOR, replace(AUDIT, title="Ny titel"), note="A", based_on=read)
    enter_recommendation(store, REVISOR, replace(ASKED, text="Sätt tre mål."), note="A", based_on=asked)
    late: tuple[Callable[[], object], ...] = (
        lambda: enter_audit(store, REVISOR, replace(AUDIT, report="Rapport 2"), note="B", based_on=read),
        lambda: enter_recommendation(store, REVISOR, replace(ASKED, theme="other"), note="B", based_on=asked),
        lambda: withdraw_audit(store, REVISOR, AUDIT.audit, note="B", based_on=read),
        lambda: withdraw_recommendation(store, REVISOR, AUDIT.audit, 1, note="B", based_on=asked),
    )
    assert [refused(work) for work in late] == [[("changed_meanwhile", 0)]] * 4
    assert refused(lambda: enter_audit(store, REVISOR, AUDIT, note="C", based_on=NEW)) == [("exists", 0)]
    assert (registered_audits(store)["title"].item(), registered_recommendations(store)["text"].item()) == (
        "Ny titel",
        "Sätt tre mål.",
    )


def test_an_audit_is_entered_corrected_and_withdrawn_and_every_step_is_kept(any_store: Store) -> None:
    assert enter_audit(any_store, REVISOR, AUDIT)
    assert not enter_audit(any_store, REVISOR, AUDIT)  # it stood so already
    assert enter_recommendation(any_store, REVISOR, ASKED)
    other = AuditEntry(**{**AUDIT.__dict__, "reply_due": date(2021, 10, 1)})
    assert refused(lambda: enter_audit(any_store, REVISOR, other)) == [("no_note", 0)]
    assert enter_audit(any_store, REVISOR, other, note="Anstånd till oktober")
    assert registered_audits(any_store)["reply_due"].to_list() == [date(2021, 10, 1)]
    withdraw_recommendation(any_store, REVISOR, "dalarna-2021", 1, note="Dubblett")
    assert registered_recommendations(any_store).is_empty()
    assert enter_recommendation(any_store, REVISOR, ASKED)
    withdraw_audit(any_store, REVISOR, "dalarna-2021", note="Fel region")
    assert (registered_audits(any_store).height, registered_recommendations(any_store).height) == (0, 0)
    assert refused(lambda: withdraw_audit(any_store, REVISOR, "dalarna-2021", note="x")) == [("nothing_to_withdraw", 0)]
    log = logged_events(any_store).select("action", "subject", "reason", "actor").rows()
    assert log == [
        ("audit.entered", "audit:dalarna-2021", "", "user:4"),
        ("recommendation.entered", "recommendation:dalarna-2021/1", "", "user:4"),
        ("audit.corrected", "audit:dalarna-2021", "Anstånd till oktober", "user:4"),
        ("recommendation.withdrawn", "recommendation:dalarna-2021/1", "Dubblett", "user:4"),
        ("recommendation.entered", "recommendation:dalarna-2021/1", "", "user:4"),
        ("audit.withdrawn", "audit:dalarna-2021", "Fel region", "user:4"),
    ]
    assert broken_at(any_store) is None


def test_a_reply_may_be_due_on_the_letters_own_day(store: Store) -> None:
    day = date(2021, 9, 1)
    entry = AuditEntry(**{**AUDIT.__dict__, "decided": day, "reply_due": day})
    assert enter_audit(store, REVISOR, entry)
    assert registered_audits(store).select("decided", "reply_due").row(0) == (day, day)


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        ({"audit": "Dalarna 2021"}, ["key"]),
        ({"region": "00"}, ["region"]),  # the nation is audited by nobody here
        ({"title": " "}, ["empty"]),
        ({"auditor": "kim.ek@example.org"}, ["personal"]),
        ({"decided": date(2021, 9, 2)}, ["due_before_decided"]),
        ({"decided": date(1821, 9, 2)}, ["early_day"]),
        ({"audit": "", "region": "", "report": "x" * 301}, ["key", "long", "region"]),  # all at once
    ],
)
def test_an_audit_that_cannot_be_is_refused_with_every_fault(
    store: Store, change: dict[str, object], keys: list[str]
) -> None:
    entry = AuditEntry(**{**AUDIT.__dict__, **change})  # type: ignore[arg-type]
    assert [key for key, _ in refused(lambda: enter_audit(store, REVISOR, entry))] == keys
    assert registered_audits(store).is_empty()


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        ({"number": 0}, ["number"]),
        ({"text": ""}, ["empty"]),
        ({"text": "x" * 5001}, ["long"]),
        ({"text": "Ring 811218-9876"}, ["personal"]),
        ({"theme": "annat"}, ["theme"]),
        ({"indicators": "logins kaffe"}, ["indicators"]),
        ({"audit": "finns-inte"}, ["unknown_audit"]),
    ],
)
def test_a_recommendation_that_cannot_be_is_refused(store: Store, change: dict[str, object], keys: list[str]) -> None:
    enter_audit(store, REVISOR, AUDIT)
    entry = RecommendationEntry(**{**ASKED.__dict__, **change})  # type: ignore[arg-type]
    assert [key for key, _ in refused(lambda: enter_recommendation(store, REVISOR, entry))] == keys


@pytest.mark.parametrize("role", ["lasare", "uppgiftslamnare", "publicist", "administrator"])
def test_only_a_revisor_enters_and_withdraws(store: Store, role: str) -> None:
    actor = Actor("user:5", roles=frozenset({"lasare", role}))
    for work in (
        lambda: enter_audit(store, actor, AUDIT),
        lambda: enter_recommendation(store, actor, ASKED),
        lambda: withdraw_audit(store, actor, "dalarna-2021", note="x"),
        lambda: withdraw_recommendation(store, actor, "dalarna-2021", 1, note="x"),
        lambda: import_recommendations(store, b"", "x.csv", actor),
    ):
        with pytest.raises(Forbidden):
            work()
    assert logged_events(store).is_empty()


def test_the_two_letters_are_entered_word_for_word_and_once(store: Store) -> None:
    assert vars(enter_letters(store)) == {"audits": 2, "recommendations": 7, "unchanged": 0}
    assert vars(enter_letters(store)) == {"audits": 0, "recommendations": 0, "unchanged": 9}
    facts = registered_audits(store).select("audit", "region", "decided", "reply_due").rows()
    assert facts == [
        ("norrbotten-2021", "25", None, date(2021, 5, 20)),  # the letter's day is not known and stays empty
        ("vasterbotten-2021", "24", date(2021, 3, 26), date(2021, 10, 4)),
    ]
    texts = registered_recommendations(store).filter(audit="vasterbotten-2021").sort("number")["text"].to_list()
    assert texts == [
        "Besluta om direktiv, mål, uppdrag och strategier för verksamheternas arbete med 1177.",
        "Följ upp och utvärdera verksamheternas arbete med 1177 samt måluppfyllelse.",
        "Säkerställ att det under år 2021 tas fram en miniminivå gällande vilket utbud av 1177:s e-tjänster som "
        "enskilda hälsocentraler och mottagningar ska erbjuda medborgarna.",
    ]


def altered(*changes: tuple[str, str]) -> bytes:
    content = Path(LETTERS).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in content
        content = content.replace(old, new, 1)
    return content.encode()


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (altered((",2021-05-20,", ",i maj,"), (",24,", ",99,")), [("day", 2), ("audit_differs", 7), ("region", 6)]),
        (altered(("norrbotten-2021,25", "norrbotten-2021,24")), [("audit_differs", 3)]),
        (altered(("targets", "annat"), ("logins", "kaffe")), [("indicators", 2), ("theme", 3)]),
        (b"audit,region_code\nx,25\n", [("file_columns", 0)]),
        (b"\xff\xfe\x00", [("file_encoding", 0)]),
        (altered().split(b"\n")[0] + b"\n", [("file_empty", 0)]),
    ],
)
def test_a_file_is_entered_wholly_or_not_at_all(store: Store, content: bytes, faults: list[tuple[str, int]]) -> None:
    found = refused(lambda: import_recommendations(store, content, "brev.csv", LOCAL_CLI))
    assert set(faults) <= set(found)
    assert registered_audits(store).is_empty()


@pytest.mark.parametrize(("note", "fault"), [("\u200b", "no_note"), ("fel\x00", "unreadable")])
def test_a_note_that_cannot_be_seen_or_read_is_refused(store: Store, note: str, fault: str) -> None:
    enter_audit(store, REVISOR, AUDIT)
    assert refused(lambda: withdraw_audit(store, REVISOR, AUDIT.audit, note=note)) == [(fault, 0)]
    assert registered_audits(store).height == 1
