"""The outermost layer: each request gets a number, is counted and logged, and none opens a page in a process that is
about to end."""

import re
import time
import uuid
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from locales import text
from models import settings
from opendata import is_open
from ui.menu import PAGES
from ui.server.health import ADDRESSES
from ui.server.logs import told
from ui.server.measures import REQUESTS
from ui.server.stopping import WORK

_NUMBER: Final = re.compile(r"[0-9a-f]{32}")
_STREAM: Final = "/_stcore/stream"
_KINDS: Final = {
    "/static/": "static",
    "/media/": "download",
    "/_stcore/upload_file/": "upload",
    "/component/": "static",
    "/_stcore/": "streamlit",
    "/sign": "form",
    "/first-administrator": "form",
    "/choose-password": "form",
    "/oauth2callback": "form",
    "/page-session": "session",
}


def kind_of(path: str) -> str:
    """The kind of an address, as logs and measures name it: an address itself may hold a session or a file.

    >>> [kind_of(path) for path in ("/", "/trust", "/media/ab.xlsx", "/api/v1/figures", "/readyz", "/nosuch")]
    ['page', 'page', 'download', 'open_data', 'health', 'other']
    """
    if path in ADDRESSES:
        return "health"
    if path.strip("/") in ("", *PAGES):
        return "page"
    if is_open(path):
        return "open_data"
    return next((kind for start, kind in _KINDS.items() if path.startswith(start)), "other")


class Watch:
    """Middleware around all others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        kind = kind_of(scope["path"])
        if WORK.stopping and (kind == "page" or scope["path"] == _STREAM):
            refusal = PlainTextResponse(text("ui.stopping", settings().language), 503, {"Retry-After": "2"})
            await refusal(scope, receive, send)
        elif scope["type"] == "websocket" or kind == "health":
            await self.app(scope, receive, send)
        else:
            with WORK.under_way():
                await self._watched(kind, scope, receive, send)

    async def _watched(self, kind: str, scope: Scope, receive: Receive, send: Send) -> None:
        given = Headers(scope=scope).get("x-request-id", "")
        number = given if _NUMBER.fullmatch(given) else uuid.uuid4().hex
        began, status = time.perf_counter(), 500

        async def numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = number
            await send(message)

        try:
            await self.app(scope, receive, numbered)
        finally:
            took = time.perf_counter() - began
            REQUESTS.labels(kind, str(status)).observe(took)
            told("request", id=number, method=scope["method"], kind=kind, status=status, ms=round(took * 1000))
