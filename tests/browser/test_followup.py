"""An auditor sees which replies are late and takes the compilation along; a board's form goes out and comes in."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from entries.recommendation_file import enter_letters
from models import open_store
from tests.browser.desk import downloaded, hand_in, press, settled
from tests.loaders.filled_forms import filled_xlsx

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(sample_copy: Path, serve: Callable[..., str]) -> str:
    store = open_store(f"sqlite:///{sample_copy}")
    enter_letters(store)
    store.close()
    return serve(sample_copy)


def test_an_auditor_sees_which_replies_are_not_loaded_and_exports_the_compilation(watched: Page, address: str) -> None:
    watched.goto(f"{address}/followup?lang=sv")
    expect(watched.get_by_text(re.compile("Därför går det inte att säga om något är försenat")).first).to_be_visible()
    expect(watched.get_by_text("Inget svar är inläst här").first).to_be_visible()
    book = load_workbook(io.BytesIO(downloaded(watched, "Ladda ner som Excel")))
    assert book["Försenat"].max_row == 1  # nothing is known of seven recommendations, and nothing is said of boards
    assert [cell.value for cell in book["Sammanställning"]["A"]].count("Region Västerbotten") == 3


def test_the_form_goes_out_and_its_answers_come_in_and_are_shown(watched: Page, address: str) -> None:
    watched.goto(f"{address}/followup?lang=sv&audit=vasterbotten-2021")
    settled(watched)
    watched.get_by_role("button", name="Svarsblankett", exact=True).click()
    content = filled_xlsx(downloaded(watched, "Hämta svarsblanketten (Excel)"))
    watched.goto(f"{address}/upload?lang=sv")
    settled(watched)
    hand_in(watched, "syntetiskt_svar.xlsx", content)
    press(watched, "Publicera")
    expect(watched.get_by_text(re.compile("^Publicerad som uppladdning")).first).to_be_visible()
    watched.goto(f"{address}/followup?lang=sv&audit=vasterbotten-2021&synthetic=1")
    expect(watched.get_by_text("Hälso- och sjukvårdsdirektören").first).to_be_visible()
    expect(watched.get_by_text("✕ Avvisad med motivering").first).to_be_visible()
