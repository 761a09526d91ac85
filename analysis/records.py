"""The records that count: of each key the one in the upload published last, now or as it was on an earlier day."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeAlias

import polars as pl
from sqlmodel import SQLModel

from analysis.figures import column_letters
from analysis.moments import until
from models import RECORDS, Store
from models.publications import COUNTING_UPLOADS

Records: TypeAlias = dict[str, pl.DataFrame]
"""Kind (models.RECORDS) → records, with the columns of the kind's table without id and upload_id."""

ORIGIN: Final = {
    "upload": pl.Int64,
    "file": pl.String,
    "synthetic": pl.Boolean,
    "publication": pl.Int64,
    "published_at": pl.String,
}
"""Columns that say which upload a record came in, beside the columns of its table (without id and upload_id)."""

# SQLModel's own text type (AutoString) says that its Python type is object.
_TYPES: Final[dict[type, Any]] = {
    str: pl.String,
    object: pl.String,
    int: pl.Int64,
    float: pl.Float64,
    bool: pl.Boolean,
    date: pl.String,
}


def columns_of(model: type[SQLModel]) -> dict[str, Any]:
    """A table's columns and their polars types, without id and upload_id; days are pl.Date."""
    columns = SQLModel.metadata.tables[str(model.__tablename__)].columns
    types = {column.name: column.type.python_type for column in columns}
    return {
        name: pl.Date if type_ is date else _TYPES[type_]
        for name, type_ in types.items()
        if name not in ("id", "upload_id")
    }


def schema_of(kind: str) -> dict[str, Any]:
    """The columns of a kind of record and their polars types."""
    return columns_of(RECORDS[kind].table)


def current_records(
    store: Store, kind: str, *, as_of: date | None = None, where: str = "", **values: object
) -> pl.DataFrame:
    """The records of a kind that count (columns schema_of(kind) + ORIGIN), one row per key. `where` is our own SQL over
    the table `r` with named `values`; it may only name columns of the key or that never change within one."""
    told = schema_of(kind)
    days = {name for name, type_ in told.items() if type_ is pl.Date}
    read = ", ".join(f'CAST(r."{name}" AS VARCHAR(10))' if name in days else f'r."{name}"' for name in told)
    query = f"""
        SELECT {read}, p.upload_id, u.file, u.synthetic, p.publication_id, p.published_at
        FROM {COUNTING_UPLOADS} AS p
        JOIN upload u ON u.id = p.upload_id
        JOIN {RECORDS[kind].table.__tablename__} r ON p.upload_id = +r.upload_id
        {f"WHERE {where}" if where else ""}
    """  # noqa: S608 (our own names; the + keeps SQLite to the index on what `where` names)
    schema = {name: pl.String if name in days else type_ for name, type_ in told.items()} | ORIGIN
    found = store.frame(query, schema, until=until(as_of), **values)
    latest = found.sort("publication").unique(RECORDS[kind].key, keep="last", maintain_order=True)
    return latest.with_columns(pl.col(name).str.to_date() for name in sorted(days))


def with_cells(records: pl.DataFrame) -> pl.DataFrame:
    """The records with `cell`, where each stands in its sheet (`D14`, or a path), from their row, col and path."""
    letters = {number: column_letters(number) for number in records["col"].unique()}
    address = pl.col("col").replace_strict(letters, return_dtype=pl.String, default="") + pl.col("row").cast(pl.String)
    return records.with_columns(cell=pl.when(pl.col("path") != "").then("path").otherwise(address))


def cells_by_field(record: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a record that have cells of their own (Reply.cells), and those cells.

    >>> cells_by_field({"cells": "due=B14 how=B15"})
    {'due': 'B14', 'how': 'B15'}
    """
    pairs = (each.partition("=") for each in (record.get("cells") or "").split())
    return {name: cell for name, _, cell in pairs}


def cell_of_field(records: pl.DataFrame, name: str) -> pl.Expr:
    """Where one field of each record stands: its own cell where the record knows it (Reply.cells), else the record's.
    `records` as with_cells gives them."""
    if "cells" not in records.columns:
        return pl.col("cell")
    return pl.coalesce(pl.col("cells").str.extract(rf"\b{name}=(\S+)"), "cell").alias("cell")


COMPARED: Final = ("new", "same", "changed")


def published_beside(store: Store, kind: str, records: pl.DataFrame) -> pl.DataFrame:
    """The records (current_records) published now that those of a file stand beside: of the same periods, or every one
    of a kind that has no period."""
    if "period" not in RECORDS[kind].key:
        return current_records(store, kind)
    periods = records["period"].unique().sort().to_list()
    named = {f"p{place}": period for place, period in enumerate(periods)}
    return current_records(store, kind, where=f"r.period IN ({', '.join(f':{name}' for name in named)})", **named)


def compared(kind: str, records: pl.DataFrame, published: pl.DataFrame) -> pl.DataFrame:
    """Records of a file beside `published` ones: the file's rows with `change` (COMPARED), `file_before` and, for every
    column that is told, `<name>_before`."""
    key, told = list(RECORDS[kind].key), list(RECORDS[kind].told)
    before = published.select(
        *key, *(pl.col(name).alias(f"{name}_before") for name in told), file_before="file", _known=pl.lit(True)
    )
    both = records.join(before, on=key, how="left", maintain_order="left")
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_before")) for name in told)
    found = pl.when(pl.col("_known").is_null()).then(pl.lit("new")).when(same).then(pl.lit("same"))
    return both.with_columns(change=found.otherwise(pl.lit("changed"))).drop("_known")


def compared_records(store: Store, kind: str, records: pl.DataFrame) -> pl.DataFrame:
    """Records of a file `compared` with those published now."""
    return compared(kind, records, published_beside(store, kind, records))
