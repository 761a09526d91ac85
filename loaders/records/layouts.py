"""The layouts of records, each recognised by its headers before any layout of figures is tried."""

from typing import Final

from loaders.followup import LAYOUT as FOLLOWUP_FORM
from loaders.formats.document import Document
from loaders.phone import LAYOUT as PHONE_PROFILE
from loaders.records.reading import RecordLayout
from loaders.supply.layouts import SUPPLY_LAYOUTS

RECORD_LAYOUTS: Final[dict[str, RecordLayout]] = {
    "followup_form": FOLLOWUP_FORM,
    **SUPPLY_LAYOUTS,
    "phone_profile": PHONE_PROFILE,
}
"""The extension point; the order is that of recognition."""


def record_layouts_of(document: Document) -> tuple[str, ...]:
    """The keys of the record layouts whose headers the document has; the first is the one it is read by."""
    return tuple(name for name, layout in RECORD_LAYOUTS.items() if layout.recognise(document))
