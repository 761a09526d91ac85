"""The upload desk on a store of a million figures: screening, what would change, publishing, and another reader
meanwhile. Bars: screening and changes of 50 000 rows at most 5 s, publishing at most 3 s, the other reader's p95 at
most twice the idle one's. Screening and changes are worked out as the desk does it, in a process apart; publishing in
the server's own.

    python -m benchmarks.desk [ROWS_IN_STORE]
"""

import os
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest  # noqa: TID251 (draws the page that others look at)

from access import LOCAL_CLI
from analysis import Preview
from benchmarks.load import write_file
from loaders import CheckedFile, check_file, publish_file
from loaders.apart import Job, begin, end
from loaders.apart.files import file_job
from loaders.sample import publish_samples
from models import Store, open_store
from models.settings import PROJECT

ROWS = 50_000
IDLE = 5  # seconds that the other reader is watched alone
PUBLISHED = (1, 2, 3, 7, 9)  # five files (see revised): one lasts some 25 runs of the reader, too few for a p95


def revised(path: Path, folder: Path, tenth: int) -> Path:
    """The first rows of a file, one value in a hundred another (44,9 → 44,4 where `tenth` is 4)."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()[: ROWS + 1]
    changed = [
        re.sub(r"(;%;\d+),\d;", rf"\1,{tenth};", line, count=1) if number % 100 == 50 else line
        for number, line in enumerate(lines)
    ]
    file = folder / f"revised_{tenth}.csv"
    file.write_text("\r\n".join([*changed, ""]), encoding="utf-8-sig")
    return file


def screened(store: Store, file: Path) -> CheckedFile:
    return file_job(store, file.name, file.read_bytes()).result()


def changes_of(store: Store, checked: CheckedFile) -> Preview:
    found: Preview = Job(store, "preview", checked.observations, checked.records).result()
    return found


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


class Reader(threading.Thread):
    """Another session of the same server: the page Förtroende drawn again and again, each run timed."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.times: list[float] = []
        self.over = False
        self.page = AppTest.from_file(str(PROJECT / "dashboard.py"))
        self.page.run(timeout=60)
        self.page.switch_page("pages/trust.py")
        self.page.run(timeout=60)

    def run(self) -> None:
        while not self.over:
            self.times.append(timed(lambda: self.page.run(timeout=60))[1])
            time.sleep(0.02)


def read_while(work: Callable[[], Any]) -> tuple[Any, float, list[float]]:
    """(what the work gave, its seconds, the other reader's runs: those begun meanwhile, last the one after it)."""
    reader = Reader()
    reader.start()
    given, took = timed(work)
    during = len(reader.times)
    while len(reader.times) < during + 2:  # the run under way, and one that began when all was done
        time.sleep(0.02)
    reader.over = True
    reader.join()
    return given, took, reader.times[: during + 2]


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """(what the work gave, its seconds, nobody else reading)."""
    start = time.perf_counter()
    given = work()
    return given, time.perf_counter() - start


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name), Path(name) / "file.csv"
        write_file(path, rows)
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'desk.sqlite3'}"
        store: Store = open_store(create=True)
        publish_samples(store)
        publish_file(store, check_file(None, path.name, path.read_bytes()), by=LOCAL_CLI, accept_warnings=True)
        file, again = (revised(path, folder, tenth) for tenth in (4, 6))
        begin()
        checked, alone_screening = timed(lambda: screened(store, file))
        preview, alone_changes = timed(lambda: changes_of(store, checked))
        publish = partial(publish_file, store, by=LOCAL_CLI, note="benchmark", accept_warnings=True)
        done, alone_publishing = timed(lambda: publish(checked))
        _, _, idle = read_while(lambda: time.sleep(IDLE))
        checked, screening, while_screening = read_while(lambda: screened(store, again))
        _, changes, while_changes = read_while(lambda: changes_of(store, checked))
        lasted, while_publishing = [], []
        for tenth in PUBLISHED:
            file = revised(path, folder, tenth)
            handed_in = screened(store, file)
            _, took, seen = read_while(partial(publish, handed_in))
            lasted.append(took)
            while_publishing = [*seen[:-1], *while_publishing, seen[-1]]
        publishing = statistics.median(lasted)
        store.close()
        end()
    alone = alone_screening + alone_changes
    print(f"{rows} figures stored, {ROWS} rows handed in, {preview.changed().height} changed, upload {done.upload_id}")
    print(f"screening {alone_screening:.2f} s + changes {alone_changes:.2f} s = {alone:.2f} s (bar 5)")
    print(f"publishing {alone_publishing:.2f} s (bar 3)")
    print("while another reader draws a page without pause:")
    for what, seconds, times in (
        ("screening", screening, while_screening),
        ("changes", changes, while_changes),
        ("publishing", publishing, while_publishing),
    ):
        told = f"{p95(times[:-1]) / p95(idle):.1f} × idle (bar 2; idle {p95(idle) * 1000:.1f} ms)"
        print(f"{what} {seconds:.2f} s; the reader's p95 {told}; the first run afterwards {times[-1] * 1000:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
