"""One base for every refusal, each defined once, and words for every reason that code gives."""

import ast
import importlib
from pathlib import Path

import pytest

from locales import LANGUAGES, has_text
from locales.refused import Refused, RefusedFor

PROJECT = Path(__file__).parents[2]
PACKAGES = ("access", "analysis", "entries", "loaders", "models", "exports", "opendata", "commands", "views", "wording")
SOURCES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for package in PACKAGES
    for path in sorted((PROJECT / package).rglob("*.py"))
}
EXCEPTIONS = {
    node.name: path
    for path, tree in SOURCES.items()
    for node in ast.walk(tree)
    if isinstance(node, ast.ClassDef) and any("Refused" in ast.unparse(base) for base in node.bases)
}


def classes() -> dict[str, type[Refused]]:
    found = {}
    for name, path in EXCEPTIONS.items():
        home = importlib.import_module(".".join(path.relative_to(PROJECT).with_suffix("").parts))
        found[name] = getattr(home, name)
    return found


def test_what_is_refused_in_words_has_one_base_and_one_home() -> None:
    told = [
        node.name
        for tree in SOURCES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and node.name.endswith(("Refused", "Forbidden", "Failed", "RejectedFile", "UnknownChoice"))
    ]
    assert sorted(told) == sorted(classes())
    assert all(issubclass(one, Refused) for one in classes().values())


@pytest.mark.parametrize("name", sorted(name for name, one in classes().items() if issubclass(one, RefusedFor)))
def test_every_reason_has_its_words(name: str) -> None:
    found = classes()[name]
    assert issubclass(found, RefusedFor)
    given = {
        node.args[0].value
        for tree in SOURCES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name and node.args
        if isinstance(node.args[0], ast.Constant)
    }
    lacking = [
        (reason, language)
        for reason in given
        for language in LANGUAGES
        if not has_text(f"{found.texts}.{reason}", language)
    ]
    assert lacking == []
