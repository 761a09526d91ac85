"""What one figure looks like and says: the columns every chart draws from (fixed English names, text only as values).

Column names with `:` `.` `[` would be parsed by Altair, so no name ever comes from the data (reliability §2.8).
"""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from indicators import NATION, Indicator, period_label
from wording.figures import figure_in_words, shown_value
from wording.sentences import name_of

FIELDS: Final = (
    "code",
    "name",
    "period",
    "date",
    "line",
    "value",
    "low",
    "high",
    "label",
    "said",
    "group",
    "hollow",
    "synthetic",
)
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


def _label(row: dict[str, Any], indicator: Indicator, language: str) -> str:
    mark = "\N{NO-BREAK SPACE}x" if "x" in row["flags"] else ""
    return shown_value(row, indicator, language) + mark
