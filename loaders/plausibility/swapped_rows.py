"""Have two regions changed places? Each then fits the other's last figures better than its own, over all the file's
indicators of the period taken together."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from loaders.plausibility.changes import residual_changes
from loaders.plausibility.picture import VECTOR, Picture
from loaders.plausibility.telling import doubt, listed
from loaders.problems import Problem

_TOGETHER: Final = 10.0
_ALONE: Final = 13.0
"""Logarithms of how much likelier the figures are exchanged, in all the indicators together and in one. No two regions
of the barometer 2016–2023 reach more than 6.1 together and 9.1 in one; nine in ten exchanges of whole rows do."""
_MISFIT: Final = 2.5  # spreads either may lie from the other's history: a single wild figure is no exchange
_LEAST_REGIONS: Final = 5
_LEAST_SPREAD: Final = {"percent": 1.0, "index": 1.0, "count": 0.05, "seconds": 0.05}
"""Points, logarithms: six regions that all grew alike last year are no measure of what is likely."""
_RATIOS: Final = ("count", "seconds")


def rows_swapped(picture: Picture) -> tuple[list[Problem], pl.DataFrame]:
    """One warning per period and pair of regions, and the figures explained by them (VECTOR and region)."""
    figures = residual_changes(picture).filter(
        "judged", ~pl.col("nation"), pl.col("regions") >= _LEAST_REGIONS, pl.col("pooled") > 0
    )
    spread = pl.max_horizontal("pooled", pl.col("unit").replace_strict(_LEAST_SPREAD, return_dtype=pl.Float64))
    figures = figures.with_columns(pooled=spread)
    logarithm = pl.col("unit").is_in(_RATIOS)
    now, then = (pl.when(logarithm).then(pl.col(name).log()).otherwise(name) for name in ("value", "before"))
    slim = figures.select(
        *VECTOR, "period_kind", "region", "fresh", "pooled", now=now, then=then, common=pl.col("change") - pl.col("own")
    )
    both = slim.join(slim, on=[*VECTOR, "period_kind"], suffix="_other").filter(
        pl.col("region") < pl.col("region_other"), pl.col("fresh") & pl.col("fresh_other")
    )
    pair = ["period", "sex", "period_kind", "region", "region_other"]
    pairs = both.with_columns(evidence=_evidence()).group_by(pair).agg(
        together=pl.sum("evidence"), best=pl.max("evidence"),
        ids=pl.col("indicator").sort_by("evidence", descending=True),
        sizes=pl.col("evidence").sort(descending=True),
    )  # fmt: skip
    found = pairs.with_columns(strength=pl.max_horizontal("together", "best")).filter(
        (pl.col("together") > _TOGETHER) | (pl.col("best") > _ALONE)
    ).sort("strength", *pair, descending=[True] + [False] * 5)  # fmt: skip
    chosen = _apart(found)
    explained = chosen.explode("ids", "sizes").filter(pl.col("sizes") > 0).select(
        pl.col("ids").alias("indicator"), "sex", "period", regions=pl.concat_list("region", "region_other")
    ).explode("regions").rename({"regions": "region"}).unique()  # fmt: skip
    return listed("rows_swapped", chosen.height, _told(picture, chosen)), explained


def _evidence() -> pl.Expr:
    """How much likelier the two are exchanged than not; nothing in favour where one does not fit the other's place."""
    weight = -(pl.col("now") - pl.col("now_other")) * (pl.col("then") - pl.col("then_other")) / pl.col("pooled") ** 2
    misfit = pl.max_horizontal(
        (pl.col("now") - pl.col("then_other") - pl.col("common")).abs(),
        (pl.col("now_other") - pl.col("then") - pl.col("common")).abs(),
    ) / pl.col("pooled")  # fmt: skip
    return pl.when(misfit < _MISFIT).then(weight).otherwise(pl.min_horizontal(weight, 0.0))


def _apart(found: pl.DataFrame) -> pl.DataFrame:
    """The strongest pairs, each region in one of them per period and sex."""
    taken: set[tuple[str, str, str]] = set()
    kept = []
    for row in found.iter_rows(named=True):
        ends = {(row["period"], row["sex"], row[name]) for name in ("region", "region_other")}
        kept.append(not ends & taken)
        taken |= ends
    return found.filter(pl.Series(kept, dtype=pl.Boolean))


def _told(picture: Picture, rows: pl.DataFrame) -> Iterator[Problem]:
    for row in rows.iter_rows(named=True):
        ids = tuple(each for each, size in zip(row["ids"], row["sizes"], strict=True) if size > 0)
        codes = [row["region"], row["region_other"]]
        figures = picture.vector({**row, "indicator": ids[0]}).filter(pl.col("region").is_in(codes))
        names = [picture.known.regions[code].name for code in codes]
        yield doubt(
            picture.known, "rows_swapped", ids, figures, found=" / ".join(names), first=names[0], second=names[1],
            period=row["period"],
        )  # fmt: skip
