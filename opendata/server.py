"""The addresses of open data as one app, and which addresses are its own."""

from collections.abc import Callable, Sequence
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from access.limits import Rate
from locales import text
from locales.refused import Refused
from models import Store, StoreRefused, settings
from opendata import dcat, embed, feeds, links, plain_api, px, site
from opendata.asked import spoken
from opendata.replies import problem

_ROOMS: Final = ("api", "feed", "datasets", "embed", "check", "p")
_FILES: Final = ("/robots.txt", "/sitemap.xml", "/feed.xml")
_RETRY_SECONDS: Final = {429: "60", 503: "60"}
Address = Callable[[Scope], str]


def is_open(path: str) -> bool:
    """Whether an address is open data's: answered here or nowhere.

    >>> [is_open(path) for path in ("/api", "/api/v1/nosuch", "/feed.xml", "/apis", "/profile", "/")]
    [True, True, True, False, False, False]
    """
    return path in _FILES or path.split("/")[1] in _ROOMS


def open_data_app(
    store: Callable[[], Store],
    address: Address,
    pages: Sequence[str] = (),
    closed: Sequence[str] = (),
    beside: Sequence[str] = (),
) -> Starlette:
    """The app. `store` opens the store of the pages; `address` tells a reader's address, by which calls are counted;
    `pages` and `closed` as site.routes takes them, `beside`: pages that stand in no menu."""
    rooms = (plain_api, px, dcat, feeds, embed)
    return Starlette(
        routes=[
            *(route for room in rooms for route in room.routes(store)),
            *links.routes(store, (*pages, *closed, *beside)),
            *site.routes(pages, closed),
        ],
        middleware=[Middleware(Limited, address=address)],
        exception_handlers={HTTPException: _no_such, Refused: _refused},
    )


class Limited:
    """Middleware that answers 429 to an address that asks too often."""

    def __init__(self, app: ASGIApp, address: Address) -> None:
        self.app = app
        self.address = address
        self.rate = Rate(settings().api_calls_a_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self.rate.allows(self.address(scope)):
            request = Request(scope)
            await _said(request, 429, "too_many")(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _said(request: Request, status: int, key: str) -> Response:
    language = spoken(request.query_params.multi_items())
    headers = {"Retry-After": _RETRY_SECONDS[status]} if status in _RETRY_SECONDS else None
    return problem(status, text(f"open_api.answer.{key}", language), headers=headers)


async def _no_such(request: Request, error: Exception) -> Response:
    """An address or a method that is not here."""
    assert isinstance(error, HTTPException)
    language = spoken(request.query_params.multi_items())
    key = "no_method" if error.status_code == 405 else "no_address"
    return problem(error.status_code, text(f"open_api.answer.{key}", language), headers=dict(error.headers or {}))


async def _refused(request: Request, error: Exception) -> Response:
    """A question refused in words: 400 (or the refusal's own `status`) for what is wrong with it, 503 where the store
    cannot answer anyone."""
    assert isinstance(error, Refused)
    language = spoken(request.query_params.multi_items())
    said = await run_in_threadpool(error.message, language)
    if isinstance(error, StoreRefused):  # its own words are for who runs the site: they name a file and a command
        said = text("open_api.answer.unavailable", language)
        return problem(503, said, headers={"Retry-After": _RETRY_SECONDS[503]})
    return problem(getattr(error, "status", 400), said, parameter=getattr(error, "parameter", ""))
