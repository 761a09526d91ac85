"""Better, similar or worse on the pages: the benchmark and level in the address, how sure it is, what has changed."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from locales import LANGUAGES, text
from models import Store
from tests.pages.reading import headings, strips
from tests.publishing import publish

Open = Callable[..., AppTest]
NBSP = "\N{NO-BREAK SPACE}"


def alts(at: AppTest) -> list[str]:
    return [chart.proto.alt for chart in at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")]


def said(at: AppTest) -> str:
    """The page's paragraphs without markdown's backslashes."""
    return "\n".join(box.value for box in (*at.markdown, *at.warning, *at.caption)).replace("\\", "")


def test_benchmark_and_level_are_read_from_the_address(opened: Open, sample_store: Store) -> None:
    at = opened("trust", benchmark="region:24", level="99.8", period="2023")
    assert at.selectbox(key="pick:benchmark").value == "region:24"
    assert at.radio(key="pick:level").value == "99.8"
    assert "Regionerna mot Västerbotten, 2023" in headings(at)
    assert f"Streck: 99,8{NBSP}% intervall; skillnader bedöms på den nivån. Streckad linje: Västerbotten." in said(at)
    assert strips(at)["Västerbotten"].endswith("måttstock")


def test_benchmark_and_level_are_written_into_the_address(opened: Open, sample_store: Store) -> None:
    at = opened("trust")
    assert (at.query_params["benchmark"], at.query_params["level"]) == ("riket", "95")
    at.selectbox(key="pick:benchmark").set_value("group:six").run()
    at.radio(key="pick:level").set_value("99.8").run()
    assert (at.query_params["benchmark"], at.query_params["level"]) == ("group:six", "99.8")
    assert "Regionerna mot medelvärdet för de sex regionerna, 2025" in headings(at)
    assert f"Streck: 99,8{NBSP}% intervall" in said(at)


def test_an_earlier_period_as_benchmark_goes_with_its_period(opened: Open, sample_store: Store) -> None:
    at = opened("trust", period="2022", benchmark="period:2020")
    assert "Regionerna mot det egna värdet 2020, 2022" in headings(at)
    at.selectbox(key="pick:period").set_value("2020").run()
    assert at.query_params["benchmark"] == "riket"
    assert not at.warning
    at.selectbox(key="pick:benchmark").set_value("region:24").run()
    at.selectbox(key="pick:period").set_value("2022").run()
    assert at.query_params["benchmark"] == "region:24"  # another region is there in any period


@pytest.mark.parametrize(
    ("name", "found"),
    [("benchmark", "period:2024"), ("benchmark", "region:77"), ("benchmark", "![x]"), ("level", "90")],
)
def test_an_unknown_benchmark_or_level_falls_back_with_a_word(
    opened: Open, sample_store: Store, name: str, found: str
) -> None:
    at = opened("trust", period="2022", **{name: found})
    assert not at.exception
    assert len(at.warning) == 1
    assert "Regionerna mot riket, 2022" in headings(at)
    assert f"Streck: 95{NBSP}% intervall" in said(at)


def test_another_question_is_offered_as_benchmark_and_refused_with_its_reason(
    opened: Open, sample_store: Store
) -> None:
    at = opened("uptake", indicator="eservices_1177_positive", period="2020", benchmark="period:2019")
    assert not at.warning
    assert "Kan inte bedömas: Frågan ändrades mellan 2019 och 2020" in said(at)
    assert ".." not in said(at)
    assert not [told for told in strips(at).values() if "ingen säker skillnad" in told]
    assert len(strips(at)) == 22


def test_how_sure_is_told_with_the_pages_own_numbers(opened: Open, sample_store: Store) -> None:
    at = opened("trust", period="2022")
    assert "Antal jämförelser mot riket: 21. Av dem skulle ungefär 0,1 till 2,1 markeras av slumpen" in said(at)
    at = opened("trust", period="2022", others="0", benchmark="region:24")
    assert "Antal jämförelser mot Region Västerbotten: 5. Av dem skulle ungefär 0,0 till 0,5 " in said(at)


def test_a_benchmark_taken_as_a_fixed_number_is_said_to_be_so(opened: Open, store: Store) -> None:
    told = "Jämfört med rikets värde utan hänsyn till dess osäkerhet"
    rows = [
        {"indicator": "nki_phone", "region": code, "period": "2023", "value": value, **interval}
        for code, value, interval in (
            ("25", 70.0, {"ci_low": 66.0, "ci_high": 74.0}),
            ("24", 80.0, {}),
            ("00", 78.0, {}),
        )
    ]
    publish(store, rows)
    assert told in said(opened("satisfaction", period="2023"))


def test_change_is_a_tested_sentence_per_region_or_a_refusal(opened: Open, sample_store: Store) -> None:
    words = said(opened("trust", period="2023"))
    assert "- Ingen säker skillnad i Region Norrbotten mot förra mätningen: 2023 49,9 → 2025 48,8" in words
    assert "har varierat mer än slumpen ger: högst 62,9 (2020), lägst 48,3 (2022)" in words
    assert "stadigt" not in words
    words = said(opened("satisfaction", period="2023", lang="en"))
    assert "The change in Region Västernorrland since the last measurement cannot be assessed" in words
    assert "there is no interval for " in words


def test_a_monthly_series_names_the_rule_that_fired(opened: Open, sample_store: Store) -> None:
    at = opened("uptake", indicator="calls_share_answered")
    assert "Region Norrbotten ligger inom sin vanliga variation: januari 2018 " in said(at)
    assert "7 i rad på samma sida om medelvärdet: " in alts(at)[1]
    at.selectbox(key="pick:series").set_value("20").run()
    assert at.query_params["series"] == "20"
    assert "Region Dalarna" in alts(at)[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_has_a_sentence_and_a_way_on_per_region_and_measure(
    opened: Open, sample_store: Store, language: str
) -> None:
    html = "".join(box.proto.body for box in opened("overview", lang=language).get("html"))
    cards = re.findall('<section class="card region">(.*?)</section>', html)
    told = {
        "sv": "<p>Sämre än riket på 4 av 4 bedömda mått; 1 saknar siffror</p>",
        "en": "<p>Worse than Riket on 4 of 4 assessed measures; 1 without a figure</p>",
    }[language]
    assert len(cards) == 6
    assert cards[0].startswith(f'<h3><a href="profile?region=25&amp;lang={language}">Norrbotten</a></h3>')
    assert told in cards[0]
    measure = {"sv": "Förtroende: vården i sin helhet", "en": "Trust: health care overall"}[language]
    way = f'<a href="trust?indicator=trust_overall&amp;period=2025&amp;lang={language}">{measure}</a>'
    wide, _, narrow = html.partition('<div class="heat narrow">')
    assert (way in wide, way in narrow) == (True, True)
    assert len(re.findall('<th scope="row"><a href="[a-z]+.indicator=', wide)) == 7


def test_the_overviews_level_moves_what_holds_at_95_only(opened: Open, sample_store: Store) -> None:
    html = "".join(box.proto.body for box in opened("overview", level="99.8").get("html"))
    assert "<p>Sämre än riket på 2 av 4 bedömda mått, ingen säker skillnad på 2" in html  # Gävleborg: 4 of 4 at 95 %


def test_made_up_figures_on_the_overview_stand_with_their_mark_under_the_warning(
    opened: Open, sample_store: Store
) -> None:
    quiet, asked = opened("overview"), opened("overview", synthetic="1")
    mark = re.compile(r"\d\N{NO-BREAK SPACE}x<")
    marks = [len(mark.findall("".join(box.proto.body for box in at.get("html")))) for at in (quiet, asked)]
    assert marks[0] == 0
    assert marks[1] >= 2 * 6 * 3  # in both shapes of the table, six regions, three measures or more
    assert not quiet.warning
    assert asked.warning[0].value == text("ui.synthetic")
