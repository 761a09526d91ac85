"""Where a sheet's header is and what its columns hold, by their words alone: units, supply wide or supply long."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from indicators import Catalogue, tidy_name
from loaders.records.supply.plan import LONG, UNITS, WIDE, Constant, Plan, ServiceColumn
from loaders.records.supply.words import FIGURES, cases_of, role_of, status_of
from loaders.tables.cells import is_figure, period_inside, region_inside
from loaders.tables.document import Document, Sheet
from loaders.tables.headers import rows_of
from loaders.tables.periods import read_period

_WITHIN: Final = 30  # rows from the top in which a header is looked for
_DAY: Final = re.compile(r"(?<![\d-])(?:19|20)\d\d-\d\d-\d\d(?![\d-])")
_PART_OF_YEAR: Final = re.compile(
    r"halvår|\bH[12]\b|\b[HV]T\b|\b(?:våren|sommaren|hösten|höst|vintern)\b|\d{1,2}[/.]\d{1,2}[ .]*\{period\}",
    re.IGNORECASE,
)
"""Words beside a bare year that mean a part of it: half a year, a season, or a day written 30/6."""
_UNIT: Final = {"unit", "name"}


@dataclass(frozen=True)
class Meaning:
    """What one column's header says: a role, a service of the catalogue, or that service's cases."""

    label: str
    role: str = ""
    service: str = ""
    cases: bool = False
    row: int = 0


def meaning_of(texts: list[str], header: int, known: Catalogue) -> Meaning:
    """The header's cells from the top read together: the lowest that says something counts."""
    label = " ".join(dict.fromkeys(text for text in texts if text))
    rows = [(header + place, text) for place, text in enumerate(texts) if text]
    for row, text in reversed(rows):
        if service := known.service_named(text):
            cases = any(role_of(other) == "cases" for _, other in rows)
            return Meaning(text, service=service.id, cases=cases, row=row)
        if (counted := cases_of(text)) and (service := known.service_named(counted)):
            return Meaning(label, service=service.id, cases=True, row=row)
    for row, text in reversed(rows):
        if role := role_of(text):
            return Meaning(label, role=role, row=row)
    return Meaning(label, row=rows[-1][0] if rows else header)


def service_key(printed: str, known: Catalogue) -> str:
    """The service a name means, or `?` and the tidied name where nobody knows it."""
    service = known.service_named(printed)
    return service.id if service else f"?{tidy_name(printed)}"


def _shape(meanings: list[Meaning]) -> str:
    roles = {each.role for each in meanings} - {""}
    services = {each.service for each in meanings} - {""}
    unknown = [each.label for each in meanings if each.label and not each.role and not each.service]
    if not roles & _UNIT:
        return ""
    if len(services) >= 2:
        return WIDE
    if "service" in roles and roles & {"status", "cases"} and not services:
        return LONG
    figures = any(FIGURES.fullmatch(tidy_name(each.label)) or read_period(each.label) for each in meanings)
    listed = bool(roles & {"kind", "municipality"}) and "service" not in roles and not services
    return UNITS if listed and not figures and len(unknown) <= len(roles) else ""


def _says_headers(sheet: Sheet, row: int, known: Catalogue) -> bool:
    """Whether a row has headers rather than a unit's facts: some that are known, and no number or status."""
    texts = [text for text in rows_of(sheet, row, 1)[0] if text]
    known_ones = [text for text in texts if role_of(text) or known.service_named(text) or cases_of(text)]
    return bool(known_ones) and not any(status_of(text) or is_figure(text) for text in texts)


def _is_second_row(sheet: Sheet, row: int, known: Catalogue) -> bool:
    """Whether the row below a header belongs to it: every cell says a role or a service too."""
    texts = [text for text in rows_of(sheet, row, 1)[0] if text]
    return bool(texts) and all(role_of(text) or known.service_named(text) or cases_of(text) for text in texts)


def _meanings(sheet: Sheet, header: int, count: int, known: Catalogue) -> list[Meaning]:
    rows = rows_of(sheet, header, count)
    if count > 1 and not sheet.merged:
        rows = [_filled(rows[0], rows[1]), *rows[1:]]
    return [meaning_of([row[place] for row in rows], header, known) for place in range(sheet.width)]


def _filled(upper: list[str], lower: list[str]) -> list[str]:
    """csv has no merged cells: a group's name stands once, over the first of its columns."""
    filled, last = [], ""
    for text, below in zip(upper, lower, strict=True):
        last = text or (last if below else "")
        filled.append(last)
    return filled


def head_of(sheet: Sheet, known: Catalogue) -> Plan | None:
    """The sheet's table, or None where no header says that it is one of supply or units."""
    if sheet.cells.is_empty():
        return None
    top = replace(sheet, cells=sheet.cells.head(_WITHIN + 1))  # each look is a walk through the rows
    for count in (1, 2):
        for row in range(1, min(_WITHIN, sheet.cells.height + 1 - count) + 1):
            if count == 2 and not (_is_group_row(top, row) and _says_headers(top, row + 1, known)):
                continue
            meanings = _meanings(top, row, count, known)
            if not (shape := _shape(meanings)):
                continue
            if count == 1 and row < sheet.cells.height and _is_second_row(top, row + 1, known):
                both = _meanings(top, row, 2, known)
                return _plan(sheet, _shape(both) or shape, row, 2, both, known)
            return _plan(sheet, shape, row, count, meanings, known)
    return None


def _is_group_row(sheet: Sheet, row: int) -> bool:
    """Whether a row over a header names groups of columns; a title alone in the first column is none."""
    texts = rows_of(sheet, row, 1)[0]
    return len(set(texts) - {""}) > 1 or not texts[0]


def _plan(sheet: Sheet, shape: str, header: int, count: int, meanings: list[Meaning], known: Catalogue) -> Plan:
    columns: dict[str, int] = {}
    services: dict[int, ServiceColumn] = {}
    cases: dict[str, int] = {}
    unused: dict[int, str] = {}
    unsure: dict[int, str] = {}
    for col, each in enumerate(meanings, start=1):
        if each.service and each.cases:
            cases[each.service] = col
        elif each.service and shape == WIDE:
            services[col] = ServiceColumn(col, each.service, each.label, each.row)
        elif each.role and each.role not in columns and not (shape == WIDE and each.role in ("status", "cases")):
            columns[each.role] = col
        elif each.label and not each.role and shape == WIDE:
            unsure[col] = each.label
        else:
            unused[col] = each.label
    offered = {each.service for each in services.values()}
    unused |= {col: meanings[col - 1].label for service, col in cases.items() if service not in offered}
    told = tuple(
        ServiceColumn(each.col, each.service, each.printed, each.row, cases.get(each.service))
        for each in services.values()
    )
    constants = around(sheet, header, columns, known)
    return Plan(sheet, shape, header, header + count, columns, told, constants, unused=unused, unsure=unsure)


def around(sheet: Sheet, header: int, columns: dict[str, int], known: Catalogue) -> dict[str, Constant]:
    """Region and period of the whole table where no column has them: a title line's, else the sheet's name's. Two
    titles with different periods settle nothing."""
    titles = [
        (text, row, col)
        for row, texts in sheet.top(header - 1)
        if row < header
        for col, text in enumerate(texts, start=1)
        if text
    ]
    places = [*titles, (sheet.name, 0, 0)]
    found = {}
    for role, said in (("region", _region(known)), ("period", _period)):
        told = [(meant, row, col) for text, row, col in places if (meant := said(text))]
        first = told if told and told[0][1] == 0 else [each for each in told if each[1]]
        if role not in columns and len({meant for meant, _, _ in first}) == 1:
            found[role] = Constant(*first[0])
    return found


def _region(known: Catalogue) -> Callable[[str], str]:
    return lambda text: region_inside(text, known)


def _period(text: str) -> str:
    """The one period or day a title names, as read_period knows it; "" for none, several or half a year in words."""
    if inside := period_inside(text):
        return "" if inside.period.isdecimal() and _PART_OF_YEAR.search(inside.rest) else inside.period
    days = _DAY.findall(text)
    return days[0] if len(days) == 1 and read_period(days[0]) else ""


def heads_of(document: Document, known: Catalogue) -> list[tuple[Sheet, Plan | None]]:
    """Every sheet that is not empty, with its table if it has one."""
    filled = (sheet for sheet in document.sheets if not sheet.cells.is_empty())
    return document.once("supply heads", lambda: [(sheet, head_of(sheet, known)) for sheet in filled])


def shape_of(document: Document, known: Catalogue) -> str:
    """What the document is read as: supply where any sheet has it, else a unit list, else ""."""
    shapes = {plan.shape for _, plan in heads_of(document, known) if plan}
    return next((shape for shape in (WIDE, LONG, UNITS) if shape in shapes), "")
