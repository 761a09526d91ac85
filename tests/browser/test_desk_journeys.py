"""Staff, reader and auditor on the way of a figure: from file to page, to its cell; with and without accounts."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from access import LOCAL_CLI, users
from analysis import original_file, uploads_list
from indicators import catalogue
from models import open_store
from tests.browser.desk import (
    EVIL,
    answer_all,
    csv_formulas,
    downloaded,
    follow,
    formulas,
    hand_in,
    nothing_live,
    press,
    settled,
    write,
)
from tests.browser.people import LOCAL, PASSWORD, add_people, opened
from tests.publishing import publish

pytestmark = pytest.mark.browser
HEADER = "Indikator;Region;Period;Värde\n"
OLD = {"indicator": "trust_overall", "period": "2023"}
MENDED = f"{HEADER}trust_overall;Norrbotten;2023;52,9\ntrust_overall;Skåne;2023;57,2\n".encode()
FAULTY = MENDED.replace(b"Norrbotten", b"Norbotten").replace(b"52,9", b"52,9 st").replace(b"57,2", b"157,2")
GOOD = Path(__file__).parents[2] / "sample_data" / "fortroende_1177_telefon_2017_skr.csv"
TABLE = "trust?indicator=trust_overall&period=2023&show=table&lang=sv"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store in which the regions' trust 2023 was published on 10 January 2026."""
    found = tmp_path / "desk.sqlite3"
    store = open_store(f"sqlite:///{found}", create=True)
    codes = [*catalogue().region_codes]
    publish(
        store, [{**OLD, "region": code, "value": 49.9 + number} for number, code in enumerate(codes)], day="2026-01-10"
    )
    store.close()
    return found


def status(file: Path, upload: int) -> str:
    with opened(file) as store:
        return str(uploads_list(store).filter(id=upload)["status"].item())


def figure(page: Page, region: str) -> str:
    """What the table on the page prints for a region."""
    return page.get_by_role("row", name=re.compile(region)).first.inner_text()


def test_from_three_faults_to_a_revised_figure_and_back_to_its_cell(
    serve: Callable[..., str], file: Path, watched: Page
) -> None:
    address, page = serve(file), watched
    with opened(file) as store:
        before = {row["region"]: row["value"] for row in _rows(store)}["25"]

    # Staff: three faults, all told; mended; a warning answered; a note.
    page.goto(f"{address}/upload?lang=sv")
    hand_in(page, "leverans.csv", FAULTY)
    expect(page.get_by_text("3 fel · 0 att bekräfta")).to_be_visible()
    for fault in ('"Norbotten" är ingen känd region', '"52,9 st" är inte ett tal', "157,2 kan inte vara en andel"):
        expect(page.get_by_role("row").filter(has_text=fault)).to_be_visible()
    hand_in(page, "leverans_rattad.csv", MENDED)
    publishing = page.get_by_role("button", name="Publicera", exact=True)
    expect(publishing).to_be_disabled()
    write(page, page.get_by_label("Revideringsnot"), "Ny leverans från utgivaren")
    expect(publishing).to_be_disabled()  # a note does not answer a warning
    answer_all(page, "utgivaren har rättat två regioner", "Ny leverans från utgivaren")
    expect(publishing).to_be_enabled()
    press(page, "Publicera")
    expect(page.get_by_text("Publicerad som uppladdning 2.")).to_be_visible()

    # A reader: the new figure with its badge, the old one under as_of, the reason in the log.
    page.goto(f"{address}/{TABLE}")
    settled(page)
    page.locator("summary", has_text="Hur säkert?").first.click()
    expect(page.get_by_role("listitem").filter(has_text=re.compile("^r: reviderad"))).to_be_visible()
    shown = figure(page, "Norrbotten")
    assert "52,9" in shown
    page.goto(f"{address}/{TABLE}&as_of=2026-01-31")
    expect(page.get_by_text("Du ser uppgifterna som de var publicerade 31 januari 2026.")).to_be_visible()
    settled(page)
    assert f"{before:.1f}".replace(".", ",") in figure(page, "Norrbotten")
    expect(page.get_by_text("reviderad")).to_have_count(0)
    page.goto(f"{address}/changes?lang=sv")
    expect(page.get_by_text("Ny leverans från utgivaren").first).to_be_attached()

    # The auditor: two clicks to the marked cell, and the very file.
    page.goto(f"{address}/{TABLE}")
    settled(page)
    norrbotten = page.get_by_role("row", name=re.compile("Norrbotten"))
    follow(norrbotten.get_by_role("link", name=re.compile("^52,9")).first, "/figure")
    expect(page.locator("td.marked")).to_contain_text("52,9 (D2: här står uppgiften)")
    assert downloaded(page, "Ladda ner originalfilen") == MENDED
    with opened(file) as store:
        found = original_file(store, 2)
        assert found == ("leverans_rattad.csv", MENDED)


def _rows(store) -> list[dict[str, object]]:
    from analysis import compare_regions

    return [
        {"region": row["code"], "value": row["value"]}
        for row in compare_regions(store, "trust_overall", "2023").rows.to_dicts()
    ]


@pytest.fixture
def person(browser: Browser, browser_context_args: dict[str, object]) -> Iterator[Callable[[str, str], Page]]:
    """person(address, login) → a browser of their own in which they have signed in."""
    contexts = []

    def signed_in(address: str, login: str) -> Page:
        contexts.append(browser.new_context(**browser_context_args))
        page = contexts[-1].new_page()
        page.goto(f"{address}/signin?lang=sv&page=upload")
        page.get_by_label("Inloggningsnamn").fill(login)
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        settled(page)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def open_waiting(page: Page, upload: int) -> None:
    """Follow the link of its row to the question, which then stands in the address."""
    row = page.get_by_role("row", name=re.compile(f"^{upload} "))
    follow(row.get_by_role("link", name="Granska …"), f"upload={upload}")
    expect(page.get_by_role("heading", name=f"Uppladdning {upload}", exact=True)).to_be_visible()
    settled(page)


def test_one_hands_in_and_another_publishes(
    serve: Callable[..., str], file: Path, person: Callable[[str, str], Page], page: Page
) -> None:
    add_people(file)
    with opened(file) as store:
        users.create_user(
            store, LOCAL_CLI, login="both", name="Båda", roles=["uppgiftslamnare", "publicist"], password=PASSWORD
        )
        brief, _ = users.create_user(
            store, LOCAL_CLI, login="brief", name="Kort", roles=["publicist"], password=PASSWORD
        )
    address = serve(file, **LOCAL)

    # Without a sign-in there is no such page.
    page.goto(f"{address}/upload?lang=sv")
    expect(page.get_by_text(re.compile("Bara den som är uppgiftslämnare"))).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)
    expect(page.locator(".menus a").filter(has_text="Ladda upp")).to_have_count(0)

    # One hands in, and has no other step.
    sender = person(address, "staff-uppgiftslamnare")
    hand_in(sender, "leverans.csv", MENDED)
    answer_all(sender, "rättat av utgivaren", "Ny leverans")
    expect(sender.get_by_role("button", name="Publicera", exact=True)).to_have_count(0)
    press(sender, "Lämna till granskning")
    expect(sender.get_by_text("Lämnad som uppladdning 2.")).to_be_visible()
    assert status(file, 2) == "staged"

    # One whose role is taken after the page was drawn is refused at the press.
    losing = person(address, "brief")
    open_waiting(losing, 2)
    expect(losing.get_by_role("button", name="Publicera", exact=True)).to_be_enabled()
    with opened(file) as store:
        users.set_roles(store, LOCAL_CLI, brief, ["lasare"])
    press(losing, "Publicera")
    expect(losing.get_by_text(re.compile("Bara den som är uppgiftslämnare"))).to_be_visible()
    assert status(file, 2) == "staged"

    # Another publishes, with the words it came with.
    publisher = person(address, "staff-publicist")
    expect(publisher.locator(".menus.wide summary", has_text="För medarbetare (1)")).to_be_visible()
    expect(publisher.get_by_role("heading", name="Väntar på publicering (1)")).to_be_visible()
    expect(publisher.locator("input[type=file]")).to_have_count(0)
    open_waiting(publisher, 2)
    expect(publisher.get_by_label("Revideringsnot")).to_have_value("Ny leverans")
    press(publisher, "Publicera")
    expect(publisher.get_by_text("Publicerad som uppladdning 2.")).to_be_visible()
    assert status(file, 2) == "published"

    # With both roles, still not one's own file.
    both = person(address, "both")
    hand_in(both, "egen.csv", MENDED.replace(b"2023", b"2022"))
    expect(both.get_by_role("button", name="Publicera", exact=True)).to_have_count(0)
    press(both, "Lämna till granskning")
    expect(both.get_by_text("Lämnad som uppladdning 3.")).to_be_visible()
    open_waiting(both, 3)
    expect(both.get_by_text("En annan person än den som lämnade filen publicerar den.").first).to_be_visible()
    expect(both.get_by_role("button", name="Publicera", exact=True)).to_have_count(0)
    assert status(file, 3) == "staged"


def test_a_good_file_is_published_in_three_clicks_and_leads_to_its_figures(
    serve: Callable[..., str], empty_file: Path, watched: Page
) -> None:
    """On the button, on the file in the system's own window, and on Publicera."""
    page = watched
    page.goto(f"{serve(empty_file)}/upload?lang=sv")
    settled(page)
    current = page.locator("ol.steps [aria-current=step]")
    expect(current).to_contain_text("Välj fil")
    page.evaluate("window.clicks = 0; addEventListener('click', (one) => { window.clicks += one.isTrusted; }, true)")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Välj filer").click()
    chooser.value.set_files(GOOD)
    expect(current).to_contain_text("Publicera")
    expect(page.locator("ol.steps")).to_contain_text("22 nya")
    press(page, "Publicera")
    expect(page.get_by_text("Publicerad som uppladdning 1.")).to_be_visible()
    assert page.evaluate("window.clicks") + 1 == 3
    follow(page.locator("ul.see").get_by_role("link", name="Förtroende"), "/trust\\?.*indicator=trust_1177_phone")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1177 via telefon")


def test_a_problem_leads_to_its_cell_and_a_question_goes_with_a_step_back(
    serve: Callable[..., str], file: Path, watched: Page
) -> None:
    page = watched
    page.goto(f"{serve(file)}/upload?lang=sv")
    hand_in(page, "leverans.csv", FAULTY)
    page.evaluate("window.opened_before = true")
    place = page.get_by_role("link", name="Cell D2")
    place.click()
    marked = page.locator("td.marked", has_text="52,9 st")
    expect(marked).to_be_in_viewport()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('td.marked:has(.anchor:target)')).outlineWidth") == "5px"
    )
    expect(page.get_by_role("button", name="Ta bort leverans.csv")).to_be_visible()
    settled(page)
    follow(page.get_by_role("link", name="Dra tillbaka …"), "upload=1")
    question = page.get_by_role("heading", name=re.compile("^Dra tillbaka uppladdning 1, "))
    expect(question).to_be_visible()
    assert status(file, 1) == "published"  # opening the question does nothing
    page.get_by_role("link", name="Avbryt, ändra inget").click()
    expect(question).to_have_count(0)
    page.go_back()
    expect(question).to_be_visible()
    assert page.evaluate("window.opened_before")  # all within the session
    expect(page.get_by_role("button", name="Ta bort leverans.csv")).to_be_visible()


MARKUP = f'=HYPERLINK("http://{EVIL}";"x") ![x](http://{EVIL}/x.png) <img src="http://{EVIL}/y.png"> [l](http://{EVIL})'
FILE = f"=cmd ![x]({EVIL}) <b>fil<b> www.{EVIL}.xlsx"
SHEET = f"=1+1 <b>{EVIL}<b>"


def hostile_workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    rows = [
        ["Indikator", "Region", "Period", "Värde", "Källa", "Kommentar", MARKUP],
        ["trust_overall", "Norrbotten", "2023", "52,9", MARKUP, MARKUP, MARKUP],
    ]
    for number, row in enumerate(rows, start=1):
        for col, words in enumerate(row, start=1):
            cell = sheet.cell(number, col, words)
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@contextmanager
def quiet(page: Page) -> Iterator[None]:
    """Nothing is asked for outside our own server meanwhile."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if EVIL in request.url else None)
    yield
    assert asked == []


def test_words_of_a_file_are_words_on_every_page_and_in_every_file(
    serve: Callable[..., str], file: Path, watched: Page
) -> None:
    address, page = serve(file), watched
    with quiet(page):
        page.goto(f"{address}/upload?lang=sv")
        hand_in(page, FILE, hostile_workbook())
        nothing_live(page)
        answer_all(page, MARKUP, MARKUP)
        nothing_live(page)
        assert list(formulas(downloaded(page, "Ladda ner granskningen (Excel)"))) == []
        press(page, "Lämna till granskning")
        expect(page.get_by_text("Lämnad som uppladdning 2.")).to_be_visible()
        open_waiting(page, 2)
        nothing_live(page)
        press(page, "Publicera")
        expect(page.get_by_text("Publicerad som uppladdning 2.")).to_be_visible()
        figures = "figure?indicator=trust_overall&region=25&period=2023"
        for path in ("", TABLE, figures, "indicator?indicator=trust_overall", "changes", "data", "log", "upload"):
            page.goto(f"{address}/{path}")
            settled(page)
            folded = page.locator("details:not([open]) > summary")
            for _ in range(folded.count()):
                folded.first.click()
            nothing_live(page)
        page.goto(f"{address}/{TABLE}")
        assert list(formulas(downloaded(page, "Ladda ner som Excel"))) == []
        page.goto(f"{address}/open-data?lang=sv")
        press(page, "Gör i ordning som Excel")
        ready = page.get_by_role("button", name=re.compile("^Ladda ner alla_siffror.xlsx"))
        with page.expect_download() as waiting:
            ready.click(timeout=60_000)
        assert list(formulas(waiting.value.path().read_bytes())) == []
        page.goto(f"{address}/changes?lang=sv")
        assert list(formulas(downloaded(page, "Ladda ner som Excel"))) == []
        for label in ("Ladda ner händelserna som CSV", "Ladda ner de ändrade uppgifterna som CSV"):
            assert csv_formulas(downloaded(page, label)) == []
        page.goto(f"{address}/log?lang=sv")
        assert list(formulas(downloaded(page, "Ladda ner som Excel"))) == []
