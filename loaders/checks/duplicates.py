"""One figure per key and file: two cells that claim the same figure are an error, whichever would be right."""

from typing import Final

import polars as pl

from loaders.checks.context import Findings

KEY: Final = ("indicator", "region", "period", "sex")
_LINE: Final = ("block", "line", "first_line", "indicator", "region")


def check_duplicates(frame: pl.DataFrame, findings: Findings) -> None:
    """Each cell that repeats an earlier one's key, with the earlier one's address; a whole line is told once."""
    key = (*KEY, "care_unit") if "care_unit" in frame.columns else KEY
    # Hashes tell at a tenth of the memory that all differ; where some are alike the keys themselves are compared.
    if frame.select(pl.struct(key).hash().n_unique()).item() == frame.height:
        return
    judged = frame.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in key))
    if judged.select(pl.struct(key).n_unique()).item() == judged.height:
        return
    first = {f"first_{name}": pl.first(name).over(key) for name in ("block", "row", "col", "printed")}
    marked = judged.with_columns(place=pl.int_range(pl.len()).over(key), **first).filter(pl.col("place") > 0)
    told = _lines(marked, findings)
    values = {"first": "first", "region": "name", "periods": "periods", "sexes": "sexes"}
    one = told.filter(pl.col("figures") == 1)
    findings.rows(one, "duplicate_key", "value", "printed", values=values | {"first_printed": "first_printed"})
    several = told.filter(pl.col("figures") > 1)
    findings.rows(several, "duplicate_key", "region_name", "name", variant="duplicate_line", values=values)


def _lines(marked: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """The repeated figures gathered by the line they stand on (where their region stands) and the first ones' line."""
    own = list(marked.select("block", "row", "col").iter_rows())
    earlier = list(marked.select("first_block", "first_row", "first_col").iter_rows())
    marked = marked.with_columns(
        line=pl.Series([_address(findings, "region_name", *place) for place in own], dtype=pl.String),
        first_line=pl.Series([_address(findings, "region_name", *place) for place in earlier], dtype=pl.String),
        first=pl.Series([_address(findings, "value", *place) for place in earlier], dtype=pl.String),
        name=pl.col("region").replace_strict({code: each.name for code, each in findings.known.regions.items()}),
    )
    gathered = [pl.first(name) for name in ("row", "col", "printed", "first", "first_printed", "name")]
    listed = {"periods": pl.col("period").unique().sort(), "sexes": pl.col("sex").unique(maintain_order=True)}
    return marked.group_by(_LINE, maintain_order=True).agg(*gathered, **listed, figures=pl.len())


def _address(findings: Findings, name: str, block: int, row: int, col: int) -> str:
    claims = findings.claims[block]
    address = claims.places.address(name, row, col)
    return f"{claims.sheet}!{address}" if claims.sheet else address
