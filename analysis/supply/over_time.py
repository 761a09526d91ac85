"""The share of care units at the minimum level, period by period: counted by the database, not read offer by offer."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.moments import until
from analysis.supply.reading import registers, upload_facts
from analysis.supply.rules import MinimumRule, with_state
from analysis.supply.shares import SHARES, shares
from analysis.supply.standing import COUNTED_KINDS, standing
from indicators import period_of
from models import Store
from models.publications import COUNTING_UPLOADS

_BETWEEN: Final = "\n"  # a service's tidied name has blanks in it, but never a new line
OVER_TIME: Final = ("code", "period", "period_start", "period_end", "period_kind", *SHARES)

_COUNTS: Final = f"""
SELECT o.period, o.region, o.unit, count(*) FILTER (WHERE o.status = 'offered' AND {{counted}}),
       count(*) FILTER (WHERE o.status = 'not_offered' AND {{counted}}),
       count(*) FILTER (WHERE o.status = 'not_applicable' AND {{counted}}),
       {{joined}}(o.service, :between), min(o.upload_id), max(o.upload_id)
FROM service_offer o
WHERE +o.upload_id IN (SELECT p.upload_id FROM {COUNTING_UPLOADS} AS p)
GROUP BY o.period, o.region, o.unit
"""  # noqa: S608 (our own text; the index holds all of it, in this order)
_COUNTS_SCHEMA: Final = {
    "period": pl.String,
    "region": pl.String,
    "unit": pl.String,
    "offered": pl.Int64,
    "not_offered": pl.Int64,
    "not_applicable": pl.Int64,
    "services": pl.String,
    "upload": pl.Int64,
    "other_upload": pl.Int64,
}


def share_over_time(
    store: Store,
    rule: MinimumRule,
    *,
    codes: Sequence[str],
    kinds: Sequence[str] = COUNTED_KINDS,
    as_of: date | None = None,
) -> pl.DataFrame:
    """OVER_TIME: every period's share per region as `shares` gives it, by region and time, judged by the one rule.

    The first time after a publication every offer is counted once, in the database: about two seconds for 2.7 million
    offers, whatever the regions; other numbers of services, kinds and regions then take a tenth of that, the same
    question nothing. A period where several uploads tell of the same unit is read offer by offer (`standing`), 0.3 s
    for 45 000 offers."""
    found = _over_time(store, store.data_version(), rule, tuple(kinds), as_of)
    return found.filter(pl.col("code").is_in(codes))


@lru_cache(maxsize=32)
def _over_time(
    store: Store, version: int, rule: MinimumRule, kinds: tuple[str, ...], as_of: date | None
) -> pl.DataFrame:
    counts = _counts(store, version, rule.services, as_of)
    periods = tuple(period_of(key) for key in counts["period"].unique())
    units = registers(store, version, periods, as_of, True)
    several = _several(counts)
    counted = _counted_units(counts, units, rule, kinds).filter(~pl.col("period").is_in(several))
    parts = [shares(counted, ("code", "period"))]
    for key in several:
        own = standing(store, period_of(key), rule, kinds=kinds, as_of=as_of)
        parts.append(shares(own.with_columns(period=pl.lit(key)), ("code", "period")))
    days = [(one.key, one.start, one.end, one.kind) for one in periods]
    dated = pl.DataFrame(days, schema=_PERIODS, orient="row")
    return pl.concat(parts).join(dated, on="period").select(OVER_TIME).sort("code", "period_start", "period_end")


_PERIODS: Final = {"period": pl.String, "period_start": pl.Date, "period_end": pl.Date, "period_kind": pl.String}


@lru_cache(maxsize=4)
def _counts(store: Store, _version: int, services: tuple[str, ...], as_of: date | None) -> pl.DataFrame:
    """Per period, region and unit: how many of the services (all catalogued ones where none are named) have each
    status, every service with a row in one text, the least and the greatest upload, and whether it is example data."""
    named = {f"s{place}": service for place, service in enumerate(services)}
    listed = f"o.service IN ({', '.join(f':{name}' for name in named)})"
    counted = listed if services else "substr(o.service, 1, 1) <> '?'"
    query = _COUNTS.format(counted=counted, joined="group_concat" if store.is_sqlite else "string_agg")
    read = store.frame(query, _COUNTS_SCHEMA, until=until(as_of), between=_BETWEEN, **named)
    facts = upload_facts(store, as_of).select("upload", example="synthetic")
    return read.join(facts, on="upload", how="left")


def _several(counts: pl.DataFrame) -> list[str]:
    """The periods where some unit has rows of several uploads: which row counts is then a matter of each service."""
    unsure = (pl.col("upload") != pl.col("other_upload")) | pl.struct("period", "unit").is_duplicated()
    return counts.filter(unsure)["period"].unique().sort().to_list()


def _counted_units(
    counts: pl.DataFrame, units: pl.DataFrame, rule: MinimumRule, kinds: tuple[str, ...]
) -> pl.DataFrame:
    """The units of every period with their state, as `standing` gives them: period, code, state, synthetic."""
    own = units.select("period", "unit", "code", "kind", "synthetic")
    placed = counts.join(own.select("period", "unit", "code"), on=["period", "unit"], how="left").with_columns(
        pl.coalesce("code", "region").alias("code")
    )
    regions = placed.group_by("period", "code").agg(pl.col("services").unique())
    services = (
        regions.explode("services")
        .with_columns(pl.col("services").str.split(_BETWEEN))
        .explode("services")
        .filter(~pl.col("services").str.starts_with("?"), _of_rule(rule))
    )
    sizes = services.group_by("period", "code").agg(pl.col("services").n_unique().cast(pl.Int64).alias("universe"))
    known = ["offered", "not_offered", "not_applicable"]
    joined = (
        own.filter(pl.col("kind").is_in(kinds))
        .join(regions.select("period", "code"), on=["period", "code"])
        .join(sizes, on=["period", "code"], how="left")
        .join(counts.select("period", "unit", *known, "example"), on=["period", "unit"], how="left")
        .with_columns(pl.col(*known, "universe").fill_null(0), pl.col("example").fill_null(False))
    )
    told = joined.with_columns(
        unknown=pl.col("universe") - pl.sum_horizontal(known), synthetic=pl.col("synthetic") | pl.col("example")
    )
    return with_state(told, rule)


def _of_rule(rule: MinimumRule) -> pl.Expr:
    return pl.lit(True) if rule.at_least is not None else pl.col("services").is_in(rule.services)
