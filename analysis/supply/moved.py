"""Which care units moved between two periods: reached the minimum level or fell below it, came or closed."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from analysis.supply.rules import MinimumRule
from analysis.supply.standing import COUNTED_KINDS, standing
from indicators import Period
from models import Store

MOVES: Final = ("gained", "lost", "counted", "uncounted", "new", "closed")
MOVED: Final = ("move", "unit", "name", "kind", "code", "region", "municipality", "synthetic")


def moved_units(
    store: Store,
    period: Period,
    earlier: Period,
    rule: MinimumRule,
    *,
    codes: Sequence[str],
    kinds: Sequence[str] = COUNTED_KINDS,
    as_of: date | None = None,
) -> pl.DataFrame:
    """MOVED, by region and name: the units that change_between counts. `move`: gained (from below the level to it),
    lost (the other way), counted (from unknown, or nothing applicable, to either), uncounted (the other way), new (in
    the later period only), closed (in the earlier only; named as it was then). A unit that changed region is new in
    one and closed in the other."""
    now, then = (
        standing(store, each, rule, kinds=kinds, as_of=as_of).filter(pl.col("code").is_in(codes))
        for each in (period, earlier)
    )
    key = ["code", "unit"]
    both = now.join(then.select(*key, before="state"), on=key, maintain_order="left")
    state, before, known = pl.col("state"), pl.col("before"), ["meets", "below"]
    parts = [
        both.filter((state == "meets") & (before == "below")).with_columns(move=pl.lit("gained")),
        both.filter((state == "below") & (before == "meets")).with_columns(move=pl.lit("lost")),
        both.filter(state.is_in(known) & ~before.is_in(known)).with_columns(move=pl.lit("counted")),
        both.filter(~state.is_in(known) & before.is_in(known)).with_columns(move=pl.lit("uncounted")),
        now.join(then, on=key, how="anti").with_columns(move=pl.lit("new")),
        then.join(now, on=key, how="anti").with_columns(move=pl.lit("closed")),
    ]
    return pl.concat([part.select(MOVED) for part in parts]).sort("code", "name", "unit", maintain_order=True)
