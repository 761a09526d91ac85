"""The web server's part: who may come, what every answer carries, our own first HTML."""

import asyncio
import gzip
import re
import tomllib
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

import dashboard
from locales import text
from ui.escape import as_html
from ui.menu import PAGES
from ui.server import MIDDLEWARE, routes
from ui.server.addresses import is_loopback
from ui.server.compression import CompressedStatic, _files
from ui.server.forms import filled_in
from ui.server.gate import Gate
from ui.server.headers import INDEX, SecurityHeaders, security_headers
from ui.server.local import prepare
from ui.server.shell import SCRIPTS, PageShell, not_found, shell
from ui.server.startup import first_run

LOCAL: dict[str, str] = {}
WITH_ACCOUNTS = {"DASHBOARD_ACCOUNTS": "local", "DASHBOARD_HOSTS": "jamfor.region.se"}


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("settings", "hosts", "let_in"),
    [
        (LOCAL, ["127.0.0.1:8501"], True),
        (LOCAL, [], False),  # no name at all
        (LOCAL, [""], False),
        (LOCAL, ["127.0.0.1", "evil.example"], False),  # two names, and who reads which?
        (WITH_ACCOUNTS, ["jamfor.region.se"], True),
        (WITH_ACCOUNTS, ["127.0.0.1:8501"], True),  # the machine's own health check
        (WITH_ACCOUNTS, [], False),
        (WITH_ACCOUNTS, [""], False),
        (WITH_ACCOUNTS, ["jamfor.region.se", "evil.example"], False),
        (WITH_ACCOUNTS, ["evil.jamfor.region.se"], False),
    ],
)
def test_who_names_us_wrongly_or_not_at_all_is_not_let_in(
    monkeypatch: pytest.MonkeyPatch, kind: str, settings: dict[str, str], hosts: list[str], let_in: bool
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    scope = {
        "type": kind,
        "method": "GET",
        "path": "/trust",
        "headers": [(b"host", host.encode()) for host in hosts],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8501),
    }
    came: list[object] = []

    async def app(*_asked: object) -> None:
        came.append("in")

    async def send(message: object) -> None:
        came.append(message)

    async def receive() -> dict[str, str]:
        return {"type": f"{kind}.connect"}

    in_a_loop(Gate(app)(scope, receive, send))  # type: ignore[arg-type]
    assert (came == ["in"]) == let_in


def _app(*middleware: type) -> Starlette:
    async def page(_request: object) -> HTMLResponse:
        return HTMLResponse("<html>Streamlit</html>", headers={"ETag": '"x"'})

    async def words(_request: object) -> PlainTextResponse:
        return PlainTextResponse("text")

    served = [Route("/trust", page), Route("/text", words), *routes("overview")]
    return Starlette(routes=served, middleware=[Middleware(each) for each in middleware])


def in_a_loop(work: Coroutine[Any, Any, Any]) -> Any:
    """The work's result, in a thread of its own: Playwright's loop may still be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _ask(
    app: Starlette,
    path: str,
    *,
    host: str = "127.0.0.1",
    reader: str = "127.0.0.1",
    method: str = "GET",
    **headers: str,
) -> httpx.Response:
    """One request as if it came from `reader` to the socket `host`."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, client=(reader, 50000))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}:8501") as client:
            return await client.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    return in_a_loop(asked())


@pytest.mark.parametrize(
    ("host", "reader", "status"),
    [
        ("127.0.0.1", "127.0.0.1", 200),
        ("localhost", "127.0.0.1", 200),
        ("192.168.1.20", "127.0.0.1", 403),  # the socket's own address: bound elsewhere by uvicorn
        ("127.0.0.1", "192.168.1.7", 403),  # a reader from the network
        ("evil.example", "127.0.0.1", 403),  # a foreign name that resolves here (DNS rebinding)
    ],
)
def test_only_this_computer_reaches_the_pages(host: str, reader: str, status: int) -> None:
    assert _ask(_app(Gate), "/text", host=host, reader=reader).status_code == status


@pytest.mark.parametrize(
    ("told", "status"), [("192.168.1.7", 403), ("127.0.0.1, 192.168.1.7", 403), ("127.0.0.1", 200)]
)
def test_without_accounts_a_proxy_on_this_computer_lets_in_nobody_else(told: str, status: int) -> None:
    assert _ask(_app(Gate), "/text", x_forwarded_for=told).status_code == status


@pytest.mark.parametrize(("said", "starts"), [(b"ok", True), (b"error", False), (b"timeout", False)])
def test_a_server_whose_frame_cannot_be_drawn_does_not_start(said: bytes, starts: bool) -> None:
    asked: list[str] = []

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": said})

    if starts:
        in_a_loop(first_run(app))  # type: ignore[arg-type]
    else:
        with pytest.raises(RuntimeError, match=said.decode()):
            in_a_loop(first_run(app))  # type: ignore[arg-type]
    assert asked == ["/_stcore/script-health-check"]


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/script-health-check",  # would run the frame for anyone who asks
        "/_stcore/agent/interact",
        "/auth/login",  # Streamlit's own sign-in
        "/auth/logout",
    ],
)
def test_what_streamlit_answers_to_anyone_is_closed(path: str) -> None:
    assert _ask(_app(Gate), path).status_code == 403


@pytest.mark.parametrize(
    ("origin", "method", "status"),
    [
        ("http://127.0.0.1:8501", "POST", 405),  # our own page; there is no such route here
        ("http://evil.example", "POST", 403),
        ("http://127.0.0.1:9999", "PUT", 403),  # another program on this computer
        ("null", "DELETE", 403),  # a sandboxed frame
        ("http://evil.example", "GET", 200),  # a link from elsewhere
    ],
)
def test_another_sites_page_changes_nothing(origin: str, method: str, status: int) -> None:
    assert _ask(_app(Gate), "/text", method=method, origin=origin).status_code == status


def test_another_sites_page_opens_no_websocket() -> None:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"127.0.0.1:8501"), (b"origin", b"http://evil.example")]
    scope = {"type": "websocket", "headers": headers, "server": ("127.0.0.1", 8501), "path": "/_stcore/stream"}
    in_a_loop(Gate(_app())(scope, lambda: None, send))  # type: ignore[arg-type]
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_a_websocket_from_elsewhere_is_closed() -> None:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "websocket", "headers": [(b"host", b"evil.example")], "server": ("127.0.0.1", 8501), "path": "/"}
    in_a_loop(Gate(_app())(scope, lambda: None, send))  # type: ignore[arg-type]
    assert sent == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.20", "::", None])
def test_the_server_refuses_to_start_on_another_address(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str | None
) -> None:
    monkeypatch.setattr(st, "get_option", lambda _name: address)
    with pytest.raises(SystemExit) as left:
        prepare()
    assert left.value.code == 2
    assert "lokalt läge" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1"])
def test_the_server_starts_on_loopback(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(st, "get_option", lambda _name: address)
    prepare()


@pytest.mark.parametrize("path", ["/trust", "/text", "/missing"])
def test_every_answer_carries_the_security_headers(path: str) -> None:
    headers = _ask(_app(*(each.cls for each in MIDDLEWARE)), path).headers
    assert {name: headers[name] for name in security_headers()} == security_headers()


def test_the_policy_allows_no_inline_script_but_streamlits_own() -> None:
    script = security_headers()["Content-Security-Policy"].split("; ")[1]
    assert script.startswith("script-src 'self' 'wasm-unsafe-eval' 'sha256-")
    assert "unsafe-eval" not in script.replace("'wasm-unsafe-eval'", "")
    assert "unsafe-inline" not in script


@pytest.mark.parametrize(
    ("query", "language"),
    [("", "sv"), ("?lang=en", "en"), ("?lang=xx", "sv")],  # an unknown language falls back
)
def test_the_first_html_speaks_the_readers_language(query: str, language: str) -> None:
    answer = _ask(_app(PageShell), f"/trust{query}", if_none_match='"x"')
    assert answer.content == shell(language, "trust")
    assert f'<html lang="{language}">' in answer.text
    title = {"sv": "Förtroende", "en": "Trust"}[language]
    product = text("ui.product", language)
    assert f"<title>{title} – {product}</title>" in answer.text
    assert f'<meta name="description" content="{as_html(text("pages.trust.purpose", language))}">' in answer.text
    ours = re.findall(r'src="\./(\w+)\.js"', answer.text.partition('<script type="module"')[0])
    assert ours == list(SCRIPTS)  # all of them before Streamlit's own, which reads what backend.js says
    assert "etag" not in answer.headers


@pytest.mark.parametrize("path", ["/nosuch", "/trust/more", "/Trust"])
def test_an_unknown_address_answers_404_with_a_way_home(path: str) -> None:
    app = Starlette(
        routes=[Route("/{rest:path}", lambda _request: HTMLResponse("Streamlit's own"))],
        middleware=[Middleware(PageShell)],
    )
    answer = _ask(app, f"{path}?lang=en")
    assert answer.status_code == 404
    assert answer.content == not_found("en")
    assert 'href="./?lang=en"' in answer.text


def test_the_menus_and_the_frame_know_the_same_pages() -> None:
    assert sorted(PAGES) == sorted(dashboard.PAGES)


def test_only_html_is_replaced() -> None:
    assert _ask(_app(PageShell), "/text").text == "text"


def test_head_of_a_page_has_no_body() -> None:
    assert _ask(_app(PageShell), "/trust", method="HEAD").content == b""


def test_the_word_list_holds_both_languages() -> None:
    script = _ask(_app(), "/words.js").text
    assert '"Main menu": "Huvudmeny"' in script


def test_the_start_pages_name_leads_to_the_root_with_its_state() -> None:
    answer = _ask(_app(), "/overview?lang=en&group=norr")
    assert (answer.status_code, answer.headers["location"]) == (307, "./?lang=en&group=norr")


def test_streamlits_scripts_are_compressed_once_and_whole() -> None:
    address, file = max(_files().items(), key=lambda pair: pair[1].stat().st_size)
    answer = _ask(_app(CompressedStatic), address, accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == file.read_bytes()
    assert int(answer.headers["content-length"]) == len(gzip.compress(answer.content, 6, mtime=0))


@pytest.mark.parametrize("path", ["/static/../index.html", "/static/js/missing.js"])
def test_no_other_file_is_ever_read(path: str) -> None:
    assert _ask(_app(CompressedStatic), path).status_code == 404


def test_the_index_still_has_what_we_replace() -> None:
    html = INDEX.read_text(encoding="utf-8")
    assert all(part in html for part in ('<html lang="en">', "<title>Streamlit</title>", "<noscript>", "</head>"))


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.53", True), ("[::1]", True), ("::1", True), ("", False), ("127.evil.example", False)],
)
def test_what_counts_as_this_computer(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_the_settings_are_those_the_brief_asks_for(project: Path) -> None:
    settings = tomllib.loads((project / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    asked = {
        ("server", "address"): "127.0.0.1",
        ("server", "maxUploadSize"): 20,
        ("server", "enableStaticServing"): False,
        ("server", "fileWatcherType"): "none",
        ("server", "scriptHealthCheckEnabled"): True,  # design §6.1
        ("server", "folderWatchBlacklist"): ["**/models"],  # design §6.2; plain "models" does not bite
        ("client", "showErrorDetails"): "none",
        ("client", "toolbarMode"): "viewer",
        ("browser", "gatherUsageStats"): False,
        ("runner", "magicEnabled"): False,
    }
    assert {key: settings[key[0]][key[1]] for key in asked} == asked


def test_the_answer_to_a_fault_of_ours_carries_the_headers_too() -> None:
    async def fails(_request: object) -> None:
        raise ZeroDivisionError

    app = Starlette(routes=[Route("/fault", fails)], middleware=[Middleware(SecurityHeaders)])

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8501") as client:
            return await client.get("/fault")

    answer = in_a_loop(asked())
    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in security_headers()} == security_headers()


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (b"login=bj%C3%B6rn+ek&password=", 200, "{'login': 'björn ek', 'password': ''}"),
        (b"login=%ED%A0%80", 200, "{'login': '\ufffd\ufffd\ufffd'}"),
        (b"&" * 20_000, 413, "Request Entity Too Large"),
        (b"&".join(b"a=%d" % number for number in range(11)), 400, "Bad Request"),
    ],
    ids=["umlaut", "no text", "flood", "many fields"],
)
def test_a_form_holds_no_more_than_one_of_ours(body: bytes, status: int, told: str) -> None:
    async def taken(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(await filled_in(request)))

    app = Starlette(routes=[Route("/form", taken, methods=["POST"])])

    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1:8501"
        ) as client:
            return await client.post("/form", content=body, headers={"sec-fetch-site": "same-origin"})

    answer = in_a_loop(asked())
    assert (answer.status_code, answer.text) == (status, told)
