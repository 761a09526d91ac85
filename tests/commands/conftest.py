"""A command line to type at, and files to give it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from commands.app import build

APP = build()


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document of stdout; anything before or after it is an error. NaN is none."""
        return json.loads(self.out, parse_constant=pytest.fail)


@pytest.fixture
def run() -> Callable[..., Ran]:
    def typed(*words: object) -> Ran:
        done = CliRunner().invoke(APP, [str(word) for word in words], catch_exceptions=False)
        return Ran(done.exit_code, done.stdout, done.stderr)

    return typed


@pytest.fixture
def good_file(tmp_path: Path) -> Path:
    file = tmp_path / "inloggningar.csv"
    file.write_text(
        "Indikator;Region;Period;Värde;Källa\n"
        "logins;Norrbotten;2023-01;5;Rapport 1\n"
        "logins;Skåne;2023-01;7;Rapport 1\n",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def bad_file(tmp_path: Path) -> Path:
    file = tmp_path / "okand_region.csv"
    file.write_text("Indikator;Region;Period;Värde\nlogins;Norbotten;2023-01;5\n", encoding="utf-8")
    return file


@pytest.fixture
def file_with_a_warning(tmp_path: Path) -> Path:
    file = tmp_path / "okand_indikator.csv"
    file.write_text(
        "Indikator;Region;Period;Värde\nlogins;Norrbotten;2023-02;5\nkaffekoppar;Norrbotten;2023-02;5\n",
        encoding="utf-8",
    )
    return file
