"""`make mutants`: what plan.toml names is mutated by mutmut and met by the tests; prints the table of docs/tests.md.

Started again, it goes on where it was: a mutant is tried again only where its function has changed since. Everything
lies in mutants/, and `python -m mutmut show NAME` tells what a survivor is.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import time
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants
from mutmut.mutation.trampoline import set_mutant_under_test

PLAN = tomllib.loads(Path(__file__).with_name("plan.toml").read_text("utf-8"))
TREE = Path("mutants")
SAMPLE = TREE / "sample"
# Exit codes, as mutmut has them. Codes 3 and 255 it takes for kills too, but then pytest itself fell.
REFUSED_BY_TYPES, FAILED, ENDED, SURVIVED, NO_TESTS = 37, (1,), (-24, 24, 36, 152), 0, 33
TYPES = ("--output=json", "--no-warn-unused-ignores", "--disable-error-code=no-redef")


def main() -> None:
    until = time.monotonic() + PLAN["hours"] * 3600
    shutil.rmtree(SAMPLE, ignore_errors=True)
    generate()
    SAMPLE.mkdir()
    refuse_by_types()
    whole, sample = planned()
    for names in (whole, sample):
        left = [name for name in names if results()[name] is None]
        if left:
            run(left, until - time.monotonic())
    print(table(whole, sample))


def generate() -> None:
    """The tree with its mutants, in mutants/."""
    set_mutant_under_test("mutant_generation")
    TREE.mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(2)


def refuse_by_types() -> None:
    """Mark the mutants that mypy refuses, as `make check` would. mutmut can, but reads every file for it."""
    command = [sys.executable, "-m", "mypy", *TYPES, "access", "analysis", "loaders", "models"]
    told = subprocess.run(command, cwd=TREE, capture_output=True, text=True, check=False).stdout
    lines: dict[str, set[int]] = defaultdict(set)
    for error in map(json.loads, told.splitlines()):
        if error["severity"] == "error":
            lines[error["file"]].add(error["line"])
    for file in meta_files():
        meta = json.loads(file.read_text("utf-8"))
        source = file.with_suffix("").relative_to(TREE)
        spans = json.loads((TREE / f"{source}.spans").read_text("utf-8"))["spans"]
        for name in meta["exit_code_by_key"]:
            start, end = spans[name.rpartition(".")[2]]
            if any(start <= line <= end for line in lines[str(source)]):
                meta["exit_code_by_key"][name] = REFUSED_BY_TYPES
        file.write_text(json.dumps(meta, indent=4), "utf-8")


def meta_files() -> list[Path]:
    return sorted(TREE.rglob("*.py.meta"))


def results() -> dict[str, int | None]:
    """Every mutant's exit code; None where it has not been tried."""
    return {
        name: code
        for file in meta_files()
        for name, code in json.loads(file.read_text("utf-8"))["exit_code_by_key"].items()
    }


def planned() -> tuple[list[str], list[str]]:
    """All mutants of the modules that are tried whole, and the sample of the rest."""
    whole = [name for name in results() if name.rpartition(".")[0] in PLAN["whole"]]
    rest = sorted(results().keys() - set(whole))
    return whole, sorted(random.Random(PLAN["seed"]).sample(rest, PLAN["sample"]))


def run(names: list[str], seconds: float) -> None:
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "2", *names]
    around = {**os.environ, "TESTS_SAMPLE_FOLDER": str(SAMPLE.resolve())}
    try:
        subprocess.run(command, check=True, timeout=max(seconds, 1), env=around)
    except subprocess.TimeoutExpired:
        print(f"\n{PLAN['hours']} hours are over")


def table(whole: list[str], sample: list[str]) -> str:
    """A line per module that was tried whole, one for all of them, one for the sample."""
    lines = ["| | mutants | refused by types | failed a test | survived | untried |", "|---|--:|--:|--:|--:|--:|"]
    for module in PLAN["whole"]:
        lines.append(_line(f"`{module}`", [name for name in whole if name.rpartition(".")[0] == module]))
    return "\n".join([*lines, _line("all of these", whole), _line("sample of the rest", sample)])


def _line(title: str, names: list[str]) -> str:
    known = results()
    said = Counter(known[name] for name in names)
    types, survived = said[REFUSED_BY_TYPES], said[SURVIVED] + said[NO_TESTS]
    failed = sum(said[code] for code in (*FAILED, *ENDED))
    return f"| {title} | {len(names)} | {types} | {failed} | {survived} | {len(names) - types - failed - survived} |"


if __name__ == "__main__":
    main()
