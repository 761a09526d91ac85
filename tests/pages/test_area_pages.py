"""Choosing on an area page: the address is the state, unknown values are told, figures are the store's."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis import compare_regions
from exports import formatted_table
from indicators import catalogue
from locales import text
from models import Store
from tests.pages.reading import figures, headings, html_of, marked, strips, table, words
from ui.escape import plain

Open = Callable[..., AppTest]


def test_the_address_decides_what_is_shown(opened: Open, sample_store: Store) -> None:
    at = opened("trust", indicator="trust_primary_care", period="2021", group="norr")
    assert at.selectbox(key="pick:indicator").value == "trust_primary_care"
    assert at.selectbox(key="pick:period").value == "2021"
    assert at.selectbox(key="pick:group").value == "norr"
    assert not at.warning


def test_a_choice_is_written_into_the_address(opened: Open, sample_store: Store) -> None:
    at = opened("trust")
    at.selectbox(key="pick:period").set_value("2020").run()
    assert at.query_params["period"] == "2020"
    at.selectbox(key="pick:indicator").set_value("trust_hospital").run()
    assert at.query_params["indicator"] == "trust_hospital"
    assert at.query_params["period"] == "2025"  # the other indicator's 2020 went with it


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("indicator", "trust_nothing"),
        ("indicator", "logins"),  # known, but of another area
        ("period", "1999"),
        ("group", "![x](https://evil.example)"),
        ("others", "kanske"),
    ],
)
def test_an_unknown_value_falls_back_with_a_word(opened: Open, sample_store: Store, name: str, found: str) -> None:
    at = opened("trust", **{name: found})
    assert not at.exception
    assert len(at.warning) == 1
    assert name in at.warning[0].value
    assert at.selectbox(key="pick:indicator").value == "trust_overall"


def test_unknown_regions_fall_back_and_known_ones_stay(opened: Open, sample_store: Store) -> None:
    at = opened("trust", group="own", regions="25-99")
    assert at.multiselect(key="pick:regions").value == ["25"]
    assert "99" in at.warning[0].value


def test_the_table_holds_the_stores_figures(opened: Open, sample_store: Store) -> None:
    at = opened("trust", period="2020", show="table")
    comparison = compare_regions(sample_store, "trust_overall", "2020")
    shown = formatted_table(comparison.rows, comparison.indicator, "sv")
    html = table(at)
    assert html.count("<tr>") == 1 + 22
    for cells in shown.iter_rows():
        assert f">{cells[4]}<" in html


def test_the_strips_hold_the_stores_figures_highest_first(opened: Open, sample_store: Store) -> None:
    at = opened("trust", period="2020", lang="en")
    rows = compare_regions(sample_store, "trust_overall", "2020").rows.sort("value", descending=True)
    shown = strips(at)
    assert [told.split()[0] for told in shown.values()] == [f"{value:.1f}" for value in rows["value"]]
    assert (shown["Norrbotten"], shown["Riket"]) == ("62.9 ▽ worse", "69.4")
    assert "Norrbotten" in marked(at, "is-assumed")
    assert set(marked(at, "is-chosen")) == {
        "Norrbotten",
        "Västerbotten",
        "Västernorrland",
        "Jämtland Härjedalen",
        "Gävleborg",
        "Dalarna",
    }
    (title,) = re.findall(r'title="([^"]*Norrbotten[^"]*)"', html_of(at))
    assert unescape(title).startswith(
        "Region Norrbotten 2020: 62.9% (59.6%–66.1%, assumed base, differs, see the note); worse than Riket;"
    )


def test_the_places_are_a_chart_with_an_alternative_text(opened: Open, sample_store: Store) -> None:
    at = opened("trust", period="2020", show="places")
    assert len(charts(at)) == 2
    assert "Norrbotten" in charts(at)[0].proto.alt
    assert "av 21" in charts(at)[0].proto.alt


def test_the_map_has_every_region_once_and_leads_to_it(opened: Open, sample_store: Store) -> None:
    found = html_of(opened("trust", period="2020", show="map"))
    tiles = re.search(r'<ul class="tiles large">.*?</ul>', found, re.DOTALL)
    assert tiles
    assert sorted(re.findall(r"profile\?region=(\d\d)", tiles[0])) == sorted(catalogue().region_codes)
    assert "Norrbotten 62,9 ▽ sämre" in words(tiles[0])


def charts(at: AppTest) -> Any:
    return at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")


def test_only_the_chosen_regions_are_compared_when_the_others_are_off(opened: Open, sample_store: Store) -> None:
    at = opened("uptake", others="0", indicator="eservices_1177_positive", period="2023")
    assert len(strips(at)) == 6 + 1
    assert figures(at)[0][4] == "Plats av 21"  # their places are still among all regions


@pytest.mark.parametrize(
    ("region", "name", "heading", "rows"),
    [
        ("25", "Norrbotten", "De sex regionerna i siffror", 6),
        ("12", "Skåne", "Skåne och de sex regionerna i siffror", 7),  # one of none of the six comes in among them
    ],
)
def test_a_region_of_the_address_is_highlighted_everywhere(
    opened: Open, sample_store: Store, region: str, name: str, heading: str, rows: int
) -> None:
    at = opened("trust", region=region, period="2025")
    assert marked(at, "is-pinned") == [name]
    assert heading in headings(at)
    assert len(figures(at)) == 1 + rows
    assert f"{name} har " in words(next(one for one in html_of(at).splitlines() if 'class="lead"' in one))
    lines = json.loads(charts(at)[0].proto.spec)["layer"]
    bold = {
        one["name"] for layer in lines for one in layer.get("data", {}).get("values", []) if one.get("weight") == "bold"
    }
    assert bold == {name, "Riket"}
    assert at.query_params["region"] == region
    at.selectbox(key="pick:region").set_value("").run()
    assert marked(at, "is-pinned") == []
    assert "region" not in at.query_params


@pytest.mark.parametrize("page", ["trust", "satisfaction", "uptake", "phone"])
def test_every_area_page_highlights_a_region(opened: Open, sample_store: Store, page: str) -> None:
    at = opened(page, region="23", synthetic="1")
    assert not at.exception
    assert not [box for box in at.warning if "okänt värde" in box.value]
    assert marked(at, "is-pinned") == ["Jämtland Härjedalen"]


def test_a_region_that_is_none_is_said_once(opened: Open, sample_store: Store) -> None:
    at = opened("trust", region="99")
    assert [box.value for box in at.warning if "99" in box.value]
    assert len(at.warning) == 1
    assert marked(at, "is-pinned") == []


@pytest.mark.parametrize(
    ("page", "address", "rests"),
    [
        (
            "trust",
            {"period": "2020"},
            "Antal svar per region ej publicerat (1 000 antas) · i riket 50 854 svar · "
            "svarsfrekvens ej inläst · hösten 2020",
        ),
        (
            "trust",
            {"period": "2025"},
            "Antal svar per region ej publicerat (1 000 antas) · svarsfrekvens ej inläst · "
            "mätperiodens datum finns inte i underlaget",
        ),
        ("satisfaction", {}, "Antal svar per region ej inläst · svarsfrekvens ej inläst · mätperiod ej inläst"),
        ("phone", {"synthetic": "1"}, ""),  # calls are counted, nobody is asked
    ],
)
def test_a_survey_says_how_many_answered_and_when_or_that_it_is_not_loaded(
    opened: Open, sample_store: Store, page: str, address: dict[str, str], rests: str
) -> None:
    found = re.search(r'<p class="rests">(.*?)</p>', html_of(opened(page, **address)))
    assert (words(found[1]) if found else "") == rests


def test_excel_stands_behind_one_click_in_the_row_of_choices(opened: Open, sample_store: Store) -> None:
    buttons = opened("trust").get("download_button")
    assert buttons[0].proto.label == "Ladda ner som Excel"


def test_synthetic_figures_are_announced_at_the_top(opened: Open, sample_store: Store) -> None:
    at = opened("uptake", indicator="calls_mean_wait")
    assert any("syntetiska exempeldata" in box.value for box in at.warning)
    assert any("**x**: syntetiska exempeldata" in box.value for box in at.markdown)


def test_headlines_use_no_synthetic_figure_unless_asked(opened: Open, sample_store: Store) -> None:
    quiet, asked = opened("overview"), opened("overview", synthetic="1")
    made_up = re.compile(r">[\d,]+\N{NO-BREAK SPACE}x<")
    assert not made_up.search(html_of(quiet))
    assert not quiet.warning
    assert any("Utan verkliga siffror" in box.value for box in quiet.markdown)
    assert made_up.search(html_of(asked))
    assert asked.warning


def test_an_assumed_base_is_said_and_overlap_is_called_no_test(opened: Open, sample_store: Store) -> None:
    said = " ".join(box.value for box in opened("trust", period="2020").markdown)
    assert "antaget underlag" in said
    assert "inget test" in said


def test_one_measurement_is_one_sentence_and_no_empty_chart(opened: Open, sample_store: Store) -> None:
    at = opened("trust", indicator="trust_1177_phone")
    assert plain("Bara ett mättillfälle (2017), ingen utveckling att visa.") in [box.value for box in at.markdown]
    assert not charts(at)
    assert f"<h3>{text('against.tested')}</h3>" not in html_of(at)


def test_the_weighted_mean_is_called_what_it_is_in_strips_table_and_sources(opened: Open, sample_store: Store) -> None:
    at = opened("trust", indicator="trust_vardcentral", period="2015", show="table")
    assert "Regionernas vägda medelvärde" in table(at)
    assert "weighted_mean" not in table(at)
    assert not any("None" in box.value for box in at.markdown)
    shown = strips(opened("trust", indicator="trust_vardcentral", period="2015"))
    assert "Regionernas vägda medelvärde" in shown
    assert "Riket" not in shown


def test_the_charts_title_is_the_pages_own_and_stands_in_the_picture(opened: Open, sample_store: Store) -> None:
    at = opened("trust", period="2020")
    inside = json.loads(charts(at)[0].proto.spec)["title"]  # under the plot, in lines a telephone has room for
    title = "Förtroende för hälso- och sjukvården i sin helhet"
    assert (inside["orient"], " ".join(inside["text"])) == ("bottom", title)
    assert plain(title) in at.title[0].value
    assert "Över tid" in headings(at)
    assert any(
        box.value == f":small[{plain('per år, procent, ihålig punkt: antaget underlag')}]" for box in at.markdown
    )


def test_an_older_measure_on_the_overview_is_said_to_be_old(opened: Open, sample_store: Store) -> None:
    told = words(html_of(opened("overview"))).split("Äldre mätningar, som inte räknas med")
    assert "Förtroende: 1177 på telefon % · 2017" not in told[0]
    assert told[1].split(" % · ")[0] == " Förtroende: 1177 på telefon"
