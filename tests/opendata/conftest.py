"""The addresses of open data over a store, asked as a program would ask them."""

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import httpx
import pytest
import uvicorn
from starlette.types import ASGIApp

from models import Store
from opendata import open_data_app

SITE: Final = "http://127.0.0.1:8501"


class Asking:
    """An app's addresses."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def __call__(self, address: str, method: str = "GET", **sent: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url=SITE) as client:
                return await client.request(method, address, **sent)

        with ThreadPoolExecutor(1) as thread:  # Playwright's loop may still be running in this one
            return thread.submit(asyncio.run, asked()).result()


def asking(store: Store) -> Asking:
    return Asking(open_data_app(lambda: store, lambda _scope: "reader", ["overview", "trust"], ["upload"]))


@pytest.fixture
def ask(store: Store) -> Asking:
    """An empty store's addresses: publish into `store`, then `ask(address)`."""
    return asking(store)


@pytest.fixture
def sample(sample_store: Store) -> Asking:
    """The sample data's addresses."""
    return asking(sample_store)


def rows(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


@pytest.fixture(scope="session")
def served(read_by_all: Store) -> Iterator[str]:
    """A real server on loopback with the sample data; its address."""
    app = open_data_app(lambda: read_by_all, lambda scope: str(scope["client"][1]))  # a limit for each connection
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
