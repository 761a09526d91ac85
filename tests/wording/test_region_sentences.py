"""What a finding says of one region, of all that could be judged, and where nothing can be."""

from typing import Any

import pytest

from tests.charts.judged_rows import ROWS, assessed, comparison, row
from wording.headline import distance_in_words, headline, region_in_short, regions_counted, sides, unjudged_in_words

NBSP = "\N{NO-BREAK SPACE}"
BELOW, ABOVE, UNSURE = (
    assessed("23", 55.0, "worse", 99.8, 4),
    assessed("20", 70.0, "better", 99.8, 1),
    assessed("22", 61.0, "similar", None, 3),
)
DUMB = row("24", value=50.0, estimate=50.0, unassessed="no_interval", rank=5)
MISSING = row("25", reason="not_reported", unassessed="no_value")
CODES = ("20", "22", "23", "24", "25")


def test_a_region_without_interval_is_told_on_no_side() -> None:
    below, above, unsure = sides(comparison(ROWS), CODES)
    assert [[one["code"] for one in side] for side in (below, above, unsure)] == [["23"], ["20"], ["22"]]


def test_below_riket_is_below_also_where_that_is_better() -> None:
    short = assessed("23", 55.0, "better", 99.8, 1)
    found = headline(comparison((short,), "calls_mean_wait"), CODES)
    assert found == "Medelväntetid till 1177 på telefon 2023: Jämtland Härjedalen under riket"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            (BELOW, ABOVE, UNSURE, DUMB),
            "1 av 3 regioner ligger över riket och 1 under; för 1 syns ingen säker skillnad.",
        ),
        ((BELOW, ABOVE), "1 av 2 regioner ligger över riket och 1 under."),
        ((UNSURE,), "0 av 1 regioner ligger över riket och 0 under; för 1 syns ingen säker skillnad."),
        ((DUMB, MISSING), ""),
        (ROWS[-1:], ""),  # riket itself is no region
    ],
)
def test_all_that_could_be_judged_are_counted(rows: tuple[dict[str, Any], ...], said: str) -> None:
    assert regions_counted(comparison(rows)) == said


@pytest.mark.parametrize(
    ("code", "benchmark", "said"),
    [
        (
            "20",
            "riket",
            f"Dalarna har 70,0{NBSP}%, 10,0 procentenheter högre än riket (med 95 % säkerhet 7,0 till 13,0).",
        ),
        # Both ends with their signs: the interval holds nought, and "2,0 till 4,0" would be untrue.
        ("22", "riket", f"Västernorrland har 61,0{NBSP}%: ingen säker skillnad mot riket."),
        ("24", "riket", f"Västerbotten har 50,0{NBSP}%, som inte kan bedömas mot riket."),
        ("25", "riket", "Norrbotten har ingen siffra: bortfall, ej rapporterat."),
        ("12", "riket", "För Skåne är ingen siffra inläst här."),
        (
            "22",
            "region:20",
            f"Västernorrland har 61,0{NBSP}%: ingen säker skillnad mot Dalarna.",
        ),
    ],
)
def test_one_region_in_short(code: str, benchmark: str, said: str) -> None:
    found = comparison((BELOW, ABOVE, UNSURE, DUMB, MISSING), benchmark=benchmark)
    assert region_in_short(found, code) == said


def test_an_equivalence_that_is_tested_is_no_lack_of_evidence() -> None:
    alike = assessed("22", 60.5, "similar", None, 3, diff_low=-1.0, diff_high=2.0, equivalence="tested")
    assert region_in_short(comparison((alike,)), "22") == (
        f"Västernorrland har 60,5{NBSP}%: likvärdig (prövad) med riket."
    )


def test_what_holds_at_95_only_is_no_difference_at_99_8() -> None:
    weak = assessed("21", 64.0, "better", 95.0, 2)
    assert headline(comparison((weak,)), ("21",)).endswith("Gävleborg över riket")
    strict = comparison((weak,), level=99.8)
    assert headline(strict, ("21",)).endswith("ingen säker skillnad mot riket i någon av regionerna")
    assert region_in_short(strict, "21") == (f"Gävleborg har 64,0{NBSP}%: ingen säker skillnad mot riket.")


def test_an_assumed_base_says_how_far_the_verdict_carries() -> None:
    assumed = assessed("23", 55.0, "worse", 99.8, 4, evidence="assumed", holds_from=97)
    found = comparison((assumed,))
    assert distance_in_words(found, found.rows.row(0, named=True)) == (
        f"Jämtland Härjedalen har 55,0{NBSP}%, 5,0 procentenheter lägre än riket (med 95 % säkerhet 2,0 till 8,0); "
        "det håller om minst 97 i regionen svarade."
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            (DUMB,),
            f"Siffror är inlästa för Västerbotten 50,0{NBSP}%. "
            "Skillnader kan inte bedömas: värdet har inget intervall.",
        ),
        (
            (DUMB, row("23", value=51.0, unassessed="no_whole")),
            f"Siffror är inlästa för Jämtland Härjedalen 51,0{NBSP}% och Västerbotten 50,0{NBSP}%.",
        ),  # two reasons
        (
            tuple(row(code, value=50.0, unassessed="no_interval") for code in ("20", "21", "22")),
            f"Siffror är inlästa för Dalarna 50,0{NBSP}%, Gävleborg 50,0{NBSP}% och Västernorrland 50,0{NBSP}%. "
            "Skillnader kan inte bedömas: värdet har inget intervall.",
        ),
        (
            tuple(row(code, value=50.0, unassessed="no_interval") for code in ("20", "21", "22", "23")),
            "Siffror är inlästa för 4 regioner. Skillnader kan inte bedömas: värdet har inget intervall.",
        ),
        ((DUMB, UNSURE), ""),
        ((MISSING,), ""),
    ],
)
def test_where_nothing_can_be_judged_the_figures_there_are_and_why(rows: tuple[dict[str, Any], ...], said: str) -> None:
    assert unjudged_in_words(comparison(rows)) == said
