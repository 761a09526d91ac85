"""The way to every page: five menus in the masthead, on a telephone one; and the path of the page that is open.

All of it is links in plain HTML. A click is taken by ui/assets/links.js, which goes there within the session; opened in
a new tab, copied or followed without scripts, they are links like any others.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlencode

from indicators import catalogue
from locales import text
from ui.escape import as_html

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "compare": ("overview", "trust", "satisfaction", "uptake", "phone", "supply", "compare"),
    "regions": ("profile",),
    "audit": ("since-audit", "followup", "targets"),
    "evidence": ("indicator", "data", "changes", "open-data", "method"),
    "staff": ("upload", "users", "log"),
}
"""Menu → its pages, in their order. Under `regions` stands a link per region; a figure's page is in no menu."""


OUTSIDE: Final = ("figure", "search")
"""Pages that stand in no menu: a figure's, which is reached from the figure, and the search, which has its own link."""
NEEDS: Final = {"upload": ("upload", "publish"), "users": ("users",), "log": ("log",)}
"""Page → permissions of which one opens it; a page not named here is everybody's. Each action asks again itself."""
PAGES: Final = (*(page for pages in GROUPS.values() for page in pages), *OUTSIDE)


class Item(NamedTuple):
    """A line of a menu: its words, its address, and whether it is the page that is open."""

    title: str
    address: str
    current: bool


def address_of(page: str, language: str, as_of: str, **choices: str) -> str:
    """A link to a page that keeps the reader's language and day."""
    query = urlencode({**choices, "lang": language, **({"as_of": as_of} if as_of else {})})
    return f"{'./' if page == next(iter(GROUPS['compare'])) else page}?{query}"


def menus(
    pages: Sequence[str], open_page: str, region: str, language: str, as_of: str, group: Sequence[str], waiting: int = 0
) -> str:
    """The masthead's menus as HTML, for a reader who may see these pages; `group`: the regions that stand first;
    `waiting`: how many uploads the reader may publish."""
    lists = {
        name: _regions(region if open_page == "profile" else "", language, as_of, group)
        if name == "regions"
        else [
            Item(_titled(page, language, waiting), address_of(page, language, as_of), page == open_page)
            for page in GROUPS[name]
            if page in pages
        ]
        for name in GROUPS
    }
    found = {name: items for name, items in lists.items() if items}
    titles = {name: text(f"ui.menus.{name}", language) for name in found}
    if waiting and "staff" in found:
        titles["staff"] += f" ({waiting})"
    wide = "".join(_menu(titles[name], items) for name, items in found.items())
    narrow = "".join(_list(titles[name], items) for name, items in found.items())
    label = as_html(text("ui.menus.label", language))
    whole = as_html(text("ui.menus.all", language))
    home = as_html(address_of("overview", language, as_of))
    return (
        f'<a class="brand" href="{home}">{as_html(text("ui.product", language))}</a>'
        f'<nav class="menus wide" aria-label="{label}"><ul>{wide}</ul></nav>'
        f'<nav class="menus narrow" aria-label="{label}"><details><summary>{whole}</summary>'
        f'<div class="all">{narrow}</div></details></nav>'
        f'<a class="search" href="{as_html(address_of("search", language, as_of))}" aria-keyshortcuts="/">'
        f"{as_html(text('search.key', language))}<kbd> /</kbd></a>"
    )


def _titled(page: str, language: str, waiting: int) -> str:
    title = text(f"pages.{page}.title", language)
    return text("ui.menus.waiting", language, title=title, count=waiting) if waiting and page == "upload" else title


def path_of(page: str, language: str, as_of: str, last: str = "") -> str:
    """Where a page stands, `Jämför › Förtroende`, as HTML; `last`: what of the page is shown (a region, a measure)."""
    group = next((name for name, pages in GROUPS.items() if page in pages), "")
    steps = [as_html(text(f"ui.menus.{group}", language))] if group else []
    title = as_html(text(f"pages.{page}.title", language))
    if last:
        steps += [f'<a href="{as_html(address_of(page, language, as_of))}">{title}</a>', as_html(last)]
    else:
        steps.append(title)
    items = "".join(
        f'<li aria-current="page">{step}</li>' if step is steps[-1] else f"<li>{step}</li>" for step in steps
    )
    return f'<nav class="path" aria-label="{as_html(text("ui.menus.path", language))}"><ol>{items}</ol></nav>'


def _regions(region: str, language: str, as_of: str, group: Sequence[str]) -> list[Item]:
    """The group's regions, then the others by name, each on the way to its profile."""
    known = catalogue().regions
    others = (code for code in catalogue().codes_by_name if code not in group)
    return [
        Item(known[code].short_name, address_of("profile", language, as_of, region=code), code == region)
        for code in (*group, *others)
    ]


def _menu(title: str, items: Sequence[Item]) -> str:
    current = ' class="current"' if any(item.current for item in items) else ""
    return f"<li><details{current}><summary>{as_html(title)}</summary>{_items(items)}</details></li>"


def _list(title: str, items: Sequence[Item]) -> str:
    return f"<h2>{as_html(title)}</h2>{_items(items)}"


def _items(items: Sequence[Item]) -> str:
    lines = [
        f'<li><a href="{as_html(item.address)}"{current}>{as_html(item.title)}</a></li>'
        for item in items
        for current in [' aria-current="page"' if item.current else ""]
    ]
    return f"<ul>{''.join(lines)}</ul>"
