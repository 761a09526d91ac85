"""Vården i siffror "Dataexport": long, one row per figure; the headers of 2019 and of 2025 (domain §4A)."""

from typing import Final

from indicators import Catalogue
from loaders.layouts.claims import Reading, Signs
from loaders.layouts.long import LongColumns, read_long, recognise_long
from loaders.tables.document import Document

COLUMNS: Final = LongColumns(
    fields={
        "Titel": "title",
        "Indikator-Id": "guid",
        "Mätperiod": "period",
        "Länskod": "region_code",
        "Regionskod": "region_code",
        "Regionkod": "region_code",
        "Enhetstyp": "level",
        "Enhetsnamn": "region_name",
        "Ålder": "age",
        "Kön/Totalt": "sex",
        "Kön": "sex",
        "Måttenhet": "unit",
        "Värde": "value",
        "Täljare": "numerator",
        "Nämnare/antal fall": "denominator",
        "Nämnare": "denominator",
        "KI-Låg": "ci_low",
        "KI-Hög": "ci_high",
        "Register/källa": "source",
        "Källa": "source",
        "Kommentar": "comment",
    },
    needed=(("title", "guid"), ("region_code", "region_name"), ("period",), ("value",)),
    hallmarks=("Indikator-Id", "Diagramrubrik", "Enhetstyp", "Enhetsnamn", "Kön/Totalt", "Register/källa"),
    # The row's context, found again through the figure's cell address: never values of their own.
    context=(
        "Datum och tid för uttag",
        "Diagramrubrik",
        "Enhetskod",
        "Täckningsgrad i %",
        "Bortfall i %",
        "Önskat värde",
        "Högsta målnivå",
        "Utgivare målnivå",
        "Område",
    ),
    publisher="vardenisiffror",
)
SIGNS: Final[Signs] = {"unk": ("missing", "m"), "msk": ("masked", "c"), "inv": ("invalid", "m")}


def recognise(document: Document) -> bool:
    return recognise_long(COLUMNS, document)


def read(document: Document, _known: Catalogue) -> Reading:
    return read_long(COLUMNS, document, SIGNS)
