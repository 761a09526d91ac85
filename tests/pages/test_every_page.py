"""Every page, in both languages, with and without data: it opens with one heading, its path says which page it is, and
both speak the right language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import PAGES
from locales import LANGUAGES, text
from models import Store
from models.settings import PROJECT

Open = Callable[..., AppTest]
Path_of = Callable[[AppTest], list[str]]
EVERY = pytest.mark.parametrize("name", PAGES)
SPOKEN = pytest.mark.parametrize("language", LANGUAGES)


def words(at: AppTest) -> str:
    """Everything the page says in boxes and paragraphs."""
    boxes = (at.title, at.header, at.markdown, at.info, at.warning, at.error, at.success, at.caption)
    return "\n".join(element.value for boxed in boxes for element in boxed)


@EVERY
@SPOKEN
def test_every_page_opens_on_the_sample_data(
    opened: Open, path_of: Path_of, sample_store: Store, name: str, language: str
) -> None:
    at = opened(name, lang=language)
    assert not at.exception
    assert len(at.title) == 1  # the finding, or the page's title where it has none
    assert text(f"pages.{name}.title", language) in path_of(at)
    assert not at.error


@EVERY
@SPOKEN
def test_every_page_opens_on_an_empty_store(
    opened: Open, path_of: Path_of, store: Store, name: str, language: str
) -> None:
    at = opened(name, lang=language)
    assert not at.exception
    assert len(at.title) == 1
    assert text(f"pages.{name}.title", language) in path_of(at)
    says_what_next = text("ui.empty_store", language) in [info.value for info in at.info]
    assert says_what_next or name == "upload"  # the upload page is what to do next


@pytest.mark.parametrize(
    ("name", "language", "found"),
    [
        (
            "overview",
            "sv",
            "Förtroende för hälso- och sjukvården i sin helhet 2025: Norrbotten, Västernorrland och "
            "Gävleborg under riket, Jämtland Härjedalen och Dalarna över",
        ),
        (
            "overview",
            "en",
            "Trust in health care overall 2025: Norrbotten, Västernorrland and Gävleborg below Riket, "
            "Jämtland Härjedalen and Dalarna above",
        ),
        ("profile", "sv", "Region Norrbotten"),
        ("profile", "en", "Region Norrbotten"),
    ],
)
def test_the_heading_is_the_finding(opened: Open, sample_store: Store, name: str, language: str, found: str) -> None:
    assert opened(name, lang=language).title[0].value.replace("\\", "") == found


@EVERY
def test_a_missing_store_is_told_with_what_to_do(opened: Open, name: str) -> None:
    at = opened(name)
    assert not at.exception
    assert "python cli.py sample" in at.error[0].value


def test_the_page_list_and_the_folder_are_the_same(page_files: list[Path]) -> None:
    assert sorted(PAGES) == [file.stem for file in page_files]  # a file is named as its address (stack.md)
    assert {name: f"pages/{name}.py" for name in PAGES} == PAGES


def test_a_page_run_alone_draws_nothing(sample_store: Store, page_files: list[Path]) -> None:
    for file in page_files:
        at = AppTest.from_file(str(file)).run()
        assert not at.exception
        assert len(at.main.children) == 0


def test_pages_stay_thin(page_files: list[Path]) -> None:
    for file in page_files:
        source = file.read_text(encoding="utf-8")
        assert len(source.splitlines()) <= 45
        assert not any(word in source for word in ("Session", "SELECT", "polars"))


def test_the_language_is_kept_in_the_address(opened: Open, path_of: Path_of, sample_store: Store) -> None:
    at = opened("trust")
    assert at.query_params["lang"] == "sv"
    at.button(key="other_language").click().run()
    assert at.query_params["lang"] == "en"
    assert "Trust" in path_of(at)
    assert at.title[0].value.startswith("Trust in health care overall 2025")
    at.switch_page("pages/data.py")
    at.query_params.clear()  # as a click in the navigation does
    at.run()
    assert at.title[0].value == "Data and sources"
    assert at.query_params["lang"] == "en"


def test_the_dashboard_is_where_streamlit_looks_for_it() -> None:
    from streamlit.web.server.app_discovery import discover_asgi_app

    assert discover_asgi_app(PROJECT / "dashboard.py").import_string == "dashboard:app"
