"""Screening of calls: counts and shares of one file that cannot all be true are doubted; those that can are not."""

import pytest

from loaders import check_file
from models import Store
from tests.loaders.files import csv_bytes

HEAD = "Indikator;Region;Period;Värde\n"


def doubts(store: Store, *rows: tuple[str, str]) -> list[tuple[str, str]]:
    text = HEAD + "".join(f"calls_{name};Norrbotten;2023-10;{value}\n" for name, value in rows)
    found = check_file(store, "samtal.csv", csv_bytes(text))
    assert found.errors == ()
    return [(each.variant, each.cell) for each in found.problems if each.rule == "calls_disagree"]


CASES = [
    ([("offered", "100"), ("answered", "90"), ("abandoned", "10")], []),
    ([("offered", "100"), ("answered", "90"), ("abandoned", "11")], [("calls_above_offered", "D2:D4")]),
    ([("answered", "90"), ("abandoned", "11")], []),  # offered is not in the file
    ([("offered", "300"), ("answered", "262"), ("share_answered", "87,3")], []),
    ([("offered", "300"), ("answered", "262"), ("share_answered", "88,3")], [("calls_share_off", "D2:D4")]),
    ([("share_answered", "80,1"), ("within_target_of_offered", "85,2")], [("calls_level_above_share", "D2:D3")]),
    ([("within_target_of_answered", "60,1"), ("within_target_of_offered", "70,2")], [("calls_level_order", "D2:D3")]),
]


@pytest.mark.parametrize(("rows", "found"), CASES)
def test_calls_of_the_same_key_that_disagree_are_doubted(
    store: Store, rows: list[tuple[str, str]], found: list[tuple[str, str]]
):
    assert doubts(store, *rows) == found


def test_the_doubt_names_region_month_and_both_numbers(store: Store):
    text = HEAD + "".join(
        f"calls_{name};Norrbotten;2023-10;{value}\n"
        for name, value in (("offered", 1000), ("answered", 990), ("abandoned", 20))
    )
    (problem,) = check_file(store, "samtal.csv", csv_bytes(text)).problems
    said = problem.says("sv").replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith("Norrbotten har fler besvarade och tappade samtal (1 010) än inkomna (1 000) i oktober 2023")
    assert problem.severity == "warning"
    assert problem.indicators == ("calls_offered", "calls_answered", "calls_abandoned")
