"""What was published on an earlier day, beside what is published now."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.figures import figures_of
from indicators import Indicator
from locales.numbers import STOCKHOLM
from models import Store

KINDS: Final = ("new", "changed", "gone", "same")
"""`new`: no figure before. `gone`: a figure before, and none after or none that may be shown."""


def kind_of(old: str, new: str, known_before: pl.Expr, known_after: pl.Expr) -> pl.Expr:
    """One of KINDS for two columns of shown values and whether there is a row before and after."""
    return (
        pl.when(~known_before)
        .then(pl.lit("new"))
        .when(~known_after)
        .then(pl.lit("gone"))
        .when(pl.col(old).eq_missing(pl.col(new)))
        .then(pl.lit("same"))
        .when(pl.col(new).is_null())
        .then(pl.lit("gone"))
        .otherwise(pl.lit("changed"))
    )


def changes_since(store: Store, as_of: date, indicators: Sequence[Indicator]) -> dict[str, int]:
    """How many shown figures of the indicators are new, changed, gone or the same today, beside those of `as_of`."""
    key = ["code", "period", "sex"]
    found = dict.fromkeys(KINDS, 0)
    for indicator in indicators:
        then, now = (figures_of(store, indicator, day).select(*key, "value") for day in (as_of, None))
        both = then.join(now, on=key, how="full", suffix="_now")
        kinds = both.select(
            kind_of("value", "value_now", pl.col("code").is_not_null(), pl.col("code_now").is_not_null()).alias("kind")
        )["kind"].value_counts()
        for kind, count in kinds.iter_rows():
            found[kind] += count
    return found


def publication_days(store: Store) -> tuple[date, ...]:
    """The days (Stockholm) on which anything was published, withdrawn or restored, newest first."""
    return _publication_days(store, store.data_version())


@lru_cache(maxsize=16)
def _publication_days(store: Store, _version: int) -> tuple[date, ...]:
    moments = store.frame("SELECT DISTINCT at FROM publication", {"at": pl.String})["at"]
    days = {datetime.fromisoformat(at).astimezone(STOCKHOLM).date() for at in moments}
    return tuple(sorted(days, reverse=True))
