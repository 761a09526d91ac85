"""Choosing on an area page: the address is the state, unknown values are told, figures are the store's."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis import compare_regions
from exports import formatted_table
from locales import text
from models import Store
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
    at = opened("trust", period="2020")
    comparison = compare_regions(sample_store, "trust_overall", "2020")
    shown = formatted_table(comparison.rows, comparison.indicator, "sv")
    html = next(box.proto.body for box in at.get("html") if "<table>" in box.proto.body)
    assert html.count("<tr>") == 1 + 22
    for cells in shown.iter_rows():
        assert f">{cells[4]}<" in html


def test_the_chart_has_an_alternative_text_with_its_figures(opened: Open, sample_store: Store) -> None:
    at = opened("trust", period="2020", lang="en")
    charts = at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")
    assert "Worse than Riket: 4 (" in charts[0].proto.alt
    assert (
        "Region Norrbotten 2020: 62.9% (59.6%–66.1%, assumed base, differs, see the note); worse than Riket;"
        in charts[0].proto.alt
    )
    shown = {one["name"]: one for layer in json.loads(charts[0].proto.spec)["layer"] for one in records_of(layer)}
    assert shown["Riket"]["value"] == 69.4
    assert shown["Norrbotten"]["hollow"]


def records_of(layer: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in layer.get("data", {}).get("values", []) if {"code", "name", "value"} <= set(one)]


def test_only_the_chosen_regions_are_compared_when_the_others_are_off(opened: Open, sample_store: Store) -> None:
    at = opened("uptake", others="0", indicator="eservices_1177_positive", period="2023")
    chart = (at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart"))[0]
    names = {one["name"] for layer in json.loads(chart.proto.spec)["layer"] for one in records_of(layer)}
    assert len(names) == 6 + 1
    assert "av 21 (mellan" in chart.proto.alt  # their places are still among all regions


def test_synthetic_figures_are_announced_at_the_top(opened: Open, sample_store: Store) -> None:
    at = opened("uptake", indicator="calls_mean_wait")
    assert any("syntetiska exempeldata" in box.value for box in at.warning)
    assert any("**x**: syntetiska exempeldata" in box.value for box in at.markdown)


def test_headlines_use_no_synthetic_figure_unless_asked(opened: Open, sample_store: Store) -> None:
    def drawn(at: AppTest) -> str:
        return "".join(chart.proto.spec for chart in at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart"))

    quiet, asked = opened("overview"), opened("overview", synthetic="1")
    assert '"synthetic": true' not in drawn(quiet)
    assert not quiet.warning
    assert any("Utan verkliga siffror" in box.value for box in quiet.markdown)
    assert '"synthetic": true' in drawn(asked)
    assert asked.warning


def test_an_assumed_base_is_said_and_overlap_is_called_no_test(opened: Open, sample_store: Store) -> None:
    said = " ".join(box.value for box in opened("trust", period="2020").markdown)
    assert "antaget underlag" in said
    assert "inget test" in said


def test_one_measurement_is_one_sentence_and_no_empty_chart(opened: Open, sample_store: Store) -> None:
    at = opened("trust", indicator="trust_1177_phone")
    assert [box.value for box in at.info] == [plain("Bara ett mättillfälle (2017), ingen utveckling att visa.")]
    assert len(at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")) == 1
    assert not any(plain("(1 av 2)") in box.value for box in at.markdown)
    assert text("against.tested") not in [box.value for box in at.header]


def test_the_weighted_mean_is_called_what_it_is_in_chart_table_and_sources(opened: Open, sample_store: Store) -> None:
    at = opened("trust", indicator="trust_vardcentral", period="2015")
    chart = (at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart"))[0].proto
    names = {one["name"] for layer in json.loads(chart.spec)["layer"] for one in records_of(layer)}
    assert "Regionernas vägda medelvärde" in names
    assert "Riket" not in names
    table = next(box.proto.body for box in at.get("html") if "<table>" in box.proto.body)
    assert "Regionernas vägda medelvärde" in table
    assert "weighted_mean" not in table
    assert not any("None" in box.value for box in at.markdown)


def test_the_charts_title_is_text_of_the_page_which_follows_its_width(opened: Open, sample_store: Store) -> None:
    at = opened("trust", period="2020")
    chart = (at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart"))[0].proto
    inside = json.loads(chart.spec)["title"]  # and in the picture under the plot, in lines a telephone has room for
    assert (inside["orient"], " ".join(inside["text"])) == (
        "bottom",
        "Förtroende för hälso- och sjukvården i sin helhet",
    )
    heading = f"**{plain('Förtroende för hälso- och sjukvården i sin helhet')}**"
    assert any(box.value.startswith(f"{heading}  \n:small[2020, jämfört med riket,") for box in at.markdown)


def test_an_older_measure_on_the_overview_is_said_to_be_old(opened: Open, sample_store: Store) -> None:
    said = "\n".join(box.value for box in opened("overview").markdown)
    assert plain("Äldre mätning, som inte säger hur det är nu: Förtroende: 1177 på telefon, 2017.") in said
