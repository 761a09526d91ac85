"""The tables of a Word document's text: rows of cells, each the text a person sees in it."""

import zipfile
import zlib
from typing import Any, Final

from .parts import Package, Refused, is_on, local
from .unseen import UNSEEN, seen

_MOST_TABLES: Final = 300  # a form has one per recommendation, and an audit 99 recommendations at most
_MOST_CELLS: Final = 100_000
_MOST_SIGNS: Final = 10_000_000
_MOST_COLUMNS: Final = 200  # a span says how many columns it covers, and may lie
_UNSEEN: Final = ("moveFrom", "Fallback", "del")
"""Elements whose text is no longer, or twice, in the document: moved away, an older program's copy, struck out."""


class _Tables:
    """Gathers tables while the document streams by. A table inside a cell is part of that cell's text."""

    def __init__(self) -> None:
        self.tables: list[list[list[str]]] = []
        self.outside = 0
        self.unseen = 0
        self._depth = 0
        self._text: list[str] = []
        self._span = 1
        self._unseen = 0
        self._reading = False
        self._prompts: list[tuple[int, bool]] = []  # content controls: where their text begins, whether it is a prompt
        self._cells = self._signs = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind in _UNSEEN:
            self._unseen += 1
        elif kind == "tbl":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                if len(self.tables) > _MOST_TABLES:
                    raise Refused("document_many_tables", str(_MOST_TABLES))
        elif kind == "tr" and self._depth == 1:
            self.tables[-1].append([])
        elif kind == "tc" and self._depth == 1:
            self._text, self._span, self._prompts = [], 1, []
        elif kind == "gridSpan" and self._depth == 1:
            self._span = _number(attributes)
        elif kind == "sdt":
            self._prompts.append((len(self._text), False))
        elif kind == "showingPlcHdr" and self._prompts:
            self._prompts[-1] = (self._prompts[-1][0], is_on(attributes))
        elif kind in ("br", "cr", "tab"):
            self._text.append("\t" if kind == "tab" else "\n")
        elif kind == "t":
            self._reading = not self._unseen

    def end(self, name: str) -> None:
        kind = local(name)
        if kind in _UNSEEN:
            self._unseen -= 1
        elif kind == "tbl":
            self._depth -= 1
        elif kind == "tc" and self._depth == 1:
            self._close_cell()
        elif kind == "sdt" and self._prompts:
            begins, prompt = self._prompts.pop()
            if prompt:
                del self._text[begins:]
        elif kind == "p":
            self._text.append("\n")
        elif kind == "t":
            self._reading = False

    def characters(self, said: str) -> None:
        if not self._reading:
            return
        self._signs += len(said)
        if self._signs > _MOST_SIGNS:
            raise Refused("workbook_bomb", str(self._signs // 1_000_000))
        if self._depth:
            self._text.append(said)
        elif said.strip():
            self.outside += len(said)

    def _close_cell(self) -> None:
        row = self.tables[-1][-1]
        lines = "".join(self._text).split("\n")
        text = "\n".join(line.strip() for line in lines).strip()
        self.unseen += UNSEEN.search(text) is not None
        row.append(seen(text))
        row += [""] * (self._span - 1)
        self._cells += self._span
        if self._cells > _MOST_CELLS:
            raise Refused("workbook_too_large", str(_MOST_CELLS))


def _number(attributes: dict[str, str]) -> int:
    printed = next((value for key, value in attributes.items() if local(key) == "val"), "1")
    return min(int(printed), _MOST_COLUMNS) if printed.isdecimal() and int(printed) else 1


def read(content: bytes) -> dict[str, Any]:
    """{"tables": [rows of texts], "outside": characters of text outside every table, "unseen": cells that had
    characters nobody sees}. Raises Refused."""
    found = _Tables()
    try:
        package = Package(content)
        package.walk(package.main[0], found.start, found.end, found.characters)
    except (
        zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, OSError, IndexError,
    ) as error:  # fmt: skip
        raise Refused("broken_workbook", "") from error
    return {"tables": found.tables, "outside": found.outside, "unseen": found.unseen}
