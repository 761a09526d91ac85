"""How an answer goes out: its bytes made once, compressed once, known again by its ETag; a refusal as a problem."""

import gzip
import hashlib
import io
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property, wraps
from http import HTTPStatus
from typing import Any, Final, ParamSpec

import polars as pl
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from models import settings
from models.account_settings import account_settings

PROBLEM: Final = "application/problem+json"
_WORTH_COMPRESSING: Final = 1000  # bytes
Asking = ParamSpec("Asking")


@dataclass(frozen=True)
class Ready:
    """An answer's bytes and what they are; `name`: the file a browser saves it as, "" for what it shows."""

    content: bytes
    media_type: str
    name: str = ""

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.content, compresslevel=6, mtime=0)

    @cached_property
    def tag(self) -> str:
        """Of the very bytes: two answers share it only where they say the same."""
        return hashlib.sha256(self.content).hexdigest()[:32]


class Kept:
    """Keeps what was made ready, of all addresses together no more than `most` bytes; what was asked for longest ago is
    forgotten first. A decorator: the arguments are the key, and name all that the answer hangs on."""

    def __init__(self, most: int) -> None:
        self._most, self._held = most, 0
        self._ready: OrderedDict[Hashable, Ready] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, make: Callable[Asking, Ready]) -> Callable[Asking, Ready]:
        @wraps(make)
        def ready(*args: Asking.args, **named: Asking.kwargs) -> Ready:
            key = (make, args, tuple(named.items()))
            with self._lock:
                if key in self._ready:
                    self._ready.move_to_end(key)
                    return self._ready[key]
            made = make(*args, **named)
            with self._lock:
                self._keep(key, made)
            return made

        return ready

    def _keep(self, key: Hashable, made: Ready) -> None:
        if key in self._ready or len(made.content) > self._most:
            return
        self._ready[key] = made
        self._held += len(made.content)
        while self._held > self._most:
            _, forgotten = self._ready.popitem(last=False)
            self._held -= len(forgotten.content)


kept: Final = Kept(64 * 2**20)


def sent(request: Request, ready: Ready) -> Response:
    """The answer to one request: 304 where the reader has these bytes, compressed where that is asked for."""
    asked = Headers(scope=request.scope)
    small = len(ready.content) < _WORTH_COMPRESSING or ready.media_type.endswith(("zip", "parquet", "sheet"))
    zipped = not small and "gzip" in asked.get("accept-encoding", "")
    tag = f'"{ready.tag}{"-gz" if zipped else ""}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    held = [one.strip().removeprefix("W/") for one in asked.get("if-none-match", "").split(",")]
    if tag in held or "*" in held:
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    if ready.name:
        headers["Content-Disposition"] = f'attachment; filename="{ready.name}"'
    return Response(ready.compressed if zipped else ready.content, media_type=ready.media_type, headers=headers)


def json_bytes(document: object) -> bytes:
    """Compact JSON: text as it is, days as ISO, never NaN."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=str).encode()


def pretty_json(document: object) -> bytes:
    """The same for a file that people open."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2, default=str).encode() + b"\n"


def parquet(table: pl.DataFrame) -> bytes:
    """The table as Parquet."""
    into = io.BytesIO()
    table.write_parquet(into)
    return into.getvalue()


def problem(status: int, detail: str, *, parameter: str = "", headers: dict[str, str] | None = None) -> Response:
    """A refusal as RFC 9457 has it: `detail` is the sentence for a person."""
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **({"parameter": parameter} if parameter else {}),
    }
    told = {"Cache-Control": "no-store", **(headers or {})}
    return Response(json_bytes(document), status_code=status, media_type=PROBLEM, headers=told)


def base_of(request: Request) -> str:
    """The site's address without a slash at its end: the setting's, else as the reader wrote it."""
    if chosen := settings().public_url:
        return chosen.rstrip("/")
    scheme = "https" if account_settings().behind_tls else request.url.scheme
    return f"{scheme}://{request.url.netloc}"
