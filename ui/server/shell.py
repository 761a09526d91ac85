"""The first HTML a browser gets: Streamlit's own, in the reader's language, with our title, icon, style and word list,
and what the page has found, where that is known (ui/ahead.py).

The words that Streamlit's own buttons and menus speak are English; `words.js` puts ours in their place.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from charts.colours import on_the_page
from locales import LANGUAGES, text, texts
from models import settings
from ui import ahead
from ui.escape import as_html
from ui.menu import PAGES
from ui.server.headers import INDEX

ASSETS: Final = Path(__file__).parent.parent / "assets"
_STREAMLIT: Final = "streamlit."
OUR_FORMS: Final = (
    "/signin",
    "/signout",
    "/first-administrator",
    "/choose-password",
    "/signin-service",
    "/oauth2callback",
)
"""Addresses whose HTML is our own, see ui/server/forms.py."""
SCRIPTS: Final = ("backend", "ahead", "words", "address", "links", "pictures", "session")
"""Our own, in ui/assets, that every page loads before Streamlit's own; words.js gets its dictionary first."""
_FIRST: Final = ("Html", "purify.es", "Button", "Selectbox")
"""Streamlit's parts that the top of a page needs, which it would send for only when it is told what to draw."""
_STREAMLIT_OWN: Final = '<script type="module"'
_ROOT: Final = '<div id="root">'
_STYLE: Final = (ASSETS / "style.css").read_text("utf-8") + on_the_page(".stVegaLiteChart")
STYLE_ADDRESS: Final = f"style-{hashlib.sha256(_STYLE.encode()).hexdigest()[:12]}.css"
"""Named by its content: a browser asks for it once."""
_FOREVER: Final = "public, max-age=31536000, immutable"
_NOSCRIPT: Final = ("<noscript>", "</noscript>")


def language_of(query: bytes) -> str:
    """The language an address asks for.

    >>> language_of(b"period=2020&lang=en"), language_of(b"lang=xx")
    ('en', 'sv')
    """
    given = parse_qs(query.decode("latin-1")).get("lang", [""])[0]
    return given if given in LANGUAGES else settings().language


@cache
def shell(language: str, page: str) -> bytes:
    """Streamlit's index.html with `<html lang>`, the page's title and description, a word without JavaScript, and our
    scripts. `page`: of ui.menu.PAGES."""
    html = INDEX.read_text(encoding="utf-8")
    html = html.replace('<html lang="en">', f'<html lang="{language}">')
    html = html.replace("<title>Streamlit</title>", "".join(_described(language, page)))
    before, _, rest = html.partition(_NOSCRIPT[0])
    after = rest.partition(_NOSCRIPT[1])[2]
    html = f"{before}{_NOSCRIPT[0]}<p>{as_html(text('ui.no_script', language))}</p>{_NOSCRIPT[1]}{after}"
    scripts = "".join(f'<script defer src="./{name}.js"></script>' for name in SCRIPTS)
    parts = (next(INDEX.parent.glob(f"static/js/{name}.*.js"), None) for name in _FIRST)
    early = "".join(f'<link rel="modulepreload" href="./static/js/{part.name}">' for part in parts if part)
    html = html.replace(_STREAMLIT_OWN, f"{scripts}{early}{_STREAMLIT_OWN}", 1)
    # In the body: what Streamlit styles while it runs goes into the head, and ours stands above it.
    return html.replace(_ROOT, f'<link rel="stylesheet" href="./{STYLE_ADDRESS}">{_ROOT}', 1).encode()


def _described(language: str, page: str, found: ahead.Ahead | None = None) -> tuple[str, str]:
    """The title of the browser's tab, and what a shared link says of the page before it is opened: what the page has
    found, else what it is for."""
    product, own = text("ui.product", language), text(f"pages.{page}.title", language)
    title = found.title if found else f"{own} – {product}"
    said = found.headline if found else text(f"pages.{page}.purpose", language)
    return f"<title>{as_html(title)}</title>", f'<meta name="description" content="{as_html(said)}">'


def with_finding(page: str, language: str, query: str) -> bytes:
    """The shell of a page, with what it has found where somebody has come by this address before."""
    body, found = shell(language, page), ahead.words(page, query)
    if found is None:
        return body
    plain, told = _described(language, page), _described(language, page, found)
    top = (
        f'<div class="ahead"><div class="mast"><span class="brand">{as_html(text("ui.product", language))}</span></div>'
        f'<main>{found.path}<p class="headline">{as_html(found.headline)}</p>{found.under}</main></div>'
    )
    html = body.decode().replace("".join(plain), "".join(told), 1)
    return html.replace(_ROOT, top + _ROOT, 1).encode()


async def style(_request: Request) -> Response:
    return Response(_STYLE, media_type="text/css", headers={"Cache-Control": _FOREVER})


@cache
def _script() -> str:
    """words.js with its dictionary: Streamlit's English word → ours."""
    pairs = {text(key, "en"): text(key, "sv") for key in texts("en") if key.startswith(_STREAMLIT)}
    code = (ASSETS / "words.js").read_text(encoding="utf-8")
    return code.replace("{}/* words */", json.dumps(pairs, ensure_ascii=False))


async def words(_request: Request) -> Response:
    return Response(_script(), media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def script(request: Request) -> Response:
    """One of SCRIPTS that is served as it lies."""
    file = ASSETS / request.url.path.rpartition("/")[2]
    return FileResponse(file, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def icon(_request: Request) -> Response:
    return FileResponse(ASSETS / "icon.png")


@cache
def not_found(language: str) -> bytes:
    """An address that is no page's: what is wrong, and the ways on."""
    home, search = (f"./{page}?lang={language}" for page in ("", "search"))
    ways = f'<a href="{home}">{as_html(text("not_found.home", language))}</a>'
    ways += f' · <a href="{search}">{as_html(text("not_found.search", language))}</a>'
    title = as_html(text("not_found.title", language))
    said = as_html(text("not_found.said", language))
    style = (
        "body{font:18px/1.5 sans-serif;max-width:40rem;margin:15vh auto;padding:0 1rem;color:#16222e}a{color:#0e3a5c}"
    )
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{style}</style>'
        f"<main><h1>{title}</h1><p>{said}</p><p>{ways}</p></main></html>"
    ).encode()


async def to_start(request: Request) -> Response:
    """The default page's own name leads to `/`, with the view's state kept."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}", status_code=307)


class PageShell:
    """Middleware that answers every HTML page with ours; Streamlit has one HTML file for all addresses."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OUR_FORMS:
            await self.app(scope, receive, send)
            return
        language, page = language_of(scope["query_string"]), scope["path"].strip("/") or PAGES[0]
        known = page in PAGES
        query = scope["query_string"].decode("latin-1")
        body = await run_in_threadpool(with_finding, page, language, query) if known else not_found(language)
        replacing = False

        async def with_shell(message: Message) -> None:
            nonlocal replacing
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                replacing = message["status"] == 200 and kind.startswith("text/html")
                if replacing:
                    message["status"] = 200 if known else 404
                    headers = MutableHeaders(scope=message)
                    headers["Content-Length"] = str(len(body))
                    for stale in ("etag", "last-modified", "content-encoding"):  # Streamlit may have compressed its own
                        del headers[stale]
            elif replacing:
                if message.get("more_body"):
                    return
                message = {**message, "body": b"" if scope["method"] == "HEAD" else body}
            await send(message)

        await self.app(_unconditional(scope), receive, with_shell)


def _unconditional(scope: Scope) -> Scope:
    """The request without "only if changed" for pages: the file's date says nothing about our words in it."""
    if scope["path"].startswith(("/static/", "/media/")):
        return scope
    headers = [pair for pair in scope["headers"] if pair[0] not in (b"if-none-match", b"if-modified-since")]
    return {**scope, "headers": headers}
