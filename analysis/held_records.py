"""What an upload holds besides figures, counted."""

from functools import lru_cache
from typing import Final

import polars as pl

from models import RECORDS, Store

_COUNTED: Final = " UNION ALL ".join(
    f"SELECT upload_id, '{kind}', count(*) FROM {each.table.__tablename__} "  # noqa: S608 (our own names)
    "WHERE upload_id BETWEEN :first AND :last GROUP BY upload_id"
    for kind, each in RECORDS.items()
)
_BLOCK: Final = 20  # uploads counted at a time: a new one has only its own block counted anew


def held_records(store: Store) -> dict[int, dict[str, int]]:
    """Upload → how many records of each kind it holds; an upload without any is left out."""
    latest = store.versions().upload
    found: dict[int, dict[str, int]] = {}
    for first in range(1, latest + 1, _BLOCK):
        found |= _held(store, first, min(first + _BLOCK - 1, latest))
    return found


@lru_cache(maxsize=1024)
def _held(store: Store, first: int, last: int) -> dict[int, dict[str, int]]:
    """Of the uploads from the first to the last: what an upload holds never changes."""
    found: dict[int, dict[str, int]] = {}
    schema = {"upload": pl.Int64, "record": pl.String, "count": pl.Int64}
    for upload, kind, count in store.frame(_COUNTED, schema, first=first, last=last).iter_rows():
        found.setdefault(upload, {})[kind] = count
    return found
