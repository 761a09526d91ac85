"""How a phone indicator spreads over the week: its published figures by weekday and hour (records phone_profile)."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.moments import today_in_sweden, until
from analysis.records import current_records, with_cells
from indicators import Indicator, Period, catalogue, period_of
from models import Store
from models.publications import COUNTING_UPLOADS

ALL_DAYS: Final = 0
"""`weekday` of a figure that is of the hour only; Monday is 1."""
WHOLE_DAY: Final = -1
"""`hour` of a figure that is of the weekday only."""

_THERE: Final = f"""
SELECT DISTINCT r.indicator, r.region, r.period, u.synthetic FROM {COUNTING_UPLOADS} AS p
JOIN phone_profile r ON p.upload_id = r.upload_id
JOIN upload u ON u.id = p.upload_id
"""  # noqa: S608 (our own names)


@dataclass(frozen=True)
class WeekProfile:
    """One indicator in one region and period. `rows`: columns of analysis.records for phone_profile with `cell`, one
    per weekday and hour, in their order."""

    indicator: Indicator
    region: str
    period: Period
    rows: pl.DataFrame

    @property
    def synthetic(self) -> bool:
        return bool(self.rows["synthetic"].any())

    @property
    def weekdays(self) -> tuple[int, ...]:
        return tuple(self.rows["weekday"].unique().sort())

    @property
    def hours(self) -> tuple[int, ...]:
        return tuple(self.rows["hour"].unique().sort())


def profiles_published(store: Store, as_of: date | None = None, *, include_synthetic: bool = True) -> pl.DataFrame:
    """Which profiles there are: indicator, region (code), period begun by the day; the latest period first."""
    found = _published(store, store.data_version(), as_of)
    begun = min(today_in_sweden(), as_of or date.max)
    starts = {key: period_of(key).start for key in found["period"].unique()}
    found = found.filter(pl.col("period").replace_strict(starts, return_dtype=pl.Date, default=None) <= begun)
    kept = found if include_synthetic else found.filter(~pl.col("synthetic"))
    return kept.drop("synthetic").unique(maintain_order=True)


@lru_cache(maxsize=64)  # the data version is part of the key
def _published(store: Store, _version: int, as_of: date | None) -> pl.DataFrame:
    schema = {"indicator": pl.String, "region": pl.String, "period": pl.String, "synthetic": pl.Boolean}
    found = store.frame(_THERE, schema, until=until(as_of))
    ends = {key: period_of(key).end for key in found["period"].unique()}
    ended = found.with_columns(end=pl.col("period").replace_strict(ends, return_dtype=pl.Date, default=None))
    return ended.sort("end", "region", "indicator", descending=[True, False, False]).drop("end")


def week_profile(store: Store, indicator_id: str, region: str, period: str, as_of: date | None = None) -> WeekProfile:
    """The profile of one indicator, region code and period key; without rows where nothing is published."""
    return _profile(store, store.data_version(), indicator_id, region, period, as_of)


@lru_cache(maxsize=128)
def _profile(
    store: Store, _version: int, indicator_id: str, region: str, period: str, as_of: date | None
) -> WeekProfile:
    where = "r.indicator = :indicator AND r.region = :region AND r.period = :period"
    found = current_records(
        store, "phone_profile", as_of=as_of, where=where, indicator=indicator_id, region=region, period=period
    )
    rows = with_cells(found.sort("weekday", "hour"))
    return WeekProfile(catalogue().indicators[indicator_id], region, period_of(period), rows)
