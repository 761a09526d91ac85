"""A workbook's parts: which sheet lies where, which is hidden, and what each cell style does to a number."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

_BLOCK: Final = 1 << 20
_HEAD: Final = 65_536
_MOST_SHEETS: Final = 300  # one per municipality and some


class Refused(Exception):
    """The workbook is not read; `rule` is the key of the words to show."""

    def __init__(self, rule: str, found: str = "", sheet: str = "", cell: str = "") -> None:
        super().__init__(rule, found)
        self.rule, self.found, self.sheet, self.cell = rule, found, sheet, cell


def local(name: str) -> str:
    """An XML name without its namespace prefix."""
    return name.rpartition(":")[2]


def walk(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
) -> None:
    """Stream a part through expat. A DOCTYPE (the way to entity bombs and outside files) is refused."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if characters:
        parser.buffer_text = True
        parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        with archive.open(part) as stream:
            while block := stream.read(_BLOCK):
                parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused("broken_workbook", f"{part}: {error}") from error


def _no_doctype(*_: object) -> None:
    raise Refused("workbook_doctype")


@dataclass(frozen=True)
class SheetPart:
    name: str
    part: str
    hidden: bool


def sheet_parts(archive: zipfile.ZipFile) -> list[SheetPart]:
    """The worksheets in the workbook's order."""
    targets: dict[str, str] = {}
    sheets: list[SheetPart] = []

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if local(name) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        key = next((value for key, value in attributes.items() if local(key) == "id"), "")
        if local(name) == "sheet" and key in targets:
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(SheetPart(attributes.get("name", ""), targets[key], hidden))

    walk(archive, "xl/_rels/workbook.xml.rels", relation)
    walk(archive, "xl/workbook.xml", sheet)
    if len(sheets) > _MOST_SHEETS:
        raise Refused("workbook_many_sheets", str(len(sheets)))
    if len({each.part for each in sheets}) < len(sheets) or len({each.name for each in sheets}) < len(sheets):
        raise Refused("workbook_doubled_part")
    return sheets


# Excel's built-in formats that matter here; 14–22 are dates, 45–47 minutes and seconds.
_BUILT_IN: Final = {9: "0%", 10: "0.00%", 17: "mmm-yy", 18: "h:mm AM/PM", 20: "h:mm"}
_ELAPSED: Final = re.compile(r"\[([hms])+\]", re.IGNORECASE)


def _kind_of(code: str) -> str:
    """What a number format makes of a number: `percent`, `month`, `year`, `clock` (hours and minutes without seconds),
    or "" (as it is)."""
    elapsed = _ELAPSED.sub(r"\1", code.split(";")[0])
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", elapsed).lower()
    if "%" in bare:
        return "percent"
    if "h" in bare and not re.search("[sdy]", bare):
        return "clock"
    if re.search("[dhs]", bare) or "y" not in bare or re.search("[0#?]", bare):
        return ""
    return "month" if "m" in bare else "year"


def style_kinds(archive: zipfile.ZipFile) -> dict[str, str]:
    """Cell style index (as text) → kind, for styles of a kind."""
    codes: dict[str, str] = {str(key): code for key, code in _BUILT_IN.items()}
    kinds: dict[str, str] = {}
    inside = {"cellXfs": False}
    count = [0]

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if local(name) == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif local(name) == "cellXfs":
            inside["cellXfs"] = True
        elif local(name) == "xf" and inside["cellXfs"]:
            if kind := _kind_of(codes.get(attributes.get("numFmtId", "0"), "")):
                kinds[str(count[0])] = kind
            count[0] += 1

    def end(name: str) -> None:
        if local(name) == "cellXfs":
            inside["cellXfs"] = False

    if "xl/styles.xml" in archive.namelist():
        walk(archive, "xl/styles.xml", start, end)
    return kinds


def check_shared_strings(archive: zipfile.ZipFile) -> None:
    """A table of texts cannot have more texts than bytes; calamine believes the number and asks for the memory."""
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            head = stream.read(_HEAD).split(b"<si", 1)[0]
        if not re.search(rb"<(?:\w+:)?sst[\s>]", head):
            continue
        for count in re.findall(rb"""\b(?:uniqueCount|count)\s*=\s*["'](\d+)["']""", head):
            if int(count) > entry.file_size:
                raise Refused("workbook_counts", count.decode())
        walk(archive, entry.filename, lambda _name, _attributes: None)


def open_archive(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))
