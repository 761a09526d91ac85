"""The child's work: content on standard input, limits as arguments, one JSON document on standard output."""

import json
import resource
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from .cell_text import cell_text
from .parts import Refused, SheetPart, check_shared_strings, open_archive, sheet_parts, style_kinds
from .sheet_facts import SheetFacts, sheet_facts
from .superscript import raised_texts
from .unseen import UNSEEN, seen


def _by_calamine(content: bytes, names: list[str]) -> dict[str, list[list[Any]]]:
    import io

    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}


def _by_openpyxl(content: bytes, names: list[str]) -> dict[str, list[list[Any]]]:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    rows = {}
    for name in names:
        sheet = book[name]
        sheet.reset_dimensions()  # read-only mode otherwise believes <dimension> and loses cells
        rows[name] = [list(row) for row in sheet.iter_rows(values_only=True)]
    return rows


def _texts(rows: list[list[Any]], facts: SheetFacts) -> list[list[str]]:
    """Columns of text as it is seen, each as long as the sheet; error values, which readers drop, as Excel prints
    them."""
    width = max(facts.cols, max((len(row) for row in rows), default=0))
    columns = [[""] * len(rows) for _ in range(width)]
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                columns[place][number] = seen(value)
            else:
                columns[place][number] = cell_text(value, facts.kinds.get((number + 1, place + 1), ""))
    for (number, place), text in (facts.errors | facts.raised).items():
        if number <= len(rows):
            columns[place - 1][number - 1] = text
    return columns


def _unseen(rows: list[list[Any]]) -> list[str]:
    """The places (`row,col`) of cells with characters that nobody sees."""
    return [
        f"{row},{col}"
        for row, values in enumerate(rows, start=1)
        for col, value in enumerate(values, start=1)
        if isinstance(value, str) and not value.isascii() and UNSEEN.search(value)
    ]


def _sheet(part: SheetPart, facts: SheetFacts, rows: list[list[Any]]) -> dict[str, Any]:
    told = asdict(facts)
    kept = ("merged", "unvalued", "hidden_rows", "hidden_cols")
    return {
        "name": part.name,
        "hidden": part.hidden,
        "columns": _texts(rows, facts),
        "unseen": _unseen(rows),
        **{key: told[key] for key in kept},
    }


def read(content: bytes) -> dict[str, Any]:
    """{"sheets": […], "fallback": ""}; `fallback` says why calamine could not read the file. Raises Refused."""
    try:
        archive = open_archive(content)
        parts = sheet_parts(archive)
        kinds = style_kinds(archive)
        check_shared_strings(archive)
        raised = raised_texts(archive, "xl/sharedStrings.xml")
        facts = [sheet_facts(archive, part, kinds, raised) for part in parts]
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, OSError) as error:
        raise Refused("broken_workbook", str(error)) from error
    names, fallback = [part.name for part in parts], ""
    try:
        rows = _by_calamine(content, names)
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 (pyo3's PanicException is no Exception; this process is the net)
        fallback = f"{type(error).__name__}: {error}"
        try:
            rows = _by_openpyxl(content, names)
        except Exception as second:
            raise Refused("broken_workbook", f"{fallback}; {second}") from second
    sheets = [_sheet(part, each, rows[part.name]) for part, each in zip(parts, facts, strict=True)]
    return {"sheets": sheets, "fallback": fallback}


def answer(content: bytes, reader: Callable[[bytes], dict[str, Any]] = read) -> dict[str, Any]:
    """What `reader` gives, or its refusal as {"refused": {rule, found, sheet, cell}}."""
    try:
        return reader(content)
    except Refused as refused:
        told = {key: getattr(refused, key) for key in ("rule", "found", "sheet", "cell")}
        return {"refused": told}
    except MemoryError:
        return {"refused": {"rule": "reading_limits", "found": "MemoryError", "sheet": "", "cell": ""}}


def limit(memory_mb: int, seconds: int) -> None:
    """Hard limits on this process: address space and CPU."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1_000_000, memory_mb * 1_000_000))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(memory_mb: int, seconds: int, reader: Callable[[bytes], dict[str, Any]] = read) -> None:
    limit(memory_mb, seconds)
    json.dump(answer(sys.stdin.buffer.read(), reader), sys.stdout)
