"""Which figures a publication, withdrawal or restoration changed: the state before it beside the state after it.

An event changes only figures of keys its upload holds. Both states go through the same suppression as the pages, and
of figures that add up with small numbers only what today shows is told (analysis/secrecy.py). Events and observations
are never rewritten, so what an event changed is kept without regard to the data version; what of it is told is not.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import polars as pl

from analysis.current import same_number, standing_rows
from analysis.figures import column_letters, figures_of
from analysis.history.vintages import kind_of
from analysis.methods.flags import has_flag
from analysis.methods.small_numbers import Shown, half_years_add_up, hidden_rows, suppress
from analysis.methods.sums import family_of
from analysis.secrecy import NUMBERS, SECRET, not_shown_today, secret_places
from indicators import catalogue
from models import Store, settings
from models.publications import COUNTING_BEFORE, FOREVER
from models.tables import SHOWN_ROWS

LOG: Final = {
    "event": pl.Int64,
    "at": pl.String,
    "action": pl.String,
    "by": pl.String,
    "note": pl.String,
    "upload": pl.Int64,
    "file": pl.String,
    "layout": pl.String,
    "synthetic": pl.Boolean,
    "published": pl.Int64,
}
"""One row per publication, withdrawal or restoration. `published`: the event that first published the upload, whose
place in the sequence is the upload's rank."""

CHANGES: Final = {
    "indicator": pl.String,
    "code": pl.String,
    "region": pl.String,
    "period": pl.String,
    "sex": pl.String,
    "kind": pl.String,
    "old": pl.Float64,
    "new": pl.Float64,
    "difference": pl.Float64,
    "old_reason": pl.String,
    "new_reason": pl.String,
    "old_synthetic": pl.Boolean,
    "new_synthetic": pl.Boolean,
    "revised": pl.Boolean,
    "sheet": pl.String,
    "cell": pl.String,
}
"""One row per figure of an event's upload: the value before and after in the indicator's unit, after suppression
(reason `suppressed`: hidden), and where it stands in that upload. `revised`: changed or gone, and neither a real figure
in place of example data nor the same figure with more or fewer decimals."""

_Secret = tuple[tuple[str, frozenset[str]], ...]
"""The families of periods that add up with a small number, per indicator that has any."""
_KEY: Final = ["indicator", "period", "code", "sex"]
_LOG: Final = """
SELECT e.id, e.at, e.action, e.by, e.note, u.id, u.file, u.layout, u.synthetic, first.id
FROM publication e
JOIN upload u ON u.id = e.upload_id
JOIN publication first ON first.upload_id = e.upload_id AND first.action = 'published'
WHERE e.at < :until
ORDER BY e.id DESC
"""
_OWN_ROWS: Final = SHOWN_ROWS.replace("o.", "own.")
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
WHERE o.upload_id = :upload AND {SHOWN_ROWS} {{only}}
"""  # noqa: S608 (our own text)
_RIVALS: Final = f"""
SELECT p.publication_id, p.replace_evidence, {_COLUMNS}
FROM observation own
JOIN observation o ON o.indicator = own.indicator AND o.period = own.period AND o.region = own.region
 AND o.sex = own.sex AND {SHOWN_ROWS} AND o.upload_id <> own.upload_id
JOIN {COUNTING_BEFORE} AS p ON p.upload_id = +o.upload_id
JOIN upload u ON u.id = o.upload_id
WHERE own.upload_id = :upload AND {_OWN_ROWS} {{only}}
"""  # noqa: S608 (our own text; the + keeps SQLite to the index on indicator and period)
_ANY_RIVAL: Final = f"SELECT 1 FROM ({_RIVALS.format(only='')}) AS rivals LIMIT 1"  # noqa: S608 (our own text)
_COUNTED: Final = f"""
SELECT o.indicator, o.period, count(*) FROM observation o WHERE o.upload_id = :upload AND {SHOWN_ROWS}
GROUP BY o.indicator, o.period
"""  # noqa: S608 (our own text)
_HELD: Final = f"""
SELECT DISTINCT o.indicator FROM observation o WHERE o.upload_id = :upload AND {SHOWN_ROWS} {{only}}
"""  # noqa: S608 (our own text)
_WHOLE: Final = f"""
SELECT p.publication_id, p.replace_evidence, {_COLUMNS}
FROM observation o
JOIN {COUNTING_BEFORE} AS p ON p.upload_id = +o.upload_id
JOIN upload u ON u.id = o.upload_id
WHERE o.indicator = :indicator AND {SHOWN_ROWS} AND o.upload_id <> :upload
"""  # noqa: S608 (our own text)
_TOLD: Final = ("indicator", "period", "code", "sex", "reason", "synthetic", "decimals", *NUMBERS)


@lru_cache(maxsize=64)
def events_before(store: Store, _version: int, before: str) -> pl.DataFrame:
    """Every event (LOG) before a moment, newest first; the data version keeps the answer fresh."""
    return store.frame(_LOG, LOG, until=before)


def event_changes(store: Store, event: int, *, indicator: str | None = None, period: str | None = None) -> pl.DataFrame:
    """Every figure of an event's upload (CHANGES), the same ones too, or those of one indicator or one of its periods.
    KeyError for an event that does not exist."""
    hide_below = settings().hide_below
    # A family is read whole where it holds a secret, and which do may change with every publication.
    secret = _secret_of_upload(store, event_told(store, event)["upload"], hide_below, indicator)
    changes = _changes(store, event, hide_below, indicator, period, secret)
    return _as_today_shows(store, changes, secret, hide_below).select(CHANGES.keys())


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
    """What that step would do to the upload's figures (CHANGES); nothing hidden now or then is computable from both."""
    hide_below = settings().hide_below
    secret = _secret_of_upload(store, upload, hide_below)
    changes = _changes_by(store, next_step(store, upload), hide_below, secret, seen_today=True)
    return _without_hidden_today(store, changes, secret).select(CHANGES.keys())


def _secret_of_upload(store: Store, upload: int, hide_below: int, indicator: str | None = None) -> _Secret:
    """The families with small numbers of each indicator that an upload holds, where there are any."""
    only, asked = ("AND o.indicator = :indicator", {"indicator": indicator}) if indicator else ("", {})
    held = store.frame(_HELD.format(only=only), {"indicator": pl.String}, upload=upload, **asked)["indicator"]
    found = ((each, _families(each, secret_places(store, each, hide_below)["period"])) for each in held.sort())
    return tuple((each, families) for each, families in found if families)


def _families(indicator: str, periods: Iterable[str]) -> frozenset[str]:
    return frozenset(family_of(period, half_years=half_years_add_up(indicator)) for period in periods)


def _in_families(indicator: str, families: frozenset[str], periods: pl.Series) -> pl.Series:
    inside = [period for period in periods.unique() if families >= _families(indicator, [period])]
    return periods.is_in(inside)


@lru_cache(maxsize=64)
def _changes(
    store: Store, event: int, hide_below: int, indicator: str | None, period: str | None, secret: _Secret
) -> pl.DataFrame:
    return _changes_by(store, event_told(store, event), hide_below, secret, indicator, period)


def _changes_by(
    store: Store,
    told: dict[str, Any],
    hide_below: int,
    secret: _Secret,
    indicator: str | None = None,
    period: str | None = None,
    *,
    seen_today: bool = False,
) -> pl.DataFrame:
    """As CHANGES, with the numbers of both states. `seen_today`: the state before is what the pages show now."""
    asked = {"indicator": indicator, "period": period if _told_alone(secret, indicator, period) else None}
    named: dict[str, object] = {"upload": told["upload"], **{name: one for name, one in asked.items() if one}}
    only = " ".join(f"AND o.{name} = :{name}" for name in named if name != "upload")
    own = store.frame(_OWN.format(only=only), _ROW | _PLACE, **named)
    others = _others(store, only, secret, {"event": told["event"], **named})
    without, with_it = _current(others), _current(pl.concat([others, own.select(*_ROW)]))
    before, after = (with_it, without) if told["action"] == "withdrawn" else (without, with_it)
    seen = Shown(before, hidden_rows(before, hide_below=hide_below)) if seen_today else None
    states = (_state(before, hide_below), _state(after, hide_below, seen))
    return _compared(own if period is None else own.filter(pl.col("period") == period), *states)


def _told_alone(secret: _Secret, indicator: str | None, period: str | None) -> bool:
    """Whether a period's figures can be told without those it may be added up with."""
    if period is None or indicator is None:
        return False
    return not _families(indicator, [period]) <= dict(secret).get(indicator, frozenset())


def _others(store: Store, only: str, secret: _Secret, named: dict[str, object]) -> pl.DataFrame:
    """What the other counting uploads say of the same keys; of a family of figures where one may have to be hidden,
    everything they say, for what is hidden depends on all of it."""
    rivals = store.frame(_RIVALS.format(only=only), _ROW, **named)
    keep = {"event": named["event"], "upload": named["upload"]}
    for indicator, families in secret:
        whole = store.frame(_WHOLE, _ROW, indicator=indicator, **keep)
        replaced = (rivals["indicator"] == indicator) & _in_families(indicator, families, rivals["period"])
        rivals = pl.concat([rivals.filter(~replaced), whole.filter(_in_families(indicator, families, whole["period"]))])
    return rivals


def _current(rows: pl.DataFrame) -> pl.DataFrame:
    """The figure that stands of each key."""
    return standing_rows(rows, _KEY, "rank")


def _state(current: pl.DataFrame, hide_below: int, seen: Shown | None = None) -> pl.DataFrame:
    """The figures after suppression."""
    return suppress(current, hide_below=hide_below, mark_below=hide_below, beside=seen).select(_TOLD)


def _without_hidden_today(store: Store, changes: pl.DataFrame, secret: _Secret) -> pl.DataFrame:
    """The changes without the values of figures that are hidden today: few answers may also be stated by staff, which
    no row of a file tells."""
    key = ["indicator", "code", "period", "sex"]
    for indicator, _ in secret:
        today = figures_of(store, catalogue().indicators[indicator])
        hidden = today.filter(has_flag(pl.col("flags"), "s")).select(key).with_columns(hidden=pl.lit(True))
        found = changes.join(hidden, on=key, how="left", maintain_order="left")["hidden"].is_not_null()
        changes = _blanked(_blanked(changes, "old", found), "new", found)
    return changes.with_columns(difference=(pl.col("new") - pl.col("old")).round(6))


def _blanked(changes: pl.DataFrame, end: str, gone: pl.Series) -> pl.DataFrame:
    """The changes without some values of one end (`old` or `new`)."""
    lost = pl.lit(gone) & pl.col(end).is_not_null()
    return changes.with_columns(
        pl.when(lost).then(None).otherwise(pl.col(end)).alias(end),
        pl.when(lost).then(pl.lit("suppressed")).otherwise(pl.col(f"{end}_reason")).alias(f"{end}_reason"),
    )


def _as_today_shows(store: Store, changes: pl.DataFrame, secret: _Secret, hide_below: int) -> pl.DataFrame:
    """The changes without the values that today does not show, of figures that add up with a small number."""
    for indicator, _ in secret:
        own = changes["indicator"] == indicator
        today = figures_of(store, catalogue().indicators[indicator])
        places = secret_places(store, indicator, hide_below)
        for end in ("old", "new"):
            names = {name: end if name == "value" else f"{end}_{name}" for name in ("synthetic", *NUMBERS)}
            then = changes.select(*SECRET.keys() - {"synthetic"}, **names)
            changes = _blanked(changes, end, own & not_shown_today(then, today, places))
    return changes.with_columns(difference=(pl.col("new") - pl.col("old")).round(6))


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
        named = state.rename({each: f"{name}_{each}" for each in _TOLD if each not in _KEY} | {"value": name})
        told = told.join(named, on=_KEY, how="left", maintain_order="left")
    kind = kind_of("old", "new", pl.col("old_reason").is_not_null(), pl.col("new_reason").is_not_null())
    real_instead = pl.col("old_synthetic") & ~pl.col("new_synthetic")
    revised = pl.col("kind").is_in(["changed", "gone"]) & ~real_instead.fill_null(False) & ~_only_rounded(told)
    full = told.with_columns(kind=kind, difference=(pl.col("new") - pl.col("old")).round(6))
    return full.with_columns(revised=revised).with_columns(pl.col(name).cast(type_) for name, type_ in CHANGES.items())


def _only_rounded(told: pl.DataFrame) -> pl.Series:
    values = [told[name].fill_null(float("nan")).to_numpy() for name in ("old", "new")]
    exact = [told[f"{name}_decimals"].fill_null(0).to_numpy() for name in ("old", "new")]
    return pl.Series(same_number(values[0], values[1], exact[0], exact[1]), dtype=pl.Boolean)
