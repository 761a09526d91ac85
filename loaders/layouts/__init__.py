"""Whose table is it? A layout is recognised by its headers, never by the file's name or a column's place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from indicators import Catalogue
from indicators.file_layouts import FILE_LAYOUTS
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
from loaders.tables.document import Document


@dataclass(frozen=True)
class Layout:
    """`recognise` looks at headers only; `read` turns cells into claims and judges nothing."""

    recognise: Callable[[Document], bool]
    read: Callable[[Document, Catalogue], Reading]


_MODULES: Final = {
    "vardenisiffror": vardenisiffror,
    "skr_appendix": skr_appendix,
    "template": template,
    "kolada_json": kolada_json,
    "kolada_table": kolada_table,
    "vardenisiffror_diagram": vardenisiffror_diagram,
    "wide": wide,
}
LAYOUTS: Final = {name: Layout(module.recognise, module.read) for name, module in _MODULES.items()}
"""The extension point; the order is that of recognition, the loosest (wide) last."""


def layout_of(document: Document) -> str | None:
    """The key of the first layout whose headers the document has."""
    return next((name for name, layout in LAYOUTS.items() if layout.recognise(document)), None)


def confidence_of(layout: str, document: Document, known: Catalogue) -> float:
    """How sure it is, 0–1, that a document a layout recognises is of that layout."""
    record = FILE_LAYOUTS[layout]
    if record.unnamed is None or wide.names_its_indicator(document, known):
        return record.confidence
    return record.unnamed


__all__ = ["LAYOUTS", "Claims", "Layout", "Reading", "confidence_of", "layout_of"]
