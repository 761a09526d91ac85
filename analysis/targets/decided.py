"""Which targets are decided, and which of them a region is measured against on a given day.

A target covers a day from `valid_from` to `valid_to`, both included, and a period whose last day it covers. Of several
for the same region and indicator one counts: a target whose day has come before one whose day lies ahead, the region's
own before one for all regions, then the latest decided, then the latest entered. The others are kept and shown.
"""

from datetime import date
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.moments import until
from indicators import Indicator, Period, catalogue
from models import Store

TARGET_COLUMNS: Final = {
    "id": pl.Int64,
    "target": pl.String,
    "indicator": pl.String,
    "region": pl.String,
    "kind": pl.String,
    "value": pl.Float64,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "by_date": pl.Date,
    "body": pl.String,
    "decided": pl.Date,
    "document": pl.String,
    "note": pl.String,
    "withdrawn": pl.Boolean,
    "entered_at": pl.String,
    "entered_by": pl.String,
}
"""A version of a target, as models.entered.Target; `region` "" is every region, `value` in the indicator's unit."""

_DATES: Final = ("valid_from", "valid_to", "by_date", "decided")
_SELECTED: Final = ", ".join(f"CAST({name} AS VARCHAR(10))" if name in _DATES else name for name in TARGET_COLUMNS)
_EVERY: Final = f"SELECT {_SELECTED} FROM target ORDER BY id"  # noqa: S608 (our own column names)


def targets_version(store: Store) -> int:
    """Grows with every target entered, corrected or withdrawn; the key of every cache of targets."""
    return store.versions().targets


def target_versions(store: Store, as_of: date | None = None) -> pl.DataFrame:
    """Every version of every target (TARGET_COLUMNS) entered by the end of the day, earliest first: the history."""
    return _versions(store, targets_version(store), as_of)


@lru_cache(maxsize=64)
def _versions(store: Store, _version: int, as_of: date | None) -> pl.DataFrame:
    read = store.frame(_EVERY, {**TARGET_COLUMNS, **dict.fromkeys(_DATES, pl.String)})
    return read.filter(pl.col("entered_at") < until(as_of)).with_columns(pl.col(*_DATES).str.to_date())


def decided_targets(store: Store, as_of: date | None = None) -> pl.DataFrame:
    """The targets that stand (TARGET_COLUMNS): the latest version of each that is not withdrawn."""
    return _standing(store, targets_version(store), as_of)


@lru_cache(maxsize=64)
def _standing(store: Store, version: int, as_of: date | None) -> pl.DataFrame:
    latest = _versions(store, version, as_of).unique("target", keep="last", maintain_order=True)
    return latest.filter(~pl.col("withdrawn"))


def targets_of_regions(targets: pl.DataFrame, codes: tuple[str, ...]) -> pl.DataFrame:
    """A row (TARGET_COLUMNS, `code`, `own`) for each of the regions that each target is for."""
    wanted = pl.DataFrame({"code": list(codes)}, schema={"code": pl.String})
    own = targets.join(wanted.with_columns(region="code"), on="region").with_columns(own=pl.lit(True))
    shared = targets.filter(pl.col("region") == "").join(wanted, how="cross").with_columns(own=pl.lit(False))
    return pl.concat([own, shared], how="diagonal")


def first_of_each(targets: pl.DataFrame, day: date) -> pl.DataFrame:
    """The one row of targets_of_regions that counts for each region and indicator on a day; `ahead`: its own day
    (`by_date`) has not come by then."""
    covering = targets.filter(
        pl.col("valid_from") <= day, pl.col("valid_to").is_null() | (pl.col("valid_to") >= day)
    ).with_columns(ahead=(pl.col("by_date") > day).fill_null(False))
    ordered = covering.sort(
        "code", "indicator", "ahead", ~pl.col("own"), -pl.col("decided").to_physical(), -pl.col("id")
    )
    return ordered.unique(["code", "indicator"], keep="first", maintain_order=True)


def targets_in_force(store: Store, indicator: Indicator, period: Period, as_of: date | None = None) -> pl.DataFrame:
    """What each region is to be judged against in a period: one row per region with a target (columns of
    first_of_each). The same question gives the very same frame until a target is entered."""
    return _in_force(store, targets_version(store), indicator.id, period, as_of)


@lru_cache(maxsize=256)
def _in_force(store: Store, version: int, indicator_id: str, period: Period, as_of: date | None) -> pl.DataFrame:
    own = _standing(store, version, as_of).filter(pl.col("indicator") == indicator_id)
    return first_of_each(targets_of_regions(own, catalogue().region_codes), period.end)
