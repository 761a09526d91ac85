"""`export datapackage`: a folder or a zip that Frictionless accepts, whole or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from frictionless import Package

from models import Store
from tests.commands.conftest import Ran
from tests.opendata.test_datapackage import FILES


@pytest.mark.slow
def test_all_the_sample_data_are_a_valid_package(sample_store: Store, run: Callable[..., Ran], tmp_path: Path) -> None:
    done = run("export", "datapackage", "--out", str(tmp_path / "all"), "--json")
    assert (done.code, done.document["files"]) == (0, FILES)
    found = Package(str(tmp_path / "all" / "datapackage.json")).validate()
    assert found.flatten(["title", "type", "note"]) == []
    assert [(task.name, task.type) for task in found.tasks] == [
        *((name, "table") for name in ("observations", "indicators", "regions", "uploads")),
        ("observations-parquet", "file"),
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--all", "--out", "new"], 2, "Ett datapaket tar med alla perioder"),
        (["--period", "2025", "--out", "new"], 2, "Ett datapaket tar med alla perioder"),
        (["--indicator", "nosuch", "--out", "new"], 2, '"nosuch" är ingen känd indikator'),
        (["--out", "held"], 1, "held finns redan."),
        (["--out", "none/new.zip"], 2, "none finns inte."),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(
    store: Store,
    run: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "held").mkdir()
    before = sorted(tmp_path.iterdir())
    done = run("export", "datapackage", *words)
    assert done.code == code
    assert said in done.err
    assert sorted(tmp_path.iterdir()) == before
