"""docs/developing.md is true: what it lists is all there is to touch. Done in a copy of the project."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "data", "tests", "benchmarks", "docs", "__pycache__", ".*_cache", "node_modules"
)
INDICATOR = """
area = "trust"
unit = "percent"
direction = "higher_is_better"
decimals = 1
data = "none"
question_sv = "En fråga som ingen har ställt"
source = "Ingen"
owner = "Ingen"
reviewed = 2026-11-22
next_review = 2027-11-22
[title]
sv = "Ett nytt mått"
en = "A new measure"
[short_title]
sv = "Nytt mått"
en = "New measure"
[[heard]]
words = ['{share}', 'kaffekopp']
"""
LAYOUT = """
from loaders.layouts.long import LongColumns, read_long, recognise_long

COLUMNS = LongColumns(
    fields={"Mått": "title", "Läns kod": "region_code", "När": "period", "Siffra": "value"},
    needed=(("title",), ("region_code",), ("period",), ("value",)),
    hallmarks=("Läns kod", "Siffra"),
    publisher="skr",
)
SIGNS = {}


def recognise(document):
    return recognise_long(COLUMNS, document)


def read(document, _known):
    return read_long(COLUMNS, document, SIGNS)
"""
PAGE = """
import ui

visit = ui.visit()
ui.heading(visit, "new_page")
"""
OPENED = """
from streamlit.testing.v1 import AppTest
at = AppTest.from_file("dashboard.py", default_timeout=60)
at.switch_page("pages/new_page.py")
at.run()
assert not at.exception, at.exception
from ui.menu import PAGES
from ui.server.shell import shell
print(at.title[0].value, "new_page" in PAGES, "<title>En ny sida" in shell("sv", "new_page").decode())
"""


@pytest.fixture
def copy(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/store.sqlite3")
    return Path(shutil.copytree(project, tmp_path / "copy", ignore=LEFT_OUT))


def listed(project: Path, heading: str) -> set[str]:
    """The files that the page lists under a heading."""
    told = (project / "docs" / "developing.md").read_text(encoding="utf-8")
    part = re.split(r"^### ", told, flags=re.MULTILINE)
    own = next(each for each in part if each.startswith(f"{heading}\n"))
    return set(re.findall(r"^- `([^`]+)`", own, flags=re.MULTILINE))


def put(copy: Path, changes: dict[str, tuple[str, str] | str]) -> set[str]:
    """Writes new files, and in old ones puts a text in another's place; the files it touched."""
    for name, change in changes.items():
        file = copy / name
        if isinstance(change, str):
            assert not file.exists()
            file.write_text(change, encoding="utf-8")
        else:
            before, after = change
            text = file.read_text(encoding="utf-8")
            assert before in text, name
            file.write_text(text.replace(before, after, 1), encoding="utf-8")
    return set(changes)


def run(copy: Path, *words: str) -> str:
    ran = subprocess.run([sys.executable, *words], cwd=copy, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return ran.stdout


@pytest.mark.slow
def test_an_indicator_is_one_file(project: Path, copy: Path) -> None:
    name = "indicators/definitions/new_measure.toml"
    assert put(copy, {name: INDICATOR}) == listed(project, "An indicator")
    told = json.loads(run(copy, "cli.py", "indicators", "--json"))
    assert [one["title"] for one in told if one["id"] == "new_measure"] == ["Ett nytt mått"]
    (copy / "cups.csv").write_text("Region;Period;Andel kaffekoppar\nSkåne;2023;56,9\n", encoding="utf-8")
    (table,) = json.loads(run(copy, "cli.py", "map", "cups.csv", "--json"))["mapping"]["tables"]
    assert [one["indicator"] for one in table["figures"]] == ["new_measure"]


@pytest.mark.slow
def test_a_layout_is_these_files(project: Path, copy: Path) -> None:
    touched = put(
        copy,
        {
            "loaders/layouts/new_layout.py": LAYOUT,
            "loaders/layouts/__init__.py": ("    kolada_table,\n", "    kolada_table,\n    new_layout,\n"),
            "indicators/file_layouts.py": ("FileLayout(MAPPED)", 'FileLayout("new_layout"), FileLayout(MAPPED)'),
            "locales/sv/layouts.toml": ("wide = ", 'new_layout = "En ny uppställning"\nwide = '),
            "locales/en/layouts.toml": ("wide = ", 'new_layout = "A new layout"\nwide = '),
        },
    )
    offered = ('    "wide": wide,\n', '    "new_layout": new_layout,\n    "wide": wide,\n')
    touched |= put(copy, {"loaders/layouts/__init__.py": offered})
    assert touched == listed(project, "A layout")
    (copy / "new.csv").write_text("Mått;Läns kod;När;Siffra\nFörtroende för sjukhus;25;2023;56,9\n", encoding="utf-8")
    told = json.loads(run(copy, "cli.py", "check", "new.csv", "--json"))
    assert (told["layout"], told["observations"]) == ("new_layout", 1)


@pytest.mark.slow
def test_a_page_is_these_files(project: Path, copy: Path) -> None:
    words = '\n\n[new_page]\ntitle = "{}"\npurpose = "{}"\n\n[trust]\n'
    touched = put(
        copy,
        {
            "pages/new_page.py": PAGE,
            "dashboard.py": ('    "figure":', '    "new_page": "pages/new_page.py",\n    "figure":'),
            "ui/menu.py": ('"evidence": (', '"evidence": ("new_page", '),
            "locales/sv/pages.toml": ("\n[trust]\n", words.format("En ny sida", "Till för ett prov.")),
            "locales/en/pages.toml": ("\n[trust]\n", words.format("A new page", "For a trial.")),
        },
    )
    assert touched == listed(project, "A page")
    run(copy, "cli.py", "sample")
    (copy / "opened.py").write_text(
        OPENED.replace('"dashboard.py"', repr(str(copy / "dashboard.py"))), encoding="utf-8"
    )
    assert run(copy, "opened.py").split("\n")[-2] == "En ny sida True True"
