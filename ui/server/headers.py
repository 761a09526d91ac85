"""What every answer carries: a content security policy without unsafe-eval, and more (stack.md, reliability §2.9)."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models import settings
from models.account_settings import account_settings

INDEX: Final = Path(streamlit.__file__).parent / "static" / "index.html"
EMBEDDED: Final = "/embed/"
"""Where the only pages stand that may be framed."""
_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def security_headers() -> dict[str, str]:
    """Header → value. The hash is of Streamlit's one inline script, computed from the installed release."""
    hashes = " ".join(f"'{inline_hash(script)}'" for script in _INLINE.findall(INDEX.read_text(encoding="utf-8")))
    policy = {
        "default-src": "'self'",
        "script-src": f"'self' 'wasm-unsafe-eval' {hashes}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' ws: wss:",
        "worker-src": "'self' blob:",
        "frame-ancestors": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "object-src": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }


def embedded_headers(origins: str) -> dict[str, str]:
    """The headers of what others may show inside their own pages: nothing runs and nothing is fetched in it. `origins`:
    those sites, with commas between; "" for none."""
    policy = {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "font-src": "data:",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": " ".join(origins.split(",")) or "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


def inline_hash(script: str) -> str:
    """A script's hash as the policy names it.

    >>> inline_hash("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class SecurityHeaders:
    """Middleware that sets the headers on every HTTP answer, the one to a fault of ours too: Starlette's own is made
    outside of every middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # A browser that has met the pages over https stays with https for a year.
        secure = {"Strict-Transport-Security": "max-age=31536000"} if account_settings().behind_tls else {}
        self.headers = {**security_headers(), **secure}
        self.embedded = {**embedded_headers(settings().embed_origins), **secure}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answered = False

        async def with_headers(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                embedded = scope["path"].startswith(EMBEDDED)
                MutableHeaders(scope=message).update(self.embedded if embedded else self.headers)
            await send(message)

        try:
            await self.app(scope, receive, with_headers if scope["type"] == "http" else send)
        except Exception:
            if scope["type"] == "http" and not answered:
                await PlainTextResponse("Internal Server Error", status_code=500)(scope, receive, with_headers)
            raise  # to the log
