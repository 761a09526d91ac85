"""The seal of an upload: what the audit log says that it held when it was stored, to be held against what it holds.

A seal stands in the `after` of an event (`upload.staged`, `upload.published`, `upload.sealed`) as `rows_sha256`, beside
the original's `sha256`. What a release before 0.4 stored is sealed once, when the store is brought up to this one, and
the log says so: a change made before that day cannot be seen.
"""

import json
from typing import Final

from sqlalchemy import Connection
from sqlalchemy import text as sql

from models.digests import stored_digest
from models.log import append

ROWS: Final = "rows_sha256"
UPGRADE: Final = "system:upgrade"
"""The actor of what is done while a store is brought up to a later release."""
_SEALS: Final = sql("SELECT subject, action, after FROM audit_event WHERE subject LIKE 'upload:%' ORDER BY id")
_UPLOADS: Final = sql("SELECT id, file, layout, sha256 FROM upload ORDER BY id")


def seals(connection: Connection) -> dict[int, list[dict[str, str]]]:
    """Each upload's seals in the order of the log: `action`, and what the event says (`file`, `layout`, `sha256`,
    `rows_sha256`)."""
    found: dict[int, list[dict[str, str]]] = {}
    for subject, action, after in connection.execute(_SEALS):
        told = json.loads(after) if after else {}
        if ROWS in told:
            found.setdefault(int(subject.removeprefix("upload:")), []).append({"action": action, **told})
    return found


def seal_earlier(connection: Connection, at: str) -> None:
    """Seal every upload that has no seal yet, as it stands now."""
    sealed = seals(connection)
    for upload, file, layout, sha256 in connection.execute(_UPLOADS).all():
        if upload not in sealed:
            told = {"file": file, "layout": layout, "sha256": sha256, ROWS: stored_digest(connection, upload)}
            append(connection, at=at, actor=UPGRADE, action="upload.sealed", subject=f"upload:{upload}", after=told)
