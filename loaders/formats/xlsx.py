"""xlsx → sheets of text cells: a preflight of the zip directory here, all else in a child process with limits."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, Final

import polars as pl

from loaders.addresses import cell, cell_range, runs
from loaders.formats.document import ROW, Document, Sheet, Unreadable
from loaders.problems import ERROR, WARNING, Problem, capped
from models import settings

_CHILD: Final = "import sys; sys.path.insert(0, {folder!r}); from xlsx_child.run import main; main({memory}, {seconds})"
_MOST_PARTS: Final = 2_000
_LARGEST_PART: Final = 1_000_000_000  # bytes unpacked
_HIGHEST_RATIO: Final = 300  # a sheet of one repeated number packs 100:1, a bomb 1000:1
_RATIO_FROM: Final = 1_000_000


def _refuse(rule: str, found: str = "", **more: Any) -> Unreadable:
    return Unreadable(Problem(ERROR, "unsafe_workbook", found=found, variant=rule, **more))


def preflight(content: bytes) -> None:
    """Refuse by the zip's directory alone, in milliseconds: what is no workbook, bombs, macros, doubled parts."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _refuse("broken_workbook", str(error)) from error
    names = [entry.filename for entry in entries]
    if any("vbaproject" in name.lower() for name in names):
        raise _refuse("workbook_macros")
    if "xl/workbook.bin" in names:
        raise Unreadable(Problem(ERROR, "refused_format", variant="refused_old_excel"))
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise Unreadable(Problem(ERROR, "refused_format", variant="refused_archive"))
    if len({name.lower() for name in names}) < len(names):
        raise _refuse("workbook_doubled_part")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(Problem(ERROR, "refused_format", variant="refused_old_excel"))
    unpacked = sum(entry.file_size for entry in entries)
    bomb = any(entry.file_size > max(_RATIO_FROM, _HIGHEST_RATIO * max(entry.compress_size, 1)) for entry in entries)
    if bomb or unpacked > _LARGEST_PART or len(entries) > _MOST_PARTS:
        raise _refuse("workbook_bomb", str(unpacked // 1_000_000))


def _in_child(content: bytes) -> dict[str, Any]:
    """The child's answer. A child that dies or takes too long is a fault of the file, not of the server."""
    limits = settings()
    folder = str(Path(__file__).parent)
    code = _CHILD.format(folder=folder, memory=limits.read_memory_mb, seconds=limits.read_seconds)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", code], input=content, capture_output=True, timeout=limits.read_seconds
        )
    except subprocess.TimeoutExpired as late:
        raise _refuse("reading_limits", f"{limits.read_seconds} s") from late
    if done.returncode != 0:
        # Swedish or English makes no difference to an exit status; the words around it are translated.
        raise _refuse("reading_limits", f"exit {done.returncode}")
    answer: dict[str, Any] = json.loads(done.stdout)
    if refused := answer.get("refused"):
        raise _refuse(refused["rule"], refused["found"], sheet=refused["sheet"], cell=refused["cell"])
    return answer


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


def read_xlsx(content: bytes) -> Document:
    """Every sheet, hidden ones too, as text cells. Raises Unreadable."""
    preflight(content)
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
