"""Have two regions changed places? Each then fits the other's last figures better than its own, over all the file's
indicators of the period taken together."""

from collections.abc import Iterator
from dataclasses import dataclass
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
        **dict.fromkeys((*_GROUP, "region", "region_other"), pl.String),
        "strength": pl.Float64,
        "ids": pl.List(pl.String),
        "sizes": pl.List(pl.Float64),
    }
)
"""One row per exchanged pair: the indicators and how strongly each speaks for it, the strongest first."""
Columns: TypeAlias = dict[str, np.ndarray[Any, np.dtype[Any]]]
Table: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class _Figures:
    """The figures whose places may be exchanged: `group` is a place in `groups`, `indicator` one in `indicators`,
    `region` one in `regions`."""

    groups: list[tuple[str, ...]]
    indicators: list[str]
    regions: list[str]
    frame: pl.DataFrame

    def blocks(self) -> Iterator[Columns]:
        """The columns by group and indicator, in blocks of whole groups: every pair of regions of a million figures at
        once would be gigabytes."""
        order = self.frame.select("group", "indicator").with_row_index("at").sort("group", "indicator")
        group, places = order["group"].to_numpy(), order["at"]
        starts = np.flatnonzero(np.diff(group, prepend=-1))
        at = 0
        for end in (*starts[1:].tolist(), len(group)):
            if end > at and (end - at >= _BLOCK or end == len(group)):
                yield {column.name: column.to_numpy() for column in self.frame[places[at:end]]}
                at = end


def rows_swapped(picture: Picture) -> tuple[list[Problem], pl.DataFrame]:
    """One warning per period and pair of regions, and the figures explained by them (VECTOR and region)."""
    figures = _figures(picture)
    parts = [_exchanged(figures, block) for block in figures.blocks()]
    order = ["strength", *_GROUP, "region", "region_other"]
    found = pl.concat([_NONE, *parts]).sort(order, descending=[True] + [False] * 5)
    chosen = _apart(found)
    explained = (
        chosen.explode("ids", "sizes")
        .filter(pl.col("sizes") > 0)
        .select(pl.col("ids").alias("indicator"), "sex", "period", regions=pl.concat_list("region", "region_other"))
        .explode("regions")
        .rename({"regions": "region"})
        .unique()
    )
    return listed("rows_swapped", chosen.height, _told(picture, chosen)), explained


def _figures(picture: Picture) -> _Figures:
    """The judged regions' figures with a figure before. Small numbers stand for names: a million names are 100 MB."""
    groups: dict[tuple[str, ...], int] = {}
    indicators: list[str] = []
    regions = list(picture.known.regions)
    parts = []
    for one in picture.by_indicator():
        part = residual_changes(one).filter(
            "judged", ~pl.col("nation"), pl.col("regions") >= _LEAST_REGIONS, pl.col("pooled") > 0
        )
        if part.is_empty():
            continue
        keys = part.select(_GROUP).unique(maintain_order=True)
        numbers = [groups.setdefault(key, len(groups)) for key in keys.iter_rows()]
        numbered = part.join(keys.with_columns(group=pl.Series(numbers)), on=_GROUP, maintain_order="left")
        logarithm = pl.col("unit").is_in(_RATIOS)
        now, then = (pl.when(logarithm).then(pl.col(name).log()).otherwise(name) for name in ("value", "before"))
        spread = pl.max_horizontal("pooled", pl.col("unit").replace_strict(_LEAST_SPREAD, return_dtype=pl.Float64))
        parts.append(
            numbered.select(
                "group",
                "fresh",
                indicator=pl.lit(len(indicators), pl.Int32),
                pooled=spread,
                now=now,
                then=then,
                common=pl.col("change") - pl.col("own"),
                region=pl.col("region").replace_strict(regions, range(len(regions)), return_dtype=pl.Int8),
            )
        )
        indicators.append(str(part["indicator"][0]))
    none = pl.DataFrame(schema={"group": pl.Int64, "indicator": pl.Int32})
    return _Figures(list(groups), indicators, regions, pl.concat(parts) if parts else none)


def _exchanged(figures: _Figures, columns: Columns) -> pl.DataFrame:
    """The pairs of regions (_NONE) that fit each other's place better than their own, of whole groups: a table of
    vectors × regions, and every pair of its columns."""
    first = (np.diff(columns["group"], prepend=-1) != 0) | (np.diff(columns["indicator"], prepend=-1) != 0)
    vector, group, indicator = np.cumsum(first) - 1, columns["group"][first], columns["indicator"][first]
    shape = (len(group), len(figures.regions))

    def table(name: str) -> Table:
        filled = np.full(shape, np.nan)
        filled[vector, columns["region"]] = columns[name]
        return filled

    now, then, fresh = table("now"), table("then"), table("fresh") == 1
    common, pooled = columns["common"][first], columns["pooled"][first]
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
            found.append(
                {
                    **dict(zip(_GROUP, figures.groups[group[starts[which]]], strict=True)),
                    "region": figures.regions[one],
                    "region_other": figures.regions[one + 1 + int(place)],
                    "strength": float(max(together[which, place], best[which, place])),
                    "ids": [figures.indicators[indicator[rows[at]]] for at in order],
                    "sizes": [float(sizes[at]) for at in order],
                }
            )
    return pl.DataFrame(found, schema=_NONE.schema) if found else _NONE


def _evidence(now: Table, then: Table, common: Table, pooled: Table, one: int) -> Table:
    """How much likelier a region (a column) and each of those after it are exchanged than not; nothing in favour where
    one does not fit the other's place. Nan where a figure is missing."""
    others, own = slice(one + 1, None), (slice(None), [one])
    weight = -(now[own] - now[:, others]) * (then[own] - then[:, others]) / pooled[:, None] ** 2
    misfit = (
        np.maximum(
            np.abs(now[own] - then[:, others] - common[:, None]), np.abs(now[:, others] - then[own] - common[:, None])
        )
        / pooled[:, None]
    )
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
            picture.known,
            "rows_swapped",
            ids,
            figures,
            found=" / ".join(names),
            first=names[0],
            second=names[1],
            period=row["period"],
        )
