"""A backup holds what the store holds, also what lies in the log beside it; a restore replaces nothing unseen."""

import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from access import broken_at, logged_events
from models import StoreRefused, backup, open_store
from models.backup import contents_of, copy_store
from tests.commands.conftest import Ran
from tests.models.test_upgrades import back_to

pytestmark = pytest.mark.one_engine("one file copied and put in another's place; both engines: test_moving.py")


@pytest.fixture
def loaded(run, good_file) -> Path:
    """A store with one published file; its folder."""
    assert run("load", good_file).code == 0
    return good_file.parent


def contents(file: Path, *without: str) -> dict[str, tuple[int, str]]:
    with closing(sqlite3.connect(file)) as connection:
        return {name: held for name, held in contents_of(connection).items() if name not in without}


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def written(run, *words) -> tuple[Path, Ran]:
    ran = run("backup", "--json", *words)
    assert ran.code == 0, ran.err
    return Path(ran.document["file"]), ran


def test_the_newest_publication_is_in_the_backup_though_it_lies_in_the_log_beside(run, loaded, tmp_path):
    open_beside = open_store()  # as a server: the log is not emptied into the file while it is open
    with open_beside.read() as connection:
        connection.execute(sql("SELECT 1"))
        (tmp_path / "later.csv").write_text("Indikator;Region;Period;Värde\nlogins;Skåne;2023-02;9\n", encoding="utf-8")
        assert run("load", tmp_path / "later.csv").code == 0
        shutil.copy(tmp_path / "store.sqlite3", tmp_path / "plain_copy.sqlite3")
        file, ran = written(run)
    open_beside.close()

    assert contents(file)["publication"][0] == 2
    assert contents(tmp_path / "plain_copy.sqlite3").get("publication", (0, ""))[0] < 2  # why cp will not do
    assert (ran.document["tables"]["observation"], ran.document["logged"]) == (3, True)


def test_a_backup_is_one_private_file_equal_row_by_row_without_sign_ins_and_is_logged(run, loaded):
    with closing(sqlite3.connect(loaded / "store.sqlite3")) as connection, connection:
        connection.execute(
            "INSERT INTO user_account (login, name, source, roles, region, password_hash, invitation_hash, "
            "invitation_ends_at, active, created_at, created_by) "
            "VALUES ('kim', '', 'local', '', '', '', '', '', 1, '', '')"
        )
        connection.execute(
            "INSERT INTO sign_in (token_hash, user_id, source, created_at, last_seen_at, ends_at) "
            "VALUES (?, 1, 'local', '2026', '2026', '2027')",
            ["a1" * 32],
        )
    before = contents(loaded / "store.sqlite3")
    file, ran = written(run)
    event = logged_events(open_store()).row(-1, named=True)

    assert contents(file, "sign_in") == {name: held for name, held in before.items() if name != "sign_in"}
    assert (before["sign_in"][0], contents(file)["sign_in"][0]) == (1, 0)
    assert ("a1" * 32).encode() not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert files(file.parent) == [file.name]
    assert (event["action"], ran.document["sha256"] in event["after"]) == ("store.backed_up", True)


def test_a_backup_is_taken_while_somebody_writes(run, loaded):
    """The writer waits for nothing, and what is half written is not in the copy."""
    writer = open_store()
    with writer.write() as connection:
        connection.execute(
            sql("INSERT INTO mapping (name, headers, spec, created_at, created_by) VALUES ('a','','','','')")
        )
        copied: list[object] = []
        reader = open_store()
        thread = threading.Thread(target=lambda: copied.append(copy_store(reader, loaded / "copy.sqlite3")))
        thread.start()
        thread.join()
    assert contents(loaded / "copy.sqlite3")["mapping"][0] == 0
    assert contents(loaded / "store.sqlite3")["mapping"][0] == 1
    for store in (writer, reader):
        store.close()


@pytest.mark.parametrize("place", ["there.sqlite3", "no_folder/x.sqlite3"])
def test_a_backup_overwrites_nothing_and_needs_a_folder(run, loaded, place):
    (loaded / "there.sqlite3").write_bytes(b"mine")
    before = files(loaded)
    ran = run("backup", "--out", loaded / place, "--json")

    assert (ran.code != 0, list(ran.document), files(loaded)) == (True, ["error"], before)
    assert (loaded / "there.sqlite3").read_bytes() == b"mine"


def test_a_copy_that_differs_is_refused_and_removed(loaded, monkeypatch):
    told = iter([{"upload": (1, "a")}, {"upload": (1, "b")}])
    monkeypatch.setattr(backup, "contents_of", lambda _: next(told))
    store = open_store()
    before = files(loaded)
    with pytest.raises(StoreRefused, match="doctor"):
        copy_store(store, loaded / "copy.sqlite3")

    assert [name for name in files(loaded) if name not in before] == []
    store.close()


def test_a_lost_store_is_back_with_every_row(run, loaded):
    file, _ = written(run)
    before = contents(file)
    for path in loaded.glob("store.sqlite3*"):
        path.unlink()
    ran = run("restore", file, "--note", "disken gick sönder", "--json")

    assert (ran.code, ran.document["replaced"], ran.document["kept"]) == (0, False, None)
    after = contents(loaded / "store.sqlite3")
    assert {name for name in after if after[name] != before[name]} == {"audit_event"}
    store = open_store()
    event = logged_events(store).row(-1, named=True)
    assert (event["action"], event["reason"], broken_at(store)) == ("store.restored", "disken gick sönder", None)
    store.close()
    assert run("doctor").code == 0


def test_a_store_that_is_there_is_replaced_only_when_told_and_is_kept(run, loaded):
    file, _ = written(run)
    later = loaded / "later.csv"
    later.write_text("Indikator;Region;Period;Värde\nlogins;Skåne;2023-02;9\n", encoding="utf-8")
    run("load", later)
    newer = contents(loaded / "store.sqlite3")

    refused = run("restore", file, "--json")
    assert (refused.code, "--replace" in refused.document["error"], "2 uppladdningar" in refused.document["error"]) == (
        1,
        True,
        True,
    )
    assert contents(loaded / "store.sqlite3") == newer

    done = run("restore", file, "--replace", "--json")
    assert (done.code, done.document["replaced"]) == (0, True)
    assert contents(loaded / "store.sqlite3")["publication"][0] == 1
    assert contents(Path(done.document["kept"])) == newer
    store = open_store()
    replaced = logged_events(store).row(-1, named=True)["before"]
    store.close()
    assert '"uploads": 2' in replaced  # what is gone from view is remembered in the log


@pytest.mark.parametrize("held", ["idle", "reading"])
def test_a_store_that_is_open_elsewhere_is_not_replaced(run, loaded, held):
    """A server's connection, at rest or at work: it would go on writing into the file that was put aside."""
    file, _ = written(run)
    before = contents(loaded / "store.sqlite3")
    server = open_store()
    connection = server.engine.connect()
    connection.execute(sql("SELECT count(*) FROM upload")).scalar_one()
    if held == "idle":
        connection.rollback()
    ran = run("restore", file, "--replace", "--json")
    connection.close()
    server.close()

    assert (ran.code, "Stoppa" in ran.document["error"]) == (1, True)
    assert contents(loaded / "store.sqlite3") == before
    assert [name for name in files(loaded) if "restoring" in name or "replaced" in name] == []


def harmed(file: Path, how: str) -> None:
    """Make a backup one that must not be put back."""
    if how == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif how == "no database":
        file.write_bytes(b"PK\x03\x04 a workbook, say" * 1000)
    else:
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(how)


@pytest.mark.parametrize(
    "how",
    [
        "cut",
        "no database",
        "DROP TABLE alembic_version",  # somebody else's database
        "UPDATE alembic_version SET version_num = '9999'",  # a later release's
        "DELETE FROM observation WHERE region = '25'",
        "DROP TRIGGER audit_event_no_update; UPDATE audit_event SET reason = 'annat'",
        "PRAGMA foreign_keys=OFF; DROP TRIGGER publication_no_update; UPDATE publication SET upload_id = 99",
    ],
)
def test_a_backup_that_is_not_sound_replaces_nothing(run, loaded, how):
    file, _ = written(run)
    harmed(file, how)
    before, beside = contents(loaded / "store.sqlite3"), files(loaded)
    ran = run("restore", file, "--replace", "--json")

    assert (ran.code, list(ran.document)) == (1, ["error"])
    assert (contents(loaded / "store.sqlite3"), files(loaded)) == (before, beside)


def test_a_store_that_is_damaged_beyond_asking_can_be_replaced_and_is_kept(run, loaded):
    file, _ = written(run)
    for path in loaded.glob("store.sqlite3-*"):
        path.unlink()
    (loaded / "store.sqlite3").write_bytes(b"not a database" * 1000)
    assert "går inte att läsa" in run("restore", file).err
    done = run("restore", file, "--replace", "--json")

    assert (done.code, Path(done.document["kept"]).read_bytes()[:14]) == (0, b"not a database")
    assert run("doctor").code == 0


def test_a_backup_of_an_earlier_release_is_brought_up_to_this_one(run, store, tmp_path):
    back_to(store, "0003")
    copy_store(store, tmp_path / "old.sqlite3")
    store.close()
    for path in tmp_path.glob("store.sqlite3*"):
        path.unlink()
    kept = (tmp_path / "old.sqlite3").read_bytes()

    assert run("restore", tmp_path / "old.sqlite3").code == 0
    assert run("doctor").code == 0
    assert (tmp_path / "old.sqlite3").read_bytes() == kept  # the backup itself is as it was


@pytest.mark.parametrize("words", [["finns-inte.sqlite3"], ["12", "--replace"]])
def test_words_that_name_no_backup_are_wrong_usage(run, loaded, words):
    assert run("restore", *words).code == 2


def test_the_store_is_no_backup_of_itself(run, loaded):
    assert run("restore", loaded / "store.sqlite3", "--replace").code == 2
