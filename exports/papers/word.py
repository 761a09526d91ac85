"""A paper as a Word document, for a case file: headings, tables whose header rows repeat, pictures with alt text."""

import io
from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from charts.judgement_marks import LOOKS
from exports.papers.drawn import drawn
from exports.papers.imprint import Imprint, imprint
from exports.papers.pdf import leads, moved
from exports.pictures import as_png
from exports.safety import printable
from locales import text
from views.papers import Paper
from views.papers.blocks import (
    Across,
    Asked,
    Block,
    Grid,
    Items,
    Leads,
    Measures,
    OnOneScale,
    OverTime,
    Questions,
    Said,
)
from views.parts import Cell, Verdict
from views.profile import Row

LANGUAGES: Final = {"sv": "sv-SE", "en": "en-GB"}
_WIDTH: Final = 17.4
"""Centimetres between the margins."""
_MUTED, _DEEP, _RED = RGBColor(0x50, 0x60, 0x70), RGBColor(0x0E, 0x3A, 0x5C), RGBColor(0xA3, 0x00, 0x2B)
_IN_WORDS: Final = (0, 1, 3, 4, 5, 6, 7, 8)
"""The columns of a table of measures that are words: the pictures have a table's room in the PDF alone."""
_SCALE_WIDTHS: Final = {"name": 1.6, "shown": 0.9, "verdict": 1.5, "difference": 2.1, "place": 1, "since_last": 1.5}


def paper_docx(paper: Paper, data_version: int, link: str) -> bytes:
    """The document of a paper; `link` as paper_file."""
    document, own = Document(), imprint(paper, data_version, link)
    _set_up(document, paper, own)
    if own.synthetic:
        _said(document, own.synthetic, bold=True, colour=_RED)
    _said(document, own.kicker, size=9, colour=_MUTED)
    document.add_heading(printable(paper.name), level=1)
    for said in paper.lead:
        _said(document, said, size=12)
    if paper.survey:
        _said(document, paper.survey, size=9, colour=_MUTED)
    for section in paper.sections:
        if section.page:
            document.add_page_break()  # type: ignore[no-untyped-call]
        if section.title:
            document.add_heading(printable(section.title), level=2)
        leading = leads(section.blocks)
        for at, block in enumerate(section.blocks):
            _block(document, block, paper.language)
            if at in leading:
                document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_heading(own.heading, level=2)
    for said in own.cite:
        _said(document, said, size=9)
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def _set_up(document: Any, paper: Paper, own: Imprint) -> None:
    """A4, the styles, the language of the document, and on every page what it is and which page."""
    properties, section = document.core_properties, document.sections[0]
    properties.title, properties.author = printable(paper.title), text("ui.product", paper.language)
    properties.language, properties.subject, properties.comments = LANGUAGES[paper.language], own.kicker, own.foot
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    for level, size in ((1, 22), (2, 14), (3, 11)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = "Cambria", Pt(size), _DEEP
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    language = document.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), LANGUAGES[paper.language])
    section.header.paragraphs[0].text = printable(paper.title)
    foot = section.footer.paragraphs[0]
    foot.text = f"{own.foot} · "
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    for paragraph in (section.header.paragraphs[0], foot):
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(8), _MUTED


def _said(
    document: Any, said: str, *, size: float = 10.5, bold: bool = False, colour: RGBColor | None = None, style: str = ""
) -> Any:
    paragraph = document.add_paragraph(style=style or None)
    run = paragraph.add_run(printable(said))
    run.bold, run.font.size = bold, Pt(size)
    if colour is not None:
        run.font.color.rgb = colour
    return paragraph


def _block(document: Any, one: Block, language: str) -> None:
    match one:
        case Said():
            look = {
                "lead": {"size": 12},
                "note": {"size": 9, "colour": _MUTED},
                "small": {"size": 8, "colour": _MUTED},
            }.get(one.look, {})
            if one.look == "strong":
                document.add_heading(printable(one.words), level=3)
            else:
                _said(document, one.words, **look)  # type: ignore[arg-type]
        case Items():
            for words in one.words:
                _said(document, words, style="List Bullet")
        case Leads():
            _table(document, *leads_table(one, language), (1.6, 0.9, 1.3, 3))
        case Measures():
            _table(document, *measures_table(one, language), (1.7, 0.95, 1.35, 1.15, 1.1, 1.25, 1.25, 1.45))
        case Grid():
            _table(document, one.heads, one.rows, one.wide)
        case Across() | OverTime():
            _chart(document, one, language)
        case OnOneScale():
            _chart(document, one.across, language)
            _table(document, *scale_table(one), scale_widths(one))
        case Asked():
            for each in one.recommendations:
                document.add_heading(each.heading, level=3)
                _said(document, each.said)
                _said(document, each.to, size=9, colour=_MUTED)
                if each.stands:
                    _said(document, each.stands, bold=True)
                for name, words in each.reply:
                    _said(document, f"{name}: {words}")
        case Questions():
            for question in one.questions:
                document.add_heading(question.title, level=3)
                for said in question.said:
                    _said(document, said, size=9)


def leads_table(one: Leads, language: str) -> tuple[Sequence[str], list[tuple[str | Cell, ...]]]:
    """The lead cards as heads and rows: measure, value with unit, judgement, what stands beside."""
    names = ("profile.table.measure", "profile.columns.value", "profile.columns.judgement", "papers.beside")
    heads = [text(name, language) for name in names]
    rows: list[tuple[str | Cell, ...]] = [
        (card.title, f"{card.value} {card.unit}".strip(), _verdict(card.verdict), "; ".join(card.beside))
        for card in one.cards
    ]
    return heads, rows


def measures_table(one: Measures, language: str) -> tuple[Sequence[str], list[tuple[str | Cell, ...]]]:
    """A region's measures as heads and rows, the columns that are words."""
    return [one.heads[at] for at in _IN_WORDS], [_row(row, language) for row in one.rows]


def scale_table(one: OnOneScale) -> tuple[Sequence[str], list[tuple[str | Cell, ...]]]:
    """The regions of a measure as heads and rows of words."""
    names = [name for name, _ in one.reading.columns]
    return [head for _, head in one.reading.columns], [
        tuple(getattr(row, name) for name in names) for row in one.reading.rows
    ]


def scale_widths(one: OnOneScale) -> Sequence[float]:
    """The parts of the width of its columns."""
    return [_SCALE_WIDTHS[name] for name, _ in one.reading.columns]


def _row(row: Row, language: str) -> tuple[str | Cell, ...]:
    since = (moved(each, language) for each in (row.since_last, row.since_pandemic, row.since_audit))
    verdict = _verdict(row.cell.verdict)
    return (f"{row.title} {row.period}", row.cell.value, verdict, row.difference, row.place, *since)


def _verdict(one: Verdict) -> str:
    return f"{one.symbol} {one.word}"


def _table(document: Any, heads: Sequence[str], rows: Sequence[Sequence[str | Cell]], wide: Sequence[float]) -> None:
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    widths = [Cm(_WIDTH * part / sum(wide)) for part in wide]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _filled(table.rows[0], heads, widths, bold=True)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    for row in rows:
        _filled(table.add_row(), row, widths)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _filled(row: Any, cells: Sequence[str | Cell], widths: Sequence[Any], *, bold: bool = False) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for at, (cell, held, width) in enumerate(zip(row.cells, cells, widths, strict=True)):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        told = held if isinstance(held, str) else f"{held.value}\n{_verdict(held.verdict)}"
        run = paragraph.add_run(printable(told))
        run.font.size, run.bold = Pt(8.5), bold or at == 0
        if isinstance(held, Cell):
            fill = LOOKS[held.verdict.judgement].fill.removeprefix("#")
            shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'
            cell._tc.get_or_add_tcPr().append(parse_xml(shade))


def _chart(document: Any, one: Across | OverTime, language: str) -> None:
    heading = _said(document, one.finding, bold=True)
    heading.paragraph_format.keep_with_next = True
    _said(document, one.title, size=9, colour=_MUTED).paragraph_format.keep_with_next = True
    shape = document.add_picture(io.BytesIO(as_png(drawn(one, language, 480))), width=Cm(13))
    about = shape._inline.docPr
    about.set("descr", printable(one.said))
    about.set("title", printable(one.title))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _said(document, text("papers.source", language, source=one.source), size=8.5, colour=_MUTED)
