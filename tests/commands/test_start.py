"""A command pays for what it uses: which modules each one imports, and that the list of commands is true."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from commands.app import COMMANDS, command_named
from locales import text
from locales.on_demand import names_and_homes

PACKAGES = ("access", "analysis", "charts", "exports", "opendata", "models")
NOTHING_OF = ("altair", "streamlit", "sqlmodel", "sqlalchemy", "alembic", "polars", "numpy", "openpyxl", "loaders")
RUN = """
import json, sys
sys.argv = ["cli.py", *sys.argv[1:]]
import cli
try:
    cli.main()
except SystemExit as ended:
    code = ended.code
print(json.dumps({"code": code, "modules": sorted(sys.modules)}), file=sys.stderr)
"""


def imported(project: Path, *words: str) -> set[str]:
    """The modules in memory when the command has ended."""
    ran = subprocess.run([sys.executable, "-c", RUN, *words], cwd=project, capture_output=True, check=True, text=True)
    told = json.loads(ran.stderr.splitlines()[-1])
    assert told["code"] == 0, ran.stderr
    return set(told["modules"])


@pytest.mark.parametrize("words", [["--help"], ["interval", "81", "263"], ["interval", "81", "263", "--json"]])
def test_help_and_interval_import_no_frames_no_tables_and_no_charts(project, words):
    found = imported(project, *words)

    assert sorted(found & set(NOTHING_OF)) == []
    ours = {module for module in found if module.split(".")[0] in (*PACKAGES, "wording")}
    # The settings say which language is spoken; Wilson's interval is what was asked for.
    assert ours - {"models", "models.settings", "analysis", "analysis.methods", "analysis.methods.score"} == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "left_out"),
    [
        (["compare", "logins"], {"altair", "streamlit", "openpyxl", "loaders", "alembic", "jinja2", "docx", "httpx"}),
        (["uploads"], {"altair", "streamlit", "openpyxl", "loaders", "charts", "alembic"}),
        (["indicators"], {"altair", "streamlit", "openpyxl", "loaders", "charts"}),
    ],
)
def test_a_command_imports_no_more_than_its_work_asks_for(project, store, words, left_out):
    assert imported(project, *words) & left_out == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_made_by_its_module_with_the_help_of_the_list(name):
    """`--help` prints the list without importing the module: the two may not drift apart."""
    made = command_named(name)

    assert (made.name, made.help) == (name, text(COMMANDS[name][1]))


def test_every_module_that_registers_commands_is_in_the_list(project):
    registering = {file.stem for file in (project / "commands").glob("*.py") if "\ndef register(" in file.read_text()}

    assert {module for module, _ in COMMANDS.values()} == registering


def test_every_command_that_a_module_registers_is_in_the_list():
    for module in sorted({module for module, _ in COMMANDS.values()}):
        family = typer.Typer()
        import_module(f"commands.{module}").register(family)
        assert set(typer.main.get_group(family).commands) == {
            name for name, (of, _) in COMMANDS.items() if of == module
        }


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_package_offers_is_there_and_is_no_module_of_it(project, package):
    """A module, once imported, would stand in the place of a name it shares."""
    loaded = import_module(package)
    offered = names_and_homes(loaded.__file__)

    assert set(offered) <= set(loaded.__all__)
    assert [name for name in loaded.__all__ if getattr(loaded, name) is None] == []
    places = {path.stem for path in (project / package).iterdir() if path.suffix in ("", ".py")}
    assert set(offered) & places == set()
    with pytest.raises(AttributeError, match="no attribute 'finns_inte'"):
        loaded.finns_inte  # noqa: B018


def test_whoever_has_a_store_has_the_metadata_of_every_table(project):
    """A foreign key, or a migration's own check, needs the table it names even where nobody asked for its class."""
    with_tables = {file.stem for file in (project / "models").glob("*.py") if "table=True" in file.read_text()}
    asked = "import sys, models.store; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", asked], cwd=project, capture_output=True, check=True, text=True)

    assert {f"models.{module}" for module in with_tables} - set(found.stdout.split()) == set()


ALONE = """
import os, sys
import altair, openpyxl, models.store, indicators, locales.numbers  # the ground: once, before the children part
from importlib import import_module
for module in sys.argv[1:]:
    child = os.fork()
    if not child:
        try:
            import_module(module)
        except BaseException as error:
            print(module, repr(error), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.mark.slow
def test_each_module_can_be_the_first_that_is_imported(project):
    """Which module comes first depends on the command: none may rest on another having been imported before it."""
    files = [file for package in PACKAGES[:-1] for file in (project / package).rglob("*.py")]
    modules = [".".join(file.relative_to(project).with_suffix("").parts).removesuffix(".__init__") for file in files]
    ran = subprocess.run(
        [sys.executable, "-c", ALONE, *modules], cwd=project, capture_output=True, text=True, check=True
    )

    assert len(modules) > 60
    assert ran.stdout == ""
