"""A table's columns by their headers: each gets a key that next month's file has too (see spec)."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from indicators import Catalogue, tidy_name
from loaders.tables.addresses import column_letters
from loaders.tables.cells import (
    is_part,
    is_period,
    is_region,
    is_sex,
    is_year,
    joined_period,
    period_inside,
    region_spelt,
)
from loaders.tables.document import ROW, Sheet
from loaders.tables.short_years import are_days, is_short

_FOOTNOTE: Final = re.compile(r"(?<=\w)\s*(?:\*+|[¹²³⁴]|\d\))$")
SEPARATOR: Final = " | "
BLANK: Final = "{blank}"
"""The key of a column without a header, numbered from the second: often the one that names the rows."""


@dataclass(frozen=True)
class Column:
    """A column with its key, its header as printed, and what the header says of its figures, with the cell for it."""

    col: int
    key: str
    label: str
    period: str = ""
    part: str = ""
    region: str = ""
    sex: str = ""
    places: tuple[tuple[str, int], ...] = ()  # field → header row

    @property
    def facts(self) -> tuple[str, str, str, str]:
        """What must agree between a figure's column and one that belongs to it."""
        return (self.period, self.part, self.region, self.sex)

    @property
    def shown(self) -> str:
        """The header, or the column's letter where it has none."""
        return self.label or column_letters(self.col)

    @property
    def words(self) -> str:
        """The key without what changes: what the column measures."""
        parts = [part for part in self.key.split(SEPARATOR) if not re.fullmatch(r"\{\w+\}(?: #\d+)?", part)]
        return " ".join(re.sub(r"\{\w+\}| #\d+$", " ", SEPARATOR.join(parts)).replace("|", " ").split())


def rows_of(sheet: Sheet, first: int, count: int) -> list[list[str]]:
    """Rows as stripped texts with merged cells' text in each of their cells."""
    part = sheet.cells.filter(pl.col(ROW).is_between(first, first + count - 1))
    rows = {row: [(text or "").strip() for text in texts] for row, *texts in part.iter_rows()}
    every = [rows.get(row, [""] * sheet.width) for row in range(first, first + count)]
    for top, bottom, left, right in sheet.merged:
        if not first <= top < first + count:
            continue
        for row in range(top, min(bottom, first + count - 1) + 1):
            for col in range(left, min(right, sheet.width) + 1):
                every[row - first][col - 1] = every[top - first][left - 1]
    return every


def _filled(rows: list[list[str]]) -> list[list[str]]:
    """csv has no merged cells: a group's name stands once, over the first of its columns."""
    filled = [row.copy() for row in rows]
    for place, row in enumerate(filled[:-1]):
        last = ""
        for col, text in enumerate(row):
            below = any(lower[col] for lower in rows[place + 1 :])
            if text:
                last = text
            elif below and last and col > 0 and any(row[:col]):
                row[col] = last
            else:
                last = "" if not below else last
    return filled


def columns_of(sheet: Sheet, header_row: int, header_rows: int, known: Catalogue) -> list[Column]:
    """Every column of the sheet. Without header rows the key is the column's letter."""
    if not header_rows:
        letters = [column_letters(col) for col in range(1, sheet.width + 1)]
        return [Column(col, letter.lower(), letter) for col, letter in enumerate(letters, start=1)]
    rows = _filled(rows_of(sheet, header_row, header_rows))
    sexes = any(is_sex(text) for row in rows for text in row)
    days = are_days([text for row in rows for text in row])
    found = [
        _column(col, [row[col - 1] for row in rows], header_row, known, sexes, days)
        for col in range(1, sheet.width + 1)
    ]
    found = [column if column.key else replace(column, key=BLANK) for column in found]
    seen: Counter[tuple[object, ...]] = Counter()
    numbered = []
    for column in found:
        same = (column.key, *column.facts)
        seen[same] += 1
        again = f"{column.key} #{seen[same]}" if seen[same] > 1 else column.key
        numbered.append(replace(column, key=again))
    return numbered


def _column(col: int, texts: list[str], header_row: int, known: Catalogue, sexes: bool, days: bool) -> Column:
    facts: dict[str, str] = {}
    places: list[tuple[str, int]] = []
    parts: list[str] = []
    year = next((text for text in texts if is_year(text)), "")
    for place, text in enumerate(texts):
        field, said, shown = ("", "", plain(text)) if days and is_short(text) else _said(text, known, sexes)
        if field and field not in facts:
            facts[field] = said
            places.append((field, header_row + place))
        if shown and shown not in parts:
            parts.append(shown)
    if "{part}" in parts and year:
        facts["period"] = joined_period(year, facts.pop("part"))
        parts = ["{period}" if part == "{part}" else part for part in parts if part != "{period}"]
        places = [("period", row) for field, row in places if field == "part"] + [
            (field, row) for field, row in places if field not in ("part", "period")
        ]
    label = " ".join(dict.fromkeys(text for text in texts if text))
    return Column(col, SEPARATOR.join(parts), label, places=tuple(places), **facts)


def _said(text: str, known: Catalogue, sexes: bool) -> tuple[str, str, str]:
    """(field, its text, how the key shows it) of one header cell."""
    if not text:
        return "", "", ""
    if is_part(text):
        return "part", text, "{part}"
    if is_period(text):
        return "period", text, "{period}"
    if is_region(text, known):
        return "region", text, "{region}"
    if code := region_spelt(text, known):
        return "region", known.regions[code].name, "{region}"
    if is_sex(text) or (sexes and tidy_name(text) in ("totalt", "total")):
        return "sex", text, "{sex}"
    if inside := period_inside(text):
        return "period", inside.period, plain(inside.rest)
    return "", "", plain(text)


def plain(text: str) -> str:
    """A header's words as they are compared: tidied, without a footnote's mark."""
    return _FOOTNOTE.sub("", tidy_name(text)).strip(" :")
