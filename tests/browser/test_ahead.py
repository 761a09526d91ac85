"""The finding before the page: the next reader of an address has it while the browser still starts Streamlit."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("readers")]


@pytest.mark.parametrize("width", [1440, 390])
def test_the_next_reader_has_the_finding_before_the_page(address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    profile = f"{address}/profile?region=25&lang=sv"
    page.goto(profile)
    drawn = {where: page.locator(where) for where in ("h1", ".lead")}
    expect(page.locator(".page-foot")).to_be_visible()
    said = {where: element.inner_text() for where, element in drawn.items()}
    places = {where: element.bounding_box() for where, element in drawn.items()}

    # Streamlit's own script is still on its way: the words stand where the page will draw them.
    page.route("**/static/js/index.*.js", lambda _route: None)
    page.goto(profile, wait_until="commit")
    ahead = {"h1": page.locator(".ahead .headline"), ".lead": page.locator(".ahead .lead")}
    for where, element in ahead.items():
        expect(element).to_have_text(said[where])
        assert element.bounding_box() == places[where]

    # It came: the page itself stands there, alone.
    page.unroute("**/static/js/index.*.js")
    page.reload()
    expect(page.locator(".page-foot")).to_be_visible()
    expect(page.locator(".ahead")).to_have_count(0)
    expect(page.locator("h1")).to_have_text(said["h1"])
