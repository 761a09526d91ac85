"""What each request may have when it is made: a file after a role was taken, a page while others guess passwords, a
word about who somebody is that came twice."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from access import LOCAL_CLI, Actor, users
from loaders import check_file, stage_file
from locales import text
from tests.browser.people import PASSWORD, add_people, every_way, opened
from tests.browser.wire import PATIENCE, Reader

ORIGINAL = text("ui.uploads.download", "sv")


@pytest.fixture(scope="module")
def staffed_file(sample_copy: Path) -> Path:
    add_people(sample_copy)
    return sample_copy


@pytest.fixture(scope="module")
def staffed(serve: Callable[..., str], staffed_file: Path, provider: str) -> str:
    """A server of this module's own: who guesses passwords is locked out, and others with him."""
    return serve(staffed_file, **every_way(provider))


def test_an_original_asks_for_the_permission_when_it_is_made_and_when_it_is_fetched(
    staffed: str, staffed_file: Path
) -> None:
    with opened(staffed_file) as store:
        number, _ = users.create_user(
            store, LOCAL_CLI, login="short-term", name="Kort Tid", roles=["revisor"], password=PASSWORD
        )
        person = Reader(staffed)
        person.sign_in("short-term", PASSWORD)
        tab = person.tab()
        drawn = tab.open("data", "lang=sv")
        address = tab.made(drawn, ORIGINAL)
        assert person.get(address).status_code == 200
        users.set_roles(store, LOCAL_CLI, number, [])
        assert person.get(address).status_code == 403  # the file made before
        assert tab.made(drawn, ORIGINAL) == ""  # and none is made again, from the tab that was open
        person.close()


def test_a_file_that_waits_is_seen_by_its_own_region_and_by_those_who_publish(staffed: str, staffed_file: Path) -> None:
    def reader(login: str) -> Reader:
        one = Reader(staffed)
        one.sign_in(login, PASSWORD)
        return one

    with opened(staffed_file) as store:
        for login, region, role in (
            ("owner-25", "25", "uppgiftslamnare"),
            ("colleague-25", "25", "uppgiftslamnare"),
            ("other-24", "24", "uppgiftslamnare"),
            ("auditor-24", "24", "revisor"),
        ):
            number, _ = users.create_user(store, LOCAL_CLI, login=login, name=login, roles=[role], password=PASSWORD)
            users.set_region(store, LOCAL_CLI, number, region)
            if login == "owner-25":
                owner = Actor(f"user:{number}", roles=frozenset({role}), region=region)
        content = "Indikator;Region;Period;Värde\nnki_phone;Skåne;2019;70,1\n".encode()
        stage_file(store, check_file(store, "hemligleverans.csv", content), by=owner)
    seen = {}
    for login in ("owner-25", "colleague-25", "other-24", "auditor-24", "staff-publicist", "staff-uppgiftslamnare"):
        person = reader(login)
        told = [person.open(page).text for page in ("data", "upload")]
        seen[login] = ["hemligleverans" in one for one in told]
        person.close()
    assert seen == {
        "owner-25": [True, True],
        "colleague-25": [True, True],
        "other-24": [False, False],
        "auditor-24": [False, False],
        "staff-publicist": [True, True],
        "staff-uppgiftslamnare": [False, False],  # answers for no region
    }


def test_a_hundred_wrong_passwords_at_once_keep_nobody_from_a_page(staffed: str) -> None:
    with ThreadPoolExecutor(100) as crowd, httpx.Client(base_url=staffed, timeout=PATIENCE) as reader:

        def guess(number: int) -> int:
            given = {"login": f"nobody-{number}", "password": "fel lösenord igen"}
            return httpx.post(f"{staffed}/signin", data=given, headers={"Origin": staffed}, timeout=120).status_code

        guesses = [crowd.submit(guess, number) for number in range(100)]
        pages = [reader.get("/trust", headers={"Accept": "text/html"}).status_code for _ in range(5)]
        still_guessing = sum(not one.done() for one in guesses)
        answers = Counter(one.result() for one in guesses)
    assert pages == [200] * 5
    assert set(answers) <= {403, 429, 503}
    assert answers[503] > 0  # the queue was full
    assert answers[403] > 0
    assert still_guessing > 0  # the pages were read meanwhile


def test_wrong_one_time_words_from_elsewhere_keep_nobody_from_theirs(staffed: str, staffed_file: Path) -> None:
    with opened(staffed_file) as store:
        _, word = users.create_user(store, LOCAL_CLI, login="new-one", name="Ny", roles=["revisor"])
    reader = Reader(staffed)
    wrong = {"password": "gul cykel i regnet", "again": "gul cykel i regnet"}
    proxied = {"X_Forwarded_For": "198.51.100.7"}
    answers = {reader.post("/choose-password", {**wrong, "word": f"fel-{n}"}, **proxied).status_code for n in range(25)}
    assert answers == {422}
    assert reader.post("/choose-password", {**wrong, "word": word}, **proxied).status_code == 303
    reader.close()


def test_a_word_about_who_somebody_is_that_comes_twice_is_refused(staffed: str) -> None:
    twice = [("X-Proxy-User", "proxied-revisor"), ("X-Proxy-User", "proxied-administrator")]
    for pairs in (
        twice,
        [("X-Proxy-User", "a"), ("x-proxy-groups", "g-revisor"), ("X-PROXY-GROUPS", "g-administrator")],
    ):
        answer = httpx.get(f"{staffed}/data", headers=httpx.Headers(pairs), timeout=PATIENCE)
        assert (answer.status_code, answer.text) == (400, text("accounts.server.two_names", "sv"))
        assert "dashboard_sign_in" not in answer.cookies
    assert httpx.get(f"{staffed}/data", headers=httpx.Headers(twice[:1]), timeout=PATIENCE).status_code == 200
    socket = f"{staffed.replace('http', 'ws', 1)}/_stcore/stream"
    with pytest.raises(InvalidStatus, match="403"):
        connect(socket, origin=staffed, additional_headers=twice, subprotocols=["streamlit"])  # type: ignore[arg-type]
