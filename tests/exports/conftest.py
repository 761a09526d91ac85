"""A small store made by hand: every cell of every export can be checked against it."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from sqlalchemy import text as sql

from indicators import period_of
from models import Observation, Store

PUBLISHED_AT = "2026-03-01T12:00:00.000000Z"  # 13:00 in Sweden
EMPTY = {
    "care_unit": "", "sex": "T", "age": "all", "value": None, "numerator": None, "denominator": None, "base_n": None,
    "ci_low": None, "ci_high": None, "flags": "", "reason": "", "printed": "", "source": "", "comment": "",
    "sheet": "Blad1", "row": 2, "col": 5, "path": "",
}  # fmt: skip


@pytest.fixture
def publish(store: Store) -> Callable[..., int]:
    """`publish(rows, file=…, synthetic=…, note=…)`: put observations into the store as one published upload."""
    count = 0

    def put(rows: list[dict[str, Any]], *, file: str = "a.csv", synthetic: bool = False, note: str = "") -> int:
        nonlocal count
        count += 1
        observations = pl.DataFrame(
            [
                {
                    **EMPTY,
                    **row,
                    "upload_id": count,
                    "period_start": period.start,
                    "period_end": period.end,
                    "period_kind": period.kind,
                }
                for row in rows
                for period in [period_of(row["period"])]
            ],
            infer_schema_length=None,
        )
        with store.write() as connection:
            connection.execute(
                sql(
                    "INSERT INTO upload (id, file, sha256, size, content, layout, uploaded_at, uploaded_by,"
                    " observations, ignored, report, synthetic, status)"
                    " VALUES (:id, :file, :sha, 3, :content, 'wide', :at, 'Anna', :n, 1, '{}', :synthetic, 'published')"
                ),
                {
                    "id": count,
                    "file": file,
                    "sha": f"{count}" * 64,
                    "content": b"abc",
                    "at": PUBLISHED_AT,
                    "n": len(rows),
                    "synthetic": synthetic,
                },
            )
            store.insert_rows(connection, Observation, observations)
            connection.execute(
                sql(
                    'INSERT INTO publication (upload_id, action, at, "by", note)'
                    " VALUES (:id, 'published', :at, 'Bo', :note)"
                ),
                {"id": count, "at": PUBLISHED_AT, "note": note},
            )
        return count

    return put


@pytest.fixture
def small_store(store: Store, publish: Callable[..., int]) -> Store:
    """Calls answered in two regions and the nation, one figure missing; base and interval are published or none."""
    publish(
        [
            {
                "indicator": "calls_share_answered",
                "region": "25",
                "period": "2023-01",
                "value": 62.85,
                "numerator": 6285,
                "denominator": 10000,
                "row": 2,
            },
            {
                "indicator": "calls_share_answered",
                "region": "24",
                "period": "2023-01",
                "reason": "not_reported",
                "flags": "m",
                "row": 3,
            },
            {
                "indicator": "calls_share_answered",
                "region": "00",
                "period": "2023-01",
                "value": 70.0,
                "ci_low": 69.0,
                "ci_high": 71.0,
                "row": 4,
                "source": "Rapport 1",
            },
            {"indicator": "calls_share_answered", "region": "25", "period": "2022-12", "value": 60.0, "row": 5},
            {"indicator": "calls_mean_wait", "region": "25", "period": "2023-01", "value": 151.0, "row": 6},
            {"indicator": "calls_offered", "region": "25", "period": "2023-01", "value": 12345.0, "row": 7},
        ],
        file="samtal.csv",
        note="första inläsningen",
    )
    return store
