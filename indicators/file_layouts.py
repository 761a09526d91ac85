"""Every layout a stored upload can have, one record each: whose table it is, how sure its headers make us, its words.

The readers stand in `loaders` and know these ids; pages, files and messages ask here and nowhere else.
"""

from dataclasses import dataclass
from typing import Final

from locales import text

MAPPED: Final = "mapped"
"""The layout of a file read by a mapping."""
_BY_HEADERS: Final = 0.98
_BY_SHAPE: Final = 0.9  # a region × period table that says its indicator
_UNNAMED: Final = 0.4  # and one that does not


@dataclass(frozen=True)
class FileLayout:
    """`publisher`: whose own table it is (of `indicators.PUBLISHERS`), "" for one that somebody filled in. `confidence`
    0–1 in a file recognised as this one; `unnamed`: where it is known by its shape alone and names no indicator."""

    id: str
    publisher: str = ""
    confidence: float = 1.0
    unnamed: float | None = None

    @property
    def own(self) -> bool:
        return not self.publisher

    def name(self, language: str) -> str:
        """`Kolada, tabell`."""
        return text(f"layouts.{self.id}", language)

    def file(self, name: str, language: str) -> str:
        """`Kolada (filen a.json)`, `egen fil b.xlsx`."""
        return text(f"origins.file.{self.publisher or 'own'}", language, file=name)


_LAYOUTS: Final = (
    FileLayout("vardenisiffror", "vardenisiffror", _BY_HEADERS),
    FileLayout("skr_appendix", "skr", _BY_HEADERS),
    FileLayout("template", "", _BY_HEADERS),
    FileLayout("kolada_json", "kolada", _BY_HEADERS),
    FileLayout("kolada_table", "kolada", _BY_HEADERS),
    FileLayout("vardenisiffror_diagram", "vardenisiffror", _BY_SHAPE, _UNNAMED),
    FileLayout("wide", "", _BY_SHAPE, _UNNAMED),
    FileLayout(MAPPED),
    FileLayout("followup_form"),
    FileLayout("supply_wide"),
    FileLayout("supply_long"),
    FileLayout("care_units"),
    FileLayout("phone_profile"),
)
FILE_LAYOUTS: Final = {each.id: each for each in _LAYOUTS}


def layout_name(layout: str, language: str) -> str:
    """A stored layout in words; one that this release does not know (a store of a later one) by its id."""
    return FILE_LAYOUTS[layout].name(language) if layout in FILE_LAYOUTS else layout


def file_of(file: str, layout: str, language: str) -> str:
    """Whose file, and its name; only its name where the layout is not known."""
    return FILE_LAYOUTS[layout].file(file, language) if layout in FILE_LAYOUTS else file


def publisher_of(layout: str) -> str:
    """Whose table a stored layout is, "" for nobody's but whoever filled it in."""
    return FILE_LAYOUTS[layout].publisher if layout in FILE_LAYOUTS else ""


def is_own(layout: str) -> bool:
    """Whether somebody filled the file in, so that it is not the publisher's own table."""
    return layout in FILE_LAYOUTS and FILE_LAYOUTS[layout].own
