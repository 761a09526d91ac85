"""Every fault has its words in both languages, and addresses are those a person sees in Excel."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from indicators import catalogue
from loaders import LAYOUTS
from loaders.problems import Ignored, Problem, indicator_label, where
from loaders.rules import RULES, STAGES
from loaders.tables.addresses import cell, cell_range, column_letters, rectangles, runs
from locales import LANGUAGES, has_text, texts

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
    "nation",
    "out_of_range",
    "repeated_vector",
    "scale",
    "summed_total",
    "calls_disagree",
}
# What tells of a problem → which of its arguments is the rule.
_TELL = {
    "Problem": 1,
    "_problem": 2,
    "_quoting": 1,
    "_say": 1,
    "_wrong": 0,
    "about": 0,
    "capped": 0,
    "doubt": 1,
    "listed": 0,
    "rows": 1,
    "set_aside_with_warning": 1,
    "together": 1,
}


def told_rules() -> set[str]:
    """The rules that the code names where it tells of a problem."""
    found = set()
    for file in LOADERS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
            if name in _TELL and len(node.args) > _TELL[name] and isinstance(node.args[_TELL[name]], ast.Constant):
                found.add(node.args[_TELL[name]].value)
    return found


def test_every_rule_that_is_told_stands_in_the_table():
    assert len(told_rules()) > 90
    assert told_rules() - set(RULES) == set()


def test_every_rule_in_the_table_is_named_in_the_code_and_has_its_words_in_both_languages():
    named = {
        node.value
        for file in LOADERS.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {rule for rule in RULES if rule not in named and not rule.startswith("evidence_")} == set()
    unsaid = {
        (rule, language)
        for rule in set(RULES) - _BY_VARIANT
        for language in LANGUAGES
        if not any(has_text(f"{area}.rules.{rule}.says", language) for area in AREAS)
    }
    assert unsaid == set()


def test_a_rule_stands_in_one_step_and_under_each_heading_once():
    table = tomllib.loads((LOADERS / "rules.toml").read_text(encoding="utf-8"))
    steps = Counter(rule for stage in STAGES for rule in {*table[stage]["error"], *table[stage]["warning"]})
    assert [rule for rule, count in steps.items() if count > 1] == []
    assert all(len(names) == len(set(names)) for stage in STAGES for names in table[stage].values())
    assert {rule for rule, each in RULES.items() if each.note} == set(table["note"])
    assert all(RULES[rule].severities == {"warning"} for rule in table["note"])


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
