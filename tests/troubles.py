"""A store in trouble: locked, read-only, full, gone or replaced under whoever has it open."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from models import store as stores

SAID = {
    "locked": "används just nu av någon annan",
    "read_only": "är skrivskyddat",
    "full": "finns inte plats kvar på disken",
    "gone": "har tagits bort eller flyttats",
    "replaced": "har bytts ut mot en annan fil",
}
"""What each is told as. `gone` and `replaced` trouble those alone who had the store open before."""
AT_OPENING = ("locked", "read_only", "full")


@contextmanager
def trouble(kind: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The time during which the store is in that trouble; as it was before, afterwards."""
    with {"locked": _locked, "read_only": _read_only, "full": _full, "gone": _gone, "replaced": _replaced}[kind](
        file, monkeypatch
    ):
        yield


@contextmanager
def _locked(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched, closing(sqlite3.connect(file, isolation_level=None)) as other:
        patched.setattr(stores, "_BUSY_MS", 20)
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def _read_only(_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """SQLite itself refuses: root, who may run the tests, could write in any file."""
    with monkeypatch.context() as patched:
        patched.setattr(stores, "_CACHE", "query_only=ON")
        yield


@contextmanager
def _full(_file: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What SQLite raises when the log beside the file cannot grow: at the commit of whatever is written."""

    def no_room(connection: Connection) -> None:
        if connection.get_execution_options().get("dashboard_write"):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorname = "SQLITE_FULL"
            raise error

    event.listen(Engine, "commit", no_room)
    try:
        yield
    finally:
        event.remove(Engine, "commit", no_room)


@contextmanager
def _gone(file: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    aside = file.with_name("aside.sqlite3")
    file.rename(aside)
    yield
    aside.rename(file)


@contextmanager
def _replaced(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with _gone(file, monkeypatch):
        shutil.copy(file.with_name("aside.sqlite3"), file)
        yield
        file.unlink()
