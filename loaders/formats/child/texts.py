"""The texts of a workbook as they are seen: runs of text put together, superscripts set apart, struck and unseen runs
told.

Excel keeps `63,4¹` as two runs, `63,4` and a raised `1`; joined they are another number. Here the raised run is set
apart: `63,4 ¹`.
"""

import re
from collections.abc import Mapping
from typing import Final

from .looks import Palette, font_notes
from .parts import NotRead, Package, local
from .unseen import UNSEEN, seen

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


class CellString(str):
    """A text as it is seen. `notes`: what its runs' look says of it; `unseen`: it had characters nobody sees."""

    notes: frozenset[str] = frozenset()
    unseen = False


def cell_string(text: str, notes: frozenset[str] = frozenset()) -> CellString:
    if "_x" in text:  # how the format writes signs that XML cannot hold
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    told = CellString(text if text.isascii() else seen(text))
    told.notes = notes
    told.unseen = not text.isascii() and UNSEEN.search(text) is not None
    return told


class Runs:
    """Follows the runs of one text after another (`si` in the shared table, `is` in a cell)."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self.text = ""
        self.notes: set[str] = set()
        self.look: dict[str, Mapping[str, str]] = {}
        self.in_text = False
        self.spoken = 0  # inside how a name is pronounced, which stands in no cell

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("si", "is"):
            self.text, self.notes, self.look = "", set(), {}
        elif tag == "r":
            self.look = {}
        elif tag == "rPh":
            self.spoken += 1
        elif tag == "t":
            self.in_text = not self.spoken
            if self.in_text and self.raised:
                self.text += " "
        elif tag in ("strike", "color", "sz", "vertAlign"):
            self.look[tag] = attributes

    @property
    def raised(self) -> bool:
        return self.look.get("vertAlign", {}).get("val") == "superscript"

    def characters(self, text: str) -> None:
        if not self.in_text:
            return
        if self.look:
            self.notes |= font_notes(self.look, self.palette) if text.strip() else set()
            text = text.translate(_RAISED) if self.raised else text
        self.text += text

    def end(self, tag: str) -> CellString | None:
        """The whole text where this tag ends one."""
        if tag == "t":
            self.in_text = False
        elif tag == "rPh":
            self.spoken -= 1
        elif tag == "r":
            self.look = {}
        elif tag in ("si", "is"):
            return cell_string(self.text, frozenset(self.notes))
        return None


def shared_texts(package: Package, part: str, palette: Palette) -> list[CellString]:
    """The texts of the shared table, in its order. `count` there counts the cells that use them, and only
    `uniqueCount` the texts. NotRead where that is more than the part has bytes."""
    found: list[CellString] = []
    runs = Runs(palette)

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "sst":
            told = attributes.get("uniqueCount", "")
            if told.isdecimal() and int(told) > package.archive.getinfo(package.names[part.lower()]).file_size:
                raise NotRead("workbook_counts", told)
        runs.start(tag, attributes)

    def end(name: str) -> None:
        told = runs.end(local(name))
        if told is not None:
            found.append(told)

    if part:
        package.walk(part, start, end, runs.characters)
    return found
