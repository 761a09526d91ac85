"""Footnote signs set as superscript. Excel keeps `63,4¹` as two runs of text, `63,4` and a raised `1`; a reader of
values joins them into 63,41, which is another number. Here the raised run is set apart: `63,4 ¹`."""

import zipfile
from typing import Final

from .parts import local, walk

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BLOCK: Final = 1 << 20
_SIGN: Final = b"superscript"


class Raised:
    """Follows the runs of one text after another (`si` in the shared table, `is` in a cell)."""

    def __init__(self) -> None:
        self.text = ""
        self.in_text = self.run_raised = self.any_raised = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("si", "is"):
            self.text, self.any_raised = "", False
        elif tag == "r":
            self.run_raised = False
        elif tag == "vertAlign":
            self.run_raised = attributes.get("val") == "superscript"
        elif tag == "t":
            self.in_text = True
            if self.run_raised:
                self.text += " "

    def characters(self, text: str) -> None:
        if self.in_text:
            self.any_raised |= self.run_raised
            self.text += text.translate(_RAISED) if self.run_raised else text

    def end(self, tag: str) -> str:
        """The whole text where this tag ends one with a raised run, else ""."""
        if tag == "t":
            self.in_text = False
        elif tag == "r":
            self.run_raised = False
        elif tag in ("si", "is") and self.any_raised:
            self.any_raised = False
            return self.text
        return ""


def _mentions(archive: zipfile.ZipFile, part: str) -> bool:
    before = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            if _SIGN in before + block:
                return True
            before = block[-len(_SIGN) :]
    return False


def raised_texts(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Number (as text) of each shared text with a raised run → the text with that run set apart."""
    found: dict[str, str] = {}
    runs = Raised()
    count = [0]

    def end(name: str) -> None:
        tag = local(name)
        if told := runs.end(tag):
            found[str(count[0])] = told
        count[0] += tag == "si"

    if part in archive.namelist() and _mentions(archive, part):
        walk(archive, part, lambda name, attributes: runs.start(local(name), attributes), end, runs.characters)
    return found
