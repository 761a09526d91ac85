"""How a plain typeface of ours is made of a variable one that Streamlit ships."""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from exports.papers.fonts import Face

_FAMILY_NAMES: Final = (1, 16)
_STYLE_NAMES: Final = (2, 17)
_DROPPED_NAMES: Final = (3, 4, 6, 25)


def made_of(face: Face) -> TTFont:
    """One weight of a variable typeface, the letters and signs of European texts alone, under our name."""
    font = TTFont(_original(face.file))
    font.flavor = None
    subsetter = Subsetter(Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True))
    subsetter.populate(unicodes=[*range(0x20, 0x250), *range(0x2000, 0x2700)])
    subsetter.subset(font)
    font = instantiateVariableFont(font, face.axes)
    names = font["name"]
    for kept in list(names.names):
        if kept.nameID in _DROPPED_NAMES:
            names.removeNames(nameID=kept.nameID)
    for name in (*_FAMILY_NAMES, *_STYLE_NAMES):
        names.removeNames(nameID=name)
        names.setName(face.family if name in _FAMILY_NAMES else face.style, name, 3, 1, 0x409)
    full = f"{face.family} {face.style}"
    names.setName(full, 4, 3, 1, 0x409)
    names.setName(full.replace(" ", ""), 6, 3, 1, 0x409)
    font["OS/2"].usWeightClass = int(face.axes["wght"])
    _signed(font)
    return font


_HOLLOW_DOWN, _HOLLOW_UP, _TICK = 0x21E9, 0x21E7, 0x2713
_STROKES: Final = ((0.06, 0.36), (0.14, 0.44), (0.27, 0.24), (0.56, 0.68), (0.64, 0.61), (0.28, 0.08))
"""The tick's corners, as parts of the typeface's size."""


def _signed(font: TTFont) -> None:
    """The signs of the pages that the typeface lacks: ⇩ is its own ⇧ turned over, ✓ is drawn. Without them the machine
    that paints would set whatever it has."""
    known, em = font.getBestCmap(), font["head"].unitsPerEm
    if _HOLLOW_UP in known and _HOLLOW_DOWN not in known:
        up = font["glyf"][known[_HOLLOW_UP]]
        over = up.yMax + up.yMin
        pen = TTGlyphPen(font.getGlyphSet())
        font.getGlyphSet()[known[_HOLLOW_UP]].draw(TransformPen(ReverseContourPen(pen), (1, 0, 0, -1, 0, over)))
        _added(font, _HOLLOW_DOWN, pen, font["hmtx"][known[_HOLLOW_UP]])
    if _TICK not in known:
        pen = TTGlyphPen(None)
        first, *corners = ((round(em * x), round(em * y)) for x, y in _STROKES)
        pen.moveTo(first)
        for corner in corners:
            pen.lineTo(corner)
        pen.closePath()
        _added(font, _TICK, pen, (round(0.7 * em), round(em * _STROKES[0][0])))


def _added(font: TTFont, code: int, pen: TTGlyphPen, widths: tuple[int, int]) -> None:
    name = f"uni{code:04X}"
    font["glyf"][name] = pen.glyph()
    font.setGlyphOrder(font["glyf"].glyphOrder)
    font["hmtx"][name] = widths
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def _original(name: str) -> Path:
    """Streamlit's file; the package is found, not imported: nothing here draws pages."""
    found = find_spec("streamlit")
    assert found
    assert found.submodule_search_locations
    files = Path(found.submodule_search_locations[0]).glob(f"static/static/media/{name}.*.woff2")
    if not (file := next(files, None)):
        raise FileNotFoundError(name)
    return file
