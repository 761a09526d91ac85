"""A chart or a table as a picture that goes out alone: what it shows, of whom, when and by which source, all in it.

Every picture is one SVG: our own frame of words, and inside it the drawing. Two shapes: a slide (16:9), whose drawing
is scaled to its room, and a report's column, which is as high as it needs to be. The typefaces travel in the SVG, only
the letters it has; a PNG is that SVG painted.
"""

import base64
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple
from xml.sax.saxutils import escape

import vl_convert
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from charts.colours import BACKGROUND, GRID, INK, MADE_UP, MUTED_INK
from charts.context import Said
from exports.papers.fonts import SANS, SERIF, font_folder

FAMILY: Final = f"{SANS}, DejaVu Sans, sans-serif"
"""The second has the few signs of judgement that the first lacks."""
_PLAIN, _BOLD, _HEADING = (SANS, "Regular", 400), (SANS, "SemiBold", 600), (SERIF, "SemiBold", 600)
_SIZED: Final = re.compile(r'<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"')
_LARGEST: Final = 1.25  # times: a drawing of few rows is not blown up further to fill a slide
_SLACK, _TRIES = 0.02, 3
_GAP: Final = 14

Drawing = Callable[[int], str]
"""A width in pixels → the SVG of a drawing so wide, as high as it needs to be."""


class Shape(NamedTuple):
    """Pixels; `height` None where the content decides. `title`, `words`, `notes`: sizes of type."""

    name: str
    width: int
    height: int | None
    margin: int
    title: int
    words: int
    notes: int


WIDE: Final = Shape("wide", 960, 540, 28, 23, 14, 11)
COLUMN: Final = Shape("column", 480, None, 18, 18, 13, 11)


class _Words(NamedTuple):
    face: tuple[str, str, int]
    size: int
    colour: str
    text: str


def chart(spec: Mapping[str, Any]) -> Drawing:
    """A chart's specification, without its title, which the picture's frame says."""
    bare = {name: part for name, part in spec.items() if name not in ("title", "usermeta")}
    bare["config"] = {**spec.get("config", {}), "font": FAMILY}

    def drawn(width: int) -> str:
        _registered()
        return str(vl_convert.vegalite_to_svg({**bare, "width": width}))

    return drawn


def file_name(*words: str) -> str:
    """What a picture is called: content, region and period in letters that every system takes.

    >>> file_name("Förtroende: sjukhus", "25", "2025")
    'fortroende-sjukhus_25_2025'
    """
    plain = (unicodedata.normalize("NFD", one).encode("ascii", "ignore").decode().lower() for one in words)
    return "_".join(filter(None, (re.sub(r"[^a-z0-9]+", "-", one).strip("-")[:80] for one in plain)))


def picture(said: Said, alt: str, drawing: Drawing, shape: Shape = WIDE, *, link: str = "", check: str = "") -> str:
    """An SVG: `said` around the drawing, then the address `link`, and `check`, a sentence of where it is told whether
    it still holds; `alt`: the same in words for who cannot see it."""
    inside = shape.width - 2 * shape.margin
    head = _set(
        [
            _Words(_BOLD, shape.words, MADE_UP, said.warning),
            _Words(_HEADING, shape.title, INK, said.title),
            _Words(_PLAIN, shape.words, MUTED_INK, said.subtitle),
        ],
        inside,
    )
    foot = _set([_Words(_PLAIN, shape.notes, MUTED_INK, one) for one in _joined((*said.notes, link, check))], inside)
    top = shape.margin + _height(head) + _GAP
    room = (shape.height - top - shape.margin - _height(foot) - _GAP) if shape.height else None
    drawn, width, height = _fitted(drawing, inside, room)
    whole = shape.height or round(top + height + _GAP + _height(foot) + shape.margin)
    under = whole - shape.margin - _height(foot)
    parts = [
        f'<rect width="{shape.width}" height="{whole}" fill="{BACKGROUND}"/>',
        *_texts(head, shape.margin, shape.margin),
        _placed(drawn, shape.margin, top, width, height),
        f'<path d="M{shape.margin} {under - _GAP / 2:g}h{inside}" stroke="{GRID}"/>',
        *_texts(foot, shape.margin, under),
    ]
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{shape.width}" height="{whole}" '
        f'viewBox="0 0 {shape.width} {whole}" role="img"><title>{escape(said.title)}</title>'
        f"<desc>{escape(alt)}</desc>{body}</svg>"
    )


def as_svg(picture: str) -> bytes:
    """The picture with the typefaces of its own letters: who opens the file has not installed them."""
    letters = frozenset(re.sub(r"<[^>]*>|&\w+;", "", picture) + "&<>")
    faces = "".join(
        f'@font-face{{font-family:"{face[0]}";font-weight:{face[2]};'
        f"src:url(data:font/woff2;base64,{_subset(face, letters)})}}"
        for face in (_PLAIN, _BOLD, _HEADING)
    )
    return picture.replace("</desc>", f"</desc><style>{faces}</style>", 1).encode()


def as_png(picture: str) -> bytes:
    """The picture painted, two pixels for each of its own."""
    _registered()
    return bytes(vl_convert.svg_to_png(picture, scale=2))


@cache
def _registered() -> None:
    vl_convert.register_font_directory(str(font_folder()))


def _joined(notes: Iterable[str]) -> list[str]:
    """The notes as one running text, and each address for itself."""
    *words, link, check = notes
    return [one for one in (" · ".join(note for note in words if note), link, check) if one]


def _fitted(drawing: Drawing, width: int, room: float | None) -> tuple[str, float, float]:
    """The drawing at its width and height: drawn wider and set smaller where it is too high for its room, narrower and
    larger where it is low."""
    drawn = drawing(width)
    wide, high = _size(drawn)
    if room is None:
        return drawn, width, high
    for _ in range(_TRIES):  # a drawing that is wider may be another height: its words break elsewhere
        scale = min(_LARGEST, room / high)
        if abs(scale - width / wide) < _SLACK:
            break
        drawn = drawing(round(width / scale))
        wide, high = _size(drawn)
    scale = min(width / wide, room / high)
    return drawn, wide * scale, high * scale


def _size(svg: str) -> tuple[float, float]:
    found = _SIZED.search(svg)
    assert found, "a drawing names its size"
    return float(found[1]), float(found[2])


def _placed(svg: str, x: float, y: float, width: float, height: float) -> str:
    """A drawing inside the picture."""
    own, high = _size(svg)
    body = svg[svg.index(">", svg.index("<svg")) + 1 :]
    return f'<svg x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" viewBox="0 0 {own:g} {high:g}">{body}'


def _set(words: Sequence[_Words], width: float) -> list[_Words]:
    """The words as lines, each no wider than `width`."""
    return [one._replace(text=line) for one in words if one.text for line in _broken(one, width)]


def _broken(words: _Words, width: float) -> list[str]:
    """A word that is too long alone, as an address is, is broken where it must be."""
    lines = [""]
    for word in words.text.split(" "):
        tried = f"{lines[-1]} {word}" if lines[-1] else word
        if _width(tried, words) <= width:
            lines[-1] = tried
            continue
        lines += [""] if lines[-1] else []
        for letter in word:
            if _width(lines[-1] + letter, words) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def _width(line: str, words: _Words) -> float:
    """How wide a line is in pixels, set as the words are."""
    known = _advances(words.face)
    return words.size * sum(known.get(letter, 0.6) for letter in line)


@cache
def _advances(face: tuple[str, str, int]) -> dict[str, float]:
    font = TTFont(_file(face))
    widths, em = font["hmtx"], font["head"].unitsPerEm
    return {chr(code): widths[name][0] / em for code, name in font.getBestCmap().items()}


def _file(face: tuple[str, str, int]) -> str:
    return str(font_folder() / f"{face[0].replace(' ', '')}-{face[1]}.ttf")


def _height(lines: Sequence[_Words]) -> float:
    return sum(round(1.3 * one.size) for one in lines)


def _texts(lines: Sequence[_Words], x: float, top: float) -> Iterable[str]:
    at = top
    for family, _, weight, size, colour, said in ((*one.face, *one[1:]) for one in lines):
        at += round(1.3 * size)
        yield (
            f'<text x="{x:g}" y="{at - 0.3 * size:g}" font-family="{family}, {FAMILY}" font-weight="{weight}" '
            f'font-size="{size}" fill="{colour}">{escape(said)}</text>'
        )


def _subset(face: tuple[str, str, int], letters: frozenset[str]) -> str:
    font = TTFont(_file(face))
    subsetter = Subsetter(Options(notdef_outline=True, drop_tables=["GPOS", "GSUB", "GDEF"]))
    subsetter.populate(text="".join(letters))
    subsetter.subset(font)
    font.flavor = "woff2"
    into = io.BytesIO()
    font.save(into)
    return base64.b64encode(into.getvalue()).decode()
