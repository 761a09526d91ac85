"""Every chart of judgements builds, in both languages, the same twice; and says what it shows."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import altair as alt
import polars as pl
import pytest
import vl_convert

from analysis import TimeSeries
from analysis.methods.funnel import funnel
from analysis.methods.xmr import RULES, xmr
from charts.funnel_plot import funnel_in_words, funnel_points
from charts.rank_intervals import rank_dots, ranks_in_words
from charts.region_labels import LINES, TILES
from charts.small_multiples import multiples_in_words, region_multiples
from charts.xmr_chart import xmr_in_words, xmr_lines
from indicators import SeriesBreak, Words, catalogue, period_of
from locales import LANGUAGES, has_text
from tests.charts.judged_rows import comparison, row
from wording.judgement import judged_in_words

AREAS = pl.DataFrame(
    {"area": ["Norra", "Södra", "Östra", "Stängd"], "numerator": [50, 60, 95, 0], "denominator": [100, 100, 100, 0]}
)
WAIT = catalogue().indicators["calls_mean_wait"]
MONTHS = [f"{year}-{month:02d}" for year in (2021, 2022) for month in range(1, 13)]
WAITS = xmr(MONTHS, [290.0 + 40 * (at % 2) for at in range(23)] + [600.0])
BREAKS = (
    SeriesBreak(
        indicators=("trust_overall",), period="2021", kind="question", reason=Words(sv="Ny fråga.", en="New question.")
    ),
)


def series(breaks: tuple[SeriesBreak, ...] = BREAKS) -> TimeSeries:
    """Four years of two regions and Riket; a break before 2021."""
    rows = [
        row(
            code,
            value=value + year - 2019,
            period=str(year),
            period_start=period_of(str(year)).start,
            segment=int(year >= 2021),
            stretch=int(year >= 2021),
        )
        for code, value in (("20", 60.0), ("25", 50.0), ("00", 58.0))
        for year in range(2019, 2023)
    ]
    indicator = catalogue().indicators["trust_overall"]
    return TimeSeries(indicator, "T", "year", None, 1, pl.DataFrame(rows), breaks, False)


CHARTS: dict[str, Callable[[str], alt.LayerChart]] = {
    "multiples": lambda language: region_multiples(series(), language, chosen=["25"]),
    "ranks": lambda language: rank_dots(comparison(), language, chosen=["25"]),
    "funnel": lambda language: funnel_points(funnel(AREAS), AREAS, "Nöjda", language),
    "xmr": lambda language: xmr_lines(WAITS, WAIT, "25", language),
    # Nothing at all is drawn as an empty chart, not as an error.
    "multiples of nothing": lambda language: region_multiples(
        replace(series(), rows=series().rows.clear(), kind=None), language
    ),
    "ranks of nothing": lambda language: rank_dots(_nothing(), language),
    "funnel of nothing": lambda language: funnel_points(funnel(AREAS.clear()), AREAS.clear(), "Nöjda", language),
    "xmr of nothing": lambda language: xmr_lines(xmr([], []), WAIT, "25", language),
}


@cache
def drawn_as(name: str, language: str = "sv") -> dict[str, Any]:
    """A chart's specification, not held against Vega-Lite's schema: the first test does that."""
    return CHARTS[name](language).to_dict(validate=False)


def _nothing() -> Any:
    return replace(comparison(), rows=comparison().rows.clear(), period=None)


def _words_in(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [word for value in node.values() for word in _words_in(value)]
    if isinstance(node, list):
        return [word for value in node for word in _words_in(value)]
    return [node] if isinstance(node, str) else []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_builds_and_is_the_same_twice(name: str, language: str) -> None:
    first = CHARTS[name](language).to_dict()  # validates against Vega-Lite's schema
    assert first == drawn_as(name, language)
    assert first["title"]["text"]


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in CHARTS if "nothing" not in name])
def test_every_chart_is_drawn_at_the_width_of_a_telephone_and_of_a_desk(name: str) -> None:
    spec = {part: told for part, told in drawn_as(name).items() if part != "title"}  # a page's own text (ui/vega.py)
    for width in (360, 1000):
        drawn = vl_convert.vegalite_to_svg(json.dumps(spec | {"width": width}))
        # Nothing stands outside the width: Vega then shrinks the plot or cuts the words.
        assert float(drawn.split('width="')[1].split('"')[0]) == pytest.approx(width, abs=12)


@pytest.mark.parametrize("name", CHARTS)
def test_a_swedish_chart_holds_no_english_words(name: str) -> None:
    words = " ".join(_words_in(drawn_as(name)["layer"]))
    titles = " ".join(_words_in(drawn_as(name)["title"]))
    for english in ("better than", "no certain", "worse than", "cannot be", "interval of", "uncertain", "compared"):
        assert english not in words + titles


@pytest.mark.parametrize("name", CHARTS)
def test_no_figure_without_interval_is_called_similar(name: str) -> None:
    for told in _words_in(drawn_as(name)):
        if "Västerbotten 2023" in told:  # the region whose value has no interval
            assert "likvärdig" not in told
            assert "ingen säker skillnad" not in told


def test_the_judged_regions_in_words() -> None:
    assert judged_in_words(comparison(), "sv", chosen=["24"]) == (
        "Förtroende för hälso- och sjukvården i sin helhet, 2023, jämfört med riket, bedömt på 95\xa0%-nivån. "
        "Bättre än riket: 2 (Dalarna, Gävleborg). Ingen säker skillnad mot riket: 1 (Västernorrland). "
        "Sämre än riket: 1 (Jämtland Härjedalen). Kan inte bedömas: 2 (Västerbotten, Norrbotten). "
        "Region Västerbotten 2023: 50,0\xa0% (inget intervall); kan inte bedömas: värdet har inget intervall; "
        "plats 5 av 5, osäker."
    )


def test_small_multiples_put_the_chosen_first_and_split_at_breaks() -> None:
    layers = region_multiples(series(), "sv", chosen=["25"]).to_dict()["layer"]
    points = layers[1]["data"]["values"]
    assert list(dict.fromkeys(point["panel"] for point in points)) == ["25", "20"]
    assert {point["line"] for point in points} == {0, 1}
    assert sum(point["code"] == "00" for point in points) == 8  # Riket's four points in both panels
    assert multiples_in_words(series(), "en").endswith(
        "Number of regions with two measurements or more: 2. The latest is above the first in 2, below it in 0 and "
        "equal in 0. "
        "The differences are not tested. Break from 2021: New question. "
        "2020: The survey was made in the autumn of 2020 only, in the middle of the pandemic. Compare with other years "
        "with care. 2021: The survey was made during the pandemic. Compare with other years with care."
    )


def test_ranks_in_words_name_the_uncertain_ones() -> None:
    assert ranks_in_words(comparison(), "sv", chosen=["23", "24", "25"]) == (
        "Plats bland regionerna: Förtroende: vården i sin helhet, 2023, 1 är bäst, streck: 95\xa0% intervall för "
        "platsen, osäker: inget intervall. Jämtland Härjedalen: plats 4 av 5 (mellan 3 och 5). "
        "Västerbotten: plats 5 av 5, osäker."
    )


def test_the_funnels_curves_pass_through_the_areas_own_limits() -> None:
    answer = funnel(AREAS)
    layers = funnel_points(answer, AREAS, "Nöjda", "sv").to_dict()["layer"]
    first = {point["end"]: point["at"] for point in layers[0]["data"]["values"][:4]}  # where n = 100, the smallest
    own = answer.rows.row(0, named=True)
    assert first == {end: pytest.approx(100 * own[end]) for end in ("low95", "high95", "low998", "high998")}
    assert "Kan inte bedömas: Stängd." in funnel_in_words(answer, "Nöjda", "sv")
    assert funnel_in_words(funnel(AREAS.clear()), "Nöjda", "en") == (
        "Nöjda by size. There are no numbers to compute from."
    )


def test_the_xmr_chart_names_the_rule_that_fired() -> None:
    assert xmr_in_words(WAITS, WAIT, "25", "sv").endswith("Utanför gränserna: december 2022.")
    names = [layer["data"]["values"] for layer in xmr_lines(WAITS, WAIT, "25", "sv").to_dict()["layer"]][-1]
    assert [(point["name"], point["date"]) for point in names] == [("utanför", "2022-12-01")]
    short = xmr(MONTHS[:5], [1.0] * 5)
    assert xmr_in_words(short, WAIT, "25", "sv") == (
        "Medelväntetid till 1177 på telefon, Region Norrbotten. januari 2021 till maj 2021: "
        "för få jämförbara mätningar (5 av 12)."
    )
    assert all(has_text(f"judgements.{area}.{rule}") for area in ("rule", "short_rule") for rule in RULES)


def test_the_tile_map_holds_every_region_once() -> None:
    assert set(TILES) == set(catalogue().region_codes)
    assert len(set(TILES.values())) == 21
    assert set(LINES) == set(catalogue().regions)
    assert max(len(line) for lines in LINES.values() for line in lines) <= 8


def test_north_is_up_on_the_tile_map() -> None:
    """Norrbotten at the top, the south coast at the bottom, the west coast at the left, Gotland off the coast."""
    assert TILES["25"][1] == 0
    assert max(row for _, row in TILES.values()) == TILES["10"][1]
    assert TILES["14"][0] < TILES["19"][0] < TILES["01"][0] < TILES["09"][0]


def test_lines_of_one_text_do_not_run_together_when_they_are_copied() -> None:
    drawn = vl_convert.vegalite_to_svg(json.dumps(xmr_lines(WAITS, WAIT, "25", "sv").to_dict()))
    said = re.sub("<[^>]+>|\N{ZERO WIDTH SPACE}", "", drawn)
    assert re.search(r"medel \d", said)


def test_no_mark_takes_its_width_from_an_unordered_field() -> None:
    assert '"strokeWidth": {"field"' not in json.dumps(region_multiples(series(), "sv").to_dict())


def test_beside_the_xmr_chart_stands_what_chance_gives_and_that_months_follow_each_other() -> None:
    calm = xmr_in_words(WAITS, WAIT, "25", "sv")
    assert "Slumpen ensam märker ut den senaste månaden i ungefär 2,6 % av diagrammen." in calm
    following = xmr(MONTHS, [300.0 + 5 * min(at, 23 - at) for at in range(24)])
    assert following.phases[0].autocorrelation > 0.6
    assert "Månaderna följer på varandra (autokorrelation 0,8" in xmr_in_words(following, WAIT, "25", "sv")
