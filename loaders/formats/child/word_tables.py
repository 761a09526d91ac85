"""The tables of a Word document's text: rows of cells, each the text a person sees in it."""

import zipfile
import zlib
from typing import Any, Final

from .looks import PALE, STRUCK, TINY
from .parts import NotRead, Package, is_on, local
from .unseen import UNSEEN, seen

_MOST_TABLES: Final = 300  # a form has one per recommendation, and an audit 99 recommendations at most
_MOST_CELLS: Final = 100_000
_MOST_SIGNS: Final = 10_000_000
_MOST_COLUMNS: Final = 200  # a span says how many columns it covers, and may lie
_TINY: Final = 8  # half points
HIDDEN: Final = "vanished"
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
        self.marks: dict[str, list[list[int]]] = {}  # what a run's look says → (table, row, col) from 1
        self._look: set[str] | None = None  # that of the run being read
        self._marked: set[str] = set()
        self._shaded = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind in _UNSEEN:
            self._unseen += 1
        elif kind == "tbl":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                if len(self.tables) > _MOST_TABLES:
                    raise NotRead("document_many_tables", str(_MOST_TABLES))
        elif kind == "tr" and self._depth == 1:
            self.tables[-1].append([])
        elif kind == "tc" and self._depth == 1:
            self._text, self._span, self._prompts = [], 1, []
            self._marked, self._shaded = set(), False
        elif kind == "gridSpan" and self._depth == 1:
            self._span = _number(attributes)
        elif kind == "sdt":
            self._prompts.append((len(self._text), False))
        elif kind == "showingPlcHdr" and self._prompts:
            self._prompts[-1] = (self._prompts[-1][0], is_on(attributes))
        elif kind == "r":
            self._look = set()
        elif kind == "shd" and self._look is None:
            self._shaded |= _value(attributes, "fill").lower() not in ("", "auto", "ffffff")
        elif self._look is not None and (mark := _mark(kind, attributes)):
            self._look.add(mark)
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
        elif kind == "r":
            self._look = None
        elif kind == "t":
            self._reading = False

    def characters(self, said: str) -> None:
        if not self._reading:
            return
        self._signs += len(said)
        if self._signs > _MOST_SIGNS:
            raise NotRead("workbook_bomb", str(self._signs // 1_000_000))
        if self._depth:
            self._text.append(said)
            self._marked |= (self._look or set()) if said.strip() else set()
        elif said.strip():
            self.outside += len(said)

    def _close_cell(self) -> None:
        row = self.tables[-1][-1]
        lines = "".join(self._text).split("\n")
        text = "\n".join(line.strip() for line in lines).strip()
        self.unseen += UNSEEN.search(text) is not None
        row.append(seen(text))
        for mark in self._marked - ({PALE} if self._shaded else set()):
            self.marks.setdefault(mark, []).append([len(self.tables), len(self.tables[-1]), len(row)])
        row += [""] * (self._span - 1)
        self._cells += self._span
        if self._cells > _MOST_CELLS:
            raise NotRead("workbook_too_large", str(_MOST_CELLS))


def _value(attributes: dict[str, str], name: str = "val") -> str:
    return next((value for key, value in attributes.items() if local(key) == name), "")


def _mark(kind: str, attributes: dict[str, str]) -> str:
    """What one of a run's properties says of its text."""
    if kind in ("strike", "dstrike"):
        return STRUCK if is_on(attributes) else ""
    if kind == "vanish":
        return HIDDEN if is_on(attributes) else ""
    if kind == "color":
        return PALE if _value(attributes).lower() == "ffffff" else ""
    size = _value(attributes) if kind == "sz" else ""
    return TINY if size.isdecimal() and int(size) < _TINY else ""


def _number(attributes: dict[str, str]) -> int:
    printed = _value(attributes)
    return min(int(printed), _MOST_COLUMNS) if printed.isdecimal() and int(printed) else 1


def read(content: bytes) -> dict[str, Any]:
    """{"tables": [rows of texts], "outside": characters of text outside every table, "unseen": cells that had
    characters nobody sees, "marks": kind → cells with such text}. Raises NotRead."""
    found = _Tables()
    try:
        package = Package(content)
        package.walk(package.main[0], found.start, found.end, found.characters)
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        EOFError,
        NotImplementedError,
        OSError,
        IndexError,
    ) as error:
        raise NotRead("broken_workbook", "") from error
    return {"tables": found.tables, "outside": found.outside, "unseen": found.unseen, "marks": found.marks}
