"""How a checked file is stored: the upload with its bytes, then what it holds, counted where that lies."""

import json
from collections.abc import Callable
from typing import Any, Final

import polars as pl
from sqlalchemy import Connection, func, insert
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from access import Actor
from analysis.records import Records
from loaders.checked import CheckedFile
from loaders.drafts import drop_drafts
from models import RECORDS, Observation, Store, Upload, now
from models.digests import RowsDigest

_BLOCK: Final = 1 << 22


def go_on() -> None:
    """What is called between the parts of a work that nobody stops."""


def insert_row(connection: Connection, model: type[SQLModel], **values: object) -> int:
    """Insert one row of a table; gives its id."""
    table: Any = SQLModel.metadata.tables[str(model.__tablename__)]
    done = connection.execute(insert(table).values(**values))
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def store_upload(
    store: Store,
    connection: Connection,
    checked: CheckedFile,
    *,
    status: str,
    by: Actor,
    synthetic: bool,
    halt: Callable[[], None] = go_on,
) -> tuple[int, str]:
    """The upload with its bytes, observations and records, inside the caller's transaction, and nobody's draft of it
    any longer; gives its id, and the digest of its rows that the log is to seal. `halt` is called between the parts."""
    drop_drafts(connection, checked.sha256)
    upload_id = insert_row(
        connection,
        Upload,
        file=checked.file,
        sha256=checked.sha256,
        size=checked.size,
        content=_room_for(store, checked.content),
        layout=checked.layout,
        uploaded_at=now(),
        uploaded_by=by.key,
        observations=checked.rows,
        ignored=len(checked.ignored),
        report=_report(checked),
        synthetic=checked.synthetic or synthetic,
        status=status,
    )
    _write_content(store, connection, upload_id, checked.content)
    held: list[tuple[type[SQLModel], pl.DataFrame]] = [(Observation, checked.observations)]
    held += [(RECORDS[kind].table, frame) for kind, frame in checked.records.items()]
    digest = RowsDigest()
    for table, frame in held:
        store.insert_rows(connection, table, frame.with_columns(pl.lit(upload_id).alias("upload_id")), digest, halt)
        _verify(connection, table, upload_id, frame.height)
    return upload_id, digest.hex()


def _report(checked: CheckedFile) -> str:
    shown = {language: checked.to_json(language) for language in ("sv", "en")}
    # A staged file is read again by the very mapping a person saw, whatever has been saved since.
    read_by = {"mapping": checked.mapping.model_dump(mode="json")} if checked.mapping else {}
    told = {language: {part: own[part] for part in ("problems", "ignored")} for language, own in shown.items()}
    return json.dumps(told | read_by, ensure_ascii=False)


def _room_for(store: Store, content: bytes) -> object:
    """The file's bytes, or for SQLite as much empty room: binding the bytes would copy all of a 300 MB file."""
    return func.zeroblob(len(content)) if store.is_sqlite else content


def _write_content(store: Store, connection: Connection, upload_id: int, content: bytes) -> None:
    """Fill the room a block at a time, inside the same transaction."""
    driver = connection.connection.driver_connection
    if not store.is_sqlite or driver is None:
        return
    view = memoryview(content)
    with driver.blobopen("upload", "content", upload_id) as blob:
        for start in range(0, len(view), _BLOCK):
            blob.write(view[start : start + _BLOCK])


def _verify(connection: Connection, model: type[SQLModel], upload_id: int, expected: int) -> None:
    """The rows are counted where they lie before the transaction ends; a difference is a bug and undoes it all."""
    query = sql(f"SELECT count(*) FROM {model.__tablename__} WHERE upload_id = :id")  # noqa: S608 (our own names)
    counted = connection.execute(query, {"id": upload_id}).scalar_one()
    if counted != expected:
        raise RuntimeError(f"{counted} rows of {model.__tablename__} stored of {expected}")


def same_records(connection: Connection, upload_id: int, records: Records) -> bool:
    """Whether an upload's stored records are these: a later release may read the same bytes otherwise."""
    for kind, (table, key, told) in ((kind, (each.table, each.key, each.told)) for kind, each in RECORDS.items()):
        names = [*key, *told]
        quoted = ", ".join(f'"{name}"' for name in names)
        query = f"SELECT {quoted} FROM {table.__tablename__} WHERE upload_id = :id"  # noqa: S608 (our own names)
        stored = {tuple(map(str, row)) for row in connection.execute(sql(query), {"id": upload_id})}
        frame = records.get(kind)
        ours = set() if frame is None else {tuple(map(str, row)) for row in frame.select(names).iter_rows()}
        if stored != ours:
            return False
    return True


def overtaking_records(connection: Connection, records: Records, seen: dict[str, int]) -> set[str]:
    """Files published or withdrawn after the version `seen` that hold a key of these records (upload `id`)."""
    found: set[str] = set()
    for kind in records:
        table = RECORDS[kind].table.__tablename__
        same = " AND ".join(f'ours."{name}" = theirs."{name}"' for name in RECORDS[kind].key)
        query = f"""
            SELECT DISTINCT u.file FROM publication p JOIN upload u ON u.id = p.upload_id
            JOIN {table} theirs ON theirs.upload_id = p.upload_id
            JOIN {table} ours ON ours.upload_id = :id AND {same}
            WHERE p.id > :seen AND p.upload_id <> :id
        """  # noqa: S608 (our own names)
        found |= set(connection.execute(sql(query), seen).scalars())
    return found
