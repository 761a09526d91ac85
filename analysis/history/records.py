"""What a publication, withdrawal or restoration did to records: of each key the one that counted before and after.

An event changes only records of keys its upload holds. Events and records are never rewritten, so what an event changed
is kept without regard to the data version.
"""

from functools import lru_cache
from typing import Any, Final

import polars as pl

from analysis.held_records import held_records
from analysis.history.figures import event_told, next_step
from analysis.history.record_fields import MAIN, RECORD_CHANGES, changed_fields, named_records
from analysis.history.vintages import KINDS
from analysis.records import schema_of
from indicators import period_of
from models import RECORDS, Store
from models.publications import COUNTING_BEFORE

EVENT_COUNTS: Final = {
    "record": pl.String,
    "first_period": pl.String,
    "last_period": pl.String,
    **dict.fromkeys(KINDS, pl.Int64),
    "revised": pl.Int64,
}
"""One row per kind of record that an event touched. `revised`: changed or gone, and neither a real record in place of
example data nor a reply: a new one is the next step of the same matter, and so is one that is taken back."""


def record_event_counts(store: Store, event: int, *, indicator: str | None = None) -> pl.DataFrame:
    """What an event did to records (EVENT_COUNTS); with an indicator, only to its calls by weekday and hour. KeyError
    for an event that does not exist."""
    rows = [_counted(store, event, kind, indicator) for kind in _kinds(store, event, indicator)]
    return pl.DataFrame([row for row in rows if row], schema=EVENT_COUNTS)


def told_records(store: Store, event: int, *, indicator: str | None = None) -> pl.DataFrame:
    """The records an event made others (RECORD_CHANGES), a row per field: changed and gone ones, and those that a
    restoration brought back. What a publication added is not told record by record."""
    told = event_told(store, event)
    kinds = ("changed", "gone") if told["action"] == "published" else ("changed", "gone", "new")
    parts = [pl.DataFrame(schema=RECORD_CHANGES)]
    for kind in _kinds(store, event, indicator):
        both = _both(store, event, kind, indicator)
        if both is not None:
            for change in kinds:
                fields = () if change == "changed" else (MAIN[kind],)
                parts.append(changed_fields(kind, both.filter(change=change), fields))
    return named_records(store, pl.concat(parts))


def record_counts_of_next_step(store: Store, upload: int) -> pl.DataFrame:
    """What withdrawing the upload now, or restoring a withdrawn one, would do to its records (EVENT_COUNTS)."""
    told = next_step(store, upload)
    counted = ((kind, _compared(store, told, kind, None)) for kind in _held(store, told, None))
    rows = [_summed(kind, both, both) for kind, both in counted if both is not None]
    return pl.DataFrame([row for row in rows if row], schema=EVENT_COUNTS)


def _kinds(store: Store, event: int, indicator: str | None) -> list[str]:
    return _held(store, event_told(store, event), indicator)


def _held(store: Store, told: dict[str, Any], indicator: str | None) -> list[str]:
    held = held_records(store).get(told["upload"], {})
    return [kind for kind in RECORDS if kind in held and (indicator is None or "indicator" in RECORDS[kind].key)]


@lru_cache(maxsize=4096)
def _counted(store: Store, event: int, kind: str, indicator: str | None) -> dict[str, Any] | None:
    both = _both(store, event, kind, indicator)
    return _summed(kind, both, _all_new(store, event, kind, indicator) if both is None else both)


def _summed(kind: str, both: pl.DataFrame | None, found: pl.DataFrame) -> dict[str, Any] | None:
    """A row of EVENT_COUNTS for the records `found`, which are `both` where they are told one by one."""
    if found.is_empty():
        return None
    weights = pl.col("count") if both is None else pl.lit(1)
    sums = found.select(pl.when(change=name).then(weights).otherwise(0).sum().alias(name) for name in KINDS)
    periods = found["period"].unique().to_list() if "period" in found.columns else []
    periods.sort(key=lambda key: period_of(key).recency)
    revised = 0 if both is None or kind == "reply" else int(both["revised"].sum())
    ends = (
        {"first_period": periods[0], "last_period": periods[-1]}
        if periods
        else dict.fromkeys(("first_period", "last_period"), "")
    )
    return {"record": kind, **ends, **sums.row(0, named=True), "revised": revised}


def _all_new(store: Store, event: int, kind: str, indicator: str | None) -> pl.DataFrame:
    """The records of a publication that nothing stood before, counted per period: quicker than reading them."""
    period = '"period"' if "period" in RECORDS[kind].key else "''"
    only, named = _only("o", indicator)
    query = f"""
        SELECT {period}, count(*), 'new' FROM {RECORDS[kind].table.__tablename__} o
        WHERE o.upload_id = :upload {only} GROUP BY 1
    """  # noqa: S608 (our own names)
    schema = {"period": pl.String, "count": pl.Int64, "change": pl.String}
    found = store.frame(query, schema, upload=event_told(store, event)["upload"], **named)
    return found if period != "''" else found.drop("period")


def _only(table: str, indicator: str | None) -> tuple[str, dict[str, object]]:
    return ("", {}) if indicator is None else (f"AND {table}.indicator = :indicator", {"indicator": indicator})


@lru_cache(maxsize=64)
def _both(store: Store, event: int, kind: str, indicator: str | None) -> pl.DataFrame | None:
    """The records of the event's upload as they counted after it, `<field>_before` as before it, with `change` (KINDS)
    and `revised`; None for a publication that nothing stood before."""
    return _compared(store, event_told(store, event), kind, indicator)


def _compared(store: Store, told: dict[str, Any], kind: str, indicator: str | None) -> pl.DataFrame | None:
    rivals = _rivals(store, told, kind, indicator)
    if told["action"] == "published" and rivals.is_empty():
        return None
    own = _own(store, told, kind, indicator)
    both = own.join(rivals, on=list(RECORDS[kind].key), how="left", suffix="_other", maintain_order="left")
    fields = list(RECORDS[kind].told)
    states = _states(both, [*fields, "file", "synthetic"], told)
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_before")) for name in fields)
    change = (
        pl.when(~pl.col("known_before"))
        .then(pl.lit("new"))
        .when(~pl.col("known_after"))
        .then(pl.lit("gone"))
        .when(same)
        .then(pl.lit("same"))
        .otherwise(pl.lit("changed"))
    )
    real_instead = (pl.col("synthetic_before") & ~pl.col("synthetic")).fill_null(False)
    return states.with_columns(change=change).with_columns(
        revised=pl.col("change").is_in(["changed", "gone"]) & ~real_instead
    )


def _states(both: pl.DataFrame, names: list[str], told: dict[str, Any]) -> pl.DataFrame:
    """The upload's records beside those of others (`<name>_other`, `publication`), as the state after the event and
    before it (`<name>_before`). Without the upload another's record counts; with it, the one published last."""
    withdrawn = told["action"] == "withdrawn"
    known, ours = pl.col("publication").is_not_null(), pl.lit(True)
    wins = pl.col("publication").is_null() | (pl.col("publication") < told["published"])
    with_it, without = ("{}_before", "{}") if withdrawn else ("{}", "{}_before")
    return both.select(
        pl.exclude([*names, *(f"{name}_other" for name in names), "publication"]),
        *(pl.when(wins).then(name).otherwise(f"{name}_other").alias(with_it.format(name)) for name in names),
        *(pl.col(f"{name}_other").alias(without.format(name)) for name in names),
        known_before=ours if withdrawn else known,
        known_after=known if withdrawn else ours,
    )


def _own(store: Store, told: dict[str, Any], kind: str, indicator: str | None) -> pl.DataFrame:
    """The records of the event's upload, in the order they were stored."""
    only, named = _only("o", indicator)
    query, schema = _selected(kind, list(schema_of(kind)), "o")
    own = store.frame(
        f"SELECT {query} FROM {RECORDS[kind].table.__tablename__} o WHERE o.upload_id = :upload {only} ORDER BY o.id",  # noqa: S608
        schema,
        upload=told["upload"],
        **named,
    )
    return _dated(kind, own).with_columns(file=pl.lit(told["file"]), synthetic=pl.lit(told["synthetic"]))


def _rivals(store: Store, told: dict[str, Any], kind: str, indicator: str | None) -> pl.DataFrame:
    """What counted just before the event of the same keys in other uploads: key, told fields, publication, file,
    synthetic, one row per key."""
    key, table = list(RECORDS[kind].key), RECORDS[kind].table.__tablename__
    query, schema = _selected(kind, [*key, *RECORDS[kind].told], "o")
    only, named = _only("own", indicator)
    same = " AND ".join(f'o."{name}" = own."{name}"' for name in key)
    shared = (
        f"WHERE period IN (SELECT DISTINCT period FROM {table} WHERE upload_id = :upload)" if "period" in key else ""  # noqa: S608
    )
    rows = store.frame(
        f"""
        SELECT {query}, p.publication_id, u.file, u.synthetic
        FROM {COUNTING_BEFORE} AS p JOIN upload u ON u.id = p.upload_id
        JOIN {table} own ON own.upload_id = :upload {only}
        JOIN {table} o ON o.upload_id = p.upload_id AND {same}
        WHERE p.upload_id <> :upload AND p.upload_id IN (SELECT DISTINCT upload_id FROM {table} {shared})
        """,  # noqa: S608 (our own names)
        schema | {"publication": pl.Int64, "file": pl.String, "synthetic": pl.Boolean},
        upload=told["upload"],
        event=told["event"],
        **named,
    )
    return _dated(kind, rows.sort("publication").unique(key, keep="last", maintain_order=True))


def _selected(kind: str, names: list[str], table: str) -> tuple[str, dict[str, Any]]:
    """The columns of a table for a query, days as ISO 8601, and their types as they are read."""
    types = {name: schema_of(kind)[name] for name in names}
    days = {name for name, type_ in types.items() if type_ is pl.Date}
    read = (f'CAST({table}."{name}" AS VARCHAR(10))' if name in days else f'{table}."{name}"' for name in names)
    return ", ".join(read), {name: pl.String if name in days else type_ for name, type_ in types.items()}


def _dated(kind: str, rows: pl.DataFrame) -> pl.DataFrame:
    days = [name for name, type_ in schema_of(kind).items() if type_ is pl.Date and name in rows.columns]
    return rows.with_columns(pl.col(days).str.to_date()) if days else rows
