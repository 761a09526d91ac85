"""One region's places in many indicators: only places among all regions are drawn, all are told."""

import json
import re

import altair as alt
import pytest
import vl_convert

from charts.region_ranks import region_ranks, region_ranks_in_words
from indicators import catalogue
from locales import LANGUAGES
from tests.charts.judged_rows import assessed, comparison, row

WHOLE = tuple(
    assessed(code, 80.0 - at, "similar", None, at + 1, ranked=21) for at, code in enumerate(catalogue().region_codes)
)
UNSURE = (*WHOLE[:-1], row("25", value=50.0, estimate=50.0, unassessed="no_interval", rank=21, ranked=21))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_draws_the_same_twice(language: str) -> None:
    first, second = (region_ranks([comparison(WHOLE), comparison(UNSURE)], "25", language).to_json() for _ in range(2))
    assert first == second
    assert vl_convert.vegalite_to_svg(first).startswith("<svg")


def drawn(chart: alt.LayerChart) -> list[tuple[bool, str]]:
    """(with an interval, what is printed) per row of the chart."""
    found = re.findall(
        r'"printed": "([^"]*)".*?"sure": (true|false)', json.dumps(chart.to_dict(), sort_keys=True, ensure_ascii=False)
    )
    return list(dict.fromkeys((sure == "true", printed) for printed, sure in found))


def test_a_place_without_an_interval_is_called_uncertain_and_drawn_hollow() -> None:
    assert drawn(region_ranks([comparison(UNSURE)], "25")) == [(False, "21, osäker")]
    assert drawn(region_ranks([comparison(WHOLE)], "25")) == [(True, "21 (20–22)")]
    assert region_ranks_in_words([comparison(UNSURE)], "25").endswith("plats 21 av 21, osäker.")


def test_a_place_among_few_is_told_but_not_drawn() -> None:
    assert "plats 1 av 5 (mellan 1 och 2)" in region_ranks_in_words([comparison()], "20")
    assert drawn(region_ranks([comparison()], "20")) == []


def test_a_region_without_a_place_is_not_told() -> None:
    assert "plats " not in region_ranks_in_words([comparison()], "25")
