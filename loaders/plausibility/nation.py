"""Can the nation be a mean of its regions? It lies among them, and near their population-weighted mean."""

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from loaders.plausibility.expectations import expectations
from loaders.plausibility.picture import VECTOR, Picture
from loaders.plausibility.telling import doubt, listed
from loaders.problems import Problem

_MEANS: Final = ("percent", "index", "seconds")
_WHOLE: Final = 0.5  # a nation printed without decimals may be half a point further off
_Row = dict[str, Any]


def nation_misplaced(picture: Picture) -> list[Problem]:
    """Warnings for a nation outside its regions' range or too far from their mean, and for two that fit exchanged."""
    found = _nations(picture)
    outside = (pl.col("value") < pl.col("lowest")) | (pl.col("value") > pl.col("highest"))
    far = ((pl.col("value") - pl.col("mean")).abs() > pl.col("tolerance")).fill_null(False)
    faulty = found.filter("judged", outside | far).with_columns(outside=outside)
    rows = faulty.sort("indicator", "period", "sex").rows(named=True)
    swaps = _exchanged(rows)
    taken = {place for pair in swaps for place in pair}
    alone = [row for place, row in enumerate(rows) if place not in taken]
    told = [_swapped(picture, rows[one], rows[other]) for one, other in swaps]
    return told + listed("nation", len(alone), _told(picture, alone))


def _nations(picture: Picture) -> pl.DataFrame:
    """One row per vector with a nation and all 21 regions: value, lowest, highest, mean and tolerance."""
    known = picture.known
    figures = picture.frame.filter(pl.col("unit").is_in(_MEANS), pl.col("value").is_not_null())
    years = figures["period_start"].dt.year().unique().to_list()
    people = pl.DataFrame(
        [(code, year, known.regions[code].population_at(year)) for code in known.region_codes for year in years],
        schema={"region": pl.String, "year": pl.Int32, "people": pl.Float64},
        orient="row",
    )
    tolerances = {each: expectations().tolerance_of(known.indicators[each]) for each in figures["indicator"].unique()}
    weighed = (
        figures.filter(~pl.col("nation"))
        .with_columns(year=pl.col("period_start").dt.year())
        .join(people, on=["region", "year"], how="left")
    )
    regions = weighed.group_by(VECTOR).agg(
        pl.min("value").alias("lowest"),
        pl.max("value").alias("highest"),
        pl.len().alias("count"),
        # No population before 2011: the sum of nothing would weigh nothing.
        mean=pl.when(pl.col("people").null_count() == 0).then(
            (pl.col("value") * pl.col("people")).sum() / pl.col("people").sum()
        ),
    )
    nation = figures.filter("nation").select(*VECTOR, "value", "printed", "judged")
    tolerance = pl.col("indicator").replace_strict(tolerances, return_dtype=pl.Float64, default=None)
    whole = pl.when(pl.col("value") == pl.col("value").round()).then(_WHOLE).otherwise(0.0)
    return nation.join(regions.filter(pl.col("count") == len(known.region_codes)), on=list(VECTOR)).with_columns(
        tolerance=tolerance + pl.when(pl.col("printed").str.contains(r"[.,]\d")).then(0.0).otherwise(whole)
    )


def _exchanged(rows: list[_Row]) -> list[tuple[int, int]]:
    """Places of two misplaced nations, of one period or of one indicator, that each fit the other's regions."""
    pairs: list[tuple[int, int]] = []
    for one, row in enumerate(rows[:200]):
        for other in range(one + 1, min(len(rows), 200)):
            if {one, other} & {place for pair in pairs for place in pair}:
                continue
            near = row["indicator"] == rows[other]["indicator"] or row["period"] == rows[other]["period"]
            if near and _fits(row, rows[other]) and _fits(rows[other], row):
                pairs.append((one, other))
    return pairs


def _fits(value_of: _Row, regions_of: _Row) -> bool:
    tolerance = regions_of["tolerance"]
    return tolerance is not None and abs(value_of["value"] - regions_of["mean"]) <= tolerance


def _swapped(picture: Picture, one: _Row, other: _Row) -> Problem:
    ids = tuple(dict.fromkeys((one["indicator"], other["indicator"])))
    figures = pl.concat([picture.vector(each).filter("nation") for each in (one, other)])
    return doubt(
        picture.known,
        "nation",
        ids,
        figures,
        variant="nations_swapped",
        found=f"{one['printed']} / {other['printed']}",
        first=one["printed"],
        second=other["printed"],
        period=one["period"],
        other=other["period"],
    )


def _told(picture: Picture, rows: list[_Row]) -> Iterator[Problem]:
    for row in rows:
        vector = picture.vector(row)
        nation = vector.filter("nation")
        figures = nation if nation["new"].any() else vector.filter("fresh")
        yield doubt(
            picture.known,
            "nation",
            (row["indicator"],),
            figures,
            found=row["printed"],
            variant="nation_outside" if row["outside"] else "nation_off_mean",
            period=row["period"],
            low=row["lowest"],
            high=row["highest"],
            mean=row["mean"],
            tolerance=row["tolerance"],
        )
