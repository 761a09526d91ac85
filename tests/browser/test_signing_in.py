"""Signing in as people do it, in a real Chromium: first administrator, a colleague, the log, out again."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import openpyxl
import pytest
from playwright.sync_api import Page, expect

from models import open_store
from tests.browser.desk import choose, settled
from tests.browser.people import LOCAL, PASSWORD
from tests.browser.wire import Reader

OTHER = "gul cykel i regnet"


@pytest.fixture
def served(serve: Callable[..., str], tmp_path: Path) -> tuple[str, str]:
    """A fresh server with local accounts, and the one-time word in its log."""
    file, log = tmp_path / "fresh.sqlite3", tmp_path / "log.txt"
    open_store(f"sqlite:///{file}", create=True).close()
    address = serve(file, log, **LOCAL)
    word = re.search(r"engångskoden (\S+)", log.read_text(encoding="utf-8"))
    assert word
    return address, word.group(1)


def test_from_the_word_in_the_log_to_a_colleague_who_reads_the_log(
    served: tuple[str, str], watched: Page, tmp_path: Path
) -> None:
    address, word = served
    page = watched
    page.goto(f"{address}/first-administrator")
    page.get_by_label("Engångskod").fill(word)
    page.get_by_label("Inloggningsnamn").fill("kim@region.se")
    page.get_by_label("Namn", exact=True).fill("Kim Ek")
    page.get_by_label("Lösenord (minst 12 tecken)").fill(PASSWORD)
    page.get_by_label("Samma lösenord igen").fill(PASSWORD)
    page.get_by_role("button", name="Skapa kontot").click()
    expect(page.get_by_text("Kim Ek (administratör)")).to_be_visible()

    choose(page, "För medarbetare", "Användare")
    page.get_by_role("textbox", name="Inloggningsnamn").fill("rut")
    page.get_by_role("textbox", name="Namn", exact=True).fill("Rut ![x](http://evil.example/x.png)")
    page.get_by_label("Roller").first.click()
    page.get_by_role("option", name="Revisor").click()
    page.keyboard.press("Escape")  # the list lies over the button
    settled(page)
    page.get_by_role("button", name="Skapa kontot").click()
    invitation = page.get_by_test_id("stCode").inner_text().strip()
    expect(page.get_by_role("table").get_by_text("väntar på lösenord")).to_be_visible()
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_text("Du är utloggad.")).to_be_visible()
    expect(page.locator(".menus")).to_have_count(2)
    expect(page.locator(".menus a").filter(has_text="Användare")).to_have_count(0)

    page.goto(f"{address}/choose-password")
    page.get_by_label("Engångskod").fill(invitation)
    page.get_by_label("Lösenord (minst 12 tecken)").fill(OTHER)
    page.get_by_label("Samma lösenord igen").fill(OTHER)
    page.get_by_role("button", name="Spara lösenordet").click()
    choose(page, "För medarbetare", "Händelselogg")
    expect(page.get_by_text("Loggen är hel").first).to_be_visible()

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/media/" in request.url else None)
    page.get_by_role("button", name="Hämta", exact=True).first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ner som Excel").click()
    download.value.save_as(tmp_path / "log.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "log.xlsx")["Händelser"]
    assert "konto skapat" in {cell.value for row in sheet.iter_rows() for cell in row}
    thief = Reader(address)
    thief.open("data")  # with a page of their own
    assert thief.get(httpx.URL(asked[-1]).path).status_code == 404
    thief.close()


def test_the_way_in_leads_back_to_the_page_in_the_readers_language(served: tuple[str, str], watched: Page) -> None:
    address, word = served
    first = Reader(address)
    fields = {"word": word, "login": "kim", "name": "Kim", "password": PASSWORD, "again": PASSWORD}
    assert first.post("/first-administrator", fields).status_code == 303
    first.close()
    page = watched
    page.goto(f"{address}/users?lang=en")
    expect(page.get_by_text("Only administrators")).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Login name").fill("kim")
    page.get_by_label("Password").fill("not this one at all")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("The login name or the password is not right.")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".path")).to_contain_text("Users")
    expect(page.get_by_role("table").get_by_text("kim", exact=True)).to_be_visible()
