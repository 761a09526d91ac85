"""What a record is called: its care unit's name, its audit's title."""

from datetime import date
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.records import Records, current_records
from models import Store

_AUDITS: Final = "SELECT audit, title FROM audit ORDER BY id"


def unit_names(store: Store, records: Records | None = None, as_of: date | None = None) -> dict[str, str]:
    """Unit → its latest name in the register, or in a file's own `records` where those name it."""
    own = (records or {}).get("care_unit")
    known = _registered(store, store.data_version(), as_of)
    return known if own is None else known | _latest(own)


def audit_titles(store: Store) -> dict[str, str]:
    """Audit → its title, as last entered."""
    return dict(store.frame(_AUDITS, {"audit": pl.String, "title": pl.String}).iter_rows())


@lru_cache(maxsize=8)
def _registered(store: Store, _version: int, as_of: date | None) -> dict[str, str]:
    return _latest(current_records(store, "care_unit", as_of=as_of))


def _latest(units: pl.DataFrame) -> dict[str, str]:
    return dict(units.sort("valid_from").select("unit", "name").iter_rows())
