"""What a person compares: the sheet as the file has it, and the figures that a mapping makes of it."""

from collections.abc import Sequence
from typing import Final

import polars as pl
import streamlit as st

from indicators import catalogue, period_label
from loaders.mapping import Trial
from loaders.problems import Ignored, Problem, where
from loaders.tables.addresses import cell, column_letters
from loaders.tables.document import Document, Sheet
from locales.numbers import format_number, format_value
from models.tables import COUNTS
from ui.escape import plain
from ui.tables import table
from ui.visit import Visit

_ROWS: Final = 30
_COLUMNS: Final = 26
_FIGURES: Final = 12
_PROBLEMS: Final = 8
_LONGEST: Final = 60


def sheet_as_it_is(visit: Visit, document: Document, sheet: Sheet) -> None:
    """The first rows with their numbers and the columns' letters, nothing read into them."""
    top = sheet.top(_ROWS)
    letters = [column_letters(col) for col in range(1, min(sheet.width, _COLUMNS) + 1)]
    rows: dict[str, list[str]] = {visit.say("mapping.assistant.row"): [str(row) for row, _ in top]}
    rows |= {letter: [_shortened(texts[place]) for _, texts in top] for place, letter in enumerate(letters)}
    key = "sheet" if sheet.name and len(document.sheets) > 1 else "only_sheet"
    table(pl.DataFrame(rows), visit.say(f"mapping.assistant.{key}", name=sheet.name, count=len(top)))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def figures_in_words(visit: Visit, count: int) -> str:
    """`66 siffror läses`."""
    which = "one" if count == 1 else "other"
    return visit.say(f"mapping.assistant.preview_count.{which}", count=format_number(count, 0, visit.language))


def preview(visit: Visit, trial: Trial) -> None:
    """The first of the figures with their cells, and what is to be mended."""
    if trial.observations.height:
        shown = _figures(visit, trial.observations)
        names = ("value", *COUNTS)
        caption = visit.say("mapping.assistant.first_figures", count=shown.height)
        table(shown, caption, numbers=[visit.say(f"mapping.assistant.{name}") for name in names])
    remarks(visit, trial.problems, trial.ignored)


def remarks(visit: Visit, problems: Sequence[Problem], ignored: Sequence[Ignored]) -> None:
    """What is to be mended, and the cells that are left."""
    if not problems:
        st.write(visit.say("mapping.assistant.no_problems"))
    for problem in problems[:_PROBLEMS]:
        (st.error if problem.severity == "error" else st.warning)(plain(problem.message(visit.language)))
    if len(problems) > _PROBLEMS:
        st.write(visit.say("mapping.assistant.more", count=len(problems) - _PROBLEMS))
    if ignored:
        title = visit.say("mapping.assistant.ignored", count=len(ignored))
        with st.expander(title):
            table(_ignored(visit, ignored), title)


def _figures(visit: Visit, observations: pl.DataFrame) -> pl.DataFrame:
    """The first figures of every indicator in turn, so that each kind is seen."""
    known = catalogue()
    turn = observations.with_columns(turn=pl.int_range(pl.len()).over("indicator")).sort("turn", maintain_order=True)
    rows = []
    for row in turn.head(_FIGURES).iter_rows(named=True):
        about, region = known.indicators[row["indicator"]], known.regions.get(row["region"] or "")
        rows.append(
            {
                visit.say("mapping.assistant.cell"): where(row["sheet"], cell(row["row"], row["col"]), visit.language),
                visit.say("mapping.assistant.indicator"): about.short_title.in_language(visit.language),
                visit.say("mapping.assistant.region"): " ".join(
                    filter(None, [region.name if region else "–", row["care_unit"]])
                ),
                visit.say("mapping.assistant.period"): _period(row["period"], visit.language),
                visit.say("mapping.assistant.value"): _value(row["value"], about.unit, visit.language),
                **{visit.say(f"mapping.assistant.{name}"): _count(row[name], visit.language) for name in _beside(turn)},
            }
        )
    return pl.DataFrame(rows)


def _beside(observations: pl.DataFrame) -> list[str]:
    return [name for name in COUNTS if observations[name].null_count() < observations.height]


def _period(key: str | None, language: str) -> str:
    return period_label(key, language) if key else "–"


def _value(value: float | None, unit: str, language: str) -> str:
    decimals = 1 if value is not None and value != int(value) else 0
    return format_value(value, unit, decimals, language)


def _count(value: float | None, language: str) -> str:
    return "" if value is None else format_number(value, 0, language)


def _ignored(visit: Visit, ignored: Sequence[Ignored]) -> pl.DataFrame:
    reasons = [each.reason(visit.language) for each in ignored]
    places = [where(each.sheet, each.cell, visit.language) for each in ignored]
    return pl.DataFrame({visit.say("mapping.assistant.where"): places, visit.say("mapping.assistant.reason"): reasons})
