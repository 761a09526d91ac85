"""The web server's part: who may come, who they are, headers, our own HTML, compression, a first run before the port
opens."""

from starlette.middleware import Middleware
from starlette.routing import Route

from ui.server.compression import CompressedStatic
from ui.server.doors import Doors, known_session
from ui.server.first_words import choose_password, first_administrator
from ui.server.forms import in_words
from ui.server.gate import Gate
from ui.server.headers import SecurityHeaders
from ui.server.health import ROUTES
from ui.server.identity import Identity
from ui.server.local import prepare
from ui.server.oidc import callback, start
from ui.server.open_data import OpenData
from ui.server.shell import SCRIPTS, STYLE_ADDRESS, PageShell, icon, script, style, to_start, words
from ui.server.signin import signin, signout
from ui.server.startup import lifespan
from ui.server.watch import Watch

__all__ = ["MIDDLEWARE", "lifespan", "prepare", "routes"]

MIDDLEWARE = (
    Middleware(SecurityHeaders),
    Middleware(Watch),
    Middleware(Gate),
    Middleware(OpenData),
    Middleware(CompressedStatic),
    Middleware(Identity),
    Middleware(Doors),
    Middleware(PageShell),
)
"""From the outside in: what every answer carries, what is counted and logged, who may come at all, open data, the big
files, who asks, whose file it is, the first HTML."""

_FORM = ["GET", "POST"]


def routes(start_page: str) -> list[Route]:
    """Our own addresses. `start_page` is the default page's name, which Streamlit itself only knows as `/`. The forms
    exist in local mode too and have nobody to sign in."""
    return [
        *ROUTES,
        Route("/favicon.png", icon),
        Route("/words.js", words),
        *(Route(f"/{name}.js", script) for name in SCRIPTS if name != "words"),
        Route(f"/{STYLE_ADDRESS}", style),
        Route("/page-session", known_session),
        Route(f"/{start_page}", to_start),
        Route("/signin", in_words(signin), methods=_FORM),
        Route("/signout", in_words(signout), methods=_FORM),
        Route("/first-administrator", in_words(first_administrator), methods=_FORM),
        Route("/choose-password", in_words(choose_password), methods=_FORM),
        Route("/signin-service", in_words(start)),
        Route("/oauth2callback", in_words(callback)),
    ]
