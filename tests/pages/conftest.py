"""Opening a page as a reader does: through dashboard.py, at an address."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models.settings import PROJECT

PATIENCE = 60  # seconds; the first page of a process builds every chart


@pytest.fixture
def opened() -> Callable[..., AppTest]:
    """opened("trust", lang="en", period="2020") → the page as drawn."""

    def open_page(page: str = "overview", **address: str) -> AppTest:
        at = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=PATIENCE)
        at.switch_page(f"pages/{page}.py")
        for name, value in address.items():
            at.query_params[name] = value
        return at.run()

    return open_page


@pytest.fixture
def path_of() -> Callable[[AppTest], list[str]]:
    """path_of(page as drawn) → the steps of the path over the finding: ["Jämför", "Förtroende", "Sjukhuset"]."""

    def steps(at: AppTest) -> list[str]:
        (path,) = [box.proto.body for box in at.get("html") if '<nav class="path"' in box.proto.body]
        return [unescape(re.sub("<[^>]*>", "", step)) for step in re.findall("<li[^>]*>(.*?)</li>", path)]

    return steps


@pytest.fixture
def page_files(project: Path) -> list[Path]:
    return sorted(file for file in (project / "pages").glob("*.py") if file.stem != "__init__")
