"""From which day a region's audit is counted (methods §4): the decision's day, else the day a reply was due."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import polars as pl

from analysis.change.questions import RegionChanges, changes_of_series
from analysis.change.waves import Letter
from analysis.comparison import TimeSeries
from analysis.followup.audits import entered_version
from analysis.followup.registered import registered_audits
from models import Store


def letter_of(store: Store, region: str, as_of: date | None = None) -> Letter | None:
    """A region's own letter, the latest where there are several; None where none with a day is loaded."""
    return _letters(store, entered_version(store), as_of).get(region)


@lru_cache(maxsize=32)
def _letters(store: Store, _entered: tuple[int, int], as_of: date | None) -> dict[str, Letter]:
    found: dict[str, Letter] = {}
    for audit in registered_audits(store, as_of).iter_rows(named=True):
        letter = letter_from(audit["decided"], audit["reply_due"])
        known = found.get(audit["region"])
        if letter and (known is None or known.day < letter.day):
            found[audit["region"]] = letter
    return found


def changes_shown(store: Store, series: TimeSeries, codes: Sequence[str] | None = None) -> list[RegionChanges]:
    """The changes of the regions of a series that have a value (`codes`: of these, in this order), each counted from
    its own letter."""
    known = series.rows.filter(pl.col("value").is_not_null())["code"].unique(maintain_order=True).to_list()
    shown = known if codes is None else [code for code in codes if code in known]
    return [changes_of_series(series, code, letter_of(store, code, series.as_of)) for code in shown]


def letter_from(decided: date | None, reply_due: date | None) -> Letter | None:
    """The letter's own day, else the day the reply was due."""
    if decided:
        return Letter(decided, "decided")
    return Letter(reply_due, "reply_due") if reply_due else None
