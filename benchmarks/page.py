"""How long does a page's script run take on the server, warm, with the sample data?

Run: python -m benchmarks.page   (bars: 60 ms for a page of issue 2, 150 ms for the heat map of issue 3). Prints the
median and the slowest of 20 runs per page, and the median of the processor's time, which a busy machine disturbs less;
through AppTest, whose own work (a fresh script thread, parsing every message again) is measured on an empty script and
shown beside it. A page that has nothing but example data to show is asked for them.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest  # noqa: TID251 (measures the pages)

from loaders.sample import publish_samples
from models import open_store
from models.settings import PROJECT

PAGES = (
    "overview",
    "trust",
    "satisfaction",
    "uptake",
    "supply",
    "phone",
    "profile",
    "compare",
    "indicator",
    "targets",
    "followup",
    "data",
    "changes",
    "upload",
)
ASKED = {"supply": {"synthetic": "1"}}
RUNS = 20
BAR, BARS = 60, {"supply": 150}  # milliseconds


def timed(at: AppTest) -> tuple[list[float], float]:
    """Milliseconds of each of RUNS warm runs, and the median of what the processor spent on one."""
    at.run(timeout=60)
    at.run(timeout=60)
    spent, worked = [], []
    for _ in range(RUNS):
        start, before = time.perf_counter(), time.process_time()
        at.run(timeout=60)
        spent.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - before) * 1000)
    return spent, statistics.median(worked)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'store.sqlite3'}"
        publish_samples(open_store(create=True))
        empty = statistics.median(timed(AppTest.from_string("import streamlit as st\nst.write('x')"))[0])
        heads = f"{'page':14}{'median ms':>10}{'slowest':>10}{'processor':>11}{'less AppTest':>14}"
        print(f"{heads}   (AppTest alone {empty:.1f} ms)")
        for page in PAGES:
            at = AppTest.from_file(str(PROJECT / "dashboard.py"))
            at.run(timeout=60)
            at.switch_page(f"pages/{page}.py")
            for name, value in ASKED.get(page, {}).items():
                at.query_params[name] = value
            spent, worked = timed(at)
            median = statistics.median(spent)
            told = f"{median:10.1f}{max(spent):10.1f}{worked:11.1f}{median - empty:14.1f}"
            print(f"{page:14}{told} (bar {BARS.get(page, BAR)} ms)")


if __name__ == "__main__":
    main()
