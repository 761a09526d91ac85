"""SKL/SKR "Excelbilaga": long, one row per region and indicator (domain §4B). Headers have trailing blanks, two share a
name and one has none; `Avvikelse riket procent` is a relative change and never a value."""

from typing import Final

from indicators import Catalogue
from loaders.layouts.claims import Reading, Signs
from loaders.layouts.long import LongColumns, read_long, recognise_long
from loaders.tables.document import Document

COLUMNS: Final = LongColumns(
    fields={
        "Indikatornamn": "title",
        "Landsting och regioner": "region_name",
        "Regioner": "region_name",
        "landstingskod": "region_code",
        "regionkod": "region_code",
        "Mätperiod": "period",
        "Värde": "value",
        "Täljare": "numerator",
        "Nämnare": "denominator",
        "Konfidensintervall låg gräns": "ci_low",
        "Konfidensintervall hög gräns": "ci_high",
        "Måttenhet": "unit",
        "Källa": "source",
        "Kommentar": "comment",
    },
    needed=(("title",), ("region_code", "region_name"), ("period",), ("value",)),
    hallmarks=("Indikatornamn",),
    context=(
        "Huvud_ID",
        "Område",
        "Avvikelse riket procent",
        "Önskad riktning värde",
        "Målnivå/er SoS/Kval reg",
        "",
    ),
    publisher="skr",
    blank_by_comment=True,
)
SIGNS: Final[Signs] = {
    "uppgift saknas": ("not_reported", "m"),
    "visas inte pga för få fall": ("confidential", "c"),
    "visas ej pga för få fall": ("confidential", "c"),
    "visas inte på grund av för få fall": ("confidential", "c"),
    "ej tillämpligt": ("not_applicable", "z"),
}


def recognise(document: Document) -> bool:
    return recognise_long(COLUMNS, document)


def read(document: Document, _known: Catalogue) -> Reading:
    return read_long(COLUMNS, document, SIGNS)
