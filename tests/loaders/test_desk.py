"""From staged to published to withdrawn and back: what readers see at each step, and what the log says of it."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from access import LOCAL_CLI, READER, Actor, Event, Forbidden, broken_at, log_event, logged_events, unlogged
from analysis import compare_regions
from exports import comparison_csv
from loaders import (
    CheckedFile,
    DeskRefused,
    RejectedFile,
    check_file,
    check_staged,
    publish_file,
    publish_staged,
    reject_staged,
    restore_upload,
    stage_file,
    withdraw_upload,
)
from models import Store
from tests.behind import behind_its_back, guard_off
from tests.loaders.files import csv_bytes, template

KIM = Actor("user:1", "Kim", frozenset({"uppgiftslamnare", "publicist"}))
LO = Actor("user:2", "Lo", frozenset({"publicist"}))


def checked(store: Store, *values: str, name: str = "fil.csv", period: str = "2020") -> CheckedFile:
    regions = ("Norrbotten", "Västerbotten", "Skåne")
    rows = [f"trust_hospital;{region};{period};;{value}" for region, value in zip(regions, values, strict=False)]
    return check_file(store, name, csv_bytes(template(*rows)))


def load(store: Store, *values: str, name: str = "fil.csv", by: Actor = LOCAL_CLI) -> int:
    return publish_file(
        store, checked(store, *values, name=name), by=by, note="ny mätning", accept_warnings=True
    ).upload_id


def shown(store: Store, period: str = "2020") -> dict[str, tuple[float | None, bool]]:
    """Region → its value and whether that is marked as revised."""
    rows = compare_regions(store, "trust_hospital", period).rows
    return {row["code"]: (row["value"], "r" in row["flags"]) for row in rows.to_dicts() if row["code"] != "00"}


def snapshot(store: Store) -> list[tuple[Any, ...]]:
    """Everything the store holds, but for the log."""
    tables = ("upload", "observation", "publication")
    with store.read() as connection:
        return [tuple(row) for table in tables for row in connection.execute(sql(f"SELECT * FROM {table} ORDER BY id"))]


def test_staged_file_is_seen_by_nobody_until_it_is_published(any_store: Store):
    staged = stage_file(any_store, checked(any_store, "60"), by=KIM)
    assert any_store.data_version() == 0
    publish_staged(any_store, staged.upload_id, check_staged(any_store, staged.upload_id), by=LO)
    assert shown(any_store) == {"25": (60.0, False)}
    assert logged_events(any_store).select("actor", "action", "subject").rows() == [
        ("user:1", "upload.staged", "upload:1"),
        ("user:2", "upload.published", "upload:1"),
    ]


def test_publish_three_withdraw_the_second_leaves_the_first_and_third(any_store: Store):
    load(any_store, "60", "61", name="a.csv")
    second = load(any_store, "70", "71", "72", name="b.csv")
    load(any_store, "80", name="c.csv")
    everything = shown(any_store)
    assert everything == {"25": (80.0, True), "24": (71.0, True), "12": (72.0, False)}
    withdraw_upload(any_store, second, by=LOCAL_CLI, note="fel fil")
    assert shown(any_store) == {"25": (80.0, True), "24": (61.0, False)}
    restore_upload(any_store, second, by=LOCAL_CLI, note="den var rätt")
    assert shown(any_store) == everything, "a withdrawn withdrawal brings back exactly what was there"


def test_a_withdrawn_file_may_be_loaded_again_and_then_not_restored(store: Store):
    first = load(store, "60")
    withdraw_upload(store, first, by=LOCAL_CLI, note="fel")
    assert load(store, "60") == 2
    with pytest.raises(DeskRefused) as refused:
        restore_upload(store, first, by=LOCAL_CLI, note="ångrar mig")
    assert refused.value.message() == (
        "Samma fil har laddats upp på nytt sedan uppladdning 1 drogs tillbaka. Dra tillbaka den nya först."
    )


REFUSALS = [
    (lambda store: withdraw_upload(store, 9, by=LOCAL_CLI, note="x"), "Det finns ingen uppladdning med nummer 9."),
    (lambda store: withdraw_upload(store, 1, by=LOCAL_CLI, note="  "), "Skriv varför. Inget ändrades."),
    (
        lambda store: restore_upload(store, 1, by=LOCAL_CLI, note="x"),
        "Uppladdning 1 (publicerad) kan inte publiceras igen. Det kan bara en tillbakadragen uppladdning.",
    ),
    (
        lambda store: reject_staged(store, 1, by=LOCAL_CLI, note="x"),
        "Uppladdning 1 (publicerad) kan inte publiceras eller avvisas.",
    ),
    (
        lambda store: publish_file(store, checked(store, "65"), by=LOCAL_CLI, accept_warnings=True),
        "fil.csv: inget importerades. Publicerade uppgifter ändras. Skriv varför (--note):",
    ),
    (
        lambda store: publish_file(store, checked(store, "65"), by=KIM, note="x", accept_warnings=True),
        "En annan person än den som laddade upp filen måste publicera den.",
    ),
    (lambda store: withdraw_upload(store, 1, by=READER, note="x"), "Bara den som är publicist får publicera"),
    (lambda store: stage_file(store, checked(store, "65"), by=LO), "Bara den som är uppgiftslämnare får lämna filer"),
]


@pytest.mark.parametrize(("action", "message"), REFUSALS, ids=[message[:40] for _, message in REFUSALS])
def test_refused_step_says_why_and_changes_nothing(
    action: Any, message: str, store: Store, monkeypatch: pytest.MonkeyPatch
):
    load(store, "60")
    monkeypatch.setenv("DASHBOARD_FOUR_EYES", "true")
    before = snapshot(store), logged_events(store).height
    with pytest.raises((DeskRefused, RejectedFile, Forbidden)) as refused:
        action(store)
    assert refused.value.message().startswith(message)
    assert (snapshot(store), logged_events(store).height) == before


def test_one_person_may_publish_where_four_eyes_are_not_asked_for_and_the_operator_always(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    assert load(store, "60", by=KIM) == 1
    monkeypatch.setenv("DASHBOARD_FOUR_EYES", "true")
    assert load(store, "61", by=LOCAL_CLI) == 2


def test_every_warning_needs_its_own_reason_unless_all_are_accepted_at_once(store: Store):
    load(store, "60")
    revised = checked(store, "65")
    (warning,) = revised.warnings
    with pytest.raises(RejectedFile):
        publish_file(store, revised, by=LOCAL_CLI, note="rättad", reasons={"another|||": "nej"})
    publish_file(store, revised, by=LOCAL_CLI, note="rättad", reasons={warning.key: "utgivaren har rättat"})
    with store.read() as connection:
        kept = json.loads(connection.execute(sql("SELECT confirmations FROM publication WHERE id = 2")).scalar_one())
    assert kept == [{"rule": "revision", "message": warning.message(), "reason": "utgivaren har rättat"}]


@pytest.mark.parametrize("replaces", [False, True])
def test_all_warnings_at_once_are_confirmed_with_the_note(store: Store, replaces: bool):
    load(store, "60")
    revised = checked(store, "65")
    (warning,) = revised.warnings
    answers = {"note": " rättad ", "accept_warnings": True, **({"replace_evidence": True} if replaces else {})}
    told = publish_file(store, revised, by=LOCAL_CLI, **answers)
    assert (told.upload_id, told.publication_id, told.repeat) == (2, 2, False)
    columns = {"note": pl.String, "confirmations": pl.String, "replace_evidence": pl.Boolean}
    ((note, confirmations, kept_replaces),) = store.frame(
        f"SELECT {', '.join(columns)} FROM publication WHERE id = 2", columns
    ).rows()
    assert (note, kept_replaces) == ("rättad", replaces)
    confirmed = [{"rule": "revision", "message": warning.message(), "reason": "rättad"}]
    assert json.loads(confirmations) == confirmed
    names = ("action", "subject", "after", "reason")
    logged = store.frame(f"SELECT {', '.join(names)} FROM audit_event WHERE id = 2", dict.fromkeys(names, pl.String))
    action, subject, after, reason = logged.row(0)
    assert (action, subject, reason) == ("upload.published", "upload:2", "rättad")
    facts = {"file": "fil.csv", "sha256": revised.sha256, "layout": "template", "observations": 1}
    kept = json.loads(after)
    assert {**kept, "rows_sha256": len(kept["rows_sha256"])} == {
        **facts,
        "rows_sha256": 64,
        "confirmed": confirmed,
        **({"replace_evidence": True} if replaces else {}),
    }


@pytest.mark.parametrize("replaces", [False, True])
def test_a_staged_files_warnings_need_their_reasons_too(store: Store, replaces: bool):
    load(store, "60")
    staged = stage_file(store, checked(store, "65"), by=KIM).upload_id
    again = check_staged(store, staged)
    (warning,) = again.warnings
    for given in ({}, {"note": "rättad"}, {"reasons": {warning.key: "utgivaren har rättat"}}):
        with pytest.raises(RejectedFile):
            publish_staged(store, staged, again, by=LO, **given)
    answers = {"note": "rättad", "reasons": {warning.key: "utgivaren har rättat"}}
    told = publish_staged(store, staged, again, by=LO, **answers, **({"replace_evidence": True} if replaces else {}))
    assert (told.upload_id, told.publication_id, told.repeat) == (2, 2, False)
    columns = {"note": pl.String, "confirmations": pl.String, "replace_evidence": pl.Boolean}
    kept = store.frame(f"SELECT {', '.join(columns)} FROM publication WHERE id = 2", columns)
    note, confirmations, kept_replaces = kept.row(0)
    assert (note, kept_replaces) == ("rättad", replaces)
    assert [one["reason"] for one in json.loads(confirmations)] == ["utgivaren har rättat"]
    logged = store.frame("SELECT after FROM audit_event ORDER BY id DESC LIMIT 1", {"after": pl.String}).item()
    after = json.loads(logged)
    assert (after["confirmed"], after.get("replace_evidence", False)) == (json.loads(confirmations), replaces)


def test_the_loser_of_two_who_publish_the_same_figures_is_told(any_store: Store):
    mine, theirs = checked(any_store, "60", name="min.csv"), checked(any_store, "61", name="deras.csv")
    publish_file(any_store, theirs, by=LOCAL_CLI)
    again = checked(any_store, "61,0", name="annan.csv")
    publish_file(any_store, again, by=LOCAL_CLI, note="lika", accept_warnings=True)
    with pytest.raises(DeskRefused) as refused:
        publish_file(any_store, mine, by=LOCAL_CLI)
    assert refused.value.message() == (
        "Medan du granskade ändrades samma uppgifter av någon annan (annan.csv, deras.csv). Inget publicerades. "
        "Kontrollera filen igen."
    )
    assert shown(any_store) == {"25": (61.0, False)}


def test_twenty_who_publish_different_figures_at_once_all_come_in(any_store: Store):
    months = [f"{year}-{month:02d}" for year in (2016, 2017) for month in range(1, 11)]
    files = [checked(any_store, "60", name=f"{month}.csv", period=month) for month in months]
    with ThreadPoolExecutor(max_workers=8) as people:
        done = list(people.map(lambda one: publish_file(any_store, one, by=LOCAL_CLI), files))
    assert sorted(one.upload_id for one in done) == list(range(1, 21))
    assert logged_events(any_store).height == 20
    assert broken_at(any_store) is None


def test_the_one_who_brought_a_file_may_take_it_back_before_it_is_published(store: Store):
    mine, other = (Actor(f"user:{number}", roles=frozenset({"uppgiftslamnare"})) for number in (3, 4))
    staged = stage_file(store, checked(store, "60"), by=mine).upload_id
    with pytest.raises(Forbidden):
        reject_staged(store, staged, by=other, note="inte min")
    reject_staged(store, staged, by=mine, note=" fel fil ")
    told = store.frame(
        "SELECT action, subject, reason FROM audit_event ORDER BY id DESC LIMIT 1",
        dict.fromkeys(("action", "subject", "reason"), pl.String),
    )
    assert told.rows() == [("upload.rejected", f"upload:{staged}", "fel fil")]
    assert not checked(store, "60").repeat
    with pytest.raises(DeskRefused):
        publish_staged(store, staged, checked(store, "60"), by=LO)


def test_what_is_staged_is_logged_with_its_note_and_reasons_and_once(store: Store):
    file = checked(store, "60")
    first = stage_file(store, file, by=KIM, note=" till Lo ", reasons={"en varning": "ett skäl"})
    assert (first.upload_id, first.publication_id, first.repeat) == (1, None, False)
    again = stage_file(store, file, by=KIM)
    assert (again.upload_id, again.publication_id, again.repeat) == (1, None, True)
    names = ("action", "after", "reason")
    told = store.frame(f"SELECT {', '.join(names)} FROM audit_event", dict.fromkeys(names, pl.String))
    assert [(action, json.loads(after)["reasons"], reason) for action, after, reason in told.rows()] == [
        ("upload.staged", {"en varning": "ett skäl"}, "till Lo")
    ]
    kept = store.frame("SELECT status, synthetic FROM upload", {"status": pl.String, "synthetic": pl.Boolean})
    assert kept.rows() == [("staged", False)]
    stage_file(store, checked(store, "61"), by=KIM)
    assert set(store.frame("SELECT reason FROM audit_event", {"reason": pl.String})["reason"]) == {"till Lo", ""}


def test_what_is_withdrawn_and_what_is_restored_is_logged_with_both_ends_and_its_reason(store: Store):
    upload = load(store, "60")
    withdraw_upload(store, upload, by=LO, note=" fel fil ")
    restore_upload(store, upload, by=LO, note="rätt ändå")
    names = ("action", "subject", "before", "after", "reason")
    told = store.frame(
        f"SELECT {', '.join(names)} FROM audit_event ORDER BY id DESC LIMIT 2", dict.fromkeys(names, pl.String)
    )
    published, withdrawn = ({"status": word} for word in ("published", "withdrawn"))
    assert [(*row[:2], json.loads(row[2]), json.loads(row[3]), row[4]) for row in told.rows()] == [
        ("upload.restored", "upload:1", withdrawn, published, "rätt ändå"),
        ("upload.withdrawn", "upload:1", published, withdrawn, "fel fil"),
    ]
    names = ("action", "by", "note")
    kept = store.frame('SELECT action, "by", note FROM publication ORDER BY id', dict.fromkeys(names, pl.String))
    assert kept.rows()[1:] == [("withdrawn", "user:2", "fel fil"), ("restored", "user:2", "rätt ändå")]


OTHER_BYTES = (
    "Filen, eller hur den läses, är inte den som lagrades som uppladdning 1. Avvisa den och lämna filen på nytt. "
    "Inget ändrades."
)


def test_a_staged_file_that_is_read_otherwise_now_is_not_published(store: Store):
    staged = stage_file(store, checked(store, "60"), by=KIM).upload_id
    again = check_staged(store, staged)
    other = replace(again, observations=again.observations.with_columns(value=pl.lit(61.0)))
    with pytest.raises(DeskRefused) as refused:
        publish_staged(store, staged, other, by=LO)
    assert refused.value.message() == OTHER_BYTES
    assert store.data_version() == 0


@pytest.mark.parametrize("table", ["publication", "audit_event"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = '2020'", "DELETE FROM {}"])
def test_database_itself_refuses_to_rewrite_history(table: str, change: str, any_store: Store):
    load(any_store, "60")
    with pytest.raises(DBAPIError), any_store.write() as connection:
        connection.execute(sql(change.format(table)))


def test_an_event_changed_behind_the_databases_back_breaks_the_chain(store: Store):
    for value in ("60", "61", "62"):
        load(store, value)
    behind_its_back(guard_off("audit_event"), "UPDATE audit_event SET reason = 'något annat' WHERE id = 2")
    assert broken_at(store) == 2


@pytest.mark.parametrize("table", ["publication", "audit_event"])
@pytest.mark.one_engine("INSERT OR REPLACE")
def test_nor_does_it_take_another_row_in_the_place_of_one(table: str, store: Store):
    """SQLite's INSERT OR REPLACE deletes the row in the way without asking the trigger on DELETE."""
    load(store, "60")
    with pytest.raises(DBAPIError), store.write() as connection:
        connection.execute(sql(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = 1"))


def test_a_log_whose_newest_events_were_cut_off_lacks_a_publication(any_store: Store):
    for value in ("60", "61", "62"):
        load(any_store, value)
    assert unlogged(any_store) is None
    behind_its_back(guard_off("audit_event", "delete"), "DELETE FROM audit_event WHERE id = 3")
    assert (broken_at(any_store), unlogged(any_store)) == (None, 3)


def test_a_number_that_the_database_skipped_breaks_no_chain(any_store: Store):
    """PostgreSQL does not give a number back when an event was never stored."""
    load(any_store, "60")
    with any_store.engine.connect() as connection, connection.begin() as unfinished:
        log_event(connection, LOCAL_CLI, Event("x", "x:1"))
        unfinished.rollback()
    load(any_store, "61")
    assert (broken_at(any_store), logged_events(any_store).height) == (None, 2)


ROLE_MAY = {
    "lasare": set(),
    "uppgiftslamnare": {"stage"},
    "publicist": {"publish_staged", "reject", "withdraw", "restore"},
    "revisor": set(),
    "administrator": set(),
}
ACTIONS = {
    "stage": lambda store, by: stage_file(store, checked(store, "65", period="2021"), by=by),
    "publish_staged": lambda store, by: publish_staged(store, 3, check_staged(store, 3), by=by),
    "reject": lambda store, by: reject_staged(store, 4, by=by, note="x"),
    "restore": lambda store, by: restore_upload(store, 2, by=by, note="x"),
    "withdraw": lambda store, by: withdraw_upload(store, 1, by=by, note="x"),
}


@pytest.mark.parametrize("role", ROLE_MAY)
def test_each_role_takes_its_own_steps_and_no_other(role: str, store: Store):
    load(store, "60")
    withdraw_upload(store, load(store, "61", name="b.csv"), by=LOCAL_CLI, note="x")
    for year in ("2022", "2023"):
        stage_file(store, checked(store, "62", period=year), by=LOCAL_CLI)
    taken = set()
    for name, action in ACTIONS.items():
        with suppress(Forbidden):
            action(store, Actor("user:9", roles=frozenset({role})))
            taken.add(name)
    assert taken == ROLE_MAY[role]


def test_without_the_withdrawn_file_exports_are_as_if_it_had_never_come(any_store: Store):
    def exported() -> bytes:
        comparison = compare_regions(any_store, "trust_hospital", "2020")
        return comparison_csv(comparison, language="sv")

    load(any_store, "60", "61", name="a.csv")
    before = exported()
    second = load(any_store, "70", "71", "72", name="b.csv")
    assert exported() != before
    withdraw_upload(any_store, second, by=LOCAL_CLI, note="fel fil")
    assert exported() == before


@pytest.mark.parametrize(
    "change", ["UPDATE observation SET ci_low = 1, ci_high = 99", "UPDATE observation SET printed = '61'"]
)
def test_what_was_changed_while_it_waited_is_not_published(store: Store, change: str) -> None:
    """Nothing a check compares has changed, only what was sealed when the file was stored."""
    staged = stage_file(store, checked(store, "60"), by=KIM).upload_id
    with store.write() as connection:
        connection.execute(sql(change))
    with pytest.raises(DeskRefused) as refused:
        publish_staged(store, staged, check_staged(store, staged), by=LO, note="prov", accept_warnings=True)
    assert refused.value.message() == OTHER_BYTES
    assert store.data_version() == 0


APART = [
    # what somebody else publishes meanwhile, and whether it overtakes women's figure of Skåne 2020
    ("trust_hospital;Skåne;2020;Totalt;61", False),
    ("trust_hospital;Skåne;2020;Män;61", False),
    ("trust_hospital;Skåne;2020;Kvinnor;61", True),
    ("trust_hospital;Skåne;2021;Kvinnor;61", False),
    ("trust_hospital;Halland;2020;Kvinnor;61", False),
    ("trust_overall;Skåne;2020;Kvinnor;61", False),
]


@pytest.mark.parametrize(("theirs", "overtakes"), APART, ids=[row for row, _ in APART])
def test_only_the_very_same_figure_overtakes(any_store: Store, theirs: str, overtakes: bool):
    mine = check_file(any_store, "min.csv", csv_bytes(template("trust_hospital;Skåne;2020;Kvinnor;60")))
    other = check_file(any_store, "annan.csv", csv_bytes(template(theirs)))
    assert not mine.errors + other.errors
    publish_file(any_store, other, by=LOCAL_CLI, note="ny", accept_warnings=True)
    if not overtakes:
        assert publish_file(any_store, mine, by=LOCAL_CLI, note="ny", accept_warnings=True).upload_id == 2
        return
    with pytest.raises(DeskRefused) as refused:
        publish_file(any_store, mine, by=LOCAL_CLI, note="ny", accept_warnings=True)
    assert (refused.value.reason, "annan.csv" in refused.value.message()) == ("overtaken", True)
