"""A whole store copied row by row into an empty one, whichever the engines: a move, and PostgreSQL's backups.

Ids are kept, files as they came and the log included. Every part is committed as it is written, so that a copy that was
killed goes on where it was. Until all has been read back and found equal the target is no store: its revision says that
it is being filled, and from what.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    LargeBinary,
    RowMapping,
    Table,
    delete,
    func,
    insert,
    inspect,
    make_url,
    select,
)
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from models.digests import HOLDING, RowsDigest, stored_frames
from models.migrate import MOVING, newest_revision, revision_of, set_revision, upgrade
from models.store import Store, make_room
from models.troubles import StoreRefused

_NEWEST: Final = sql("SELECT hash FROM audit_event ORDER BY id DESC LIMIT 1")
_BULK: Final = {str(model.__tablename__): model for model in HOLDING}
_CHANGED_UNLOGGED: Final = ("sign_in", "draft")
"""Tables whose rows come and go while the log stays as it is: copied anew by each attempt."""


class Held(NamedTuple):
    """What a table holds: its number of rows, and a digest of them all with their ids."""

    rows: int
    sha256: str


def contents(connection: Connection, without: tuple[str, ...] = ()) -> dict[str, Held]:
    """Each table's contents, the same for the same rows on either engine. A file as it came is held against the
    SHA-256 beside it. StoreRefused where it is another."""
    return {table.name: _held(connection, table) for table in _numbered() if table.name not in without}


def copy_rows(source: Store, to: str, without: tuple[str, ...] = ()) -> dict[str, Held]:
    """Copy a store to the empty place `to` (a SQLAlchemy URL), but for the rows of the tables `without`; what the copy
    holds. A copy broken off is gone on with when the source's log has not grown.

    Raises StoreRefused: another store, or anything else, is in the place; or the copy does not hold what the source
    does, because the source was written to meanwhile: then the target must be emptied first.
    """
    with source.read() as reading:
        target = _being_filled(to, MOVING + (reading.execute(_NEWEST).scalar() or "")[:24])
        try:
            for table in _numbered():
                if table.name not in without:
                    _copy_table(reading, target, table)
            with target.read() as written:
                held = contents(written)
            if {name: held[name] for name in held if name not in without} != contents(reading, without):
                raise StoreRefused("copy_differs", path=target.place, error="≠")
            with target.write() as connection:
                _set_sequences(connection)
                set_revision(connection, newest_revision())
        finally:
            target.close()
    return held


def _being_filled(to: str, mark: str) -> Store:
    """The place made ready, or as a copy of the same store left it."""
    url = make_url(to)
    file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
    if file is not None and not file.exists():
        make_room(file, create=True)
    target = Store(to)
    try:
        with target.write() as connection:
            found = revision_of(connection)
            if found is None:
                if inspect(connection).get_table_names():
                    raise StoreRefused("not_ours", path=target.place)
                upgrade(connection)
                set_revision(connection, mark)
            elif found != mark:
                raise StoreRefused("half_moved" if found.startswith(MOVING) else "holds_store", path=target.place)
    except BaseException:
        target.close()
        raise
    return target


def _numbered() -> list[Table]:
    """The tables, those that are referred to first. Counts of attempts to sign in have no number, last a quarter of an
    hour, and stay where they are."""
    return [table for table in SQLModel.metadata.sorted_tables if "id" in table.columns]


def _copy_table(reading: Connection, target: Store, table: Table) -> None:
    with target.write() as connection:
        if table.name in _CHANGED_UNLOGGED:
            connection.execute(delete(table))
        done = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
    if _blobs(table):
        for row in _rows_with_files(reading, table, list(table.columns), done):
            with target.write() as connection:
                connection.execute(insert(table), dict(row))
        return
    for frame in stored_frames(reading, table, list(table.columns), "id > :done", done=done):
        typed = frame.with_columns(_typed(frame[column.name], column) for column in table.columns)
        with target.write() as connection:
            if (model := _BULK.get(table.name)) is not None:
                target.insert_rows(connection, model, typed)
            else:
                connection.execute(insert(table), typed.to_dicts())


def _typed(read: pl.Series, column: Column[Any]) -> pl.Series:
    """A column as the driver read it, of the type the table means."""
    if isinstance(column.type, Date) and read.dtype == pl.String:
        return read.str.to_date("%Y-%m-%d")
    return read.cast(pl.Boolean) if isinstance(column.type, Boolean) else read


def _rows_with_files(connection: Connection, table: Table, columns: list[Any], after: int = 0) -> Iterator[RowMapping]:
    """One at a time: a file as it came can be half a gigabyte."""
    query = select(*columns).where(table.c.id > after).order_by(table.c.id)
    options = {"stream_results": True, "max_row_buffer": 1}
    with connection.execute(query, execution_options=options) as found:
        yield from found.mappings()


def _blobs(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if isinstance(column.type, LargeBinary)]


def _held(connection: Connection, table: Table) -> Held:
    small = [column for column in table.columns if not isinstance(column.type, LargeBinary)]
    ids, digest, count = hashlib.sha256(), RowsDigest(), 0
    for frame in stored_frames(connection, table, small, "id > 0"):
        count += frame.height
        numbers = frame.select(pl.col("^(id|upload_id)$").cast(pl.Int64))  # the digest of an upload leaves them out
        ids.update(numbers.to_numpy().tobytes())
        digest.add(table, frame)
    for blob in _blobs(table):
        for row in _rows_with_files(connection, table, [table.c.id, table.c.sha256, blob]):
            if hashlib.sha256(row[blob.name]).hexdigest() != row["sha256"]:
                raise StoreRefused("copy_differs", path=f"{table.name} {row['id']}", error="sha256")
    return Held(count, hashlib.sha256(f"{ids.hexdigest()} {digest.hex()}".encode()).hexdigest())


def _set_sequences(connection: Connection) -> None:
    """The next row's id follows the last one's."""
    if connection.dialect.name == "sqlite":
        return
    for table in _numbered():
        query = sql(
            f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name} HAVING max(id) > 0"  # noqa: S608 (our own names)
        )
        connection.execute(query)
