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
CHART = """
from charts.theme import drawn_from, finished
from locales import text


def new_chart(comparison, language="sv"):
    records = [{"at": row["value"], "flags": row["flags"]} for row in comparison.rows.to_dicts()]
    dots = drawn_from(records, 100).mark_point().encode(x="at:Q")
    return finished([dots], text("charts.new_chart", language), "", language)


def new_chart_in_words(comparison, language="sv"):
    return f"{text('charts.new_chart', language)}: {comparison.rows.height}."
"""
CHARTED = "from charts.new_chart import new_chart, new_chart_in_words"
DRAWN = """
    from charts import new_chart, new_chart_in_words
    from ui.figures import drawn
    of = (comparison, visit.language)
    drawn(visit, "new_chart", view_key(visit, "new"), lambda: new_chart(*of), lambda: new_chart_in_words(*of))
"""
EXPORT = """
from exports.safety import csv_text


def new_export(comparison):
    return "\\n".join(csv_text(row["region"]) for row in comparison.rows.to_dicts()).encode()
"""
EXPORTED = "from exports.new_export import new_export"
BUTTON = """
    from exports import new_export
    more = [File(visit.say("ui.new_export"), lambda: new_export(comparison), "new.txt", "text/plain")]
"""
FIGURES = "Indikator;Region;Period;Värde;Källa\n{of};Norrbotten;2023;56,9;Rapport\n{of};Skåne;2023;61,2;Rapport\n"
AT_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
at = AppTest.from_file("dashboard.py", default_timeout=60)
at.switch_page(f"pages/{sys.argv[1]}.py")
at.run()
assert not at.exception, at.exception
charts = [one.proto.alt for one in at.get("vega_lite_chart")]
print("\\n".join([at.title[0].value, *(one.value for one in at.markdown), *charts]))
print([one.proto.label for one in at.get("download_button")])
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


def loaded(copy: Path, indicator: str) -> None:
    """Two figures of the indicator in the copy's store."""
    run(copy, "cli.py", "init")
    (copy / "figures.csv").write_text(FIGURES.format(of=indicator), encoding="utf-8")
    run(copy, "cli.py", "load", "figures.csv", "--accept-warnings", "--note", "prov")


def page(copy: Path, name: str) -> str:
    """What a page says and draws, and its buttons."""
    source = AT_PAGE.replace('"dashboard.py"', repr(str(copy / "dashboard.py")))
    (copy / "at_page.py").write_text(source, encoding="utf-8")
    return run(copy, "at_page.py", name).replace("\\", "")  # markdown escapes what a file could say


@pytest.mark.slow
def test_a_chart_is_these_files(project: Path, copy: Path) -> None:
    touched = put(
        copy,
        {
            "charts/new_chart.py": CHART,
            "charts/__init__.py": ("    from charts.xmr_chart", f"    {CHARTED}\n    from charts.xmr_chart"),
            "locales/sv/charts.toml": ("nothing = ", 'new_chart = "Ett nytt diagram"\nnothing = '),
            "locales/en/charts.toml": ("nothing = ", 'new_chart = "A new chart"\nnothing = '),
            "ui/area/page.py": (
                "    _in_figures(visit, view, choice)\n",
                f"    _in_figures(visit, view, choice)\n{DRAWN}",
            ),
        },
    )
    touched |= put(
        copy, {"charts/__init__.py": ("__all__ = [\n", '__all__ = [\n    "new_chart",\n    "new_chart_in_words",\n')}
    )
    assert touched == listed(project, "A chart")
    loaded(copy, "trust_overall")
    told = page(copy, "trust")
    assert "Ett nytt diagram: 2." in told
    assert told.count("Ett nytt diagram") == 3  # its title, its alternative text, and the same in words


@pytest.mark.slow
def test_an_export_is_these_files(project: Path, copy: Path) -> None:
    touched = put(
        copy,
        {
            "exports/new_export.py": EXPORT,
            "exports/__init__.py": ("    from exports.tables", f"    {EXPORTED}\n    from exports.tables"),
            "commands/export.py": ('Literal["workbook", "csv"', 'Literal["new", "workbook", "csv"'),
            "ui/show.py": (
                '    return [File(visit.say("ui.excel")',
                f'{BUTTON}    return [*more, File(visit.say("ui.excel")',
            ),
            "locales/sv/ui.toml": ("excel = ", 'new_export = "En ny fil"\nexcel = '),
            "locales/en/ui.toml": ("excel = ", 'new_export = "A new file"\nexcel = '),
        },
    )
    touched |= put(copy, {"exports/__init__.py": ("__all__ = [\n", '__all__ = [\n    "new_export",\n')})
    answer = '    if kind == "new":\n        from exports import new_export\n        return new_export(shown)\n'
    touched |= put(copy, {"commands/export.py": ('    if kind == "csv":\n', f'{answer}    if kind == "csv":\n')})
    assert touched == listed(project, "An export")
    loaded(copy, "trust_overall")
    run(copy, "cli.py", "export", "new", "--indicator", "trust_overall", "--out", "new.txt")
    assert (copy / "new.txt").read_text(encoding="utf-8").split("\n") == ["Region Skåne", "Region Norrbotten"]
    assert "'En ny fil'" in page(copy, "trust").split("\n")[-2]


@pytest.mark.slow
def test_an_area_is_these_files(project: Path, copy: Path) -> None:
    measure = INDICATOR.replace('area = "trust"', 'area = "new_area"\nheadline = true')
    words = '\n\n[new_area]\ntitle = "{}"\npurpose = "{}"\n\n[trust]\n'
    touched = put(
        copy,
        {
            "indicators/model.py": ('Area = Literal["trust",', 'Area = Literal["new_area", "trust",'),
            "indicators/definitions/new_measure.toml": measure,
            "views/area_pages.py": ('{"trust": "trust",', '{"new_area": "new_area", "trust": "trust",'),
            "pages/new_area.py": 'from ui.area.page import area_page\n\narea_page("new_area", "new_measure")\n',
            "dashboard.py": ('    "figure":', '    "new_area": "pages/new_area.py",\n    "figure":'),
            "ui/menu.py": ('"compare": ("overview", ', '"compare": ("overview", "new_area", '),
            "locales/sv/areas.toml": ("trust = ", 'new_area = "Ett nytt område"\ntrust = '),
            "locales/en/areas.toml": ("trust = ", 'new_area = "A new area"\ntrust = '),
            "locales/sv/pages.toml": ("\n[trust]\n", words.format("Ett nytt område", "Till för ett prov.")),
            "locales/en/pages.toml": ("\n[trust]\n", words.format("A new area", "For a trial.")),
        },
    )
    assert touched == listed(project, "An area")
    loaded(copy, "new_measure")
    assert page(copy, "new_area").startswith("Ett nytt mått 2023: ")
    assert "Ett nytt mått" in page(copy, "overview").split("\n")[0]
    told = json.loads(run(copy, "cli.py", "indicators", "--json"))
    assert next(one for one in told if one["id"] == "new_measure")["area"] == "new_area"
