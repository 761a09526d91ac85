"""Rows in bulk, through the connection of the caller's transaction.

SQLite builds the list behind each `IN (…)` of a CHECK anew for every row: half the time of a million. So the rows of
one insert are held against their table's CHECKs all at once, by the database, where they lie; one that breaks any of
them undoes the transaction as it would have done alone.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import polars as pl
from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

from models.digests import RowsDigest

_CHUNK: Final = 10_000  # rows handed to the driver at a time: keeps 1 M rows under the memory bar
_LOOKED_UP_BY: Final = ("indicator", "period", "region", "sex", "age")  # only figures have them all
_LITERAL: Final = 100  # characters
_ESCAPED: Final = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}


def insert_rows(
    connection: Connection,
    model: type[SQLModel],
    frame: pl.DataFrame,
    digest: RowsDigest | None,
    between: Callable[[], None],
) -> None:
    """Append `frame` (columns as the model's without id) to its table; `digest` takes the rows as they go in, `between`
    is called before each part of them. The driver's own IntegrityError for a row that breaks a rule of the table."""
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    names = [column.name for column in table.columns if column.name in frame.columns]
    driver: Any = connection.connection.driver_connection
    parts = _sealed(model, frame.select(names), digest, between)
    if connection.dialect.name == "sqlite":
        with _checked_together(connection, driver, table.name):
            _by_sqlite(driver, table.name, frame.select(names), parts)
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({_quoted(names)}) FROM STDIN") as copy:
        for part in parts:
            copy.write(_copy_text(part))


def _copy_text(part: pl.DataFrame) -> bytes:
    """The rows in COPY's text format, written by polars: no row passes through Python."""
    escaped = part.with_columns(pl.selectors.string().str.replace_many(_ESCAPED))
    return escaped.write_csv(include_header=False, separator="\t", quote_style="never", null_value=r"\N").encode()


def _by_sqlite(driver: sqlite3.Connection, table: str, frame: pl.DataFrame, parts: Iterator[pl.DataFrame]) -> None:
    alike = {name: _literal(frame, name) for name in frame.columns}
    marks = ", ".join(literal or "?" for literal in alike.values())
    differing = [name for name, literal in alike.items() if literal is None]
    query = f"INSERT INTO {table} ({_quoted(frame.columns)}) VALUES ({marks})"  # noqa: S608 (our own columns, quoted values)
    # sqlite3's own date adapter is deprecated; dates go in as the ISO text SQLAlchemy would write.
    dates = pl.selectors.date().dt.to_string("iso")
    for part in parts:
        columns = part.select(differing).with_columns(dates)
        driver.executemany(query, zip(*(column.to_list() for column in columns), strict=True))


@contextmanager
def _checked_together(connection: Connection, driver: sqlite3.Connection, table: str) -> Iterator[None]:
    """What is inserted meanwhile is held against the table's CHECKs, as the database has them, when all is there."""
    last = driver.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]  # noqa: S608 (our own names)
    driver.execute("PRAGMA ignore_check_constraints=ON")
    try:
        yield
    finally:
        driver.execute("PRAGMA ignore_check_constraints=OFF")
    rules = inspect(connection).get_check_constraints(table)
    cases = " ".join(f"WHEN NOT ({rule['sqltext']}) THEN '{rule['name']}'" for rule in rules)
    query = f"SELECT CASE {cases} END AS broken FROM {table} WHERE id > ? AND broken IS NOT NULL LIMIT 1"  # noqa: S608
    if (broken := driver.execute(query, (last,)).fetchone()) is not None:
        raise sqlite3.IntegrityError(f"CHECK constraint failed: {broken[0]}")


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _literal(frame: pl.DataFrame, name: str) -> str | None:
    """The one value of a column of many rows as SQL, so that it is not handed over with every row; None where the
    values differ, or are more than a short plain text, a whole number or nothing."""
    if frame.height <= _CHUNK:
        return None
    column = pl.col(name)
    nulls, alike, first = frame.select(
        column.null_count(), (column == column.first()).all().alias("alike"), column.first().alias("first")
    ).row(0)
    if nulls:
        return "NULL" if nulls == frame.height else None
    if not alike:
        return None
    if isinstance(first, str) and len(first) <= _LITERAL and first.isprintable():
        return "'" + first.replace("'", "''") + "'"
    return str(first) if type(first) is int else None


def _sealed(
    model: type[SQLModel], frame: pl.DataFrame, digest: RowsDigest | None, between: Callable[[], None]
) -> Iterator[pl.DataFrame]:
    for part in _parts(frame):
        between()
        if digest is not None:
            digest.add(model, part)
        yield part


def _parts(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows a chunk at a time; figures in the order of the index they are looked up by, so that its pages are filled
    one after another: a million rows take half the time."""
    if not set(_LOOKED_UP_BY) <= set(frame.columns):
        yield from frame.iter_slices(_CHUNK)
        return
    order = frame.select(_LOOKED_UP_BY).with_row_index("at").sort(_LOOKED_UP_BY, maintain_order=True)["at"]
    for start in range(0, frame.height, _CHUNK):
        yield frame[order[start : start + _CHUNK]]
