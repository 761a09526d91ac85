"""The child's work: content on standard input, limits as arguments, one JSON document on standard output."""

import json
import resource
import sys
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, Final

from .looks import styles_of
from .parts import NotRead, Package, book_of
from .sheet_cells import SheetCells, read_cells
from .texts import shared_texts

BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
    OSError,
    IndexError,
    ArithmeticError,
)
"""What a damaged package makes its readers raise."""


def _told(cells: SheetCells) -> dict[str, Any]:
    return {
        "name": cells.sheet.name,
        "hidden": cells.sheet.hidden,
        "columns": cells.columns,
        "marks": cells.marks.areas(),
        "merged": cells.merged,
        "unvalued": cells.unvalued,
        "hidden_rows": [row for row in cells.hidden_rows if row <= cells.rows],
        "hidden_cols": [col for col in cells.hidden_cols if col <= len(cells.columns)],
        "hidden_by_default": cells.hidden_by_default,
    }


def read(content: bytes) -> dict[str, Any]:
    """{"sheets": […]}. Raises NotRead."""
    try:
        package = Package(content)
        main, _ = package.main
        styles = styles_of(package, main)
        shared = shared_texts(package, package.related(main, "sharedStrings"), styles.palette)
        book = book_of(package)
        return {"sheets": [_told(read_cells(package, each, book, styles, shared)) for each in book.sheets]}
    except BROKEN as error:
        raise NotRead("broken_workbook", "") from error


def answer(content: bytes, reader: Callable[[bytes], dict[str, Any]] = read) -> dict[str, Any]:
    """What `reader` gives, or its refusal as {"refused": {rule, found, sheet, cell}}."""
    try:
        return reader(content)
    except NotRead as refused:
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
