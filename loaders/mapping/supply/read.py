"""A file of supply read as a person has said: the same judging as that of the known layouts."""

from indicators import Catalogue
from loaders.mapping.spec import SupplySpec
from loaders.mapping.supply.places import planned_by
from loaders.records.reading import RecordReading
from loaders.records.supply.read import read_planned
from loaders.tables.document import Document
from models import Store


def read_mapped_supply(document: Document, spec: SupplySpec, known: Catalogue, store: Store | None) -> RecordReading:
    """The records of every sheet that has the mapping's headers."""
    return read_planned(document, planned_by(document, spec, known), known, store)
