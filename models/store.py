"""The store: one SQLite file (or a PostgreSQL database) opened by the recipe of reliability §2.12.

SQLite: WAL, synchronous=FULL, foreign keys on, a busy time-out; SQLAlchemy begins every transaction itself, and a
write begins with BEGIN IMMEDIATE, because a read that turns into a write fails at once under contention. Rows in bulk
go through the same connection as everything else: a second SQLite library in the process (ADBC's) would drop the
first one's file locks when it closes.
"""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import polars as pl
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

from models import accounts, drafts, entered, log, records, tables  # noqa: F401  (whoever has a store has every table's metadata)
from models.bulk import insert_rows
from models.digests import RowsDigest
from models.migrate import is_current, upgrade
from models.seals import seal_earlier
from models.settings import settings, shown_url, store_url
from models.troubles import StoreRefused, in_words
from models.versions import Versions, read_once, versions_in

_BUSY_MS: Final = 30_000
_CACHE: Final = "cache_size=-64000"  # 64 MB of pages: an import of 200 000 rows takes a fifth less time
_LOCK: Final = 1177
_OTHERS: Final = 0o007  # what a file lets other users of the machine do
_WRITE: Final = "dashboard_write"
_REBUILD: Final = "dashboard_rebuild"


def now() -> str:
    """This moment as the store writes it: UTC, ISO 8601, microseconds, `Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _BUSY_MS / 1000, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"journal_mode={settings().sqlite_journal}",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is deleted is overwritten: no backup copies it with the file's free pages
            f"busy_timeout={_BUSY_MS}",
            _CACHE,
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        immediate = options.get(_WRITE, False)
        if options.get(_REBUILD, False):
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


class Store:
    """An open store. `read()` and `write()` give connections in one transaction each."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.created = False  # whether opening it made its tables
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else create_engine(url, pool_pre_ping=True)
        # PostgreSQL's own default lets each statement of a transaction see another moment.
        self._one_moment = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._file = _sqlite_file(url)
        self._opened = _identity(self._file)
        self._writes = 0

    @property
    def place(self) -> str:
        """Where the store is, for a person; a password in the URL is not shown."""
        return make_url(self.url).database or "" if self.is_sqlite else shown_url(self.url)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One transaction that sees one moment. StoreRefused as `write`."""
        with in_words(self.place):
            self._refuse_other_file()
            with self.engine.connect().execution_options(**self._one_moment) as connection, connection.begin():
                yield connection

    @contextmanager
    def write(self, *, rebuild: bool = False) -> Iterator[Connection]:
        """One transaction that either commits whole or leaves the store as it was. StoreRefused where the store is
        locked, read-only, full, out of reach or another file than was opened.

        `rebuild`: for migrations. SQLite changes a table by filling another and dropping the first, which its foreign
        keys would forbid where rows refer to it: they are held against all rows before the commit instead."""
        try:
            with in_words(self.place):
                self._refuse_other_file()
                options = {_WRITE: True, _REBUILD: rebuild}
                with self.engine.connect().execution_options(**options) as connection, connection.begin():
                    if not self.is_sqlite:
                        # One writer at a time, as SQLite has: what is current follows from the order of publications.
                        connection.execute(sql("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                    yield connection
                    if rebuild and self.is_sqlite:
                        self._check_foreign_keys(connection)
                    self._refuse_other_file()  # a file removed meanwhile would take the commit with it
        finally:
            self._writes += 1

    def _check_foreign_keys(self, connection: Connection) -> None:
        if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5):
            raise StoreRefused("unreadable", path=self.place, error="; ".join(f"{row[0]} {row[1]}" for row in lost))
        connection.detach()  # from the pool: it is closed afterwards, and no other write is without foreign keys

    def _refuse_other_file(self) -> None:
        """SQLite goes on reading and writing a file that was removed or put aside, and nobody would see it again; a new
        connection would find, or make, another one."""
        if self._file is None:
            return
        found = _identity(self._file)
        if self._opened is None:  # the file is made by the first connection
            self._opened = found
        elif found is None:
            raise StoreRefused("gone", path=self._file)
        elif found != self._opened:
            raise StoreRefused("replaced", path=self._file)

    def frame(self, query: str, schema: dict[str, Any], **values: object) -> pl.DataFrame:
        """The rows of an SQL query with :named values, as a frame of the given columns and polars types."""
        with self.read() as connection:
            cursor = connection.execute(sql(query), values).cursor
            assert cursor is not None
            rows = cursor.fetchall()  # the driver's own tuples: SQLAlchemy's rows take as long again
        return pl.DataFrame(rows, schema=schema, orient="row")

    def versions(self) -> Versions:
        """What has been entered so far, read once in a run of a page (models.versions)."""
        return read_once(id(self), self._writes, self._versions_now)

    def _versions_now(self) -> Versions:
        with self.read() as connection:
            return versions_in(connection)

    def data_version(self) -> int:
        """Grows with everything that changes a figure or its judgement: each publication and withdrawal, each remark,
        number of answers and audited group stated; the key of every cache of figures."""
        return self.versions().data

    def newest_publication(self) -> int:
        """The number of the latest publication, withdrawal or restoration, asked for now; 0 before the first."""
        return self._versions_now().publication

    def insert_rows(
        self,
        connection: Connection,
        model: type[SQLModel],
        frame: pl.DataFrame,
        digest: RowsDigest | None = None,
        between: Callable[[], None] = lambda: None,
    ) -> None:
        """models.bulk.insert_rows, inside the caller's transaction."""
        insert_rows(connection, model, frame, digest, between)

    def close(self) -> None:
        self.engine.dispose()


def _sqlite_file(url: str) -> Path | None:
    parsed = make_url(url)
    in_a_file = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:")
    return Path(parsed.database or "") if in_a_file else None


def _identity(file: Path | None) -> tuple[int, int] | None:
    """Which file it is, whatever its name: device and inode. None where there is none."""
    try:
        found = file.stat() if file is not None else None
    except FileNotFoundError:
        return None
    return (found.st_dev, found.st_ino) if found else None


def open_store(url: str | None = None, *, create: bool = False) -> Store:
    """Open the store `DATABASE_URL` names, migrated to this release.

    A missing SQLite file is refused unless `create`: a mistyped path would silently become an empty store. Its folder
    is made only for the project's own default (`data/`). Raises StoreRefused with what to do; nothing is left where a
    new store could not be made.
    """
    chosen = store_url(url)
    file = _sqlite_file(chosen)
    with in_words(str(file or "")):
        new = file is not None and not file.exists()
        if file is not None and new:
            make_room(file, create=create)
        if file is not None and not new:
            _refuse_others(file, create=create)
    store = Store(chosen)
    try:
        with in_words(store.place):
            _bring_up_to_date(store, create=create)
    except (DatabaseError, StoreRefused) as error:
        store.close()
        if file is not None and new:
            for ending in ("", "-wal", "-shm", "-journal"):
                file.with_name(file.name + ending).unlink(missing_ok=True)
        if isinstance(error, StoreRefused):
            raise
        raise StoreRefused("unreadable", path=store.place, error=str(error.orig)) from error
    return store


def _refuse_others(file: Path, *, create: bool) -> None:
    """Another program's database is told by its tables before anything is set in it: our journal would stay there."""
    with closing(sqlite3.connect(file)) as connection:
        there = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if "alembic_version" not in there and (there or not create):
        raise StoreRefused("not_ours", path=file)


def make_room(file: Path, *, create: bool) -> None:
    """An empty file of the owner's alone: it will hold accounts, and files as they came. SQLite's log gets the same."""
    if not create:
        raise StoreRefused("missing", path=file)
    if file.parent.name == "data":
        file.parent.mkdir(exist_ok=True)
    if not file.parent.is_dir():
        raise StoreRefused("no_folder", path=file.parent)
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))


def _bring_up_to_date(store: Store, *, create: bool) -> None:
    """Make or migrate the tables. A database with tables of somebody else's is never written in; one without any is
    taken for ours only when `create`."""
    if is_current(store.engine):
        return
    there = inspect(store.engine).get_table_names()
    if not there and not create and not store.is_sqlite:
        raise StoreRefused("missing", path=store.place)
    if "alembic_version" not in there and (there or not create):
        raise StoreRefused("not_ours", path=store.place)
    with store.write(rebuild=True) as connection:
        upgrade(connection)
        seal_earlier(connection, now())  # after every migration: some of them fill in columns of old rows
    store.created = not there
    if (file := _sqlite_file(store.url)) is not None:
        with suppress(PermissionError):  # earlier releases made it as the machine makes any file
            file.chmod(stat.S_IMODE(file.stat().st_mode) & ~_OTHERS)
