"""A region's report: the page's own words and numbers, in a PDF that everyone can read and an archive can keep."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from analysis import region_findings
from commands.app import build
from exports.papers import region_report
from exports.papers.fonts import SANS, SERIF
from locales import text
from models import Store
from views import papers
from views.parts import Reader
from views.profile import profile

SIX = ("25", "24", "22", "23", "21", "20")


def read(store: Store, region: str, language: str = "sv", **choices: Any) -> PdfReader:
    made = papers.region_report(Reader(language, store), region, **choices)
    return PdfReader(io.BytesIO(region_report(made, language, data_version=store.data_version())))


def words(pdf: PdfReader) -> str:
    """The text of all pages, without the places where a line or a word was broken."""
    told = " ".join(page.extract_text() for page in pdf.pages)
    told = re.sub("\N{SOFT HYPHEN}|\N{ZERO WIDTH SPACE}|(?<=\\w)[-\N{HYPHEN}]\n", "", told)
    return re.sub(r"\s+", "", told)


def squeezed(said: str) -> str:
    return re.sub(r"\s+", "", said)


@pytest.mark.parametrize("region", SIX)
def test_the_report_says_what_the_page_says_value_by_value(sample_store: Store, region: str) -> None:
    shown = profile(Reader("sv", sample_store), region_findings(sample_store, region), synthetic=False)
    told = words(read(sample_store, region))
    assert squeezed(shown.name) in told
    assert shown.survey
    for said in (*shown.lead, shown.survey):
        assert squeezed(said) in told
    for card in shown.leads:
        for said in (card.title, card.value, card.verdict.word, *card.beside):
            assert squeezed(said) in told, said
    assert shown.rows
    for row in shown.rows:
        cells = (row.cell.value, f"{row.cell.verdict.symbol}{row.cell.verdict.word}", row.difference, row.place)
        assert squeezed("".join(cells)) in told, row.title  # one after the other: the row stands together
        for moved in (row.since_last, row.since_pandemic, row.since_audit):
            assert squeezed(moved.words) in told
    for row in shown.older:
        assert squeezed(f"{row.title}{row.period}:{row.cell.value}") in told


def test_every_recommendation_stands_word_for_word_with_how_it_stands(sample_store: Store) -> None:
    report = papers.region_report(Reader("sv", sample_store), "25")
    (letter,) = report.letters
    assert [one.number for one in letter.recommendations] == [1, 2, 3, 4]
    told = words(read(sample_store, "25"))
    for one in letter.recommendations:
        assert squeezed(one.said) in told
    assert told.count(squeezed(letter.recommendations[0].stands)) == 4


def test_every_figure_leads_to_its_cell(sample_store: Store) -> None:
    told = words(read(sample_store, "25"))
    assert "barometern_2025_kolada.json$.values[109].values[0].value" in told  # trust overall: 48.8 in that file


def test_a_reader_without_eyes_and_an_archive_can_use_it(sample_store: Store) -> None:
    pdf = read(sample_store, "25")
    metadata = pdf.xmp_metadata
    assert metadata is not None
    said = metadata.stream.get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert "<pdfaid:part>2</pdfaid:part>" in said
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in said
    root = pdf.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "sv"
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Regionrapport: Region Norrbotten"
    assert [each.title for each in pdf.outline if not isinstance(each, list)] == ["Region Norrbotten"]
    assert 3 <= len(pdf.pages) <= 6


def test_it_is_set_in_the_pages_own_typefaces(sample_store: Store) -> None:
    found = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in read(sample_store, "25").pages
        for font in page["/Resources"]["/Font"].values()
    }
    own = {name for name in found if name.startswith((SANS.replace(" ", ""), SERIF.replace(" ", "")))}
    assert found - own <= {"DejaVuSansMono", "DejaVuSansMono-Bold"}  # the signs of judgement that they lack
    assert {name.removesuffix("Regular").removesuffix("SemiBold") for name in own} == {
        "RegionpapperSans",
        "RegionpapperSerif",
    }


@pytest.mark.parametrize(("level", "said"), [(95, "95\N{NO-BREAK SPACE}%"), (99.8, "99,8\N{NO-BREAK SPACE}%")])
def test_it_says_at_which_level_differences_are_marked(sample_store: Store, level: float, said: str) -> None:
    assert squeezed(f"Skillnader är märkta på {said}-nivån, förändringar på 95 %-nivån.") in words(
        read(sample_store, "25", level=level)
    )


def test_made_up_figures_are_left_out_or_said(sample_store: Store) -> None:
    warning = squeezed(text("papers.synthetic", "sv"))
    assert warning not in words(read(sample_store, "25"))
    assert warning in words(read(sample_store, "25", synthetic=True))


def test_english(sample_store: Store) -> None:
    told = words(read(sample_store, "24", "en"))
    assert squeezed("Region report") in told
    assert "saknas" not in told


def test_a_store_without_figures_says_so(store: Store) -> None:
    told = words(read(store, "25"))
    assert squeezed(text("profile.lead.nothing", "sv")) in told


@pytest.mark.parametrize(
    ("region", "code", "said"),
    [("Norrbotten", 0, "Skrev"), ("25", 0, "Skrev"), ("Norrboten", 2, "Norrbotten"), ("00", 2, "00")],
)
def test_the_command_writes_it_or_says_why_not(
    sample_store: Store, tmp_path: Path, region: str, code: int, said: str
) -> None:
    out = tmp_path / "report.pdf"
    done = CliRunner().invoke(build(), ["report", "--region", region, "--out", str(out)])
    assert (done.exit_code, said in done.output) == (code, True), done.output
    assert out.exists() == (code == 0)
