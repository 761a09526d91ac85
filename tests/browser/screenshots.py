"""Every page as a reader sees it: language × width × light and dark, on a store of sample data alone.

    python -m tests.browser.screenshots [FOLDER]

Without a folder the Swedish light ones are written to docs/screenshots/; with one, all of them there.
"""

import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from models.settings import PROJECT
from tests.browser.conftest import ARGUMENTS, CHROMIUM, serving

PAGES = {
    "overview": "",
    "trust": "trust",
    "satisfaction": "satisfaction",
    "uptake": "uptake",
    "phone": "phone?synthetic=1",
    "supply": "supply?synthetic=1",
    "profile": "profile?region=25",
    "compare": "compare",
    "indicator": "indicator",
    "targets": "targets",
    "followup": "followup",
    "since-audit": "since-audit",
    "data": "data",
    "changes": "changes",
    "open-data": "open-data",
    "method": "method",
    "upload": "upload",
    "figure": "figure?indicator=trust_overall&region=25&period=2025&sex=T",
    "search": "search?q=norrbotten",
}
WIDTHS = (1440, 390)
TALLEST = 6000  # pixels; what lies further down is the same kind of thing
QUALITY = 60


def picture(browser: Browser, address: str, width: int, scheme: str, file: Path) -> None:
    """The whole page, once it has drawn its foot and its charts."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="sv-SE")
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".page-foot", timeout=60_000)
    page.wait_for_timeout(1500)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(height) + 10, TALLEST)})
    page.wait_for_timeout(800)
    page.screenshot(path=file, type="jpeg", quality=QUALITY)
    context.close()


def main(folder: Path | None) -> None:
    languages, schemes = (("sv",), ("light",)) if folder is None else (("sv", "en"), ("light", "dark"))
    target = folder or PROJECT / "docs" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, serving(Path(made)) as serve, sync_playwright() as playwright:
        store = Path(made) / "store.sqlite3"
        environment = {"DATABASE_URL": f"sqlite:///{store}"}
        subprocess.run([sys.executable, "cli.py", "sample"], cwd=PROJECT, env=environment, check=True)
        server = serve(store)
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for language, scheme, (name, query), width in product(languages, schemes, PAGES.items(), WIDTHS):
            joined = f"{query}{'&' if '?' in query else '?'}lang={language}"
            suffix = "" if folder is None else f"-{language}-{scheme}"
            picture(browser, f"{server}/{joined}", width, scheme, target / f"{name}-{width}{suffix}.jpg")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
