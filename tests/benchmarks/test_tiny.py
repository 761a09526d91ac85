"""Every benchmark runs, at a tiny size, and tells its bar. What it measures is nothing here."""

import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from benchmarks import report
from models.settings import PROJECT


def _alone(module: str, *arguments: str) -> str:
    """What it prints in a process of its own: two browsers' loops do not go together in one."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout


def in_a_thread(work: Callable[[], None]) -> None:
    """A loop of its own: Playwright's may still be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(work).result()


TINY: dict[str, tuple[dict[str, Any], Callable[[Any, Path], None]]] = {
    "load": ({}, lambda module, _: module.main([500])),
    "desk": ({"ROWS": 300, "IDLE": 0.2, "PUBLISHED": (1,)}, lambda module, _: module.main(600)),
    "page": ({"PAGES": ("data",), "RUNS": 2}, lambda module, _: module.main()),
    "ranks": ({"INDICATORS": 2, "DRAWS": 100}, lambda module, _: module.main()),
    "query": ({"TIMES": 2}, lambda module, _: in_a_thread(lambda: module.main([500, 1000]))),
    "rerun": ({"RUNS": 1}, lambda module, _: module.main(2)),
    "workbook": ({"ROWS": 300, "ROUNDS": 1}, lambda module, _: module.main()),
    "supply": (
        {"UNITS": 12, "MONTHS": 2, "SECTIONS": ("gaps",), "WARM_RUNS": 1},
        lambda module, folder: module.main(folder / "supply.sqlite3"),
    ),
    "first_figure": ({}, lambda module, _: sys.stdout.write(_alone(module.__name__, "1", "overview"))),
    "open_data": ({"UNCOUNTED": 0}, lambda module, _: in_a_thread(lambda: module.main(1))),
    "pictures": ({"TIMES": 1, "REGIONS": 1, "KINDS": (), "COLD": False}, lambda module, _: module.main()),
    "viewers": (
        {"VIEWERS": ((2, 0.5),), "SECONDS": 1, "THINKING": 0.2, "SATURATING": 1, "SESSIONS": 1, "REGIONS": 1},
        lambda module, _: in_a_thread(module.main),
    ),
    "first_chart": ({"TIMES": 1}, lambda module, _: in_a_thread(module.main)),
    "start": ({"TIMES": 1, "BARS": {("--help",): 2}}, lambda module, _: module.main()),
}


SERVERS = ("viewers", "first_figure", "first_chart")
"""They start several servers, which takes a minute and a half: in make test-hard."""


def test_every_benchmark_is_run_here_and_in_the_report():
    own = {path.stem for path in (PROJECT / "benchmarks").glob("*.py")} - {"report", "plain_page"}
    assert own == set(TINY) == set(report.NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("name", [pytest.param(one, marks=[pytest.mark.hard] * (one in SERVERS)) for one in TINY])
def test_a_benchmark_runs_at_a_tiny_size(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    sizes, run = TINY[name]
    module = import_module(f"benchmarks.{name}")
    for constant, value in sizes.items():
        monkeypatch.setattr(module, constant, value)
    monkeypatch.setenv("DASHBOARD_MAX_FILE_MB", "50")
    run(module, tmp_path)
    told = capsys.readouterr().out
    assert re.search(r"\bbar\b", told), told
    if name == "load":
        assert re.search(r"ratio +[0-9.]+ ", told)
        assert re.search(r"peak [0-9]+ MiB", told)


def test_the_report_holds_every_bar_with_its_figure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(report, "REPORT", tmp_path / "benchmarks.md")
    monkeypatch.setattr(report, "measured", lambda name: f"{name} 12 ms (bar 60 ms)\nno figure")
    report.main(["page", "load"])
    page = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert "| page | page 12 ms (bar 60 ms) |" in page
    assert "| load | load 12 ms (bar 60 ms) |" in page
    assert re.search(r"- Machine: .+ cores, ", page)
    assert re.search(r"- Commit: \w+", page)
