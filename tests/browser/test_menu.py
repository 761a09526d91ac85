"""The masthead on a telephone and by keyboard, and the way back through the views of a card."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from exports.papers.fonts import font_folder
from tests.browser.desk import settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("readers")]
TELEPHONE = {"width": 390, "height": 844}


@pytest.fixture
def phone(address: str, watched: Page) -> Page:
    """Norrbotten's profile on a telephone."""
    watched.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]
    watched.goto(f"{address}/profile?region=25")
    drawn(watched)
    return watched


def drawn(page: Page) -> None:
    """The page has drawn to its end."""
    expect(page.locator(".page-foot")).to_be_visible()
    settled(page)


def opened(page: Page) -> Locator:
    """The telephone's menu, opened."""
    page.locator(".menus.narrow summary").click()
    panel = page.locator(".menus.narrow .all")
    expect(panel).to_be_visible()
    return panel


def test_the_menu_lies_over_the_page_and_closes_when_a_page_is_chosen(phone: Page) -> None:
    before = phone.locator("h1").bounding_box()
    panel = opened(phone)
    assert phone.locator("h1").bounding_box() == before  # nothing is moved aside
    box = panel.bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, TELEPHONE["width"])
    assert round(box["y"] + box["height"]) == TELEPHONE["height"]
    last = panel.get_by_role("link").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()  # the list scrolls to its end
    panel.get_by_role("link", name="Gotland").click()
    expect(panel).to_be_hidden()
    expect(phone.get_by_role("heading", name="Region Gotland", level=1)).to_be_visible()
    drawn(phone)
    assert "region=09" in phone.url
    assert phone.title() == "Region Gotland · Regionprofil · Regionjämförelse 1177"
    phone.go_back()
    expect(phone.get_by_role("heading", name="Region Norrbotten", level=1)).to_be_visible()


def test_the_menu_closes_on_escape_and_by_a_touch_outside(phone: Page) -> None:
    panel = opened(phone)
    phone.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(phone.locator(".menus.narrow summary")).to_be_focused()
    opened(phone)
    phone.get_by_role("button", name="English").focus()  # out of the menu by keyboard
    expect(panel).to_be_hidden()
    opened(phone)
    phone.locator(".st-key-masthead").click(position={"x": 215, "y": 28})
    expect(panel).to_be_hidden()


def test_the_masthead_stays_and_the_page_needs_no_scrolling_sideways(phone: Page) -> None:
    phone.mouse.move(200, 600)
    phone.mouse.wheel(0, 2000)
    masthead = phone.locator(".st-key-masthead")
    phone.wait_for_function("document.querySelector('.stMain').scrollTop > 1000")
    box = masthead.bounding_box()
    assert box
    assert (box["x"], round(box["y"]), round(box["height"])) == (0, 0, 56)
    assert phone.evaluate("document.querySelector('.stMain').scrollWidth") == TELEPHONE["width"]


def test_a_profile_is_at_most_five_telephone_screens(phone: Page, address: str) -> None:
    for region in ("25", "23"):  # Jämtland Härjedalen has the most measures
        phone.goto(f"{address}/profile?region={region}")
        drawn(phone)
        assert phone.evaluate("document.querySelector('.stMain').scrollHeight") <= 5 * TELEPHONE["height"]


def test_the_finding_and_the_regions_trust_stand_in_the_first_screen(phone: Page, address: str) -> None:
    phone.goto(address)
    drawn(phone)
    for found in (phone.locator("h1"), phone.locator(".lead"), phone.locator(".heat.narrow tr").nth(1)):
        expect(found).to_be_in_viewport(ratio=1)
    assert "Norrbotten" in phone.locator(".heat.narrow tr").nth(1).inner_text()


def test_trust_then_satisfaction_uptake_and_last_time_without_a_click(phone: Page, address: str) -> None:
    """On her region's page: trust against riket and how it was last time in the first screen, satisfaction and uptake
    no more than a screen further down."""
    phone.goto(f"{address}/profile?region=25")
    drawn(phone)
    cards = phone.locator(".lead-card")
    trust = cards.filter(has_text="Förtroende")
    for told in ("48,8", "riket 63,4", "sedan 2023"):
        expect(trust.get_by_text(told).first).to_be_in_viewport(ratio=1)
    for measure in ("NKI: 1177", "Positiv till 1177"):
        box = cards.filter(has_text=measure).bounding_box()
        assert box
        assert box["y"] + box["height"] <= 2 * TELEPHONE["height"]


def test_the_compared_table_is_in_excel_with_two_clicks(address: str, watched: Page) -> None:
    watched.goto(f"{address}/trust?region=25")
    drawn(watched)
    watched.get_by_role("button", name="Hämta", exact=True).first.click()
    with watched.expect_download() as waiting:
        watched.get_by_role("button", name="Ladda ner som Excel", exact=True).click()
    assert waiting.value.suggested_filename.endswith(".xlsx")


def test_the_regions_report_is_a_paper_with_two_clicks(address: str, watched: Page) -> None:
    font_folder()  # made when the product is installed, not while a reader waits
    watched.goto(f"{address}/profile?region=25")
    drawn(watched)
    watched.get_by_role("button", name="Hämta", exact=True).first.click()
    with watched.expect_download() as waiting:
        watched.get_by_role("button", name="Regionrapport (PDF)", exact=True).click()
    assert waiting.value.suggested_filename == "regionrapport_25.pdf"
    told = [page.extract_text() for page in PdfReader(waiting.value.path()).pages]
    assert "Region Norrbotten" in told[0]
    assert "/p/" in told[-1]  # where the paper came from
    assert "/check/" in told[-1]


def test_the_menus_are_worked_by_keyboard_alone(address: str, watched: Page) -> None:
    watched.goto(f"{address}/trust")
    drawn(watched)
    watched.locator(".brand").focus()
    watched.keyboard.press("Tab")
    compare = watched.locator(".menus.wide summary").first
    expect(compare).to_be_focused()
    assert watched.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    watched.keyboard.press("Enter")
    first = watched.locator(".menus.wide a").first
    expect(first).to_be_visible()
    watched.keyboard.press("Tab")
    expect(first).to_be_focused()
    watched.keyboard.press("Escape")
    expect(first).to_be_hidden()
    expect(compare).to_be_focused()
    watched.keyboard.press("Enter")
    watched.keyboard.press("Tab")
    watched.keyboard.press("Tab")
    watched.keyboard.press("Tab")
    watched.keyboard.press("Enter")
    expect(watched).to_have_url(re.compile("/satisfaction"))
    expect(first).to_be_hidden()
    expect(watched.locator('.menus.wide a[aria-current="page"]')).to_have_text("Kundnöjdhet")


def test_back_twice_quickly_goes_back_two_views_of_a_card(address: str, watched: Page) -> None:
    watched.goto(f"{address}/trust")
    drawn(watched)
    switch = watched.locator(".switch")

    def view_is(name: str, words: str) -> None:
        expect(watched).to_have_url(re.compile(rf"[?&]show={name}(&|$)"))
        expect(switch.locator('a[aria-current="true"]')).to_have_text(words)
        settled(watched)

    view_is("diagram", "Diagram")
    start = watched.evaluate("history.length")
    switch.get_by_role("link", name="Karta").click()
    view_is("map", "Karta")
    switch.get_by_role("link", name="Tabell").click()
    view_is("table", "Tabell")
    assert watched.evaluate("history.length") == start + 2
    watched.evaluate("history.back(); setTimeout(() => history.back(), 20)")
    view_is("diagram", "Diagram")
    assert watched.evaluate("history.length") == start + 2
    watched.go_forward()
    view_is("map", "Karta")
