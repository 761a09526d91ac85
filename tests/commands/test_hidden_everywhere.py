"""A hidden figure, and what stood in its place before, is in no command's answer and in no file."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from analysis import change_log, compare_regions, series_over_time, uploads_list
from analysis.origin.sample import sample_figures
from exports.changelog import changelog_workbook, figures_csv
from exports.csvs import everything_csv
from exports.sample_check import sample_workbook
from exports.workbooks import comparison_workbook, comparisons_workbook, everything_workbook
from models import Store
from tests.commands.conftest import Ran
from tests.hidden_figures import assert_silent, publish_hidden
from views.area import area
from views.parts import Reader

Run = Callable[..., Ran]


@pytest.fixture
def hidden(store: Store) -> Store:
    return publish_hidden(store)


COMMANDS = [
    ("compare", "trust_overall", "--period", "2023"),
    ("compare", "trust_overall", "--period", "2023", "--as-of", "2026-01-15"),
    ("compare", "trust_overall", "--period", "2022", "--benchmark", "period:2021"),
    ("change", "trust_overall", "--region", "25"),
    ("change", "trust_overall", "--region", "24"),
    ("trend", "trust_overall", "--region", "25"),
    ("changes",),
    ("changes", "--indicator", "trust_overall"),
    ("uploads",),
    ("targets",),
    ("followup",),
    ("log",),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("as_json", [True, False])
def test_no_command_tells_a_hidden_figure(run: Run, hidden: Store, words: tuple[str, ...], as_json: bool) -> None:
    ran = run(*words, *(["--json"] if as_json else []))
    assert ran.out
    assert_silent(ran.out + ran.err)


@pytest.mark.parametrize("day", [None, date(2026, 1, 15)])
def test_no_file_tells_a_hidden_figure(hidden: Store, day: date | None) -> None:
    assert_silent(everything_csv(hidden, as_of=day, language="sv").decode("utf-8-sig"))
    log = change_log(hidden)
    assert_silent(figures_csv(hidden, log, "sv").decode("utf-8-sig"))
    compared = compare_regions(hidden, "trust_overall", "2023", as_of=day)
    series = series_over_time(hidden, "trust_overall", as_of=day)
    reader, six = Reader("sv", hidden, day), ("25", "24", "20")
    view = area(reader, compared, series, six)
    books = (
        everything_workbook(hidden, as_of=day, language="sv"),
        changelog_workbook(hidden, log, "sv"),
        comparison_workbook(reader, view, compared, series),
        comparisons_workbook(reader, view, [compared], [series], chosen=six, ranks="marginal"),
        sample_workbook(reader, sample_figures(hidden, 1000, 1, as_of=day)),
    )
    for book in books:
        with zipfile.ZipFile(io.BytesIO(book)) as parts:
            assert_silent(" ".join(parts.read(name).decode("utf-8") for name in parts.namelist() if "xml" in name))


def test_the_check_and_the_preview_of_a_withdrawal_tell_no_hidden_figure(
    run: Run, hidden: Store, tmp_path: Path
) -> None:
    file = tmp_path / "ny.csv"
    file.write_text("Indikator;Region;Period;Värde;Bas\ntrust_overall;Norrbotten;2023;15,5;500\n", encoding="utf-8")
    for words in (("check", file), ("check", file, "--json"), ("stage", file, "--json")):
        ran = run(*words)
        assert_silent(ran.out + ran.err)
    upload = uploads_list(hidden)["id"].max()
    assert_silent(run("withdraw", upload, "--note", "Fel fil", "--json").out)
