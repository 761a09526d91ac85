"""Has the gap between two indicators that move together gone far outside its history, in most regions at once? Then
one of them was printed under the other's name."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from loaders.plausibility.expectations import Pair, expectations
from loaders.plausibility.picture import Picture
from loaders.plausibility.telling import doubt, listed
from loaders.problems import Problem

_FLOOR: Final = 4.0  # points; the steadiest pairs' median gap has moved 3.1 from its earlier mean at most (2018)
_SPREADS: Final = 2.0
_MOST: Final = 2 / 3  # of the regions, and in one direction
_LEAST_REGIONS: Final = 8
_SERIES: Final = ("sex", "period_kind", "season")


def gaps_gone(picture: Picture) -> list[Problem]:
    """One warning per pair and period whose gap is new."""
    found = [_of(picture, pair) for pair in expectations().pair]
    count = sum(frame.height for _, frame in zip(expectations().pair, found, strict=True))
    told = (
        problem
        for pair, frame in zip(expectations().pair, found, strict=True)
        for problem in _told(picture, pair, frame)
    )
    return listed("gap", count, told)


def _of(picture: Picture, pair: Pair) -> pl.DataFrame:
    one, other = (picture.regions.filter(pl.col("indicator") == each) for each in pair.indicators)
    line = [*_SERIES, "segment", "region"]
    key = [*line, "period"]
    both = one.join(other.select(*key, "value", "judged"), on=key, suffix="_other").sort("period_start")
    gaps = both.with_columns(gap=pl.col("value") - pl.col("value_other"))
    earlier = pl.col("gap").cum_sum().shift(1).over(line) / pl.int_range(pl.len()).over(line)
    moved = gaps.with_columns(usual=earlier).filter(pl.col("usual").is_not_null())
    moved = moved.with_columns(off=pl.col("gap") - pl.col("usual"))
    vectors = (
        moved.group_by([*_SERIES, "period", "period_start"])
        .agg(
            regions=pl.len(),
            off=pl.median("off"),
            gap=pl.median("gap"),
            usual=pl.median("usual"),
            judged=pl.col("judged").any() | pl.col("judged_other").any(),
            spread=pl.std("off"),
            up=(pl.col("off") > _FLOOR).sum(),
            down=(pl.col("off") < -_FLOOR).sum(),
        )
        .sort("period_start")
    )
    earlier_spread = pl.col("spread").shift(1).over(_SERIES).fill_null(pl.col("spread"))
    return vectors.with_columns(spread=earlier_spread).filter(
        "judged",
        pl.col("regions") >= _LEAST_REGIONS,
        pl.col("off").abs() > _FLOOR,
        pl.col("off").abs() > _SPREADS * pl.col("spread") / 2,
        pl.max_horizontal("up", "down") >= _MOST * pl.col("regions"),
    )


def _told(picture: Picture, pair: Pair, frame: pl.DataFrame) -> Iterator[Problem]:
    for row in frame.iter_rows(named=True):
        vectors = [picture.vector({**row, "indicator": each}) for each in pair.indicators]
        yield doubt(
            picture.known,
            "gap",
            pair.indicators,
            vectors[0] if vectors[0]["new"].any() else vectors[1],
            found=row["period"],
            period=row["period"],
            gap=row["gap"],
            usual=row["usual"],
        )
