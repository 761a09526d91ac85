"""A politician opens a link from a report: the very first request to a server that has just started (design §6.1)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import choose

pytestmark = pytest.mark.browser


def test_politician_opens_a_deep_link_on_a_fresh_server(
    serve: Callable[[Path], str], sample_copy: Path, watched: Page
) -> None:
    address = serve(sample_copy)
    asked: list[str] = []
    watched.on("request", lambda request: asked.append(request.url))
    watched.goto(f"{address}/trust?indicator=trust_overall&period=2020&lang=en")

    # The connection was opened at once: nothing was asked below the page's own name.
    expect(watched.get_by_role("heading", level=1)).to_be_visible()
    assert [url for url in asked if "/trust/" in url] == []

    # The frame and the page inside it, in the language of the link.
    expect(
        watched.get_by_role("heading", name=re.compile("^Trust in health care overall 2020"), level=1)
    ).to_be_visible()
    menus = {
        "Compare": ("Overview", "Satisfaction", "Uptake"),
        "Evidence": ("Data and sources",),
        "For staff": ("Upload",),
    }
    for menu, titles in menus.items():
        watched.locator(".menus.wide summary").filter(has_text=menu).click()
        for title in titles:
            link = watched.locator(".menus.wide").get_by_role("link", name=title, exact=True)
            expect(link).to_be_visible()
    expect(watched.locator("html")).to_have_attribute("lang", "en")
    norrbotten = watched.locator("table.strips").get_by_role("row").filter(has_text="Norrbotten")
    expect(norrbotten).to_contain_text("worse")
    expect(watched.get_by_test_id("stVegaLiteChart").first).to_have_attribute("aria-label", re.compile("2016"))
    expect(watched.get_by_text("Local mode: only this computer")).to_be_visible()

    # The other language, kept from page to page; Streamlit's own words follow.
    watched.get_by_text("Svenska", exact=True).click()
    finding = re.compile("^Förtroende för hälso- och sjukvården i sin helhet 2020")
    expect(watched.get_by_role("heading", name=finding, level=1)).to_be_visible()
    expect(watched.locator("html")).to_have_attribute("lang", "sv")
    expect(watched.locator(".menus.wide")).to_have_attribute("aria-label", "Sidor")
    expect(watched).to_have_url(re.compile("period=2020"))
    choose(watched, "Jämför", "Kundnöjdhet")
    expect(watched.get_by_role("heading", name=re.compile("^Nöjd kund-index"), level=1)).to_be_visible()

    # And back to the view that was linked.
    watched.go_back()
    expect(watched.get_by_role("heading", name=re.compile("^Förtroende för"), level=1)).to_be_visible()
    expect(watched.locator("table.strips").get_by_role("row").filter(has_text="Västernorrland")).to_contain_text("55,7")
