"""docs/security.md is true in one respect: every threat has tests, and each of them is there."""

import ast
import re

import pytest

from models.settings import PROJECT

ROWS = [
    line.strip("| ").split(" | ")
    for line in (PROJECT / "docs" / "security.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| threat")
]


def defined_in(file: str) -> set[str]:
    tree = ast.parse((PROJECT / file).read_text(encoding="utf-8"))
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize(("threat", "against", "named"), ROWS, ids=[row[0] for row in ROWS])
def test_a_threat_has_something_against_it_and_tests_that_are_there(threat: str, against: str, named: str) -> None:
    assert against
    found = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", named)
    assert ", ".join(f"`{file}::{name}`" for file, name in found) == named
    assert [name for file, name in found if name not in defined_in(file)] == []
