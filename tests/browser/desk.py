"""The upload desk as people use it: hand in, answer, publish; and what may never come of a file's words."""

import csv
import io
import re
from collections.abc import Iterable
from contextlib import suppress

import openpyxl
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

EVIL = "evil.example"
REASONS = re.compile("^Skäl [0-9]+: vad du kontrollerade, och var")


def hand_in(page: Page, name: str, content: bytes) -> None:
    """Put one file in the drop zone, instead of any that is there."""
    for remove in page.get_by_role("button", name=re.compile("^Ta bort .*")).all():
        remove.click()
        expect(remove).to_have_count(0)
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    expect(page.locator("summary").filter(has_text=name[:12])).to_be_visible()  # checked
    settled(page)


def settled(page: Page) -> None:
    """The page has drawn to its end."""
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")


def choose(page: Page, menu: str, title: str) -> None:
    """Go to a page by the masthead's menus, at a desk."""
    page.locator(".menus.wide summary").filter(has_text=menu).click()
    page.locator(".menus.wide details[open]").get_by_role("link", name=title, exact=True).click()


def follow(link: Locator, leads_to: str) -> None:
    """Click a link in a page whose charts may still be moving it: again, where the first click met nothing."""
    for _ in range(3):
        link.click()
        with suppress(PlaywrightTimeout):
            link.page.wait_for_url(re.compile(leads_to), timeout=5_000)
            return
    expect(link.page).to_have_url(re.compile(leads_to))


def write(page: Page, field: Locator, words: str) -> None:
    """Fill a field and leave it, and wait for the page to have taken it in."""
    field.fill(words)
    field.press("Tab")
    page.wait_for_timeout(300)  # the field tells the server when it is left; the run it starts shows a moment later
    settled(page)


def answer_all(page: Page, reason: str, note: str) -> None:
    """A reason for every warning, and the note."""
    noted = page.get_by_label(re.compile("^(Revideringsnot|Anteckning)"))
    expect(noted).to_be_visible()  # it is drawn after the last warning's field
    for field in page.get_by_label(REASONS).all():
        write(page, field, reason)
    write(page, noted, note)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def unfold(page: Page, label: str) -> None:
    """Open the page's Hämta, where the download with this label stands in it and is not in sight."""
    settled(page)
    download = page.get_by_role("button", name=label, exact=True).first
    try:
        download.wait_for(timeout=2_000)  # a fold that was opened a moment ago is not closed again
    except PlaywrightTimeout:
        page.get_by_role("button", name="Hämta", exact=True).first.click()
        download.wait_for()


def downloaded(page: Page, label: str) -> bytes:
    unfold(page, label)
    with page.expect_download() as waiting:
        press(page, label)
    return waiting.value.path().read_bytes()


def nothing_live(page: Page) -> None:
    """No link, image or frame on the page leads where a file's words say."""
    settled(page)
    live = page.locator(f"a[href*='{EVIL}'], img[src*='{EVIL}'], iframe, object, embed, [href^='javascript']")
    assert [each.evaluate("node => node.outerHTML") for each in live.all()] == []


def formulas(content: bytes) -> Iterable[str]:
    """Cells of a workbook that would be calculated or that lead out of it, but for our own that check it (Kontroll)."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                own = sheet.title == "Kontroll" and EVIL not in str(cell.value)
                if (cell.data_type == "f" and not own) or (cell.hyperlink and EVIL in str(cell.hyperlink.target)):
                    yield f"{sheet.title}!{cell.coordinate}: {cell.value}"


def csv_formulas(content: bytes) -> list[str]:
    """Fields of a CSV that a spreadsheet would calculate; a number may be negative."""
    fields = [field for line in csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";") for field in line]
    return [field for field in fields if field.startswith(("=", "@", "+", "\t")) or re.match(r"-[^\d]", field)]
