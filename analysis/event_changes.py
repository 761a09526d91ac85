"""Which figures a publication, withdrawal or restoration changed: the state before it beside the state after it.

An event changes only figures of keys its upload holds. Both states go through the same suppression as the pages.
Events and observations are never rewritten, so what an event changed is kept without regard to the data version.
"""

from functools import lru_cache
from typing import Any, Final

import polars as pl

from analysis.current import same_number, standing_rows
from analysis.figures import column_letters
from analysis.small_numbers import suppress
from analysis.vintages import kind_of
from indicators import catalogue
from models import Store, settings
from models.publications import COUNTING_BEFORE, FOREVER

LOG: Final = {
    "event": pl.Int64, "at": pl.String, "action": pl.String, "by": pl.String, "note": pl.String, "upload": pl.Int64,
    "file": pl.String, "layout": pl.String, "synthetic": pl.Boolean, "published": pl.Int64,
}  # fmt: skip
"""One row per publication, withdrawal or restoration. `published`: the event that first published the upload, whose
place in the sequence is the upload's rank."""

CHANGES: Final = {
    "indicator": pl.String, "code": pl.String, "region": pl.String, "period": pl.String, "sex": pl.String,
    "kind": pl.String, "old": pl.Float64, "new": pl.Float64, "difference": pl.Float64, "old_reason": pl.String,
    "new_reason": pl.String, "old_synthetic": pl.Boolean, "new_synthetic": pl.Boolean, "revised": pl.Boolean,
    "sheet": pl.String, "cell": pl.String,
}  # fmt: skip
"""One row per figure of an event's upload: the value before and after in the indicator's unit, after suppression
(reason `suppressed`: hidden), and where it stands in that upload. `revised`: changed or gone, and neither a real figure
in place of example data nor the same figure with more or fewer decimals."""

_KEY: Final = ["indicator", "period", "code", "sex"]
_LOG: Final = """
SELECT e.id, e.at, e.action, e.by, e.note, u.id, u.file, u.layout, u.synthetic, first.id
FROM publication e
JOIN upload u ON u.id = e.upload_id
JOIN publication first ON first.upload_id = e.upload_id AND first.action = 'published'
WHERE e.at < :until
ORDER BY e.id DESC
"""
_SHOWN: Final = "o.care_unit = '' AND o.age = 'all'"  # what the pages show: regions, all ages
_ROW: Final = {
    "rank": pl.Int64, "replaces": pl.Boolean, "synthetic": pl.Boolean, "upload": pl.Int64, "indicator": pl.String,
    "period": pl.String, "code": pl.String, "sex": pl.String, "value": pl.Float64, "numerator": pl.Float64,
    "denominator": pl.Float64, "base_n": pl.Float64, "ci_low": pl.Float64, "ci_high": pl.Float64, "flags": pl.String,
    "reason": pl.String, "decimals": pl.Int64,
}  # fmt: skip
_PLACE: Final = {"sheet": pl.String, "row": pl.Int64, "col": pl.Int64, "path": pl.String}
_COLUMNS: Final = """u.synthetic, o.upload_id, o.indicator, o.period, o.region, o.sex, o.value, o.numerator,
 o.denominator, o.base_n, o.ci_low, o.ci_high, o.flags, o.reason, o.decimals"""
_OWN: Final = f"""
SELECT p.id, p.replace_evidence, {_COLUMNS}, o.sheet, o."row", o.col, o.path
FROM observation o JOIN upload u ON u.id = o.upload_id
JOIN publication p ON p.upload_id = o.upload_id AND p.action = 'published'
WHERE o.upload_id = :upload AND {_SHOWN} {{only}}
"""  # noqa: S608 (our own text)
_RIVALS: Final = f"""
SELECT p.publication_id, p.replace_evidence, {_COLUMNS}
FROM observation own
JOIN observation o ON o.indicator = own.indicator AND o.period = own.period AND o.region = own.region
 AND o.sex = own.sex AND {_SHOWN} AND o.upload_id <> own.upload_id
JOIN {COUNTING_BEFORE} AS p ON p.upload_id = +o.upload_id
JOIN upload u ON u.id = o.upload_id
WHERE own.upload_id = :upload AND own.care_unit = '' AND own.age = 'all' {{only}}
"""  # noqa: S608 (our own text; the + keeps SQLite to the index on indicator and period)
_ANY_RIVAL: Final = f"SELECT 1 FROM ({_RIVALS.format(only='')}) AS rivals LIMIT 1"  # noqa: S608 (our own text)
_COUNTED: Final = f"""
SELECT o.indicator, o.period, count(*) FROM observation o WHERE o.upload_id = :upload AND {_SHOWN}
GROUP BY o.indicator, o.period
"""  # noqa: S608 (our own text)
_SMALL: Final = f"""
SELECT DISTINCT o.indicator, o.period FROM observation o
JOIN (SELECT DISTINCT indicator, period FROM observation WHERE upload_id = :upload) own
 ON own.indicator = o.indicator AND own.period = o.period
WHERE {_SHOWN} AND o.base_n < :hide_below {{only}}
"""  # noqa: S608 (our own text)
_WHOLE: Final = f"""
SELECT p.publication_id, p.replace_evidence, {_COLUMNS}
FROM ({_SMALL}) AS small
JOIN observation o ON o.indicator = small.indicator AND o.period = small.period AND {_SHOWN}
JOIN {COUNTING_BEFORE} AS p ON p.upload_id = +o.upload_id
JOIN upload u ON u.id = o.upload_id
WHERE o.upload_id <> :upload
"""  # noqa: S608 (our own text)


@lru_cache(maxsize=64)
def events_before(store: Store, _version: int, before: str) -> pl.DataFrame:
    """Every event (LOG) before a moment, newest first; the data version keeps the answer fresh."""
    return store.frame(_LOG, LOG, until=before)


def event_changes(store: Store, event: int, *, indicator: str | None = None, period: str | None = None) -> pl.DataFrame:
    """Every figure of an event's upload (CHANGES), the same ones too, or those of one indicator or one of its periods.
    KeyError for an event that does not exist."""
    return _changes(store, event, settings().hide_below, indicator, period)


def all_new(store: Store, event: int) -> pl.DataFrame | None:
    """The figures of a publication that nothing stood before, counted per indicator and period (`count`); None where
    something did. Quicker than reading them: most publications of a year's new figures are such."""
    told = event_told(store, event)
    named = {"upload": told["upload"], "event": event}
    if told["action"] != "published" or store.frame(_ANY_RIVAL, {"found": pl.Int64}, **named).height:
        return None
    return store.frame(
        _COUNTED, {"indicator": pl.String, "period": pl.String, "count": pl.Int64}, upload=told["upload"]
    )


def event_told(store: Store, event: int) -> dict[str, Any]:
    """The event (LOG). KeyError for one that does not exist."""
    found = events_before(store, store.data_version(), FOREVER).filter(event=event)
    if found.is_empty():
        raise KeyError(event)
    return found.row(0, named=True)


def next_step(store: Store, upload: int) -> dict[str, Any]:
    """The event (LOG) that withdrawing the upload would be if it were done now, or restoring a withdrawn one. KeyError
    for an upload that was never published."""
    events = events_before(store, store.data_version(), FOREVER)
    own = events.filter(upload=upload)
    if own.is_empty():
        raise KeyError(upload)
    latest = own.row(0, named=True)
    action = "restored" if latest["action"] == "withdrawn" else "withdrawn"
    return {**latest, "event": events["event"].max() + 1, "action": action}  # type: ignore[operator]


def changes_of_next_step(store: Store, upload: int) -> pl.DataFrame:
    """What that step would do to the upload's figures (CHANGES)."""
    return _changes_by(store, next_step(store, upload), settings().hide_below)


@lru_cache(maxsize=64)
def _changes(store: Store, event: int, hide_below: int, indicator: str | None, period: str | None) -> pl.DataFrame:
    return _changes_by(store, event_told(store, event), hide_below, indicator, period)


def _changes_by(
    store: Store, told: dict[str, Any], hide_below: int, indicator: str | None = None, period: str | None = None
) -> pl.DataFrame:
    asked = {name: one for name, one in (("indicator", indicator), ("period", period)) if one is not None}
    named: dict[str, object] = {"upload": told["upload"], **asked}
    only = " ".join(f"AND o.{name} = :{name}" for name in asked)
    own = store.frame(_OWN.format(only=only), _ROW | _PLACE, **named)
    others = _others(store, only, {"event": told["event"], "hide_below": hide_below, **named})
    states = (_state(others, hide_below), _state(pl.concat([others, own.select(*_ROW)]), hide_below))
    before, after = states[::-1] if told["action"] == "withdrawn" else states
    return _compared(own, before, after)


def _others(store: Store, only: str, named: dict[str, object]) -> pl.DataFrame:
    """What the other counting uploads say of the same keys; of a table (indicator and period) where a figure may have
    to be hidden, everything they say, for what is hidden depends on the whole table."""
    table = ["indicator", "period"]
    small = store.frame(_SMALL.format(only=only), dict.fromkeys(table, pl.String), **_of(named, "event"))
    rivals = store.frame(_RIVALS.format(only=only), _ROW, **_of(named, "hide_below"))
    if small.is_empty():
        return rivals
    whole = store.frame(_WHOLE.format(only=only), _ROW, **named)
    return pl.concat([rivals.join(small, on=table, how="anti"), whole])


def _of(named: dict[str, object], unused: str) -> dict[str, object]:
    return {name: value for name, value in named.items() if name != unused}


def _state(rows: pl.DataFrame, hide_below: int) -> pl.DataFrame:
    """The current figure of each key, after suppression."""
    current = standing_rows(rows, _KEY, "rank")
    shown = suppress(current, hide_below=hide_below, mark_below=hide_below)
    return shown.select(*_KEY, "value", "reason", "synthetic", "decimals")


def _compared(own: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The figures of `own` in both states, as CHANGES, in the order of the file."""
    letters = {number: column_letters(number) for number in own["col"].unique()}
    address = pl.col("col").replace_strict(letters, return_dtype=pl.String, default="") + pl.col("row").cast(pl.String)
    names = {code: region.name for code, region in catalogue().regions.items()}
    told = own.select(
        *_KEY,
        "sheet",
        region=pl.col("code").replace_strict(names, default="", return_dtype=pl.String),
        cell=pl.when(pl.col("path") != "").then("path").otherwise(address),
    )
    for name, state in (("old", before), ("new", after)):
        named = state.rename({"value": name} | {each: f"{name}_{each}" for each in ("reason", "synthetic", "decimals")})
        told = told.join(named, on=_KEY, how="left", maintain_order="left")
    kind = kind_of("old", "new", pl.col("old_reason").is_not_null(), pl.col("new_reason").is_not_null())
    real_instead = pl.col("old_synthetic") & ~pl.col("new_synthetic")
    revised = pl.col("kind").is_in(["changed", "gone"]) & ~real_instead.fill_null(False) & ~_only_rounded(told)
    full = told.with_columns(kind=kind, difference=(pl.col("new") - pl.col("old")).round(6))
    return full.with_columns(revised=revised).select(pl.col(name).cast(type_) for name, type_ in CHANGES.items())


def _only_rounded(told: pl.DataFrame) -> pl.Series:
    values = [told[name].fill_null(float("nan")).to_numpy() for name in ("old", "new")]
    exact = [told[f"{name}_decimals"].fill_null(0).to_numpy() for name in ("old", "new")]
    return pl.Series(same_number(values[0], values[1], exact[0], exact[1]), dtype=pl.Boolean)
