"""A store in trouble says so in words, and nothing is half done."""

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from models import Store, StoreRefused, open_store
from models.troubles import in_words, refusal_of
from tests.troubles import SAID, trouble

pytestmark = pytest.mark.one_engine("locked, read-only, full, gone: a file's troubles")

MAPPING = sql("INSERT INTO mapping (name, headers, spec, created_at, created_by) VALUES ('a', '', '', '', '')")


def sqlite_error(name: str, words: str = "x") -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(words)
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (sqlite_error("SQLITE_BUSY"), "locked"),
        (sqlite_error("SQLITE_BUSY_SNAPSHOT"), "locked"),
        (sqlite_error("SQLITE_LOCKED_SHAREDCACHE"), "locked"),
        (sqlite_error("SQLITE_READONLY_DIRECTORY"), "read_only"),
        (sqlite_error("SQLITE_READONLY_DBMOVED"), "gone"),
        (sqlite_error("SQLITE_FULL"), "full"),
        (sqlite_error("SQLITE_IOERR_FSYNC"), "disk_error"),
        (sqlite_error("SQLITE_CANTOPEN_ISDIR"), "cannot_open"),
        (sqlite_error("SQLITE_CORRUPT_INDEX"), "unreadable"),
        (sqlite_error("SQLITE_NOTADB"), "unreadable"),
        (sqlite_error("SQLITE_ERROR", "no such table: x"), None),  # our own fault
        (sqlite3.IntegrityError("CHECK constraint failed"), None),
        (psycopg.errors.DiskFull(), "full"),
        (psycopg.errors.TooManyConnections(), "full"),
        (psycopg.errors.LockNotAvailable(), "locked"),
        (psycopg.errors.ReadOnlySqlTransaction(), "read_only"),
        (psycopg.errors.InsufficientPrivilege(), "read_only"),
        (psycopg.errors.AdminShutdown(), "out_of_reach"),
        (psycopg.OperationalError("connection refused"), "out_of_reach"),
        (psycopg.errors.UniqueViolation(), None),
        (psycopg.errors.UndefinedColumn(), None),
        (OSError(errno.ENOSPC, "No space left on device", "/x"), "full"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "full"),
        (OSError(errno.EROFS, "Read-only file system"), "read_only"),
        (FileNotFoundError(errno.ENOENT, "x"), None),
        (ValueError("x"), None),
    ],
)
def test_which_errors_are_trouble_and_which_are_bugs(error, key, tmp_path):
    refused = refusal_of(error, str(tmp_path / "store.sqlite3"))

    assert (refused.reason if refused else None) == key
    if refused:
        assert {bool(refused.message(language)) for language in ("sv", "en")} == {True}


def test_an_io_error_on_a_disk_without_room_is_a_full_disk(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))
    refused = refusal_of(sqlite_error("SQLITE_IOERR_SHMSIZE"), str(tmp_path / "store.sqlite3"))

    assert refused is not None
    assert refused.reason == "full"


def test_a_bug_goes_on_as_it_is():
    with pytest.raises(ZeroDivisionError), in_words("x"):
        _ = 1 / 0


@pytest.mark.parametrize("kind", SAID)
def test_a_write_is_refused_in_words_and_leaves_nothing(store, tmp_path, monkeypatch, kind):
    store.data_version()  # a connection is open, as in a server
    writing = store if kind in ("gone", "replaced") else open_store()
    with trouble(kind, tmp_path / "store.sqlite3", monkeypatch):
        if writing is not store:  # its connections are made in the trouble
            writing.engine.dispose()
            writing = Store(store.url)
        with pytest.raises(StoreRefused, match=SAID[kind]), writing.write() as connection:
            connection.execute(MAPPING)
    with store.read() as connection:
        assert connection.execute(sql("SELECT count(*) FROM mapping")).scalar_one() == 0
    writing.close()


@pytest.mark.parametrize("kind", ["gone", "replaced"])
def test_no_figure_is_read_from_a_file_that_is_no_longer_the_store(store, tmp_path, monkeypatch, kind):
    """A connection that is open would go on reading the old file, a new one another: never both in one answer."""
    with store.read() as connection:
        connection.execute(sql("SELECT 1"))
    with trouble(kind, tmp_path / "store.sqlite3", monkeypatch), pytest.raises(StoreRefused, match=SAID[kind]):
        store.data_version()
    assert store.data_version() == 0  # the very file is back


def test_a_file_removed_between_two_writes_is_not_made_anew(store, tmp_path):
    store.engine.dispose()  # no connection is open: the next would make an empty database
    (tmp_path / "store.sqlite3").unlink()
    with pytest.raises(StoreRefused, match=SAID["gone"]), store.write():
        pass
    assert not (tmp_path / "store.sqlite3").exists()


def test_a_file_removed_during_a_write_takes_nothing_with_it_unseen(store, tmp_path):
    def write_while_it_is_removed() -> None:
        with store.write() as connection:
            connection.execute(MAPPING)
            (tmp_path / "store.sqlite3").unlink()

    with pytest.raises(StoreRefused, match=SAID["gone"]):
        write_while_it_is_removed()


def test_a_really_full_database_file(store, tmp_path, monkeypatch):
    """SQLite's own refusal in the middle of many rows."""
    monkeypatch.setattr("models.store._CACHE", "max_page_count=1")  # as many as there are, and no more
    small = Store(store.url)
    rows = [{"name": f"{number}", "spec": "x" * 3000} for number in range(50)]
    insert = sql("INSERT INTO mapping (name, headers, spec, created_at, created_by) VALUES (:name, '', :spec, '', '')")
    with pytest.raises(StoreRefused, match=SAID["full"]), small.write() as connection:
        connection.execute(insert, rows)
    small.close()
    with store.read() as connection:
        assert connection.execute(sql("SELECT count(*) FROM mapping")).scalar_one() == 0


def test_a_broken_rule_is_no_trouble_of_the_store(store):
    with store.write() as connection:
        connection.execute(MAPPING)
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(MAPPING)


@pytest.mark.parametrize("kind", ["full", "read_only"])
def test_a_store_that_could_not_be_made_leaves_no_file(tmp_path, monkeypatch, kind):
    file = tmp_path / "new.sqlite3"
    with trouble(kind, file, monkeypatch), pytest.raises(StoreRefused, match=SAID[kind]):
        open_store(f"sqlite:///{file}", create=True)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize(("file_mode", "key"), [(0o644, "read_only"), (0o600, "cannot_open")])
def test_a_file_of_somebody_else(empty_file, file_mode, key):
    """The real thing: another user, in a folder of root's."""
    folder = Path("/var/tmp") / f"dashboard-{os.getpid()}"
    folder.mkdir(mode=0o755)
    file = Path(shutil.copy(empty_file, folder / "store.sqlite3"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    file.chmod(file_mode)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.setuid(65534)
        os.environ["DASHBOARD_SQLITE_JOURNAL"] = "delete"
        os.write(writing, _what_comes_of_writing(f"sqlite:///{file}").encode())
        os._exit(0)
    os.waitpid(child, 0)
    told = os.read(reading, 1000).decode()
    os.close(reading)
    os.close(writing)
    shutil.rmtree(folder)

    assert told == key


def _what_comes_of_writing(url: str) -> str:
    try:
        with open_store(url).write() as connection:
            connection.execute(MAPPING)
    except StoreRefused as refused:
        return refused.reason
    except Exception as error:  # noqa: BLE001 (told to the parent, whatever it is)
        return repr(error)
    return "written"
