"""`doctor` after somebody has been at the store with other tools: each change is found, and by its own check."""

import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from access import LOCAL_CLI, users
from loaders import check_staged, publish_staged, reject_staged, restore_upload, stage_file, withdraw_upload
from loaders.check import check_file
from models import Store, open_store
from models.backup import copy_store
from models.digests import stored_digest
from models.seals import ROWS, seals
from tests.models.test_store import OBSERVATION, UPLOAD, insert
from tests.models.test_upgrades import OLD_PUBLICATION, back_to

ELSEWHERE = {"complete", "audit_log", "publications_logged", "foreign_keys"}
"""Checks that have tests of their own, and may fail as well."""


def staged(store: Store, name: str, rows: str) -> int:
    checked = check_file(store, name, ("Indikator;Region;Period;Värde\n" + rows).encode())
    return stage_file(store, checked, by=LOCAL_CLI).upload_id


def published(store: Store, name: str, rows: str) -> int:
    upload = staged(store, name, rows)
    publish_staged(store, upload, check_staged(store, upload), by=LOCAL_CLI)
    return upload


def live_in(store: Store) -> None:
    """1 published, 2 withdrawn, 3 withdrawn and restored, 4 staged, 5 rejected; accounts 1 and 2."""
    for number, region in enumerate(("Norrbotten", "Skåne", "Uppsala"), start=1):
        published(store, f"{number}.csv", f"logins;{region};2023-01;5\nlogins;{region};2023-02;0\n")
    for upload in (2, 3):
        withdraw_upload(store, upload, by=LOCAL_CLI, note="prov")
    restore_upload(store, 3, by=LOCAL_CLI, note="prov")
    staged(store, "4.csv", "logins;Gotland;2023-01;5\n")
    reject_staged(store, staged(store, "5.csv", "logins;Halland;2023-01;5\n"), by=LOCAL_CLI, note="prov")
    for login, roles in (("kim", ["publicist"]), ("bo.ek", ["administrator"])):
        users.create_user(store, LOCAL_CLI, login=login, name="", roles=roles)
    users.set_roles(store, LOCAL_CLI, 1, ["revisor"])
    users.set_region(store, LOCAL_CLI, 1, "25")
    users.set_active(store, LOCAL_CLI, 1, active=False)


@pytest.fixture(scope="module")
def lived_in_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("lived_in") / "store.sqlite3"))
    store = open_store(f"sqlite:///{file}")
    live_in(store)
    store.close()
    return copy_of(file, file.with_name("whole.sqlite3"))


def copy_of(file: Path, place: Path) -> Path:
    store = open_store(f"sqlite:///{file}")
    copy_store(store, place)
    store.close()
    return place


@pytest.fixture
def lived_in(lived_in_file: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(lived_in_file, tmp_path / "store.sqlite3")
    store = open_store()
    yield store
    store.close()


def wrong(run: Callable[..., Any]) -> dict[str, object]:
    """The checks that fail, each with what `doctor` names."""
    ran = run("doctor", "--json")
    changed = ran.document["changed"]
    failed = [check["name"] for check in ran.document["checks"] if not check["ok"] and check["name"] not in ELSEWHERE]
    assert (ran.code != 0) == any(not check["ok"] for check in ran.document["checks"])
    return {name: changed.get(name) for name in failed}


def test_a_store_that_was_only_used_is_sound(lived_in, run):
    assert wrong(run) == {}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE observation SET value = 6 WHERE upload_id = 1 AND period = '2023-01'", {"rows": [1]}),
        ("UPDATE observation SET value = 0.5 WHERE upload_id = 1 AND value = 0", {"rows": [1]}),
        ("UPDATE observation SET region = '01' WHERE upload_id = 3", {"rows": [3]}),  # the same values elsewhere
        ("UPDATE observation SET ci_low = 1, ci_high = 9 WHERE upload_id = 1", {"rows": [1]}),  # an interval of its own
        ("UPDATE observation SET base_n = 0 WHERE upload_id = 1", {"rows": [1]}),  # nothing became a nought
        ("UPDATE observation SET flags = 'p' WHERE upload_id = 1", {"rows": [1]}),
        ("UPDATE observation SET printed = '5,0' WHERE upload_id = 4", {"rows": [4]}),  # while it waits, too
        ("UPDATE observation SET value = NULL, reason = 'missing' WHERE upload_id = 1 AND value = 0", {"rows": [1]}),
        ("DELETE FROM observation WHERE upload_id = 2 AND period = '2023-01'", {}),  # told as incomplete
        (
            "UPDATE observation SET value = CASE value WHEN 0 THEN 5 ELSE 0 END WHERE upload_id = 1",  # changed places
            {"rows": [1]},
        ),
        ("UPDATE upload SET content = x'0102' WHERE id = 2", {"originals": [2]}),
        (f"UPDATE upload SET sha256 = '{'0' * 64}' WHERE id = 2", {"originals": [2]}),
        ("UPDATE upload SET file = 'annan.csv' WHERE id = 1", {"originals": [1]}),
        ("UPDATE upload SET status = 'published' WHERE id = 2", {"statuses": [2]}),
        ("UPDATE upload SET status = 'withdrawn' WHERE id = 3", {"statuses": [3]}),
        ("UPDATE upload SET status = 'staged' WHERE id = 5", {"statuses": [5]}),
        ("UPDATE upload SET status = 'rejected' WHERE id = 4", {"statuses": [4]}),
        ("UPDATE user_account SET roles = 'publicist revisor' WHERE id = 1", {"roles": [1]}),
        ("UPDATE user_account SET roles = 'administrator' WHERE id = 1", {"roles": [1]}),
        ("UPDATE user_account SET active = (1 = 1) WHERE id = 1", {"roles": [1]}),  # closed by an administrator
        ("UPDATE user_account SET region = '12' WHERE id = 1", {"roles": [1]}),
        ("DELETE FROM user_account WHERE id = 1", {"roles": [1]}),
        ("DROP INDEX observation_lookup", {"schema": ["observation_lookup"]}),
    ],
)
def test_a_raw_change_is_found_and_named(lived_in, run, change, found):
    with lived_in.write() as connection:
        connection.exec_driver_sql(change)

    assert wrong(run) == found


@pytest.mark.slow
def test_both_databases_tell_all_changes_at_once(any_store, run):
    live_in(any_store)
    assert wrong(run) == {}
    with any_store.write() as connection:
        for change in (
            "UPDATE observation SET value = 6 WHERE upload_id = 1 AND period = '2023-01'",
            f"UPDATE upload SET sha256 = '{'0' * 64}' WHERE id = 3",
            "UPDATE upload SET status = 'published' WHERE id = 2",
            "UPDATE user_account SET roles = 'administrator' WHERE id = 1",
            "DROP INDEX observation_lookup",
        ):
            connection.exec_driver_sql(change)

    assert wrong(run) == {
        "rows": [1],
        "originals": [3],
        "statuses": [2],
        "roles": [1],
        "schema": ["observation_lookup"],
    }


def test_an_account_nobody_created_is_found(lived_in, run):
    row = {
        "login": "eve",
        "name": "",
        "source": "local",
        "roles": "administrator",
        "region": "",
        "password_hash": "",
        "invitation_hash": "",
        "invitation_ends_at": "",
        "active": True,
        "created_at": "2026",
        "created_by": "user:2",
    }
    with lived_in.write() as connection:
        insert(connection, "user_account", row)

    assert wrong(run) == {"roles": [3]}


def test_an_upload_that_was_put_in_beside_the_program_is_found(any_store, run):
    with any_store.write() as connection:
        for table, row in (("upload", UPLOAD), ("observation", OBSERVATION), ("publication", OLD_PUBLICATION)):
            insert(connection, table, row)

    assert wrong(run)["unsealed"] == [1]


_IDLE = (
    "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event WHEN 1 = 0 "
    "BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END"
)
_EXTRA = "CREATE TRIGGER helpful AFTER INSERT ON observation BEGIN UPDATE observation SET value = 1; END"
_IDLE_FUNCTION = (
    "CREATE OR REPLACE FUNCTION target_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
)
TRIGGERS: dict[str, list[tuple[list[str], list[str]]]] = {
    "sqlite": [
        (["DROP TRIGGER audit_event_no_update"], ["audit_event_no_update"]),
        (["DROP TRIGGER publication_no_replace"], ["publication_no_replace"]),
        (["DROP TRIGGER audit_event_no_delete", _IDLE], ["audit_event_no_delete"]),  # there, and does nothing
        ([_EXTRA], ["helpful"]),
    ],
    "postgresql": [
        (["DROP TRIGGER audit_event_append_only ON audit_event"], ["audit_event_append_only"]),
        (["ALTER TABLE publication DISABLE TRIGGER publication_append_only"], ["publication_append_only"]),
        ([_IDLE_FUNCTION], ["target_append_only"]),
    ],
}


@pytest.mark.parametrize("number", range(4))
def test_a_trigger_that_is_gone_or_does_nothing_is_found(any_store, run, number):
    ways = TRIGGERS["sqlite" if any_store.is_sqlite else "postgresql"]
    for statements, names in ways[number : number + 1]:
        with any_store.write() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        assert wrong(run) == {"schema": names}


@pytest.mark.one_engine("a file's mode")
def test_a_file_that_others_on_the_machine_can_open_is_found(run, store, tmp_path):
    assert wrong(run) == {}
    (tmp_path / "store.sqlite3").chmod(0o644)

    assert "file_mode" in wrong(run)


@pytest.mark.slow
@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005"])
def test_what_an_earlier_release_stored_is_sealed_once_and_said_to_be(any_store, run, revision):
    back_to(any_store, revision)
    with any_store.write() as connection:
        for table, row in (("upload", UPLOAD), ("observation", OBSERVATION), ("publication", OLD_PUBLICATION)):
            insert(connection, table, row)
    for _ in range(2):
        opened = open_store()
        with opened.read() as connection:
            assert [seal["action"] for seal in seals(connection)[1]] == ["upload.sealed"]
        opened.close()
    told = run("doctor", "--json").document["changed"]
    assert (told["sealed_late"], told["rows"], told["schema"]) == (1, [], [])
    assert "1 av dem förseglades först vid en uppgradering" in run("doctor").out


@pytest.mark.one_engine("a file's mode")
def test_a_store_of_an_earlier_release_is_closed_to_other_users_of_the_machine(store, tmp_path):
    back_to(store, "0005")
    store.close()
    (tmp_path / "store.sqlite3").chmod(0o664)
    open_store().close()

    assert stat.S_IMODE((tmp_path / "store.sqlite3").stat().st_mode) == 0o660


@pytest.mark.slow
def test_the_seal_is_of_the_rows_as_both_databases_give_them_back(any_store, project):
    """Figures with all fields, units, offers, profiles; and what was sealed when a file was stored is what is sealed
    when it is published."""
    for file in sorted((project / "sample_data").glob("*.*")):
        if file.suffix in (".csv", ".json", ".xlsx"):
            checked = check_file(any_store, file.name, file.read_bytes())
            upload = stage_file(any_store, checked, by=LOCAL_CLI, note="prov").upload_id
            with any_store.read() as connection:
                (seal,) = seals(connection)[upload]
                assert seal[ROWS] == stored_digest(connection, upload), file.name
