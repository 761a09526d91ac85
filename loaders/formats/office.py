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

from loaders.formats.document import Unreadable
from loaders.problems import ERROR, Problem
from models import settings

_MOST_PARTS: Final = 2_000
_LARGEST_PART: Final = 1_000_000_000  # bytes unpacked
_HIGHEST_RATIO: Final = 300  # a sheet of one repeated number packs 100:1, a bomb 1000:1
_RATIO_FROM: Final = 1_000_000

Refuse = Callable[..., Unreadable]
"""(rule, found, sheet=, cell=) → the refusal in the words of its kind of file."""


def preflight_parts(content: bytes, main: str, refuse: Refuse) -> None:
    """Refuse by the zip's directory alone, in milliseconds: what is no such file (without its `main` part), bombs,
    macros, doubled parts."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise refuse("broken_workbook", str(error)) from error
    names = [entry.filename for entry in entries]
    if any("vbaproject" in name.lower() for name in names):
        raise refuse("workbook_macros")
    if "xl/workbook.bin" in names:
        raise Unreadable(Problem(ERROR, "refused_format", variant="refused_old_excel"))
    if main not in names or "[Content_Types].xml" not in names:
        raise Unreadable(Problem(ERROR, "refused_format", variant="refused_archive"))
    if len({name.lower() for name in names}) < len(names):
        raise refuse("workbook_doubled_part")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(Problem(ERROR, "refused_format", variant="refused_old_excel"))
    unpacked = sum(entry.file_size for entry in entries)
    bomb = any(entry.file_size > max(_RATIO_FROM, _HIGHEST_RATIO * max(entry.compress_size, 1)) for entry in entries)
    if bomb or unpacked > _LARGEST_PART or len(entries) > _MOST_PARTS:
        raise refuse("workbook_bomb", str(unpacked // 1_000_000))


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
