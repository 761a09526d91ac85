"""A link is a whole view; and the browser's way back goes from choice to choice, then out of the page."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from analysis import compare_regions
from tests.browser.desk import choose, settled
from tests.browser.people import opened
from tests.publishing import publish

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("readers")]


def choices(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.url).query))


def period_is(page: Page, period: str) -> None:
    """The page has drawn to its end, with this period chosen and in its address."""
    page.wait_for_url(re.compile(rf"[?&]period={period}(&|$)"))
    expect(page.get_by_role("combobox", name="Period", exact=True)).to_have_value(period)
    expect(page.get_by_text("Lokalt läge")).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")


def test_back_goes_from_choice_to_choice_and_then_out_of_the_page(address: str, watched: Page) -> None:
    watched.goto(f"{address}/data")
    watched.wait_for_url(re.compile("upload="))
    start = watched.evaluate("history.length")
    choose(watched, "Jämför", "Förtroende")
    watched.wait_for_url(re.compile("/trust.*[?&]level="))
    period_is(watched, "2025")
    assert choices(watched) == {
        "lang": "sv",
        "indicator": "trust_overall",
        "period": "2025",
        "group": "six",
        "others": "1",
        "benchmark": "riket",
        "level": "95",
        "show": "diagram",
    }
    assert watched.evaluate("history.length") == start + 1
    watched.get_by_role("combobox", name="Period", exact=True).click()
    watched.get_by_role("option", name="2020", exact=True).click()
    period_is(watched, "2020")
    watched.get_by_text("English", exact=True).click()
    expect(watched.get_by_role("heading", name=re.compile("^Trust in"), level=1)).to_be_visible()
    watched.wait_for_url(re.compile("lang=en"))
    assert watched.evaluate("history.length") == start + 3

    watched.go_back()
    period_is(watched, "2020")
    watched.go_back()
    period_is(watched, "2025")
    watched.go_back()
    expect(watched.get_by_role("heading", name="Data och källor", level=1)).to_be_visible()
    assert watched.evaluate("history.length") == start + 3
    watched.go_forward()
    period_is(watched, "2025")

    # Faster than the page is drawn: what the browser still remembers of a click is no new choice.
    watched.evaluate("history.go(2)")
    expect(watched.get_by_role("heading", name="Trust", level=1)).to_be_visible()
    watched.evaluate("history.back(); setTimeout(() => history.back(), 20)")
    period_is(watched, "2025")
    assert choices(watched)["lang"] == "sv"


def test_an_old_link_shows_the_same_period_when_a_newer_is_published(
    serve: Callable[[Path], str], sample_copy: Path, watched: Page
) -> None:
    address = serve(sample_copy)
    watched.goto(f"{address}/trust")
    period_is(watched, "2025")
    link = watched.url
    newer = {"indicator": "trust_overall", "period": "2026", "value": 50.0}
    with opened(sample_copy) as store:
        codes = compare_regions(store, "trust_overall", "2025").rows["code"]
        publish(store, [newer | {"region": code} for code in codes])

    watched.goto(f"{address}/trust")
    period_is(watched, "2026")
    watched.goto(link)
    period_is(watched, "2025")
    assert watched.url == link
    expect(watched.locator(".stVegaLiteChart svg, .stVegaLiteChart canvas").first).to_be_visible()


def test_what_a_page_says_of_itself_is_no_step_but_what_the_reader_does_is(address: str, watched: Page) -> None:
    """The page before may say its last word when the next is open already."""
    watched.goto(f"{address}/data")
    watched.wait_for_url(re.compile("upload="))
    settled(watched)
    steps = "addresses => { for (const one of addresses) history.pushState(null, '', one); return history.length; }"
    start = watched.evaluate("history.length")
    assert watched.evaluate(steps, ["/trust", "/trust?upload=12", "/trust?period=2023&level=95"]) == start + 1
    watched.keyboard.press("Shift")
    assert watched.evaluate(steps, ["/trust?period=2022&level=95"]) == start + 2
