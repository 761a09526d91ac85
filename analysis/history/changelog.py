"""What has been published, withdrawn and restored, by whom and why, and how many figures and records each changed."""

from datetime import date
from functools import lru_cache
from typing import Any, Final

import polars as pl

from analysis.history.figures import LOG, all_new, event_changes, events_before
from analysis.history.records import record_event_counts
from analysis.history.vintages import KINDS
from analysis.moments import until
from indicators import catalogue, period_of
from models import Store, settings
from models.tables import SHOWN_ROWS

COUNTS: Final = {
    "indicator": pl.String,
    "first_period": pl.String,
    "last_period": pl.String,
    **dict.fromkeys(KINDS, pl.Int64),
    "revised": pl.Int64,
}
"""One row per indicator an event touched."""

SUMMARY: Final[dict[str, Any]] = LOG | {
    "kind": pl.String,
    "indicators": pl.List(pl.String),
    "first_period": pl.String,
    "last_period": pl.String,
    **dict.fromkeys(KINDS, pl.Int64),
    "revised": pl.Int64,
    "records": pl.List(pl.String),
}
"""One row per event with what it changed, figures and records together. `kind`: published, corrected (published, and
figures or records changed), withdrawn or restored. `records`: the kinds of records it touched (models.RECORDS)."""

_TOUCHING: Final = f"""
SELECT o.upload_id FROM observation o WHERE o.indicator = :indicator AND {SHOWN_ROWS}
UNION SELECT upload_id FROM phone_profile WHERE indicator = :indicator
"""  # noqa: S608 (our own text)
_TOUCHING_REGION: Final = """
SELECT DISTINCT upload_id FROM observation WHERE region = :region AND care_unit = ''
"""


def publication_log(
    store: Store,
    *,
    indicator: str | None = None,
    region: str | None = None,
    since: date | None = None,
    as_of: date | None = None,
) -> pl.DataFrame:
    """Every event (LOG), newest first: of uploads that hold the indicator, and a figure of the region, after the day
    `since`, up to `as_of`."""
    found = events_before(store, store.data_version(), until(as_of))
    if since is not None:
        found = found.filter(pl.col("at") >= until(since))
    if indicator is not None:
        touching = _touching(store, store.data_version(), _TOUCHING, indicator=indicator)
        found = found.filter(pl.col("upload").is_in(list(touching)))
    if region is not None:
        touching = _touching(store, store.data_version(), _TOUCHING_REGION, region=region)
        found = found.filter(pl.col("upload").is_in(list(touching)))
    return found


@lru_cache(maxsize=256)
def _touching(store: Store, _version: int, query: str, **named: str) -> tuple[int, ...]:
    return tuple(store.frame(query, {"upload": pl.Int64}, **named)["upload"])


def change_log(
    store: Store,
    *,
    indicator: str | None = None,
    region: str | None = None,
    since: date | None = None,
    as_of: date | None = None,
    newest: int | None = None,
) -> pl.DataFrame:
    """The events (SUMMARY), newest first; of one indicator, only what they changed in it is counted. `region`: those of
    files that hold a figure of it. `newest`: so many of them."""
    found = publication_log(store, indicator=indicator, region=region, since=since, as_of=as_of)
    rows = []
    for event in (found if newest is None else found.head(newest)).iter_rows(named=True):
        counts = event_counts(store, event["event"])
        own = counts if indicator is None else counts.filter(pl.col("indicator") == indicator)
        records = record_event_counts(store, event["event"], indicator=indicator)
        rows.append({**event, **_summed(own, records), "kind": _kind(event["action"], own, records)})
    return pl.DataFrame(rows, schema=SUMMARY)


def _summed(counts: pl.DataFrame, records: pl.DataFrame) -> dict[str, object]:
    names = ["first_period", "last_period", *KINDS, "revised"]
    both = pl.concat([counts.select(names), records.select(names)])
    found = {*both["first_period"], *both["last_period"]} - {""}
    periods = sorted(found, key=lambda key: period_of(key).recency)
    return {
        "indicators": counts["indicator"].to_list(),
        "records": records["record"].to_list(),
        "first_period": periods[0] if periods else "",
        "last_period": periods[-1] if periods else "",
        **{name: int(both[name].sum()) for name in (*KINDS, "revised")},
    }


def _kind(action: str, *counts: pl.DataFrame) -> str:
    corrected = action == "published" and any(each["revised"].sum() for each in counts)
    return "corrected" if corrected else action


def told_changes(store: Store, event: int, *, indicator: str | None = None) -> pl.DataFrame:
    """The figures an event made another (CHANGES), largest change first: changed and gone ones, and those that a
    restoration brought back. What a publication added is not told figure by figure."""
    action = publication_log(store).row(by_predicate=pl.col("event") == event, named=True)["action"]
    changes = event_changes(store, event)
    kinds = ("changed", "gone") if action == "published" else ("changed", "gone", "new")
    told = changes.filter(pl.col("kind").is_in(kinds))
    own = told if indicator is None else told.filter(pl.col("indicator") == indicator)
    return own.sort(pl.col("difference").abs(), descending=True, nulls_last=True, maintain_order=True)


def event_counts(store: Store, event: int) -> pl.DataFrame:
    """What an event changed, counted per indicator (COUNTS), in the catalogue's order."""
    return _counts(store, event, settings().hide_below)


@lru_cache(maxsize=2048)
def _counts(store: Store, event: int, _hide_below: int) -> pl.DataFrame:
    counted = _per_period(store, event)
    rows = []
    for (name,), part in counted.group_by("indicator", maintain_order=True):
        periods = sorted((period_of(key) for key in part["period"].unique()), key=lambda period: period.recency)
        ends = {"first_period": periods[0].key, "last_period": periods[-1].key}
        sums = {kind: int(part[kind].sum()) for kind in (*KINDS, "revised")}
        rows.append({"indicator": name, **ends, **sums})
    order = {name: place for place, name in enumerate(catalogue().indicators)}
    rows.sort(key=lambda row: order.get(str(row["indicator"]), len(order)))
    return pl.DataFrame(rows, schema=COUNTS)


def _per_period(store: Store, event: int) -> pl.DataFrame:
    """The counts per indicator and period."""
    new = all_new(store, event)
    if new is not None:
        none = {kind: pl.lit(0) for kind in (*KINDS[1:], "revised")}
        return new.sort("indicator", "period").rename({"count": KINDS[0]}).with_columns(**none)
    grouped = event_changes(store, event).group_by("indicator", "period", maintain_order=True)
    kinds = [(pl.col("kind") == kind).sum().alias(kind) for kind in KINDS]
    return grouped.agg(*kinds, pl.col("revised").sum())
