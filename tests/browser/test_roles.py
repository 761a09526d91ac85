"""Who sees and does what: every role × every way of signing in × every closed page and action, against a real server,
over HTTP and the websocket."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from access import LOCAL_CLI, users
from locales import text
from tests.browser.people import LOCAL, ROLES, WAYS, opened
from tests.browser.wire import Reader
from ui.escape import plain

pytestmark = pytest.mark.xdist_group("roles")

OPENS: dict[str, set[str]] = {
    "lasare": set(),
    "uppgiftslamnare": {"upload"},
    "publicist": {"upload"},
    "revisor": {"log"},
    "administrator": {"users"},
}
CLOSED = {"upload": "upload", "users": "users", "log": "log"}  # page → the permission its refusal names
UPLOADS = {"uppgiftslamnare": 204}  # everybody else: 403
REFUSED = {page: plain(text(f"access.forbidden.{permission}", "sv")) for page, permission in CLOSED.items()}
INSIDE = {page: text(f"pages.{page}.purpose", "sv") for page in CLOSED}  # said only by the page itself


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_meets_its_own_pages_and_may_do_its_own_work(
    reader_of: Callable[[str, str], Reader], way: str, role: str
) -> None:
    reader = reader_of(way, role)
    seen = {page: reader.open(page) for page in CLOSED}
    assert {page for page, run in seen.items() if INSIDE[page] in run.text} == OPENS[role]
    refusals = {page for page, run in seen.items() if REFUSED[page] in run.text}
    assert refusals == set(CLOSED) - OPENS[role]
    shown = seen["upload"].pages
    assert shown & set(CLOSED) == OPENS[role]
    assert "trust" in shown  # reading is for everybody
    name = text(f"access.roles.{role}", "sv").lower()
    assert f"({name})" in seen["log"].text
    assert reader.put_file(seen["upload"].session_id) == UPLOADS.get(role, 403)


def test_nobody_signed_in_is_a_reader(staffed: str) -> None:
    reader = Reader(staffed)
    for page in CLOSED:
        run = reader.open(page)
        assert REFUSED[page] in run.text
        assert INSIDE[page] not in run.text
        assert not run.pages & set(CLOSED)
        assert reader.put_file(run.session_id) == 403
    reader.close()


@pytest.mark.parametrize("closed", ["users", "log", "upload"])
def test_a_closed_page_as_the_very_first_request_of_a_fresh_server(
    serve: Callable[..., str], sample_copy: Path, closed: str
) -> None:
    """Trap 1 of design §6: the first deep link once ran the page file alone, without frame or permission."""
    address = serve(sample_copy, **LOCAL)
    reader = Reader(address)
    first = reader.tab(cookies="").open(closed)
    assert INSIDE[closed] not in first.text
    assert REFUSED[closed] in first.text
    reader.close()


def test_a_role_that_was_taken_counts_at_the_next_click(staffed: str, staffed_file: Path) -> None:
    """The same button, in the same tab, with the role and without it."""
    password = "röd lampa vid dörren"
    browser = Reader(staffed)
    with opened(staffed_file) as store:
        brief, _ = users.create_user(
            store, LOCAL_CLI, login="staff-brief", name="", roles=["administrator"], password=password
        )
        browser.sign_in("staff-brief", password)
        tab = browser.tab()
        drawn = tab.open("users")
        chosen = re.search(r"-deactivate:(\d+)", drawn.text)
        assert chosen
        number = int(chosen.group(1))

        def is_open() -> bool:
            known = users.list_users(store, LOCAL_CLI)
            return bool(known.filter(known["id"] == number)["active"].item())

        closed = tab.open("users", **{drawn.widget(f"deactivate:{number}"): True})
        assert not is_open()
        users.set_roles(store, LOCAL_CLI, brief, ["publicist"])
        after = tab.open("users", **{closed.widget(f"activate:{number}"): True})
        assert REFUSED["users"] in after.text
        assert not is_open()
        users.set_active(store, LOCAL_CLI, number, active=True)
    browser.close()


def test_an_administrator_creates_an_account_and_its_person_chooses_a_password(
    reader_of: Callable[[str, str], Reader], staffed_file: Path
) -> None:
    with opened(staffed_file) as store:
        _, word = users.create_user(store, LOCAL_CLI, login="new.person", name="Ny", roles=["revisor"])
    reader = Reader(reader_of("proxy", "lasare").address)
    wrong = reader.post("/choose-password", {"word": word, "password": "kort", "again": "kort"})
    assert (wrong.status_code, text("accounts.refused.password_short", "sv", shortest=12) in wrong.text) == (422, True)
    chosen = {"word": word, "password": "gul cykel i regnet", "again": "gul cykel i regnet"}
    assert reader.post("/choose-password", chosen).status_code == 303
    assert INSIDE["log"] in reader.open("log").text
    assert reader.post("/choose-password", chosen).status_code == 422  # once
    reader.close()
