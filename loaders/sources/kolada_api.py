"""Figures from Kolada's API, v3, as a file like any other: the same check, screening and publishing follow.

`GET {base}/data/kpi/{kpi,…}/municipality/{id,…}[/year/{year,…}]` answers `{count, values: [{kpi, municipality, period,
values: [{gender, count, status, value, isdeleted}]}], next_url}`; no list may be longer than 25. Sources: the API's own
description (https://api.kolada.se/v3/docs), domain §4D, and clients that use it (github.com/isakskogstad/Kolada-MCP).
Kolada asks to be named as the source: "Källa: Kolada" stands in every fetched document.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Final

from indicators import catalogue
from loaders.sources.asked import FetchFailed, checked_years, kolada_ids
from loaders.sources.http_pages import Pages, Patience
from loaders.sources.kolada_page import Page, is_whole, merged, read_page
from locales.numbers import STOCKHOLM
from models import settings

LONGEST_LIST: Final = 25  # ids or years in one address
MOST_PAGES: Final = 200
_NAMED: Final = 3  # indicators spelled out in a file name

Progress = Callable[[int, int], None]
"""Told after each page: pages and entries so far."""


@dataclass(frozen=True)
class Fetched:
    """One JSON document in Kolada's shape. `name` carries the day of fetching, the bytes do not."""

    name: str
    content: bytes = field(repr=False)
    urls: tuple[str, ...] = ()
    pages: int = 0
    entries: int = 0


def fetch(
    indicators: Sequence[str],
    *,
    years: Iterable[int] | None = None,
    base_url: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    patience: Patience | None = None,
) -> Fetched:
    """What Kolada publishes of the indicators (the catalogue's ids or Kolada's) for the 21 regions and Riket, of the
    years or of all. `base_url`: else DASHBOARD_KOLADA_URL. Raises FetchFailed; nothing is stored in any case."""
    base = (base_url or settings().kolada_url).rstrip("/")
    kpis, wanted = kolada_ids(indicators), None if years is None else checked_years(years)
    urls = _addresses(base, kpis, wanted)
    fetched: list[Page] = []
    entries = 0
    with Pages(base, patience=patience or Patience(), limit_mb=settings().max_file_mb, cancelled=cancelled) as server:
        for url in urls:
            answer: list[Page] = []
            for page in _answer(server, url, base, MOST_PAGES - len(fetched)):
                answer.append(page)
                entries += len(page.entries)
                if progress:
                    progress(len(fetched) + len(answer), entries)
            if not is_whole(answer):
                raise FetchFailed("cut_short", host=_host(base))
            fetched += answer
    return _as_file(base, kpis, wanted, urls, fetched)


def _addresses(base: str, kpis: list[str], years: list[int] | None) -> list[str]:
    places = ",".join(region.kolada_id for region in catalogue().regions.values())
    when = [""] if years is None else [f"/year/{part}" for part in _lists(list(map(str, years)))]
    return [f"{base}/data/kpi/{part}/municipality/{places}{period}" for part, period in product(_lists(kpis), when)]


def _lists(each: list[str]) -> list[str]:
    """Comma-separated lists, none longer than the API takes."""
    return [",".join(each[first : first + LONGEST_LIST]) for first in range(0, len(each), LONGEST_LIST)]


def _answer(server: Pages, url: str, base: str, most: int) -> Iterator[Page]:
    """The pages of one question. `next_url` never leads to another server, in a circle or on without end."""
    seen: set[str] = set()
    following: str | None = url
    while following:
        address = str(server.own_address(following))
        if address in seen:
            raise FetchFailed("circle", host=_host(base))
        if len(seen) == most:
            raise FetchFailed("too_many_pages", limit=MOST_PAGES)
        seen.add(address)
        page = read_page(server.get(address), _host(base))
        yield page
        following = page.next_url


def _as_file(base: str, kpis: list[str], years: list[int] | None, urls: list[str], pages: list[Page]) -> Fetched:
    entries = [entry for page in pages for entry in page.entries]
    if not entries:
        raise FetchFailed("nothing", host=_host(base))
    other = {entry["kpi"] for entry in entries} - set(kpis)
    if years is not None:
        other |= {entry["period"] for entry in entries} - set(map(str, years))
    if other:
        raise FetchFailed("not_asked", host=_host(base), found=", ".join(sorted(other)[:_NAMED]))
    named = "_".join(kpis) if len(kpis) <= _NAMED else f"{len(kpis)}_nyckeltal"
    name = f"kolada_{named}_{datetime.now(STOCKHOLM):%Y-%m-%d}.json"
    return Fetched(name, merged(f"Källa: Kolada, {base}", entries), tuple(urls), len(pages), len(entries))


def _host(base: str) -> str:
    return base.split("://", 1)[-1].split("/", 1)[0]
