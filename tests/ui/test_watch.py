"""What a process tells those who watch over it, what it logs, and how long it takes to stop."""

import asyncio
import json
import logging
import sys

import httpx
import pytest
from prometheus_client import generate_latest
from sqlalchemy import text as sql
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from models import Store
from tests.troubles import trouble
from tests.ui.test_server import in_a_loop
from ui import stores
from ui.server import health, stopping
from ui.server.logs import _record, said, told
from ui.server.measures import run_of
from ui.server.stopping import WORK, Work
from ui.server.watch import Watch, kind_of


def ask(path: str, **headers: str) -> httpx.Response:
    async def page(_request: Request) -> HTMLResponse:
        return HTMLResponse("<html>")

    async def fault(_request: Request) -> PlainTextResponse:
        raise ValueError("Kim Ek, 19121212-1212")

    routes = [Route("/trust", page), Route("/media/x", page), Route("/page-session", fault), *health.ROUTES]
    app = Starlette(routes=routes, middleware=[Middleware(Watch)])

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(path, headers=headers)

    answer: httpx.Response = in_a_loop(asked())
    return answer


@pytest.fixture
def served(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(stores, "_opened", lambda _url: store)
    return store


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WORK, "stopping", True)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/trust", "page"),
        ("/media/ab.xlsx", "download"),
        ("/_stcore/upload_file/a-session/a-file", "upload"),
        ("/_stcore/health", "streamlit"),
        ("/signin", "form"),
        ("/api/v1/observations", "open_data"),
        ("/readyz", "health"),
        ("/Kim Ek", "other"),
    ],
)
def test_an_address_is_named_by_its_kind(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_ready_is_a_process_whose_store_answers_and_is_of_this_release(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "_opened", lambda _url: any_store)
    assert (ask("/readyz").status_code, ask("/readyz").json()) == (200, {"ready": True})
    with any_store.write() as connection:
        connection.execute(sql("UPDATE alembic_version SET version_num = '0001'"))
    assert (ask("/readyz").status_code, ask("/readyz").json()) == (503, {"ready": False, "why": "schema"})
    with any_store.write() as connection:
        connection.execute(sql("UPDATE alembic_version SET version_num = '9999'"))
    assert ask("/readyz").json() == {"ready": False, "why": "schema"}


@pytest.mark.one_engine("the file of SQLite is moved away")
@pytest.mark.parametrize("kind", ["gone", "replaced"])
def test_a_process_whose_store_is_gone_is_alive_and_not_ready(served, tmp_path, monkeypatch, kind) -> None:
    with trouble(kind, tmp_path / "store.sqlite3", monkeypatch):
        assert (ask("/readyz").status_code, ask("/readyz").json()) == (503, {"ready": False, "why": "store"})
        assert ask("/healthz").status_code == 200


def test_a_process_about_to_end_opens_no_page_and_goes_on_serving_those_open(served: Store, ending: None) -> None:
    assert ask("/readyz").json() == {"ready": False, "why": "stopping"}
    assert (ask("/trust").status_code, ask("/trust").headers["retry-after"]) == (503, "2")
    assert (ask("/media/x").status_code, ask("/healthz").status_code) == (200, 200)


def test_what_is_counted_is_for_who_has_the_token(served: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("/metrics").status_code == 404
    assert ask("/metrics", Authorization="Bearer ").status_code == 404
    monkeypatch.setenv("DASHBOARD_METRICS_TOKEN", "en-nyckel")
    for given in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic en-nyckel"}):
        assert ask("/metrics", **given).status_code == 401
    held = ask("/metrics", Authorization="Bearer en-nyckel")
    assert held.status_code == 200
    assert "dashboard_data_version 0.0" in held.text


def sample(name: str, **labels: str) -> float:
    from prometheus_client import REGISTRY

    return REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.mark.one_engine("the file of SQLite is moved away")
def test_runs_requests_and_troubles_of_the_store_are_counted(served, tmp_path, monkeypatch) -> None:
    names = {
        "run": ("dashboard_script_run_seconds_count", {"page": "trust", "ended": "ok"}),
        "fault": ("dashboard_script_run_seconds_count", {"page": "trust", "ended": "error"}),
        "request": ("dashboard_request_seconds_count", {"kind": "page", "status": "200"}),
        "trouble": ("dashboard_store_errors_total", {"reason": "gone"}),
    }
    before = {key: sample(name, **labels) for key, (name, labels) in names.items()}
    with run_of("trust"):
        pass
    with pytest.raises(ValueError, match="x"), run_of("trust"):
        raise ValueError("x")
    ask("/trust")
    with trouble("gone", tmp_path / "store.sqlite3", monkeypatch):
        ask("/readyz")
        assert "dashboard_store_up 0.0" in generate_latest().decode()
    after = {key: sample(name, **labels) for key, (name, labels) in names.items()}
    assert {key: after[key] - before[key] for key in names} == {"run": 1, "fault": 1, "request": 1, "trouble": 2}


def test_an_error_is_logged_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        raise ValueError("Kim Ek, 19121212-1212")
    except ValueError:
        record = logging.LogRecord("streamlit", logging.ERROR, "", 1, "Uncaught %s", ("Kim Ek",), sys.exc_info())
    line = json.loads(_record(logging.NullHandler(), record))
    assert (line["message"], line["error"], line["level"]) == ("Uncaught %s", "ValueError", "error")
    assert line["at_lines"][0].startswith("test_an_error_is_logged_without_its_words:")
    assert "Kim" not in str(line)


@pytest.mark.parametrize(("chosen", "lines"), [("text", ["a sentence"]), ("json", ["said", "run"])])
def test_the_log_is_for_people_or_for_programs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], chosen: str, lines: list[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_LOG_FORMAT", chosen)
    said("a sentence")
    told("run", page="trust", ms=12)
    written = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["event"] if line.startswith("{") else line for line in written] == lines


def test_a_request_keeps_the_number_the_proxy_gave_it_and_no_other() -> None:
    number = "0123456789abcdef" * 2
    assert ask("/trust", **{"X-Request-ID": number}).headers["x-request-id"] == number
    assert ask("/trust", **{"X-Request-ID": 'a"b'}).headers["x-request-id"] != 'a"b'


class Server:
    """What uvicorn's server is to us."""

    class config:
        timeout_graceful_shutdown = None

    should_exit = False


@pytest.mark.parametrize(
    ("seconds", "limit", "twice", "ended_after"),
    [
        (0.5, 30, False, (1.2, 3.0)),  # when the work is over and a second of quiet
        (60, 1, False, (0.9, 2.5)),  # at the limit
        (60, 30, True, (0.0, 1.0)),  # at once
    ],
)
def test_a_process_stops_when_its_work_is_over_or_its_time_is(
    monkeypatch: pytest.MonkeyPatch, seconds: float, limit: int, twice: bool, ended_after: tuple[float, float]
) -> None:
    monkeypatch.setenv("DASHBOARD_STOP_SECONDS", str(limit))
    work, server = Work(), Server()
    monkeypatch.setattr(stopping, "WORK", work)

    async def life() -> float:
        loop = asyncio.get_running_loop()
        began, held = loop.time(), work.under_way()
        held.__enter__()
        loop.call_later(seconds, held.__exit__, None, None, None)
        stopping._begin(server)
        if twice:
            stopping._begin(server)
        while not server.should_exit:
            await asyncio.sleep(0.02)
        return loop.time() - began

    took = in_a_loop(life())
    assert ended_after[0] <= took <= ended_after[1]
