"""Pages that are open while the server is restarted: each goes on by itself, or asks to be loaded again."""

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import free_port, serving
from tests.browser.desk import hand_in, settled, unfold
from tests.browser.wire import Reader

pytestmark = pytest.mark.browser
FILE = "Indikator;Region;Period;Värde\ntrust_overall;Norrbotten;2019;52,9\n".encode()
CHOSEN = "trust?indicator=trust_overall&period=2023&lang=sv"
OPENED = "window.opened_before = true"
KEEP_THE_SOCKET = """
const Real = WebSocket;
window.WebSocket = class extends Real { constructor(...given) { super(...given); window.socket = this; } };
"""
LOADED_AGAIN = "() => !window.opened_before"


class Server:
    """One address whose server is ended and started again."""

    def __init__(self, folder: Path, file: Path) -> None:
        self.folder, self.file, self.port = folder, file, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.running = ExitStack()

    def start(self) -> None:
        self.running.enter_context(serving(self.folder))(self.file, port=self.port)

    def restart(self, *open_pages: Page) -> None:
        self.running.close()
        for page in open_pages:
            expect(page.get_by_test_id("stApp")).not_to_have_attribute("data-test-connection-state", "CONNECTED")
        self.start()


@pytest.fixture
def server(tmp_path: Path, sample_copy: Path) -> Iterator[Server]:
    found = Server(tmp_path, sample_copy)
    with found.running:
        found.start()
        yield found


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    settled(page)
    page.evaluate(OPENED)
    return page


def test_every_open_page_survives_a_restart(server: Server, context: BrowserContext) -> None:
    reading = opened(context, f"{server.address}/{CHOSEN}")
    other = opened(context, f"{server.address}/compare?lang=sv")
    writing = opened(context, f"{server.address}/upload?lang=en")
    writing.locator("details:has(textarea) > summary").first.click()
    writing.locator("textarea:visible").first.fill("half a sentence")
    desk = opened(context, f"{server.address}/upload?lang=sv")
    hand_in(desk, "leverans.csv", FILE)
    stood_at = reading.url
    server.restart(reading, other, desk, writing)

    # Where nothing is lost the page loads itself, with its choices, and what is clicked then happens.
    for page in (reading, other):
        page.wait_for_function(LOADED_AGAIN)
        settled(page)
        expect(page.locator(".session-lost")).to_be_hidden()
    assert reading.url == stood_at
    unfold(reading, "Ladda ner som Excel")
    with reading.expect_download() as waiting:
        reading.get_by_role("button", name="Ladda ner som Excel").first.click()
    assert openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes())).sheetnames

    # Where something could be lost the page says so, in its own language, and waits.
    expect(desk.get_by_role("alert").filter(has_text="Servern har startats om")).to_be_visible()
    expect(writing.get_by_role("alert").filter(has_text="The server has been restarted")).to_be_visible()
    assert writing.locator("textarea:visible").first.input_value() == "half a sentence"
    assert not desk.evaluate(LOADED_AGAIN)
    desk.get_by_role("button", name="Ladda om sidan").click()
    desk.wait_for_function(LOADED_AGAIN)
    settled(desk)
    expect(desk.locator(".session-lost")).to_be_hidden()
    hand_in(desk, "leverans.csv", FILE)
    expect(desk.get_by_text(re.compile("Filen kan publiceras")).first).to_be_visible()


def test_a_page_whose_server_keeps_forgetting_it_does_not_load_itself_over_and_over(
    server: Server, context: BrowserContext
) -> None:
    page = opened(context, f"{server.address}/{CHOSEN}")
    server.restart(page)
    page.wait_for_function(LOADED_AGAIN)
    settled(page)
    page.evaluate(OPENED)
    server.restart(page)
    expect(page.get_by_role("alert").filter(has_text="Ladda om sidan innan du fortsätter")).to_be_visible()
    assert not page.evaluate(LOADED_AGAIN)


def test_a_session_is_known_to_its_own_reader_alone(server: Server) -> None:
    own, other = Reader(server.address), Reader(server.address)
    asked = f"/page-session?session={own.open('trust').session_id}"
    other.open("trust")
    answers = [reader.get(path).status_code for reader, path in ((own, asked), (other, asked), (own, "/page-session"))]
    assert answers == [204, 410, 410]
    own.close()
    other.close()


def test_a_page_that_was_away_for_a_moment_stays_as_it_is(server: Server, context: BrowserContext) -> None:
    context.add_init_script(KEEP_THE_SOCKET)
    page = opened(context, f"{server.address}/{CHOSEN}")
    with page.expect_response(re.compile("/page-session")) as asked:
        page.evaluate("window.socket.close()")
    assert asked.value.status == 204
    settled(page)
    assert not page.evaluate(LOADED_AGAIN)
    expect(page.locator(".session-lost")).to_be_hidden()
