"""Our own template (indicators/template.py): the sheet "Data" of the workbook we hand out, or its headers as csv."""

from typing import Final

from indicators import Catalogue
from indicators.template import TEMPLATE_COLUMNS
from loaders.layouts.claims import Reading, Signs
from loaders.layouts.long import LongColumns, read_long, recognise_long
from loaders.tables.document import Document

_FIELD_OF: Final = {"indicator": "title", "region": "region_name"}
COLUMNS: Final = LongColumns(
    fields={column.header: _FIELD_OF.get(column.field, column.field) for column in TEMPLATE_COLUMNS},
    needed=tuple((_FIELD_OF.get(column.field, column.field),) for column in TEMPLATE_COLUMNS if column.required),
    hallmarks=tuple(column.header for column in TEMPLATE_COLUMNS if column.field == "indicator"),
    blank_sex_is_total=True,
    other_sheets_are_help=True,
)
SIGNS: Final[Signs] = {
    "-": ("not_reported", "m"),
    "–": ("not_reported", "m"),
    ".": ("not_applicable", "z"),
    "..": ("confidential", "c"),
    "saknas": ("missing", "m"),
    "uppgift saknas": ("missing", "m"),
}


def recognise(document: Document) -> bool:
    return recognise_long(COLUMNS, document)


def read(document: Document, _known: Catalogue) -> Reading:
    return read_long(COLUMNS, document, SIGNS)
