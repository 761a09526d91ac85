"""What a survey's figures rest on: answers, response, fieldwork, or that nobody has loaded them."""

from dataclasses import replace
from typing import Any

import pytest

from analysis import Comparison
from indicators import catalogue, period_of
from tests.charts.judged_rows import assessed, comparison, row
from wording.survey import survey_in_words, surveys_in_words

WAVES = {wave.period: wave for wave in catalogue().waves if wave.survey == "barometer"}
NBSP = "\N{NO-BREAK SPACE}"


def known(code: str, **given: Any) -> dict[str, Any]:
    return assessed(code, 60.0, "similar", None, 1, **{"base_n": None, "assumed_base": None, **given})


@pytest.mark.parametrize(
    ("rows", "wave", "said"),
    [
        ([known("25", assumed_base=1000.0), known("24", assumed_base=1000.0)], "2020",
         f"Antal svar per region ej publicerat (1{NBSP}000 antas) · i riket 50{NBSP}854 svar · svarsfrekvens "
         "ej inläst · hösten 2020"),
        ([known("25", assumed_base=1000.0), known("24", assumed_base=2500.0)], "2021",
         f"Antal svar per region ej publicerat (1{NBSP}000–2{NBSP}500 antas) · svarsfrekvens ej inläst · "
         "mätperiodens datum finns inte i underlaget"),
        ([known("25", base_n=840.0), known("24", base_n=2300.0)], "2020",
         f"Antal svar per region: 840–2{NBSP}300 · i riket 50{NBSP}854 svar · svarsfrekvens ej inläst · hösten 2020"),
        ([known("25", base_n=840.0), known("24")], "",
         "Antal svar per region: 840 (för några ej inläst) · svarsfrekvens ej inläst · mätperiod ej inläst"),
        ([known("25", assumed_base=500.0), known("24")], "",
         "Antal svar per region ej publicerat (500 antas för några) · svarsfrekvens ej inläst · mätperiod ej inläst"),
        ([known("25")], "", "Antal svar per region ej inläst · svarsfrekvens ej inläst · mätperiod ej inläst"),
        # The nation's own answers are no region's.
        ([known("25"), known("00", base_n=9000.0)], "",
         "Antal svar per region ej inläst · svarsfrekvens ej inläst · mätperiod ej inläst"),
        ([row("25", base_n=None, assumed_base=None, reason="not_reported")], "2020", ""),  # no figure rests on anything
    ],
)  # fmt: skip
def test_the_line_says_what_is_known_and_what_is_not(rows: list[dict[str, Any]], wave: str, said: str) -> None:
    assert survey_in_words(replace(comparison(tuple(rows)), wave=WAVES.get(wave))) == said


def test_what_is_counted_and_not_asked_has_no_such_line() -> None:
    assert survey_in_words(comparison((known("25", base_n=840.0),), "calls_share_answered")) == ""


def test_the_line_is_in_english_too() -> None:
    found = replace(comparison((known("25", assumed_base=1000.0),)), wave=WAVES["2020"])
    assert survey_in_words(found, "en") == (
        "Answers per region not published (1,000 assumed) · 50,854 answers in the nation · response rate not loaded · "
        "autumn 2020"
    )


def test_what_is_true_of_several_waves_is_said_once() -> None:
    def wave(indicator: str, period: str, **given: Any) -> Comparison:
        found = comparison((known("25", **given),), indicator)
        return replace(found, period=period_of(period), wave=WAVES.get(period))

    unknown = "Antal svar per region ej inläst · svarsfrekvens ej inläst · mätperiod ej inläst"
    hospital, overall = wave("trust_hospital", "1999"), wave("trust_overall", "1998")
    assert surveys_in_words([hospital]) == unknown
    assert surveys_in_words([hospital, hospital]) == unknown
    named = "Hälso- och sjukvårdsbarometern 1999"
    assert surveys_in_words([hospital, overall]) == f"{named} och 1998: {unknown}."
    # Calls are counted: then the survey is named, for the line is not of all that is shown.
    assert surveys_in_words([hospital, wave("calls_offered", "2023-01")]) == f"{named}: {unknown}."
    assert surveys_in_words([wave("calls_offered", "2023-01")]) == ""
    answered = wave("nki_phone", "1999", base_n=840.0)
    assert surveys_in_words([hospital, answered]) == (
        f"{named}: {unknown}. Nöjd kund-index för 1177 på telefon 1999: Antal svar per region: 840 · svarsfrekvens ej "
        "inläst · mätperiod ej inläst."
    )
