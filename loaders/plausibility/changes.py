"""Does a region change more since the last period than its history supports? What all regions do together (2020) is
taken off first; both a |z| and a floor in points are needed, for a per cent of a per cent says nothing."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from loaders.plausibility.picture import LINE, SERIES, VECTOR, Picture
from loaders.plausibility.telling import doubt, listed
from loaders.problems import Problem

_Z: Final = 3.5
_FLOOR: Final = {"percent": 9.5, "index": 9.5, "count": 0.7, "seconds": 1.1}
"""Points, just above the largest of 1 071 changes in the barometer less what the regions did together (9.2); for counts
and seconds the logarithm of a factor: twice as many, three times as long."""
_SHIFT: Final = 15.0  # points all regions may move together: 9.4 from 2019 to 2020 is the most the barometer has
_RATIO_UNITS: Final = ("count", "seconds")
_TOGETHER: Final = 5  # regions it takes to tell what all do
_PRIOR: Final = 8  # changes that the regions' common spread counts for beside a region's own earlier ones
_POOLED: Final = 8  # earlier changes, of all regions, it takes for a spread at all


def changes_too_large(picture: Picture, explained: pl.DataFrame) -> list[Problem]:
    """One warning per figure whose change stands out, and one per vector that moves as a whole. `explained`: figures
    (VECTOR, region) whose change another rule tells the cause of."""
    found = [_standing_out(_changes(part)) for part in picture.by_indicator()]
    if not found:
        return []
    shifted, alone = (pl.concat(parts) for parts in zip(*found, strict=True))
    unexplained = alone.join(explained, on=[*VECTOR, "region"], how="anti")
    ordered = unexplained.sort("indicator", "period", "sex", "region")
    return [*_told_shifts(picture, shifted), *listed("change", ordered.height, _told(picture, ordered))]


def _standing_out(changes: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(vectors that move as a whole, figures of the others that stand out)."""
    shifted = _shifted(changes)
    alone = changes.join(shifted, on=[*SERIES, "period"], how="anti").filter(
        "fresh", pl.col("own").abs() > pl.col("floor"), pl.col("own").abs() > _Z * pl.col("spread")
    )
    return shifted, alone


def residual_changes(picture: Picture) -> pl.DataFrame:
    """Figures with a value before: `own`, the change less what the regions do together (logarithms for counts and
    seconds); `pooled`, the spread of all regions' earlier own changes, or of this period's where none is earlier."""
    scaled = pl.when(pl.col("unit").is_in(_RATIO_UNITS))
    usable = (pl.col("before").is_not_null() & pl.col("value").is_not_null()) & (
        ~pl.col("unit").is_in(_RATIO_UNITS) | ((pl.col("before") > 0) & (pl.col("value") > 0))
    )
    ratio = (pl.col("value").log() - pl.col("before").log()).alias("ratio")
    rows = picture.frame.filter(usable).with_columns(
        change=scaled.then(ratio).otherwise(pl.col("value") - pl.col("before"))
    )
    vector = [*SERIES, "period"]
    regional = pl.when(~pl.col("nation")).then("change")
    enough = regional.count().over(vector) >= _TOGETHER
    own = pl.col("change") - pl.when(enough).then(regional.median().over(vector)).otherwise(0.0)
    rows = rows.with_columns(own=own, regions=regional.count().over(vector))
    return rows.join(_earlier(rows), on=vector, how="left")


def _earlier(rows: pl.DataFrame) -> pl.DataFrame:
    """Per vector the spread of the regions' own changes in the series' earlier periods; where there are too few, of
    this very period, by a measure that a few wild ones do not move."""
    vector = [*SERIES, "period", "period_start"]
    regional = rows.filter(~pl.col("nation"))
    sums = (
        regional.group_by(vector)
        .agg(n=pl.len(), squares=(pl.col("own") ** 2).sum(), now=1.4826 * pl.col("own").abs().median())
        .sort("period_start")
    )
    before = [pl.col(name).cum_sum().shift(1).over(SERIES).alias(f"{name}_before") for name in ("n", "squares")]
    summed = sums.with_columns(before)
    past = pl.when(pl.col("n_before") >= _POOLED).then((pl.col("squares_before") / pl.col("n_before")).sqrt())
    now = pl.when(pl.col("n") >= _POOLED).then("now")
    return summed.select(*SERIES, "period", pooled=pl.coalesce(past, now))


def _changes(picture: Picture) -> pl.DataFrame:
    rows = residual_changes(picture)
    ordered = rows.sort("period_start")
    count = pl.int_range(pl.len()).over(LINE)
    squares = (pl.col("own") ** 2).cum_sum().shift(1).over(LINE)
    spread = ((_PRIOR * pl.col("pooled") ** 2 + squares.fill_null(0.0)) / (_PRIOR + count)).sqrt()
    judged = ordered.with_columns(spread=spread, floor=pl.col("unit").replace_strict(_FLOOR, return_dtype=pl.Float64))
    # A nation with all its regions is judged by them (nation.py).
    return judged.filter(~pl.col("nation") | (pl.col("regions") < _TOGETHER))


def _shifted(changes: pl.DataFrame) -> pl.DataFrame:
    """The vectors of which all regions together moved further than any wave has."""
    points = changes.filter(~pl.col("unit").is_in(_RATIO_UNITS), pl.col("regions") >= _TOGETHER)
    moved = points.group_by([*SERIES, "period"]).agg(
        pl.median("change").alias("shift"), pl.any("judged"), pl.first("before_period"), pl.len().alias("count")
    )
    return moved.filter("judged", pl.col("shift").abs() > _SHIFT).sort("indicator", "period")


def _told_shifts(picture: Picture, shifted: pl.DataFrame) -> list[Problem]:
    told = (
        doubt(
            picture.known,
            "change",
            (row["indicator"],),
            picture.vector(row),
            variant="change_together",
            found=row["period"],
            period=row["period"],
            other=row["before_period"],
            change=abs(row["shift"]),
            limit=_SHIFT,
        )
        for row in shifted.iter_rows(named=True)
    )
    return listed("change", shifted.height, told)


def _told(picture: Picture, rows: pl.DataFrame) -> Iterator[Problem]:
    for at in range(rows.height):
        figure = rows[at]
        row = figure.row(0, named=True)
        ratio = row["unit"] in _RATIO_UNITS
        yield doubt(
            picture.known,
            "change",
            (row["indicator"],),
            figure,
            variant="change_ratio" if ratio else "change",
            found=row["printed"],
            region=picture.known.regions[row["region"]].name,
            period=row["period"],
            other=row["before_period"],
            old=row["before"],
            new=row["value"],
            change=abs(row["change"]),
            times=abs(row["own"]) / row["spread"] if row["spread"] else 0.0,
        )
