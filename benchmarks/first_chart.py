"""From `make run` to the first chart in a browser, with everything installed and the sample data loaded.

    python -m benchmarks.first_chart

`make` itself is run; the browser (Chromium) is open beforehand, and asks again and again until the port answers.
"""

import os
import signal
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as NotYet

from loaders.sample import publish_samples
from models import open_store
from models.settings import PROJECT
from tests.browser.conftest import ARGUMENTS, CHROMIUM, free_port

BAR: Final = 8  # seconds
TIMES = 5
_LONGEST: Final = 120  # seconds


def once(browser: Browser, url: str, log: Path) -> float:
    """Seconds from the command to a chart on the page of trust."""
    port = free_port()
    began = time.perf_counter()
    with log.open("wb") as out:
        running = subprocess.Popen(
            ["make", "run", f"PORT={port}", "--assume-old=.venv/.runs"],
            cwd=PROJECT,
            env={**os.environ, "DATABASE_URL": url},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    page = browser.new_page()
    try:
        while True:
            try:
                page.goto(f"http://127.0.0.1:{port}/trust", wait_until="commit")
                break
            except NotYet:
                if running.poll() is not None or time.perf_counter() - began > _LONGEST:
                    raise RuntimeError(log.read_text(encoding="utf-8")) from None
                time.sleep(0.05)
        page.locator("[data-testid=stVegaLiteChart]").locator("svg, canvas").first.wait_for(timeout=_LONGEST * 1000)
        return time.perf_counter() - began
    finally:
        page.close()
        os.killpg(running.pid, signal.SIGTERM)
        running.wait()


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        url = f"sqlite:///{Path(name) / 'store.sqlite3'}"
        store = open_store(url, create=True)
        publish_samples(store)
        store.close()
        found = {"executable_path": str(CHROMIUM)} if CHROMIUM.exists() else {}
        browser = playwright.chromium.launch(args=ARGUMENTS, **found)
        took = [once(browser, url, Path(name) / "log.txt") for _ in range(TIMES)]
        browser.close()
    spread = f"{min(took):.1f}–{max(took):.1f}"
    print(f"make run to the first chart: {statistics.median(took):.1f} s ({spread}) (bar {BAR} s)")


if __name__ == "__main__":
    main()
