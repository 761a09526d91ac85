"""The first of the two clicks from a figure to its cell: a link in every table of figures."""

from typing import Any, Final
from urllib.parse import urlencode

import polars as pl

from exports.tables import header_of
from ui.visit import Visit

LINKED: Final = ("indicator", "code", "period", "sex", "upload", "flags")
"""The columns of FIGURE_COLUMNS that a link is made of."""


def figure_link(visit: Visit, row: dict[str, Any]) -> str:
    """Where a figure's own page is (a row with LINKED); "" for one that we computed, which stands in no file."""
    if row["upload"] is None:
        return ""
    named = {"indicator": row["indicator"], "region": row["code"], "period": row["period"], "sex": row["sex"]}
    return f"figure?{urlencode(visit.linked(**named))}"


def record_link(visit: Visit, upload: int | None, sheet: str, cell: str) -> str:
    """Where the origin of a record is told: its upload, sheet and cell (`D14`, or the path in a JSON file); "" for one
    that stands in no file, such as an unknown offer filled in by us."""
    if upload is None:
        return ""
    return f"figure?{urlencode(visit.linked(upload=str(upload), sheet=sheet, cell=cell))}"


def changes_link(visit: Visit, row: dict[str, Any]) -> str:
    """Where a revised figure's changes are listed; "" for one that is not revised."""
    return f"changes?{urlencode(visit.linked(indicator=row['indicator']))}" if "r" in row["flags"] else ""


def table_links(visit: Visit, rows: pl.DataFrame) -> dict[str, list[str]]:
    """The links of a shown table (exports.formatted_table) of these rows: each value to its origin, the words of a
    revised figure's flags to the change log."""
    told = rows.select(LINKED).to_dicts()
    return {
        header_of("value", None, visit.language): [figure_link(visit, row) for row in told],
        header_of("flag_words", None, visit.language): [changes_link(visit, row) for row in told],
    }
