"""The layouts of records, each recognised by its headers before any layout of figures is tried."""

from typing import Final

from loaders.records.followup import LAYOUT as FOLLOWUP_FORM
from loaders.records.phone import LAYOUT as PHONE_PROFILE
from loaders.records.reading import RecordLayout
from loaders.records.supply.layouts import SUPPLY_LAYOUTS
from loaders.tables.document import Document

RECORD_LAYOUTS: Final[dict[str, RecordLayout]] = {
    "followup_form": FOLLOWUP_FORM,
    **SUPPLY_LAYOUTS,
    "phone_profile": PHONE_PROFILE,
}
"""The extension point; the order is that of recognition."""


def record_layouts_of(document: Document) -> tuple[str, ...]:
    """The keys of the record layouts whose headers the document has; the first is the one it is read by."""
    return tuple(name for name, layout in RECORD_LAYOUTS.items() if layout.recognise(document))
