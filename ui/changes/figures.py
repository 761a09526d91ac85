"""Figures that became others, or would: a row per figure, old beside new."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from indicators import Indicator, catalogue, period_label
from locales.numbers import format_value
from ui.figure_links import figure_link
from ui.figures import rows_html
from ui.frame import Frame
from wording.sentences import difference_in_words


def changed_figures(frame: Frame, changes: pl.DataFrame, caption: str) -> str:
    """The figures (analysis.event_changes.CHANGES) as a table, each new value with a link to its cell."""
    rows = changes.to_dicts()
    value = frame.say("changelog.columns.new")
    numbers = [frame.say(f"changelog.columns.{name}") for name in ("old", "new", "difference")]
    return rows_html([_line(frame, row) for row in rows], caption, numbers, {value: _links(frame, rows)})


def _line(frame: Frame, row: dict[str, Any]) -> dict[str, str]:
    indicator, language = catalogue().indicators[row["indicator"]], frame.language
    cells = {
        "region": row["region"],
        "period": period_label(row["period"], language),
        "sex": frame.say(f"sexes.{row['sex']}"),
        "old": shown_change(frame, row, "old", indicator),
        "new": shown_change(frame, row, "new", indicator),
        "difference": "" if row["difference"] is None else difference_in_words(row["difference"], indicator, language),
        "kind": frame.say(f"changelog.figure_kinds.{row['kind']}"),
        "title": indicator.title.in_language(language),
    }
    return {frame.say(f"changelog.columns.{name}"): cell for name, cell in cells.items()}


def shown_change(frame: Frame, row: dict[str, Any], side: str, indicator: Indicator) -> str:
    """The value of one side (`old` or `new`) of a change, why there is none, or "dolt"; an en dash for no figure."""
    reason, value = row[f"{side}_reason"], row[side]
    if reason is None:
        return "–"
    if reason == "suppressed":
        return frame.say("changelog.hidden")
    if value is None:
        return frame.say(f"reasons.{reason}")
    printed = format_value(value, indicator.unit, indicator.decimals, frame.language)
    return frame.say("changelog.synthetic", value=printed) if row[f"{side}_synthetic"] else printed


def _links(frame: Frame, rows: Sequence[dict[str, Any]]) -> list[str]:
    return [figure_link(frame, {**row, "upload": 0 if row["new_reason"] is not None else None}) for row in rows]
