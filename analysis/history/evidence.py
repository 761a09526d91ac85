"""What becomes of the evidence behind published figures when a file is published: kept, won, lost or only confirmed."""

from typing import Any, Final

import polars as pl

from analysis.figures import column_letters
from indicators import catalogue

OUTCOMES: Final = ("lost", "kept", "won", "other", "confirmed")
"""`lost`: the file's row would stand with less than the published one has; `kept`: it says the same with less, so the
published row stays; `won`: it says the same with more and would stand; `other`: the same value and kinds of evidence
with other contents, and would stand; `confirmed`: it says the same and the published row stays."""

EVIDENCE_CHANGES: Final[dict[str, Any]] = {
    "indicator": pl.String,
    "code": pl.String,
    "region": pl.String,
    "period": pl.String,
    "sex": pl.String,
    "outcome": pl.String,
    "lost": pl.List(pl.String),
    "won": pl.List(pl.String),
    "other": pl.List(pl.String),
    "old_file": pl.String,
    "sheet": pl.String,
    "cell": pl.String,
}
"""One row per figure of the file that a published one has too, save where only the value is another."""


def outcome() -> pl.Expr:
    """One of OUTCOMES for a row of analysis.current.compared_evidence; null where only the value is another, where one
    of the two has none, and where a real figure takes the place of an example."""
    lost, won, other = (pl.col(name).list.len() > 0 for name in ("lost", "won", "other"))
    return (
        pl.when(pl.col("example") | ~pl.col("valued"))
        .then(None)
        .when(pl.col("stands") & lost)
        .then(pl.lit("lost"))
        .when(~pl.col("same"))
        .then(None)
        .when(lost)
        .then(pl.lit("kept"))
        .when(~pl.col("stands"))
        .then(pl.lit("confirmed"))
        .when(won)
        .then(pl.lit("won"))
        .when(other)
        .then(pl.lit("other"))
        .otherwise(pl.lit("confirmed"))
    )


def evidence_changes(indicator: str, compared: pl.DataFrame, files: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """EVIDENCE_CHANGES of one indicator. `compared`: analysis.current.compared_evidence; `files`: code, period, sex and
    the published row's `old_file`; `own`: code, period, sex, sheet and cell of the file's rows."""
    key = ["code", "period", "sex"]
    names = {code: region.name for code, region in catalogue().regions.items()}
    told = compared.with_columns(outcome=outcome()).filter(pl.col("outcome").is_not_null())
    placed = told.join(files, on=key, how="left", maintain_order="left").join(
        own.select(*key, "sheet", "cell"), on=key, how="left", maintain_order="left"
    )
    named = placed.with_columns(
        indicator=pl.lit(indicator),
        region=pl.col("code").replace_strict(names, default="", return_dtype=pl.String),
    ).sort(pl.col("code") == "00", "code", "period", "sex")
    return named.select(pl.col(name).cast(kind) for name, kind in EVIDENCE_CHANGES.items())


def cells_of(observations: pl.DataFrame) -> pl.DataFrame:
    """The key and place of a file's observations: code, period, sex, sheet, cell."""
    letters = {number: column_letters(number) for number in observations["col"].unique()}
    address = pl.col("col").replace_strict(letters, return_dtype=pl.String, default="") + pl.col("row").cast(pl.String)
    return observations.select(
        pl.col("region").alias("code"),
        "period",
        "sex",
        "sheet",
        cell=pl.when(pl.col("path") != "").then("path").otherwise(address),
    )
