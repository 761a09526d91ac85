"""What judgements look like and say."""

from itertools import combinations

import pytest

from analysis import shown_judgement
from charts.colours import COLOURS
from charts.judgement_marks import LOOKS
from indicators import catalogue
from locales import LANGUAGES
from tests.charts.judged_rows import ROWS, assessed, comparison, row
from wording.judgement import (
    benchmark_name,
    difference_words,
    judgement_in_words,
    phrase_of,
    ranked_of,
    route_note,
    verdict_of,
)
from wording.sentences import rank_in_words
from wording.symbols import symbol_of

BETTER, AT_95, ASSUMED, WORSE, WITHOUT_INTERVAL, WITHOUT_VALUE, RIKET = ROWS


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# Machado, Oliveira & Fernandes 2009, full severity, on linear RGB.
BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
}


def seen(colour: str, kind: str) -> list[float]:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    ]
    mixed = (sum(weight * part for weight, part in zip(line, linear, strict=True)) for line in BLINDNESS[kind])
    return [max(part, 0.0) ** (1 / 2.2) for part in mixed]


@pytest.mark.parametrize("name", LOOKS)
def test_words_reach_the_contrast_of_text_on_white_and_on_their_own_ground(name: str) -> None:
    look = LOOKS[name]
    assert contrast(look.ink, "#ffffff") >= 4.5
    assert contrast(look.ink, look.fill) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("pair", [("better", "worse"), ("higher", "lower")])
def test_opposites_stay_apart_for_a_colour_blind_reader(kind: str, pair: tuple[str, str], scheme: int) -> None:
    one, other = (seen(COLOURS[name][scheme], kind) for name in pair)
    assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.2


def test_no_two_judgements_share_a_symbol_or_marked_colour() -> None:
    for one, other in combinations(LOOKS, 2):
        assert symbol_of(one) != symbol_of(other)
        assert symbol_of(one, hollow=True) != symbol_of(other, hollow=True)
        assert LOOKS[one].ink != LOOKS[other].ink or {one, other} == {"similar", "not_assessable"}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (BETTER, "better"),
        (AT_95, "better"),
        (ASSUMED, "similar"),
        (WITHOUT_INTERVAL, "not_assessable"),
        ({**WITHOUT_INTERVAL, "judgement": "similar"}, "not_assessable"),  # whatever the row says
        ({**BETTER, "evidence": "none"}, "not_assessable"),
        ({**AT_95, "diff_low": None}, "not_assessable"),
        (WITHOUT_VALUE, "not_assessable"),
        (RIKET, "not_assessable"),  # Riket is not judged
    ],
)
def test_a_figure_without_interval_is_never_similar(given: dict, shown: str) -> None:
    assert shown_judgement(given) == shown


def test_an_assumed_base_has_a_hollow_symbol() -> None:
    assert (symbol_of("worse"), symbol_of("worse", hollow=True)) == ("▼", "▽")
    assert verdict_of(ASSUMED, "sv") == ("○", "ingen säker skillnad")
    assert verdict_of({**ASSUMED, "equivalence": "tested"}, "sv") == ("○", "likvärdig (prövad)")
    assert verdict_of(WITHOUT_VALUE, "sv") == ("–", "saknas")


@pytest.mark.parametrize(
    ("benchmark", "swedish", "english"),
    [
        ("riket", "riket", "Riket"),
        ("group:six", "medelvärdet för de sex regionerna", "the mean of the six regions"),
        (
            "group:six:unweighted",
            "det ovägda medelvärdet för de sex regionerna",
            "the unweighted mean of the six regions",
        ),
        ("region:24", "Västerbotten", "Västerbotten"),
        ("period:2020", "det egna värdet 2020", "its own value in 2020"),
        ("target", "målet", "the target"),
    ],
)
def test_every_benchmark_has_a_name_that_stands_after_than(benchmark: str, swedish: str, english: str) -> None:
    made = comparison(benchmark=benchmark)
    assert [benchmark_name(made, language) for language in ("sv", "en")] == [swedish, english]


def test_a_mean_we_made_ourselves_is_not_called_riket() -> None:
    made = comparison((*ROWS[:-1], {**RIKET, "comment": "weighted_mean"}))
    assert benchmark_name(made, "sv") == "regionernas vägda medelvärde"


def test_a_phrase_says_why_nothing_can_be_assessed() -> None:
    assert phrase_of(WORSE, "riket", "sv") == "sämre än riket"
    strict = comparison(level=99.8).rows.row(1, named=True)
    assert phrase_of(strict, "riket", "sv") == "ingen säker skillnad mot riket"
    assert phrase_of({**strict, "equivalence": "tested"}, "riket", "sv") == "likvärdig (prövad) med riket"
    assert phrase_of(WITHOUT_INTERVAL, "riket", "sv") == "kan inte bedömas: värdet har inget intervall"
    assert phrase_of(WITHOUT_VALUE, "riket", "en") == "cannot be assessed: the region has no value"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "why",
    [
        "no_value",
        "no_interval",
        "no_whole",
        "no_value_there",
        "no_interval_there",
        "target_ahead",
        "target_total",
        "other_question",
        "break",
        "itself",
    ],
)
def test_every_reason_has_its_words(why: str, language: str) -> None:
    assert ": " in phrase_of(row("24", value=50.0, unassessed=why), "riket", language)


def test_differences_of_shares_are_percentage_points() -> None:
    indicators = catalogue().indicators
    assert difference_words(WORSE, indicators["trust_overall"], "sv") == (
        "skillnad −5,0 procentenheter, 95\xa0% intervall −8,0 till −2,0"
    )
    assert difference_words(BETTER, indicators["trust_overall"], "en") == (
        "difference +10.0 percentage points, 95% interval +7.0 to +13.0"
    )
    wait = {**BETTER, "difference": -90.0, "diff_low": -120.0, "diff_high": 65.0}
    assert difference_words(wait, indicators["calls_mean_wait"], "sv") == (
        "skillnad −1:30 (min:s), 95\xa0% intervall −2:00 till +1:05"
    )


def test_a_place_has_its_interval_or_is_uncertain() -> None:
    assert ranked_of(comparison().rows) == 5
    assert rank_in_words(WORSE, "sv") == "plats 4 av 5 (mellan 3 och 5)"
    assert rank_in_words(WITHOUT_INTERVAL, "sv") == "plats 5 av 5, osäker"
    assert rank_in_words(WITHOUT_INTERVAL, "en", short=True) == "5, uncertain"
    assert rank_in_words(WITHOUT_VALUE, "sv") == "ingen plats"
    certain = {**WORSE, "rank_low": 4, "rank_high": 4}
    assert [rank_in_words(certain, "sv", short=short) for short in (False, True)] == ["plats 4 av 5", "4"]


def test_a_whole_row_in_words() -> None:
    assert judgement_in_words(AT_95, comparison(), "sv") == (
        "Region Gävleborg 2023: 64,0\xa0% (61,0\xa0%–67,0\xa0%, beräknat intervall); bättre än riket; "
        "skillnad +4,0 procentenheter, 95\xa0% intervall +1,0 till +7,0; "
        "håller på 95\xa0%-nivån men inte på 99,8\xa0%; plats 2 av 5 (mellan 1 och 3)"
    )


def test_a_benchmark_taken_as_a_fixed_number_is_said() -> None:
    fixed = comparison((assessed("20", 70.0, "better", 95.0, 1, route="point_value"), RIKET))
    assert route_note(fixed, "sv") == "jämfört med rikets värde utan hänsyn till dess osäkerhet"
    assert route_note(comparison(), "sv") == ""
    unjudged = comparison((row("24", value=50.0, unassessed="no_interval", route="point_value"), RIKET))
    assert route_note(unjudged, "sv") == ""


@pytest.mark.parametrize("name", ["better", "worse", "higher", "lower"])
def test_a_judgements_look_is_the_colour_of_its_name(name: str) -> None:
    assert (LOOKS[name].ink, LOOKS[name].fill) == (COLOURS[name][0], COLOURS[f"{name}-fill"][0])
