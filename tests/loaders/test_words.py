"""Every fault has its words in both languages, and addresses are those a person sees in Excel."""

import re
from pathlib import Path

import polars as pl
import pytest

from indicators import catalogue
from loaders import LAYOUTS
from loaders.problems import Ignored, Problem, indicator_label, where
from loaders.tables.addresses import cell, cell_range, column_letters, rectangles, runs
from locales import has_text, texts

AREAS = ("loaders", "plausibility", "records", "supply_files", "followup_file", "phone_files")
LOADERS = Path(__file__).parents[2] / "loaders"
_RULE = re.compile(r'(?:variant=|rule = |Problem\(\s*(?:ERROR|WARNING), |_refuse\(\s*|NotRead\(\s*)"([a-z_]+)"')
# Rules that are only ever shown through one of their variants.
_BY_VARIANT = {
    "unsafe_workbook",
    "unsafe_document",
    "refused_format",
    "broken_json",
    "hidden_content",
    "person_data",
    "revision_other",
}


def test_every_rule_in_the_code_has_its_words():
    named = {rule for file in LOADERS.rglob("*.py") for rule in _RULE.findall(file.read_text(encoding="utf-8"))}
    assert len(named) > 40
    missing = {rule for rule in named - _BY_VARIANT if not any(has_text(f"{area}.rules.{rule}.says") for area in AREAS)}
    assert missing == set()


def test_every_rule_says_what_is_allowed_and_what_to_do():
    for language in ("sv", "en"):
        rules = {
            key.rpartition(".")[0] for key in texts(language) if key.split(".")[:2] in [[a, "rules"] for a in AREAS]
        }
        for rule in rules:
            assert all(has_text(f"{rule}.{part}", language) for part in ("says", "expected", "do")), rule


@pytest.mark.parametrize(
    ("sheet", "place", "words"),
    [
        ("Resultat", "D14", 'Blad "Resultat", cell D14'),
        ("Resultat", "", 'Blad "Resultat"'),
        ("", "D14", "Cell D14"),
        ("", "$.values[0].kpi", "$.values[0].kpi"),
        ("", "", "Filen"),
    ],
)
def test_a_place_in_words(sheet: str, place: str, words: str):
    assert where(sheet, place, "sv") == words


def test_addresses_are_excels():
    assert [column_letters(number) for number in (1, 26, 27, 702, 703, 16384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert (cell(14, 4), cell_range(2, 2, 1, 1), cell_range(2, 3, 1, 24)) == ("D14", "A2", "A2:X3")
    assert (runs(pl.Series([], dtype=pl.UInt32)), runs(pl.Series([5, 3, 4]))) == ([], [(3, 5)])
    assert rectangles([(2, 1), (3, 1), (5, 1), (5, 2), (6, 1), (6, 2)]) == ["A2:A3", "A5:B6"]
    assert rectangles([(2, 1), (4, 1)]) == ["A2", "A4"]  # a gap between


def test_an_indicator_is_named_with_its_publishers_id():
    known = catalogue().indicators
    assert indicator_label(known["trust_hospital"], "sv") == "Förtroende för sjukhus, Kolada U70446"
    assert ", Indikator-Id " in indicator_label(known["trust_vardcentral"], "en")
    assert indicator_label(known["logins"], "sv") == known["logins"].title.sv


def test_a_problem_speaks_both_languages():
    problem = Problem("error", "unit_mismatch", "Data", "M2", "st", values={"unit": "percent"})
    assert problem.expected("sv") == "procent"
    assert problem.message("en").startswith('Sheet "Data", cell M2: the unit "st" is not')
    assert Ignored("", "E2", "unknown_column", {"header": "X"}).reason() == 'kolumnen "X" används inte'


def test_the_loosest_layout_is_tried_last():
    assert list(LAYOUTS)[-1] == "wide"
