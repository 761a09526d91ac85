"""Every benchmark, one after another: docs/benchmarks.md with machine, commit and every bar with its figure.

    python -m benchmarks.report [NAME …]      those named (all), each in a process of its own

A figure stands beside its bar wherever a benchmark prints `(bar …)` or `the bar of …`.
"""

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from models.settings import PROJECT

NAMES: Final = (
    "load",
    "query",
    "desk",
    "page",
    "rerun",
    "ranks",
    "workbook",
    "supply",
    "start",
    "first_figure",
    "first_chart",
    "viewers",
    "pictures",
    "open_data",
)
REPORT: Final = PROJECT / "docs" / "benchmarks.md"
_BAR: Final = re.compile(r"\bbar\b")


def measured(name: str) -> str:
    """What a benchmark prints; with what went wrong where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    failed = "" if done.returncode == 0 else f"\nfailed ({done.returncode})\n{done.stderr[-2000:]}"
    return done.stdout.rstrip() + failed


def machine() -> str:
    """Processor, cores, memory, system and Python, in a line."""
    processor = platform.processor() or platform.machine()
    told = Path("/proc/cpuinfo")
    if told.exists() and (named := re.search(r"model name\s*: (.+)", told.read_text())):
        processor = named[1]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{processor}, {cores} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def commit() -> str:
    """The commit that is measured, and whether the files differ from it."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=PROJECT, capture_output=True, text=True, check=False).stdout.strip()

    changed = " with changes" if git("status", "--porcelain", "--untracked-files=no") else ""
    return f"{git('rev-parse', '--short', 'HEAD') or 'unknown'}{changed}"


def report(told: dict[str, str]) -> str:
    """The page: `told` is what each benchmark printed."""
    load = " ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else ""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`. Every line with a bar gives the figure and the bar it is held against; the whole of "
        "what each benchmark printed follows.",
        "",
        f"- Machine: {machine()}",
        f"- Load when it ended (1, 5, 15 minutes): {load}",
        f"- Commit: {commit()}",
        f"- Measured: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "",
        "## Bars",
        "",
        "| Benchmark | Figure and bar |",
        "|---|---|",
    ]
    for name, output in told.items():
        lines += [
            f"| {name} | {' '.join(line.split()).replace('|', '/')} |"
            for line in output.splitlines()
            if _BAR.search(line)
        ]
    for name, output in told.items():
        lines += ["", f"## {name}", "", "```text", output, "```"]
    return "\n".join(lines) + "\n"


def main(names: list[str]) -> None:
    told = {}
    for name in names or NAMES:
        print(f"== {name}", flush=True)
        told[name] = measured(name)
        print(told[name], flush=True)
    REPORT.write_text(report(told), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
