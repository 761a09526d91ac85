"""Who asks: what the client says of itself is stripped, what the sign-in table says is put in its place.

`server.trustedUserHeaders` carries the two headers set here into `st.user`, on every websocket. So a page's identity
comes from the cookie of the connection, never from a session id, which stands in every upload's address
(reliability §2.10).
"""

from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from access import sessions
from access.sessions import SignedIn
from access.tables import new_token
from locales import text
from models import StoreRefused, settings
from models.account_settings import account_settings
from ui.server import proxy
from ui.server.addresses import reader_address
from ui.server.cookies import BROWSER, SIGN_IN, mark, put, read
from ui.server.health import ADDRESSES
from ui.stores import store

HEADERS: Final = {b"x-dashboard-sign-in": "sign_in", b"x-dashboard-browser": "browser"}
"""Header → key of st.user; the same as server.trustedUserHeaders in .streamlit/config.toml."""
READER: Final = "dashboard.reader"
_ANYBODYS: Final = ("/static/", "/favicon", "/words.js", "/_stcore/health", *ADDRESSES)


@dataclass(frozen=True)
class Reader:
    """Who sent one request. `browser` is None before the first answer has set its cookie."""

    address: str
    browser: str | None = None
    signed_in: SignedIn | None = None

    @property
    def user(self) -> dict[str, str | None]:
        """What `st.user` holds of this reader."""
        return {"sign_in": str(self.signed_in.id) if self.signed_in else None, "browser": self.browser}


class Identity:
    """Middleware that knows the reader. Our own routes find it in the scope under READER."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.settings = account_settings()
        self._stripped = {*HEADERS, *proxy.header_names(self.settings)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope["path"].startswith(_ANYBODYS):
            await self.app(scope, receive, send)
            return
        if "proxy" in self.settings.accounts and proxy.said_twice(self.settings, scope):
            await _refused(scope, receive, send)
            return
        secure = self.settings.behind_tls
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        browser = read(cookies, BROWSER, secure=secure)
        signed_in, new_cookies = None, {} if browser else {BROWSER: new_token()}
        if self.settings.accounts:
            token = read(cookies, SIGN_IN, secure=secure)
            signed_in, opened = await run_in_threadpool(self._signed_in, scope, token)
            new_cookies |= {SIGN_IN: opened} if opened else {}
        address = reader_address(scope, self.settings.proxy_addresses)
        reader = Reader(address, mark(browser) if browser else None, signed_in)
        await self.app(self._told(scope, reader), receive, self._with_cookies(send, scope, new_cookies))

    def _signed_in(self, scope: Scope, token: str | None) -> tuple[SignedIn | None, str | None]:
        """The sign-in that holds, and the token of one that was opened now because the trusted proxy vouches."""
        try:
            found = sessions.by_token(store(), token) if token else None
            held = found if isinstance(found, SignedIn) and found.source in self.settings.accounts else None
            if "proxy" in self.settings.accounts:
                return proxy.judged(store(), self.settings, scope, held)
        except StoreRefused:  # the page says so itself
            return None, None
        return held, None

    def _told(self, scope: Scope, reader: Reader) -> Scope:
        """The request with the identity headers that are ours, and no others."""
        kept = [pair for pair in scope["headers"] if pair[0] not in self._stripped]
        told = [(name, str(reader.user[key]).encode()) for name, key in HEADERS.items() if reader.user[key]]
        return {**scope, "headers": [*kept, *told], READER: reader}

    def _with_cookies(self, send: Send, scope: Scope, words: dict[str, str]) -> Send:
        """New cookies go out with a page, the one kind of answer a browser always asks for before anything else."""
        if scope["type"] != "http" or not words:
            return send
        wanted = Response()
        for name, word in words.items():
            put(wanted, name, word, secure=self.settings.behind_tls)

        async def with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    for cookie in wanted.headers.getlist("set-cookie"):
                        headers.append("set-cookie", cookie)
            await send(message)

        return with_cookies


async def _refused(scope: Scope, receive: Receive, send: Send) -> None:
    """The answer to a request that names two people."""
    if scope["type"] == "websocket":
        await receive()  # its opening
        await send({"type": "websocket.close", "code": 1008})
        return
    told = text("accounts.server.two_names", settings().language)
    await PlainTextResponse(told, status_code=400)(scope, receive, send)
