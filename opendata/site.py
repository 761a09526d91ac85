"""What machines that walk the site ask for: which addresses are theirs, and which pages there are."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode
from xml.etree import ElementTree as Tree

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from indicators import NATION, catalogue
from locales import LANGUAGES
from opendata.replies import Ready, base_of, sent

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"


def routes(pages: Sequence[str], closed: Sequence[str]) -> list[Route]:
    """`pages`: those for every reader, the start page first; `closed`: those no search engine has business in."""

    def robots(request: Request) -> Response:
        lines = [
            "User-agent: *",
            *(f"Disallow: /{page}" for page in closed),
            "Disallow: /_stcore/",
            "Disallow: /media/",
        ]
        content = "\n".join([*lines, "", f"Sitemap: {base_of(request)}/sitemap.xml", ""])
        return sent(request, Ready(content.encode(), "text/plain; charset=utf-8"))

    def sitemap(request: Request) -> Response:
        return sent(request, Ready(_sitemap(base_of(request), pages), "application/xml"))

    return [Route("/robots.txt", robots), Route("/sitemap.xml", sitemap)]


def _sitemap(base: str, pages: Sequence[str]) -> bytes:
    """Every page, every region's and every indicator's, each with its address in both languages."""
    Tree.register_namespace("", _SITEMAP)
    Tree.register_namespace("xhtml", _XHTML)
    root = Tree.Element(f"{{{_SITEMAP}}}urlset")
    _first, *others = pages  # the start page is the root
    for page, choices in (
        ("", {}),
        *((page, {}) for page in others),
        *(("profile", {"region": code}) for code in catalogue().regions if code != NATION),
        *(("indicator", {"indicator": name}) for name in catalogue().indicators),
    ):
        addresses = {one: f"{base}/{page}?{urlencode({**choices, 'lang': one})}" for one in LANGUAGES}
        url = Tree.SubElement(root, f"{{{_SITEMAP}}}url")
        Tree.SubElement(url, f"{{{_SITEMAP}}}loc").text = addresses[LANGUAGES[0]]
        for language, address in addresses.items():
            told = {"rel": "alternate", "hreflang": language, "href": address}
            Tree.SubElement(url, f"{{{_XHTML}}}link", told)
    return bytes(Tree.tostring(root, encoding="utf-8", xml_declaration=True))
