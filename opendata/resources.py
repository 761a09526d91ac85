"""The plain API's six tables: what each takes, and the answer as a document and as a frame with the same rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import polars as pl

from access import READER
from analysis import FIGURE_COLUMNS, catalogue_status, change_log, compare_regions, told_changes
from analysis.comparison import Comparison
from analysis.figures import figures_of
from analysis.history.figures import CHANGES
from analysis.methods.flags import any_synthetic, has_flag
from analysis.status import uploads_seen_by
from exports.documents import ROW, compared, defined, event_told
from indicators import NATION, catalogue
from locales import text
from locales.json_text import records
from locales.stored import stored_words
from models import Store
from opendata.asked import Asked

_UPLOAD: Final = (
    "id", "file", "sha256", "size", "layout", "status", "synthetic", "observations", "ignored", "uploaded_at",
    "published_at", "note",
)  # fmt: skip
_EVENT: Final = {
    "event": pl.Int64,
    "event_at": pl.String,
    "event_action": pl.String,
    "event_kind": pl.String,
    "event_upload": pl.Int64,
    "event_file": pl.String,
}
"""What a changed figure's row says of its event, before CHANGES."""


class Answer(NamedTuple):
    """`document`: what JSON says; `table`: its rows for CSV and Parquet."""

    document: dict[str, Any]
    table: pl.DataFrame


@dataclass(frozen=True)
class Resource:
    """`takes`: names of opendata.asked.PARAMETERS; `needs`: those it cannot do without."""

    takes: Sequence[str]
    answer: Callable[[Store, Asked], Answer]
    needs: Sequence[str] = ()


def _observations(store: Store, asked: Asked) -> Answer:
    """Every current figure of an indicator, Riket's too: `reason` says in words why there is no value, `missing` is its
    code."""
    indicator = catalogue().indicators[asked["indicator"]]
    wanted = {name: asked[name] for name in ("period", "sex") if asked[name] is not None}
    figures = figures_of(store, indicator, asked["as_of"], include_synthetic=asked["synthetic"] == "true")
    found = figures.filter(**wanted)
    if asked["region"]:
        found = found.filter(pl.col("code").is_in(asked["region"]))
    codes = {code: text(f"reasons.{code}", asked.language) for code in found["reason"].unique() if code}
    table = found.select(
        *(name for name in FIGURE_COLUMNS if name not in ("share", "reason")),
        synthetic=has_flag(pl.col("flags"), "x"),
        reason=pl.col("reason").replace_strict(codes, default=None, return_dtype=pl.String),
        missing=pl.col("reason"),
    )
    about = {
        "indicator": indicator.id,
        "title": indicator.title.in_language(asked.language),
        "unit": indicator.unit,
        "synthetic": any_synthetic(found),
    }
    return _listed(store, asked, table, about)


def _compare(store: Store, asked: Asked) -> Answer:
    """The regions in one period (the latest unless it is named), judged and ranked among all 21 against a benchmark."""
    regions = [code for code in asked["region"] if code != NATION] if asked["region"] else None
    comparison = compare_regions(
        store,
        asked["indicator"],
        asked["period"],
        regions=regions,
        sex=asked["sex"] or "T",
        benchmark=asked["benchmark"],
        level=float(asked["level"]),
        as_of=asked["as_of"],
        include_synthetic=asked["synthetic"] == "true",
    )
    document = compared(comparison, asked.language)
    return Answer(document, _compared_table(comparison, document["rows"]))


def _compared_table(comparison: Comparison, rows: list[dict[str, Any]]) -> pl.DataFrame:
    kinds: dict[str, Any] = {**comparison.rows.schema, "missing": pl.String}
    return pl.DataFrame(rows, schema={name: kinds[name] for name in ROW}, orient="row")


def _indicators(store: Store, asked: Asked) -> Answer:
    """Every indicator's definition, and what there is of it: figures, regions, first and latest period."""
    status = {row["indicator"]: row for row in records(catalogue_status(store, asked["as_of"]))}
    held = ("figures", "regions", "first_period", "latest_period", "synthetic", "published_at")
    rows = []
    for one in catalogue().indicators.values():
        known = status.get(one.id, {"figures": 0, "regions": 0})
        rows.append({**defined(one), **{name: known.get(name) for name in held}})
    flat = [{**row, "publisher_ids": _ids(row["publisher_ids"])} for row in rows]
    return _listed(store, asked, pl.DataFrame(flat, infer_schema_length=None), {}, rows)


def _ids(publisher_ids: Mapping[str, Sequence[str]]) -> list[str]:
    return [f"{publisher}:{each}" for publisher, ids in publisher_ids.items() for each in ids]


def _regions(store: Store, asked: Asked) -> Answer:
    """The 21 regions and Riket, the groups each belongs to, and its people in the latest counted year."""
    groups = catalogue().groups.values()
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "short_name": one.short_name,
            "groups": [group.id for group in groups if one.code in group.regions],
            "population_year": max(one.population, default=None),
            "population": one.population[max(one.population)] if one.population else None,
        }
        for one in catalogue().regions.values()
    ]
    return _listed(store, asked, pl.DataFrame(rows, infer_schema_length=None), {})


def _uploads(store: Store, asked: Asked) -> Answer:
    """Every file that has been published, also those withdrawn since, with the sha256 of its bytes. Not who did it."""
    found = uploads_seen_by(store, READER, asked["as_of"]).select(_UPLOAD)
    notes = [stored_words(note, asked.language) for note in found["note"]]
    return _listed(store, asked, found.with_columns(note=pl.Series(notes, dtype=pl.String)), {})


def _changes(store: Store, asked: Asked) -> Answer:
    """What was published, withdrawn and restored, newest first, with every changed figure old and new."""
    indicator = asked["indicator"]
    log = change_log(store, indicator=indicator, since=asked["since"], as_of=asked["as_of"])
    events = [_told(event_told(store, event, indicator), asked.language) for event in records(log)]
    figures = [_with_event(told_changes(store, event["event"], indicator=indicator), event) for event in events]
    table = pl.concat([pl.DataFrame(schema=_EVENT | CHANGES), *figures])
    return _listed(store, asked, table, {}, events)


def _with_event(changes: pl.DataFrame, event: Mapping[str, Any]) -> pl.DataFrame:
    known = [pl.lit(event[name.removeprefix("event_")], kind).alias(name) for name, kind in _EVENT.items()]
    return changes.with_columns(known).select(*_EVENT, *CHANGES)


def _told(event: dict[str, Any], language: str) -> dict[str, Any]:
    """An event without who did it."""
    kept = {name: value for name, value in event.items() if name != "by"}
    return {**kept, "note": stored_words(event["note"], language)}


def _listed(
    store: Store, asked: Asked, table: pl.DataFrame, about: Mapping[str, Any], rows: list[dict[str, Any]] | None = None
) -> Answer:
    """The table under what is true of all its rows; `rows` where the document says more than the table can."""
    told = records(table) if rows is None else rows
    known = {"as_of": asked["as_of"], "data_version": store.data_version(), "count": len(told)}
    return Answer({**about, **known, "rows": told}, table)


RESOURCES: Final[Mapping[str, Resource]] = {
    "indicators": Resource(("as_of", "format", "lang"), _indicators),
    "regions": Resource(("format", "lang"), _regions),
    "observations": Resource(
        ("indicator", "region", "period", "sex", "as_of", "synthetic", "format", "lang"),
        _observations,
        needs=("indicator",),
    ),
    "compare": Resource(
        ("indicator", "period", "region", "sex", "benchmark", "level", "as_of", "synthetic", "format", "lang"),
        _compare,
        needs=("indicator",),
    ),
    "uploads": Resource(("as_of", "format", "lang"), _uploads),
    "changes": Resource(("indicator", "since", "as_of", "format", "lang"), _changes),
}
"""Name in the address → the table. Its words stand in locales (`open_api.resource.<name>`)."""
