"""The layouts of supply: a unit list, supply wide (a column per service) and long (a row per service)."""

from typing import Final

from indicators import catalogue
from loaders.records.reading import RecordLayout
from loaders.records.supply.heads import shape_of
from loaders.records.supply.plan import LONG, UNITS, WIDE
from loaders.records.supply.read import read_supply
from loaders.tables.document import Document

_SHAPES: Final = {"supply_wide": WIDE, "supply_long": LONG, "care_units": UNITS}


def _layout(shape: str) -> RecordLayout:
    def recognise(document: Document) -> bool:
        return shape_of(document, catalogue()) == shape

    return RecordLayout(recognise, read_supply, units=True)


SUPPLY_LAYOUTS: Final = {name: _layout(shape) for name, shape in _SHAPES.items()}
