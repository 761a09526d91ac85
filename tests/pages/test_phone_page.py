"""Telefon: one home for calls, the three service levels told apart, caveats where they bite, the week's profile."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from models import Store
from tests.pages.reading import figures, headings, strips
from tests.publishing import publish

Open = Callable[..., AppTest]


def texts(at: AppTest) -> str:
    told = [each.value for kind in (at.markdown, at.header, at.info, at.warning, at.caption) for each in kind]
    return "\n".join(told).replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def tables(at: AppTest) -> str:
    return "\n".join(each.proto.body for each in at.get("html")).replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_shows_calls_compared_over_time_and_by_hour(opened: Open, sample_store: Store):
    at = opened("phone", synthetic="1")
    assert not at.exception
    assert headings(at) == [
        "Regionerna mot medelvärdet för de sex regionerna, december 2023",
        "Över tid",
        "De sex regionerna i siffror",
        "Vanlig variation eller förändring?",
        "Att tänka på",
        "Alla telefonmått sida vid sida",
        "Veckodag och timme",
        "Vad som frågades",
        "Mål",
        "Källa",
    ]
    assert [each.label for each in at.expander if each.label in ("Hur säkert?", "Om siffrorna")] == [
        "Hur säkert?",
        "Om siffrorna",
    ]
    assert len(at.get("vega_lite_chart")) == 3
    assert "Region Norrbotten ligger inom sin vanliga variation: januari 2018 " in texts(at)


def test_the_six_are_judged_against_their_own_mean_where_riket_has_no_figure(opened: Open, sample_store: Store):
    at = opened("phone", synthetic="1")
    assert at.selectbox(key="pick:benchmark").value == "group:six"
    assert "Regionerna mot medelvärdet för de sex regionerna, december 2023" in headings(at)
    assert (
        opened("phone", synthetic="1", benchmark="riket").selectbox(key="pick:benchmark").value == "riket"
    )  # what a link says, holds


@pytest.mark.parametrize(
    ("group", "told", "untold"),
    [
        ("six", ["**Norrbotten:** Region Norrbotten gick in", "delar telefonköer", "överbelastningsskyddet"], []),
        ("mellansverige", ["överbelastningsskyddet", "Under pandemin 2020–2021"], ["**Norrbotten:**", "Norrbotten:"]),
    ],
)
def test_a_caveat_stands_beside_the_regions_it_bites(
    opened: Open, sample_store: Store, group: str, told: list[str], untold: list[str]
):
    at = opened("phone", synthetic="1", group=group, others="0", indicator="calls_offered")
    (beware,) = (
        each.value.replace("\\", "")
        for each in at.markdown
        if "Källa: Ingen av de kända" in each.value.replace("\\", "")
    )
    assert [words for words in told if words not in beware] == []
    assert [words for words in untold if words in beware] == []


def test_the_three_service_levels_are_told_apart_and_the_shown_one_named(opened: Open, sample_store: Store):
    said = texts(opened("phone", synthetic="1", indicator="calls_within_target_of_answered"))
    assert (
        "- **Servicenivå: besvarade inom svarsmålet, av besvarade samtal:** samtal besvarade inom svarsmålet ÷ "
        "besvarade samtal. (visas här)" in said
    )
    assert "- Servicenivå: besvarade och tappade inom svarsmålet, av inkomna samtal: (samtal besvarade inom" in said
    assert "tre olika beräkningar" not in texts(opened("phone", synthetic="1"))


def test_waits_are_minutes_and_seconds_and_over_an_hour_hours_too(opened: Open, store: Store):
    months = [
        {"indicator": "calls_mean_wait", "region": "25", "period": f"2023-{month:02d}", "value": 3000.0 + month}
        for month in range(1, 12)
    ]
    publish(store, [*months, {"indicator": "calls_mean_wait", "region": "25", "period": "2023-12", "value": 3751.0}])
    at = opened("phone", synthetic="1", indicator="calls_mean_wait")
    assert figures(at)[1][:2] == ["Norrbotten värdet har inget intervall", "1:02:31"]
    assert strips(at)["Norrbotten"].startswith("1:02:31 ")
    assert "3751" not in tables(at) + at.title[0].value
    assert "50:01 (januari 2023), 1:02:31 (december 2023)" in at.get("vega_lite_chart")[0].proto.alt
    assert "50:10" in tables(opened("phone", synthetic="1", indicator="calls_mean_wait", period="2023-10"))


def test_every_measure_stands_side_by_side_with_marks_at_the_regions_they_bite(opened: Open, sample_store: Store):
    html = tables(opened("phone", synthetic="1"))
    assert "Norrbotten¹²" in html
    assert "Västerbotten²" in html
    assert "Dalarna</th>" in html
    for cell in ("89,8 % x", "10 070 x", "953 x", "5:22 x", "3:42 x", "71,9 % x", "75,6 % x", "80,0 % x"):
        assert f">{cell}</a>" in html


def test_figures_that_disagree_are_told_and_figures_that_agree_are_not(opened: Open, store: Store):
    same = {"region": "25", "period": "2023-12"}
    publish(
        store,
        [
            {"indicator": "calls_offered", "value": 1000.0, **same},
            {"indicator": "calls_answered", "value": 990.0, **same},
        ],
    )
    assert "går inte ihop" not in texts(opened("phone", synthetic="1", indicator="calls_offered"))
    publish(store, [{"indicator": "calls_abandoned", "value": 20.0, **same}])
    said = texts(opened("phone", synthetic="1", indicator="calls_offered"))
    assert "Norrbotten, december 2023: besvarade och tappade samtal är 1 010, fler än de inkomna (1 000)." in said


def test_the_week_is_told_in_words_and_in_a_table(opened: Open, sample_store: Store):
    at = opened("phone", synthetic="1", indicator="calls_offered", week_region="20")
    assert "Inkomna samtal till 1177 per veckodag och timme, Region Dalarna, oktober 2023" in texts(at)
    assert "Flest på en veckodag: måndag" in texts(at)
    assert ">måndag 08–09</th>" in tables(at)
    none = texts(opened("phone", synthetic="1", indicator="calls_median_wait"))
    assert "Ingen inläst fil har Medianväntetid till 1177 på telefon per veckodag och timme. Det finns för:" in none


def test_an_old_link_to_calls_under_uptake_still_shows_them_and_leads_on(opened: Open, sample_store: Store):
    at = opened("uptake", indicator="calls_offered", period="2020-03")
    assert at.selectbox(key="pick:indicator").value == "calls_offered"
    assert "Inkomna samtal till 1177" in texts(at)
    (link,) = (each for each in at.get("page_link") if each.proto.page.startswith("phone"))
    assert "indicator=calls_offered" in link.proto.query_string
    assert "period=2020-03" in link.proto.query_string
    usual = opened("uptake")
    assert not any("samtal" in option for option in usual.selectbox(key="pick:indicator").options)


def test_the_page_speaks_english(opened: Open, sample_store: Store):
    said = texts(opened("phone", synthetic="1", lang="en", indicator="calls_within_target_of_offered"))
    assert "Service level: answered within target, of calls offered" in said
    for swedish in ("Servicenivå:", "Veckodag", "Att tänka", "telefonköer", "visas här"):
        assert swedish not in said


def test_example_data_are_shown_only_when_asked_for(opened: Open, sample_store: Store) -> None:
    at = opened("phone", indicator="calls_answered")
    assert not at.get("vega_lite_chart")
    assert not strips(at)
    assert not at.warning
    assert any(box.value.startswith("Här finns bara syntetiska exempeldata") for box in at.info)
    real = opened("phone")
    assert strips(real) == {"Värmland": "73,0 – kan ej bedömas"}
    assert not real.warning


def test_where_none_of_the_chosen_has_a_figure_the_page_says_so_and_who_has(opened: Open, sample_store: Store) -> None:
    at = opened("phone")
    assert at.title[0].value.replace("\\", "") == (
        "Andel besvarade samtal på 1177 november 2019: siffror saknas för de valda regionerna"
    )
    shown = tables(at)
    assert (
        "Siffror är inlästa för Värmland 73,0 %. Skillnader kan inte bedömas: värdet att jämföra med saknas." in shown
    )
    assert figures(at) == []
    assert "<p>För de valda regionerna är inga siffror inlästa här.</p>" in shown
