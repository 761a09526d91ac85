"""Is a total the sum of what can only be averaged? Riket as the sum of the regions' shares, Totalt as women + men."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from loaders.plausibility.picture import VECTOR, Picture
from loaders.plausibility.telling import doubt, listed
from loaders.problems import Problem

_AVERAGED: Final = ("percent", "index", "seconds")
_LEAST_REGIONS: Final = 3
_ROUNDING: Final = 0.05  # per figure summed: one decimal


def totals_summed(picture: Picture) -> list[Problem]:
    """One warning per nation that is its regions' sum, and per vector whose totals are the sexes' sums."""
    parts = [
        part.frame.filter("judged", pl.col("unit").is_in(_AVERAGED), pl.col("value") > 0)
        for part in picture.by_indicator()
    ]
    if not parts:
        return []
    nations, sexes = (pl.concat([find(part) for part in parts]).sort(VECTOR) for find in (_nations, _sexes))
    return [
        *listed("summed_total", nations.height, _told_nations(picture, nations)),
        *listed("summed_total", sexes.height, _told_sexes(picture, sexes)),
    ]


def _near(total: str, summed: str, count: pl.Expr) -> pl.Expr:
    return (pl.col(total) - pl.col(summed)).abs() <= _ROUNDING * (count + 1)


def _nations(figures: pl.DataFrame) -> pl.DataFrame:
    regions = figures.filter(~pl.col("nation")).group_by(VECTOR).agg(pl.sum("value").alias("summed"), count=pl.len())
    both = figures.filter("nation").join(regions, on=list(VECTOR))
    return both.filter(pl.col("count") >= _LEAST_REGIONS, _near("value", "summed", pl.col("count"))).sort(VECTOR)


def _sexes(figures: pl.DataFrame) -> pl.DataFrame:
    key = ["indicator", "period", "region"]
    parts = figures.filter(pl.col("sex") != "T").group_by(key).agg(pl.sum("value").alias("summed"), count=pl.len())
    both = figures.filter(pl.col("sex") == "T").join(parts.filter(pl.col("count") == 2), on=key)
    marked = both.with_columns(same=_near("value", "summed", pl.col("count")))
    found = marked.group_by(VECTOR).agg(pl.len(), pl.sum("same"), pl.first("printed"))
    return found.filter(pl.col("same") > 0, pl.col("same") * 2 >= pl.col("len")).sort(VECTOR)


def _told_nations(picture: Picture, rows: pl.DataFrame) -> Iterator[Problem]:
    for at in range(rows.height):
        row = rows.row(at, named=True)
        yield doubt(
            picture.known,
            "summed_total",
            (row["indicator"],),
            rows[at],
            variant="summed_nation",
            found=row["printed"],
            period=row["period"],
            count=row["count"],
        )


def _told_sexes(picture: Picture, rows: pl.DataFrame) -> Iterator[Problem]:
    for row in rows.iter_rows(named=True):
        yield doubt(
            picture.known,
            "summed_total",
            (row["indicator"],),
            picture.vector(row),
            variant="summed_sexes",
            found=row["printed"],
            period=row["period"],
            count=row["same"],
        )
