"""Vården i siffror, a chart's data: first column `Category` = periods, then one column per region and `Alla regioner`
(domain §4C). The export does not always say which indicator it is; then it is refused with what to add."""

from typing import Final

from indicators import Catalogue, tidy_name
from loaders.layouts.claims import Reading
from loaders.layouts.wide import read_tables
from loaders.tables.document import Document, Sheet

_FIRST: Final = ("category", "kategori")
_NATIONS: Final = frozenset({"alla regioner"})
_HEADER_WITHIN: Final = 30


def _has_category(sheet: Sheet) -> bool:
    return any(tidy_name(next(filter(None, texts), "")) in _FIRST for _, texts in sheet.top(_HEADER_WITHIN))


def recognise(document: Document) -> bool:
    return any(_has_category(sheet) for sheet in document.sheets)


def read(document: Document, known: Catalogue) -> Reading:
    return read_tables(document, known, _NATIONS)
