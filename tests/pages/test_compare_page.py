"""The reader's own comparison: every choice in the address, the numbers those of the analysis."""

from collections.abc import Callable
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from analysis import compare_regions
from exports import formatted_table
from indicators import catalogue
from models import Store
from ui.compare.view import Compared
from ui.escape import plain
from ui.frame import Frame

Open = Callable[..., AppTest]


def charts(at: AppTest) -> list[str]:
    return [chart.proto.alt for chart in at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")]


def table(at: AppTest) -> str:
    return next(box.proto.body for box in at.get("html") if "<table>" in box.proto.body)


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ({"benchmark": "riket"}, "sv"),
        ({"benchmark": "riket"}, "en"),
        ({"benchmark": "group:norr", "period": "2022"}, "sv"),
        ({"benchmark": "group:six:unweighted", "level": "99.8"}, "en"),
        ({"benchmark": "region:24", "others": "0"}, "sv"),
        ({"benchmark": "period:2019", "period": "2022", "ranks": "simultaneous"}, "en"),
    ],
)
def test_the_table_is_the_analysis(opened: Open, sample_store: Store, address: dict[str, str], language: str) -> None:
    at = opened("compare", indicators="trust_overall", lang=language, **address)
    assert not at.exception
    assert not at.warning
    asked = compare_regions(
        sample_store,
        "trust_overall",
        address.get("period"),
        regions=catalogue().groups["six"].regions if "others" in address else None,
        benchmark=address["benchmark"],
        ranks=address.get("ranks", "marginal"),
        level=float(address.get("level", 95)),
    )
    shown = formatted_table(asked.rows, asked.indicator, language)
    html = table(at)
    assert html.count("<tr>") == 1 + shown.height
    for row in shown.iter_rows(named=True):
        for name, cell in row.items():
            assert cell == "" or name == "SHA-256" or f">{cell}<" in unescape(html)


def test_one_indicator_has_four_charts_and_several_a_heat_map(opened: Open, sample_store: Store) -> None:
    assert len(charts(opened("compare"))) == 4
    several = charts(opened("compare", indicators="trust_overall-trust_hospital"))
    assert len(several) == 1
    assert several[0].startswith("Regionerna mot riket. 2025, bedömt på 95\N{NO-BREAK SPACE}%-nivån.")


def test_another_question_is_refused_with_its_reason(opened: Open, sample_store: Store) -> None:
    at = opened("compare", indicators="eservices_1177_positive", period="2020", benchmark="period:2019")
    assert "Kan inte bedömas: 21" in charts(at)[0]
    assert "ingen säker skillnad" not in charts(at)[0]
    assert "en annan fråga ställdes då" in table(at)


def test_an_indicator_without_the_period_says_so_and_the_others_are_shown(opened: Open, sample_store: Store) -> None:
    at = opened("compare", indicators="trust_overall-trust_1177_phone", period="2022")
    assert "Förtroende för 1177 via telefon" in at.info[0].value
    assert len(charts(at)) == 4  # one is left


def test_unknown_choices_fall_back_with_a_word(opened: Open, sample_store: Store) -> None:
    at = opened("compare", indicators="nothing", benchmark="region:99", level="50", ranks="all")
    assert not at.exception
    assert len(at.warning) == 4
    assert len(charts(at)) == 4


def test_synthetic_figures_only_where_they_are_switched_on(opened: Open, sample_store: Store) -> None:
    assert not opened("compare", indicators="calls_answered").get("vega_lite_chart")
    asked = opened("compare", indicators="calls_answered", synthetic="1")
    assert asked.warning


def test_the_key_names_every_choice(sample_store: Store) -> None:
    frame, usual = Frame("sv", sample_store), ("trust_overall",)
    six, all_regions = catalogue().groups["six"].regions, catalogue().region_codes
    views = [
        Compared(frame, usual, six, all_regions, "riket", (None,), 95, "marginal", False),
        Compared(frame, ("trust_hospital",), six, all_regions, "riket", (None,), 95, "marginal", False),
        Compared(frame, usual, ("25",), all_regions, "riket", (None,), 95, "marginal", False),
        Compared(frame, usual, six, six, "riket", (None,), 95, "marginal", False),
        Compared(frame, usual, six, all_regions, "group:six", (None,), 95, "marginal", False),
        Compared(frame, usual, six, all_regions, "riket", ("2020",), 95, "marginal", False),
        Compared(frame, usual, six, all_regions, "riket", (None,), 99.8, "marginal", False),
        Compared(frame, usual, six, all_regions, "riket", (None,), 95, "simultaneous", False),
        Compared(frame, usual, six, all_regions, "riket", (None,), 95, "marginal", True),
        Compared(Frame("en", sample_store), usual, six, all_regions, "riket", (None,), 95, "marginal", False),
    ]
    assert len({view.key for view in views}) == len(views)


def test_one_region_in_one_year_has_neither_places_nor_a_development(opened: Open, sample_store: Store) -> None:
    at = opened("compare", indicators="nki_phone_waiting")
    assert [box.value for box in at.info] == [
        plain("Regioner med värde: 1. Det är för få för att ge platser."),
        plain("Bara ett mättillfälle (2018), ingen utveckling att visa."),
    ]


def paragraphs(at: AppTest) -> str:
    return "\n".join(box.value for box in at.markdown).replace("\\", "")


def test_the_reason_of_a_refusal_stands_in_plain_view(opened: Open, sample_store: Store) -> None:
    asked = {"period": "2020", "benchmark": "period:2019"}
    one = paragraphs(opened("compare", indicators="eservices_1177_positive", **asked))
    assert "- Kan inte bedömas: Frågan ändrades mellan 2019 och 2020" in one
    several = paragraphs(opened("compare", indicators="eservices_1177_positive-trust_overall", **asked))
    assert "- Positiv inställning till 1177:s e-tjänster: Kan inte bedömas: Frågan ändrades" in several


@pytest.mark.parametrize("page", ["compare", "trust"])
def test_a_target_is_a_known_choice_that_nothing_is_set_for(opened: Open, sample_store: Store, page: str) -> None:
    at = opened(page, benchmark="target")
    assert not at.exception
    assert not at.warning
    assert at.selectbox(key="pick:benchmark").value == "target"
    assert "- Kan inte bedömas: inget mål är registrerat här." in paragraphs(at)
    assert "Inget mål registrerat här: 21" in charts(at)[0]


@pytest.mark.parametrize(("page", "address"), [("compare", {}), ("trust", {}), ("profile", {"region": "25"})])
def test_waves_to_compare_with_care_are_named_beside_the_lines(
    opened: Open, sample_store: Store, page: str, address: dict[str, str]
) -> None:
    words = paragraphs(opened(page, **address))
    assert "- 2020: Mätningen gjordes bara under hösten 2020, mitt i pandemin." in words
    assert "- 2021: Mätningen gjordes under pandemin. Jämför med andra år med försiktighet." in words
    if page != "profile":
        assert "- **d**: avvikande mätning, se anmärkning" in words


def test_nothing_is_said_of_a_level_where_nothing_is_judged(opened: Open, sample_store: Store) -> None:
    at = opened("satisfaction", indicator="nki_phone", period="2023")
    assert "Kan inte bedömas" in charts(at)[0]
    assert "nivån" not in charts(at)[0]
    assert "utan hänsyn" not in charts(at)[0] + paragraphs(at)


def test_the_table_counts_its_rows_without_a_plural(opened: Open, sample_store: Store) -> None:
    labels = [box.label for box in opened("compare").expander]
    assert "Tabell med samma siffror, antal rader: 22" in labels
    labels = [box.label for box in opened("compare", lang="en").expander]
    assert "Table with the same figures, number of rows: 22" in labels
