"""Were the decimals lost? A series that has them, and a vector of whole numbers only."""

from typing import Final

import polars as pl

from loaders.plausibility.picture import SERIES, Picture
from loaders.plausibility.telling import doubt, listed
from loaders.problems import Problem

_LEAST: Final = 6  # figures that are all whole by chance once in a million, where a tenth of them is


def decimals_lost(picture: Picture) -> list[Problem]:
    """One warning per vector of whole numbers whose figures before, or until now, had decimals."""
    whole = picture.frame.filter(
        "judged", "new", pl.col("unit").is_in(["percent", "index"]), pl.col("value").is_not_null()
    )
    before = pl.coalesce("held", "before")
    found = (
        whole.group_by([*SERIES, "period"])
        .agg(
            count=pl.len(),
            broken=(pl.col("value") % 1 != 0).sum(),
            had=(before % 1 != 0).sum(),
            known=before.count(),
            example=pl.first("printed"),
        )
        .filter(
            pl.col("count") >= _LEAST,
            pl.col("broken") == 0,
            pl.col("known") >= _LEAST,
            pl.col("had") > pl.col("known") / 2,
        )
        .sort("indicator", "period", "sex")
    )
    told = (
        doubt(
            picture.known,
            "decimals_lost",
            (row["indicator"],),
            picture.vector(row),
            found=row["example"],
            period=row["period"],
            count=row["count"],
        )
        for row in found.iter_rows(named=True)
    )
    return listed("decimals_lost", found.height, told)
