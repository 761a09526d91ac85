"""The reply form as a Word document: one table per recommendation, the status as a drop-down list, days as day fields.

The loader reads the same tables back by the same names and keys (indicators/followup_form.py).
"""

import io
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from analysis.followup import FollowedAudit, FollowedRecommendation
from exports.followup.form import asked_of, facts_of, steps
from indicators.followup_form import DAYS, FORM_FIELDS
from locales import text
from models.records import REPLY_STATUSES

_NAMES, _ANSWERS = Cm(6), Cm(19)
_GREY: Final = "EEF1F4"
_PROMPT: Final = "Placeholder Text"
_LANGUAGES: Final = {"sv": "sv-SE", "en": "en-GB"}


def followup_form_docx(audit: FollowedAudit, language: str) -> bytes:
    """An empty form for one audit's recommendations, which stand verbatim in their own language."""
    document = Document()
    title = text("followup_form.title", language, title=audit.title)
    document.core_properties.title = title
    document.core_properties.author = text("exports.product", language)
    document.core_properties.language = _LANGUAGES[language]
    _page(document)
    document.add_heading(title, level=1)
    for name, words in facts_of(audit, language):
        line = document.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(words)
    document.add_heading(text("followup_form.instructions", language), level=2)
    for words in steps(language, "docx"):
        document.add_paragraph(words, style="List Number")
    for one in audit.recommendations:
        document.add_heading(text("followup_form.block", language, number=one.number), level=2)
        _table(document, one, language)
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2.2)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    # The name Word knows: what is typed over a prompt does not inherit its grey.
    document.styles.add_style(_PROMPT, WD_STYLE_TYPE.CHARACTER).font.color.rgb = RGBColor(0x5B, 0x66, 0x72)


def _table(document: Any, one: FollowedRecommendation, language: str) -> None:
    """One block: name | answer; a table's rows are known by their names."""
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, (_NAMES, _ANSWERS), strict=True):
        column.width = width  # Word believes the cells, LibreOffice the columns
    for name, words in asked_of(one, language):
        cells = _row(table, name)
        cells[1].text = words
        for cell in cells:
            _shade(cell)
    for field in FORM_FIELDS:
        cells = _row(table, text(f"followup_form.fields.{field}", language))
        guide = cells[0].add_paragraph()
        said = guide.add_run(text(f"followup_form.help.{field}", language))
        said.font.size, said.font.color.rgb = Pt(9), RGBColor(0x4A, 0x56, 0x63)
        cells[1].paragraphs[0]._p.append(_control(field, language))


def _row(table: Any, name: str) -> Any:
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, width in zip(row.cells, (_NAMES, _ANSWERS), strict=True):
        cell.width = width
    row.cells[0].paragraphs[0].add_run(name).bold = True
    return row.cells


def _shade(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{_GREY}"/>')
    )


def _control(field: str, language: str) -> Any:
    """An empty content control that shows its prompt: a list, a day, or a text of several lines."""
    kind = "day" if field in DAYS else "status" if field == "status" else "text"
    control = OxmlElement("w:sdt")
    properties, content = OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    control.append(properties)
    control.append(content)
    _with(properties, "w:alias", text(f"followup_form.fields.{field}", language))
    _with(properties, "w:tag", field)
    properties.append(OxmlElement("w:showingPlcHdr"))
    properties.append({"day": _day, "status": _choices, "text": _lines}[kind](language))
    run, said = OxmlElement("w:r"), OxmlElement("w:t")
    said.text = text(f"followup_form.prompt.{kind}", language)
    look = OxmlElement("w:rPr")
    _with(look, "w:rStyle", _PROMPT.replace(" ", ""))
    run.append(look)
    run.append(said)
    content.append(run)
    return control


def _choices(language: str) -> Any:
    found = OxmlElement("w:dropDownList")
    for one in REPLY_STATUSES:
        words = text(f"followup_form.statuses.{one}", language)
        item = OxmlElement("w:listItem")
        item.set(qn("w:displayText"), words)
        item.set(qn("w:value"), words)
        found.append(item)
    return found


def _day(language: str) -> Any:
    found = OxmlElement("w:date")
    _with(found, "w:dateFormat", "yyyy-MM-dd")
    _with(found, "w:lid", _LANGUAGES[language])
    _with(found, "w:storeMappedDataAs", "dateTime")
    _with(found, "w:calendar", "gregorian")
    return found


def _lines(_language: str) -> Any:
    return OxmlElement("w:richText")  # LibreOffice 7.4 loses the line breaks of a plain one


def _with(parent: Any, tag: str, value: str) -> None:
    child = OxmlElement(tag)
    child.set(qn("w:val"), value)
    parent.append(child)
