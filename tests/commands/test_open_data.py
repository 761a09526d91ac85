"""The commands that the page Öppna data shows can be typed as they stand."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from models import Store
from tests.commands.conftest import Ran
from views.open_data import open_data
from views.parts import Reader


@pytest.mark.slow
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_shown_command_runs(
    sample_store: Store, run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = open_data(Reader(language, sample_store), originals=True).commands
    assert len(commands) == 5
    for one in commands:
        python, program, *words = shlex.split(one.line)
        assert (python, program) == ("python", "cli.py")
        assert run(*words).code == 0, one.line
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".csv", ".csv", ".csv", ".xlsx"]
