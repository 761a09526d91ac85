"""The source line says whose each figure is; English pages say what is in Swedish only."""

import re
from collections.abc import Callable

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from indicators import catalogue, period_of
from indicators.file_layouts import FILE_LAYOUTS
from loaders.checks.published import PublishedFigures
from loaders.checks.revisions import check_revisions
from models import Store
from tests.publishing import publish

Open = Callable[..., AppTest]


def said(at: AppTest) -> str:
    """The page's paragraphs as a reader sees them: without markdown's escapes."""
    return re.sub(r"\\(.)", r"\1", "\n".join(box.value for box in at.markdown))


def lines(at: AppTest, beginning: str) -> list[str]:
    return [line for line in said(at).splitlines() if line.startswith(f"- {beginning}")]


@pytest.fixture
def replaced(own_sample_store: Store) -> Store:
    """Norrbotten's figure of 2020 is replaced by one from another file."""
    publish(own_sample_store, [{"indicator": "trust_overall", "region": "25", "period": "2020", "value": 40.0}])
    return own_sample_store


def test_the_source_line_names_each_file_and_its_figures(opened: Open, replaced: Store) -> None:
    kolada = "Kolada (filen barometern_2016_2023_kolada.json)"
    assert lines(opened("data", indicator="trust_overall", period="2020"), "**Källa:**") == [
        f"- **Källa:** {kolada}: 20 regioner och riket 2020; egen fil made-in-test.csv: Region Norrbotten 2020"
    ]
    for page, drawn in (("trust", 6), ("compare", 21)):  # the area page draws the six regions over time
        newer = (f"Kolada (filen barometern_{y}_kolada.json): {drawn} regioner och riket {y}" for y in (2024, 2025))
        parts = ("21 regioner och riket 2016–2023", *newer, "egen fil made-in-test.csv: Region Norrbotten 2020")
        assert lines(opened(page, period="2020"), "**Källa:**") == [f"- **Källa:** {kolada}: {'; '.join(parts)}"]
    assert lines(opened("trust", period="2020"), "**Indikatorns vanliga källa:**") == [
        "- **Indikatorns vanliga källa:** Hälso- och sjukvårdsbarometern, Sveriges Kommuner och Regioner (SKR); "
        "publicerad i Kolada (RKA)"
    ]


@pytest.mark.parametrize("page", ["trust", "compare"])
def test_an_assumed_base_behind_another_files_figure_is_said(opened: Open, replaced: Store, page: str) -> None:
    told = "Det antagna underlaget används också för "
    assert lines(opened(page, period="2020"), told) == [
        f"- {told}Region Norrbotten 2020, fast värdet kommer från egen fil made-in-test.csv: "
        "filen anger inget antal svar."
    ]
    assert lines(opened(page, period="2021"), told) == []


def test_a_riket_made_here_is_no_files(opened: Open, store: Store) -> None:
    rows = [
        {"indicator": "trust_overall", "region": code, "period": "2020", "value": 60.0}
        for code in catalogue().region_codes
    ]
    publish(store, rows)
    assert lines(opened("data", indicator="trust_overall"), "**Källa:**") == [
        "- **Källa:** egen fil made-in-test.csv: 21 regioner 2020; räknat här: regionernas vägda medelvärde 2020"
    ]


def test_the_english_card_marks_what_is_in_swedish_only(opened: Open, sample_store: Store) -> None:
    at = opened("indicator", indicator="trust_overall", lang="en")
    names = ("Exact wording", "Numerator", "Denominator", "Source", "Owner")
    marked = [line.split(":**")[0] for name in names for line in lines(at, f"**{name}")]
    assert marked == [
        "- **Exact wording of the question or definition (in Swedish)",
        "- **Numerator (in Swedish)",
        "- **Denominator (in Swedish)",
        "- **Source (in Swedish)",
        "- **Owner (in Swedish)",
    ]
    assert lines(opened("indicator", indicator="nki_phone", lang="en"), "**Numerator") == [
        "- **Numerator:** not given by the source"
    ]


def test_survey_rounds_name_their_source_once_without_numbers_in_it(opened: Open, sample_store: Store) -> None:
    at = opened("indicator", indicator="trust_overall", lang="en")
    assert lines(at, "**2016–2023:** Source") == ["- **2016–2023:** Source: Hälso- och sjukvårdsbarometern, SKR"]


def test_english_tables_of_files_have_no_swedish_words_of_ours(opened: Open, sample_store: Store) -> None:
    html = "".join(box.proto.body for box in opened("data", lang="en").get("html"))
    assert "Sample data" in html
    assert not [word for word in ("Exempeldata", "exempeldata", "lokal operatör") if word in html]


def test_figures_of_every_layout_a_store_can_hold_stand_on_every_page(opened: Open, own_sample_store: Store) -> None:
    """A file that came in through the mapping assistant brought four pages down: its layout had no words there."""
    codes = catalogue().region_codes
    for code, layout in zip(codes, FILE_LAYOUTS, strict=False):
        rows = [
            {"indicator": name, "region": code, "period": period, "value": 50.0}
            for name, period in (("trust_overall", "2023"), ("calls_offered", "2023-12"), ("accounts_share", "2023"))
        ]
        publish(own_sample_store, rows, layout=layout)
    for page in ("phone", "compare", "uptake", "data", "upload", "overview", "satisfaction"):
        at = opened(page, period="2023") if page == "compare" else opened(page)
        assert not at.exception, page
    shown = lines(opened("compare", indicator="trust_overall", period="2023"), "**Källa:**")
    assert "egen fil made-in-test.csv" in shown[0]


def test_a_mapped_file_may_revise_what_a_publisher_said(own_sample_store: Store) -> None:
    row = {"indicator": "trust_overall", "region": "25", "period": "2020", "sex": "T", "age": "", "care_unit": ""}
    period = period_of("2020")
    dated = {"period_start": period.start, "period_end": period.end, "period_kind": period.kind}
    bare = dict.fromkeys(("numerator", "denominator", "base_n", "ci_low", "ci_high"), pl.lit(None, pl.Float64))
    told = {"value": 40.0, "printed": "40", "reason": "", "flags": "", "decimals": 0}
    new = pl.DataFrame([{**row, **dated, **told}]).with_columns(**bare)
    found = check_revisions(PublishedFigures(own_sample_store, new), "mapped", new, catalogue())
    assert [(each.rule, each.variant) for each in found] == [("revision", "revision_other")]
