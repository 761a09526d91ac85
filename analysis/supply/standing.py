"""Where does each care unit stand: its services counted, and whether it reaches the minimum level."""

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.choices import UnknownChoice
from analysis.supply.reading import ORIGIN, offer_rows, register
from analysis.supply.rules import MinimumRule, counted, with_state
from indicators import Period, catalogue
from models import Store
from models.records import OFFER_STATUSES, UNIT_KINDS

COUNTED_KINDS: Final = ("health_centre", "clinic")
"""The kinds that count unless the reader says otherwise."""


def chosen_kinds(kinds: Sequence[str] | None) -> tuple[str, ...]:
    """The kinds that count; UnknownChoice for one that care units do not have.

    >>> chosen_kinds(["branch", "branch"]), chosen_kinds(None)
    (('branch',), ('health_centre', 'clinic'))
    """
    for kind in kinds or ():
        if kind not in UNIT_KINDS:
            raise UnknownChoice("unit_kind", kind, next(iter(get_close_matches(kind, UNIT_KINDS, n=1)), None))
    return tuple(dict.fromkeys(kinds)) if kinds else COUNTED_KINDS


UNITS: Final = (
    "unit", "name", "kind", "kind_printed", "code", "region", "municipality", "area", "parent", *OFFER_STATUSES,
    "applicable", "needed", "state", "synthetic", "upload", "file", "sheet", "cell",
)  # fmt: skip


def standing(
    store: Store,
    period: Period,
    rule: MinimumRule,
    *,
    kinds: Sequence[str] = COUNTED_KINDS,
    as_of: date | None = None,
    include_synthetic: bool = True,
) -> pl.DataFrame:
    """Every care unit (UNITS) of the regions with supply data in the period, by region and name. The four counts are of
    the services the rule counts; `needed` is how many of them the unit must offer; the origin is the unit's row in the
    register. `synthetic`: that row or one of the unit's offers is example data."""
    return _standing(store, store.data_version(), period, rule, tuple(kinds), as_of, include_synthetic)


@lru_cache(maxsize=64)
def _standing(
    store: Store,
    version: int,
    period: Period,
    rule: MinimumRule,
    kinds: tuple[str, ...],
    as_of: date | None,
    include_synthetic: bool,
) -> pl.DataFrame:
    asked = (store, version, period, as_of, include_synthetic)
    units = register(*asked).filter(pl.col("kind").is_in(kinds))
    with_data = regions_with_data(*asked)
    known = statuses(*asked)
    counts = (
        known.filter(counted(rule))
        .group_by("unit")
        .agg((pl.col("status") == status).sum().cast(pl.Int64).alias(status) for status in OFFER_STATUSES)
    )
    examples = known.group_by("unit").agg(pl.col("synthetic").any().fill_null(False).alias("example"))
    joined = (
        units.filter(pl.col("code").is_in(with_data))
        .join(counts, on="unit", how="left", maintain_order="left")
        .join(examples, on="unit", how="left", maintain_order="left")
        .with_columns(
            pl.col(*OFFER_STATUSES).fill_null(0), synthetic=pl.col("synthetic") | pl.col("example").fill_null(False)
        )
    )
    return with_state(joined, rule).select(UNITS)


def regions_with_data(
    store: Store, version: int, period: Period, as_of: date | None, include_synthetic: bool
) -> list[str]:
    """Codes of the regions that have any row in the period, one of an unknown service too."""
    return list(placed_offers(store, version, period, as_of, include_synthetic)["code"].unique().sort())


def universe(store: Store, version: int, period: Period, as_of: date | None, include_synthetic: bool) -> pl.DataFrame:
    """The services of each region: code, service, in the catalogue's order; the catalogued ones with at least one row
    there in the period."""
    placed = placed_offers(store, version, period, as_of, include_synthetic)
    found = placed.filter(~pl.col("service").str.starts_with("?")).select("code", "service").unique()
    places = {one: place for place, one in enumerate(catalogue().eservices)}
    place = pl.col("service").replace_strict(places, default=len(places), return_dtype=pl.Int64)
    return found.sort("code", place, "service")


def placed_offers(
    store: Store, version: int, period: Period, as_of: date | None, include_synthetic: bool
) -> pl.DataFrame:
    """The offers with `code`: the unit's region in the register, else the row's own."""
    rows = offer_rows(store, version, period.key, as_of, include_synthetic)
    units = register(store, version, period, as_of, include_synthetic).select("unit", "code")
    return rows.join(units, on="unit", how="left", maintain_order="left").with_columns(
        registered=pl.col("code").is_not_null(), code=pl.coalesce("code", "region")
    )


@lru_cache(maxsize=8)
def statuses(store: Store, version: int, period: Period, as_of: date | None, include_synthetic: bool) -> pl.DataFrame:
    """One row per care unit of the register and service of its region: unit, code, service, status, cases, printed +
    ORIGIN; without a row the status is unknown and the origin null."""
    rows = offer_rows(store, version, period.key, as_of, include_synthetic)
    units = register(store, version, period, as_of, include_synthetic).select("unit", "code")
    every = units.join(
        universe(store, version, period, as_of, include_synthetic), on="code", maintain_order="left_right"
    )
    return every.join(
        rows.select("unit", "service", "status", "cases", "printed", *ORIGIN),
        on=["unit", "service"],
        how="left",
        maintain_order="left",
    ).with_columns(pl.col("status").fill_null("unknown"))
