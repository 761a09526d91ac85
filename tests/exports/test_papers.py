"""A paper says what the pages say, value by value, in each kind of file; all can read it, and an archive keep it."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation
from pypdf import PdfReader
from typer.testing import CliRunner

from analysis import compare_regions, region_findings
from analysis.groups import audited_regions
from commands.app import build
from exports.papers import PAPER_KINDS, paper_file
from exports.papers.fonts import SANS, SERIF
from indicators import NATION, catalogue
from locales import text
from models import Store
from tests.hidden_figures import assert_silent, publish_hidden
from views import papers
from views.papers import Paper, parts
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
    Recommended,
    Said,
    Section,
)
from views.parts import Cell, Reader
from views.profile import Profile, profile

pytestmark = pytest.mark.one_engine("sets what has been read")

LINK: Final = "https://jamfor.example/p/AbCdEf"
NO_PAGE: Final = ("overview", dict[str, str]())
HOSTILE: Final = ("=cmd|' /C calc'!A0", "<script>alert(1)</script>", "#panic()", "_x_ *b* $x$", "\\#{1+1} [a](b)", "@a")


@cache
def report(store: Store, region: str, language: str = "sv", **choices: Any) -> Paper:
    return papers.region_report(Reader(language, store), region, **choices)


@cache
def pdf(paper: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(paper_file(paper, "pdf", data_version=7, link=LINK)))


@cache
def docx(paper: Paper) -> Any:
    return Document(io.BytesIO(paper_file(paper, "docx", data_version=7, link=LINK)))


@cache
def pptx(paper: Paper) -> Any:
    return Presentation(io.BytesIO(paper_file(paper, "pptx", data_version=7, link=LINK)))


@cache
def of_pdf(paper: Paper) -> str:
    """The text of all pages, without what stands above and under each but the first."""
    pages = [page.extract_text().splitlines() for page in pdf(paper).pages]
    return " ".join(line for at, lines in enumerate(pages) for line in (lines[1:-1] if at else lines))


@cache
def of_docx(paper: Paper) -> str:
    return " ".join(each.text for each in docx(paper).element.body.iter(qn("w:t")))


@cache
def of_pptx(paper: Paper) -> str:
    """Slides, their tables, charts and notes."""
    return " ".join(words for slide in pptx(paper).slides for words in slide_words(slide))


def slide_words(slide: Any) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)
        if shape.has_chart:
            yield from (label.text for label in shape.chart._chartSpace.iter("{*}t"))
            yield from (label.text for label in shape.chart._chartSpace.iter("{*}v"))
    if slide.has_notes_slide:
        yield slide.notes_slide.notes_text_frame.text


TOLD: Final[dict[str, Callable[[Paper], str]]] = {"pdf": of_pdf, "docx": of_docx, "pptx": of_pptx}


def squeezed(said: str) -> str:
    """Without blanks, and without the hyphens that a line's end may have taken or given."""
    return re.sub("[-\\s\N{SOFT HYPHEN}\N{HYPHEN}\N{ZERO WIDTH SPACE}]+", "", said)


def said_in(block: Block) -> Iterator[str]:
    """Every word and figure of a block that any kind of file must have."""
    match block:
        case Said():
            yield block.words
        case Items():
            yield from block.words
        case Leads():
            for card in block.cards:
                yield from (card.title, card.value, card.verdict.word, *card.beside)
        case Measures():
            for row in block.rows:
                yield from (row.title, f"{row.cell.verdict.symbol}{row.cell.verdict.word}{row.difference}{row.place}")
                yield from (row.cell.value, row.since_last.words, row.since_pandemic.words, row.since_audit.words)
        case Grid():
            for line in block.rows:
                yield from (cell.value + cell.verdict.symbol if isinstance(cell, Cell) else cell for cell in line)
        case Across() | OverTime():
            yield from (block.finding, block.title, block.source)
        case OnOneScale():
            yield block.across.source
            for row in block.reading.rows:
                yield from (getattr(row, name) for name, _ in block.reading.columns)
        case Asked():
            for one in block.recommendations:
                yield from (one.said, one.stands, one.to)
                yield from (f"{name}: {words}" for name, words in one.reply)
        case Questions():
            for question in block.questions:
                yield from (question.title, *question.said)


def everything(paper: Paper) -> list[str]:
    inside = [words for section in paper.sections for block in section.blocks for words in said_in(block)]
    return [paper.name, *paper.lead, paper.survey, LINK, LINK.replace("/p/", "/check/"), *inside]


@pytest.mark.parametrize("ending", PAPER_KINDS)
@pytest.mark.parametrize("region", ["25", "20"])
def test_a_report_says_the_same_in_every_kind_of_file(sample_store: Store, region: str, ending: str) -> None:
    paper = report(sample_store, region)
    told = squeezed(TOLD[ending](paper))
    assert len(everything(paper)) > 150
    assert [words for words in everything(paper) if squeezed(words) not in told] == []


@cache
def six(store: Store) -> Paper:
    """Of three: a region with a letter whose day is unknown, one whose day is known, and one without a letter."""
    return papers.six_regions(Reader("sv", store), audited_regions(store)[:3])


@cache
def others(store: Store) -> tuple[Paper, ...]:
    reader = Reader("en", store)
    return (
        papers.region_in_short(reader, "25"),
        six(store),
        papers.measure_in_short(reader, "trust_overall"),
        report(store, "25", "en", synthetic=True),
    )


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_the_other_papers_and_english_and_what_is_made_up(sample_store: Store, ending: str) -> None:
    for paper in others(sample_store):
        told = squeezed(TOLD[ending](paper))
        assert [words for words in everything(paper) if squeezed(words) not in told] == []
        assert (squeezed(text("papers.synthetic", paper.language)) in told) == paper.synthetic
        assert paper.synthetic == (paper.sort == "report")
        assert ("saknas" in told) == (paper.language == "sv")


def blocks(paper: Paper, kind: type) -> list[Any]:
    return [block for section in paper.sections for block in section.blocks if isinstance(block, kind)]


@pytest.mark.parametrize("region", ["25", "23", "20"])
def test_a_report_is_the_regions_page(sample_store: Store, region: str) -> None:
    shown: Profile = profile(Reader("sv", sample_store), region_findings(sample_store, region), synthetic=False)
    paper = report(sample_store, region)
    assert (paper.name, paper.lead, paper.survey) == (shown.name, shown.lead, shown.survey)
    assert [one.cards for one in blocks(paper, Leads)] == [shown.leads]
    assert [one.rows for one in blocks(paper, Measures)] == [shown.rows, shown.older]
    (across,) = blocks(paper, Across)
    assert {one.name: one.printed.split("\N{NO-BREAK SPACE}")[0] for one in across.bars} == {
        one.name: one.cell.value for one in across.view.strips
    }
    assert 4 <= len(blocks(paper, OverTime)) <= 5


def test_a_report_has_the_letters_recommendations_and_each_figures_cell(sample_store: Store) -> None:
    paper = report(sample_store, "25")
    (asked,) = blocks(paper, Asked)
    assert [one.number for one in asked.recommendations] == [1, 2, 3, 4]
    assert {one.stands for one in asked.recommendations} == {""}  # said once, above them
    said = [one.words for one in blocks(paper, Said)]
    assert said.count("Norrbotten: 4 rekommendationer från granskningen, inget svar är inläst här.") == 1
    *_, origins = blocks(paper, Grid)
    assert ("barometern_2025_kolada.json", "$.values[109].values[0].value") in {line[1:] for line in origins.rows}


def test_a_region_without_a_letter_is_not_said_to_have_no_recommendations(sample_store: Store) -> None:
    said = [one.words for one in blocks(report(sample_store, "20"), Said)]
    assert "Inget granskningsbrev är inläst för regionen." in said


def test_a_reply_that_is_loaded_stands_at_its_recommendation(sample_store: Store) -> None:
    """Then each recommendation says how it stands: nothing is said once of all."""
    (audit,) = parts.audited(Reader("sv", sample_store), "25")
    first, *others = audit.recommendations
    replied = replace(audit, recommendations=(replace(first, replies=({"status": "implemented"},)), *others))
    assert [parts.unanswered([one], "sv") for one in (audit, replied)] == [True, False]
    stands = [one.stands for one in parts.asked(replied, "sv").recommendations]
    assert stands == ["Genomförd", *["Inget svar är inläst här"] * 3]


def test_the_compilation_has_every_measure_of_a_region_on_one_scale_and_names_no_other_source(
    sample_store: Store,
) -> None:
    paper, codes = six(sample_store), audited_regions(sample_store)[:3]
    found = [region_findings(sample_store, code) for code in codes]
    assert [len(one.rows) for one in blocks(paper, Measures)] == [len(one.current) for one in found]
    charts = blocks(paper, OverTime)
    assert [one.series.indicator.id for one in charts] == ["trust_overall", "eservices_1177_positive"] * 3
    for name in ("trust_overall", "eservices_1177_positive"):
        (span,) = {one.span for one in charts if one.series.indicator.id == name}
        values = [
            value
            for one in charts
            if one.series.indicator.id == name
            for value in one.series.rows.filter(pl.col("code").is_in([one.region, NATION]))["value"].drop_nulls()
        ]
        assert span[0] < min(values) < max(values) < span[1]
    heat, *_, sources = blocks(paper, Grid)
    measures = {row.title for one in blocks(paper, Measures) for row in one.rows}
    shown = measures | {row[0].split(" (")[0] for grid in (heat, blocks(paper, Grid)[1]) for row in grid.rows}
    assert {name for *_, told in sources.rows for name in told.split(", ")} <= shown
    assert measures <= {name for *_, told in sources.rows for name in told.split(", ")}


def test_the_compilation_says_what_it_has_on_1177_and_how_what_it_shows_is_judged(sample_store: Store) -> None:
    paper = six(sample_store)
    about, *_ = blocks(paper, Items)
    assert about.words[0] == "Positiv inställning till 1177:s e-tjänster 2025: Norrbotten under riket."
    (asked,) = blocks(paper, Questions)
    titles = [one.title for one in asked.questions]
    assert "Antaget underlag" in titles
    assert not {"Månad för månad (XmR)", "Vårdenheter i tratten", "Påhittade siffror", "Små tal"} & {*titles}
    told = " ".join(words for one in everything_said(paper) for words in one)
    assert told.count("inget svar är inläst här") == 1
    assert "Inget svar är inläst här" not in told
    assert "ihåligt tecken (△ ○ ▽) och streckad kant: antaget underlag" in told


def everything_said(paper: Paper) -> Iterator[list[str]]:
    return ([*said_in(block)] for section in paper.sections for block in section.blocks)


def test_what_a_file_or_a_person_says_stands_as_text(sample_store: Store) -> None:
    """No markup, no formula, no field: the same letters in every kind of file."""
    sections = []
    for said in HOSTILE:
        recommended = Recommended(1, said, said, said, said, ((said, said),))
        told = (Said(said), Items((said,)), Grid(said, (said, said), ((said, said),), (1, 1)), Asked((recommended,)))
        sections.append(Section(said, told))
    day, all_of_them = report(sample_store, "25").day, " ".join(HOSTILE)
    words = (all_of_them, all_of_them, all_of_them)
    hostile = Paper("short", "sv", *words, day, False, (all_of_them,), all_of_them, tuple(sections), NO_PAGE)
    for ending, read in TOLD.items():
        found = squeezed(read(hostile))
        assert [said for said in HOSTILE if found.count(squeezed(said)) < 10] == [], ending
    assert "<w:instrText" not in docx(hostile).element.xml


def test_a_document_holds_no_control_characters(sample_store: Store) -> None:
    paper = Paper("short", "sv", "a\x00b", "a\x01b", "k", report(sample_store, "25").day, False, (), "", (), NO_PAGE)
    assert docx(paper).core_properties.title == "ab"
    assert pptx(paper).core_properties.title == "ab"


def test_a_reader_without_eyes_and_an_archive_can_use_the_pdf(sample_store: Store) -> None:
    found = pdf(report(sample_store, "25"))
    metadata = found.xmp_metadata
    assert metadata is not None
    said = metadata.stream.get_data().decode()
    for part in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"):
        assert part in said
    root = found.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "sv"
    assert found.metadata is not None
    assert found.metadata.title == "Regionrapport: Region Norrbotten"
    name, below = found.outline
    assert name.title == "Region Norrbotten"
    titles = [one.title for one in below if not isinstance(one, list)]
    for key in ("papers.over_time_heading", "profile.audit.heading", "pages.targets.title", "papers.cite.heading"):
        assert text(key, "sv") in titles
    assert 4 <= len(found.pages) <= 6
    tags = structure(root["/StructTreeRoot"])
    assert {"/Table", "/TH", "/TD", "/H1", "/H2", "/Figure", "/L"} <= {kind for kind, _ in tags}
    pictures = [alt for kind, alt in tags if kind == "/Figure"]
    assert len(pictures) >= 5
    assert all(pictures)


def structure(element: Any) -> list[tuple[str, str]]:
    """Each tag of a PDF, and its alternative text."""
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        return [found for each in element for found in structure(each)]
    if not hasattr(element, "get"):
        return []
    own = [(str(element["/S"]), str(element.get("/Alt", "")))] if "/S" in element else []
    return own + structure(element.get("/K", []))


def test_the_papers_for_five_minutes_are_one_page(sample_store: Store) -> None:
    for region in ("24", "22", "09"):
        assert len(pdf(papers.region_in_short(Reader("sv", sample_store), region)).pages) == 1, region


@pytest.mark.parametrize(
    ("measure", "synthetic", "name", "rows", "told"),
    [
        (
            "trust_overall",
            False,
            "Förtroende för hälso- och sjukvården i sin helhet 2025: Norrbotten, Västernorrland och Gävleborg under "
            "riket, Jämtland Härjedalen och Dalarna över",
            22,
            "barometern_2025_kolada.json, $.values[…].values[0].value: ",
        ),
        ("primary_care_phone_share", False, "kan inte bedömas", 8, "Värmland och Västerbotten: värdet"),
        ("calls_offered", True, "(syntetiska exempeldata)", 6, "Dalarna"),
        ("calls_offered", False, "Inkomna samtal till 1177", 0, "Inga verkliga siffror är inlästa här."),
    ],
)
def test_a_measure_for_five_minutes_is_one_page_of_every_region(
    sample_store: Store, measure: str, synthetic: bool, name: str, rows: int, told: str
) -> None:
    paper = papers.measure_in_short(Reader("sv", sample_store), measure, synthetic=synthetic)
    assert len(pdf(paper).pages) == 1
    assert name in paper.name
    assert paper.synthetic == synthetic
    assert [len(one.reading.rows) for one in blocks(paper, OnOneScale)] == ([rows] if rows else [])
    assert squeezed(told) in squeezed(of_pdf(paper))


def test_a_measure_on_a_page_says_each_regions_own_cell(sample_store: Store) -> None:
    cells = compare_regions(sample_store, "trust_overall").rows.select("code", "cell").rows()
    paper = papers.measure_in_short(Reader("sv", sample_store), "trust_overall")
    (said,) = [one.words for one in blocks(paper, Said) if one.look == "small"]
    for code, cell in cells:
        own = cell.removeprefix("$.values[").removesuffix("].values[0].value")
        assert f"{catalogue().regions[code].short_name}\N{NO-BREAK SPACE}{own}" in said, cell


def test_the_pdf_is_set_in_the_pages_own_typefaces(sample_store: Store) -> None:
    found = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in pdf(report(sample_store, "25")).pages
        for font in page["/Resources"]["/Font"].values()
    }
    own = {name for name in found if name.startswith((SANS.replace(" ", ""), SERIF.replace(" ", "")))}
    assert found - own <= {"DejaVuSansMono", "DejaVuSansMono-Bold"}  # the signs of judgement that they lack
    assert {name.removesuffix("Regular").removesuffix("SemiBold") for name in own} == {
        "RegionpapperSans",
        "RegionpapperSerif",
    }


def test_a_word_document_is_one_that_everybody_can_use(sample_store: Store) -> None:
    paper = report(sample_store, "25", "en")
    document = docx(paper)
    assert document.core_properties.language == "en-GB"
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    assert [one.style.name for one in document.paragraphs if one.text == paper.name] == ["Heading 1"]
    assert document.tables
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    described = [one.get("descr") for one in document.element.iter(qn("wp:docPr"))]
    assert described == [one.said for one in (*blocks(paper, Across), *blocks(paper, OverTime))]


def test_slides_have_charts_that_can_be_edited_with_the_screens_numbers(sample_store: Store) -> None:
    paper = report(sample_store, "25")
    charts = [shape for slide in pptx(paper).slides for shape in slide.shapes if shape.has_chart]
    (across,), over_time = blocks(paper, Across), blocks(paper, OverTime)
    described = [one._element.nvGraphicFramePr.cNvPr.get("descr") for one in charts]
    assert described == [one.said for one in (across, *over_time)]
    plot = charts[0].chart.plots[0]
    bars = {one.name: one for one in across.bars}
    assert dict(zip(plot.categories, plot.series[0].values, strict=True)) == {
        name: one.value for name, one in bars.items()
    }
    far = [float(one.text) for one in charts[0].chart._chartSpace.find(".//{*}errBars/{*}minus").iter("{*}v")]
    ends = [bars[name].value - far[at] for at, name in enumerate(plot.categories)]
    assert ends == pytest.approx([bars[name].low for name in plot.categories])
    for shape, block in zip(charts[1:], over_time, strict=True):
        own, nation = shape.chart.plots[0].series
        assert own.values[-1] is not None
        assert own.name == "Norrbotten"
        assert nation.name == "Riket"
        assert len(own.values) == len(block.series.measured)
    for slide in pptx(paper).slides:
        assert slide.shapes.title.text
        foot = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert any("dataversion 7" in words for words in foot)


def test_a_hidden_figure_is_in_no_paper_nor_in_its_hidden_parts(store: Store) -> None:
    publish_hidden(store)
    reader = Reader("sv", store)
    measure = papers.measure_in_short(reader, "trust_overall")
    for paper in (papers.region_report(reader, "25"), papers.six_regions(reader, ["24", "25"]), measure):
        for ending in PAPER_KINDS:
            assert_silent(inner_text(paper_file(paper, ending, data_version=7)))
        assert_silent(of_pdf(paper))


def inner_text(content: bytes) -> str:
    """Every part of an office file, the workbooks inside its charts too; of another file nothing."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return ""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        held = [parts.read(name) for name in parts.namelist()]
    return " ".join(inner_text(one) or re.sub(r"<[^>]+>", " ", one.decode(errors="replace")) for one in held)


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (95, "Skillnader och förändringar är märkta på 95\N{NO-BREAK SPACE}%-nivån."),
        (
            99.8,
            "Skillnader är märkta på 99,8\N{NO-BREAK SPACE}%-nivån, förändringar på 95\N{NO-BREAK SPACE}%-nivån.",
        ),
    ],
)
def test_it_says_at_which_level_differences_are_marked(sample_store: Store, level: float, said: str) -> None:
    notes = [one.words for one in blocks(report(sample_store, "25", level=level), Said)]
    since = "I Sedan granskningen, där flera mått prövas, krävs 99,8\N{NO-BREAK SPACE}%."
    assert any(f"{said} {since}" in one for one in notes)


def test_a_store_without_figures_says_so(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "six.pdf"
    done = CliRunner().invoke(build(), ["report", "--all-six", "--out", str(out)])
    assert (done.exit_code, out.exists()) == (0, True), done.output
    for ending, read in TOLD.items():
        told = squeezed(read(papers.region_report(Reader("sv", store), "25")))
        assert squeezed(text("profile.lead.nothing", "sv")) in told, ending


@pytest.mark.parametrize(
    ("words", "file", "code", "said"),
    [
        (["--region", "Norrbotten"], "r.pdf", 0, "Skrev"),
        (["--region", "25", "--short"], "r.PPTX", 0, "Skrev"),
        (["--indicator", "nki_phone"], "r.docx", 0, "Skrev"),
        (["--indicator", "nosuch"], "r.pdf", 2, "nosuch"),
        (["--indicator", "nki_phone", "--region", "25"], "r.pdf", 2, "--indicator"),
        (["--region", "Norrboten"], "r.pdf", 2, "Norrbotten"),
        (["--region", "00"], "r.pdf", 2, "00"),
        (["--region", "25"], "r.txt", 2, ".pdf, .docx, .pptx"),
        (["--region", "25", "--all-six"], "r.pdf", 2, "--all-six"),
        ([], "r.pdf", 2, "--region"),
        (["--all-six", "--short"], "r.pdf", 2, "--short"),
    ],
)
def test_the_command_writes_it_or_says_why_not(
    sample_store: Store, tmp_path: Path, words: list[str], file: str, code: int, said: str
) -> None:
    out = tmp_path / file
    done = CliRunner().invoke(build(), ["report", *words, "--out", str(out)])
    assert (done.exit_code, said in done.output) == (code, True), done.output
    assert out.exists() == (code == 0)
