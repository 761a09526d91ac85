"""A real server on a free loopback port, a real Chromium, a picture of every failure."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from models import open_store
from models.settings import PROJECT
from tests.browser.people import add_people, every_way, provider_on, signed_in
from tests.browser.wire import Reader

CHROMIUM = Path("/usr/bin/chromium")  # Debian's; elsewhere Playwright's own (design §6.5)
# The last rule also proves that the pages need nothing from outside (stack.md).
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
PICTURES = PROJECT / "test-results"
START = 60  # seconds a server may take to open its port on a loaded machine
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    found = {"executable_path": str(CHROMIUM)} if CHROMIUM.exists() else {}
    return {**found, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": {"width": 1440, "height": 1000}, "locale": "sv-SE", "accept_downloads": True}


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def command(port: int, *more: str) -> list[str]:
    return [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port), *more]


Serve = Callable[..., str]


@contextmanager
def serving(folder: Path) -> Iterator[Serve]:
    """serve(store file) → the address of a fresh server on it; all of them are ended together. More settings go by
    name, PORT in them is the server's own; `log` is the file it writes to; `port`: where, if not on a free one."""
    running: list[subprocess.Popen[bytes]] = []

    def started(file: Path, log: Path | None = None, port: int | None = None, **more: str) -> str:
        port = port or free_port()
        log = log or folder / f"{port}.txt"
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{file}", "DASHBOARD_LANGUAGE": "sv"}
        environment |= {name: value.replace("PORT", str(port)) for name, value in more.items()}
        with log.open("wb") as out:
            server = subprocess.Popen(command(port), cwd=PROJECT, env=environment, stdout=out, stderr=subprocess.STDOUT)
        running.append(server)
        address = f"http://127.0.0.1:{port}"
        wait_for(address, server, log)
        return address

    yield started
    for server in running:
        server.terminate()
    for server in running:
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Servers that end with the module."""
    with serving(tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture(scope="session")
def serve_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Servers that end with the last test."""
    with serving(tmp_path_factory.mktemp("server")) as started:
        yield started


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path, seconds: float = START) -> None:
    """Until the port answers. Only the health check is asked: the first page must be the test's own."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            httpx.get(f"{address}/_stcore/health", timeout=5)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(log.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sample_copy(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file with the sample data, of this module's own."""
    return Path(shutil.copy(sample_file, tmp_path_factory.mktemp("served") / "store.sqlite3"))


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store file."""
    file = tmp_path_factory.mktemp("served") / "store.sqlite3"
    open_store(f"sqlite:///{file}", create=True).close()
    return file


@pytest.fixture(scope="session")
def address(serve_all: Serve, sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A server on the sample data, without accounts, for all who only read (xdist_group "readers")."""
    return serve_all(shutil.copy(sample_file, tmp_path_factory.mktemp("read") / "store.sqlite3"))


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    """An OpenID provider."""
    with provider_on(free_port()) as answering:
        yield answering


@pytest.fixture(scope="session")
def staffed_file(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store behind `staffed`."""
    return Path(shutil.copy(sample_file, tmp_path_factory.mktemp("staffed") / "store.sqlite3"))


@pytest.fixture(scope="session")
def staffed(serve_all: Serve, staffed_file: Path, provider: str) -> str:
    """A server on the sample data with a person of every role and all three ways of signing in (xdist_group
    "roles")."""
    add_people(staffed_file)
    return serve_all(staffed_file, **every_way(provider))


@pytest.fixture
def reader_of(staffed: str, provider: str) -> Iterator[Callable[[str, str], Reader]]:
    """reader_of(way, role) → a browser whose person has signed in on `staffed`."""
    readers: list[Reader] = []

    def reader(way: str, role: str) -> Reader:
        readers.append(signed_in(staffed, way, role, provider))
        return readers[-1]

    yield reader
    for one in readers:
        one.close()


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A page that must neither meet a script error nor break our content policy nor ask for anything outside."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda asked: None if _own(asked.url) else wrong.append(asked.url))
    yield page
    assert wrong == []


def _own(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:http://127.0.0.1:"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A picture of the page in test-results/ when a browser test fails."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and page is not None:
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{item.name}.png", full_page=True)
    return report
