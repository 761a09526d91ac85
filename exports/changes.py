"""The sheet of changes: one row per question and region, with the sentence that the pages say (methods §4)."""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from analysis.change.questions import RegionChanges
from exports.sheets import Sheet
from exports.tables import difference_format, number_format
from indicators import catalogue, period_label
from locales import text
from wording.change import CHANGE_COLUMNS, change_row

_NUMBERS: Final = ("value_from", "value_to", "difference", "low", "high", "slope", "highest", "lowest", "level")
_COLUMNS: Final = tuple(name for name in CHANGE_COLUMNS if name not in ("indicator", "reason"))
_DIFFERENCES: Final = ("difference", "low", "high", "slope")


def changes_sheet(changes: Sequence[RegionChanges], language: str) -> Sheet:
    """Every answer about these regions and indicators. A difference of shares is in procentenheter; a reason or a
    verdict is a word, and the sentence says it whole."""
    rows = [_row(change_row(one, language), one.indicator.id, language) for each in changes for one in each.rows]
    schema = {_header(name, language): pl.Float64 if name in _NUMBERS else pl.String for name in ("title", *_COLUMNS)}
    indicators = {one.indicator.id: one.indicator for one in changes}
    units = [indicators[one.indicator.id] for each in changes for one in each.rows]
    formats: dict[str, str | list[str]] = {
        _header(name, language): [
            difference_format(unit.unit, unit.decimals)
            if name in _DIFFERENCES
            else number_format(unit.unit, unit.decimals)
            for unit in units
        ]
        for name in _NUMBERS[:-1]
    }
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return Sheet(text("change.sheet.name", language), table, formats, frozen="C2", named=True)


def _row(row: dict[str, Any], indicator: str, language: str) -> tuple[Any, ...]:
    told = {
        **row,
        "title": catalogue().indicators[indicator].title.in_language(language),
        "region": catalogue().regions[row["region"]].name,
        "sex": text(f"sexes.{row['sex']}", language),
        "question": text(f"change.sheet.question.{row['question']}", language),
        "verdict": text(f"change.sheet.verdict.{row['verdict']}", language),
        "notes": " ".join(row["notes"]),
        **{end: period_label(row[end], language) if row[end] else "" for end in ("from", "to")},
    }
    return tuple(told[name] for name in ("title", *_COLUMNS))


def _header(name: str, language: str) -> str:
    return text(f"change.sheet.column.{name}", language)
