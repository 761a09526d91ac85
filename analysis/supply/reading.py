"""One period's offers and the care units of its last day, as published now or by an earlier day."""

from datetime import date
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.moments import until
from analysis.records import current_records, with_cells
from indicators import Period, catalogue
from models import Store
from models.publications import COUNTING_UPLOADS

ORIGIN: Final = {
    "upload": pl.Int64,
    "file": pl.String,
    "sheet": pl.String,
    "cell": pl.String,
    "published_at": pl.String,
    "synthetic": pl.Boolean,
}
"""Where a record stands, for a reader who wants to look it up."""

REGISTER: Final = ("unit", "name", "kind", "kind_printed", "code", "region", "municipality", "area", "parent", *ORIGIN)
"""A care unit as its region's register has it on a day."""

_DAYS: Final = {"period": pl.String, "day": pl.Date}
_OFFERS: Final = f"""
SELECT o.unit, o.service, o.region, o.status, o.cases, o.service_printed, o.printed, o.sheet, o."row", o.col, o.path,
       o.upload_id
FROM service_offer o
WHERE o.period = :period AND +o.upload_id IN (SELECT p.upload_id FROM {COUNTING_UPLOADS} AS p)
"""  # noqa: S608 (our own text; a join would walk the period once per upload, the + keeps SQLite to its index)
_OFFER_SCHEMA: Final = {
    "unit": pl.String,
    "service": pl.String,
    "region": pl.String,
    "status": pl.String,
    "cases": pl.Float64,
    "service_printed": pl.String,
    "printed": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "col": pl.Int64,
    "path": pl.String,
    "upload": pl.Int64,
}
_UPLOADS: Final = f"""
SELECT p.upload_id, u.file, u.synthetic, p.publication_id, p.published_at
FROM {COUNTING_UPLOADS} AS p JOIN upload u ON u.id = p.upload_id
"""  # noqa: S608 (our own text)
_UPLOAD_SCHEMA: Final = {
    "upload": pl.Int64,
    "file": pl.String,
    "synthetic": pl.Boolean,
    "publication": pl.Int64,
    "published_at": pl.String,
}


@lru_cache(maxsize=8)
def offer_rows(store: Store, _version: int, period: str, as_of: date | None, include_synthetic: bool) -> pl.DataFrame:
    """The offers of a period that count: unit, service, region, status, cases, service_printed, printed + ORIGIN. Of
    each unit and service the row published last; example data is left out after that, not before."""
    read = store.frame(_OFFERS, _OFFER_SCHEMA, period=period, until=until(as_of))
    told = read.join(upload_facts(store, as_of), on="upload", maintain_order="left")
    latest = told.sort("publication").unique(["unit", "service"], keep="last", maintain_order=True)
    kept = latest if include_synthetic else latest.filter(~pl.col("synthetic"))
    return with_cells(kept).select(
        "unit", "service", "region", "status", "cases", "service_printed", "printed", *ORIGIN
    )


def upload_facts(store: Store, as_of: date | None) -> pl.DataFrame:
    """The uploads that count: upload, file, synthetic, publication (its rank), published_at."""
    return store.frame(_UPLOADS, _UPLOAD_SCHEMA, until=until(as_of))


@lru_cache(maxsize=8)
def register(store: Store, version: int, period: Period, as_of: date | None, include_synthetic: bool) -> pl.DataFrame:
    """The care units of the period's last day (REGISTER), by region and name. Of a unit's rows the one begun last by
    that day tells, its end too."""
    return registers(store, version, (period,), as_of, include_synthetic).drop("period").sort("code", "name", "unit")


def registers(
    store: Store, version: int, periods: tuple[Period, ...], as_of: date | None, include_synthetic: bool
) -> pl.DataFrame:
    """The same of several periods: `period` + REGISTER."""
    known = _units(store, version, as_of)
    days = pl.DataFrame({"period": [one.key for one in periods], "day": [one.end for one in periods]}, schema=_DAYS)
    every = known.select("unit").unique().join(days, how="cross").sort("day")
    begun = every.join_asof(
        known.sort("valid_from"), left_on="day", right_on="valid_from", by="unit", check_sortedness=False
    )
    return begun.filter(
        pl.col("name").is_not_null(),
        pl.col("valid_to").is_null() | (pl.col("valid_to") >= pl.col("day")),
        pl.lit(include_synthetic) | ~pl.col("synthetic"),
    ).select("period", *REGISTER)


@lru_cache(maxsize=8)
def _units(store: Store, _version: int, as_of: date | None) -> pl.DataFrame:
    """Every row of the register that counts, with the region's name and the cell."""
    names = {code: region.name for code, region in catalogue().regions.items()}
    return with_cells(current_records(store, "care_unit", as_of=as_of)).with_columns(
        code="region", region=pl.col("region").replace_strict(names, default="", return_dtype=pl.String)
    )
