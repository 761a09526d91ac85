"""The boards' replies: the one that counts, and those published before it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.figures import column_letters
from analysis.moments import until
from analysis.records import cells_by_field
from models import Store
from models.publications import COUNTING_UPLOADS

REPLIES: Final = {
    "audit": pl.String, "number": pl.Int64, "region": pl.String, "status": pl.String, "replied": pl.String,
    "measures_taken": pl.String, "measures_planned": pl.String, "link": pl.String, "time_plan": pl.String,
    "due": pl.String, "how": pl.String, "responsible": pl.String, "reason_none": pl.String, "cells": pl.String,
    "sheet": pl.String, "row": pl.Int64, "col": pl.Int64, "path": pl.String, "upload": pl.Int64, "file": pl.String,
    "synthetic": pl.Boolean, "publication": pl.Int64, "published_at": pl.String,
}  # fmt: skip
_EVERY: Final = f"""
SELECT r.audit, r.number, r.region, r.status, CAST(r.replied AS VARCHAR(10)), r.measures_taken, r.measures_planned,
    r.link, r.time_plan, CAST(r.due AS VARCHAR(10)), r.how, r.responsible, r.reason_none, r.cells, r.sheet,
    r."row", r.col, r.path, p.upload_id, u.file, u.synthetic, p.publication_id, p.published_at
FROM {COUNTING_UPLOADS} AS p
JOIN upload u ON u.id = p.upload_id
JOIN reply r ON r.upload_id = p.upload_id
"""  # noqa: S608 (our own subquery)


def every_reply(store: Store, as_of: date | None = None) -> pl.DataFrame:
    """Each publication of a reply that is not withdrawn (columns REPLIES, `replied` and `due` as days), oldest first.
    The last of a recommendation is the one that counts (as analysis.records.current_records has it)."""
    found = store.frame(_EVERY, REPLIES, until=until(as_of))
    return found.with_columns(pl.col("replied", "due").str.to_date()).sort("publication", "audit", "number")


def reply_cell(reply: Mapping[str, Any], field: str = "status") -> str:
    """Where a field of a reply (REPLIES) stands in its sheet; one published before each field's cell was kept: where
    the status stands."""
    return cells_by_field(reply).get(field) or f"{column_letters(reply['col'])}{reply['row']}"


def replies_by_recommendation(
    store: Store, as_of: date | None = None, *, include_synthetic: bool = True
) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """(audit, number) → its replies, oldest first."""
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in every_reply(store, as_of).iter_rows(named=True):
        if row["synthetic"] and not include_synthetic:
            continue
        found.setdefault((row["audit"], row["number"]), []).append(row)
    return found
