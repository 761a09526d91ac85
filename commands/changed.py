"""Has anybody changed the store with other tools? What it holds against what the audit log says: `doctor` asks."""

import hashlib
import json
import stat
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy import text as sql

from models import Store
from models.backup import file_of
from models.digests import stored_digest
from models.publications import FOREVER, LAST_EVENTS
from models.schema import changed_schema
from models.seals import ROWS, seals

NOTHING: Final[dict[str, Any]] = {"changed": None}
_BLOCK: Final = 1 << 22
_UPLOADS: Final = "SELECT id, file, layout, sha256, size, status FROM upload ORDER BY id"
_PART: Final = "SELECT substring(content FROM :start FOR :size) FROM upload WHERE id = :id"
_LAST: Final = f"SELECT p.upload_id, p.action FROM {LAST_EVENTS} AS last JOIN publication p ON p.id = last.id"  # noqa: S608
_REJECTED: Final = "SELECT subject FROM audit_event WHERE action = 'upload.rejected'"
_STATUS: Final = {"published": "published", "restored": "published", "withdrawn": "withdrawn"}
_USERS: Final = "SELECT id, roles, region, active FROM user_account ORDER BY id"
_USER_EVENTS: Final = "SELECT subject, action, after FROM audit_event WHERE subject LIKE 'user:%' ORDER BY id"
_OTHERS: Final = 0o007


def changed_since_logged(store: Store) -> dict[str, Any]:
    """`rows`, `originals`, `statuses`, `unsealed`: uploads by number. `sealed_late`: how many were sealed at an upgrade
    only. `schema`: triggers and indexes by name. `roles`: accounts by number. `file_mode`: as `0600`, "" for a
    server; `open_to_others`: whether it lets other users of the machine in."""
    with store.read() as connection:
        sealed = seals(connection)
        uploads = [dict(row) for row in connection.execute(sql(_UPLOADS)).mappings()]
        expected = _statuses(connection)
        found: dict[str, Any] = {
            "rows": [one["id"] for one in uploads if _rows_changed(connection, one["id"], sealed)],
            "originals": [one["id"] for one in uploads if _original_changed(store, connection, one, sealed)],
            "statuses": [one["id"] for one in uploads if one["status"] != expected.get(one["id"], "staged")],
            "unsealed": [one["id"] for one in uploads if one["id"] not in sealed],
            "sealed_late": sum({seal["action"] for seal in told} == {"upload.sealed"} for told in sealed.values()),
            "schema": changed_schema(connection, is_sqlite=store.is_sqlite),
            "roles": _roles_changed(connection),
        }
    mode = stat.S_IMODE(file_of(store).stat().st_mode) if store.is_sqlite else None
    return found | {"file_mode": "" if mode is None else f"{mode:04o}", "open_to_others": bool((mode or 0) & _OTHERS)}


def _rows_changed(connection: Connection, upload: int, sealed: dict[int, list[dict[str, str]]]) -> bool:
    told = {seal[ROWS] for seal in sealed.get(upload, ())}
    return bool(told) and told != {stored_digest(connection, upload)}


def _original_changed(
    store: Store, connection: Connection, upload: dict[str, Any], sealed: dict[int, list[dict[str, str]]]
) -> bool:
    """Whether the bytes, or what the upload says of itself, are others than the log says."""
    digest = hashlib.sha256()
    for part in _content(store, connection, upload["id"], upload["size"]):
        digest.update(part)
    facts = {"file": upload["file"], "layout": upload["layout"], "sha256": upload["sha256"]}
    told = [{name: seal[name] for name in facts} for seal in sealed.get(upload["id"], ())]
    return digest.hexdigest() != upload["sha256"] or any(one != facts for one in told)


def _content(store: Store, connection: Connection, upload: int, size: int) -> Iterator[bytes]:
    """An original's bytes a block at a time: a file can be 500 MB."""
    if not store.is_sqlite:
        for start in range(1, size + 1, _BLOCK):
            yield connection.execute(sql(_PART), {"id": upload, "start": start, "size": _BLOCK}).scalar_one()
        return
    driver: Any = connection.connection.driver_connection
    with driver.blobopen("upload", "content", upload, readonly=True) as blob:
        while part := blob.read(_BLOCK):
            yield part


def _statuses(connection: Connection) -> dict[int, str]:
    """The status each upload must have after its last publication, or its rejection; `staged` where it has none."""
    expected = {
        int(subject.removeprefix("upload:")): "rejected" for subject in connection.execute(sql(_REJECTED)).scalars()
    }
    return expected | {upload: _STATUS[action] for upload, action in connection.execute(sql(_LAST), {"until": FOREVER})}


def _roles_changed(connection: Connection) -> list[int]:
    """Accounts whose roles, region or openness are not what the log's events left them with."""
    told: dict[int, dict[str, Any]] = {}
    for subject, action, after in connection.execute(sql(_USER_EVENTS)):
        event, one = action.removeprefix("user."), told.setdefault(int(subject.removeprefix("user:")), {})
        said = json.loads(after) if after else {}
        if event == "created":
            one |= {"roles": said["roles"], "region": "", "active": True}
        elif event in ("roles_changed", "region_changed"):
            one |= said
        elif event in ("closed", "opened"):
            one["active"] = event == "opened"
        elif event == "erased":
            one |= {"roles": "", "region": "", "active": False}
    stored = {
        row.id: {"roles": row.roles, "region": row.region, "active": bool(row.active)}
        for row in connection.execute(sql(_USERS))
    }
    return sorted(number for number in told.keys() | stored.keys() if told.get(number) != stored.get(number))
