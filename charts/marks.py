"""What one figure looks like and says: the columns every chart draws from (fixed English names, text only as values).

Column names with `:` `.` `[` would be parsed by Altair, so no name ever comes from the data (reliability §2.8).
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import polars as pl

from analysis.sentences import name_of
from indicators import NATION, Indicator, period_label
from locales import text
from locales.numbers import format_value

FIELDS: Final = (
    "code", "name", "period", "date", "line", "value", "low", "high", "label", "said", "group", "hollow", "synthetic",
)  # fmt: skip
"""group: nation, chosen or other. line: the stretch of a series that a line may join. label: the value as printed
beside the mark. said: the whole figure in words."""


def mark_of(row: dict[str, Any], indicator: Indicator, chosen: Sequence[str], language: str) -> dict[str, Any]:
    """One row of FIGURE_COLUMNS as a chart's record (FIELDS); value and bounds in the indicator's unit."""
    synthetic = "x" in row["flags"]
    return {
        "code": row["code"],
        "name": name_of(row, language, short=True),
        "period": period_label(row["period"], language),
        "date": row["period_start"].isoformat(),
        "line": row.get("stretch", 0),  # a comparison's rows have none
        "value": row["value"],
        "low": row["ci_low"],
        "high": row["ci_high"],
        "label": _label(row, indicator, language),
        "said": figure_in_words(row, indicator, language),
        "group": "nation" if row["code"] == NATION else "chosen" if row["code"] in chosen else "other",
        "hollow": row["evidence"] == "assumed",
        "synthetic": synthetic,
    }


def marks_of(rows: pl.DataFrame, indicator: Indicator, chosen: Sequence[str], language: str) -> list[dict[str, Any]]:
    """Every row as a record, in the frame's order."""
    return [mark_of(row, indicator, chosen, language) for row in rows.iter_rows(named=True)]


def shown_value(row: dict[str, Any], indicator: Indicator, language: str) -> str:
    """The value with its unit, or why there is none: missing is a reason, never a zero."""
    if row["value"] is None:
        return text(f"reasons.{row['reason']}", language)
    return format_value(row["value"], indicator.unit, indicator.decimals, language)


def figure_in_words(row: dict[str, Any], indicator: Indicator, language: str) -> str:
    """`Region Norrbotten 2020: 62,9 % (60,2–65,5 %, antaget underlag)`, for tooltips and screen readers."""
    name = name_of(row, language)
    said = f"{name} {period_label(row['period'], language)}: {shown_value(row, indicator, language)}"
    notes = list(_notes(row, indicator, language))
    return f"{said} ({', '.join(notes)})" if notes else said


def _notes(row: dict[str, Any], indicator: Indicator, language: str) -> Iterable[str]:
    if row["ci_low"] is not None:
        low, high = (
            format_value(row[end], indicator.unit, indicator.decimals, language) for end in ("ci_low", "ci_high")
        )
        yield f"{low}–{high}"
    if row["value"] is not None:
        yield text(f"evidence.{row['evidence']}", language)
    yield from (text(f"flags.{flag}", language) for flag in row["flags"] if flag not in "acmsz")


def _label(row: dict[str, Any], indicator: Indicator, language: str) -> str:
    mark = "\N{NO-BREAK SPACE}x" if "x" in row["flags"] else ""
    return shown_value(row, indicator, language) + mark


def falling(row: dict[str, Any]) -> tuple[bool, float, str]:
    """Sort key of every comparison: highest value first, equal values in code order, no value last."""
    return (row["value"] is None, -(row["value"] or 0.0), row["code"])
