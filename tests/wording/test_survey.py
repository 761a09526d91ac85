"""What a survey's figures rest on: answers, response, fieldwork, or that nobody has loaded them."""

from dataclasses import replace
from typing import Any

import pytest

from indicators import catalogue
from tests.charts.judged_rows import assessed, comparison, row
from wording.survey import survey_in_words

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
