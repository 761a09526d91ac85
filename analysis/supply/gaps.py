"""Which care units lack which services, and what the share would be if the most frequent gaps closed."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from analysis.supply.matrix import with_titles
from analysis.supply.rules import MinimumRule, counted, with_state
from analysis.supply.shares import shares
from analysis.supply.standing import COUNTED_KINDS, standing, statuses
from indicators import Period
from models import Store

GAPS: Final = (
    "unit", "name", "kind", "code", "region", "municipality", "area", "service", "title_sv", "title_en", "status",
    "state", "lacking", "upload", "file", "sheet", "cell", "published_at", "synthetic",
)  # fmt: skip


def gaps(
    store: Store,
    period: Period,
    rule: MinimumRule,
    *,
    codes: Sequence[str],
    kinds: Sequence[str] = COUNTED_KINDS,
    as_of: date | None = None,
) -> pl.DataFrame:
    """GAPS: one row per care unit and service of the rule that it does not offer (not_offered) or that nobody knows of
    (unknown), by region, unit and service. `state` is the unit's, `lacking` how many more services it must offer to
    reach the level (0 where it does); the origin is the offer's cell, null where no file says anything."""
    units = standing(store, period, rule, kinds=kinds, as_of=as_of).filter(pl.col("code").is_in(codes))
    told = units.select(
        "unit",
        "name",
        "kind",
        "region",
        "municipality",
        "area",
        "state",
        lacking=pl.max_horizontal(pl.col("needed") - pl.col("offered"), 0),
        example="synthetic",
    )
    lacked = statuses(store, store.data_version(), period, as_of, True).filter(
        pl.col("status").is_in(["not_offered", "unknown"]), counted(rule)
    )
    rows = told.join(lacked, on="unit", maintain_order="left_right")
    made_up = pl.any_horizontal("synthetic", "example").fill_null(False)
    return with_titles(rows.with_columns(synthetic=made_up)).select(GAPS)


def gaps_by_service(gaps: pl.DataFrame) -> pl.DataFrame:
    """Gaps (GAPS) per service: service, title_sv, title_en, units (that do not offer it), unknown (units nobody knows
    of), below_units (of `units`, those below the level); most frequent first."""
    lacks = pl.col("status") == "not_offered"
    return (
        gaps.group_by("service", "title_sv", "title_en")
        .agg(
            units=lacks.sum().cast(pl.Int64),
            unknown=(~lacks).sum().cast(pl.Int64),
            below_units=(lacks & (pl.col("state") == "below")).sum().cast(pl.Int64),
        )
        .sort(["units", "unknown", "service"], descending=[True, True, False])
    )


def if_closed(
    store: Store,
    period: Period,
    rule: MinimumRule,
    k_max: int,
    *,
    code: str,
    kinds: Sequence[str] = COUNTED_KINDS,
    as_of: date | None = None,
) -> pl.DataFrame:
    """The share of a region as it is (k = 0) and if every unit that lacks them offered the k most frequent gaps too
    (gaps_by_service's order): k, service, title_sv, title_en (the k-th; null for 0), numerator, denominator, share,
    unknown. What nobody knows stays unknown: a unit below the level can so become one that only its unknowns keep from
    it, which is why `unknown` (units) stands beside the share."""
    units = standing(store, period, rule, kinds=kinds, as_of=as_of).filter(pl.col("code") == code)
    lacked = gaps(store, period, rule, codes=(code,), kinds=kinds, as_of=as_of)
    order = gaps_by_service(lacked).filter(pl.col("units") > 0).head(k_max)
    rows = []
    for k in range(order.height + 1):
        closed = lacked.filter(pl.col("status") == "not_offered", pl.col("service").is_in(order["service"].head(k)))
        gained = closed.group_by("unit").agg(pl.len().cast(pl.Int64).alias("gained"))
        moved = units.join(gained, on="unit", how="left").with_columns(pl.col("gained").fill_null(0))
        better = moved.with_columns(
            offered=pl.col("offered") + pl.col("gained"), not_offered=pl.col("not_offered") - pl.col("gained")
        )
        found = shares(with_state(better, rule), ()).row(0, named=True)
        service = order.row(k - 1, named=True) if k else dict.fromkeys(("service", "title_sv", "title_en"))
        rows.append(
            {
                "k": k,
                **{name: service[name] for name in ("service", "title_sv", "title_en")},
                **{name: found[name] for name in ("numerator", "denominator", "share", "unknown")},
            }
        )
    return pl.DataFrame(rows, schema=_CLOSED)


_CLOSED: Final = {
    "k": pl.Int64,
    "service": pl.String,
    "title_sv": pl.String,
    "title_en": pl.String,
    "numerator": pl.Int64,
    "denominator": pl.Int64,
    "share": pl.Float64,
    "unknown": pl.Int64,
}
