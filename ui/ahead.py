"""What a page has found, sent ahead of the page: in the first HTML, while the browser still starts Streamlit.

A page's finding hangs on its address alone, for a reader who comes by that address. So what was found for the last
reader who came by it holds for the next, as long as nothing it rests on has changed: it is never made here, and nobody
waits for it. Pages that need a permission are never sent ahead.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import parse_qsl

from analysis.moments import today_in_sweden
from models import Store, StoreRefused, settings
from ui.menu import NEEDS
from ui.stores import store

_MOST: Final = 2000  # addresses, of one to two kilobytes each
_FOUND: OrderedDict[tuple[str, frozenset[tuple[str, str]]], tuple[object, "Ahead"]] = OrderedDict()


@dataclass(frozen=True)
class Ahead:
    """What stands at the top of a page: the browser tab's title, the headline; the page's path and the sentences under
    the headline as HTML."""

    title: str
    headline: str
    path: str
    under: str


def _standing(opened: Store) -> tuple[str, object, date, int, int, str]:
    """Everything a finding rests on beside its address."""
    chosen = settings()
    shown = (chosen.hide_below, chosen.uncertain_below, chosen.language)
    return (opened.url, opened.versions(), today_in_sweden(), *shown)


def remember(opened: Store, page: str, asked: Mapping[str, str], found: Ahead) -> None:
    """What a page found for a reader who came by this address (`asked`: its choices)."""
    if page in NEEDS:
        return
    key = (page, frozenset(asked.items()))
    _FOUND[key] = (_standing(opened), found)
    _FOUND.move_to_end(key)
    while len(_FOUND) > _MOST:
        _FOUND.popitem(last=False)


def words(page: str, query: str) -> Ahead | None:
    """What a page has found for this address, if somebody has come by it since anything it rests on changed."""
    kept = _FOUND.get((page, frozenset(parse_qsl(query))))
    if kept is None:
        return None
    try:
        return kept[1] if kept[0] == _standing(store()) else None
    except StoreRefused:  # the page says why
        return None
