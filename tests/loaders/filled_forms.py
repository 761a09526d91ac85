"""Reply forms filled in as a board would, with the libraries boards' programs are built on. The answers are made up."""

import io
from collections.abc import Mapping
from datetime import date

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run
from openpyxl import load_workbook

from indicators.followup_form import DAYS, FORM_FIELDS
from locales import text

FIRST = {
    "measures_taken": "SYNTETISKT EXEMPEL: uppföljning per hälsocentral införd.\nRedovisas varje tertial.",
    "measures_planned": "Utökad redovisning per e-tjänst.",
    "link": "Svarar mot uppföljningen av enskilda verksamheters utbud.",
    "time_plan": "Under våren 2022.",
    "due": "2022-06-30",
    "how": "Genom förvaltningens ordinarie uppföljning.",
    "responsible": "Hälso- och sjukvårdsdirektören",
    "reason_none": "",
    "status": "partly",
    "replied": "2021-10-04",
}
SECOND = {
    **dict.fromkeys(FIRST, ""),
    "reason_none": "Styrelsen bedömer att befintliga mål räcker.",
    "status": "rejected",
    "replied": "2021-10-04",
}
ANSWERS = {1: FIRST, 2: SECOND}
Answers = Mapping[int, Mapping[str, str]]


def printed(field: str, said: str, language: str = "sv") -> str:
    return text(f"followup_form.statuses.{said}", language) if field == "status" and said else said


def fields_at(sheet) -> dict[tuple[int, str], int]:
    """(number, field) → the row of an Excel form, found by the words it prints."""
    names = {text(f"followup_form.fields.{name}", language): name for name in FORM_FIELDS for language in ("sv", "en")}
    found, number = {}, 0
    for row in range(1, sheet.max_row + 1):
        key = str(sheet.cell(row, 2).value or "")
        if key.startswith("uppfoljning/"):
            number = int(key.rsplit("/", 1)[1])
        elif number and sheet.cell(row, 1).value in names:
            found[number, names[sheet.cell(row, 1).value]] = row
    return found


def filled_xlsx(form: bytes, answers: Answers = ANSWERS, *, language: str = "sv", days: bool = True) -> bytes:
    """`days`: days are typed as Excel's own dates, else as text."""
    book = load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    for (number, field), row in fields_at(sheet).items():
        said = printed(field, answers.get(number, {}).get(field, ""), language)
        if said:
            is_day = days and field in DAYS and said[:4].isdecimal()
            sheet.cell(row, 2).value = date.fromisoformat(said) if is_day else said
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def filled_docx(form: bytes, answers: Answers = ANSWERS, *, language: str = "sv") -> bytes:
    document = Document(io.BytesIO(form))
    names = {text(f"followup_form.fields.{name}", language): name for name in FORM_FIELDS}
    for table in document.tables:
        number = int(table.rows[0].cells[1].text.rsplit("/", 1)[1])
        for row in table.rows:
            field = names.get(row.cells[0].paragraphs[0].text)
            said = printed(field, answers.get(number, {}).get(field, ""), language) if field else ""
            if said:
                row.cells[1].text = said
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def typed_docx(form: bytes, answers: Answers = ANSWERS, *, language: str = "sv") -> bytes:
    """As Word leaves it: the answer inside its content control, which no longer shows its prompt."""
    document = Document(io.BytesIO(form))
    for table in document.tables:
        number = int(table.rows[0].cells[1].text.rsplit("/", 1)[1])
        for control in table._tbl.iter(qn("w:sdt")):
            properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
            field = properties.find(qn("w:tag")).get(qn("w:val"))
            said = printed(field, answers.get(number, {}).get(field, ""), language)
            if not said:
                continue
            properties.remove(properties.find(qn("w:showingPlcHdr")))
            if field in DAYS:
                properties.find(qn("w:date")).set(qn("w:fullDate"), f"{said}T00:00:00Z")
            content.clear()
            run = Run(OxmlElement("w:r"), None)
            run.text = said  # a line feed becomes w:br
            content.append(run._r)
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()
