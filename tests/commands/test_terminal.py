"""The command line as a whole: languages, help, exit codes, one document on stdout."""

import json
import os
import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from commands.terminal import aligned
from locales.json_text import as_json_text, records


def cli(project, tmp_path, *words, **environment):
    return subprocess.run(
        [sys.executable, project / "cli.py", *words],
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.slow
def test_the_program_starts_and_lists_its_commands_in_the_asked_language(project, tmp_path, run):
    started = cli(project, tmp_path, "--language", "en", "--help", PYTHONIOENCODING="ascii", LC_ALL="C")
    swedish = run("--help")

    assert (started.returncode, started.stderr, swedish.code) == (0, b"", 0)
    for command in (
        "check",
        "load",
        "uploads",
        "indicators",
        "compare",
        "export",
        "template",
        "init",
        "sample",
        "doctor",
    ):
        assert f"  {command} " in started.stdout.decode()
    assert "List uploaded files." in started.stdout.decode()
    assert "Lista uppladdade filer." in swedish.out


@pytest.mark.slow
def test_output_is_utf_8_whatever_the_terminal_says(project, tmp_path):
    ran = cli(project, tmp_path, "indicators", "--json", PYTHONIOENCODING="ascii")

    assert ran.returncode == 0
    assert any("ö" in one["title"] for one in json.loads(ran.stdout))


@pytest.mark.slow
def test_a_file_name_that_is_no_text_is_still_reported(project, tmp_path):
    name = os.fsdecode(b"r\xe4tt.csv")
    (tmp_path / name).write_text("Indikator;Region;Period;Värde\nlogins;Norrbotten;2023-01;5\n", encoding="utf-8")
    ran = cli(project, tmp_path, "load", name, "--json")

    assert (ran.returncode, json.loads(ran.stdout)["file"]) == (0, "r?tt.csv")


def test_a_wrong_setting_is_wrong_usage(run, monkeypatch):
    monkeypatch.setenv("DASHBOARD_LANGUAGE", "de")
    ran = run("indicators")

    assert (ran.code, ran.out, "language" in ran.err) == (2, "", True)


@pytest.mark.parametrize("words", [["--language", "de", "indicators"], ["finns-inte"], ["uploads", "--finns-inte"]])
def test_words_nobody_knows_are_wrong_usage(run, words):
    assert run(*words).code == 2


def test_the_version_is_the_programs_own(run):
    assert run("--version").out == "0.3.0\n"


def test_json_has_no_nan_and_days_are_iso():
    frame = pl.DataFrame({"day": [date(2026, 3, 1)], "value": [float("nan")], "name": ["å"]})

    assert json.loads(as_json_text(records(frame))) == [{"day": "2026-03-01", "value": None, "name": "å"}]
    with pytest.raises(ValueError, match="Out of range"):
        as_json_text([float("nan")])
    with pytest.raises(TypeError, match="object"):
        as_json_text(object())


def test_a_table_is_aligned_for_people():
    assert aligned(["Region", "n"], [["Riket", "10"], ["Norrbotten", "5"]], right=[1]).splitlines() == [
        "Region       n",
        "----------  --",
        "Riket       10",
        "Norrbotten   5",
    ]
