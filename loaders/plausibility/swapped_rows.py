"""Have two regions changed places? Each then fits the other's last figures better than its own, over all the file's
indicators of the period taken together."""

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import numpy as np
import polars as pl

from loaders.plausibility.changes import residual_changes
from loaders.plausibility.picture import Picture
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
_GROUP: Final = ("period", "sex", "period_kind")
"""What is exchanged as a whole: all the indicators of a period and sex."""
_BLOCK: Final = 50_000  # figures whose pairs are looked at together
_NONE: Final = pl.DataFrame(
    schema={
        **dict.fromkeys((*_GROUP, "region", "region_other"), pl.String), "strength": pl.Float64,
        "ids": pl.List(pl.String), "sizes": pl.List(pl.Float64),
    }
)  # fmt: skip
"""One row per exchanged pair: the indicators and how strongly each speaks for it, the strongest first."""
Table: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]


def rows_swapped(picture: Picture) -> tuple[list[Problem], pl.DataFrame]:
    """One warning per period and pair of regions, and the figures explained by them (VECTOR and region)."""
    figures = residual_changes(picture).filter(
        "judged", ~pl.col("nation"), pl.col("regions") >= _LEAST_REGIONS, pl.col("pooled") > 0
    )
    logarithm = pl.col("unit").is_in(_RATIOS)
    now, then = (pl.when(logarithm).then(pl.col(name).log()).otherwise(name) for name in ("value", "before"))
    slim = figures.select(
        *_GROUP, "indicator", "region", "fresh", now=now, then=then, common=pl.col("change") - pl.col("own"),
        pooled=pl.max_horizontal("pooled", pl.col("unit").replace_strict(_LEAST_SPREAD, return_dtype=pl.Float64)),
    )  # fmt: skip
    parts = [_exchanged(part) for part in _blocks(slim)]
    found = pl.concat([_NONE, *parts]).sort(
        "strength", *_GROUP, "region", "region_other", descending=[True] + [False] * 5
    )
    chosen = _apart(found)
    explained = chosen.explode("ids", "sizes").filter(pl.col("sizes") > 0).select(
        pl.col("ids").alias("indicator"), "sex", "period", regions=pl.concat_list("region", "region_other")
    ).explode("regions").rename({"regions": "region"}).unique()  # fmt: skip
    return listed("rows_swapped", chosen.height, _told(picture, chosen)), explained


def _blocks(figures: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The figures in blocks of whole groups: every pair of regions of a million figures at once would be gigabytes."""
    ordered = figures.sort(*_GROUP, "indicator")
    starts = ordered.select((pl.struct(_GROUP) != pl.struct(_GROUP).shift(1)).fill_null(True)).to_series().arg_true()
    at = 0
    for end in (*starts.to_list()[1:], ordered.height):
        if end > at and (end - at >= _BLOCK or end == ordered.height):
            yield ordered[at:end]
            at = end


def _exchanged(figures: pl.DataFrame) -> pl.DataFrame:
    """The pairs of regions (_NONE) that fit each other's place better than their own, of whole groups: a table of
    vectors × regions, and every pair of its columns."""
    codes = figures["region"].unique().sort()
    vectors = figures.select(*_GROUP, "indicator").unique(maintain_order=True).with_row_index("vector")
    at = figures.join(vectors, on=[*_GROUP, "indicator"], maintain_order="left")["vector"].to_numpy()
    column = figures["region"].replace_strict(codes, pl.int_range(codes.len(), eager=True)).to_numpy()
    shape = (vectors.height, codes.len())

    def table(name: str) -> Table:
        filled = np.full(shape, np.nan)
        filled[at, column] = figures[name].cast(pl.Float64).to_numpy()
        return filled

    now, then, fresh = table("now"), table("then"), table("fresh") == 1
    common, pooled = (np.nanmax(table(name), axis=1) for name in ("common", "pooled"))
    group = vectors.select(pl.struct(_GROUP).rle_id()).to_series().to_numpy()
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    found = []
    for one in range(shape[1] - 1):
        evidence = _evidence(now, then, common, pooled, one)
        evidence[~(fresh[:, [one]] & fresh[:, one + 1 :])] = np.nan
        together = np.add.reduceat(np.nan_to_num(evidence), starts, axis=0)
        best = np.maximum.reduceat(np.nan_to_num(evidence, nan=-np.inf), starts, axis=0)
        for which, place in np.argwhere((together > _TOGETHER) | (best > _ALONE)):
            rows = np.flatnonzero(group == group[starts[which]])
            sizes = evidence[rows, place]
            order = [at for at in np.argsort(-sizes, kind="stable") if not np.isnan(sizes[at])]
            found.append({
                **vectors.row(int(starts[which]), named=True),
                "region": codes[one], "region_other": codes[one + 1 + int(place)],
                "strength": float(max(together[which, place], best[which, place])),
                "ids": [vectors["indicator"][int(rows[at])] for at in order],
                "sizes": [float(sizes[at]) for at in order],
            })  # fmt: skip
    return pl.DataFrame(found, schema=_NONE.schema) if found else _NONE


def _evidence(now: Table, then: Table, common: Table, pooled: Table, one: int) -> Table:
    """How much likelier a region (a column) and each of those after it are exchanged than not; nothing in favour where
    one does not fit the other's place. Nan where a figure is missing."""
    others, own = slice(one + 1, None), (slice(None), [one])
    weight = -(now[own] - now[:, others]) * (then[own] - then[:, others]) / pooled[:, None] ** 2
    misfit = np.maximum(
        np.abs(now[own] - then[:, others] - common[:, None]), np.abs(now[:, others] - then[own] - common[:, None])
    ) / pooled[:, None]  # fmt: skip
    found: Table = np.where(misfit < _MISFIT, weight, np.minimum(weight, 0.0))
    return found


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
