"""A page printed: what was found and its figures, the address and the day; nothing that is for pressing."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from analysis.moments import today_in_sweden
from locales.numbers import format_date
from tests.browser.desk import settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("readers")]
PRESSED = ("Hämta", "Fler val", "Meny", "Sök", "keyboard_arrow", "English", "Sämst först", "Välj")


@pytest.mark.parametrize(
    ("path", "sheets", "stands"),
    [
        ("/profile?region=25&lang=sv", 2, ("Region Norrbotten", "48,8", "Bland alla regioner", "Granskningen 2021")),
        ("/trust?region=25&lang=sv", 3, ("Västernorrland", "44,7", "pandemi", "Källa")),
    ],
)
def test_a_printed_page_is_clean_and_leads_back(
    address: str, page: Page, path: str, sheets: int, stands: tuple[str, ...]
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})  # whatever the screen is, paper is as wide as a desk
    page.goto(f"{address}{path}")
    expect(page.locator(".page-foot")).to_be_visible()
    settled(page)
    printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
    said = " ".join(
        " ".join(sheet.extract_text() for sheet in printed.pages).replace("\N{NO-BREAK SPACE}", " ").split()
    )
    assert len(printed.pages) <= sheets
    assert [word for word in stands if word not in said] == []
    assert [word for word in PRESSED if word in said] == []
    assert f"Utskriven {format_date(today_in_sweden())} från {address}{path.partition('?')[0]}?" in said
