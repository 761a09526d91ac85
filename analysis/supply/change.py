"""Has the share of care units at the minimum level changed since an earlier period, and which units moved?"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.methods.differences import difference_of_intervals, judge
from analysis.methods.intervals import wilson
from analysis.supply.rules import MinimumRule
from analysis.supply.shares import shares
from analysis.supply.standing import COUNTED_KINDS, standing
from indicators import Period, catalogue
from models import Store

MOVES: Final = ("gained", "lost", "counted", "uncounted", "new", "closed")
CHANGE: Final = {
    "code": pl.String,
    "region": pl.String,
    "share": pl.Float64,
    "numerator": pl.Int64,
    "denominator": pl.Int64,
    "share_earlier": pl.Float64,
    "numerator_earlier": pl.Int64,
    "denominator_earlier": pl.Int64,
    "difference": pl.Float64,
    "ci_low": pl.Float64,
    "ci_high": pl.Float64,
    "verdict": pl.String,
    "level": pl.Float64,
    **dict.fromkeys(MOVES, pl.Int64),
    "synthetic": pl.Boolean,
}

_COUNTED: Final = ("share", "numerator", "denominator")
MOVED: Final = ("move", "unit", "name", "kind", "code", "region", "municipality", "synthetic")


def change_between(
    store: Store,
    period: Period,
    earlier: Period,
    rule: MinimumRule,
    *,
    codes: Sequence[str],
    kinds: Sequence[str] = COUNTED_KINDS,
    as_of: date | None = None,
) -> pl.DataFrame:
    """CHANGE: one row per region with data in either period. Shares in per cent, the difference in procentenheter with
    Newcombe's 95 % interval (method 10; two independent shares, though most units are the same: it is rather too wide
    than too narrow) and the word it allows: better, similar, worse, not_assessable without a share on both sides.

    `gained` and `lost`: units of both periods that went from below the level to it, and back; `counted` and
    `uncounted`: that came to count in the share, and ceased to; `new` and `closed`: units of the later
    and of the earlier period only. Both periods are judged by the one rule given."""
    now, then = (
        {row["code"]: row for row in shares(_units(store, each, rule, codes, kinds, as_of), ("code",)).to_dicts()}
        for each in (period, earlier)
    )
    moved = moved_units(store, period, earlier, rule, codes=codes, kinds=kinds, as_of=as_of)
    rows = [_row(code, now.get(code), then.get(code)) | _counted(moved, code) for code in sorted({*now, *then})]
    return pl.DataFrame(rows, schema=CHANGE)


def _units(
    store: Store, period: Period, rule: MinimumRule, codes: Sequence[str], kinds: Sequence[str], as_of: date | None
) -> pl.DataFrame:
    return standing(store, period, rule, kinds=kinds, as_of=as_of).filter(pl.col("code").is_in(codes))


def _counted(moved: pl.DataFrame, code: str) -> dict[str, int]:
    own = moved.filter(pl.col("code") == code)["move"]
    return {move: int((own == move).sum()) for move in MOVES}


def _row(code: str, now: dict[str, Any] | None, then: dict[str, Any] | None) -> dict[str, Any]:
    told = {
        "code": code,
        "region": catalogue().regions[code].name,
        **{name: now and now[name] for name in _COUNTED},
        **{f"{name}_earlier": then and then[name] for name in _COUNTED},
        "verdict": "not_assessable",
        "synthetic": any(side is not None and side["synthetic"] for side in (now, then)),
    }
    if told["share"] is None or told["share_earlier"] is None or now is None or then is None:
        return told
    at95, at998 = (_interval(now, then, level) for level in (95, 99.8))
    verdict, level = judge(*at95, *at998, "higher_is_better")
    difference = now["share"] - then["share"]
    return told | {"difference": difference, "ci_low": at95[0], "ci_high": at95[1], "verdict": verdict, "level": level}


def _interval(now: dict[str, Any], then: dict[str, Any], level: float) -> tuple[float, float]:
    sides = [
        (side["share"], *(100 * bound for bound in wilson(side["numerator"], side["denominator"], level=level)))
        for side in (now, then)
    ]
    return difference_of_intervals(*sides[0], *sides[1])


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
