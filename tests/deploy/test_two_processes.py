"""Two processes on one store: the same figures in both, each reader with one of them, and either may end."""

import json
import signal
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import httpx
import pytest

from analysis import uploads_list
from locales import text
from opendata.server import _FILES, _ROOMS
from tests.browser.people import PASSWORD, opened
from tests.browser.wire import Reader
from tests.deploy.conftest import CONFIGURATION, TOKEN, Served

pytestmark = pytest.mark.slow

READS = 25
PROCESS = "dashboard_process"
FIGURES = "/api/v1/observations?indicator=trust_overall&format=json"


@pytest.fixture
def readers() -> Iterator[list[Reader]]:
    kept: list[Reader] = []
    yield kept
    for reader in kept:
        reader.close()


def through(two: Served, readers: list[Reader], login: str = "", **headers: str) -> Reader:
    """A browser that comes through nginx and has opened a page, signed in where a login is given."""
    reader = Reader(two.address, **headers)
    readers.append(reader)
    reader.get("/", headers={"Accept": "text/html"})
    reader.get("/_stcore/health")
    if login:
        assert reader.sign_in(login, PASSWORD).status_code == 303
    return reader


def at(two: Served, name: str, readers: list[Reader]) -> Reader:
    """A publicist whose browser nginx sends to the process of that name."""
    while True:
        reader = through(two, readers)
        if reader.http.cookies[PROCESS] == name:
            assert reader.sign_in("staff-publicist", PASSWORD).status_code == 303
            return reader


def latest(two: Served) -> int:
    """The upload with the newest figures of trust."""
    with opened(two.store) as store:
        published = uploads_list(store).filter(status="published")
        return int(published.filter(published["file"].str.starts_with("barometern_2025"))["id"].max())  # type: ignore[arg-type]


def step(reader: Reader, name: str, upload: int) -> dict[str, Any]:
    page = reader.tab().open("upload", f"lang=sv&upload={upload}")
    return {page.widget(f"why:{name}:{upload}"): "ett skäl", page.widget(f"{name}:{upload}"): True}


def taken(reader: Reader, name: str, upload: int) -> None:
    reader.tab().open("upload", f"lang=sv&upload={upload}", **step(reader, name, upload))


def figures(address: str) -> list[Any]:
    found: list[Any] = httpx.get(address + FIGURES).json()["rows"]
    return found


def metric(two: Served, name: str, wanted: str) -> float:
    told = httpx.get(two.processes[name] + "/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    return next((float(line.split()[-1]) for line in told.splitlines() if line.startswith(wanted + " ")), 0.0)


def test_what_one_process_publishes_no_read_in_the_other_misses(two: Served, readers: list[Reader]) -> None:
    publicist, upload = at(two, "one", readers), latest(two)
    with_it = figures(two.processes["two"])
    version = int(metric(two, "two", "dashboard_data_version"))
    taken(publicist, "withdraw", upload)
    without = [figures(address) for address in two.processes.values() for _ in range(READS)]
    assert all(found == without[0] for found in without)
    assert len(without[0]) < len(with_it)
    page = Reader(two.processes["two"])
    readers.append(page)
    tab = page.tab()
    assert text("ui.version", "sv", version=version + 1) in tab.open("trust").text
    taken(publicist, "restore", upload)
    assert [figures(address) for address in two.processes.values() for _ in range(READS)] == [with_it] * 2 * READS
    assert text("ui.version", "sv", version=version + 2) in tab.open("trust").text


def test_every_reader_stays_with_a_process_and_both_have_readers(two: Served, readers: list[Reader]) -> None:
    came = [through(two, readers) for _ in range(6)]
    assert {reader.http.cookies[PROCESS] for reader in came} == {"one", "two"}
    for reader in came:
        tab = reader.tab()
        run = tab.open("trust", "lang=sv")
        assert reader.get(f"/page-session?session={run.session_id}").status_code == 204
        other = next(name for name in two.processes if name != reader.http.cookies[PROCESS])
        there = httpx.get(
            f"{two.processes[other]}/page-session?session={run.session_id}", headers={"Cookie": reader.cookies}
        )
        assert there.status_code == 410
        made = tab.made(run, text("ui.excel", "sv"))
        answer = reader.get(made)
        assert (answer.status_code, answer.content[:2]) == (200, b"PK")


def test_a_file_goes_up_to_its_own_session_and_a_larger_one_is_refused_at_the_door(
    two: Served, readers: list[Reader]
) -> None:
    for _ in range(2):
        reader = through(two, readers, "staff-uppgiftslamnare")
        session = reader.open("upload").session_id
        assert reader.put_file(session, b"x" * 1000) == 204
        assert reader.put_file(session, b"x" * (22 << 20)) == 413


def test_nobody_names_themselves_through_nginx(two: Served, readers: list[Reader]) -> None:
    named = {"X_Remote_User": "boss", "X_Remote_Groups": "g-administrator"}
    direct = Reader(two.processes["one"], **named)
    readers.append(direct)
    direct.get("/", headers={"Accept": "text/html"})
    assert "dashboard_sign_in" in direct.cookies  # from the proxy's address they would be believed
    assert "dashboard_sign_in" not in through(two, readers, **named).cookies


def test_a_guesser_is_counted_by_address_in_both_processes_together(two: Served, readers: list[Reader]) -> None:
    answers, processes = [], set()
    for number in range(10):  # on a slow machine a wait may pass between two attempts: the next is twice as long
        guesser = through(two, readers, X_Forwarded_For=f"198.51.100.{number}")
        processes.add(guesser.http.cookies[PROCESS])
        answers.append(guesser.sign_in("staff-revisor", "gissning").status_code)
        if answers[-1] == 429:
            break
    assert processes == {"one", "two"}
    assert (answers[:5], set(answers[5:-1]) <= {403}, answers[-1]) == ([403] * 5, True, 429)


def test_who_watches_asks_the_process_itself(two: Served) -> None:
    for address in two.processes.values():
        asked = {path: httpx.get(address + path) for path in ("/healthz", "/readyz", "/metrics")}
        assert [(answer.status_code, answer.text) for answer in asked.values()] == [
            (200, "ok\n"),
            (200, '{"ready":true}'),
            (401, ""),
        ]
        assert all("set-cookie" not in answer.headers for answer in asked.values())
    assert [httpx.get(two.address + path).status_code for path in ("/healthz", "/readyz", "/metrics")] == [404] * 3


def test_an_addresss_calls_to_open_data_are_counted_in_one_process(two: Served) -> None:
    wanted = 'dashboard_request_seconds_count{kind="open_data",status="200"}'
    before = [metric(two, name, wanted) for name in two.processes]
    for _ in range(8):
        figures(two.address)
    came = [metric(two, name, wanted) - first for name, first in zip(two.processes, before, strict=True)]
    assert sorted(came) == [0, 8]


def test_nginx_knows_the_addresses_of_open_data() -> None:
    rooms, files = "|".join(_ROOMS), "|".join(file[1:].replace(".", r"\.") for file in _FILES)
    assert f"location ~ ^/({rooms})(/|$)|^/({files})$ {{" in CONFIGURATION.read_text(encoding="utf-8")


def test_the_log_has_a_line_of_json_an_event_and_nothing_of_a_reader(two: Served, readers: list[Reader]) -> None:
    reader = through(two, readers, "staff-administrator", X_Forwarded_For="198.51.100.7")
    reader.sign_in("nobody-at-all", "gissning")
    reader.tab().open("trust", "lang=sv&indicator=trust_overall")
    figures(two.address)
    whole = "".join(two.log(name) for name in two.processes)
    lines = [json.loads(line) for line in whole.splitlines() if line.startswith("{")]
    requests = [line for line in lines if line["event"] == "request"]
    assert {"page", "open_data", "form"} <= {line["kind"] for line in requests}
    assert all(set(line) == {"at", "level", "event", "id", "method", "kind", "status", "ms"} for line in requests)
    assert "trust" in {line["page"] for line in lines if line["event"] == "run"}
    theirs = ("staff-administrator", "nobody-at-all", "gissning", PASSWORD, "198.51.100", "trust_overall", "ett skäl")
    assert [word for word in theirs if word in whole] == []


def test_a_process_told_to_stop_finishes_what_is_under_way_and_its_readers_go_on_in_the_other(
    two: Served, readers: list[Reader]
) -> None:
    publicist, upload, reader = at(two, "one", readers), latest(two), at(two, "one", readers)
    before = reader.tab().open("trust", "lang=sv")
    held = step(publicist, "withdraw", upload)
    own, running = two.processes["one"], two.running["one"]
    with ThreadPoolExecutor(1) as thread, closing(sqlite3.connect(two.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # the withdrawal has to wait for it
        tab = publicist.tab()
        withdrawing = thread.submit(tab.open, "upload", f"lang=sv&upload={upload}", **held)
        with pytest.raises(TimeoutError):
            withdrawing.result(timeout=1)
        running.send_signal(signal.SIGTERM)
        with pytest.raises(TimeoutError):
            withdrawing.result(timeout=2)
        assert running.poll() is None
        assert httpx.get(own + "/readyz").json() == {"ready": False, "why": "stopping"}
        assert httpx.get(own + "/", headers={"Accept": "text/html"}).status_code == 503
        assert reader.get(f"/page-session?session={before.session_id}").status_code == 204  # still served
        assert reader.get("/trust?lang=sv", headers={"Accept": "text/html"}).status_code == 200  # by the other
        assert reader.http.cookies[PROCESS] == "two"
        other.execute("ROLLBACK")
        withdrawing.result(timeout=20)
    assert running.wait(timeout=20) == 0
    with opened(two.store) as store:
        assert uploads_list(store).filter(id=upload)["status"].item() == "withdrawn"
    assert '"event": "stopping"' in two.log("one")
    assert reader.get(f"/page-session?session={before.session_id}").status_code == 410  # so the page loads itself
    assert publicist.get("/upload", headers={"Accept": "text/html"}).status_code == 200
    taken(publicist, "restore", upload)
    after = reader.tab().open("trust", "lang=sv")
    assert (after.pages, figures(two.address)) == (before.pages, figures(two.processes["two"]))
    assert len(figures(two.address)) > 0
