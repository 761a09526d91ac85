"""A politician reads her region on a telephone; an auditor makes a comparison of his own and takes it with him."""

import io
import json
import re

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from analysis import compare_regions, region_findings
from locales import text
from models import Store
from views.permalinks import page_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("readers")]
TELEPHONE = {"width": 390, "height": 844}


def test_politician_reads_the_worst_finding_on_a_telephone(address: str, read_by_all: Store, watched: Page) -> None:
    watched.set_viewport_size(TELEPHONE)
    watched.goto(f"{address}/profile?region=22")
    expect(watched.get_by_role("heading", name="Alla mått mot riket")).to_be_visible()
    worst = region_findings(read_by_all, "22").worse[0]
    first = watched.locator("table.measures").first.get_by_role("row").nth(1)
    expect(first).to_contain_text(worst.comparison.indicator.short_title.sv)
    expect(first).to_contain_text("sämre")
    expect(first).to_contain_text(f"{worst.row['rank']} ({worst.row['rank_low']}–{worst.row['rank_high']})")
    expect(watched.get_by_text("antaget underlag").first).to_be_visible()
    # Nothing is wider than the screen, and the row's own drawing is there.
    assert watched.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
    expect(first.locator("img.spark")).to_be_visible()

    watched.get_by_text("Hur säkert?").click()
    expect(watched.get_by_text("markeras av slumpen")).to_be_visible()


def test_auditor_sets_a_benchmark_and_takes_the_workbook(address: str, read_by_all: Store, watched: Page) -> None:
    watched.goto(f"{address}/compare?indicators=trust_hospital&period=2022")
    chooser = watched.get_by_role("combobox", name=re.compile("Jämför med"))
    chooser.click()
    chooser.fill("Västerbotten")
    watched.get_by_role("option", name="Region Västerbotten").click()
    expect(watched).to_have_url(re.compile("benchmark=region"))
    # The address changes as the run begins; the button is the new view's when the run is over.
    expect(watched.get_by_role("heading", name="Regionerna mot Västerbotten, 2022")).to_be_visible()
    expect(watched.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    watched.get_by_role("button", name="Hämta", exact=True).first.click()
    with watched.expect_download() as waiting:
        watched.get_by_role("button", name="Ladda ner som Excel").click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    head, *rows = book["Underlag"].iter_rows(values_only=True)
    region, judgement, reason = (head.index(name) for name in ("Region", "Bedömning", "Varför ingen bedömning"))
    asked = compare_regions(read_by_all, "trust_hospital", "2022", benchmark="region:24").rows
    expected = {
        row["region"]: (
            text(f"judgements.short.{'itself' if row['unassessed'] == 'itself' else row['judgement']}")
            if row["judgement"]
            else None,
            text(f"judgements.reason.{row['unassessed']}") if row["unassessed"] else None,
        )
        for row in asked.to_dicts()
    }
    assert {row[region]: (row[judgement] or None, row[reason] or None) for row in rows} == expected
    cover = dict(list(book["Om filen"].values)[1:])
    assert cover["Jämförs med"] == "Region Västerbotten"
    page, choices = page_of(cover["Länk till vyn"].rpartition("/p/")[2]) or ("", {})
    assert (page, choices["benchmark"]) == ("compare", "region:24")
    assert cover["Gäller det fortfarande?"] == cover["Länk till vyn"].replace("/p/", "/check/")


def test_a_card_leads_to_the_comparison_of_its_indicator(address: str, watched: Page) -> None:
    watched.goto(f"{address}/indicator?indicator=trust_hospital&lang=en")
    expect(watched.get_by_role("heading", name="How the uncertainty is computed")).to_be_visible()
    watched.get_by_role("link", name="Make a comparison of your own").click()
    expect(watched).to_have_url(re.compile(r"/compare\?.*indicators=trust_hospital"))
    expect(watched.get_by_role("heading", name=re.compile("The regions against Riket"))).to_be_visible()


def test_pictures_are_switched_in_the_address_and_back_twice_comes_home(address: str, watched: Page) -> None:
    watched.goto(f"{address}/compare?indicators=trust_overall-trust_hospital")
    expect(watched.get_by_role("heading", name="Regionerna i varje mått")).to_be_visible()
    views = watched.get_by_role("navigation", name="Visa som")
    for name, heading in (("Placering", "Platser i varje mått"), ("Karta", "Landet i varje mått")):
        views.get_by_role("link", name=name, exact=True).click()
        expect(watched.get_by_role("heading", name=heading)).to_be_visible()
    watched.go_back()
    watched.go_back()
    expect(watched.get_by_role("heading", name="Regionerna i varje mått")).to_be_visible()
    expect(watched).to_have_url(re.compile("show=heat"))
    expect(views.get_by_role("link", name="Värmekarta")).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize(
    "name",
    [
        "profile",
        "compare",
        "compare?indicators=trust_overall-trust_hospital",
        "indicator",
        "figure?indicator=trust_overall&region=25&period=2023",
        "data",
        "changes",
    ],
)
def test_no_page_has_a_serious_fault_for_assistive_technology(address: str, page: Page, name: str) -> None:
    page.goto(f"{address}/{name}")
    expect(page.get_by_text("Lokalt läge")).to_be_visible()
    page.wait_for_timeout(1000)  # charts are drawn after the text
    found = Axe().run(page).response["violations"]
    serious = {each["id"]: each["nodes"][0]["html"] for each in found if each["impact"] in ("serious", "critical")}
    assert serious == {}, json.dumps(serious, indent=1)
