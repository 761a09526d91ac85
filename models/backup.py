"""A whole copy of a store while it is in use, and one put in a store's place. A backup is a SQLite file whichever the
engine, so that one is put back in the other as in its own.

A plain file copy of SQLite loses what still lies in the write-ahead log: the newest publications. The copy here is one
moment's (a read transaction held over it), is read back and compared row by row, and only then gets its name.
"""

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, inspect, make_url

from models.migrate import revision_of
from models.store import Store
from models.transfer import copy_rows
from models.troubles import StoreRefused

LEFT_OUT: Final = ("sign_in", "draft", "attempt")
"""Tables whose rows no copy keeps: a sign-in that has been ended since would come back to life with it, and so would a
draft that was thrown away."""
_BLOCK: Final = 1 << 20
_ROWS: Final = 5_000
_BESIDE: Final = ("-wal", "-shm", "-journal")
_TAKE_MS: Final = 2_000
_BESIDE_SCHEMA: Final = "being_restored"
_OTHERS: Final = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


class Copied(NamedTuple):
    """What a copy holds: `tables` is each table's number of rows, `sha256` that of the file."""

    size: int
    sha256: str
    tables: dict[str, int]


def file_of(store: Store) -> Path:
    """The file of a SQLite store."""
    return Path(make_url(store.url).database or "")


def copy_store(store: Store, place: Path) -> Copied:
    """Write a verified copy of an open store to `place`, which must not exist. Nothing is left where it fails.

    Raises StoreRefused: a copy that does not hold what the store holds, or a file that is damaged.
    """
    part = place.with_name(f".{place.name}.part")
    with _told(part), _reserved(part, place):
        tables = _copy_file(store, part) if store.is_sqlite else _copy_server(store, part)
        _to_disk(part)
        done = Copied(part.stat().st_size, sha256_of(part), tables)
        _give_name(part, place)
        _to_disk(place.parent)
    return done


def _copy_server(store: Store, part: Path) -> dict[str, int]:
    held = copy_rows(store, f"sqlite:///{part}", without=LEFT_OUT)
    into_one_file(part)
    return {name: table.rows for name, table in held.items()}


def _copy_file(store: Store, part: Path) -> dict[str, int]:
    with store.read() as connection:
        driver: Any = connection.connection.driver_connection
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            driver.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it is one moment's
            driver.backup(copy)
            held = contents_of(driver)
            if contents_of(copy) != held or faults_of(copy):
                raise StoreRefused("copy_differs", path=part, error=faults_of(copy) or "≠")
            copy.execute("PRAGMA secure_delete=ON")
            for table in held.keys() & set(LEFT_OUT):  # a store of an earlier release lacks some
                copy.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    return {name: rows for name, (rows, _) in held.items()}


def contents_of(connection: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    """Each table's number of rows, and a hash of all of them in the order they lie."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: _rows_of(connection, name) for (name,) in tables if not name.startswith("sqlite_")}


def _rows_of(connection: sqlite3.Connection, table: str) -> tuple[int, str]:
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    small = ", ".join(f'"{name}"' for _, name, kind, *_ in columns if kind != "BLOB")
    blobs = [name for _, name, kind, *_ in columns if kind == "BLOB"]
    rows = connection.execute(f'SELECT rowid, {small} FROM "{table}" ORDER BY rowid')  # noqa: S608 (names it told us)
    count, total = 0, hashlib.sha256()
    while batch := rows.fetchmany(_ROWS):
        count += len(batch)
        total.update(repr(batch).encode())
        for number, *_ in batch if blobs else ():
            for name in blobs:
                with connection.blobopen(table, name, number, readonly=True) as blob:
                    while block := blob.read(_BLOCK):
                        total.update(block)
    return count, total.hexdigest()


def faults_of(connection: sqlite3.Connection) -> str:
    """What SQLite finds wrong with a database, or "": pages, indexes, rows that refer to nothing."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
    found += [f"{row[0]} {row[1]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check").fetchmany(5)]
    return "; ".join(map(str, found))


def sha256_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def copied_beside(file: Path, target: Path) -> Iterator[Path]:
    """A copy of a backup beside the store it may replace, on the same disk; gone afterwards unless it was moved."""
    part = target.with_name(f".{target.name}.restoring")
    with _only_whole(part):
        _make_private(part)
        with file.open("rb") as read, part.open("wb") as written:
            while block := read.read(_BLOCK):
                written.write(block)
        if sha256_of(part) != sha256_of(file):
            raise StoreRefused("copy_differs", path=part, error="sha256")
        yield part


def into_one_file(file: Path) -> None:
    """Bring what lies in the write-ahead log into the file itself, and the file to disk."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    _to_disk(file)


def put_in_place(new: Path, target: Path, aside: Path) -> bool:
    """Put `new` where `target` is; what was there is kept as `aside`. Whether there was anything.

    Raises StoreRefused where another process has the store open: it would go on writing in a file nobody reads.
    """
    there = target.exists()
    if there:
        _refuse_in_use(target)
        for ending in ("", *_BESIDE):
            with suppress(FileNotFoundError):
                target.with_name(target.name + ending).rename(aside.with_name(aside.name + ending))
    new.rename(target)
    _to_disk(target.parent)
    return there


def put_in_schema(new: Path, url: str, kept: str) -> bool:
    """Put the store in the file `new` where the PostgreSQL store at `url` is; what was there is kept as the schema
    `kept` of the same database. Whether there was anything. It is copied beside, and the names change in one moment.

    Raises StoreRefused where another connection has the database open.
    """
    place = Store(url)
    source = Store(f"sqlite:///{new}")
    try:
        with place.write() as connection:
            _refuse_connected(connection, place)
            there = bool(inspect(connection).get_table_names())
            if there and revision_of(connection) is None:
                raise StoreRefused("not_ours", path=place.place)
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {_BESIDE_SCHEMA} CASCADE")
            connection.exec_driver_sql(f"CREATE SCHEMA {_BESIDE_SCHEMA}")
        copy_rows(source, in_schema(url, _BESIDE_SCHEMA))
        with place.write() as connection:
            _refuse_connected(connection, place)
            schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
            connection.exec_driver_sql(f"ALTER SCHEMA {schema} RENAME TO {kept}")
            connection.exec_driver_sql(f"ALTER SCHEMA {_BESIDE_SCHEMA} RENAME TO {schema}")
            if not there:
                connection.exec_driver_sql(f"DROP SCHEMA {kept} CASCADE")
    finally:
        source.close()
        place.close()
    return there


def in_schema(url: str, schema: str) -> str:
    """The URL of another schema in a PostgreSQL store's database."""
    chosen = make_url(url).update_query_dict({"options": f"-csearch_path={schema}"})
    return chosen.render_as_string(hide_password=False)


def _refuse_connected(connection: Connection, place: Store) -> None:
    if connection.exec_driver_sql(_OTHERS).scalar_one():
        raise StoreRefused("in_use", path=place.place)


def _refuse_in_use(file: Path) -> None:
    """Leaving WAL needs the file to oneself, so it fails while anyone has it open. It also empties the log into the
    file, which is then whole on its own. A file too damaged to be asked is nobody's hindrance."""
    with closing(sqlite3.connect(file, timeout=_TAKE_MS / 1000, isolation_level=None)) as connection:
        try:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
            if mode != "delete":
                raise StoreRefused("in_use", path=file)
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise StoreRefused("in_use", path=file) from error
        except sqlite3.DatabaseError:
            return


@contextmanager
def _told(part: Path) -> Iterator[None]:
    """What the disk or SQLite refuses is told in words."""
    try:
        yield
    except OSError as error:
        raise StoreRefused("not_written", path=part.parent, error=error.strerror or error) from error
    except sqlite3.Error as error:
        raise StoreRefused("not_written", path=part.parent, error=error) from error


@contextmanager
def _only_whole(part: Path) -> Iterator[None]:
    """Whatever goes wrong, no half file is left, and it is told in words."""
    try:
        with _told(part):
            yield
    finally:
        for ending in ("", *_BESIDE):
            part.with_name(part.name + ending).unlink(missing_ok=True)


@contextmanager
def _reserved(part: Path, place: Path) -> Iterator[None]:
    """The part is one backup's alone: two at once cannot write the same file. What a killed one left is begun anew; it
    never had the backup's name."""
    if place.exists():
        raise StoreRefused("exists", path=place)
    number = os.open(part, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with _only_whole(part):
            os.truncate(number, 0)
            yield
    except BlockingIOError as other:
        raise StoreRefused("exists", path=place) from other
    finally:
        os.close(number)


def _give_name(part: Path, place: Path) -> None:
    """The whole copy gets its name, unless another has it."""
    try:
        os.link(part, place)
    except FileExistsError as there:
        raise StoreRefused("exists", path=place) from there
    except OSError:  # a disk without hard links
        part.replace(place)


def _make_private(file: Path) -> None:
    """An empty file that only its owner may read: the store holds accounts, and files as they came."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _to_disk(path: Path) -> None:
    """Make sure that a file, or a folder's list of files, survives a power cut."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
