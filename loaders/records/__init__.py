"""Files of records rather than figures: unit lists, supply of e-services, calls by hour, replies to audits."""

from loaders.records.check import check_records
from loaders.records.layouts import RECORD_LAYOUTS, record_layouts_of
from loaders.records.reading import RecordLayout, RecordReading

__all__ = ["RECORD_LAYOUTS", "RecordLayout", "RecordReading", "check_records", "record_layouts_of"]
