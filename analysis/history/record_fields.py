"""What would change if a file of records were published: units, offers, calls by hour, replies; field by field."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from analysis.record_names import audit_titles, unit_names
from analysis.records import Records, cell_of_field, compared, published_beside, with_cells
from models import RECORDS, Store

RECORD_KINDS: Final = ("new", "same", "changed", "not_in_file")
"""`not_in_file`: published for what the file is about (SCOPES), absent from it, and left as it is."""

SCOPES: Final = {
    "care_unit": ("region",),
    "service_offer": ("region", "period"),
    "phone_profile": ("indicator", "region", "period"),
    "reply": ("audit", "region"),
}
"""What a file of a kind is about. Of care units only those still open are missed in it, by unit."""

MAIN: Final = {"care_unit": "name", "service_offer": "status", "phone_profile": "value", "reply": "status"}
"""The field that tells what a record says, where the whole record comes or goes."""

NAMED: Final = {
    "record": pl.String,
    "region": pl.String,
    "period": pl.String,
    "unit": pl.String,
    "unit_name": pl.String,
    "service": pl.String,
    "service_printed": pl.String,
    "valid_from": pl.Date,
    "indicator": pl.String,
    "weekday": pl.Int64,
    "hour": pl.Int64,
    "audit": pl.String,
    "audit_title": pl.String,
    "number": pl.Int64,
}
"""Which record: `record` is its kind (models.RECORDS); what a kind does not have is empty."""

RECORD_CHANGES: Final = NAMED | {
    "change": pl.String,
    "field": pl.String,
    "old": pl.String,
    "new": pl.String,
    "old_file": pl.String,
    "sheet": pl.String,
    "cell": pl.String,
}
"""One row per field of a record that is another, as text: days in ISO 8601, codes as in the store."""

RECORD_COUNTS: Final = {"record": pl.String, "period": pl.String, **dict.fromkeys(RECORD_KINDS, pl.Int64)}
"""One row per kind of record and period ("" where the kind has none)."""


@dataclass(frozen=True)
class RecordChanges:
    """`counts`: RECORD_COUNTS. `changed`: RECORD_CHANGES in the order of the file."""

    counts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RECORD_COUNTS))
    changed: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RECORD_CHANGES))


def what_records_change(store: Store, records: Records) -> RecordChanges:
    """Compare a checked file's records with those published now."""
    counts, changed = [], []
    for kind, own in records.items():
        if own.is_empty():
            continue
        published = published_beside(store, kind, own)
        both = compared(kind, own, published)
        counts.append(_counts(kind, both, _absent(kind, own, published)))
        changed.append(changed_fields(kind, both.filter(change="changed")))
    if not counts:
        return RecordChanges()
    return RecordChanges(pl.concat(counts), named_records(store, pl.concat(changed), records))


def _absent(kind: str, own: pl.DataFrame, published: pl.DataFrame) -> pl.DataFrame:
    scope, key = list(SCOPES[kind]), list(RECORDS[kind].key)
    beside = published.join(own.select(scope).unique(), on=scope, how="semi")
    if kind == "care_unit":
        return beside.filter(pl.col("valid_to").is_null()).join(own, on="unit", how="anti")
    return beside.join(own, on=key, how="anti")


def _counts(kind: str, both: pl.DataFrame, absent: pl.DataFrame) -> pl.DataFrame:
    """The counts of one kind, a row per period in the order of the file."""
    period = pl.col("period") if "period" in both.columns else pl.lit("").alias("period")
    gone = absent.with_columns(period, change=pl.lit("not_in_file"))  # selected alone, literals are one row of nothing
    rows = pl.concat([part.select("period", "change") for part in (both.with_columns(period), gone)])
    counted = rows.group_by("period", maintain_order=True).agg(
        (pl.col("change") == each).sum().alias(each) for each in RECORD_KINDS
    )
    return counted.select(pl.lit(kind).alias("record"), *list(RECORD_COUNTS)[1:]).cast(RECORD_COUNTS)  # type: ignore[arg-type]


def changed_fields(kind: str, rows: pl.DataFrame, fields: Sequence[str] = ()) -> pl.DataFrame:
    """RECORD_CHANGES of records with `<field>_before` beside each field, `change` and `file_before`: the `fields`, or
    every one that is told; only those that differ."""
    placed = with_cells(rows).with_row_index("_row")
    parts = [
        placed.filter(pl.col(name).ne_missing(pl.col(f"{name}_before"))).select(
            "_row",
            *(_named(placed, column) for column in NAMED if column != "record"),
            "change",
            "sheet",
            cell_of_field(placed, name),
            record=pl.lit(kind),
            field=pl.lit(name),
            old_file="file_before",
            old=_as_text(placed, f"{name}_before"),
            new=_as_text(placed, name),
        )
        for name in fields or RECORDS[kind].told
    ]
    return pl.concat(parts).sort("_row", maintain_order=True).select(*RECORD_CHANGES)


def _named(rows: pl.DataFrame, name: str) -> pl.Expr:
    """A column of NAMED; of a record that is gone, what was told of it."""
    if name not in rows.columns:
        return pl.lit(None, NAMED[name]).alias(name)
    return pl.coalesce(name, f"{name}_before") if f"{name}_before" in rows.columns else pl.col(name)


def _as_text(rows: pl.DataFrame, name: str) -> pl.Expr:
    """The field as text; a whole number without decimals, a day in ISO 8601."""
    if rows.schema[name].is_float():
        return pl.col(name).cast(pl.String).str.strip_suffix(".0")
    return pl.col(name).cast(pl.String)


def named_records(store: Store, changes: pl.DataFrame, records: Records | None = None) -> pl.DataFrame:
    """The rows (NAMED) with the names of their units and audits; empty for one that nobody has named."""
    if changes.is_empty():
        return changes
    names, titles = unit_names(store, records), audit_titles(store)
    return changes.with_columns(
        unit_name=pl.col("unit").replace_strict(names, default="", return_dtype=pl.String),
        audit_title=pl.col("audit").replace_strict(titles, default="", return_dtype=pl.String),
    )
