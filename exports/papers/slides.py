"""A paper as slides: one finding each, charts and tables that can be edited, the longer text in the notes."""

import io
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, floor
from typing import Any, Final

import polars as pl
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from charts.judgement_marks import LOOKS
from exports.papers.imprint import Imprint, imprint
from exports.papers.word import LANGUAGES, leads_table, measures_table, scale_table, scale_widths
from exports.safety import printable
from indicators import NATION, catalogue, period_label
from locales import text
from views.papers import Paper
from views.papers.blocks import (
    Across,
    Asked,
    Bar,
    Block,
    Grid,
    Items,
    Leads,
    Measures,
    OnOneScale,
    OverTime,
    Questions,
    Said,
    Section,
)
from views.parts import Cell

_WIDE, _HIGH, _EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
_TOP, _FOOT = Inches(1.55), Inches(6.95)
_INSIDE: Final = _WIDE - 2 * _EDGE
_INK, _MUTED, _DEEP, _RED, _GREY, _LINE, _WHITE = (
    RGBColor.from_string(one) for one in ("16222E", "506070", "0E3A5C", "A3002B", "9AA7B2", "DBE2E8", "FFFFFF")
)
_LETTERS, _LINES, _BETWEEN = 150, 24.0, 0.6
"""Of a table on a slide: letters of 11 points in its width, lines in its height, and of those between two rows."""
_FEW_LETTERS: Final = 400
"""Of a section of words, as many as may share a slide with others."""
_SHOWN: Final = (Across, OnOneScale, OverTime, Leads, Measures, Grid, Asked)
_CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def paper_pptx(paper: Paper, data_version: int, link: str) -> bytes:
    """The slides of a paper; `link` as paper_file."""
    own, deck = imprint(paper, data_version, link), Presentation()
    deck.slide_width, deck.slide_height = _WIDE, _HIGH
    properties = deck.core_properties
    properties.title, properties.author = printable(paper.title), text("ui.product", paper.language)
    properties.language, properties.subject, properties.comments = LANGUAGES[paper.language], own.kicker, own.foot
    slides = _Slides(deck, paper, own)
    slides.first()
    for section in paper.sections:
        slides.section(section)
    slides.last()
    _in_language(deck, LANGUAGES[paper.language])
    into = io.BytesIO()
    deck.save(into)
    return into.getvalue()


class _Slides:
    def __init__(self, deck: Any, paper: Paper, own: Imprint) -> None:
        self.deck, self.paper, self.own = deck, paper, own
        self.method: list[str] = []
        self.alone: list[tuple[str, list[str]]] = []
        self.begun = False

    def first(self) -> None:
        """What the paper is about, and what it has found."""
        slide = self._slide(self.paper.name, "", [self.paper.survey])
        _text(slide, self.own.kicker, _EDGE, Inches(0.3), _INSIDE, size=12, colour=_MUTED)
        _text(slide, "\n".join(self.paper.lead), _EDGE, Inches(1.9), _INSIDE, size=22, high=Inches(4))

    def last(self) -> None:
        """The sections of words alone; how it is judged, cited and checked."""
        many = [one for one in self.alone if sum(map(len, one[1])) > _FEW_LETTERS]
        few = [one for one in self.alone if one not in many]
        if few:
            slide = self._slide(" · ".join(filter(None, (title for title, _ in few))), "", [])
            told = [f"{title}: {' '.join(said)}" if title else " ".join(said) for title, said in few]
            _text(slide, "\n".join(told), _EDGE, _TOP, _INSIDE, size=18, high=Inches(5))
        for title, said in many:
            self._words(title, said)
        slide = self._slide(self.own.heading, "", self.method)
        _text(slide, "\n".join(self.own.cite), _EDGE, _TOP, _INSIDE, size=16, high=Inches(3))

    def _words(self, title: str, said: Sequence[str]) -> None:
        slide = self._slide(title or self.paper.name, "", [])
        _text(
            slide,
            "\n".join(said),
            _EDGE,
            _TOP,
            _INSIDE,
            size=15 if sum(map(len, said)) > _FEW_LETTERS else 18,
            high=Inches(5),
        )

    def section(self, section: Section) -> None:
        """Its charts and tables a slide each, with its sentences in the notes of the first. What is said in words
        alone before any has a slide of its own; later ones share the last, where they are short."""
        said = [words for block in section.blocks for words in _words(block)]
        shown = [block for block in section.blocks if isinstance(block, _SHOWN)]
        if (section.blocks and isinstance(section.blocks[-1], Questions)) or self._sources(section):
            self.method += [section.title, *said, *_cells(shown)]
            return
        if not shown and self.begun:
            self.alone.append((section.title, said))
            return
        if not shown:
            self._words(section.title, said)
        self.begun = True
        for at, block in enumerate(shown):
            self._shown(block, section, said if at == 0 else [])

    def _sources(self, section: Section) -> bool:
        return section.title == text("papers.origins", self.paper.language)

    def _shown(self, block: Block, section: Section, notes: Sequence[str]) -> None:
        language, name = self.paper.language, section.title or self.paper.name
        match block:
            case Across() | OverTime():
                source = text("papers.source", language, source=block.source)
                named = f"{catalogue().regions[block.region].short_name}: " if isinstance(block, OverTime) else ""
                slide = self._slide(named + block.finding, f"{block.title}. {source}", [block.said, *notes])
                frame = _across(slide, block) if isinstance(block, Across) else _over_time(slide, block, language)
                _described(frame, block.title, block.said)
            case OnOneScale():
                self._shown(block.across, section, notes)
                title = block.across.title
                self._tables(title, title, *scale_table(block), scale_widths(block), ())
            case Leads():
                self._tables(
                    section.title or block.caption, block.caption, *leads_table(block, language), (2, 1, 1.2, 4), notes
                )
            case Measures():
                wide = (2.6, 0.8, 1.6, 0.9, 1.2, 1.6, 1.6, 1.6)
                self._tables(_both(name, block.caption), block.caption, *measures_table(block, language), wide, notes)
            case Grid():
                self._tables(_both(name, block.caption), block.caption, block.heads, block.rows, block.wide, notes)
            case Asked():
                columns = (
                    ("number", "said", "stands")
                    if any(one.stands for one in block.recommendations)
                    else ("number", "said")
                )
                heads = [text(f"papers.asked.{one}", language) for one in columns]
                rows = [tuple(str(getattr(one, name)) for name in columns) for one in block.recommendations]
                told = [f"{one.heading}. {one.to}" for one in block.recommendations]
                told += [f"{head}: {words}" for one in block.recommendations for head, words in one.reply]
                self._tables(name, name, heads, rows, (0.6, 8, 2.4)[: len(columns)], [*notes, *told])

    def _tables(
        self,
        title: str,
        caption: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str | Cell]],
        wide: Sequence[float],
        notes: Sequence[str],
    ) -> None:
        """The rows on as many slides as they need."""
        for at, held in enumerate(_slides_of(rows, wide)):
            slide = self._slide(title, "", notes if at == 0 else ())
            _described(_table(slide, heads, held, wide), caption, caption)

    def _slide(self, title: str, source: str, notes: Sequence[str]) -> Any:
        """A slide with its finding as title, its source, what the paper is, and that figures are made up."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[5])
        head = slide.shapes.title
        head.left, head.top, head.width, head.height = _EDGE, Inches(0.55), _INSIDE, Inches(0.95)
        head.text_frame.text, head.text_frame.word_wrap = printable(title), True
        head.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        head.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        _set(head.text_frame, 26 if len(title) < 90 else 20, _DEEP, bold=True, font="Cambria")
        foot = " · ".join(filter(None, (source, self.own.foot)))
        _text(slide, foot, _EDGE, _FOOT, _INSIDE, size=10, colour=_MUTED)
        if self.own.synthetic:
            _text(slide, self.own.synthetic, _EDGE, Inches(0.05), _INSIDE, size=12, colour=_RED, bold=True)
        told = [printable(one) for one in notes if one]
        if told:
            slide.notes_slide.notes_text_frame.text = "\n".join(told)
        return slide


def _slides_of(rows: Sequence[Sequence[str | Cell]], wide: Sequence[float]) -> Iterator[Sequence[Sequence[str | Cell]]]:
    """The rows that a slide has room for, and the next: a long text takes several lines of its column."""
    letters = [_LETTERS * part / sum(wide) for part in wide]
    held: list[Sequence[str | Cell]] = []
    room = _LINES
    for row in rows:
        told = [one if isinstance(one, str) else f"{one.value}\n{one.verdict.symbol} {one.verdict.word}" for one in row]
        lines = [
            sum(ceil(len(each) / many) or 1 for each in one.split("\n"))
            for one, many in zip(told, letters, strict=True)
        ]
        high = max(lines) + _BETWEEN
        if held and high > room:
            yield held
            held, room = [], _LINES
        held.append(row)
        room -= high
    if held:
        yield held


def _both(section: str, caption: str) -> str:
    return caption if caption.startswith(section) else f"{section}: {caption}"


def _words(one: Block) -> list[str]:
    match one:
        case Said():
            return [one.words]
        case Items():
            return [*one.words]
        case Questions():
            return [words for each in one.questions for words in (each.title, *each.said)]
        case _:
            return []


def _cells(blocks: Sequence[Block]) -> list[str]:
    """The rows of a table as lines, for notes."""
    rows = [row for one in blocks if isinstance(one, Grid) for row in one.rows]
    return ["; ".join(cell if isinstance(cell, str) else cell.value for cell in row) for row in rows]


def _across(slide: Any, block: Across) -> Any:
    """Every region a bar with its interval as an error bar, the highest at the top."""
    bars = sorted(block.bars, key=lambda one: one.value)
    data = CategoryChartData()
    data.categories = [one.name for one in bars]
    data.add_series(block.title, [one.value for one in bars])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, _EDGE, _TOP, _INSIDE, _FOOT - _TOP, data)
    chart, (series,) = frame.chart, frame.chart.plots[0].series
    _styled(chart, 10)
    chart.has_legend, chart.plots[0].gap_width = False, 45
    for point, one in enumerate(bars):
        fill = series.points[point].format.fill
        fill.solid()
        fill.fore_color.rgb = _DEEP if one.chosen else _INK if one.nation else _GREY
    for point, one in enumerate(bars):
        label = series.points[point].data_label
        label.position = XL_LABEL_POSITION.INSIDE_BASE
        label.has_text_frame = True
        label.text_frame.text = one.printed
        words = label.text_frame.paragraphs[0].runs[0].font
        words.size, words.color.rgb = Pt(10), _WHITE if one.chosen or one.nation else _INK
    series._element.append(_error_bars(bars))
    series._element.append(series._element.find(qn("c:cat")))  # the schema's order: error bars, categories, values
    series._element.append(series._element.find(qn("c:val")))
    return frame


def _error_bars(bars: Sequence[Bar]) -> Any:
    def ends(name: str, far: Sequence[float]) -> str:
        points = "".join(f'<c:pt idx="{at}"><c:v>{one:g}</c:v></c:pt>' for at, one in enumerate(far))
        return f'<c:{name}><c:numLit><c:ptCount val="{len(far)}"/>{points}</c:numLit></c:{name}>'

    up = [round((one.high or one.value) - one.value, 6) for one in bars]
    down = [round(one.value - (one.low if one.low is not None else one.value), 6) for one in bars]
    return parse_xml(
        f'<c:errBars xmlns:c="{_CHART}"><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/>{ends("plus", up)}{ends("minus", down)}</c:errBars>'
    )


def _over_time(slide: Any, block: OverTime, language: str) -> Any:
    """The region and the nation as lines; a period without a figure is a gap."""
    rows = block.series.rows.filter(pl.col("code").is_in([block.region, NATION]), pl.col("value").is_not_null())
    periods = rows.sort("period_start")["period"].unique(maintain_order=True).to_list()
    indicator = block.series.indicator
    decimals = 0 if indicator.unit == "seconds" else indicator.decimals
    data = CategoryChartData()
    data.categories = [period_label(one, language) for one in periods]
    for code in (block.region, NATION):
        found = {row["period"]: round(row["value"], decimals) for row in rows.to_dicts() if row["code"] == code}
        data.add_series(catalogue().regions[code].short_name, [found.get(one) for one in periods])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, _EDGE, _TOP, _INSIDE, _FOOT - _TOP, data)
    chart = frame.chart
    _styled(chart, 12)
    values = [*(block.span or ()), *rows["value"]]
    room = (max(values) - min(values)) * 0.15 or 1.0
    chart.value_axis.minimum_scale = max(floor(min(values) - room), 0)
    chart.value_axis.maximum_scale = ceil(max(values) + room)
    chart.has_legend, chart.legend.position, chart.legend.include_in_layout = True, XL_LEGEND_POSITION.BOTTOM, False
    for code, series, colour in zip((block.region, NATION), chart.plots[0].series, (_DEEP, _INK), strict=True):
        series.smooth = False
        series.format.line.dash_style = MSO_LINE.DASH if colour == _INK else MSO_LINE.SOLID
        series.format.line.color.rgb, series.format.line.width = colour, Pt(2.5)
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        for at in _broken(rows, code, periods):
            series.points[at].format.line.fill.background()
    return frame


def _broken(rows: pl.DataFrame, code: str, periods: Sequence[str]) -> list[int]:
    """The places of the points that no line may lead to: the first after a break in the series."""
    own = rows.filter(pl.col("code") == code).sort("period_start").select("period", "stretch").rows()
    return [periods.index(key) for (_, before), (key, after) in pairwise(own) if before != after]


def _styled(chart: Any, size: int) -> None:
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(size), _INK
    chart.value_axis.major_gridlines.format.line.color.rgb = _LINE
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _table(slide: Any, heads: Sequence[str], rows: Sequence[Sequence[str | Cell]], wide: Sequence[float]) -> Any:
    frame = slide.shapes.add_table(len(rows) + 1, len(heads), _EDGE, _TOP, _INSIDE, Inches(0.3) * (len(rows) + 1))
    table, size = frame.table, 14 if len(rows) < 6 and len(heads) < 6 else 11
    for column, part in zip(table.columns, wide, strict=True):
        column.width = Emu(int(_INSIDE * part / sum(wide)))
    for at, row in enumerate([heads, *rows]):
        for cell, held in zip(table.rows[at].cells, row, strict=True):
            told = held if isinstance(held, str) else f"{held.value}\n{held.verdict.symbol} {held.verdict.word}"
            cell.text_frame.text = printable(told)
            _set(cell.text_frame, size, _WHITE if at == 0 else _INK, bold=at == 0)
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            cell.fill.solid()
            judged = LOOKS[held.verdict.judgement].fill if isinstance(held, Cell) else "#FFFFFF"
            cell.fill.fore_color.rgb = _DEEP if at == 0 else RGBColor.from_string(judged.removeprefix("#").upper())
    return frame


def _text(
    slide: Any,
    said: str,
    left: Any,
    top: Any,
    wide: Any,
    *,
    size: int,
    high: Any = Inches(0.4),
    colour: RGBColor = _INK,
    bold: bool = False,
) -> None:
    box = slide.shapes.add_textbox(left, top, wide, high)
    box.text_frame.word_wrap = True
    box.text_frame.text = printable(said)
    _set(box.text_frame, size, colour, bold=bold)


def _set(frame: Any, size: int, colour: RGBColor, *, bold: bool = False, font: str = "Calibri") -> None:
    for paragraph in frame.paragraphs:
        paragraph.space_after = Pt(size / 3)
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.name, run.font.color.rgb = Pt(size), bold, font, colour


def _described(frame: Any, title: str, said: str) -> None:
    about = frame._element.nvGraphicFramePr.cNvPr
    about.set("title", printable(title))
    about.set("descr", printable(said))


def _in_language(deck: Any, language: str) -> None:
    """Every run in the paper's language: a reader's machine would otherwise read it as its own."""
    for slide in deck.slides:
        notes = [slide.notes_slide._element] if slide.has_notes_slide else []
        for part in (slide._element, *notes):
            for run in part.iter(qn("a:r")):
                properties = run.find(qn("a:rPr"))
                if properties is None:
                    properties = etree.SubElement(run, qn("a:rPr"))
                    run.insert(0, properties)
                properties.set("lang", language)
