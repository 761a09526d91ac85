"""A pytest plugin for `make mutants`: which tests a mutant meets, and in what order, so that it falls at once."""

import json
import os
import resource
import tomllib
from pathlib import Path

import pytest

PLAN = tomllib.loads(Path(__file__).with_name("plan.toml").read_text("utf-8"))
STATS = Path("mutmut-stats.json")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One doctest per function, not one per mutant of it. For a mutant the tests named after its module first, then
    the cheapest, as far as the plan's seconds reach."""
    items[:] = [item for item in items if "__mutmut_" not in item.name or item.name.endswith("__mutmut_orig")]
    mutant = os.environ.get("MUTANT_UNDER_TEST", "")
    if "__mutmut_" not in mutant:
        return
    module = mutant.rpartition(".")[0]
    words = PLAN["whole"].get(module, [module.rpartition(".")[2]])
    took = json.loads(STATS.read_text("utf-8"))["duration_by_test"]
    items.sort(key=lambda item: (not any(word in item.nodeid for word in words), took.get(item.nodeid, 0)))
    left = float(PLAN["seconds"])
    for place, item in enumerate(items):
        left -= took.get(item.nodeid, 0)
        if left < 0 and place:
            del items[place:]
            break
    _end_after(10 + 3 * PLAN["seconds"])


def _end_after(seconds: int) -> None:
    """A mutant that never ends is ended, as mutmut would after all tests that reach it (SIGXCPU: a timeout)."""
    used, (_, hard) = resource.getrusage(resource.RUSAGE_SELF), resource.getrlimit(resource.RLIMIT_CPU)
    most = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
