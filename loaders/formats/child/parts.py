"""A package's parts, found through its own relations and content types, never by a name: one writer calls its workbook
`xl/workbook2.xml`, another `bok/arbetsbok.xml` (ECMA-376 part 2)."""

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import unquote
from xml.parsers import expat

_BLOCK: Final = 1 << 20
_MOST_SHEETS: Final = 300  # one per municipality and some
_TYPES: Final = "[content_types].xml"


class NotRead(Exception):
    """The workbook is left unread; `rule` is the key of the words to show."""

    def __init__(self, rule: str, found: str = "", sheet: str = "", cell: str = "") -> None:
        super().__init__(rule, found)
        self.rule, self.found, self.sheet, self.cell = rule, found, sheet, cell


def local(name: str) -> str:
    """An XML name without its namespace prefix: strict and transitional names, prefixed or not, are the same."""
    return name.rpartition(":")[2]


def is_on(attributes: Mapping[str, str], name: str = "val", default: str = "true") -> bool:
    """Whether an OOXML switch is on; one without a value is."""
    told = next((value for key, value in attributes.items() if local(key) == name), default)
    return told not in ("0", "false", "off")


def number_of(attributes: Mapping[str, str], name: str) -> float | None:
    """An attribute as a number, None where it is none."""
    try:
        return float(attributes[name])
    except (KeyError, ValueError):
        return None


@dataclass(frozen=True)
class Relation:
    """`kind` is the last step of its type, the same in strict and transitional files; `target` a part's name."""

    key: str
    kind: str
    target: str


class Package:
    """A zip archive as an OOXML package. A part's name says nothing by its case, and some writers use backslashes."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.names = {_plain(name): name for name in self.archive.namelist()}

    def has(self, part: str) -> bool:
        return _plain(part) in self.names

    def walk(
        self,
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
            with self.archive.open(self.names[_plain(part)]) as stream:
                while block := stream.read(_BLOCK):
                    parser.Parse(block, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise NotRead("broken_workbook", part) from error

    def relations(self, part: str = "") -> list[Relation]:
        """A part's relations to other parts of the package (the package's own for ""); none where it has no list."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        found: list[Relation] = []

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                known = next((each for each in (target, unquote(target)) if self.has(_joined(folder, each))), target)
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.append(Relation(attributes.get("Id", ""), kind, _joined(folder, known)))

        if self.has(listed):
            self.walk(listed, start)
        return found

    @cached_property
    def types(self) -> dict[str, str]:
        """Part → content type, for the parts that have one of their own."""
        found: dict[str, str] = {}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if local(tag) == "Override":
                found[_plain(unquote(attributes.get("PartName", "")))] = attributes.get("ContentType", "")

        if self.has(_TYPES):
            self.walk(_TYPES, start)
        return found

    def related(self, part: str, kind: str) -> str:
        """The part that `part` names as its `kind` (styles, sharedStrings …), else the one typed so, else ""."""
        told = [each.target for each in self.relations(part) if each.kind == kind and self.has(each.target)]
        typed = [name for name, type_ in self.types.items() if type_.endswith(f".{kind}+xml") and self.has(name)]
        return next(iter((*told, *typed)), "")

    @cached_property
    def main(self) -> tuple[str, str]:
        """(the package's main part, its content type); ("", "") where it says neither."""
        for each in self.relations():
            if each.kind == "officeDocument" and self.has(each.target):
                return each.target, self.types.get(_plain(each.target), "")
        typed = ((name, kind) for name, kind in self.types.items() if kind.endswith(".main+xml") and self.has(name))
        return next(typed, ("", ""))


def _plain(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def _no_doctype(*_: object) -> None:
    raise NotRead("workbook_doctype")


@dataclass(frozen=True)
class SheetPart:
    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Book:
    """A workbook's worksheets in its order. `old_days`: days are counted from 1904; `uncalculated`: the values of its
    formulas are left to whoever opens it."""

    sheets: tuple[SheetPart, ...]
    old_days: bool
    uncalculated: bool


def book_of(package: Package) -> Book:
    main, _ = package.main
    parts = {each.key: each for each in package.relations(main)}
    sheets: list[SheetPart] = []
    settings = {"date1904": False, "fullCalcOnLoad": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        for name in settings:
            if name in attributes:
                settings[name] = is_on(attributes, name)
        if local(tag) != "sheet":
            return
        name = attributes.get("name", "")
        related = parts.get(next((value for key, value in attributes.items() if local(key) == "id"), ""))
        if related is None:
            raise NotRead("broken_workbook", name, name)
        if related.kind == "worksheet":  # a chart's own sheet holds no cells
            sheets.append(SheetPart(name, related.target, attributes.get("state", "visible") != "visible"))

    package.walk(main, start)
    if len(sheets) > _MOST_SHEETS:
        raise NotRead("workbook_many_sheets", str(len(sheets)))
    if len({each.part for each in sheets}) < len(sheets) or len({each.name for each in sheets}) < len(sheets):
        raise NotRead("workbook_doubled_part")
    return Book(tuple(sheets), settings["date1904"], settings["fullCalcOnLoad"])
