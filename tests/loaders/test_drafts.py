"""Drafts: what may be kept, who sees it, how long, and that nothing of it is left anywhere."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from access import LOCAL_CLI, Actor, Forbidden, logged_events, users
from access.tables import after
from loaders import check_file, drafts, publish_file, stage_file
from loaders.checked import CheckedFile, DeskRefused
from loaders.drafts import OwnDraft, discard_draft, draft_content, forget_old_drafts, keep_draft, own_drafts
from loaders.mapping import Mapping, TableSpec
from loaders.problems import ERROR, Problem
from models import Store, now
from models.backup import copy_store

KIM = Actor("user:1", "Kim", frozenset({"lasare", "uppgiftslamnare", "publicist"}), local=True)
RUT = Actor("user:2", "Rut", frozenset({"lasare", "uppgiftslamnare", "publicist"}), local=True)
READER = Actor("user:3", "Ove", frozenset({"lasare"}))
MARK = "Hemlig anteckning 9417"
FILE = f"Indikator;Region;Period;Värde;Kommentar\nlogins;Norrbotten;2023-01;5;{MARK}\n".encode()
ANSWERS = {"note": f"not {MARK}", "reasons": {"revision|||logins": f"skäl {MARK}"}, "replaces": True}


def content(number: int) -> bytes:
    return FILE.replace(b"2023-01;5", f"2023-01;{number}".encode())


def kept(store: Store, owner: Actor = KIM, number: int = 5, name: str = "fil.csv") -> str:
    """A draft, of the file's sha256."""
    checked = check_file(store, name, content(number))
    assert keep_draft(store, owner, checked, None)
    return checked.sha256


def counted(store: Store) -> int:
    with store.read() as connection:
        return int(connection.execute(sql("SELECT count(*) FROM draft")).scalar_one())


def bytes_of(store: Store, folder: Path) -> bytes:
    """All that lies in the store's file, its free pages too."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return (folder / "store.sqlite3").read_bytes()


def test_a_draft_comes_back_whole_to_its_owner(any_store: Store) -> None:
    checked = check_file(any_store, "mapp/fil.csv", FILE)
    mapping = Mapping(tables=(TableSpec(title="T"),))
    assert keep_draft(any_store, KIM, checked, None, reading="mapped", mapping=mapping)
    drafts.write_answers(any_store, KIM, checked.sha256, ANSWERS)

    [draft] = own_drafts(any_store, KIM)
    assert draft == OwnDraft(checked.sha256, "fil.csv", "mapped", mapping, ANSWERS, draft.created_at)
    assert draft_content(any_store, KIM, checked.sha256) == FILE
    # Kept again as it is wanted now: what is written and the day it was first kept stay.
    assert keep_draft(any_store, KIM, checked, draft, reading="wide")
    assert own_drafts(any_store, KIM) == [OwnDraft(checked.sha256, "fil.csv", "wide", None, ANSWERS, draft.created_at)]


def test_nobody_but_the_owner_sees_or_touches_a_draft(any_store: Store) -> None:
    sha256 = kept(any_store, KIM)
    drafts.write_answers(any_store, RUT, sha256, {"note": "Ruts"})
    discard_draft(any_store, RUT, sha256)
    assert (own_drafts(any_store, RUT), draft_content(any_store, RUT, sha256)) == ([], None)
    [draft] = own_drafts(any_store, KIM)
    assert draft.answers == {}

    assert kept(any_store, RUT) == sha256  # the same file is a draft of each
    discard_draft(any_store, RUT, sha256)
    assert (len(own_drafts(any_store, KIM)), len(own_drafts(any_store, RUT))) == (1, 0)
    for asked in (own_drafts, lambda store, actor: draft_content(store, actor, sha256)):
        with pytest.raises(Forbidden):
            asked(any_store, READER)


PERSONS = {
    "a number": f"Indikator;Region;Period;Värde;Kommentar\nlogins;Norrbotten;2023-01;5;19811218-9876 {MARK}\n",
    "an address": f"Indikator;Region;Period;Värde;Kommentar\nlogins;Norrbotten;2023-01;5;kim@example.se {MARK}\n",
    "a column": f"Personnummer;Svar\n1;{MARK}\n",
    # No layout knows these, so a person may say that they list care units: then the column names people.
    "a manager": f"Enhet;Verksamhetschef\nA;{MARK}\n",
    "a manager beside calls": f"Region;Period;Veckodag;Timme;Inkomna samtal;Chef\n25;2025-06;1;8;9;{MARK}\n",
    "a manager beside figures": f"Indikator;Region;Period;Värde;Kontaktperson\nlogins;Norrbotten;2023-01;5;{MARK}\n",
}


@pytest.mark.parametrize("written", PERSONS.values(), ids=PERSONS)
@pytest.mark.one_engine("looks through the bytes of its file")
def test_a_file_with_person_level_data_is_never_in_the_store(store: Store, tmp_path: Path, written: str) -> None:
    checked = check_file(store, "fil.csv", written.encode())
    assert not keep_draft(store, KIM, checked, None)
    assert (counted(store), MARK.encode() in bytes_of(store, tmp_path)) == (0, False)


@pytest.mark.parametrize("broken", [b"PK\x03\x04 nothing", b"", b"%PDF-1.7"], ids=["zip", "empty", "pdf"])
def test_what_the_preflight_refuses_is_no_draft(store: Store, broken: bytes) -> None:
    checked = check_file(store, "fil.xlsx", broken)
    assert (keep_draft(store, KIM, checked, None), counted(store)) == (False, 0)


def test_a_file_found_to_hold_person_level_data_by_another_reading_is_a_draft_no_longer(store: Store) -> None:
    kept(store)
    [draft] = own_drafts(store, KIM)
    refused = check_file(store, "fil.csv", PERSONS["a number"].encode())
    object.__setattr__(refused, "sha256", draft.sha256)  # the same bytes, read otherwise
    assert (keep_draft(store, KIM, refused, draft), counted(store)) == (False, 0)


def test_a_check_that_came_to_no_end_leaves_the_draft(store: Store) -> None:
    sha256 = kept(store)
    [draft] = own_drafts(store, KIM)
    stopped = CheckedFile("fil.csv", sha256, len(FILE), FILE, problems=(Problem(ERROR, "judging_failed"),))
    assert keep_draft(store, KIM, stopped, draft)
    assert own_drafts(store, KIM) == [draft]
    discard_draft(store, KIM, sha256)
    assert (keep_draft(store, KIM, stopped, None), counted(store)) == (False, 0)


@pytest.mark.parametrize("take", [publish_file, stage_file])
def test_a_file_handed_in_is_nobodys_draft(any_store: Store, take) -> None:
    for owner in (KIM, RUT):
        sha256 = kept(any_store, owner)
    other = kept(any_store, KIM, 6)
    take(any_store, check_file(any_store, "fil.csv", content(5)), by=KIM)

    assert [draft.sha256 for draft in own_drafts(any_store, KIM)] == [other]
    assert own_drafts(any_store, RUT) == []
    checked = check_file(any_store, "fil.csv", content(5))
    assert not keep_draft(any_store, KIM, checked, None)  # what the store has is no draft
    assert sha256 == checked.sha256


def test_a_refused_hand_in_keeps_the_draft(store: Store) -> None:
    kept(store)
    with pytest.raises(Forbidden):
        publish_file(store, check_file(store, "fil.csv", FILE), by=READER)
    assert counted(store) == 1


def at_age(store: Store, **age: float) -> str:
    """The moment at which the only draft is that old."""
    [draft] = own_drafts(store, KIM)
    return after(draft.created_at, **age)


@pytest.mark.parametrize(
    ("age", "shown"), [({"days": 7, "microseconds": -1}, 1), ({"days": 7}, 0), ({"days": 7, "microseconds": 1}, 0)]
)
def test_a_draft_has_seven_days(
    any_store: Store, monkeypatch: pytest.MonkeyPatch, age: dict[str, float], shown: int
) -> None:
    sha256 = kept(any_store)
    then = at_age(any_store, **age)
    assert own_drafts(any_store, KIM)[0].ends_at == at_age(any_store, days=7)
    monkeypatch.setattr(drafts, "now", lambda: then)
    # Never shown when it has had its days, though nobody has deleted it yet.
    assert (len(own_drafts(any_store, KIM)), draft_content(any_store, KIM, sha256) is not None) == (shown, bool(shown))
    assert counted(any_store) == 1
    assert (forget_old_drafts(any_store), counted(any_store)) == (1 - shown, shown)


def test_what_has_had_its_days_makes_room_for_a_new_draft_of_the_same_file(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = kept(store)
    drafts.write_answers(store, KIM, sha256, ANSWERS)
    later = at_age(store, days=8)
    monkeypatch.setattr(drafts, "now", lambda: later)
    assert kept(store) == sha256
    assert [(draft.answers, draft.created_at) for draft in own_drafts(store, KIM)] == [({}, later)]


def test_five_drafts_an_owner_and_no_file_over_20_mb(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 6):
        kept(store, KIM, number)
    sixth = check_file(store, "fil.csv", content(6))
    with pytest.raises(DeskRefused, match="redan 5 utkast"):
        keep_draft(store, KIM, sixth, None)
    assert keep_draft(store, RUT, sixth, None)  # another's are another's
    kept(store, KIM, 5)  # what is kept already may be kept again
    discard_draft(store, KIM, own_drafts(store, KIM)[0].sha256)
    assert keep_draft(store, KIM, sixth, None)

    for size, fits in ((20_000_000, True), (20_000_001, False)):
        checked = check_file(store, "fil.csv", content(7))
        discard_draft(store, KIM, own_drafts(store, KIM)[0].sha256)
        object.__setattr__(checked, "size", size)
        if fits:
            assert keep_draft(store, KIM, checked, None)
            continue
        discard_draft(store, KIM, checked.sha256)
        with pytest.raises(DeskRefused, match="större än 20 MB"):
            keep_draft(store, KIM, checked, None)


@pytest.mark.one_engine("looks through the bytes of its file")
def test_nothing_of_a_draft_is_in_a_backup_nor_of_a_deleted_one_in_the_store(store: Store, tmp_path: Path) -> None:
    big = content(1).replace(MARK.encode(), MARK.encode() + b" x" * 100_000)
    checked = check_file(store, "stor.csv", big)
    assert keep_draft(store, KIM, checked, None)
    drafts.write_answers(store, KIM, checked.sha256, ANSWERS)
    drafts.write_answers(store, KIM, checked.sha256, {})  # what was written before is overwritten too
    gone = kept(store, KIM, 2)
    assert MARK.encode() in bytes_of(store, tmp_path)
    copy_store(store, tmp_path / "with.sqlite3")
    for sha256 in (gone, checked.sha256):
        discard_draft(store, KIM, sha256)
    copy_store(store, tmp_path / "without.sqlite3")

    for file in ("with.sqlite3", "without.sqlite3"):
        assert MARK.encode() not in (tmp_path / file).read_bytes()
        with closing(sqlite3.connect(tmp_path / file)) as copy:
            assert copy.execute("SELECT count(*) FROM draft").fetchone() == (0,)
    assert MARK.encode() not in bytes_of(store, tmp_path)


def test_the_log_and_the_figures_know_nothing_of_drafts(store: Store) -> None:
    before = (logged_events(store).height, store.data_version())
    discard_draft(store, KIM, kept(store))
    assert (logged_events(store).height, store.data_version()) == before


def test_an_erased_account_leaves_no_draft(store: Store) -> None:
    number, _ = users.create_user(store, LOCAL_CLI, login="kim", name="Kim", roles=["uppgiftslamnare"])
    kept(store, Actor(f"user:{number}", roles=KIM.roles))
    kept(store, RUT, 6)
    users.erase(store, LOCAL_CLI, number)
    assert (len(own_drafts(store, RUT)), counted(store)) == (1, 1)


def test_a_mapping_of_another_release_is_made_anew(store: Store) -> None:
    kept(store)
    with store.write() as connection:
        connection.execute(sql("UPDATE draft SET mapping = '{\"unknown\": 1}', created_at = :at"), {"at": now()})
    assert [draft.mapping for draft in own_drafts(store, KIM)] == [None]


def test_a_list_of_units_may_be_a_draft(store: Store) -> None:
    """A unit's phone number is not a person's."""
    units = b"Enhet;Typ;Region;Telefonnummer\nA;V\xc3\xa5rdcentral;Norrbotten;0920-123456\n"
    checked = check_file(store, "enheter.csv", units)
    assert (checked.layout, checked.screened) == ("care_units", True)
