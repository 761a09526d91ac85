"""The layouts of records, each recognised by its headers before any layout of figures is tried."""

from typing import Final

from indicators import catalogue
from loaders.records.followup import LAYOUT as FOLLOWUP_FORM
from loaders.records.phone import LAYOUT as PHONE_PROFILE
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


RECORD_LAYOUTS: Final[dict[str, RecordLayout]] = {
    "followup_form": FOLLOWUP_FORM,
    **{name: _layout(shape) for name, shape in _SHAPES.items()},
    "phone_profile": PHONE_PROFILE,
}
"""The extension point; the order is that of recognition."""


def record_layouts_of(document: Document) -> tuple[str, ...]:
    """The keys of the record layouts whose headers the document has; the first is the one it is read by."""
    return tuple(name for name, layout in RECORD_LAYOUTS.items() if layout.recognise(document))
