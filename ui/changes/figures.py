"""Figures that became others, or would: a row per figure, old beside new."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from indicators import catalogue, period_label
from ui.figure_links import figure_link
from ui.figures import rows_html
from ui.visit import Visit
from views.changes import shown_value
from wording.sentences import difference_in_words


def changed_figures(visit: Visit, changes: pl.DataFrame, caption: str) -> str:
    """The figures (analysis.event_changes.CHANGES) as a table, each new value with a link to its cell."""
    rows = changes.to_dicts()
    value = visit.say("changelog.columns.new")
    numbers = [visit.say(f"changelog.columns.{name}") for name in ("old", "new", "difference")]
    return rows_html([_line(visit, row) for row in rows], caption, numbers, {value: _links(visit, rows)})


def _line(visit: Visit, row: dict[str, Any]) -> dict[str, str]:
    indicator, language = catalogue().indicators[row["indicator"]], visit.language
    cells = {
        "region": row["region"],
        "period": period_label(row["period"], language),
        "sex": visit.say(f"sexes.{row['sex']}"),
        "old": shown_value(row, "old", indicator, language),
        "new": shown_value(row, "new", indicator, language),
        "difference": "" if row["difference"] is None else difference_in_words(row["difference"], indicator, language),
        "kind": visit.say(f"changelog.figure_kinds.{row['kind']}"),
        "title": indicator.title.in_language(language),
    }
    return {visit.say(f"changelog.columns.{name}"): cell for name, cell in cells.items()}


def _links(visit: Visit, rows: Sequence[dict[str, Any]]) -> list[str]:
    return [figure_link(visit, {**row, "upload": 0 if row["new_reason"] is not None else None}) for row in rows]
