"""How much of what is measured has a decided target, region by region."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.targets.standing import attained_targets
from indicators import Indicator, catalogue
from models import Store

TARGET_SHARES: Final[dict[str, Any]] = {
    "code": pl.String,
    "region": pl.String,
    "targets": pl.Int64,
    "indicators": pl.Int64,
    "share": pl.Float64,
}
"""`targets` of the `indicators` followed have one, which is `share` per cent."""


def followed_indicators() -> tuple[Indicator, ...]:
    """The indicators that are shown here and still measured: those of the catalogue that no other has replaced."""
    every = catalogue().indicators.values()
    gone = {one.predecessor.id for one in every if one.predecessor}
    return tuple(one for one in every if one.id not in gone)


def target_shares(
    store: Store, codes: Sequence[str], *, as_of: date | None = None, day: date | None = None
) -> pl.DataFrame:
    """Per region how many of the followed indicators have a decided target that has not ended (TARGET_SHARES)."""
    followed = [one.id for one in followed_indicators()]
    live = attained_targets(store, codes, as_of=as_of, day=day).filter(
        pl.col("phase") != "ended", pl.col("indicator").is_in(followed)
    )
    found = {code: live.filter(pl.col("code") == code)["indicator"].n_unique() for code in codes}
    return pl.DataFrame(
        {
            "code": list(codes),
            "region": [catalogue().regions[code].name for code in codes],
            "targets": list(found.values()),
            "indicators": [len(followed)] * len(codes),
            "share": [100 * count / len(followed) for count in found.values()],
        },
        schema=TARGET_SHARES,
    )
