"""Care units that a supply file itself describes, with name and kind: the register has them from that file on."""

from collections.abc import Callable
from datetime import date
from typing import Final

import polars as pl

from analysis.records import schema_of
from loaders.problems import WARNING
from loaders.records.supply.findings import Findings
from loaders.records.supply.register import Register
from loaders.records.supply.wordings import care_units
from models.records import ALWAYS

_WORDING: Final = ("name", "kind_printed", "region", "municipality", "area", "parent")
_TOLD: Final = ("name", "kind", "region", "municipality", "area", "parent")


def described_units(
    rows: pl.DataFrame, listed: set[str], findings: Findings, register: Register, newest: Callable[[], date | None]
) -> pl.DataFrame:
    """The units of supply rows (unit, region, period_start and the texts) that are in no list of the same file.

    A unit's first wording holds from ALWAYS, a later one from its period's first day. A unit the register has keeps the
    register's wording, unless the file is newer than every published offer of its regions (`newest`: their last day).
    """
    rows = rows.filter(pl.col("name") != "", pl.col("kind") != "", ~pl.col("unit").is_in(list(listed)))
    rows = rows.rename({"kind": "kind_printed"})
    if rows.is_empty():
        return pl.DataFrame(schema=schema_of("care_unit"))
    first = rows.sort("period_start", "sheet", "row").unique(["unit", "period_start", *_WORDING], maintain_order=True)
    clash = first.filter(pl.len().over("unit", "period_start") > 1).unique(
        ["unit", "period_start"], keep="last", maintain_order=True
    )
    findings.rows(clash, "two_wordings", "name", "name", values=("unit",))
    wording = pl.concat_str(_WORDING, separator="\x1f")
    turns = first.filter((wording != wording.shift().over("unit")).fill_null(True))
    starts = pl.int_range(pl.len()).over("unit") == 0
    turns = turns.with_columns(
        valid_from=pl.when(starts).then(pl.lit(ALWAYS)).otherwise(pl.col("period_start")),
        valid_to=pl.lit(None, pl.Date),
        merged_into=pl.lit(""),
    )
    starts_at = turns.select("sheet", "row", "period_start")
    units = care_units(turns, findings).join(starts_at, on=["sheet", "row"], how="left", maintain_order="left")
    return _beside(units, findings, register, newest).select(list(schema_of("care_unit")))


def _beside(
    units: pl.DataFrame, findings: Findings, register: Register, newest: Callable[[], date | None]
) -> pl.DataFrame:
    """The units as they go beside the register's: its own wording where it has the same one or a newer file's."""
    if register.wordings.is_empty():
        return units
    names = [name for name in schema_of("care_unit") if name not in ("sheet", "row", "col", "path", "unit")]
    theirs = register.wordings.select("unit", *(pl.col(name).alias(f"{name}_there") for name in names))
    day = pl.max_horizontal("valid_from", "period_start")
    both = units.with_columns(day=day).with_row_index("at")
    both = both.join(theirs, on="unit", how="left", maintain_order="left")
    held = (pl.col("valid_from_there") <= pl.col("day")).fill_null(True)
    both = (
        both.filter(held)
        .sort("at", "valid_from_there", nulls_last=False)
        .unique("at", keep="last", maintain_order=True)
    )
    both = pl.concat(
        [both, units.with_columns(day=day).with_row_index("at").join(both, on="at", how="anti")], how="diagonal"
    ).sort("at")
    there = pl.col("name_there").is_not_null()
    same = pl.all_horizontal(
        (pl.col(name) == "") | (pl.col(name) == pl.col(f"{name}_there")) for name in _TOLD
    ).fill_null(False)
    last = newest()
    newer = pl.col("period_start") > pl.lit(last) if last else pl.lit(False)
    changed, differs = both.filter(there & ~same & newer), both.filter(there & ~same & ~newer)
    for rule, part in (("unit_changed", changed), ("unit_differs", differs)):
        if part.height:
            shown = ", ".join(part["name"].unique(maintain_order=True).head(5))
            findings.say(WARNING, rule, found=shown, values={"count": part["unit"].n_unique()})
    kept = there & (same | ~newer)
    starts = pl.when(there & ~same & newer).then(pl.col("period_start")).otherwise("valid_from").alias("valid_from")
    both = both.with_columns(starts)
    both = both.with_columns(
        pl.when(kept).then(pl.col(f"{name}_there")).otherwise(pl.col(name)).alias(name) for name in names
    )
    return both.unique(["unit", "valid_from"], keep="first", maintain_order=True)
