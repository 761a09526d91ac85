"""`sample-check`: figures drawn at random, each where it is said to stand; never one that is hidden."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from models import Store
from models.settings import PROJECT
from tests.commands.conftest import Ran
from tests.hidden_figures import assert_silent, publish_hidden

Run = Callable[..., Ran]


def drawn(run: Run, folder: Path, *words: object) -> list[dict[str, Any]]:
    out = folder / "stickprov.xlsx"
    assert run("sample-check", *words, "--out", out).code == 0
    head, *rows = openpyxl.load_workbook(out)["Stickprov"].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def stands(row: dict[str, Any]) -> Any:
    """What stands in the file at the place the sample names, read without our loaders."""
    file = PROJECT / "sample_data" / row["Fil"]
    if file.suffix == ".json":
        found: Any = json.loads(file.read_text(encoding="utf-8"))
        for key in re.findall(r"\w+", row["Cell"]):
            found = found[int(key)] if key.isdigit() else found[key]
        return found
    letters, line = coordinate_from_string(row["Cell"])
    column = column_index_from_string(letters)
    if file.suffix == ".xlsx":
        return openpyxl.load_workbook(file)[row["Blad"]].cell(line, column).value
    lines = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";"))
    return lines[line - 1][column - 1]


def numbers(rows: list[dict[str, Any]]) -> Iterator[tuple[float, float]]:
    for row in rows:
        yield float(str(stands(row)).replace(",", ".")), row["Vårt värde"]


def test_each_figure_stands_where_the_sample_says(run: Run, sample_store: Store, tmp_path: Path) -> None:
    rows = drawn(run, tmp_path, "--n", 40, "--seed", 7)
    assert [row["Nr"] for row in rows] == list(range(1, 41))
    assert len({row["Fil"] for row in rows}) >= 4
    assert all(found == pytest.approx(ours) for found, ours in numbers(rows))
    assert [str(row["Tryckt i källan"]).replace(",", ".") for row in rows] == [
        str(stands(row)).replace(",", ".") for row in rows
    ]
    assert not [row for row in rows if "x" in (row["Flaggor"] or "")]
    assert {row["Egen kontroll"] for row in rows} == {None}


def test_the_seed_repeats_the_sample_and_another_draws_another(run: Run, sample_store: Store, tmp_path: Path) -> None:
    first, again, other = (drawn(run, tmp_path, "--n", 10, "--seed", seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_made_up_figures_are_drawn_on_request(run: Run, sample_store: Store, tmp_path: Path) -> None:
    rows = drawn(run, tmp_path, "--n", 60, "--synthetic")
    assert any("x" in (row["Flaggor"] or "") for row in rows)
    cover = openpyxl.load_workbook(tmp_path / "stickprov.xlsx")["Om filen"]
    assert cover["A2"].value == "Syntetiska exempeldata"


def test_the_auditor_answers_from_a_list(run: Run, sample_store: Store, tmp_path: Path) -> None:
    drawn(run, tmp_path, "--n", 3)
    (rule,) = openpyxl.load_workbook(tmp_path / "stickprov.xlsx")["Stickprov"].data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("N2:N4", '"Stämmer,Stämmer inte,Hittas inte"')


def test_a_hidden_figure_is_never_drawn_and_there_are_no_more_than_all(run: Run, store: Store, tmp_path: Path) -> None:
    publish_hidden(store)
    rows = drawn(run, tmp_path, "--n", 10_000)
    assert len(rows) == 7 * 22 + 20  # every figure but the two that are hidden
    assert_silent(str(rows))


@pytest.mark.parametrize("n", [0, -1, 10_001])
def test_too_few_or_too_many_are_refused(run: Run, store: Store, tmp_path: Path, n: int) -> None:
    ran = run("sample-check", "--n", n, "--out", tmp_path / "x.xlsx")
    assert ran.code == 2
    assert not (tmp_path / "x.xlsx").exists()
