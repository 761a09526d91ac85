"""What is said of a result: plain sentences with the right grammar and numbers, and never more than was tested."""

import json
from typing import Any

import pytest

from analysis import Marks, compare_regions
from analysis.methods.differences import marks_by_chance
from indicators import catalogue
from models import Store
from wording.reach import how_sure
from wording.sentences import benchmark_name, benchmarks_of, difference_in_words, judgement_sentence, rank_in_words

NBSP = "\N{NO-BREAK SPACE}"


def said(store: Store, indicator: str, region: str, language: str = "sv", **choices: Any) -> str:
    comparison = compare_regions(store, indicator, regions=[region], include_synthetic=False, **choices)
    return judgement_sentence(comparison, comparison.rows.row(0, named=True), language)


def test_worse_than_riket_with_its_interval_and_assumption(sample_store: Store) -> None:
    assert said(sample_store, "trust_overall", "25", period="2022") == (
        f"Förtroende för hälso- och sjukvården i sin helhet: 48,3{NBSP}% i Region Norrbotten (2022), "
        "13,8 procentenheter lägre än riket. Med 95 % säkerhet är skillnaden mellan 10,3 och 17,3 procentenheter. "
        "Sämre än riket. Skillnaden håller även vid 99,8 %. Intervallet bygger på antaget underlag; omdömet håller "
        "om minst 60 i regionen svarade."
    )


def test_a_riket_nobody_printed_is_named_as_the_mean_it_is(sample_store: Store) -> None:
    assert said(sample_store, "trust_vardcentral", "25", period="2015") == (
        f"Förtroende för vårdcentraler (Vårdbarometern, till och med 2015): 58,9{NBSP}% i Region Norrbotten (2015), "
        "4,1 procentenheter lägre än regionernas vägda medelvärde. Med 95 % säkerhet är skillnaden mellan 1,8 och 6,3 "
        "procentenheter. Sämre än regionernas vägda medelvärde. Skillnaden håller även vid 99,8 %."
    )
    made, printed = (compare_regions(sample_store, one) for one in ("trust_vardcentral", "trust_overall"))
    assert benchmarks_of([printed, made, printed], "sv") == "riket eller regionernas vägda medelvärde"
    assert benchmarks_of([made], "en") == "the regions' weighted mean"
    assert benchmarks_of([], "en") == "Riket"


def test_similar_is_said_with_the_interval_that_covers_no_difference(sample_store: Store) -> None:
    assert said(sample_store, "trust_overall", "23", "en", period="2022") == (
        "Trust in health care overall: 59.7% in Region Jämtland Härjedalen (2022), no "
        "certain difference from Riket: the difference (−5.9 to 1.1 percentage points) may be chance. That they "
        "are equivalent is not shown: the difference may be larger than 3.0 percentage points. A difference of 4.9 "
        "percentage points would be seen in four surveys of five. The interval rests on an assumed base; only with "
        "2,088 answers would a difference be marked."
    )


def test_what_holds_at_95_only_is_no_verdict_for_a_reader_who_asks_for_more(sample_store: Store) -> None:
    usual, strict = (said(sample_store, "trust_1177_phone", "25", period="2017", level=level) for level in (95, 99.8))
    assert "Sämre än riket. Skillnaden håller inte vid 99,8 %." in usual
    assert "Sämre än riket" not in strict
    assert "så skillnaden märks inte på den nivån" in strict


def test_value_without_interval_is_said_to_be_beyond_judgement(sample_store: Store) -> None:
    sentence = said(sample_store, "nki_phone", "22", period="2023")
    assert sentence.startswith(
        "Nöjd kund-index för 1177 på telefon: 83 i Region Västernorrland (2023). Kan inte bedömas"
    )
    assert "likvärdig" not in sentence


def test_another_question_is_said_with_the_catalogues_reason(sample_store: Store) -> None:
    sentence = said(sample_store, "eservices_1177_positive", "25", period="2020", benchmark="period:2019")
    assert "Frågan ändrades mellan 2019 och 2020" in sentence


RANKS = [
    ("trust_overall", "2022", "22", "plats 21 av 21 (mellan 20 och 21)"),
    ("npe_accessibility_primary_care", "2017", "25", "plats 15 av 21, osäker"),
    ("nki_phone", "2023", "22", "ingen plats: bara 2 regioner har ett värde"),
    ("nki_phone_waiting", "2018", "22", "ingen plats: ingen annan region har ett värde"),
]


@pytest.mark.parametrize(("indicator", "period", "region", "words"), RANKS)
def test_rank_is_said_with_its_interval_or_as_uncertain(
    sample_store: Store, indicator: str, period: str, region: str, words: str
) -> None:
    rows = compare_regions(sample_store, indicator, period, regions=[region]).rows
    assert rank_in_words(rows.row(0, named=True)) == words
    assert rank_in_words(rows.filter(code="00").row(0, named=True)) == "ingen plats"


DIFFERENCES = [
    ("trust_overall", -4.75, "sv", "−4,8 procentenheter"),
    ("nki_phone", 5.0, "en", "5 index points"),
    ("calls_mean_wait", 151.0, "sv", "2:31 (min:s)"),
    ("logins", 1200.0, "sv", f"1{NBSP}200"),
]


@pytest.mark.parametrize(("indicator", "difference", "language", "words"), DIFFERENCES)
def test_difference_has_the_word_for_its_unit(indicator: str, difference: float, language: str, words: str) -> None:
    assert difference_in_words(difference, catalogue().indicators[indicator], language) == words


BENCHMARKS = [
    ("riket", "riket"),
    ("group:six", "medelvärdet för de sex regionerna"),
    ("group:six:unweighted", "det ovägda medelvärdet för de sex regionerna"),
    ("region:24", "Region Västerbotten"),
    ("period:2017-10", "det egna värdet oktober 2017"),
    ("target", "målet"),
]


@pytest.mark.parametrize(("benchmark", "words"), BENCHMARKS)
def test_benchmark_is_named_as_it_stands_in_a_sentence(benchmark: str, words: str) -> None:
    assert benchmark_name(benchmark) == words


def test_how_sure_counts_what_chance_alone_would_mark() -> None:
    usual = [marks_by_chance(126, level) for level in (95, 99.8)]
    sentence = how_sure(Marks(126, 3, *usual), "riket")
    assert "Antal jämförelser mot riket: 126. Av dem skulle ungefär 6,3 markeras av slumpen" in sentence
    assert "vid 99,8 % ungefär 0,25" in sentence
    assumed = [marks_by_chance(42, level, assumed=[1000] * 42) for level in (95, 99.8)]
    sentence = how_sure(Marks(42, 3, *assumed), "riket")
    assert "Av dem skulle ungefär 0,2 till 4,2 markeras av slumpen" in sentence
    assert "det högre vid 700 svar per region, det lägre vid 2\N{NO-BREAK SPACE}000" in sentence


def test_sentences_are_text_a_json_reader_can_take(sample_store: Store) -> None:
    assert json.loads(json.dumps(said(sample_store, "trust_overall", "25"))) == said(
        sample_store, "trust_overall", "25"
    )
