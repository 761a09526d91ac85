"""An auditor and a member of staff: figures out to Excel, files in from publishers."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import httpx
import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from analysis import compare_regions
from models import Store, open_store
from models.settings import PROJECT
from tests.browser.desk import choose, downloaded
from ui.server.headers import security_headers

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("readers")]
GOOD = PROJECT / "sample_data" / "fortroende_1177_telefon_2017_skr.csv"


def test_auditor_downloads_the_shown_figures_and_the_original_file(
    address: str, read_by_all: Store, watched: Page
) -> None:
    watched.goto(f"{address}/trust?indicator=trust_overall&period=2020")
    content = downloaded(watched, "Ladda ner som Excel")
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = compare_regions(read_by_all, "trust_overall", "2020").rows
    expected = dict(zip(rows["region"], rows["value"], strict=True))
    data = next(sheet for sheet in book if sheet.title in ("Underlag", "Siffror"))
    head = [cell.value for cell in data[1]]
    region, period = head.index("Region"), head.index("Period")
    value = next(place for place, name in enumerate(head) if str(name).startswith("Värde"))
    cells = list(data.iter_rows(min_row=2, values_only=True))
    shown = {row[region]: row[value] for row in cells if str(row[period]) == "2020"}
    assert shown == expected

    watched.goto(f"{address}/data?upload=3")
    assert downloaded(watched, "Ladda ner originalfilen") == _original(read_by_all, 3)


def _original(store: Store, upload: int) -> bytes:
    from analysis import original_file

    found = original_file(store, upload)
    assert found is not None
    return found[1]


def test_staff_uploads_a_bad_file_and_a_good_one(
    serve: Callable[[Path], str], empty_file: Path, watched: Page, tmp_path: Path
) -> None:
    address = serve(empty_file)
    bad = tmp_path / "okand_region.csv"
    bad.write_bytes(GOOD.read_bytes().replace(b";25;", b";77;"))
    watched.goto(f"{address}/trust")
    watched.get_by_role("link", name="Till Ladda upp").click()  # an empty store says what to do next
    expect(watched.get_by_role("heading", name="Ladda upp", exact=True, level=1)).to_be_visible()

    watched.locator("input[type=file]").set_input_files(bad)
    expect(watched.get_by_text("Filen kan inte publiceras")).to_be_visible()
    told = watched.get_by_role("row").filter(has_text='"77" är ingen känd region')
    expect(told).to_contain_text("Förtroende för 1177 via telefon")
    expect(told).not_to_contain_text("Menade du")  # a code is no misspelt name
    expect(watched.get_by_text("4,4\u00a0kB")).to_be_visible()
    expect(watched.get_by_role("button", name="Publicera", exact=True)).to_have_count(0)
    watched.get_by_role("button", name=f"Ta bort {bad.name}").click()

    watched.locator("input[type=file]").set_input_files(GOOD)
    expect(watched.get_by_text("22 siffror läses · 0 fel · 0 att bekräfta")).to_be_visible()
    watched.get_by_label("Anteckning").fill("första filen")
    watched.get_by_label("Anteckning").press("Tab")
    watched.get_by_role("button", name="Publicera", exact=True).click()
    expect(watched.get_by_text("Publicerad som uppladdning 1")).to_be_visible()

    choose(watched, "Jämför", "Förtroende")
    expect(watched.get_by_text("Förtroende för 1177 via telefon").first).to_be_visible()
    store = open_store(f"sqlite:///{empty_file}")
    assert compare_regions(store, "trust_1177_phone", "2017").rows["value"].max() == 71.2
    store.close()


@pytest.mark.parametrize("name", ["", "trust", "data", "upload"])
def test_no_page_has_a_serious_fault_for_assistive_technology(address: str, page: Page, name: str) -> None:
    page.goto(f"{address}/{name}")
    expect(page.get_by_text("Lokalt läge")).to_be_visible()
    page.wait_for_timeout(1000)  # charts are drawn after the text
    found = Axe().run(page).response["violations"]
    serious = {each["id"]: each["nodes"][0]["html"] for each in found if each["impact"] in ("serious", "critical")}
    assert serious == {}, json.dumps(serious, indent=1)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/trust?lang=en", 200), ("/_stcore/health", 200), ("/words.js", 200), ("/nosuchpage", 404)],
)
def test_every_answer_carries_the_security_headers(address: str, path: str, status: int) -> None:
    answer = httpx.get(address + path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in security_headers()} == security_headers()


def test_a_foreign_host_name_is_refused(address: str) -> None:
    assert httpx.get(address, headers={"Host": "evil.example"}).status_code == 403
