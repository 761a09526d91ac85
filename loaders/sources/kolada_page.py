"""One page of Kolada's answer, and many of them as one document.

Numbers keep their printed form, so that what is stored is what Kolada said. The merged document is the same bytes
whenever the answers say the same, however they were cut into pages and in whatever order: a second fetch without news
is then a repeat. The moment of fetching is therefore not in it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from loaders.formats.json_tree import read_json
from loaders.sources.asked import FetchFailed
from loaders.tables.document import Unreadable

_KEY: Final = ("kpi", "municipality", "period")


class _Printed(str):
    """A number as it was printed."""

    __slots__ = ()


@dataclass(frozen=True)
class Page:
    """`entries`: objects that at least say which kpi, municipality and period they are about."""

    entries: list[dict[str, Any]]
    count: int | None
    next_url: str | None


def read_page(body: bytes, host: str) -> Page:
    """A page's entries. Raises FetchFailed for anything that is not JSON, or not an answer of Kolada's."""
    try:
        read_json(body)
        tree = json.loads(body, parse_float=_Printed, parse_int=_Printed)
    except (Unreadable, ValueError) as error:
        raise FetchFailed("not_json", host=host) from error
    entries = tree.get("values") if isinstance(tree, dict) else None
    if not isinstance(entries, list) or not all(_says_what(entry) for entry in entries):
        raise FetchFailed("wrong_shape", host=host)
    count, next_url = tree.get("count"), tree.get("next_url")
    if next_url is not None and (not isinstance(next_url, str) or isinstance(next_url, _Printed)):
        raise FetchFailed("wrong_shape", host=host)
    return Page(entries, int(count) if isinstance(count, _Printed) and count.isdecimal() else None, next_url or None)


def _says_what(entry: Any) -> bool:
    return isinstance(entry, dict) and all(isinstance(entry.get(name), str) for name in _KEY)


def is_whole(pages: list[Page]) -> bool:
    """Whether each page holds as many entries as it counts, or all of them as many as each counts. (Whether `count`
    is the page's or the whole answer's is not documented.)"""
    total = sum(len(page.entries) for page in pages)
    return all(page.count in (None, len(page.entries), total) for page in pages)


def merged(source: str, entries: Iterable[dict[str, Any]]) -> bytes:
    """One document in the shape of the API (v3), an entry to a line, in the order of kpi, municipality and period. An
    entry that two pages repeat to the letter stands once; two that differ both stay, for the checks to refuse."""
    lines = {_written(_in_order(entry)): tuple(str(entry[name]) for name in _KEY) for entry in entries}
    listed = ",\n  ".join(sorted(lines, key=lambda line: (lines[line], line)))
    return f'{{\n "source": {_written(source)},\n "values": [\n  {listed}\n ]\n}}\n'.encode()


def _in_order(entry: dict[str, Any]) -> dict[str, Any]:
    figures = entry.get("values")
    return {**entry, "values": sorted(figures, key=_written)} if isinstance(figures, list) else entry


def _written(tree: Any) -> str:
    """JSON with its keys in order and its numbers as they were printed."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{_written(key)}: {_written(tree[key])}" for key in sorted(tree)) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(_written, tree)) + "]"
    return str(tree) if isinstance(tree, _Printed) else json.dumps(tree, ensure_ascii=False)
