"""The data sheets: the shown table of one comparison or series, and all figures of all indicators."""

import polars as pl

from exports.moments import swedish_time
from exports.sheets import Sheet
from exports.tables import SHOWN_COLUMNS, difference_format, header_of, number_format, shown_table
from indicators import Indicator, catalogue
from locales import text

_COUNT = "#,##0"


def comparison_sheet(rows: pl.DataFrame, indicator: Indicator, language: str) -> Sheet:
    """The shown table, cell for cell."""
    return Sheet(
        text("exports.sheets.basis", language),
        shown_table(rows, indicator, language),
        _formats(rows, indicator, language),
        frozen="B2",
        named=True,
    )


def trend_sheet(rows: pl.DataFrame, indicator: Indicator, language: str) -> Sheet:
    """The shown table over time, with the number of the stretch between breaks that each figure belongs to."""
    shown = shown_table(rows, indicator, language)
    return Sheet(
        text("exports.sheets.trend", language),
        shown.with_columns(rows["segment"].alias(header_of("segment", None, language))),
        _formats(rows, indicator, language),
        frozen="B2",
        named=True,
    )


def everything_sheet(rows: pl.DataFrame, language: str) -> Sheet:
    """Every figure, with its indicator before it and its period as dates and key after it."""
    return Sheet(
        text("exports.sheets.basis", language),
        everything_table(rows, language),
        _formats(rows, None, language),
        frozen="C2",
        named=True,
    )


def everything_table(rows: pl.DataFrame, language: str) -> pl.DataFrame:
    """Figures of any indicators under localised headers: indicator, title, area, unit, the shown table, period."""
    known = catalogue().indicators

    def of_indicator(name: str, words: dict[str, str]) -> pl.Series:
        column = rows["indicator"].replace_strict(words, default="", return_dtype=pl.String)
        return column.alias(header_of(name, None, language))

    kinds = {kind: text(f"exports.period_kind.{kind}", language) for kind in rows["period_kind"].unique()}
    before = [
        rows["indicator"].alias(header_of("indicator", None, language)),
        of_indicator("title", {id_: one.title.in_language(language) for id_, one in known.items()}),
        of_indicator("area", {id_: text(f"areas.{one.area}", language) for id_, one in known.items()}),
        of_indicator("unit", {id_: text(f"exports.unit.{one.unit}", language) for id_, one in known.items()}),
    ]
    after = rows.select(
        pl.col("period").alias(header_of("period_key", None, language)),
        pl.col("period_kind")
        .replace_strict(kinds, default="", return_dtype=pl.String)
        .alias(header_of("period_kind", None, language)),
        pl.col("period_start").alias(header_of("period_start", None, language)),
        pl.col("period_end").alias(header_of("period_end", None, language)),
        pl.col("segment").alias(header_of("segment", None, language)),
        swedish_time("published_at").alias(header_of("published_at", None, language)),
    )
    return pl.DataFrame([*before, *shown_table(rows, None, language).get_columns(), *after.get_columns()])


def _formats(rows: pl.DataFrame, indicator: Indicator | None, language: str) -> dict[str, str | list[str]]:
    """Excel's formats by header: a figure and a difference row by row, each as its indicator's are shown."""
    known = [catalogue().indicators[one] for one in rows["indicator"]]
    by_kind: dict[str, str | list[str]] = {
        "value": [number_format(one.unit, one.decimals) for one in known],
        "difference": [difference_format(one.unit, one.decimals) for one in known],
        "count": _COUNT,
        "probability": "0.00",
    }
    return {
        header_of(column.name, indicator, language): by_kind[column.kind]
        for column in SHOWN_COLUMNS
        if column.kind in by_kind
    }
