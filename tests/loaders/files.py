"""Small files in the publishers' layouts, made by the tests themselves: the project does not need the real excerpts."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

VIS_2019 = (
    "Datum och tid för uttag;Register/källa;Titel;Diagramrubrik;Indikator-Id;Mätperiod;Länskod;Enhetskod;Enhetstyp;"
    "Enhetsnamn;Ålder;Kön/Totalt;Måttenhet;Värde;Täljare;Nämnare/antal fall;KI-Låg;KI-Hög;Täckningsgrad i %;"
    "Bortfall i %;Önskat värde;Högsta målnivå;Utgivare målnivå;Område"
)
TRUST = "fa71c2b4-a471-4950-8ac7-c1195b31f76a"  # Stort förtroende för vårdcentraler, Totalt
PHONE = "43f08212-9015-4369-a7ac-9dfd9ed939af"  # Primärvårdens tillgänglighet per telefon
SKR = (
    "Huvud_ID;Område ;Indikatornamn;Landsting och regioner;landstingskod;Mätperiod;Värde;Täljare;Nämnare;"
    "Konfidensintervall låg gräns;Konfidensintervall hög gräns;Avvikelse riket procent ;Avvikelse riket procent ;;"
    "Måttenhet ;Önskad riktning värde ;Målnivå/er SoS/Kval reg;Källa;Kommentar "
)
TEMPLATE = "Indikator;Region;Period;Kön;Värde;Täljare;Nämnare;Antal svar;Undre gräns;Övre gräns;Källa;Kommentar"

_VIS_ROW: dict[str, str] = {
    "Datum och tid för uttag": "2019-03-27 13:24:46", "Register/källa": "Vårdbarometern",
    "Titel": "Stort förtroende för vårdcentraler", "Diagramrubrik": "Andel", "Indikator-Id": TRUST, "Mätperiod": "2015",
    "Länskod": "1", "Enhetskod": "1", "Enhetstyp": "Län", "Enhetsnamn": "Stockholms län", "Ålder": "Alla",
    "Kön/Totalt": "Totalt", "Måttenhet": "%", "Värde": "63,5", "Täljare": "4846", "Nämnare/antal fall": "7604",
    "KI-Låg": "62,4", "KI-Hög": "64,7", "Täckningsgrad i %": "0", "Bortfall i %": "-", "Önskat värde": "Högt",
    "Högsta målnivå": "-", "Utgivare målnivå": "-", "Område": "Patientfokuserad",
}  # fmt: skip


def vis_line(**changes: str) -> str:
    """A row of the 2019 layout; changes are named by their header without blanks and signs: `Mätperiod`, `Kön`."""
    row = dict(_VIS_ROW)
    for name, value in changes.items():
        row[next(header for header in row if header.split("/")[0].replace("-", "_") == name)] = value
    return ";".join(row.values())


def vis(*rows: Mapping[str, str]) -> str:
    return "\r\n".join([VIS_2019, *(vis_line(**row) for row in rows), ""])


def template(*rows: str) -> str:
    return "\n".join([TEMPLATE, *rows, ""])


def csv_bytes(text: str, encoding: str = "utf-8-sig") -> bytes:
    return text.encode(encoding)


def workbook(rows: Sequence[Sequence[Any]], sheet: str = "Data", formats: Mapping[str, str] | None = None) -> Workbook:
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for place, code in (formats or {}).items():
        page[place].number_format = code
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(text: str, sheet: str = "Data") -> bytes:
    """The same table as a workbook of text cells."""
    return saved(workbook([[cell or None for cell in line.split(";")] for line in text.splitlines()], sheet))


def with_part(content: bytes, name: str, change: Any) -> bytes:
    """The zip with one part's bytes changed by `change(old)`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if entry.filename == name else data)
    return out.getvalue()


def with_more(content: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()
