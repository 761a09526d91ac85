"""Files of records rather than figures: unit lists, supply of e-services, calls by hour, replies to audits."""

from typing import TYPE_CHECKING

from locales.on_demand import on_demand

if TYPE_CHECKING:
    from loaders.records.layouts import RECORD_LAYOUTS, record_layouts_of
    from loaders.records.reading import RecordLayout, RecordReading
else:
    # Each kind's layout reads with this package, and this package lists each kind's layout.
    __getattr__ = on_demand(__name__, __file__)

__all__ = ["RECORD_LAYOUTS", "RecordLayout", "RecordReading", "record_layouts_of"]
