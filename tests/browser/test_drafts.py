"""A file and typed reasons over a reload and a step back, in a browser: there with no second upload, until they go."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text as sql

from indicators import catalogue
from models import open_store
from tests.browser.desk import REASONS, answer_all, choose, hand_in, press, settled, write
from tests.browser.people import opened
from tests.publishing import publish

pytestmark = pytest.mark.browser
REASON = "utgivaren har rättat"
REVISED = "Indikator;Region;Period;Värde\ntrust_overall;Norrbotten;2023;52,9\n".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "desk.sqlite3"
    store = open_store(f"sqlite:///{found}", create=True)
    codes = [*catalogue().region_codes]
    publish(
        store,
        [
            {"indicator": "trust_overall", "period": "2023", "region": code, "value": 49.9 + number}
            for number, code in enumerate(codes)
        ],
    )
    store.close()
    return found


def drafts(file: Path) -> int:
    with opened(file) as store, store.read() as connection:
        return int(connection.execute(sql("SELECT count(*) FROM draft")).scalar_one())


@pytest.fixture
def begun(serve: Callable[..., str], file: Path, watched: Page) -> Page:
    """A revision in the drop zone, its first reason written."""
    watched.goto(f"{serve(file)}/upload?lang=sv")
    hand_in(watched, "rattad.csv", REVISED)
    write(watched, watched.get_by_label(REASONS).first, REASON)
    return watched


def is_there(page: Page) -> None:
    settled(page)
    expect(page.locator("summary", has_text="rattad.csv")).to_contain_text("Utkast")
    expect(page.get_by_label(REASONS).first).to_have_value(REASON)
    expect(page.get_by_role("button", name="Ta bort rattad.csv")).to_have_count(0)  # nothing lies in the drop zone


def is_gone(page: Page) -> None:
    settled(page)
    expect(page.locator("summary", has_text="rattad.csv")).to_have_count(0)


def test_a_draft_survives_a_reload_and_a_step_back_and_goes_on_the_word(begun: Page, file: Path) -> None:
    page = begun
    page.reload()
    is_there(page)
    choose(page, "Underlag", "Data och källor")
    expect(page.get_by_role("heading", name="Data och källor", level=1)).to_be_visible()
    settled(page)
    page.go_back()
    is_there(page)
    press(page, "Släng utkastet")
    expect(page.get_by_text("Utkastet av rattad.csv är slängt.")).to_be_visible()
    is_gone(page)
    page.reload()
    is_gone(page)
    assert drafts(file) == 0


def test_a_step_away_and_back_without_a_reload_and_then_published(begun: Page, file: Path) -> None:
    page = begun
    choose(page, "Underlag", "Data och källor")
    expect(page.get_by_role("heading", name="Data och källor", level=1)).to_be_visible()
    settled(page)
    page.go_back()
    is_there(page)
    answer_all(page, REASON, "ny leverans")
    press(page, "Publicera")
    expect(page.get_by_text("Publicerad som uppladdning 2.")).to_be_visible()
    is_gone(page)
    page.reload()
    is_gone(page)
    assert drafts(file) == 0


def test_a_file_taken_out_of_the_drop_zone_does_not_come_back(begun: Page, file: Path) -> None:
    page = begun
    assert drafts(file) == 1
    page.get_by_role("button", name="Ta bort rattad.csv").click()
    is_gone(page)
    page.reload()
    is_gone(page)
    assert drafts(file) == 0
