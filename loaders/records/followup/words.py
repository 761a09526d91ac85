"""What an answer means: a status word, a day, and whether a responsible function looks like a person."""

import re
from datetime import date
from functools import cache
from typing import Final

from indicators import tidy_name
from locales import LANGUAGES, text
from locales.numbers import month_name
from models.records import REPLY_STATUSES

_ISO: Final = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ T]00:00(?::00)?)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_IN_WORDS: Final = re.compile(r"(?:den )?(\d{1,2})(?::?e|:?a|st|nd|rd|th)? ([a-zåäö]{3,})\.?,? (\d{4})")
_FIRST_YEAR: Final = 1900  # a day is read before it is judged: 1999 is a day, too early for most letters
_LAST_YEAR: Final = 2100
_NAME: Final = r"[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖÉ][a-zåäöéü]+)?"
_FULL_NAME: Final = re.compile(rf"\b{_NAME} {_NAME}\b")
_NO_NAME: Final = frozenset({
    "region", "regionen", "hälso", "norrbotten", "västerbotten", "västernorrland", "jämtland", "härjedalen",
    "gävleborg", "dalarna", "nämnden", "styrelsen", "vård", "digital", "norra", "södra", "östra", "västra",
    "norrlands", "the", "head", "chief", "director", "primary", "health", "county", "e-hälsa", "it",
})  # fmt: skip
"""First or second words, in lower case, of functions and bodies that are written with two capitals."""


@cache
def _statuses() -> dict[str, str]:
    told = {
        tidy_name(text(f"followup_form.statuses.{one}", language)): one
        for one in REPLY_STATUSES
        for language in LANGUAGES
    }
    return told | {tidy_name(one): one for one in REPLY_STATUSES}


def status_of(printed: str) -> str | None:
    """One of REPLY_STATUSES, by its word in either language."""
    return _statuses().get(tidy_name(printed))


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in LANGUAGES:
        for month in range(1, 13):
            whole = month_name(month, language).casefold()
            names |= {whole: month, whole[:3]: month}
    return names | {"sept": 9}


def day_of(printed: str) -> date | None:
    """A whole day, however it is written; None for anything else.

    >>> day_of("2021-10-04"), day_of("4 oktober 2021"), day_of("20211004") == day_of("4 Oct 2021") == date(2021, 10, 4)
    (datetime.date(2021, 10, 4), datetime.date(2021, 10, 4), True)
    >>> day_of("oktober 2021"), day_of("2021-02-30"), day_of("44473")
    (None, None, None)
    """
    tidy = " ".join(printed.casefold().split())
    if found := _ISO.fullmatch(tidy) or _COMPACT.fullmatch(tidy):
        return _day(*map(int, found.groups()))
    if (found := _IN_WORDS.fullmatch(tidy)) and found[2] in _months():
        return _day(int(found[3]), _months()[found[2]], int(found[1]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def looks_like_a_person(printed: str) -> bool:
    """Whether two words stand side by side as a person's names do. A function's name can look so too: a warning.

    >>> [looks_like_a_person(one) for one in ("Kim Ek", "Chef för primärvården", "Region Norrbotten")]
    [True, False, False]
    """
    pairs = [found.split(" ") for found in _FULL_NAME.findall(printed)]
    return any(not {word.casefold() for word in pair} & _NO_NAME for pair in pairs)
