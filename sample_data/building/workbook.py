"""A workbook in our own template layout whose bytes are the same at every rebuild."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import canonicalize

from openpyxl import Workbook

from indicators.template import TEMPLATE_COLUMNS, TEMPLATE_SHEET
from sample_data.building.figures import Figure

ABOUT_SHEET: Final = "Om filen"
WRITTEN: Final = datetime(2026, 11, 22)  # a fixed day: openpyxl and zip would else write the clock's
ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
WIDTHS: Final = {"Indikator": 32, "Region": 22, "Källa": 60, "Kommentar": 60}

ABOUT: Final = (
    "Verkliga värden om 1177: nöjd kund-index, användning och svarstider.",
    "Varje rad anger sin källa med titel och adress. Värdena är enstaka och kommer från pressmeddelanden, nyheter och "
    "rapporter; någon samlad öppen statistik finns inte.",
    "Bara värden med daterad period finns med, och inga som i källan är ungefärliga. Rader som lämnats utanför listas "
    "i sample_data/README.md.",
    "Väntetider står i sekunder.",
)


def figures_workbook(figures: Sequence[Figure]) -> bytes:
    """Sheet `Data` (the template's columns, one figure a row) and a sheet that says what the file is."""
    book = Workbook()
    data = book.active
    data.title = TEMPLATE_SHEET
    data.append([column.header for column in TEMPLATE_COLUMNS])
    for figure in figures:
        data.append([template_cell(figure, column.field) for column in TEMPLATE_COLUMNS])
    data.freeze_panes = "A2"
    for index, column in enumerate(TEMPLATE_COLUMNS):
        data.column_dimensions["ABCDEFGHIJKL"[index]].width = WIDTHS.get(column.header, 14)
    about = book.create_sheet(ABOUT_SHEET)
    about.column_dimensions["A"].width = 120
    for line in ABOUT:
        about.append([line])
    return same_bytes(book)


def template_cell(figure: Figure, field: str) -> str | float | int | None:
    if field == "sex":
        return "T"
    value: str | float | int | None = getattr(figure, field, None)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def same_bytes(book: Workbook) -> bytes:
    """The workbook with fixed dates and uncompressed parts, so that neither clock, zlib nor lxml shows."""
    book.properties.creator = "Regionjämförelsen 1177"
    book.properties.created = WRITTEN
    written = io.BytesIO()
    book.save(written)
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as out:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-11-22T00:00:00Z", content)
            # openpyxl writes the same XML otherwise where lxml is installed: both become the same canonical form.
            content = canonicalize(content.decode()).encode()
            entry = zipfile.ZipInfo(part.filename, ZIP_EPOCH)
            entry.create_system = 3  # unix, also where the script runs on another system
            out.writestr(entry, content)
    return fixed.getvalue()
