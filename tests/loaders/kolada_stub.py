"""A server on loopback that answers as Kolada's API does, or as it should not."""

import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Reply:
    """One answer out of the ordinary. `hang`: seconds before it; `missing`: bytes promised but never sent; `drip`:
    seconds between one byte and the next; `drip_headers`: headers without end, so far apart."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: float = 0
    missing: int = 0
    drip: float = 0
    drip_headers: float = 0


@dataclass
class KoladaStub:
    """`entries` is what it publishes, `page_size` to a page; `script` is answered first, one per request. `asked`:
    the paths asked for, in order."""

    url: str
    entries: list[dict[str, Any]] = field(default_factory=list)
    page_size: int = 1000
    script: deque[Reply] = field(default_factory=deque)
    asked: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def answers(self, *replies: Reply) -> None:
        self.script.extend(replies)

    def reply(self, path: str) -> Reply:
        self.asked.append(path)
        return self.script.popleft() if self.script else self._page(path)

    def _page(self, path: str) -> Reply:
        """`/v3/data/kpi/A,B/municipality/0025,…[/year/2020,…][?page=2]`."""
        address = urlsplit(path)
        parts = address.path.removeprefix("/v3/data/").split("/")
        wanted = {name: ids.split(",") for name, ids in zip(parts[::2], parts[1::2], strict=True)}
        found = [
            entry
            for entry in self.entries
            if entry["kpi"] in wanted["kpi"]
            and entry["municipality"] in wanted["municipality"]
            and str(entry["period"]) in wanted.get("year", [str(entry["period"])])
        ]
        page = int(parse_qs(address.query).get("page", ["1"])[0])
        shown = found[(page - 1) * self.page_size : page * self.page_size]
        more = page * self.page_size < len(found)
        origin = self.url.removesuffix("/v3")
        following = f"{origin}{address.path}?page={page + 1}" if more else None
        return json_reply({"count": len(shown), "values": shown, "next_url": following, "previous_url": None})


def entry(kpi: str, municipality: str, period: int, value: float | None, **other: Any) -> dict[str, Any]:
    """A figure for both sexes together, as v3 prints it."""
    figure = {"gender": "T", "count": 1, "status": "", "value": value, "isdeleted": False, **other}
    return {"kpi": kpi, "municipality": municipality, "period": period, "values": [figure]}


def json_reply(document: object, **other: Any) -> Reply:
    return Reply(json.dumps(document).encode(), **other)


@contextmanager
def running_stub() -> Iterator[KoladaStub]:
    server = _Server(("127.0.0.1", 0), _Handler)
    stub = server.stub = KoladaStub(f"http://127.0.0.1:{server.server_port}/v3")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    stub: KoladaStub

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        stub = self.server.stub
        reply = stub.reply(self.path)
        stub.closing.wait(reply.hang)
        self.send_response(reply.status)
        self.flush_headers()
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        with suppress(OSError):
            while reply.drip_headers and not stub.closing.wait(reply.drip_headers):
                self.wfile.write(b"X-More: to come\r\n")
        if reply.drip_headers:
            return
        self.send_header("Content-Length", str(len(reply.body) + reply.missing))
        self.end_headers()
        with suppress(OSError):
            self._send(reply, stub.closing)

    def _send(self, reply: Reply, closing: threading.Event) -> None:
        if not reply.drip:
            self.wfile.write(reply.body)
            return
        for at in range(len(reply.body)):
            if closing.wait(reply.drip):
                return
            self.wfile.write(reply.body[at : at + 1])

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""
