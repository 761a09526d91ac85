"""Where a table by weekday and hour begins, and what its columns hold, by their headers alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from indicators import Catalogue
from loaders.records.phone.words import VALUE, Measure, is_day, measure_of, role_of
from loaders.tables.cells import period_inside, region_inside
from loaders.tables.document import Document, Sheet
from loaders.tables.headers import rows_of

_WITHIN: Final = 30  # rows from the top in which a header is looked for


@dataclass(frozen=True)
class Table:
    """`columns`: role → column; `measures`: column → what it holds; `unused`: column → its header; `constants`: region
    or period of every row, from a line above the table or the sheet's name. `twice`: columns that repeat another's."""

    sheet: Sheet
    header: int
    columns: Mapping[str, int]
    measures: Mapping[int, Measure]
    constants: Mapping[str, str]
    unused: Mapping[int, str]
    twice: tuple[int, ...] = ()


def tables_of(document: Document, known: Catalogue) -> Iterator[tuple[Sheet, Table | None]]:
    """Every sheet that is not empty, with its table by weekday or hour if it has one."""
    for sheet in document.sheets:
        if not sheet.cells.is_empty():
            yield sheet, _table_of(sheet, known)


def is_profile(document: Document, known: Catalogue) -> bool:
    """Whether any sheet has such a table."""
    return any(table is not None for _, table in tables_of(document, known))


def _table_of(sheet: Sheet, known: Catalogue) -> Table | None:
    top = replace(sheet, cells=sheet.cells.head(_WITHIN))
    for row, texts in top.top(_WITHIN):
        roles = _roles(texts)
        if not roles.keys() & {"weekday", "hour"}:
            continue
        found = _measures(texts, set(roles.values()), known)
        if any(measure.part == VALUE for measure in found.values()):
            return _table(sheet, row, texts, roles, found, known)
    return None


def _roles(texts: list[str]) -> dict[str, int]:
    """Role → its first column, from 1."""
    found: dict[str, int] = {}
    for col, text in enumerate(texts, start=1):
        if role := role_of(text):
            found.setdefault(role, col)
    days = [col for col, text in enumerate(texts, start=1) if is_day(text)]
    if "hour" in found and "weekday" not in found and days:
        found["weekday"] = days[0]
    return found


def _measures(texts: list[str], taken: set[int], known: Catalogue) -> dict[int, Measure]:
    """Column → measure. A bare numerator or denominator is the only share's, and nobody's where there are several."""
    found = {
        col: measure
        for col, text in enumerate(texts, start=1)
        if text and col not in taken and (measure := measure_of(text, known))
    }
    values = {measure.indicator for measure in found.values() if measure.part == VALUE}
    shares = [each for each in values if known.indicators[each].unit == "percent"]
    told = {
        col: replace(measure, indicator=shares[0]) if not measure.indicator and len(shares) == 1 else measure
        for col, measure in found.items()
    }
    return {col: measure for col, measure in told.items() if measure.indicator in values}


def _table(
    sheet: Sheet, row: int, texts: list[str], roles: dict[str, int], found: dict[int, Measure], known: Catalogue
) -> Table:
    kept: dict[Measure, int] = {}
    for col, measure in found.items():
        kept.setdefault(measure, col)
    measures = {col: measure for measure, col in kept.items()}
    used = {*roles.values(), *found}
    unused = {col: text for col, text in enumerate(texts, start=1) if text and col not in used}
    twice = tuple(col for col in found if col not in measures)
    return Table(sheet, row, roles, measures, _constants(sheet, row, roles, known), unused, twice)


def _constants(sheet: Sheet, header: int, roles: Mapping[str, int], known: Catalogue) -> dict[str, str]:
    """Region and period that no column has: what the lines above say, else the sheet's name; of two, neither."""
    lines = [text for texts in rows_of(sheet, 1, header - 1) for text in texts if text] if header > 1 else []
    found = {}
    for role, said in (("region", lambda text: region_inside(text, known)), ("period", _period)):
        for places in (lines, [sheet.name]):
            told = {meant for text in places if (meant := said(text))}
            if told:
                break
        if not roles.keys() & {role, f"{role}_code"} and len(told) == 1:
            found[role] = told.pop()
    return found


def _period(text: str) -> str:
    inside = period_inside(text)
    return inside.period if inside else ""
