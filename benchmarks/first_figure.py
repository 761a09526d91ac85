"""When does a reader on a telephone see her first figure, and how long does a click to another page take?

    python -m benchmarks.first_figure [RUNS [NAME …]]      the pages named (all of NAMES)

In Chromium at 390 × 844, against a Streamlit page that is nothing but one `st.write`, served the ordinary way and
measured in turn with ours, so that a busy machine costs both alike. Fresh is a browser that has been nowhere; warm is
one that holds the files already. The first figure is the first on the screen, which the server may have sent ahead of
the page (ui/ahead.py); "drawn" is the first in what Streamlit has drawn. The frame alone is our page without figures
(mast, menu, search field); signed in is the overview of a server with accounts, to one whom a proxy has signed in. A
click is measured until the other page's heading stands, against loading that page.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from models.settings import PROJECT
from tests.browser.conftest import ARGUMENTS, CHROMIUM, free_port, serving, wait_for
from tests.browser.people import PROXY

BAR: Final = 1.15
CLICK_BAR: Final = 0.5
RUNS = 9
NAMES: Final = ("frame", "overview", "overview drawn", "signed in", "profile", "profile drawn")
SIZE: Final = {"width": 390, "height": 844}
_FIGURE: Final = r"/\d\s(procent|%)/.test(document.querySelector('SEEN')?.textContent)"
SEEN: Final = _FIGURE.replace("SEEN", "body")
DRAWN: Final = _FIGURE.replace("SEEN", "[data-testid=stMain]")
HEADING: Final = "document.querySelector('h1')"
"""JavaScript that is true once the thing stands on the page."""


def shown(page: Page, address: str, there: str) -> float:
    """Milliseconds from the address to what is looked for, by the browser's own clock."""
    page.add_init_script(
        f"new MutationObserver((_, own) => {{ if (!({there})) return; "
        "window.stood = performance.now(); own.disconnect(); })"
        ".observe(document, {childList: true, subtree: true, characterData: true});"
    )
    page.goto(address, wait_until="commit")
    return stood(page)


def stood(page: Page) -> float:
    """When it stood there. Asked again and again: our content policy lets no page wait for words of JavaScript."""
    for _ in range(1200):
        if (when := page.evaluate("window.stood")) is not None:
            return float(when)
        page.wait_for_timeout(50)
    raise TimeoutError(page.url)


def reader(browser: Browser) -> BrowserContext:
    headers = {"X-Proxy-User": "someone", "X-Proxy-Groups": "g-reader"}
    return browser.new_context(viewport=SIZE, locale="sv-SE", extra_http_headers=headers)


def fresh(browser: Browser, address: str, there: str) -> float:
    context = reader(browser)
    took = shown(context.new_page(), address, there)
    context.close()
    return took


def warm(context: BrowserContext, address: str, there: str) -> float:
    page = context.new_page()
    took = shown(page, address, there)
    page.close()
    return took


def clicked(page: Page, server: str) -> float:
    """Milliseconds from a click on a region's name on the overview to the heading of its profile."""
    page.goto(f"{server}/?lang=sv")
    page.wait_for_selector(".page-foot", timeout=60_000)
    page.wait_for_timeout(700)
    link = page.locator("a[href*='/profile?'], a[href*='profile?region']").locator("visible=true").first
    before = page.evaluate("document.querySelector('h1').innerText")
    page.evaluate(
        """before => { new MutationObserver((_, own) => {
             const head = document.querySelector('h1');
             if (head && head.innerText !== before) { window.stood = performance.now(); own.disconnect(); } })
           .observe(document, {childList: true, subtree: true, characterData: true});
           addEventListener('click', () => { window.clicked ??= performance.now(); }, {capture: true}); }""",
        before,
    )
    link.click()
    return stood(page) - float(page.evaluate("window.clicked"))


def main(runs: int = RUNS, names: Sequence[str] = NAMES) -> None:
    with tempfile.TemporaryDirectory() as made, serving(Path(made)) as serve, sync_playwright() as playwright:
        folder = Path(made)
        store = folder / "store.sqlite3"
        environment = {"DATABASE_URL": f"sqlite:///{store}"}
        subprocess.run(
            [sys.executable, "cli.py", "sample"], cwd=PROJECT, env=environment, check=True, capture_output=True
        )
        ours, port = serve(store), free_port()
        accounts = serve(store, **PROXY) if "signed in" in names else ""
        script = folder / "plain.py"
        script.write_text("import streamlit as st\nst.write('63 procent')\n", "utf-8")
        order = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
        with (folder / "plain.txt").open("wb") as out:
            plain = subprocess.Popen([*order, "--server.port", str(port)], cwd=folder, stdout=out, stderr=out)
        try:
            wait_for(f"http://127.0.0.1:{port}", plain, folder / "plain.txt")
            path = str(CHROMIUM) if CHROMIUM.exists() else None
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            pages = {
                "plain": (f"http://127.0.0.1:{port}/", SEEN),
                "frame": (f"{ours}/search?lang=sv", HEADING),
                "overview": (f"{ours}/?lang=sv", SEEN),
                "overview drawn": (f"{ours}/?lang=sv", DRAWN),
                "signed in": (f"{accounts}/?lang=sv", SEEN),
                "profile": (f"{ours}/profile?region=25&lang=sv", SEEN),
                "profile drawn": (f"{ours}/profile?region=25&lang=sv", DRAWN),
            }
            _measure(browser, {name: pages[name] for name in ("plain", *names)}, runs)
            if "profile" in names:
                _click(browser, ours, runs)
        finally:
            plain.terminate()
            plain.wait(timeout=20)


def _measure(browser: Browser, pages: dict[str, tuple[str, str]], runs: int) -> None:
    held = reader(browser)
    for address, there in pages.values():
        warm(held, address, there)  # the files, and the server's own first run
    took: dict[tuple[str, str], list[float]] = {}
    for _ in range(runs):
        for name, (address, there) in pages.items():
            took.setdefault(("fresh", name), []).append(fresh(browser, address, there))
            took.setdefault(("warm", name), []).append(warm(held, address, there))
    for state in ("fresh", "warm"):
        base = statistics.median(took[state, "plain"])
        for name in pages:
            middle = statistics.median(took[state, name])
            spread = f"{min(took[state, name]):.0f}–{max(took[state, name]):.0f}"
            held_to = f" (bar {BAR})" if name in ("overview", "profile") else ""
            print(f"{state} {name:14}{middle:7.0f} ms, {spread}, ratio {middle / base:.2f}{held_to}")


def _click(browser: Browser, ours: str, runs: int) -> None:
    held = reader(browser)
    clicks, loads = [], []
    for _ in range(runs):
        page = held.new_page()
        clicks.append(clicked(page, ours))
        page.close()
        loads.append(warm(held, f"{ours}/profile?region=25&lang=sv", HEADING))
    click, load = statistics.median(clicks), statistics.median(loads)
    print(f"click to a profile {click:.0f} ms, loading it {load:.0f} ms, ratio {click / load:.2f} (bar {CLICK_BAR})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS, sys.argv[2:] or NAMES)
