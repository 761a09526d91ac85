"""xlsx → sheets of text cells: a preflight of the zip directory here, all else in a child process with limits."""

from typing import Any, Final

import polars as pl

from loaders.formats.child.sheet_cells import UNSEEN
from loaders.formats.office import child_answer, preflight_parts
from loaders.problems import ERROR, WARNING, Problem, capped
from loaders.tables.addresses import cell, cell_range, runs
from loaders.tables.document import ROW, Document, Sheet, Unreadable

_CHILD: Final = "import sys; sys.path.insert(0, {folder!r}); from child.run import main; main({memory}, {seconds})"
_MOST_RANGES: Final = 40  # ranges of cells that one message lists


def _refuse(rule: str, found: str = "", **more: Any) -> Unreadable:
    return Unreadable(Problem(ERROR, "unsafe_workbook", found=found, variant=rule, **more))


def _in_child(content: bytes) -> dict[str, Any]:
    return child_answer(content, _CHILD, _refuse)


def _sheet(told: dict[str, Any]) -> Sheet:
    columns = told["columns"]
    cells = pl.DataFrame({f"c{place}": column for place, column in enumerate(columns, start=1)})
    if not columns:
        cells = pl.DataFrame(schema={"c1": pl.String})
    merged = tuple((top, bottom, left, right) for top, bottom, left, right in told["merged"])
    return Sheet(told["name"], cells.cast(pl.String).with_row_index(ROW, offset=1), merged)


def _problems(told: dict[str, Any], sheet: Sheet) -> list[Problem]:
    """Formulas without a value are errors; what a person does not see, or sees otherwise, is said with its cells."""
    unvalued = (cell(*map(int, place.split(","))) for place in told["unvalued"])
    formulas = (Problem(ERROR, "formula_without_value", sheet.name, place) for place in unvalued)
    problems = capped("formula_without_value", len(told["unvalued"]), formulas)
    if told["hidden"]:
        problems.append(Problem(WARNING, "hidden_content", sheet.name, variant="hidden_sheet"))
    if told["hidden_by_default"]:
        problems.append(Problem(WARNING, "hidden_content", sheet.name, variant="hidden_by_default"))
    for first, last in runs(pl.Series(told["hidden_rows"], dtype=pl.Int64)):
        place = cell_range(first, last, 1, max(sheet.width, 1))
        problems.append(Problem(WARNING, "hidden_content", sheet.name, place, variant="hidden_rows"))
    for first, last in runs(pl.Series(told["hidden_cols"], dtype=pl.Int64)):
        place = cell_range(1, 1, first, min(last, sheet.width))
        problems.append(Problem(WARNING, "hidden_content", sheet.name, place, variant="hidden_columns"))
    for kind, areas in told["marks"].items():
        problems += _unseen(areas, sheet) if kind == UNSEEN else [_marked(kind, areas, sheet)]
    return problems


def _marked(kind: str, areas: list[list[int]], sheet: Sheet) -> Problem:
    """One warning for all cells of a kind."""
    ranges = [cell_range(*area) for area in areas]
    cells = ", ".join([*ranges[:_MOST_RANGES], *("…" for _ in ranges[_MOST_RANGES : _MOST_RANGES + 1])])
    count = sum((bottom - top + 1) * (right - left + 1) for top, bottom, left, right in areas)
    place, values = ranges[0].partition(":")[0], {"cells": cells, "count": count}
    return Problem(WARNING, "hidden_content", sheet.name, place, variant=f"cells_{kind}", values=values)


def _unseen(areas: list[list[int]], sheet: Sheet) -> list[Problem]:
    places = [
        (row, col)
        for top, bottom, left, right in areas
        for row in range(top, bottom + 1)
        for col in range(left, right + 1)
    ]
    told = (
        Problem(
            WARNING,
            "unseen_removed",
            sheet.name,
            cell(row, col),
            sheet.cells[f"c{col}"][row - 1],
            variant="unseen_in_cell",
        )
        for row, col in places
    )
    return capped("unseen_removed", len(places), told)


def read_xlsx(content: bytes) -> Document:
    """Every sheet, hidden ones too, as text cells. Raises Unreadable."""
    preflight_parts(content, "xlsx", _refuse)
    answer = _in_child(content)
    sheets, problems = [], []
    for told in answer["sheets"]:
        sheet = _sheet(told)
        sheets.append(sheet)
        if sheet.cells.height or told["marks"]:
            problems += _problems(told, sheet)
    return Document("xlsx", tuple(sheets), problems=tuple(problems))
