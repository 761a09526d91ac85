"""What somebody tries who wants to be somebody else, against a real server, over HTTP and the websocket."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text as sql
from websockets.exceptions import InvalidStatus

from access import LOCAL_CLI, sessions, users
from locales import text
from models import open_store
from tests.browser.people import LOCAL, PASSWORD, PROXY, WAYS, add_people, every_way, opened, signed_in
from tests.browser.wire import Reader, Run
from ui.escape import plain

COOKIE = "dashboard_sign_in"
STAFF = {"upload", "users", "log"}


@pytest.fixture(scope="module")
def staffed_file(sample_copy: Path) -> Path:
    return sample_copy


@pytest.fixture(scope="module")
def staffed(serve: Callable[..., str], staffed_file: Path, provider: str) -> str:
    """A server of this module's own: who guesses passwords is locked out, and others with him."""
    add_people(staffed_file)
    return serve(staffed_file, **every_way(provider))


@pytest.fixture
def browser(staffed: str) -> Iterator[Callable[..., Reader]]:
    """browser() → a fresh browser; headers can be given."""
    made: list[Reader] = []

    def one(**headers: str) -> Reader:
        made.append(Reader(staffed, **headers))
        return made[-1]

    yield one
    for each in made:
        each.close()


def is_reader(run: Run) -> bool:
    return not run.pages & STAFF


def staff_number(file: Path, login: str) -> int:
    with opened(file) as store:
        known = users.list_users(store, LOCAL_CLI)
        return int(known.filter(known["login"] == login)["id"].item())


def test_a_session_id_from_an_upload_address_opens_nothing(browser: Callable[..., Reader]) -> None:
    victim = browser()
    victim.sign_in("staff-uppgiftslamnare", PASSWORD)
    session = victim.open("upload").session_id
    assert victim.put_file(session) == 204
    nobody, colleague = browser(), browser()
    colleague.sign_in("staff-uppgiftslamnare", PASSWORD)  # even the same person's other browser
    for thief in (nobody, colleague):
        thief.open()
        assert thief.put_file(session) == 404
        assert thief.http.delete(f"/_stcore/upload_file/{session}/file-1").status_code == 404
        taken = thief.tab(existing=session).open("upload")
        assert taken.session_id != session
    assert is_reader(nobody.tab(existing=session).open("upload"))
    assert victim.tabs[0].open("upload").session_id == session  # and the victim was not disturbed


def test_a_stolen_session_id_opens_nothing_after_the_victim_left(browser: Callable[..., Reader]) -> None:
    victim, thief = browser(), browser()
    victim.sign_in("staff-publicist", PASSWORD)
    session = victim.open("upload").session_id
    victim.tabs[0].close()
    taken = thief.tab(existing=session).open("upload")
    assert taken.session_id != session
    assert is_reader(taken)


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Dashboard_Sign_In": "1"},
        {"X_Dashboard_Sign_In": "1", "X_Dashboard_Browser": "0" * 32},
        {"x_dashboard_sign_in": "1", "X_Streamlit_User": "staff-administrator"},
    ],
)
def test_our_own_identity_headers_from_a_client_are_stripped(
    browser: Callable[..., Reader], headers: dict[str, str]
) -> None:
    somebody = browser()
    somebody.sign_in("staff-administrator", PASSWORD)  # so that sign-in number 1 or later holds
    somebody.open()
    assert is_reader(browser(**headers).open("users"))


def test_the_proxys_header_from_anybody_else_is_stripped(serve: Callable[..., str], sample_copy: Path) -> None:
    address = serve(sample_copy, **{**PROXY, "DASHBOARD_PROXY_ADDRESSES": "10.0.0.1"})
    for more in (
        {},
        {"X-Forwarded-For": "10.0.0.1"},
        {"X-Forwarded-For": "10.0.0.1, 10.0.0.1", "Forwarded": "for=10.0.0.1"},
    ):
        spoofed = Reader(address, X_Proxy_User="boss", X_Proxy_Groups="g-administrator")
        spoofed.headers |= more
        spoofed.http.headers.update(more)
        assert is_reader(spoofed.open("users"))
        assert COOKIE not in spoofed.cookies
        spoofed.close()
    with opened(sample_copy) as store:
        assert "boss" not in users.list_users(store, LOCAL_CLI)["login"].to_list()


def test_the_proxys_word_on_a_websocket_alone_is_not_enough(browser: Callable[..., Reader]) -> None:
    """Without our cookie it cannot be signed out of; and a cookie of one person is not another's."""
    kim = browser(X_Proxy_User="kim", X_Proxy_Groups="g-revisor")
    assert "log" in kim.open("log").pages
    bare = browser(X_Proxy_User="kim", X_Proxy_Groups="g-revisor")
    assert is_reader(bare.tab(cookies="").open("log"))
    stolen = browser(X_Proxy_User="bo", X_Proxy_Groups="")
    assert is_reader(stolen.tab(cookies=kim.cookies).open("log"))
    assert is_reader(browser().tab(cookies=kim.cookies).open("log"))  # past the proxy


@pytest.mark.parametrize("way", WAYS)
def test_a_copied_cookie_is_worth_nothing_after_signing_out(
    browser: Callable[..., Reader], staffed: str, provider: str, way: str
) -> None:
    person = signed_in(staffed, way, "revisor", provider)
    assert "log" in person.open("log").pages
    copied = person.cookies
    assert person.post("/signout", {}).status_code == 303
    thief = browser(**({"X_Proxy_User": "proxied-revisor"} if way == "proxy" else {}))
    replayed = thief.tab(cookies=copied).open("log")
    assert is_reader(replayed)
    still_open = person.tabs[0].open("log")  # the tab that was open before: from its next run
    assert is_reader(still_open)
    assert plain(text("accounts.ended.revoked", "sv")) in still_open.text
    person.close()


def test_a_sign_in_planted_beforehand_is_not_the_one_that_opens(browser: Callable[..., Reader]) -> None:
    planted = "A" * 43
    victim = browser()
    victim.http.cookies.set(COOKIE, planted)
    answer = victim.sign_in("staff-revisor", PASSWORD)
    given = answer.cookies[COOKIE]
    assert given != planted
    assert is_reader(browser().tab(cookies=f"{COOKIE}={planted}").open("log"))


def test_signing_in_again_ends_the_sign_in_before(browser: Callable[..., Reader]) -> None:
    person = browser()
    person.sign_in("staff-revisor", PASSWORD)
    before = person.cookies
    person.sign_in("staff-revisor", PASSWORD)
    assert person.cookies != before
    assert is_reader(browser().tab(cookies=before).open("log"))


def test_guessing_passwords_meets_a_growing_wait(browser: Callable[..., Reader]) -> None:
    guesser = browser(X_Forwarded_For="198.51.100.7")  # the trusted proxy says so
    answers = [guesser.sign_in("staff-administrator", "gissning nummer 0")]
    while answers[-1].status_code == 403 and len(answers) < 8:  # on a slow machine the first wait may pass between two
        answers.append(guesser.sign_in("staff-administrator", f"gissning nummer {len(answers)}"))
    codes = [answer.status_code for answer in answers]
    assert (codes[:5], set(codes[5:-1]) <= {403}, codes[-1]) == ([403] * 5, True, 429)
    assert int(answers[-1].headers["retry-after"]) >= 1
    right = guesser.sign_in("staff-administrator", PASSWORD)
    assert (right.status_code, COOKIE in right.cookies) == (429, False)  # no guess is answered meanwhile
    elsewhere = browser(X_Forwarded_For="198.51.100.8")
    assert elsewhere.sign_in("staff-administrator", PASSWORD).status_code == 303  # and its owner is not locked out


def test_the_answer_does_not_tell_which_logins_exist(browser: Callable[..., Reader]) -> None:
    guesser = browser(X_Forwarded_For="198.51.100.9")
    known = guesser.sign_in("staff-lasare", "fel lösenord igen")
    unknown = guesser.sign_in("nobody-at-all", "fel lösenord igen")
    assert known.status_code == unknown.status_code
    assert known.text.replace("staff-lasare", "") == unknown.text.replace("nobody-at-all", "")


def test_a_revoked_sign_in_ends_in_the_open_tab(browser: Callable[..., Reader], staffed_file: Path) -> None:
    person = browser()
    person.sign_in("staff-revisor", PASSWORD)
    tab = person.tab()
    assert "log" in tab.open("log").pages
    with opened(staffed_file) as store:
        sessions.revoke_all(store, LOCAL_CLI, staff_number(staffed_file, "staff-revisor"))
    after = tab.open("log")
    assert is_reader(after)
    assert plain(text("accounts.ended.revoked", "sv")) in after.text
    assert person.put_file(after.session_id) == 404


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("last_seen_at = '2020', created_at = '2020'", "idle"),
        ("ends_at = '2021', created_at = '2020', last_seen_at = '2020'", "over"),
    ],
)
def test_time_ends_a_sign_in_in_the_open_tab(
    browser: Callable[..., Reader], staffed_file: Path, change: str, why: str
) -> None:
    person = browser()
    person.sign_in("staff-publicist", PASSWORD)
    tab = person.tab()
    assert "upload" in tab.open("upload").pages
    with opened(staffed_file) as store, store.write() as connection:
        moments = re.sub(r"'(\d{4})'", r"'\1-01-01T00:00:00.000000Z'", change)
        connection.execute(sql(f"UPDATE sign_in SET {moments} WHERE revoked_at IS NULL"))
    after = tab.open("upload")
    assert is_reader(after)
    assert plain(text(f"accounts.ended.{why}", "sv")) in after.text


@pytest.mark.parametrize("path", ["/signin", "/signout", "/first-administrator", "/choose-password"])
@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_another_sites_form_is_not_taken(browser: Callable[..., Reader], path: str, origin: str) -> None:
    victim = browser()
    victim.http.headers.pop("Origin")
    headers = {"Origin": origin} if origin else {}
    fields = {"login": "staff-revisor", "password": PASSWORD}
    answer = victim.post(path, fields, **headers)
    assert (answer.status_code, COOKIE in answer.cookies) == (403, False)


def test_another_sites_page_cannot_sign_somebody_out(browser: Callable[..., Reader]) -> None:
    person = browser()
    person.sign_in("staff-revisor", PASSWORD)
    assert person.post("/signout", {}, Origin="http://evil.example").status_code == 403
    person.get("/signout")  # a link is a question, not an answer
    assert "log" in person.open("log").pages


def test_another_sites_page_opens_no_websocket(browser: Callable[..., Reader]) -> None:
    person = browser()
    person.sign_in("staff-revisor", PASSWORD)
    with pytest.raises(InvalidStatus, match="403"):
        person.tab(Origin="http://evil.example")


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "../x", "trust?lang=en", "a\r\nSet-Cookie: x"]
)
def test_signing_in_leads_to_our_own_pages_only(browser: Callable[..., Reader], wanted: str) -> None:
    answer = browser().post("/signin", {"login": "staff-lasare", "password": PASSWORD, "page": wanted})
    assert (answer.status_code, answer.headers["location"]) == (303, "./?lang=sv")


def test_what_is_typed_comes_back_as_text(browser: Callable[..., Reader]) -> None:
    answer = browser().sign_in('"><script>alert(1)</script>', "x")
    assert "<script>" not in answer.text
    assert "&quot;&gt;&lt;script&gt;" in answer.text


def test_a_providers_answer_works_once_and_in_the_browser_that_asked(
    browser: Callable[..., Reader], provider: str
) -> None:
    httpx.put(f"{provider}/users/anna", json={"name": "Anna", "groups": ["g-revisor"]}).raise_for_status()
    person, thief = browser(), browser()
    start = person.get("/signin-service")
    form = httpx.post(start.headers["location"], data={"sub": "anna"})
    stolen = thief.get(form.headers["location"])  # the code, without the state's cookie
    assert (stolen.status_code, COOKIE in stolen.cookies) == (502, False)
    again = person.get("/signin-service")
    form = httpx.post(again.headers["location"], data={"sub": "anna"})
    assert person.get(form.headers["location"]).status_code == 303
    replayed = person.get(form.headers["location"])
    assert (replayed.status_code, COOKIE in replayed.cookies) == (502, False)


def test_a_page_file_answers_the_browser_it_was_made_for(browser: Callable[..., Reader]) -> None:
    person, other = browser(), browser()
    tab = person.tab()
    made = tab.made(tab.open("trust", "lang=sv"), text("ui.excel", "sv"))
    assert re.fullmatch(r"/media/[0-9a-f]+\.xlsx", made)
    assert person.get(made).status_code == 200
    other.get("/", headers={"Accept": "text/html"})
    assert other.get(made).status_code == 404  # knows the address, has no page that holds it
    assert httpx.get(person.address + made).status_code == 404
    assert person.get("/media/" + "0" * 56 + ".xlsx").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/signin", "/signout", "/first-administrator", "/choose-password", "/oauth2callback", "/favicon.png", "/trust"],
)
def test_our_own_addresses_carry_the_same_policy(browser: Callable[..., Reader], path: str) -> None:
    policy = browser().get(path).headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/script-health-check", "/auth/login", "/auth/logout"])
def test_streamlits_open_doors_are_closed(browser: Callable[..., Reader], path: str) -> None:
    assert browser().get(path).status_code == 403


def test_a_foreign_host_name_is_refused(browser: Callable[..., Reader]) -> None:
    assert browser().get("/signin", headers={"Host": "evil.example"}).status_code == 403


def test_the_first_administrator_needs_the_word_in_the_log_and_it_works_once(
    serve: Callable[..., str], tmp_path: Path
) -> None:
    file, log = tmp_path / "fresh.sqlite3", tmp_path / "log.txt"
    open_store(f"sqlite:///{file}", create=True).close()
    reader = Reader(serve(file, log, **LOCAL))
    found = re.search(r"/first-administrator med engångskoden (\S+)", log.read_text(encoding="utf-8"))
    assert found
    asked = {"login": "kim", "name": "Kim Ek", "password": PASSWORD, "again": PASSWORD}
    assert reader.post("/first-administrator", {**asked, "word": "gissning"}).status_code == 422
    assert reader.post("/first-administrator", {**asked, "word": found.group(1)}).status_code == 303
    assert reader.open("users").pages & STAFF == {"users"}
    late = Reader(reader.address)
    assert late.post("/first-administrator", {**asked, "login": "bo", "word": found.group(1)}).status_code == 422
    with opened(file) as store:
        assert users.list_users(store, LOCAL_CLI)["login"].to_list() == ["kim"]
    reader.close()
    late.close()
