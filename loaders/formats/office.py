"""What workbooks and Word documents share: both are zip archives of XML. The preflight of the zip directory, and the
child process in which everything else is read."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from loaders.formats.child.parts import NotRead, Package
from loaders.formats.child.run import BROKEN
from loaders.problems import ERROR, Problem
from loaders.tables.document import Unreadable
from models import settings

_MOST_PARTS: Final = 2_000
_LARGEST_PART: Final = 1_000_000_000  # bytes unpacked
_HIGHEST_RATIO: Final = 300  # a sheet of one repeated number packs 100:1, a bomb 1000:1
_RATIO_FROM: Final = 1_000_000

_LARGEST_LIST: Final = 1_000_000  # bytes of the package's own lists of parts, which are read here
_TYPES: Final = "[Content_Types].xml"
_LISTS: Final = (_TYPES.lower(), ".rels")

Refuse = Callable[..., Unreadable]
"""(rule, found, sheet=, cell=) → the refusal in the words of its kind of file."""


def main_kind(content: bytes) -> str:
    """What a package says that its main part is: `xlsx`, `docx`, `xlsb`, or "" for another archive. Its parts' names
    say nothing."""
    try:
        package = Package(content)
        lists = (name for name in package.archive.infolist() if name.filename.lower().endswith(_LISTS))
        if any(entry.file_size > _LARGEST_LIST for entry in lists) or not package.has(_TYPES):
            return ""
        part, told = package.main
        has_sheets = any(each.kind == "worksheet" for each in package.relations(part))
    except (*BROKEN, NotRead):
        return ""
    if "wordprocessingml" in told or "ms-word" in told:
        return "docx"
    if "sheet.binary" in told:
        return "xlsb"
    if "spreadsheetml" in told or "ms-excel" in told or has_sheets:
        return "xlsx"
    return _BY_NAME.get(part.rpartition("/")[2].lower(), "")


_BY_NAME: Final = {"workbook.xml": "xlsx", "document.xml": "docx", "workbook.bin": "xlsb"}
"""For a package that gives its main part no type of its own."""


def preflight_parts(content: bytes, kind: str, refuse: Refuse) -> None:
    """Refuse by the zip's directory alone, in milliseconds: what is no such file (another `kind` of package), bombs,
    macros, doubled parts."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise refuse("broken_workbook") from error
    names = [entry.filename for entry in entries]
    if any("vbaproject" in name.lower() for name in names):
        raise refuse("workbook_macros")
    if any(entry.flag_bits & 1 for entry in entries):
        raise _refused("password")
    if len({name.lower() for name in names}) < len(names):
        raise refuse("workbook_doubled_part")
    unpacked = sum(entry.file_size for entry in entries)
    bomb = any(entry.file_size > max(_RATIO_FROM, _HIGHEST_RATIO * max(entry.compress_size, 1)) for entry in entries)
    if bomb or unpacked > _LARGEST_PART or len(entries) > _MOST_PARTS:
        raise refuse("workbook_bomb", str(unpacked // 1_000_000))
    found = main_kind(content)
    if found == "xlsb" or "xl/workbook.bin" in names:
        raise _refused("xlsb")
    if found != kind:
        raise _refused(_another_office(names) or "archive")


def _refused(variant: str) -> Unreadable:
    return Unreadable(Problem(ERROR, "refused_format", variant=f"refused_{variant}"))


def _another_office(names: list[str]) -> str:
    """An archive that is a document of another program or kind: nobody is to unpack it."""
    if "mimetype" in names and "content.xml" in names:
        return "opendocument"
    return "slides" if any(name.startswith("ppt/") for name in names) else ""


def child_answer(content: bytes, code: str, refuse: Refuse) -> dict[str, Any]:
    """The child's answer; `code` is what it runs, with places for folder, memory and seconds. A child that dies or
    takes too long is a fault of the file, not of the server."""
    limits = settings()
    folder = str(Path(__file__).parent)
    filled = code.format(folder=folder, memory=limits.read_memory_mb, seconds=limits.read_seconds)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", filled], input=content, capture_output=True, timeout=limits.read_seconds
        )
    except subprocess.TimeoutExpired as late:
        raise refuse("reading_limits", f"{limits.read_seconds} s") from late
    if done.returncode != 0:
        # Swedish or English makes no difference to an exit status; the words around it are translated.
        raise refuse("reading_limits", f"exit {done.returncode}")
    answer: dict[str, Any] = json.loads(done.stdout)
    if refused := answer.get("refused"):
        raise refuse(refused["rule"], refused["found"], sheet=refused["sheet"], cell=refused["cell"])
    return answer
