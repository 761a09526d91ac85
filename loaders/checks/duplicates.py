"""One figure per key and file: two cells that claim the same figure are an error, whichever would be right."""

from typing import Final

import polars as pl

from loaders.checks.context import Findings

KEY: Final = ("indicator", "region", "period", "sex")


def check_duplicates(frame: pl.DataFrame, findings: Findings) -> None:
    """Each cell that repeats an earlier one's key, with the earlier one's address."""
    judged = frame.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in KEY))
    if judged.select(pl.struct(KEY).n_unique()).item() == judged.height:
        return
    first = {f"first_{name}": pl.first(name).over(KEY) for name in ("block", "row", "col", "printed")}
    marked = judged.with_columns(place=pl.int_range(pl.len()).over(KEY), **first).filter(pl.col("place") > 0)
    addresses = [
        _address(findings, *place) for place in marked.select("first_block", "first_row", "first_col").iter_rows()
    ]
    marked = marked.with_columns(
        first=pl.Series(addresses, dtype=pl.String),
        figure=pl.format("{} {} {}", pl.col("region"), pl.col("period"), pl.col("sex")),
    )
    values = {"first": "first", "figure": "figure", "first_printed": "first_printed"}
    findings.rows(marked, "duplicate_key", "value", "printed", values=values)


def _address(findings: Findings, block: int, row: int, col: int) -> str:
    claims = findings.claims[block]
    address = claims.places.address("value", row, col)
    return f"{claims.sheet}!{address}" if claims.sheet else address
