"""The matrix of care units and services, and what stands outside it: unknown services, units in no register."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from analysis.supply.reading import register
from analysis.supply.rules import MinimumRule
from analysis.supply.standing import COUNTED_KINDS, placed_offers, statuses, universe
from indicators import Period, catalogue
from models import Store

OFFERS: Final = (
    "unit", "name", "kind", "code", "municipality", "area", "service", "title_sv", "title_en", "status", "cases",
    "printed", "upload", "file", "sheet", "cell", "published_at", "synthetic",
)  # fmt: skip


def offers(
    store: Store,
    period: Period,
    *,
    codes: Sequence[str],
    kinds: Sequence[str] = COUNTED_KINDS,
    as_of: date | None = None,
) -> pl.DataFrame:
    """OFFERS: one row per care unit and service of its region, by region and unit, services in the catalogue's order.
    Where no file says anything the status is unknown and the origin null. `synthetic`: the offer or the unit's row in
    the register is example data."""
    asked = (store, store.data_version(), period, as_of, True)
    units = register(*asked).filter(pl.col("code").is_in(codes), pl.col("kind").is_in(kinds))
    told = units.select("unit", "name", "kind", "municipality", "area", example="synthetic")
    rows = told.join(statuses(*asked), on="unit", maintain_order="left_right")
    made_up = pl.any_horizontal("synthetic", "example").fill_null(False)
    return with_titles(rows.with_columns(synthetic=made_up)).select(OFFERS)


def with_titles(rows: pl.DataFrame) -> pl.DataFrame:
    """`title_sv` and `title_en` of each row's `service`; the id itself for one the catalogue no longer has."""
    known = catalogue().eservices
    return rows.with_columns(
        pl.col("service")
        .replace({one: known[one].title.in_language(language) for one in known})
        .alias(f"title_{language}")
        for language in ("sv", "en")
    )


def unmapped_services(store: Store, period: Period, *, codes: Sequence[str], as_of: date | None = None) -> pl.DataFrame:
    """The services no catalogue knows, most units first: service (`?…`), service_printed, units (that have a row),
    cases (their sum; null where none says), file (several are joined). They count towards no rule."""
    rows = placed_offers(store, store.data_version(), period, as_of, True)
    return (
        rows.filter(pl.col("service").str.starts_with("?"), pl.col("code").is_in(codes))
        .group_by("service")
        .agg(
            pl.col("service_printed").sort().first(),
            units=pl.col("unit").n_unique().cast(pl.Int64),
            cases=pl.when(pl.col("cases").is_not_null().any()).then(pl.col("cases").sum()),
            file=pl.col("file").unique().sort().str.join(", "),
        )
        .sort(["units", "service"], descending=[True, False])
    )


def units_without_register(
    store: Store, period: Period, *, codes: Sequence[str], as_of: date | None = None
) -> pl.DataFrame:
    """The units with offers that the register does not have on the period's last day, counted in no share: unit, code
    (of their rows), services (catalogued, with a row), offered, file, synthetic."""
    rows = placed_offers(store, store.data_version(), period, as_of, True)
    known = ~pl.col("service").str.starts_with("?")
    return (
        rows.filter(~pl.col("registered"), pl.col("code").is_in(codes))
        .group_by("unit", "code")
        .agg(
            services=known.sum().cast(pl.Int64),
            offered=(known & (pl.col("status") == "offered")).sum().cast(pl.Int64),
            file=pl.col("file").unique().sort().str.join(", "),
            synthetic=pl.col("synthetic").any(),
        )
        .sort("code", "unit")
    )


def not_reported(
    store: Store, period: Period, rule: MinimumRule, *, code: str, as_of: date | None = None
) -> tuple[str, ...]:
    """The services of a rule's list that the region has no row for in the period: the rule cannot count them."""
    return tuple(one for one in rule.services if one not in _reported(store, period, code, as_of))


def reported_services(store: Store, period: Period, *, code: str, as_of: date | None = None) -> int:
    """How many known services the region's files tell of in the period; what is left out of them lowers the level."""
    return len(_reported(store, period, code, as_of))


def _reported(store: Store, period: Period, code: str, as_of: date | None) -> set[str]:
    return set(universe(store, store.data_version(), period, as_of, True).filter(pl.col("code") == code)["service"])
