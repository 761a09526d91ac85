"""Import → publish in one transaction: the upload with its bytes, its observations and the publication, or nothing."""

import json
from dataclasses import dataclass
from typing import Final

import polars as pl
from sqlalchemy import Connection, func, insert
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from loaders.check import stored_as, stored_within
from loaders.checked import CheckedFile, RejectedFile
from models import Publication, Store, Upload, now

_BLOCK: Final = 1 << 22


@dataclass(frozen=True)
class Published:
    """Where the file went. A repeat points at the upload that already holds the same bytes."""

    upload_id: int
    publication_id: int | None
    repeat: bool


def _table(model: type[SQLModel]) -> object:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _report(checked: CheckedFile) -> str:
    shown = {language: checked.to_json(language) for language in ("sv", "en")}
    return json.dumps(
        {language: {part: told[part] for part in ("problems", "ignored")} for language, told in shown.items()},
        ensure_ascii=False,
    )


def _insert(connection: Connection, model: type[SQLModel], **values: object) -> int:
    done = connection.execute(insert(_table(model)).values(**values))  # type: ignore[arg-type]
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


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


def _verify(connection: Connection, upload_id: int, expected: int) -> None:
    """The rows are counted where they lie before the transaction ends; a difference is a bug and undoes it all."""
    query = sql("SELECT count(*) FROM observation WHERE upload_id = :id")
    counted = connection.execute(query, {"id": upload_id}).scalar_one()
    if counted != expected:
        raise RuntimeError(f"{counted} observations stored of {expected}")


def _refuse(checked: CheckedFile, accept_warnings: bool, note: str) -> None:
    if checked.errors:
        raise RejectedFile(checked, "errors")
    if checked.observations.is_empty():
        raise RejectedFile(checked, "nothing_left")
    if checked.warnings and not accept_warnings:
        raise RejectedFile(checked, "warnings")
    if checked.needs_note and not note.strip():
        raise RejectedFile(checked, "no_note")


def publish_file(
    store: Store, checked: CheckedFile, *, by: str, note: str = "", accept_warnings: bool = False,
    synthetic: bool = False,
) -> Published:  # fmt: skip
    """Store and publish a checked file. The same bytes, staged or published, change nothing (`repeat`).

    Raises RejectedFile for errors, unconfirmed warnings, a file with nothing in it, and changes to published figures
    without a note that says why; the store is then as before.
    """
    if (same := stored_as(store, checked.sha256)) is not None:
        return Published(same, None, repeat=True)
    _refuse(checked, accept_warnings, note)
    moment = now()
    with store.write() as connection:
        # Asked again inside the transaction: two people may publish the same file at once.
        if (same := stored_within(connection, checked.sha256)) is not None:
            return Published(same, None, repeat=True)
        upload_id = _insert(
            connection, Upload, file=checked.file, sha256=checked.sha256, size=checked.size,
            content=_room_for(store, checked.content), layout=checked.layout,
            uploaded_at=moment, uploaded_by=by, observations=checked.observations.height,
            ignored=len(checked.ignored), report=_report(checked), synthetic=checked.synthetic or synthetic,
            status="published",
        )  # fmt: skip
        _write_content(store, connection, upload_id, checked.content)
        rows = checked.observations.with_columns(pl.lit(upload_id).alias("upload_id"))
        store.insert_observations(connection, rows)
        _verify(connection, upload_id, checked.observations.height)
        publication_id = _insert(
            connection, Publication, upload_id=upload_id, action="published", at=moment, by=by, note=note
        )
    return Published(upload_id, publication_id, repeat=False)
