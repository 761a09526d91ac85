"""Is the store sound? The questions behind `doctor`; none of them changes or migrates anything."""

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, inspect, make_url
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError

from commands import changed, trust
from models import RECORDS, Store, StoreRefused
from models.migrate import newest_revision, revision_of
from models.settings import store_url

_HELD: Final = ("observation", *RECORDS)
"""The tables whose rows an upload counts as its own."""
_STORED: Final = " UNION ALL ".join(
    f"SELECT upload_id, count(*) AS counted FROM {table} GROUP BY upload_id"  # noqa: S608 (our own names)
    for table in _HELD
)
_INCOMPLETE: Final = f"""
SELECT u.id, u.file, u.observations AS recorded, CAST(coalesce(sum(held.counted), 0) AS INTEGER) AS stored
FROM upload u LEFT JOIN ({_STORED}) AS held ON held.upload_id = u.id
WHERE u.status <> 'rejected'
GROUP BY u.id, u.file, u.observations
HAVING coalesce(sum(held.counted), 0) <> u.observations
ORDER BY u.id
"""  # noqa: S608 (our own names)
_COUNTS: Final = {
    "uploads": "SELECT count(*) FROM upload",
    "observations": "SELECT count(*) FROM observation",
    "data_version": "SELECT coalesce(max(id), 0) FROM publication",
}
NOTHING: Final[dict[str, Any]] = {
    "revision": None,
    "integrity": None,
    "foreign_keys": None,
    "journal_mode": None,
    "uploads": None,
    "observations": None,
    "data_version": None,
    "incomplete": [],
    "unreadable": None,
    **trust.NOTHING,
    **changed.NOTHING,
}


def store_health(url: str | None = None, language: str = "sv") -> dict[str, Any]:
    """What a store, or the one at `DATABASE_URL`, says of itself; `missing`, or `unreadable` with the database's own
    words."""
    url = store_url(url)
    parsed = make_url(url)
    about = {
        **NOTHING,
        "missing": False,
        "newest_revision": newest_revision(),
        "sqlite_version": sqlite3.sqlite_version,
    }
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        return {**about, "missing": True, "store": parsed.database}
    store = Store(url)
    try:
        with store.read() as connection:
            if not store.is_sqlite and not inspect(connection).get_table_names():
                return {**about, "missing": True, "store": store.place}
            asked = _asked(connection, store.is_sqlite)
        if asked["revision"] == about["newest_revision"]:
            asked |= trust.trust_health(store) | {"changed": changed.changed_since_logged(store)}
    except DatabaseError as error:
        return {**about, "store": store.place, "unreadable": str(error.orig)}
    except StoreRefused as refused:
        damaged = refused.reason == "unreadable"
        told = str(refused.values["error"]) if damaged else refused.message(language)
        return {**about, "store": store.place, "unreadable": told}
    finally:
        store.close()
    return {**about, "store": store.place, **asked}


def _asked(connection: Connection, is_sqlite: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"revision": revision_of(connection)}
    if is_sqlite:
        found |= _sqlite(connection)
    if found["revision"] is None:
        return found
    found |= {name: connection.execute(sql(query)).scalar_one() for name, query in _COUNTS.items()}
    found["incomplete"] = [dict(row) for row in connection.execute(sql(_INCOMPLETE)).mappings()]
    return found


def _sqlite(connection: Connection) -> dict[str, Any]:
    def pragma(question: str) -> list[Any]:
        return [row[0] for row in connection.exec_driver_sql(f"PRAGMA {question}")]

    return {
        "integrity": "; ".join(map(str, pragma("quick_check"))),
        "foreign_keys": pragma("foreign_keys") == [1] and not pragma("foreign_key_check"),
        "journal_mode": pragma("journal_mode")[0],
    }
