"""A politician opens a link from a report: the very first request to a server that has just started (design §6.1)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_politician_opens_a_deep_link_on_a_fresh_server(
    serve: Callable[[Path], str], sample_copy: Path, watched: Page
) -> None:
    address = serve(sample_copy)
    watched.goto(f"{address}/trust?indicator=trust_overall&period=2020&lang=en")

    # The frame and the page inside it, in the language of the link.
    expect(watched.get_by_role("heading", name="Trust", exact=True, level=1)).to_be_visible()
    for title in ("Overview", "Satisfaction", "Uptake", "Data and sources", "Upload"):
        expect(watched.get_by_role("link", name=title, exact=True)).to_be_visible()
    expect(watched.locator("html")).to_have_attribute("lang", "en")
    chart = watched.get_by_test_id("stVegaLiteChart").first
    expect(chart).to_have_attribute(
        "aria-label", re.compile(r"2020, compared with Riket.*Worse than Riket: 4 \(.*Norrbotten\)")
    )
    expect(watched.get_by_text("Local mode: only this computer")).to_be_visible()

    # The other language, kept from page to page; Streamlit's own words follow.
    watched.get_by_text("Svenska", exact=True).click()
    expect(watched.get_by_role("heading", name="Förtroende", exact=True, level=1)).to_be_visible()
    expect(watched.locator("html")).to_have_attribute("lang", "sv")
    expect(watched.get_by_role("button", name="Huvudmeny")).to_be_visible()
    expect(watched).to_have_url(re.compile("period=2020"))
    watched.get_by_role("link", name="Kundnöjdhet", exact=True).click()
    expect(watched.get_by_role("heading", name="Kundnöjdhet", exact=True, level=1)).to_be_visible()

    # And back to the view that was linked.
    watched.go_back()
    expect(watched.get_by_role("heading", name="Förtroende", exact=True, level=1)).to_be_visible()
    expect(watched.get_by_text("Region Västernorrland 2020: 55,7\xa0%").first).to_be_attached()
