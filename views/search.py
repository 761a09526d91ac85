"""Search: pages, indicators with their questions' wordings and older names, regions, care units and municipalities.

Answers are views, never generated text. A word is found though it is typed without its dots, or with a slip.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import polars as pl
from rapidfuzz import fuzz, process

from analysis.records import current_records
from indicators import catalogue
from locales import text
from views.area_pages import page_of
from views.parts import Reader

KINDS: Final = ("page", "indicator", "region", "unit", "municipality")
MOST: Final = 8  # of a kind; more than that is a list nobody reads
_ALIKE: Final = 80  # per cent of the letters, for a slip in a word
_SHORTEST: Final = 4  # letters; shorter words are found as they stand or as a beginning
_FOLDED: Final = str.maketrans("åäöéü", "aaoeu")
_TITLE: Final = 100
_WORDING: Final = 60


class Entry(NamedTuple):
    """Something to find. `kind` of KINDS; `more`: a line under the title; `words`: other texts it is found by;
    `address` within the pages."""

    kind: str
    title: str
    more: str
    words: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class Found:
    """The best answers of a kind, best first, and how many there are in all."""

    kind: str
    entries: tuple[Entry, ...]
    count: int


def entries(reader: Reader, pages: Sequence[str]) -> tuple[Entry, ...]:
    """Everything a reader of these pages can find. Care units of example data are left out: they do not exist."""
    return (*_pages(reader, pages), *_indicators(reader), *_regions(reader), *_units(reader))


def search(known: Sequence[Entry], asked: str) -> tuple[Found, ...]:
    """The entries that have every asked word, by kind; none for nothing asked."""
    terms = _terms(asked)
    if not terms:
        return ()
    found: dict[str, list[tuple[float, int]]] = defaultdict(list)
    index = _index(known)
    scores = [_matching(term, index) for term in terms]
    for place in set.intersection(*(set(score) for score in scores)):
        found[known[place].kind].append((-sum(score[place] for score in scores), place))
    return tuple(
        Found(kind, tuple(known[place] for _, place in sorted(found[kind])[:MOST]), len(found[kind]))
        for kind in KINDS
        if found[kind]
    )


def folded(words: str) -> str:
    """As words are compared: small letters without dots.

    >>> folded("Östergötland")
    'ostergotland'
    """
    return words.casefold().translate(_FOLDED)


def _terms(words: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in folded(words)).split()


def _index(known: Sequence[Entry]) -> dict[str, dict[int, int]]:
    """Word → the entries that have it and how much it counts there: in a title, or in another wording."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for place, entry in enumerate(known):
        for weight, texts in ((_WORDING, (entry.more, *entry.words)), (_TITLE, (entry.title,))):
            for term in (term for each in texts for term in _terms(each)):
                found[term][place] = max(weight, found[term].get(place, 0))
    return found


def _matching(term: str, index: dict[str, dict[int, int]]) -> dict[int, float]:
    """The entries that have the word, one that begins with it or holds it, or one that differs by a slip."""
    alike = {word: share for word in index if (share := _holds(word, term))}
    if len(term) >= _SHORTEST:
        for word, share, _ in process.extract(term, list(index), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=12):
            alike.setdefault(word, 0.6 * share / 100)
    found: dict[int, float] = {}
    for word, share in alike.items():
        for place, weight in index[word].items():
            found[place] = max(found.get(place, 0.0), share * weight)
    return found


def _holds(word: str, term: str) -> float:
    """How well a word answers the asked one: the same, its beginning, a part of it; 0 for not at all."""
    if word == term:
        return 1.0
    if word.startswith(term):
        return 0.9
    return 0.7 if len(term) >= _SHORTEST and term in word else 0.0


def _pages(reader: Reader, pages: Sequence[str]) -> Iterable[Entry]:
    for page in pages:
        title, purpose = (text(f"pages.{page}.{key}", reader.language) for key in ("title", "purpose"))
        yield Entry("page", title, purpose, (), reader.link(page))


def _indicators(reader: Reader) -> Iterable[Entry]:
    known = catalogue()
    for one in known.measured.values():
        before = known.indicators[one.predecessor.id].title.in_language(reader.language) if one.predecessor else ""
        words = (
            one.short_title.in_language(reader.language),
            one.title.sv,
            one.title.en,
            one.id,
            before,
            *one.synonyms,
        )
        page = page_of(one) or "indicator"
        yield Entry(
            "indicator",
            one.title.in_language(reader.language),
            one.question_sv,
            words,
            reader.link(page, indicator=one.id),
        )


def _regions(reader: Reader) -> Iterable[Entry]:
    for code in catalogue().region_codes:
        region = catalogue().regions[code]
        words = (region.short_name, code, *region.synonyms)
        yield Entry("region", region.name, "", words, reader.link("profile", region=code))


def _units(reader: Reader) -> Iterable[Entry]:
    units = current_records(reader.store, "care_unit", as_of=reader.as_of).filter(~pl.col("synthetic"))
    regions = catalogue().regions
    for row in units.sort("name").iter_rows(named=True):
        place = ", ".join(part for part in (row["municipality"], regions[row["region"]].short_name) if part)
        address = reader.link("supply", part="matrix", region=row["region"], unit=row["unit"])
        yield Entry("unit", row["name"], place, (row["unit"],), address)
    for region, name in sorted(set(units.select("region", "municipality").iter_rows())):
        if name:
            address = reader.link("supply", part="within", region=region, by="municipality")
            yield Entry("municipality", name, regions[region].name, (), address)
