"""What a style does to a cell: its number format, and whether it makes the text one that nobody sees or that somebody
has struck out."""

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .parts import Package, is_on, local, number_of

STRUCK: Final = "struck"
PALE: Final = "pale"
TINY: Final = "tiny"
_TINY: Final = 4.0  # points; the smallest print on a form is 5 or 6
_SEEN_FROM: Final = 1.25  # contrast ratio (WCAG) under which a text cannot be told from what is behind it
_WHITE: Final = (255, 255, 255)
_BLACK: Final = (0, 0, 0)
_BASIC: Final = (_BLACK, _WHITE, (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255))
_INDEXED: Final = {**dict(enumerate(_BASIC * 2)), 64: _BLACK, 65: _WHITE}
_THEME_ORDER: Final = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
_BUILT_IN: Final = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00", "12": "# ?/?",
    "13": "# ??/??", "14": "yyyy-mm-dd", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss", "22": "yyyy-mm-dd h:mm", "37": "#,##0;-#,##0",
    "38": "#,##0;-#,##0", "39": "#,##0.00;-#,##0.00", "40": "#,##0.00;-#,##0.00", "45": "mm:ss", "46": "[h]:mm:ss",
    "47": "mm:ss.0", "48": "0.0E+0", "49": "@",
}  # fmt: skip
"""Formats that a workbook uses by their number alone."""

Colour = tuple[int, int, int]


@dataclass
class Palette:
    """The workbook's theme colours, in the order in which styles number them."""

    theme: dict[int, Colour] = field(default_factory=dict)

    def colour(self, attributes: Mapping[str, str] | None) -> Colour | None:
        """The colour that a `color` element names; None where that is the reader's own choice."""
        if not attributes or is_on(attributes, "auto", "0"):
            return None
        index = number_of(attributes, "theme")
        found = None
        if "rgb" in attributes:
            found = _rgb(attributes["rgb"])
        elif index is not None:
            found = self.theme.get(int(index), {0: _WHITE, 1: _BLACK}.get(int(index)))
        elif (index := number_of(attributes, "indexed")) is not None:
            found = _INDEXED.get(int(index))
        return found and _tinted(found, number_of(attributes, "tint") or 0.0)


def _rgb(text: str) -> Colour | None:
    try:
        number = int(text[-6:], 16)
    except ValueError:
        return None
    return number >> 16 & 255, number >> 8 & 255, number & 255


def _tinted(colour: Colour, tint: float) -> Colour:
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _is_pale(text: Colour, behind: Colour) -> bool:
    dark, light = sorted((_luminance(text), _luminance(behind)))
    return (light + 0.05) / (dark + 0.05) < _SEEN_FROM


def font_notes(font: Mapping[str, Mapping[str, str]], palette: Palette, behind: Colour | None = _WHITE) -> set[str]:
    """What a font (element → its attributes) makes of a text on a ground of this colour; None: it is not known."""
    notes = {STRUCK} if "strike" in font and is_on(font["strike"]) else set()
    size = number_of(font.get("sz", {}), "val")
    if size is not None and size < _TINY:
        notes.add(TINY)
    colour = palette.colour(font.get("color"))
    if colour and behind and _is_pale(colour, behind):
        notes.add(PALE)
    return notes


@dataclass(frozen=True)
class Style:
    code: str = "General"
    notes: frozenset[str] = frozenset()
    behind: Colour | None = _WHITE


@dataclass
class Styles:
    """`cells`: what a cell's style number means; `rules`: the same for the styles that conditions put on cells."""

    palette: Palette
    cells: list[Style] = field(default_factory=list)
    rules: list[Style] = field(default_factory=list)

    def of(self, number: str) -> Style:
        place = int(number) if number.isdecimal() else 0
        return self.cells[place] if place < len(self.cells) else Style()


class _Gathered:
    """Streams through the styles' part. Fonts and fills stand in tables that cell styles point into, and once more
    inside each style of a condition."""

    def __init__(self, palette: Palette) -> None:
        self.styles = Styles(palette)
        self.codes = dict(_BUILT_IN)
        self.table = ""
        self.font: dict[str, Mapping[str, str]] | None = None
        self.fonts: list[dict[str, Mapping[str, str]]] = []
        self.ground: Colour | None = _WHITE
        self.grounds: list[Colour | None] = []
        self.pattern = ""
        self.code = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag in _TABLES:
            self.table = tag
        elif tag == "dxf":
            self.fonts, self.ground, self.code = [{}], _WHITE, "General"
        elif tag == "numFmt":
            self.code = attributes.get("formatCode", "")
            if self.table != "dxfs":
                self.codes[attributes.get("numFmtId", "")] = self.code
        elif tag == "font":
            self.font = {}
        elif tag == "fill":
            self.ground, self.pattern = _WHITE, ""
        elif tag == "gradientFill":
            self.ground = None
        elif tag == "patternFill":
            self.pattern = attributes.get("patternType", "")
        elif tag == self._ground_tag():
            self.ground = self.styles.palette.colour(attributes) or self.ground
        elif tag == "xf" and self.table == "cellXfs":
            self._style(attributes)
        elif self.font is not None:
            self.font[tag] = attributes

    def _ground_tag(self) -> str:
        """The element with the colour behind the text: in a condition's style a solid fill says it the other way."""
        if self.table == "dxfs":
            return "bgColor"
        return "fgColor" if self.pattern == "solid" else ""

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "font" and self.font is not None:
            self.fonts.append(self.font)
            self.font = None
        elif tag == "fill" and self.table == "fills":
            self.grounds.append(self.ground)
        elif tag == "dxf":
            notes = font_notes(self.fonts[-1], self.styles.palette, self.ground)
            self.styles.rules.append(Style(self.code, frozenset(notes)))
        elif tag in _TABLES and tag != "dxfs":
            self.table = ""

    def _style(self, attributes: Mapping[str, str]) -> None:
        font, fill = (int(number_of(attributes, name) or 0) for name in ("fontId", "fillId"))
        behind = self.grounds[fill] if fill < len(self.grounds) else _WHITE
        look = self.fonts[font] if font < len(self.fonts) else {}
        code = self.codes.get(attributes.get("numFmtId", "0"), "General")
        notes = frozenset(font_notes(look, self.styles.palette, behind))
        self.styles.cells.append(Style(code, notes, behind))


_TABLES: Final = ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "dxfs")


def _theme(package: Package, part: str) -> Palette:
    palette = Palette()
    inside = [""]

    def start(name: str, attributes: Mapping[str, str]) -> None:
        tag = local(name)
        if tag in _THEME_ORDER:
            inside[0] = tag
        elif tag in ("srgbClr", "sysClr") and inside[0]:
            colour = _rgb(attributes.get("lastClr", attributes.get("val", "")))
            if colour:
                palette.theme.setdefault(_THEME_ORDER.index(inside[0]), colour)
            inside[0] = ""

    def end(name: str) -> None:
        if local(name) in _THEME_ORDER:
            inside[0] = ""

    if part:
        package.walk(part, start, end)
    return palette


def styles_of(package: Package, main: str) -> Styles:
    """The workbook's styles; a workbook without them has plain cells."""
    gathered = _Gathered(_theme(package, package.related(main, "theme")))
    if part := package.related(main, "styles"):
        package.walk(part, gathered.start, gathered.end)
    return gathered.styles
