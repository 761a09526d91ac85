"""The outermost door: who may come at all, under which name, from which site, to which of Streamlit's addresses."""

from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from locales import text
from models import settings
from models.account_settings import account_settings
from ui.server.addresses import forwarded_for, from_elsewhere, host_only, is_loopback

_CLOSED: Final = (
    "/_stcore/metrics",  # answers anyone (reliability §2.13)
    "/_stcore/script-health-check",  # runs the frame for anyone; asked once, from inside, before the port opens
    "/_stcore/agent/",
    "/auth/",  # Streamlit's own sign-in: its cookie outlives a sign-out, ours does not (docs/accounts.md)
)
FIRST_RUN: Final = "dashboard.first_run"
"""Marks the server's own request to itself in its scope, where no client can write."""
_SAFE: Final = ("GET", "HEAD", "OPTIONS")


class Gate:
    """Middleware that answers 403 to whom the server is not for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.accounts = account_settings()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = None if scope["type"] == "lifespan" or scope.get(FIRST_RUN) else self._refused(scope)
        if refused is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            refusal = PlainTextResponse(text(refused, settings().language), status_code=403)
            await refusal(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _refused(self, scope: Scope) -> str | None:
        """The text that says why, or None for whoever may come in."""
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if self.accounts.accounts:
            if not hosts or not all(is_loopback(host) or host_only(host) in self.accounts.hosts for host in hosts):
                return "accounts.server.refuses_host"
        else:
            ends = [end[0] for end in (scope.get("server"), scope.get("client")) if end]
            # A proxy on this computer may have let in others: it then says whom.
            if not hosts or not all(is_loopback(name) for name in [*ends, *hosts, *forwarded_for(scope)]):
                return "ui.refuses_reader"
        changes = scope["type"] == "websocket" or scope["method"] not in _SAFE
        if scope["path"].startswith(_CLOSED) or (changes and from_elsewhere(scope, self.accounts.hosts)):
            return "accounts.server.closed"
        return None
