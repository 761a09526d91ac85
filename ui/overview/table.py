"""The heat map's numbers as a table: a row per measure, a column per region, each value on the way to its cell."""

from collections.abc import Sequence

import polars as pl

from analysis import Comparison
from charts.heat_map import row_title
from indicators import NATION, catalogue, period_label
from ui.figure_links import figure_link
from ui.figures import rows_html
from ui.frame import Frame
from wording.figures import shown_value


def headline_table(
    frame: Frame, comparisons: Sequence[Comparison], chosen: Sequence[str], *, older: bool = False
) -> str:
    """The table as HTML, each value with its period; a region without a figure gets an en dash. `older`: of older
    measurements."""
    header = frame.say("ui.indicator")
    codes = (*chosen, NATION)
    names = {code: catalogue().regions[code].short_name for code in codes}
    found = [{row["code"]: row for row in _rows(one, codes)} for one in comparisons]
    lines = [
        {header: row_title(one, frame.language)} | {names[code]: _printed(frame, one, rows.get(code)) for code in codes}
        for one, rows in zip(comparisons, found, strict=True)
    ]
    links = {names[code]: [figure_link(frame, rows[code]) if code in rows else "" for rows in found] for code in codes}
    caption = frame.say("provenance.older_headlines" if older else "provenance.headlines")
    return rows_html(lines, caption, list(links), links)


def _rows(comparison: Comparison, codes: Sequence[str]) -> list[dict[str, object]]:
    return comparison.rows.filter(pl.col("code").is_in(list(codes))).to_dicts()


def _printed(frame: Frame, comparison: Comparison, row: dict[str, object] | None) -> str:
    if row is None:
        return "–"
    shown = shown_value(row, comparison.indicator, frame.language)
    return f"{shown} ({period_label(str(row['period']), frame.language)})"
