"""Atom feeds (RFC 4287): every publication, withdrawal and restoration, of all, of a region or of an indicator."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree as Tree

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from indicators import catalogue
from locales import text
from models import Store, settings
from opendata.asked import understood
from opendata.plain_api import Standing, standing
from opendata.replies import Ready, base_of, kept, sent
from views.changes import Told, events
from views.parts import Reader

_ATOM: Final = "http://www.w3.org/2005/Atom"
_NEWEST: Final = 50
_MOST: Final = 50  # corrected figures named in an entry; the page has them all
TYPE: Final = "application/atom+xml"


def routes(store: Callable[[], Store]) -> list[Route]:
    def feed(request: Request) -> Response:
        kind, name = request.path_params.get("kind", ""), request.path_params.get("name", "")
        known = {"region": {*catalogue().regions}, "indicator": {*catalogue().indicators}}
        if kind and name not in known.get(kind, ()):
            raise HTTPException(404)
        language = understood(("lang",), request.query_params.multi_items()).language
        opened = store()
        return sent(request, _ready(opened, standing(opened), base_of(request), kind, name, language))

    return [Route("/feed.xml", feed), Route("/feed/{kind}/{name}.xml", feed)]


@kept
def _ready(store: Store, _standing: Standing, base: str, kind: str, name: str, language: str) -> Ready:
    only = {kind: name} if kind else {}
    told = events(Reader(language, store), newest=_NEWEST, **only)
    return Ready(_atom(told, base, kind, name, language), TYPE)


def _atom(told: tuple[Told, ...], base: str, kind: str, name: str, language: str) -> bytes:
    Tree.register_namespace("", _ATOM)
    root = Tree.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    path = f"/feed/{kind}/{name}.xml" if kind else "/feed.xml"
    own = f"{base}{path}?{urlencode({'lang': language})}"
    page = f"{base}/changes?{urlencode({**({'indicator': name} if kind == 'indicator' else {}), 'lang': language})}"
    _add(root, "id", own)
    _add(root, "title", _title(kind, name, language))
    _add(root, "updated", told[0].at if told else "1970-01-01T00:00:00Z")
    _add(root, "link", rel="self", type=TYPE, href=own)
    _add(root, "link", rel="alternate", type="text/html", href=page)
    _add(_add(root, "author"), "name", settings().publisher)
    _add(root, "rights", settings().licence_url)
    for one in told:
        entry = _add(root, "entry")
        _add(entry, "id", f"tag:{urlsplit(base).hostname},2026:event:{one.event}")
        _add(entry, "title", one.title)
        _add(entry, "updated", one.at)
        _add(entry, "link", rel="alternate", type="text/html", href=page)
        more = len(one.corrections) - _MOST
        lines = [one.said, *(each.said for each in one.corrections[:_MOST])]
        lines += [text("open_api.feed.more", language, count=more)] if more > 0 else []
        _add(entry, "content", "\n".join(filter(None, lines)), type="text")
    return bytes(Tree.tostring(root, encoding="utf-8", xml_declaration=True))


def _title(kind: str, name: str, language: str) -> str:
    product = text("ui.product", language)
    if not kind:
        return text("open_api.feed.all", language, product=product)
    known = catalogue()
    of = known.regions[name].name if kind == "region" else known.indicators[name].title.in_language(language)
    return text("open_api.feed.of", language, product=product, of=of)


def _add(under: Tree.Element, name: str, said: str = "", **attributes: str) -> Tree.Element:
    made = Tree.SubElement(under, f"{{{_ATOM}}}{name}", attributes)
    made.text = said or None
    return made
