"""Put figures straight into a store, as a published file would leave them, without a file."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import polars as pl
from sqlmodel import Session

from indicators import period_of
from models import RECORDS, Observation, Publication, Store, Upload, now

ROW: dict[str, Any] = {
    "sex": "T", "value": None, "numerator": None, "denominator": None, "base_n": None, "ci_low": None, "ci_high": None,
    "flags": "", "reason": "", "printed": "", "source": "", "comment": "", "sheet": "", "col": 3, "path": "",
}  # fmt: skip
_FLOATS = ("value", "numerator", "denominator", "base_n", "ci_low", "ci_high")


def moment(day: str) -> str:
    """Noon of a day, as the store writes moments."""
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def publish(
    store: Store,
    rows: list[dict[str, Any]],
    *,
    day: str | None = None,
    synthetic: bool = False,
    layout: str = "wide",
    replace_evidence: bool = False,
    by: str = "test",
) -> int:
    """Publish `rows` (indicator, region, period and any other column of Observation) as one upload; gives its id."""
    content = repr((rows, day, now())).encode()
    at = moment(day) if day else now()
    with store.write() as connection, Session(connection) as session:
        upload = Upload(
            file="made-in-test.csv",
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            content=content,
            layout=layout,
            uploaded_at=at,
            uploaded_by="test",
            observations=len(rows),
            ignored=0,
            report="{}",
            synthetic=synthetic,
            status="published",
        )
        session.add(upload)
        session.flush()
        assert upload.id is not None
        if rows:
            frame = pl.DataFrame([_full(row, upload.id, number) for number, row in enumerate(rows, start=2)])
            store.insert_rows(connection, Observation, frame.with_columns(pl.col(*_FLOATS).cast(pl.Float64)))
        session.add(
            Publication(upload_id=upload.id, action="published", at=at, by=by, replace_evidence=replace_evidence)
        )
        session.flush()
        return upload.id


def publish_records(
    store: Store, records: dict[str, pl.DataFrame], *, day: str | None = None, synthetic: bool = False
) -> int:
    """Publish records (kind → columns of its table without id and upload_id) as one upload; gives its id."""
    upload = publish(store, [], day=day, synthetic=synthetic)
    with store.write() as connection:
        for kind, frame in records.items():
            store.insert_rows(connection, RECORDS[kind].table, frame.with_columns(pl.lit(upload).alias("upload_id")))
    return upload


def withdraw(store: Store, upload: int, *, day: str | None = None) -> None:
    """Withdraw an upload, as the sequence of publications records it."""
    _turn(store, upload, "withdrawn", day)


def restore(store: Store, upload: int, *, day: str | None = None) -> None:
    """Publish a withdrawn upload again, as the sequence of publications records it."""
    _turn(store, upload, "restored", day)


def _turn(store: Store, upload: int, action: str, day: str | None) -> None:
    with store.write() as connection, Session(connection) as session:
        at = moment(day) if day else now()
        session.add(Publication(upload_id=upload, action=action, at=at, by="test", note="test"))
        session.flush()


def _full(row: dict[str, Any], upload: int, number: int) -> dict[str, Any]:
    period = period_of(row["period"])
    dated = {"period_start": period.start, "period_end": period.end, "period_kind": period.kind}
    full = {**ROW, "upload_id": upload, "row": number, **dated, **row}
    return full | ({"reason": "missing"} if full["value"] is None and not full["reason"] else {})
