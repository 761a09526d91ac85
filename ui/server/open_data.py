"""Where open data is let in: behind the gate, and before anything that knows a session or sets a cookie."""

from starlette.types import ASGIApp, Receive, Scope, Send

from models.account_settings import account_settings
from opendata import is_open, open_data_app
from ui.menu import GROUPS, OUTSIDE
from ui.server.addresses import reader_address
from ui.stores import store

_STAFF = GROUPS["staff"]


class OpenData:
    """Middleware that hands the addresses of open data to their own app, and all others on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        proxies = account_settings().proxy_addresses
        pages = [page for pages in GROUPS.values() if pages != _STAFF for page in pages]
        self.open_data = open_data_app(store, lambda scope: reader_address(scope, proxies), pages, _STAFF, OUTSIDE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        its_own = scope["type"] == "http" and is_open(scope["path"])
        await (self.open_data if its_own else self.app)(scope, receive, send)
