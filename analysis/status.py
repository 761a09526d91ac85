"""What has come in, and what does the store hold? For Data och källor, `uploads` and the state of the data."""

from datetime import date
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.figures import figures_of, until
from indicators import catalogue, period_of
from models import Store

_UPLOADS: Final = """
SELECT u.id, u.file, u.sha256, u.size, u.layout, u.status, u.synthetic, u.observations, u.ignored, u.uploaded_at,
       u.uploaded_by, p.at, p.by, p.note
FROM upload u
LEFT JOIN (SELECT upload_id, max(id) AS id FROM publication GROUP BY upload_id) AS last ON last.upload_id = u.id
LEFT JOIN publication p ON p.id = last.id
ORDER BY u.id DESC
"""
_UPLOADS_SCHEMA: Final = {
    "id": pl.Int64, "file": pl.String, "sha256": pl.String, "size": pl.Int64, "layout": pl.String,
    "status": pl.String, "synthetic": pl.Boolean, "observations": pl.Int64, "ignored": pl.Int64,
    "uploaded_at": pl.String, "uploaded_by": pl.String, "published_at": pl.String, "published_by": pl.String,
    "note": pl.String,
}  # fmt: skip
_USED: Final = """
SELECT DISTINCT o.indicator
FROM (SELECT upload_id, max(id) AS id FROM publication WHERE at < :until GROUP BY upload_id) AS last
JOIN publication p ON p.id = last.id AND p.action = 'published'
JOIN observation o ON o.upload_id = p.upload_id
"""


def uploads_list(store: Store) -> pl.DataFrame:
    """Every upload, newest first, with its latest publication event."""
    return store.frame(_UPLOADS, _UPLOADS_SCHEMA)


def original_file(store: Store, upload: int) -> tuple[str, bytes] | None:
    """The very file of an upload: its name and bytes."""
    found = store.frame(
        "SELECT file, content FROM upload WHERE id = :upload", {"file": pl.String, "content": pl.Binary}, upload=upload
    )
    return found.row(0) if found.height else None


def catalogue_status(store: Store, as_of: date | None = None) -> pl.DataFrame:
    """One row per indicator with figures: how many, over how many regions, first and latest period, latest upload and
    its moment, and whether every figure is synthetic. Catalogue order."""
    known = catalogue().indicators
    rows = [_status_of(figures_of(store, known[used], as_of)) for used in indicators_with_figures(store, as_of)]
    return pl.DataFrame(rows, schema=_STATUS_SCHEMA)


def indicators_with_figures(store: Store, as_of: date | None = None) -> tuple[str, ...]:
    """The indicators that have a published figure, in the catalogue's order."""
    return _indicators_with_figures(store, store.data_version(), until(as_of))


@lru_cache(maxsize=32)
def _indicators_with_figures(store: Store, _version: int, before: str) -> tuple[str, ...]:
    used = set(store.frame(_USED, {"indicator": pl.String}, until=before)["indicator"])
    return tuple(known for known in catalogue().indicators if known in used)


_STATUS_SCHEMA: Final = {
    "indicator": pl.String, "figures": pl.Int64, "regions": pl.Int64, "first_period": pl.String,
    "latest_period": pl.String, "latest_upload": pl.Int64, "synthetic": pl.Boolean, "published_at": pl.String,
}  # fmt: skip


def _status_of(figures: pl.DataFrame) -> dict[str, object]:
    periods = sorted((period_of(key) for key in figures["period"].unique()), key=lambda period: period.recency)
    newest = figures.sort("published_at", "upload").row(-1, named=True)
    return {
        "indicator": newest["indicator"],
        "figures": figures.height,
        "regions": figures.filter(pl.col("code") != "00")["code"].n_unique(),
        "first_period": periods[0].key,
        "latest_period": periods[-1].key,
        "latest_upload": newest["upload"],
        "synthetic": bool(figures["flags"].str.contains("x", literal=True).all()),
        "published_at": newest["published_at"],
    }
