"""Are there fewer regions than last time? A region that stands without a value, with its reason, is not missing."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from loaders.plausibility.picture import SERIES, Picture
from loaders.plausibility.telling import doubt, listed, names_of
from loaders.problems import Problem

_LEAST: Final = 5  # regions last time: scattered single figures are no series


def regions_missing(picture: Picture) -> list[Problem]:
    """One warning per period and set of missing regions, naming every indicator it is true of."""
    vectors = (
        picture.frame.filter(~pl.col("nation"))
        .group_by([*SERIES, "period", "period_start"])
        .agg(regions=pl.col("region").unique().sort(), judged=pl.any("judged"))
        .sort("period_start", *SERIES)
    )
    earlier = [pl.col(name).shift(1).over(SERIES).alias(f"{name}_before") for name in ("regions", "period")]
    found = vectors.with_columns(earlier).filter("judged", pl.col("regions_before").list.len() >= _LEAST)
    fewer = found.with_columns(missing=pl.col("regions_before").list.set_difference("regions").list.sort()).filter(
        pl.col("regions").list.len() < pl.col("regions_before").list.len()
    )
    key = ["period", "sex", "period_before", pl.col("missing").list.join(",").alias("codes")]
    told = fewer.group_by(key, maintain_order=True).agg(
        pl.col("indicator").unique().sort(), pl.col("regions").list.len().min()
    )
    return listed("fewer_regions", told.height, _told(picture, told))


def _told(picture: Picture, rows: pl.DataFrame) -> Iterator[Problem]:
    for row in rows.iter_rows(named=True):
        codes = row["codes"].split(",")
        ids = tuple(row["indicator"])
        yield doubt(
            picture.known,
            "fewer_regions",
            ids,
            picture.vector({**row, "indicator": ids[0]}),
            found=names_of(picture.known, codes),
            period=row["period"],
            other=row["period_before"],
            missing=names_of(picture.known, codes),
            count=len(codes),
        )
