"""A board member finds where the supply of e-services is thinnest in her region, and takes the gap list with her."""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from analysis.supply import gaps, minimum_rule, municipality_spread, standing, supply_periods
from models import Store
from tests.browser.desk import follow, settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("readers")]
TELEPHONE = {"width": 390, "height": 844}
LEAST = 3


def part(page: Page, name: str, view: str) -> None:
    """Choose a part of the page, and wait for it."""
    page.get_by_role("navigation", name="Visa", exact=True).get_by_role("link", name=name, exact=True).click()
    expect(page).to_have_url(re.compile(f"view={view}"))
    settled(page)


def test_board_member_finds_the_least_served_municipalities_and_exports_the_gaps(
    address: str, read_by_all: Store, watched: Page
) -> None:
    period = supply_periods(read_by_all)[0]
    rule = minimum_rule("4", period)
    spread = municipality_spread(standing(read_by_all, period, rule), "25")
    listed = gaps(read_by_all, period, rule, codes=("25",))

    watched.goto(f"{address}/supply?synthetic=1&region=25")
    part(watched, "Inom en region", "within")
    expect(watched.get_by_role("heading", name="Skillnader mellan kommunerna")).to_be_visible()
    watched.get_by_role("link", name="Tabell", exact=True).first.click()
    found = watched.get_by_role("region", name=re.compile("per kommun, Region Norrbotten")).get_by_role("rowheader")
    expect(found.first).to_be_visible()
    assert found.all_inner_texts()[:LEAST] == spread.rows["municipality"].to_list()[:LEAST]

    part(watched, "Vem saknar vad", "gaps")
    expect(watched.get_by_role("heading", name="Vilken enhet saknar vilken tjänst?")).to_be_visible()
    with watched.expect_download() as waiting:
        watched.get_by_role("button", name="Hämta", exact=True).first.click()
        watched.get_by_role("button", name="Ladda ner som Excel").click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    head, *rows = book["Saknade tjänster"].iter_rows(values_only=True)
    unit, service = head.index("Enhet"), head.index("Tjänst")
    assert [(row[unit], row[service]) for row in rows] == list(listed.select("name", "title_sv").iter_rows())
    assert waiting.value.suggested_filename == f"utbud_luckor_25_{period.key}.xlsx"


def test_the_matrix_keeps_the_units_name_in_sight_on_a_telephone(address: str, watched: Page) -> None:
    watched.set_viewport_size(TELEPHONE)
    watched.goto(f"{address}/supply?synthetic=1&view=matrix&region=25")
    matrix = watched.get_by_role("region", name=re.compile("E-tjänster per enhet"))
    expect(matrix).to_be_visible()
    assert watched.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
    name = matrix.get_by_role("rowheader").first
    before = name.bounding_box()
    matrix.evaluate("box => { box.scrollLeft = 600 }")
    after = name.bounding_box()
    assert before is not None
    assert after is not None
    # The name first meets the box's left edge and stays there; the cells beside it have moved.
    assert matrix.evaluate("box => box.scrollLeft") == 600
    assert after["x"] == pytest.approx(before["x"], abs=1)

    name.get_by_role("link").click()
    expect(watched.get_by_role("heading", name=re.compile("Exempel"))).to_be_visible()
    follow(watched.get_by_role("link", name="erbjuds", exact=True).first, r"/figure\?.*upload=\d+.*cell=")
