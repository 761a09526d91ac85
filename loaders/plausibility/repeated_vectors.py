"""Do the regions have the very values of another indicator, another period or the other sex? Then one was printed in
place of the other: last year's values as this year's, one question's as another's."""

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from indicators import NATION
from loaders.plausibility.picture import VECTOR, Picture, numbered
from loaders.plausibility.telling import doubt, listed
from loaders.problems import Problem

_LEAST_REGIONS: Final = 5
_LEAST_DISTINCT: Final = 3  # five regions that all answer every call are no copy
_LEAST_SHARED: Final = 0.8  # of the regions either vector has: a region left out does not hide a copy
_MOST_ALIKE: Final = 5  # published vectors read for each set of probes: that many are no coincidence any more
_MOST_READ: Final = 2_000
_PROBES: Final = 3  # regions looked up in the whole store; only vectors equal in all of them are read


def repeated_vectors(picture: Picture) -> list[Problem]:
    """One warning per vector of the file that repeats another of the file, or one published whenever it was."""
    cells = picture.regions.select(*VECTOR, "period_start", "period_kind", "region", "value", "judged")
    present = cells.lazy().filter("judged").group_by("region").len().collect()
    if present.is_empty():
        return []
    probes = present.sort("len", "region", descending=[True, False])["region"].head(_PROBES).sort().to_list()
    both = pl.concat([cells, _elsewhere(picture, cells.filter("judged", pl.col("region").is_in(probes)), probes)])
    del cells
    found = _repeats(both.with_columns(numbered(both, VECTOR).alias("vector")), probes)
    return listed("repeated_vector", found.height, _told(picture, found))


def _elsewhere(picture: Picture, wanted: pl.DataFrame, probes: list[str]) -> pl.DataFrame:
    """The published vectors outside the picture that equal a judged one in every probe region. `wanted`: the judged
    ones' cells there."""
    hits = picture.published.cells(probes, wanted["value"].unique().to_list())
    alike = _tuples(hits, ["upload", *VECTOR], probes).join(
        _tuples(wanted, list(VECTOR), probes), on=probes, how="semi"
    )
    unread = alike.join(picture.frame, on=list(VECTOR), how="anti").filter(
        pl.col("indicator").is_in(list(picture.known.indicators))
    )
    latest = unread.sort("period", "indicator", "sex", descending=True)
    few = latest.filter(pl.int_range(pl.len()).over(probes) < _MOST_ALIKE).head(_MOST_READ)
    parts = [wanted.clear()]
    for (indicator,), part in few.group_by("indicator", maintain_order=True):
        read = picture.published.at(str(indicator), part["period"].unique().sort().to_list())
        real = read.filter(~pl.col("synthetic"), pl.col("region") != NATION, pl.col("old").is_not_null())
        dated = real.with_columns(pl.col("period_start").str.to_date(), value="old", judged=pl.lit(False))
        parts.append(dated.select(wanted.columns))
    return pl.concat(parts)


def _tuples(cells: pl.DataFrame, key: list[str], probes: list[str]) -> pl.DataFrame:
    """One row per vector that has a value in every probe region: its key, and a column per probe."""
    values = [pl.col("value").filter(pl.col("region") == probe).first().alias(probe) for probe in probes]
    return cells.group_by(key).agg(values).drop_nulls()


def _repeats(cells: pl.DataFrame, probes: list[str]) -> pl.DataFrame:
    """Each judged vector with the other it repeats in the most regions. Of two in the file the later is told.

    Vectors with the very same cells are one class, and cells are compared class by class: a figure that a file repeats
    a thousand times would otherwise make a million pairs."""
    hashed = cells.with_columns(cell=pl.struct("region", "value").hash())
    heads = (
        hashed.group_by("vector")
        .agg(
            pl.first(*VECTOR, "period_start", "period_kind", "judged"),
            pl.sum("cell"),
            crossed=pl.col("cell").bitwise_xor(),
        )
        .sort("vector")
    )
    heads = heads.with_columns(pl.first("vector").over("cell", "crossed").alias("class")).drop("cell", "crossed")
    classes = cells.join(heads.filter(pl.col("vector") == pl.col("class")).select("vector"), on="vector", how="semi")
    repeated = _alike(classes.rename({"vector": "class"}), probes)
    # Of the vectors of a class, indicator and kind of period, one stands for all: the earliest of the file's own.
    told = pl.when("judged").then("period_start")
    group = ["class", "indicator", "period_kind", "judged"]
    others = heads.sort(told, "vector").unique(group, keep="first", maintain_order=True)
    pairs = (
        heads.filter("judged")
        .join(repeated, on="class")
        .join(others, left_on="class_other", right_on="class", suffix="_other")
        .filter(
            pl.col("vector") != pl.col("vector_other"),
            # A year's stock may well be that of its last month.
            (pl.col("indicator") != pl.col("indicator_other"))
            | (pl.col("period") == pl.col("period_other"))
            | (pl.col("period_kind") == pl.col("period_kind_other")),
        )
    )
    later = (pl.col("period_start") > pl.col("period_start_other")) | (
        (pl.col("period_start") == pl.col("period_start_other")) & (pl.col("vector") > pl.col("vector_other"))
    )
    once = pairs.filter(~pl.col("judged_other") | later)
    ordered = once.sort("shared", "vector_other", descending=[True, False])
    return ordered.unique("vector", keep="first", maintain_order=True).sort("vector")


def _alike(cells: pl.DataFrame, probes: list[str]) -> pl.DataFrame:
    """The pairs of classes (class, class_other, shared: regions) that are equal wherever both have a value, and have
    enough regions in common. A class is alike itself."""
    sizes = cells.group_by("class").agg(size=pl.len(), distinct=pl.n_unique("value"))
    named = _tuples(cells, ["class"], probes).join(sizes, on="class")
    pairs = named.filter(pl.col("distinct") >= _LEAST_DISTINCT).join(named, on=probes, suffix="_other")
    values = cells.select("class", "region", "value")
    side = pairs.select("class", "class_other", "size", "size_other").join(values, on="class")
    shared = side.join(values, left_on=["class_other", "region"], right_on=["class", "region"], suffix="_other")
    counted = shared.group_by("class", "class_other").agg(
        pl.first("size", "size_other"), shared=pl.len(), unequal=(pl.col("value") != pl.col("value_other")).sum()
    )
    enough = pl.max_horizontal(pl.lit(_LEAST_REGIONS), _LEAST_SHARED * pl.max_horizontal("size", "size_other"))
    return counted.filter(pl.col("unequal") == 0, pl.col("shared") >= enough).select("class", "class_other", "shared")


def _variant(row: dict[str, Any]) -> str:
    if row["indicator"] != row["indicator_other"]:
        return "repeated_indicator"
    return "repeated_period" if row["period"] != row["period_other"] else "repeated_sex"


def _told(picture: Picture, found: pl.DataFrame) -> Iterator[Problem]:
    for row in found.iter_rows(named=True):
        figures = picture.vector(row)
        ids = tuple(dict.fromkeys((row["indicator"], row["indicator_other"])))
        yield doubt(
            picture.known,
            "repeated_vector",
            ids,
            figures,
            variant=_variant(row),
            found=f"{row['period']} = {row['period_other']}",
            period=row["period"],
            other=row["period_other"],
            count=row["shared"],
        )
