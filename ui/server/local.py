"""Local mode: until there are accounts (part 3), only the computer the server runs on may reach it.

Three locks: the server refuses to start on another address, refuses a connection that came in on one (uvicorn can be
told an address that Streamlit's settings do not show), and refuses a foreign name that resolves to loopback.
"""

import ipaddress
import sys
from typing import Final

import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from locales import text
from models import settings

_NAMES: Final = ("localhost", "ip6-localhost")
_CLOSED: Final = ("/_stcore/metrics",)  # Streamlit answers it to anyone (reliability §2.13); nobody needs it here
_USAGE: Final = 2  # exit code for wrong usage, as in cli.py


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address, with or without a port, means this computer.

    >>> [is_loopback(host) for host in ("127.0.0.1", "localhost:8501", "[::1]:8501", "0.0.0.0", "evil.example", None)]
    [True, True, True, False, False, False]
    """
    name = (host or "").strip().casefold()
    name = name[1:].split("]")[0] if name.startswith("[") else name.rsplit(":", 1)[0] if name.count(":") == 1 else name
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name in _NAMES


def local_mode() -> bool:
    """Whether this server is bound to loopback only, and whoever reaches it may publish."""
    return is_loopback(st.get_option("server.address"))


def refuse_other_addresses() -> None:
    """Leave with a message, before the port is open, when the server was told to listen to anyone else."""
    if not local_mode():
        address = st.get_option("server.address") or "0.0.0.0"  # no address means every address
        sys.stderr.write(text("ui.refuses_address", settings().language, address=address) + "\n")
        raise SystemExit(_USAGE)


class LoopbackOnly:
    """Middleware that answers 403 to a request from elsewhere, to another address, or under a foreign host name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or (_from_here(scope) and scope["path"] not in _CLOSED):
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            refusal = PlainTextResponse(text("ui.refuses_reader", settings().language), status_code=403)
            await refusal(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})


def _from_here(scope: Scope) -> bool:
    ends = [end[0] for end in (scope.get("server"), scope.get("client")) if end]
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    return all(is_loopback(name) for name in [*ends, *hosts])
