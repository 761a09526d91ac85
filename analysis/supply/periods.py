"""Which periods and regions have supply data."""

from datetime import date
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.choices import UnknownChoice
from analysis.moments import today_in_sweden, until
from analysis.supply.standing import regions_with_data
from indicators import Period, parse_period, period_of
from models import Store
from models.publications import COUNTING_UPLOADS

_PERIODS: Final = f"""
WITH RECURSIVE held(period) AS (
  SELECT min(period) FROM service_offer
  UNION ALL
  SELECT (SELECT min(o.period) FROM service_offer o WHERE o.period > held.period)
  FROM held WHERE held.period IS NOT NULL
)
SELECT held.period FROM held
WHERE held.period IS NOT NULL AND EXISTS (
  SELECT 1 FROM service_offer o
  WHERE o.period = held.period AND o.upload_id IN (
    SELECT p.upload_id FROM {COUNTING_UPLOADS} AS p JOIN upload u ON u.id = p.upload_id
    WHERE :made_up = 1 OR NOT u.synthetic
  )
)
"""  # noqa: S608 (our own text; it steps from period to period in the index, where DISTINCT would read every offer)


def supply_periods(store: Store, as_of: date | None = None, *, include_synthetic: bool = True) -> tuple[Period, ...]:
    """The periods with a published offer, begun by the day, newest first; without synthetic: with a real one."""
    begun = min(today_in_sweden(), as_of or date.max)
    found = _periods(store, store.data_version(), as_of, include_synthetic)
    return tuple(period for period in found if period.start <= begun)


@lru_cache(maxsize=32)
def _periods(store: Store, _version: int, as_of: date | None, include_synthetic: bool) -> tuple[Period, ...]:
    found = store.frame(_PERIODS, {"period": pl.String}, until=until(as_of), made_up=int(include_synthetic))["period"]
    return tuple(sorted(map(period_of, found), key=lambda period: period.recency, reverse=True))


def supply_period(store: Store, printed: str | None, as_of: date | None = None) -> Period | None:
    """The period a text means, or the newest; None where nothing is published. UnknownChoice for another."""
    available = supply_periods(store, as_of)
    if not printed:
        return next(iter(available), None)
    period = parse_period(printed)
    if period is None:
        raise UnknownChoice("unreadable_period", printed)
    if period not in available:
        raise UnknownChoice("supply_period", printed, available[0].key if available else None)
    return period


def supply_regions(
    store: Store, period: Period, as_of: date | None = None, *, include_synthetic: bool = True
) -> tuple[str, ...]:
    """The codes of the regions with a published offer in the period."""
    return tuple(regions_with_data(store, store.data_version(), period, as_of, include_synthetic))
