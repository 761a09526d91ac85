"""How long do a picture and a paper take to make, with the sample data?

    python -m benchmarks.pictures

Bars (issue 13): a PNG 300 ms warm; a region's report as PDF 4 s from a cold start of the terminal, 1.5 s warm; the
regions' compilation and the other kinds of file are told beside them. The median of several, and of the processor's
time, which a busy machine disturbs less.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from analysis import series_over_time
from analysis.groups import audited_regions
from charts import trend_lines
from charts.context import Said
from charts.drawn_tables import heat_drawn
from exports import paper_file, pictures
from exports.pictures import Drawing
from loaders.sample import publish_samples
from models import Store, open_store
from models.settings import PROJECT
from views.overview import overview
from views.papers import region_report, six_regions
from views.parts import Reader

TIMES: int = 7
REGIONS: int = 6
KINDS: tuple[str, ...] = ("docx", "pptx")
COLD: bool = True
SAID: Final = Said("", "Norrbotten", "procent", ("Källa: en källa", "Uppgifterna som de stod i dag"))


def timed(make: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of a run and of the processor's time: medians of TIMES warm runs."""
    make()
    spent, worked = [], []
    for _ in range(TIMES):
        start, before = time.perf_counter(), time.process_time()
        make()
        spent.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - before) * 1000)
    return statistics.median(spent), statistics.median(worked)


def tell(name: str, make: Callable[[], object], bar: float | None = None) -> None:
    spent, worked = timed(make)
    print(f"{name:34}{spent:8.0f} ms, processor {worked:6.0f} ms" + (f" (bar {bar:.0f} ms)" if bar else ""))


def _png(drawing: Drawing) -> bytes:
    return pictures.as_png(pictures.picture(SAID, "", drawing))


def _trend(store: Store) -> Drawing:
    chosen = ["25", "24"]
    series = series_over_time(store, "trust_overall", regions=chosen)
    return pictures.chart(trend_lines(series, "sv", chosen=chosen).to_dict(validate=False))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'store.sqlite3'}"
        store = open_store(create=True)
        publish_samples(store)
        reader, six = Reader("sv", store), audited_regions(store)[:REGIONS]
        tell("PNG of a chart", lambda: _png(_trend(store)), 300)
        heat = partial(heat_drawn, overview(reader, six, 95, synthetic=False), "sv")
        tell("PNG of the heat map", lambda: _png(heat), 300)
        tell("region report, PDF", lambda: paper_file(region_report(reader, "25"), "pdf", data_version=1), 1500)
        for ending in KINDS:
            report = region_report(reader, "25")
            tell(f"region report, {ending}", partial(paper_file, report, ending, data_version=1))
        tell("compilation, PDF", lambda: paper_file(six_regions(reader, six), "pdf", data_version=1))
        if not COLD:
            return
        words = [sys.executable, "cli.py", "report", "--region", "25", "--out", str(Path(folder) / "r.pdf")]
        start = time.perf_counter()
        subprocess.run(words, cwd=PROJECT, check=True, capture_output=True)
        print(f"{'region report, PDF, cold':34}{(time.perf_counter() - start):8.2f} s (bar 4 s)")


if __name__ == "__main__":
    main()
