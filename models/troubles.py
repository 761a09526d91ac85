"""What a database or a disk refuses, in words: the one place where such an error becomes a StoreRefused.

Only what is nobody's bug is translated: a store that is locked, read-only, full, gone, out of reach or damaged. Any
other error (a broken rule, a statement that is wrong) goes on as it is.
"""

import errno
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from locales.refused import RefusedFor

_SQLITE: Final = {
    "SQLITE_BUSY": "locked",
    "SQLITE_LOCKED": "locked",
    "SQLITE_PROTOCOL": "locked",  # WAL could not be shared in time
    "SQLITE_READONLY": "read_only",
    "SQLITE_PERM": "read_only",
    "SQLITE_FULL": "full",
    "SQLITE_CANTOPEN": "cannot_open",
    "SQLITE_NOTADB": "unreadable",
    "SQLITE_CORRUPT": "unreadable",
}
"""By the beginning of SQLite's name for the error; it adds a word for details, as SQLITE_BUSY_SNAPSHOT."""
_MOVED: Final = "SQLITE_READONLY_DBMOVED"
_POSTGRESQL: Final = {
    "53": "full",  # disk, memory or connections are used up
    "55": "locked",
    "57014": "locked",  # a statement was cancelled for waiting too long
    "40": "locked",  # two transactions in each other's way
    "25006": "read_only",
    "42501": "read_only",
    "08": "out_of_reach",
    "57P": "out_of_reach",
    "28": "out_of_reach",
    "3D": "out_of_reach",
}
"""By the beginning of SQLSTATE; a connection that never was has none."""
_DISK: Final = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
}
_FREE: Final = 1 << 20  # bytes; with less, an I/O error means that the disk is full

MET: Final[Counter[str]] = Counter()
"""How often each refusal has been met by this process."""


class StoreRefused(RefusedFor):
    """The store cannot be opened or written as asked. `message(language)` says why and what to do."""

    texts = "store"

    def __init__(self, reason: str, /, **values: object) -> None:
        super().__init__(reason, **values)
        MET[reason] += 1


@contextmanager
def in_words(place: str) -> Iterator[None]:
    """Errors inside become a StoreRefused about `place` where they are the store's or the disk's trouble."""
    try:
        yield
    except Exception as error:
        refused = refusal_of(error, place)
        if refused is None:
            raise
        raise refused from error


def refusal_of(error: BaseException, place: str) -> StoreRefused | None:
    """The refusal an error means, or None where it is no trouble of the store's or the disk's."""
    cause: Any = getattr(error, "orig", None) or error  # SQLAlchemy wraps the driver's error; we meet both
    if isinstance(cause, OSError):
        key = _DISK.get(cause.errno or 0)
        return StoreRefused(key, path=cause.filename or place) if key else None
    if isinstance(cause, sqlite3.DatabaseError):
        return _of_sqlite(cause, place)
    if type(cause).__module__.partition(".")[0] == "psycopg":
        return _of_postgresql(cause, place)
    # SQLAlchemy waited in vain for one of its connections.
    return (
        StoreRefused("locked", path=place)
        if type(cause).__name__ == "TimeoutError" and hasattr(cause, "code")
        else None
    )


def _of_sqlite(error: sqlite3.DatabaseError, place: str) -> StoreRefused | None:
    name = getattr(error, "sqlite_errorname", None) or ""
    if name == _MOVED:
        return StoreRefused("gone", path=place)
    if name.startswith("SQLITE_IOERR"):
        # SQLite says FULL when a write fails for want of room, but "disk I/O error" when its shared memory does.
        key = "full" if _free(place) < _FREE else "disk_error"
        return StoreRefused(key, path=place, error=error)
    found = next((key for beginning, key in _SQLITE.items() if name.startswith(beginning)), None)
    if found is None and str(error) == "file is not a database":  # named by sqlite3 itself, without a number
        found = "unreadable"
    return StoreRefused(found, path=place, error=error) if found else None


def _free(place: str) -> int:
    try:
        return shutil.disk_usage(Path(place).parent).free
    except OSError:
        return _FREE


def _of_postgresql(error: Any, place: str) -> StoreRefused | None:
    state = error.sqlstate
    if state is None:
        lost = type(error).__name__ == "OperationalError"
        return StoreRefused("out_of_reach", path=place) if lost else None
    key = next((key for beginning, key in _POSTGRESQL.items() if state.startswith(beginning)), None)
    return StoreRefused(key, path=place) if key else None
