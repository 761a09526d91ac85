"""Do the counts and shares of calls agree? What must hold between figures of the same region, period and sex.

Offered are all who rang; each is answered or abandoned, or neither (refused, or moved to another queue), so answered
and abandoned together never exceed offered. A share must be its counts' quotient, to the decimals it is printed with.
"""

from typing import Any, Final

import polars as pl

OFFERED: Final = "calls_offered"
ANSWERED: Final = "calls_answered"
ABANDONED: Final = "calls_abandoned"
SHARE: Final = "calls_share_answered"
OF_OFFERED: Final = "calls_within_target_of_offered"
WITH_ABANDONED: Final = "calls_within_target_or_abandoned_of_offered"
OF_ANSWERED: Final = "calls_within_target_of_answered"
SUMMED: Final = (OFFERED, ANSWERED, ABANDONED, SHARE, OF_OFFERED, WITH_ABANDONED, OF_ANSWERED)
"""What the rules look at."""
KEY: Final = ("region", "period", "sex")

_MOST_DECIMALS: Final = 3
_EXACT: Final = 1e-9
"""Room for a binary fraction that no decimal is."""

DISAGREEMENT: Final[dict[str, Any]] = {
    "rule": pl.String,
    "region": pl.String,
    "period": pl.String,
    "sex": pl.String,
    "found": pl.Float64,
    "limit": pl.Float64,
    "indicators": pl.List(pl.String),
}
"""One row per rule that is broken and key. `found` is what stands there, `limit` what it may be at most, or (share_off)
what it should be; counts for above_offered, else per cent."""


def disagreements(figures: pl.DataFrame) -> pl.DataFrame:
    """Which rules the figures break (DISAGREEMENT, by key then rule). `figures`: indicator, KEY and value, at most one
    row per indicator and key; a rule whose figures are not all there says nothing.

    - `above_offered`: answered and abandoned (or the one of them that is there) are more than offered;
    - `share_off`: the share answered is not answered ÷ offered, beyond its rounding;
    - `level_above_share`: more are answered within the target than at all, of calls offered;
    - `level_order`: a service level is lower than answered within target ÷ offered, which the other two never are.
    """
    known = figures.filter(pl.col("indicator").is_in(SUMMED), pl.col("value").is_not_null())
    wide = known.select(*KEY, "indicator", "value").pivot("indicator", index=list(KEY), values="value")
    missing = [pl.lit(None, pl.Float64).alias(name) for name in SUMMED if name not in wide.columns]
    table = wide.with_columns(missing)
    found = [_above_offered(table), _share_off(table), _level_above_share(table), *_level_order(table)]
    return pl.concat(found).sort(*KEY, "rule", maintain_order=True)


def _above_offered(table: pl.DataFrame) -> pl.DataFrame:
    parts = pl.sum_horizontal(ANSWERED, ABANDONED)
    some = pl.any_horizontal(pl.col(ANSWERED, ABANDONED).is_not_null())
    return _told(table.filter(some), "above_offered", parts, pl.col(OFFERED), (OFFERED, ANSWERED, ABANDONED), _EXACT)


def _share_off(table: pl.DataFrame) -> pl.DataFrame:
    """Both ways; a share of no calls offered is none."""
    asked = table.filter(pl.col(OFFERED) > 0).with_columns(should=100 * pl.col(ANSWERED) / pl.col(OFFERED))
    off = asked.filter((pl.col(SHARE) - pl.col("should")).abs() > _rounding(SHARE) + _EXACT)
    return _rows(off, "share_off", pl.col(SHARE), pl.col("should"), (SHARE, ANSWERED, OFFERED))


def _level_above_share(table: pl.DataFrame) -> pl.DataFrame:
    room = _rounding(OF_OFFERED) + _rounding(SHARE) + _EXACT
    return _told(table, "level_above_share", pl.col(OF_OFFERED), pl.col(SHARE), (OF_OFFERED, SHARE), room)


def _level_order(table: pl.DataFrame) -> list[pl.DataFrame]:
    return [
        _told(
            table,
            "level_order",
            pl.col(OF_OFFERED),
            pl.col(other),
            (OF_OFFERED, other),
            _rounding(OF_OFFERED) + _rounding(other) + _EXACT,
        )
        for other in (WITH_ABANDONED, OF_ANSWERED)
    ]


def _told(
    table: pl.DataFrame, rule: str, found: pl.Expr, limit: pl.Expr, indicators: tuple[str, ...], room: pl.Expr | float
) -> pl.DataFrame:
    return _rows(table.filter(found > limit + room), rule, found, limit, indicators)


def _rows(table: pl.DataFrame, rule: str, found: pl.Expr, limit: pl.Expr, ids: tuple[str, ...]) -> pl.DataFrame:
    there = pl.concat_list(pl.when(pl.col(each).is_not_null()).then(pl.lit(each)) for each in ids).list.drop_nulls()
    told = table.select(pl.lit(rule).alias("rule"), *KEY, found.alias("found"), limit.alias("limit"), indicators=there)
    return told.select(pl.col(name).cast(type_) for name, type_ in DISAGREEMENT.items())


def _rounding(name: str) -> pl.Expr:
    """Half of the last decimal a share has: 87.2 stands for anything from 87.15 to 87.25, 87 for 86.5 to 87.5."""
    value, half = pl.col(name), pl.lit(0.5 * 10.0**-_MOST_DECIMALS)
    for decimals in range(_MOST_DECIMALS - 1, -1, -1):
        exact = (value - value.round(decimals)).abs() < _EXACT
        half = pl.when(exact).then(pl.lit(0.5 * 10.0**-decimals)).otherwise(half)
    return half
