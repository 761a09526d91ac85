"""Streamlit's own scripts and fonts, compressed once: 3.9 MB becomes 1.5 MB on a reader's first visit.

Streamlit leaves `/static/` uncompressed because it would compress again at every request; here each file is
compressed at its first request and kept.
"""

import gzip
from functools import cache
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.headers import INDEX

_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_FOREVER: Final = "public, immutable, max-age=31536000"  # the names carry a hash of the content


@cache
def _files() -> dict[str, Path]:
    """Address → file, listed once: nothing a client writes is ever made into a path."""
    folder = INDEX.parent
    found = (file for file in (folder / "static").rglob("*") if file.suffix in _TYPES)
    return {f"/{file.relative_to(folder).as_posix()}": file for file in found}


@cache
def _compressed(address: str) -> bytes:
    return gzip.compress(_files()[address].read_bytes(), compresslevel=6, mtime=0)


class CompressedStatic:
    """Middleware that answers for Streamlit's static text files when the browser takes gzip."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in _files()
        if not wanted or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self.app(scope, receive, send)
            return
        content = await run_in_threadpool(_compressed, scope["path"])
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": _FOREVER}
        answer = Response(content, media_type=_TYPES[_files()[scope["path"]].suffix], headers=headers)
        await answer(scope, receive, send)
