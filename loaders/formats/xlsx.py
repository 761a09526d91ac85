"""xlsx → sheets of text cells: a preflight of the zip directory here, all else in a child process with limits."""

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from loaders.addresses import cell, cell_range, runs
from loaders.formats.document import ROW, Document, Sheet, Unreadable
from loaders.formats.office import child_answer, preflight_parts
from loaders.problems import ERROR, WARNING, Problem, capped

_CHILD: Final = "import sys; sys.path.insert(0, {folder!r}); from xlsx_child.run import main; main({memory}, {seconds})"
_MAIN: Final = "xl/workbook.xml"


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
    """Formulas without a value are errors; what is hidden is read like the rest and said."""
    unvalued = (cell(*map(int, place.split(","))) for place in told["unvalued"])
    formulas = (Problem(ERROR, "formula_without_value", sheet.name, place) for place in unvalued)
    problems = capped("formula_without_value", len(told["unvalued"]), formulas)
    problems += capped("unseen_removed", len(told["unseen"]), _unseen(told["unseen"], sheet))
    if told["hidden"]:
        problems.append(Problem(WARNING, "hidden_content", sheet.name, variant="hidden_sheet"))
    for first, last in runs(pl.Series(told["hidden_rows"], dtype=pl.Int64)):
        place = cell_range(first, last, 1, max(sheet.width, 1))
        problems.append(Problem(WARNING, "hidden_content", sheet.name, place, variant="hidden_rows"))
    for first, last in runs(pl.Series(told["hidden_cols"], dtype=pl.Int64)):
        if first <= sheet.width:
            place = cell_range(1, 1, first, min(last, sheet.width))
            problems.append(Problem(WARNING, "hidden_content", sheet.name, place, variant="hidden_columns"))
    return problems


def _unseen(places: list[str], sheet: Sheet) -> Iterator[Problem]:
    for place in places:
        row, col = map(int, place.split(","))
        found = sheet.cells[f"c{col}"][row - 1]
        yield Problem(WARNING, "unseen_removed", sheet.name, cell(row, col), found, variant="unseen_in_cell")


def read_xlsx(content: bytes) -> Document:
    """Every sheet, hidden ones too, as text cells. Raises Unreadable."""
    preflight_parts(content, _MAIN, _refuse)
    answer = _in_child(content)
    sheets, problems = [], []
    for told in answer["sheets"]:
        sheet = _sheet(told)
        sheets.append(sheet)
        if sheet.cells.height:
            problems += _problems(told, sheet)
    if answer["fallback"]:
        problems.append(Problem(WARNING, "second_reader", found=answer["fallback"][:200]))
    return Document("xlsx", tuple(sheets), problems=tuple(problems))
