"""Faults of the libraries that read and judge become messages, never an ended session."""

from pathlib import Path

import polars as pl
import pytest

from benchmarks.load import write_file
from loaders import check_file
from tests.loaders.files import csv_bytes, template


@pytest.mark.slow
def test_faults_spread_over_a_file_of_many_chunks_are_told(tmp_path: Path) -> None:
    """polars.format panicked on a frame whose columns lie in different numbers of chunks."""
    write_file(tmp_path / "stor.csv", 50_000)
    lines = (tmp_path / "stor.csv").read_text(encoding="utf-8-sig").splitlines()
    lines[50::100] = [line.replace(";%;", ";%;1", 1) for line in lines[50::100]]
    content = csv_bytes("\r\n".join([*lines, ""]))
    told = [problem for problem in check_file(None, "stor.csv", content).errors if problem.rule == "interval"]
    assert (len(told), told[0].cell, told[0].found) == (
        201,
        "Q51",
        "42.9–46.9",
    )  # 500 of them; the 201st counts the rest


def test_a_panic_in_a_library_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def panics(*_: object) -> None:
        raise pl.exceptions.PanicException("assertion failed")

    monkeypatch.setattr("loaders.check.judge", panics)
    checked = check_file(None, "fil.csv", csv_bytes(template("trust_hospital;Skåne;2020;;61")))
    assert checked.errors[0].message() == (
        "Filen: granskningen av filen avbröts av ett fel i ett programbibliotek (assertion failed). "
        "Tillåtet: en fil som går att granska till slut. Inget har publicerats. "
        "Dela upp filen, till exempel per år, och skicka den ursprungliga filen till den som sköter programmet."
    )


@pytest.mark.parametrize("printed", ["٦٠", "６０"])
def test_digits_of_other_scripts_are_read_as_the_digits_they_are(printed: str) -> None:
    """polars' \\d matches them, and its cast to a number raised."""
    checked = check_file(None, "fil.csv", csv_bytes(template(f"trust_hospital;Skåne;2020;;{printed};;;{printed}")))
    assert checked.observations.select("value", "base_n", "printed").rows() == [(60.0, 60.0, printed)]


def test_an_exception_of_a_library_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise pl.exceptions.ComputeError("no such cast")

    monkeypatch.setattr("loaders.check.judge", fails)
    checked = check_file(None, "fil.csv", csv_bytes(template("trust_hospital;Skåne;2020;;61")))
    assert [(one.rule, one.found) for one in checked.errors] == [("judging_failed", "no such cast")]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b.csv", "ab.csv"),
        ("\ud800.csv", "?.csv"),
        ("\u202efdp.csv", "fdp.csv"),
        ("x" * 5000 + ".csv", 196 * "x" + ".csv"),
    ],
)
def test_a_file_name_is_kept_as_every_store_and_sheet_can_hold_it(given: str, kept: str) -> None:
    assert check_file(None, given, csv_bytes(template("trust_hospital;Skåne;2020;;61"))).file == kept
