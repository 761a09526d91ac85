"""A digest of all rows that an upload brought, sealed in the audit log when it is published: a figure that is changed
later by other tools shows.

Column by column, so that it costs little while rows are inserted (1 s of CPU for a million) and does not depend on how
many are handed over at a time. A column that holds nothing counts for nothing (all null, or all zero or empty where it
may not be null): a later release may add one, and what was sealed before still holds.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import polars as pl
from sqlalchemy import Boolean, Column, Connection, Date, Float, Integer, Table
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from models.records import RECORDS
from models.tables import Observation

HOLDING: Final[tuple[type[SQLModel], ...]] = (Observation, *(kind.table for kind in RECORDS.values()))
"""The tables whose rows belong to an upload."""
_OWN: Final = ("id", "upload_id")
_AT_A_TIME: Final = 20_000


class RowsDigest:
    """Takes an upload's rows, each table's in the order they are stored, and gives one digest of them all."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, str], _ColumnDigest] = {}
        self._rows: dict[str, int] = {}

    def add(self, model: type[SQLModel] | Table, frame: pl.DataFrame) -> None:
        """The next rows of a table; columns as the model's, those left out are empty."""
        table = model if isinstance(model, Table) else SQLModel.metadata.tables[str(model.__tablename__)]
        self._rows[table.name] = self._rows.get(table.name, 0) + frame.height
        for column in table.columns:
            if column.name not in _OWN:
                digest = self._columns.setdefault((table.name, column.name), _ColumnDigest(bool(column.nullable)))
                digest.add(plain(frame, column))

    def hex(self) -> str:
        told = [f"{table} {count}" for table, count in sorted(self._rows.items()) if count]
        told += [f"{table}.{name} {one.hex()}" for (table, name), one in sorted(self._columns.items()) if one.holds]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


class _ColumnDigest:
    """Which rows hold something and, for text, how long it is; then what they hold."""

    def __init__(self, nullable: bool) -> None:
        self.holds, self._nullable = False, nullable
        # Three, each a stream of its own: one for all would depend on where a batch ends.
        self._there, self._lengths, self._content = hashlib.sha256(), hashlib.sha256(), hashlib.sha256()

    def add(self, values: pl.Series) -> None:
        gaps = values.null_count()
        self._there.update(values.is_not_null().to_numpy().astype(np.uint8).tobytes() if gaps else b"\1" * len(values))
        if values.dtype == pl.String:
            filled = values.fill_null("")
            self._lengths.update(filled.str.len_bytes().to_numpy().astype("<u4").tobytes())
            content = filled.str.join("").item().encode()
            filled_in = bool(content)
        else:
            numbers = values.fill_null(0).to_numpy()
            # −0 and 0 are the same figure, and SQLite keeps no −0.
            plain_numbers = numbers.astype("<f8") + 0.0 if values.dtype == pl.Float64 else numbers.astype("<i8")
            content = plain_numbers.tobytes()
            filled_in = bool(numbers.any())
        self.holds |= gaps < len(values) if self._nullable else filled_in
        self._content.update(content)

    def hex(self) -> str:
        parts = (self._there, self._lengths, self._content)
        return hashlib.sha256(b"".join(one.digest() for one in parts)).hexdigest()


def plain(frame: pl.DataFrame, column: Column[Any]) -> pl.Series:
    """A column as both databases give it back: whole numbers, numbers, text, days as ISO text."""
    kind = column.type
    if column.name not in frame.columns:
        return pl.Series(column.name, [None] * frame.height, dtype=pl.String)
    values = frame[column.name]
    if isinstance(kind, (Boolean, Integer)):
        return values.cast(pl.Int64)
    if isinstance(kind, Float):
        return values.cast(pl.Float64)
    if isinstance(kind, Date) and values.dtype == pl.Date:
        return values.dt.to_string("iso")
    return values.cast(pl.String)


def stored_digest(connection: Connection, upload_id: int) -> str:
    """The digest of an upload's rows as they are stored now."""
    digest = RowsDigest()
    for model in HOLDING:
        table = SQLModel.metadata.tables[str(model.__tablename__)]
        columns = [column for column in table.columns if column.name not in _OWN]
        for frame in stored_frames(connection, table, columns, "upload_id = :id", id=upload_id):
            digest.add(model, frame)
    return digest.hex()


def stored_frames(
    connection: Connection, table: Table, columns: Sequence[Column[Any]], where: str, **values: object
) -> Iterator[pl.DataFrame]:
    """The rows of a table in the order of their ids, a part at a time, as the driver gives them back (`plain`)."""
    listed = ", ".join(f'"{column.name}"' for column in columns)
    query = sql(f"SELECT {listed} FROM {table.name} WHERE {where} ORDER BY id")  # noqa: S608 (our own names)
    schema = [(column.name, _dtype(column.type)) for column in columns]
    with connection.execute(query, values, execution_options={"stream_results": True}) as found:
        for part in found.partitions(_AT_A_TIME):
            yield pl.DataFrame([tuple(row) for row in part], schema=schema, orient="row", infer_schema_length=None)


def _dtype(kind: Any) -> Any:
    """A column as the driver reads it. Days are text in SQLite and days in PostgreSQL: polars looks at what came."""
    if isinstance(kind, (Boolean, Integer)):
        return pl.Int64
    if isinstance(kind, Date):
        return None
    return pl.Float64 if isinstance(kind, Float) else pl.String
