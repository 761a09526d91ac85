"""Which indicator does a table's title name? Only a title that is an indicator's name and nothing more is taken: years,
units and filler words may stand beside it, any other word may change what was asked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from indicators import Catalogue, Indicator, tidy_name

_FILLER: Final = frozenset(
    """andel andelen procent percent index nki antal per region regioner regionerna landsting län och i för år riket
    tabell diagram figur kvartal månad månader vecka veckor halvår jan feb mar apr maj jun jul aug sep sept okt nov dec
    januari februari mars april juni juli augusti september oktober november december kolada skr skl källa id samtliga
    alla efter fördelat på by and region's share year hela h1 h2 kv1 kv2 kv3 kv4 total totalt sekunder
    minuter:sekunder mm:ss""".split()  # noqa: SIM905 (a list of words is read as words)
)
_WORD: Final = re.compile(r"[^\W\d_][\w:']*")
_PERCENT: Final = re.compile(r"%|\b(?:procent|percent)\b")
_SHARE: Final = re.compile(r"%|\b(?:andel(?:en)?|procent|percent|share)\b")
"""Beside a count's name these say another thing: the share of calls abandoned is not how many they are."""


@dataclass(frozen=True)
class NamedTable:
    """The indicators a table's title lines name (one, where all is well), and the unit printed there, if any."""

    indicators: tuple[str, ...]
    unit: str
    row: int
    col: int


def names_of(indicator: Indicator) -> frozenset[str]:
    """Every name an indicator goes by, tidied: ours, short and long, both languages, and the publishers'."""
    title, short, printed = indicator.title, indicator.short_title, indicator.publisher_ids
    own = (indicator.id, title.sv, title.en, short.sv, short.en)
    return _tidied((*own, *indicator.synonyms, *printed.kolada, *printed.vardenisiffror, *printed.skr))


@cache  # asked for every line of every title and footnote
def _tidied(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(tidy_name(name) for name in names)


def _rest_says_nothing(rest: str) -> bool:
    return all(word in _FILLER for word in _WORD.findall(rest))


def indicators_in(line: str, known: Catalogue) -> tuple[set[str], str]:
    """(ids whose name the line is, the unit printed beside it). The longest name wins; a shared one gives both ids."""
    tidy, best, unit = tidy_name(line), 0, ""
    found: set[str] = set()
    for indicator in known.measured.values():
        for name in names_of(indicator):
            if name not in tidy or len(name) < best:
                continue
            match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", tidy)
            if not match:
                continue
            rest = f"{tidy[: match.start()]} {tidy[match.end() :]}"
            # Publisher ids beside the title ("U70447") say nothing new when they are the same indicator's.
            for other in names_of(indicator):
                rest = re.sub(rf"(?<!\w){re.escape(other)}(?!\w)", " ", rest)
            if _rest_says_nothing(rest) and not (indicator.unit == "count" and _SHARE.search(rest)):
                found = {indicator.id} | (found if len(name) == best else set())
                best, unit = len(name), "%" if _PERCENT.search(rest) else ""
    return found, unit


def named_table(lines: Iterable[tuple[int, int, str]], known: Catalogue) -> NamedTable:
    """The indicator named by (row, col, text) title lines; the first line that names one settles the place."""
    ids: list[str] = []
    unit, place = "", (0, 0)
    for row, col, line in lines:
        found, printed = indicators_in(line, known)
        if found and not ids:
            place = (row, col)
        ids += sorted(found - set(ids))
        unit = unit or printed
    return NamedTable(tuple(ids), unit, *place)
