"""A reader takes a picture from a chart: it says by itself what it shows, in its name too."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("readers")]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("trust?lang=sv&period=2023&indicator=trust_overall",
         "fortroende-for-halso-och-sjukvarden-i-sin-helhet-2023.png"),
        ("phone?lang=sv&synthetic=1&indicator=calls_answered",
         "syntetiskt-pahittade-exempeldata-besvarade-samtal-pa-1177-december-2023.png"),
    ],
)  # fmt: skip
def test_the_picture_is_named_by_its_content(address: str, watched: Page, path: str, name: str) -> None:
    watched.goto(f"{address}/{path}")
    settled(watched)
    chart = watched.get_by_test_id("stVegaLiteChart").first
    expect(chart.locator("svg")).to_be_visible()
    shown = " ".join(chart.locator(".role-title text").all_text_contents())
    assert "Uppgifterna som de stod" in shown
    chart.hover()
    with watched.expect_download() as waiting:
        watched.get_by_role("button", name=re.compile("PNG")).first.dispatch_event("click")
    assert waiting.value.suggested_filename == name
