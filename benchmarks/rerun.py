"""Reruns a second of a page with four charts (Regionprofil), beside the same page written the ordinary Streamlit way.

    python -m benchmarks.rerun [ROUNDS]

Both through AppTest in one process, in turn, so that whatever else the machine does falls on both alike; AppTest's own
work on an empty script is measured beside them and told, not taken away. The bar: six times the ordinary page's reruns.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from streamlit.testing.v1 import AppTest  # noqa: TID251 (measures the pages)

from loaders.sample import publish_samples
from models import open_store
from models.settings import PROJECT

BAR: Final = 6
RUNS = 10
"""Of each page in a round."""


def ours() -> AppTest:
    at = AppTest.from_file(str(PROJECT / "dashboard.py"))
    at.run(timeout=60)
    at.switch_page("pages/profile.py")
    at.query_params["region"] = "25"
    return at


def reruns(at: AppTest) -> float:
    """Reruns a second."""
    start = time.perf_counter()
    for _ in range(RUNS):
        at.run(timeout=60)
    return RUNS / (time.perf_counter() - start)


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'store.sqlite3'}"
        publish_samples(open_store(create=True))
        pages = {
            "ours": ours(),
            "ordinary": AppTest.from_file(str(PROJECT / "benchmarks" / "plain_page.py")),
            "empty": AppTest.from_string("import streamlit as st\nst.write('x')"),
        }
        for at in pages.values():
            for _ in range(2):
                at.run(timeout=60)
            assert not at.exception
        charts = {name: len(at.get("vega_lite_chart")) for name, at in pages.items()}
        found: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(rounds):
            for name, at in pages.items():
                found[name].append(reruns(at))
    for name, each in found.items():
        spread = f"{min(each):.1f}–{max(each):.1f}"
        print(f"{name:<9} {charts[name]} charts: {statistics.median(each):6.1f} reruns/s ({spread})")
    ratios = sorted(one / other for one, other in zip(found["ours"], found["ordinary"], strict=True))
    told = f"{statistics.median(ratios):.1f} ({ratios[0]:.1f}–{ratios[-1]:.1f})"
    print(f"ours / ordinary, reruns a second: {told} (bar {BAR})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
