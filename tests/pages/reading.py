"""Reading a drawn page as its reader does: the strips, the figures, the cards, out of the HTML that was sent."""

import re
from html import unescape

from streamlit.testing.v1 import AppTest

_ROW = re.compile(
    r"<tr class=\"([^\"]*)\"><th scope=\"row\">(.*?)</th>.*?<td class=\"number\">(.*?)</td></tr>", re.DOTALL
)


def html_of(at: AppTest) -> str:
    """All HTML of the page but for its style and its menus."""
    bodies = (box.proto.body for box in at.get("html"))
    return "\n".join(body for body in bodies if not body.startswith(("<style>", '<a class="brand"')))


def words(html: str) -> str:
    """The text that HTML shows."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\N{NO-BREAK SPACE}", " ").split())


def strips(at: AppTest) -> dict[str, str]:
    """Region as named on the page → its value, symbol and word, in drawn order: `48,8 ▽ sämre`."""
    return {words(name): words(told) for _, name, told in _ROW.findall(html_of(at))}


def marked(at: AppTest, look: str) -> list[str]:
    """The strips that look so (`is-chosen`, `is-assumed`)."""
    return [words(name) for classes, name, _ in _ROW.findall(html_of(at)) if look in classes.split()]


def figures(at: AppTest) -> list[list[str]]:
    """The rows of the chosen regions in figures, the heads first."""
    found = re.search(r'<table class="figures">.*?</table>', html_of(at), re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", found[0], re.DOTALL) if found else []
    return [[words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def headings(at: AppTest) -> list[str]:
    """The cards' headings."""
    return [words(one) for one in re.findall(r"<h2>(.*?)</h2>", html_of(at))]


def table(at: AppTest) -> str:
    """The wide table of the card, asked for with `show=table`."""
    return next(box.proto.body for box in at.get("html") if "<table>" in box.proto.body)
