"""Whose table is it? A layout is recognised by its headers, never by the file's name or a column's place."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Final

from indicators import Catalogue
from loaders.formats.document import Document
from loaders.layouts import (
    kolada_json,
    kolada_table,
    skr_appendix,
    template,
    vardenisiffror,
    vardenisiffror_diagram,
    wide,
)
from loaders.layouts.claims import Claims, Reading
from loaders.layouts.grid import grid_of, region_cells


@dataclass(frozen=True)
class Layout:
    """`recognise` looks at headers only; `read` turns cells into claims and judges nothing. `publisher` is whose table
    it is, "" for one of our own making."""

    recognise: Callable[[Document], bool]
    read: Callable[[Document, Catalogue], Reading]
    publisher: str = ""


def _layout(module: ModuleType, publisher: str = "") -> Layout:
    return Layout(module.recognise, module.read, publisher)


LAYOUTS: Final = {
    "vardenisiffror": _layout(vardenisiffror, "vardenisiffror"),
    "skr_appendix": _layout(skr_appendix, "skr"),
    "template": _layout(template),
    "kolada_json": _layout(kolada_json, "kolada"),
    "kolada_table": _layout(kolada_table, "kolada"),
    "vardenisiffror_diagram": _layout(vardenisiffror_diagram, "vardenisiffror"),
    "wide": _layout(wide),
}
"""The extension point; the order is that of recognition, the loosest (wide) last."""


def layout_of(document: Document) -> str | None:
    """The key of the first layout whose headers the document has."""
    return next((name for name, layout in LAYOUTS.items() if layout.recognise(document)), None)


_BY_HEADERS: Final = 0.98
_BY_SHAPE: Final = 0.9  # a region × period table that says its indicator
_UNNAMED: Final = 0.4  # and one that does not
_SHAPES: Final = ("wide", "vardenisiffror_diagram")


def confidence_of(layout: str, document: Document, known: Catalogue) -> float:
    """How sure it is, 0–1, that a document a layout recognises is of that layout."""
    if layout not in _SHAPES:
        return _BY_HEADERS
    return _BY_SHAPE if wide.names_its_indicator(document, known) else _UNNAMED


def recognised(document: Document, known: Catalogue) -> list[tuple[str, float]]:
    """Every layout the document can be taken for, with the confidence; the likeliest first."""
    found = [(name, confidence_of(name, document, known)) for name, each in LAYOUTS.items() if each.recognise(document)]
    return sorted(found, key=lambda each: -each[1])


def lacks_periods(document: Document, known: Catalogue) -> bool:
    """Whether a sheet of a document without a layout names regions: a region × period table but for its periods."""
    grids = (grid_of(sheet) for sheet in document.sheets)
    return any(len(region_cells(grid, known)) > 1 for grid in grids if grid)


__all__ = [
    "LAYOUTS", "Claims", "Layout", "Reading", "confidence_of", "lacks_periods", "layout_of", "recognised",
]  # fmt: skip
