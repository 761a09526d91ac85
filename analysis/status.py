"""What has come in, and what does the store hold? For Data och källor, `uploads` and the state of the data."""

from datetime import date
from functools import lru_cache
from typing import Final

import polars as pl

from access import Actor, allowed
from access.users import keys_of_region
from analysis.moments import until
from indicators import catalogue, period_of
from models import Store
from models.publications import COUNTING_UPLOADS, LAST_EVENTS
from models.tables import SHOWN_ROWS

_UPLOADS: Final = f"""
SELECT u.id, u.file, u.sha256, u.size, u.layout,
       CASE WHEN p.action = 'withdrawn' THEN 'withdrawn' WHEN p.action IS NOT NULL THEN 'published'
            WHEN u.status = 'rejected' THEN 'rejected' ELSE 'staged' END,
       u.synthetic, u.observations, u.ignored, u.uploaded_at, u.uploaded_by, p.at, p.by, p.note
FROM upload u
LEFT JOIN {LAST_EVENTS} AS last ON last.upload_id = u.id
LEFT JOIN publication p ON p.id = last.id
WHERE u.uploaded_at < :until
ORDER BY u.id DESC
"""  # noqa: S608 (our own subquery)
_UPLOADS_SCHEMA: Final = {
    "id": pl.Int64,
    "file": pl.String,
    "sha256": pl.String,
    "size": pl.Int64,
    "layout": pl.String,
    "status": pl.String,
    "synthetic": pl.Boolean,
    "observations": pl.Int64,
    "ignored": pl.Int64,
    "uploaded_at": pl.String,
    "uploaded_by": pl.String,
    "published_at": pl.String,
    "published_by": pl.String,
    "note": pl.String,
}
_COUNTING: Final = f"""
SELECT p.upload_id, u.synthetic FROM {COUNTING_UPLOADS} AS p JOIN upload u ON u.id = p.upload_id
"""  # noqa: S608 (our own subquery)
_INDICATORS: Final = "SELECT DISTINCT indicator FROM observation WHERE upload_id = :upload"
_OF_PERIODS: Final = f"""
SELECT k.indicator, k.period, count(*), max(k.publication_id), min(CASE WHEN u.synthetic THEN 1 ELSE 0 END)
FROM (
  SELECT o.indicator, o.period, o.region, o.sex, max(p.publication_id) AS publication_id
  FROM observation o CROSS JOIN {COUNTING_UPLOADS} AS p
  WHERE p.upload_id = o.upload_id AND {SHOWN_ROWS}
  GROUP BY o.indicator, o.period, o.region, o.sex
) AS k
JOIN publication p ON p.id = k.publication_id
JOIN upload u ON u.id = p.upload_id
GROUP BY k.indicator, k.period
"""  # noqa: S608 (our own subquery)
_OF_PERIODS_SCHEMA: Final = {
    "indicator": pl.String,
    "period": pl.String,
    "figures": pl.Int64,
    "publication": pl.Int64,
    "synthetic": pl.Int64,
}
_REGIONS: Final = f"""
SELECT o.indicator, count(DISTINCT o.region)
FROM observation o CROSS JOIN {COUNTING_UPLOADS} AS p
WHERE p.upload_id = o.upload_id AND {SHOWN_ROWS} AND o.region <> '00'
GROUP BY o.indicator
"""  # noqa: S608 (our own subquery)
_MOMENTS: Final = {"publication": pl.Int64, "latest_upload": pl.Int64, "published_at": pl.String}
_STATUS_SCHEMA: Final = {
    "indicator": pl.String,
    "figures": pl.Int64,
    "regions": pl.Int64,
    "first_period": pl.String,
    "latest_period": pl.String,
    "latest_upload": pl.Int64,
    "synthetic": pl.Boolean,
    "published_at": pl.String,
}


def uploads_list(store: Store, as_of: date | None = None) -> pl.DataFrame:
    """Every upload, newest first, with its latest publication event and the status that event gave it."""
    return store.frame(_UPLOADS, _UPLOADS_SCHEMA, until=until(as_of))


def original_file(store: Store, upload: int) -> tuple[str, bytes] | None:
    """The very file of an upload: its name and bytes."""
    found = store.frame(
        "SELECT file, content FROM upload WHERE id = :upload", {"file": pl.String, "content": pl.Binary}, upload=upload
    )
    return found.row(0) if found.height else None


def catalogue_status(store: Store, as_of: date | None = None) -> pl.DataFrame:
    """One row per indicator with figures: how many, over how many regions, first and latest period, latest upload and
    its moment, and whether every figure is synthetic. Catalogue order."""
    # Counted by the database: a million figures of 40 indicators would take ten times as long to read and judge.
    before = until(as_of)
    periods = store.frame(_OF_PERIODS, _OF_PERIODS_SCHEMA, until=before)
    regions = store.frame(_REGIONS, {"indicator": pl.String, "regions": pl.Int64}, until=before)
    moments = store.frame("SELECT id, upload_id, at FROM publication", _MOMENTS)
    counted = dict(regions.iter_rows())
    told = {row[0]: row[1:] for row in moments.iter_rows()}
    own = {str(name): part for (name,), part in periods.group_by("indicator")}
    rows = [_status_of(name, own[name], counted.get(name, 0), told) for name in catalogue().indicators if name in own]
    return pl.DataFrame(rows, schema=_STATUS_SCHEMA)


def indicators_with_figures(store: Store, as_of: date | None = None) -> tuple[str, ...]:
    """The indicators that have a published figure, in the catalogue's order."""
    return tuple(only_synthetic(store, as_of))


def only_synthetic(store: Store, as_of: date | None = None) -> dict[str, bool]:
    """The indicators that have a published figure, in the catalogue's order, and whether every file that has one of
    them is synthetic."""
    return dict(_only_synthetic(store, store.data_version(), until(as_of)))


@lru_cache(maxsize=32)
def _only_synthetic(store: Store, _version: int, before: str) -> tuple[tuple[str, bool], ...]:
    found: dict[str, bool] = {}
    counting = store.frame(_COUNTING, {"upload": pl.Int64, "synthetic": pl.Boolean}, until=before)
    for upload, synthetic in counting.iter_rows():
        for indicator in indicators_of(store, upload):
            found[indicator] = found.get(indicator, True) and synthetic
    return tuple((known, found[known]) for known in catalogue().indicators if known in found)


@lru_cache(maxsize=10_000)  # an upload's observations never change
def indicators_of(store: Store, upload: int) -> tuple[str, ...]:
    """The indicators that an upload has a figure of, in no order."""
    return tuple(store.frame(_INDICATORS, {"indicator": pl.String}, upload=upload)["indicator"])


def _status_of(
    indicator: str, periods: pl.DataFrame, regions: int, moments: dict[int, tuple[int, str]]
) -> dict[str, object]:
    keys = sorted(periods["period"], key=lambda key: period_of(key).recency)
    upload, published_at = moments[max(periods["publication"])]
    return {
        "indicator": indicator,
        "figures": periods["figures"].sum(),
        "regions": regions,
        "first_period": keys[0],
        "latest_period": keys[-1],
        "latest_upload": upload,
        "synthetic": bool((periods["synthetic"] == 1).all()),
        "published_at": published_at,
    }


def uploads_seen_by(store: Store, actor: Actor, as_of: date | None = None) -> pl.DataFrame:
    """`uploads_list` as far as it is the actor's business: a file that was never published is for whoever handed it in,
    for the others of that person's region, and for those who publish: what nobody has published may hold what
    suppression hides."""
    uploads = uploads_list(store, as_of)
    if allowed(actor, "publish"):
        return uploads
    colleagues = keys_of_region(store, actor.region) if actor.region else []
    own = pl.col("uploaded_by").is_in([actor.key, *colleagues])
    return uploads.filter(pl.col("published_at").is_not_null() | own)


def waiting_uploads(store: Store) -> int:
    """How many uploads are staged and wait for somebody to publish them."""
    found = store.frame("SELECT count(*) FROM upload WHERE status = 'staged'", {"count": pl.Int64})
    return int(found.item())
