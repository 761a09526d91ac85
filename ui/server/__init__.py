"""The web server's part: local mode, headers, our own first HTML, compression, a first run before the port opens."""

from starlette.middleware import Middleware
from starlette.routing import Route

from ui.server.compression import CompressedStatic
from ui.server.headers import SecurityHeaders
from ui.server.local import LoopbackOnly, refuse_other_addresses
from ui.server.shell import PageShell, address, icon, to_start, words
from ui.server.startup import lifespan

__all__ = ["MIDDLEWARE", "lifespan", "refuse_other_addresses", "routes"]

MIDDLEWARE = (
    Middleware(LoopbackOnly),
    Middleware(SecurityHeaders),
    Middleware(CompressedStatic),
    Middleware(PageShell),
)
"""From the outside in: who may come at all, what every answer carries, the big files, the first HTML."""


def routes(start_page: str) -> list[Route]:
    """Our own addresses. `start_page` is the default page's name, which Streamlit itself only knows as `/`."""
    return [
        Route("/favicon.png", icon),
        Route("/words.js", words),
        Route("/address.js", address),
        Route(f"/{start_page}", to_start),
    ]
