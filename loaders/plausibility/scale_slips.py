"""Is a whole vector written on another scale than its series: shares among per cent (either way), thousands among
units, minutes among seconds? checks/scale.py tells the shares it can see in the file alone; this sees the rest."""

from collections.abc import Iterator
from math import log
from typing import Final

import polars as pl

from loaders.plausibility.picture import SERIES, VECTOR, Picture
from loaders.plausibility.telling import doubt, listed
from loaders.problems import Problem

_FACTORS: Final = {
    "percent": (100.0,),
    "index": (100.0, 10.0),
    "count": (1_000.0, 1_000_000.0),
    "seconds": (60.0, 3_600.0),
}
_NEAR: Final = log(1.6)  # a figure may also have moved since last time
_USUAL: Final = 10.0  # as checks/scale.py: where half of the file's figures are above, those below 1 are told there
_SHARE: Final = 1.0


def scale_slips(picture: Picture) -> tuple[list[Problem], pl.DataFrame]:
    """One warning per vector on another scale, and per indicator that has both; and the vectors (columns VECTOR)."""
    figures = picture.frame.filter(pl.col("value") > 0)
    slipped, mixed = _slipped(figures), _mixed(figures)
    seen = (
        figures.filter("new", pl.col("unit").is_in(["percent", "seconds"]))
        .filter(pl.median("value").over("indicator") > _USUAL)["indicator"]
        .unique()
    )
    quiet = (pl.col("now") < _SHARE) & pl.col("indicator").is_in(seen.implode())
    told = slipped.filter(~quiet).join(mixed, on="indicator", how="anti").sort("indicator", "period", "sex")
    problems = [
        *listed("scale_slip", told.height, _told(picture, told)),
        *listed("scale_slip", mixed.height, _told_mixed(picture, mixed)),
    ]
    vectors = figures.join(mixed, on="indicator", how="semi").select(VECTOR)
    return problems, pl.concat([slipped.select(VECTOR), vectors]).unique()


def _slipped(figures: pl.DataFrame) -> pl.DataFrame:
    """Judged vectors whose median is some scale's factor from the vector before, or what was published until now."""
    medians = (
        figures.group_by([*SERIES, "unit", "period", "period_start"])
        .agg(now=pl.median("value"), held=pl.median("held"), judged=pl.any("judged"))
        .sort("period_start")
    )
    before = pl.coalesce("held", pl.col("now").shift(1).over(SERIES))
    ratios = (
        medians.with_columns(before=before)
        .filter("judged", pl.col("before") > 0)
        .with_columns(ratio=pl.col("now").log() - pl.col("before").log())
    )
    near = [
        (pl.col("unit") == unit) & ((pl.col("ratio").abs() - log(factor)).abs() < _NEAR)
        for unit, factors in _FACTORS.items()
        for factor in factors
    ]
    return ratios.filter(pl.any_horizontal(near)).with_columns(factor=pl.col("ratio").abs().exp())


def _mixed(figures: pl.DataFrame) -> pl.DataFrame:
    """Indicators of the file most of whose figures are shares of one, and some are not; an index with shares only."""
    bounded = (
        figures.filter("new", pl.col("unit").is_in(["percent", "index"]))
        .group_by("indicator")
        .agg(
            pl.first("unit"),
            usual=pl.median("value"),
            most=pl.max("value"),
            small=(pl.col("value") <= _SHARE).sum(),
            judged=pl.any("judged"),
            example=pl.col("printed").filter(pl.col("value") <= _SHARE).first(),
        )
    )
    both = (pl.col("usual") <= _SHARE) & (pl.col("most") > _USUAL)
    shares = (pl.col("unit") == "index") & (pl.col("most") <= _SHARE)
    return bounded.filter("judged", both | shares).sort("indicator")


def _told(picture: Picture, rows: pl.DataFrame) -> Iterator[Problem]:
    for row in rows.iter_rows(named=True):
        vector = picture.vector(row)
        found = str(vector.filter("new")["printed"].first() or "")
        yield doubt(
            picture.known,
            "scale_slip",
            (row["indicator"],),
            vector,
            found=found,
            period=row["period"],
            now=row["now"],
            before=row["before"],
            unit=row["unit"],
        )


def _told_mixed(picture: Picture, rows: pl.DataFrame) -> Iterator[Problem]:
    for row in rows.iter_rows(named=True):
        figures = picture.frame.filter("new", pl.col("indicator") == row["indicator"], pl.col("value") <= _SHARE)
        yield doubt(
            picture.known,
            "scale_slip",
            (row["indicator"],),
            figures.head(1),
            variant="scale_shares",
            found=row["example"] or "",
            count=row["small"],
            unit=row["unit"],
        )
