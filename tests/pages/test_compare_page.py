"""The reader's own comparison: every choice in the address, the numbers those of the analysis."""

import re
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
from ui.visit import Visit

Open = Callable[..., AppTest]


def charts(at: AppTest) -> list[str]:
    return [chart.proto.alt for chart in at.get("vega_lite_chart") or at.get("arrow_vega_lite_chart")]


def html(at: AppTest) -> str:
    return "\n".join(box.proto.body for box in at.get("html"))


def table(at: AppTest) -> str:
    return next(box.proto.body for box in at.get("html") if "<table>" in box.proto.body)


def switches(at: AppTest) -> list[tuple[str, bool]]:
    """The views that a card offers, and which is shown."""
    nav = re.findall(r'<nav class="switch"[^>]*>(.*?)</nav>', html(at))[0]
    return [
        (words, bool(current)) for current, words in re.findall(r'<a href="[^"]*"( aria-current="true")?>([^<]*)', nav)
    ]


def verdicts(at: AppTest) -> list[str]:
    """The words of the compared regions, row by row."""
    return re.findall(
        r'<span class="verdict"><span aria-hidden="true">.</span> <span class="word">([^<]*)</span>', html(at)
    )


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
    at = opened("compare", indicators="trust_overall", lang=language, show="table", **address)
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


@pytest.mark.parametrize(
    ("show", "pictures"),
    [("heat", (0, 22, 0)), ("places", (1, 0, 0)), ("map", (0, 0, 21)), ("small", (1, 0, 0)), ("table", (0, 0, 0))],
)
def test_one_picture_at_a_time_of_one_measure(
    opened: Open, sample_store: Store, show: str, pictures: tuple[int, int, int]
) -> None:
    at = opened("compare", show=show)
    drawn = html(at)
    assert (len(charts(at)), drawn.count('<td class="strip"'), drawn.count('style="grid-column')) == pictures
    assert [words for words, _ in switches(at)] == ["Diagram", "Placering", "Karta", "Små diagram", "Tabell"]
    assert [words for words, current in switches(at) if current] == [
        {"heat": "Diagram", "places": "Placering", "map": "Karta", "small": "Små diagram", "table": "Tabell"}[show]
    ]


@pytest.mark.parametrize(
    ("show", "pictures"),
    [("heat", (42, 0, 0)), ("places", (0, 0, 0)), ("map", (0, 42, 0)), ("small", (0, 0, 42)), ("table", (0, 0, 0))],
)
def test_one_picture_at_a_time_of_several_measures(
    opened: Open, sample_store: Store, show: str, pictures: tuple[int, int, int]
) -> None:
    at = opened("compare", indicators="trust_overall-trust_hospital", show=show)
    assert not charts(at)
    drawn = html(at)
    assert (
        drawn.count('<td class="judged'),
        drawn.count('style="grid-column'),
        drawn.count('<img class="spark"'),
    ) == pictures
    assert at.title[0].value.replace("\\", "") == "Förtroende: vården i sin helhet och Förtroende: sjukhus mot riket"
    assert switches(at)[0][0] == "Värmekarta"


def test_the_heat_map_is_the_analysis(opened: Open, sample_store: Store) -> None:
    drawn = html(opened("compare", indicators="trust_overall-trust_hospital", others="0"))
    asked = [compare_regions(sample_store, one, include_synthetic=False) for one in ("trust_overall", "trust_hospital")]
    rows = {row["code"]: row for row in asked[1].rows.to_dicts()}
    cells = re.findall(r'<td class="judged is-(\w+)[^>]*><b><a href="figure\?([^"]*)">([^<]*)</a>', drawn)
    assert len(cells) == 2 * len(catalogue().groups["six"].regions)
    for judgement, address, value in cells:
        if "trust_hospital" in address:
            row = rows[re.findall(r"region=(\d\d)", address)[0]]
            assert (judgement, value) == (row["judgement"], f"{row['value']:.1f}".replace(".", ","))
    for row in re.findall(r'<tr[^>]*><th scope="row"><a href="profile.*?</tr>', drawn):
        assert len(set(re.findall(r"region=(\d\d)", row))) == 1  # a region's own figures stand on its row
    places = html(opened("compare", indicators="trust_overall-trust_hospital", others="0", show="places"))
    row = rows["25"]
    assert f">{row['rank']} ({row['rank_low']}–{row['rank_high']})<" in places


def test_an_indicator_without_the_period_says_so_and_the_others_are_shown(opened: Open, sample_store: Store) -> None:
    at = opened("compare", indicators="trust_overall-trust_1177_phone", period="2022")
    assert "Förtroende för 1177 via telefon" in at.info[0].value
    assert len(verdicts(at)) == 21  # one is left


def test_unknown_choices_fall_back_with_a_word(opened: Open, sample_store: Store) -> None:
    at = opened("compare", indicators="nothing", benchmark="region:99", level="50", ranks="all")
    assert not at.exception
    assert len(at.warning) == 4
    assert len(verdicts(at)) == 21


def test_synthetic_figures_only_where_they_are_switched_on(opened: Open, sample_store: Store) -> None:
    assert not verdicts(opened("compare", indicators="calls_answered"))
    asked = opened("compare", indicators="calls_answered", synthetic="1")
    assert asked.warning


def test_the_key_names_every_choice(sample_store: Store) -> None:
    visit, usual = Visit("sv", sample_store), ("trust_overall",)
    six, all_regions = catalogue().groups["six"].regions, catalogue().region_codes
    views = [
        Compared(visit, usual, six, all_regions, "riket", (None,), 95, "marginal", False),
        Compared(visit, ("trust_hospital",), six, all_regions, "riket", (None,), 95, "marginal", False),
        Compared(visit, usual, ("25",), all_regions, "riket", (None,), 95, "marginal", False),
        Compared(visit, usual, six, six, "riket", (None,), 95, "marginal", False),
        Compared(visit, usual, six, all_regions, "group:six", (None,), 95, "marginal", False),
        Compared(visit, usual, six, all_regions, "riket", ("2020",), 95, "marginal", False),
        Compared(visit, usual, six, all_regions, "riket", (None,), 99.8, "marginal", False),
        Compared(visit, usual, six, all_regions, "riket", (None,), 95, "simultaneous", False),
        Compared(visit, usual, six, all_regions, "riket", (None,), 95, "marginal", True),
        Compared(Visit("en", sample_store), usual, six, all_regions, "riket", (None,), 95, "marginal", False),
    ]
    assert len({view.key for view in views}) == len(views)


def test_one_region_in_one_year_has_neither_places_nor_a_development(opened: Open, sample_store: Store) -> None:
    words = {
        "places": plain("Regioner med värde: 1. Det är för få för att ge platser."),
        "small": plain("Bara ett mättillfälle (2018), ingen utveckling att visa."),
    }
    for show, said in words.items():
        assert [box.value for box in opened("compare", indicators="nki_phone_waiting", show=show).info] == [said]


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
    assert verdicts(at) == ["inget mål registrerat här"] * 21


@pytest.mark.parametrize(
    ("page", "address"), [("compare", {"show": "small"}), ("trust", {}), ("profile", {"region": "25"})]
)
def test_waves_to_compare_with_care_are_named_beside_the_lines(
    opened: Open, sample_store: Store, page: str, address: dict[str, str]
) -> None:
    at = opened(page, **address)
    words = paragraphs(at) + "\n".join(box.value for box in at.caption).replace("\\", "")
    assert "2020: Mätningen gjordes bara under hösten 2020, mitt i pandemin." in words
    assert "2021: Mätningen gjordes under pandemin. Jämför med andra år med försiktighet." in words
    if page != "profile":
        assert "- **d**: avvikande mätning, se anmärkning" in words


def test_nothing_is_said_of_a_level_where_nothing_is_judged(opened: Open, sample_store: Store) -> None:
    at = opened("satisfaction", indicator="nki_phone", period="2023")
    assert set(verdicts(at)) == {"kan ej bedömas"}
    captions = "\n".join(box.value for box in at.caption)
    assert "nivån" not in html(at) + captions
    assert "utan hänsyn" not in html(at) + captions + paragraphs(at)


def test_the_table_counts_its_rows_without_a_plural(opened: Open, sample_store: Store) -> None:
    labels = [box.label for box in opened("data").expander]
    assert "Tabell med samma siffror, antal rader: 22" in labels
    labels = [box.label for box in opened("data", lang="en").expander]
    assert "Table with the same figures, number of rows: 22" in labels


@pytest.mark.parametrize(
    ("language", "path"),
    [("sv", ["Jämför", "Egen jämförelse"]), ("en", ["Compare", "A comparison of your own"])],
)
def test_the_page_is_not_named_as_its_menu(
    opened: Open, path_of: Callable[[AppTest], list[str]], sample_store: Store, language: str, path: list[str]
) -> None:
    assert path_of(opened("compare", lang=language)) == path
