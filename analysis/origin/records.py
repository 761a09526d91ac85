"""Where does a record come from: which records stand in a cell of an upload, and does each still count?"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.history.record_fields import MAIN, NAMED, named_records
from analysis.moments import until
from analysis.records import cell_of_field, cells_by_field, schema_of, with_cells
from models import RECORDS, Store
from models.publications import COUNTING_UPLOADS

_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SAID: Final = f"""
SELECT {{columns}}, u.id, u.file, u.synthetic, first.id, first.at, p.upload_id
FROM {{table}} r
JOIN upload u ON u.id = r.upload_id
JOIN publication first ON first.upload_id = u.id AND first.action = 'published' AND first.at < :until
LEFT JOIN {COUNTING_UPLOADS} AS p ON p.upload_id = u.id
WHERE {{where}}
ORDER BY first.id DESC
"""  # noqa: S608 (our own text)
_STATE: Final = {
    "upload": pl.Int64,
    "file": pl.String,
    "synthetic": pl.Boolean,
    "publication": pl.Int64,
    "published_at": pl.String,
    "counting": pl.Int64,
}


@dataclass(frozen=True)
class RecordOrigin:
    """One record of a cell. `row`: the kind's columns and NAMED. `field`: which of its fields stands there. `said`:
    what every published file says of the same key, latest first: the kind's columns, upload, file, synthetic,
    published_at, `cell` (the field's) and `state` ("counts", "replaced" or "withdrawn"). `state`: that of the record
    itself; `by`: the row of `said` that counts, None where none does."""

    kind: str
    row: dict[str, Any]
    field: str
    said: pl.DataFrame
    state: str
    by: dict[str, Any] | None


def records_at(store: Store, upload: int, sheet: str, cell: str, as_of: date | None = None) -> tuple[RecordOrigin, ...]:
    """The records in a cell (`D14`, or a path) of an upload published by `as_of`; none of one that waits."""
    found = []
    for kind in RECORDS:
        rows = _of_cell(store, kind, upload, sheet, cell, as_of)
        found += [_origin(store, kind, row, cell, upload, as_of) for row in rows.to_dicts()]
    return tuple(found)


def _of_cell(store: Store, kind: str, upload: int, sheet: str, cell: str, as_of: date | None) -> pl.DataFrame:
    place = _CELL.fullmatch(cell)
    where = "r.upload_id = :upload AND r.sheet = :sheet AND "
    named: dict[str, object] = {"upload": upload, "sheet": sheet}
    if place:
        own = "r.path = '' AND r.\"row\" = :row AND r.col = :col"
        named |= {"row": int(place[2]), "col": column_number(place[1])}
        if "cells" in schema_of(kind):  # a reply: each field has a cell of its own
            own = f"({own} OR r.cells || ' ' LIKE :among)"
            named["among"] = f"%={cell} %"
        where += own
    else:
        where += "r.path = :path"
        named["path"] = cell
    rows = _said(store, kind, where, named, as_of)
    if rows.is_empty():
        return rows
    absent = [pl.lit(None, type_).alias(name) for name, type_ in NAMED.items() if name not in rows.columns]
    return named_records(store, rows.with_columns(absent).with_columns(record=pl.lit(kind)))


def column_number(letters: str) -> int:
    """A column's number, from 1.

    >>> column_number("A"), column_number("Z"), column_number("AA")
    (1, 26, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _origin(store: Store, kind: str, row: dict[str, Any], cell: str, upload: int, as_of: date | None) -> RecordOrigin:
    key, cells = RECORDS[kind].key, cells_by_field(row)
    name = next((name for name, own in cells.items() if own == cell), MAIN[kind])
    where = " AND ".join(f'r."{name}" = :{name}' for name in key)
    said = _said(store, kind, where, {name: row[name] for name in key}, as_of)
    counting = said.filter(pl.col("counting").is_not_null())
    by = counting.row(0, named=True) if counting.height else None
    latest = by["upload"] if by else 0
    state = (
        pl.when(pl.col("counting").is_null())
        .then(pl.lit("withdrawn"))
        .when(pl.col("upload") == latest)
        .then(pl.lit("counts"))
        .otherwise(pl.lit("replaced"))
    )
    told = said.with_columns(cell_of_field(said, name), state=state)
    own = told.filter(upload=upload).row(0, named=True)
    return RecordOrigin(kind, row, name, told, own["state"], by)


def _said(store: Store, kind: str, where: str, named: dict[str, object], as_of: date | None) -> pl.DataFrame:
    types = schema_of(kind)
    days = [name for name, type_ in types.items() if type_ is pl.Date]
    columns = ", ".join(f'CAST(r."{name}" AS VARCHAR(10))' if name in days else f'r."{name}"' for name in types)
    query = _SAID.format(columns=columns, table=RECORDS[kind].table.__tablename__, where=where)
    schema = {name: pl.String if name in days else type_ for name, type_ in types.items()} | _STATE
    rows = store.frame(query, schema, until=until(as_of), **named)
    return with_cells(rows.with_columns(pl.col(days).str.to_date()) if days else rows)
