"""The unit a file prints beside its figures against the unit the indicator has."""

import re
from typing import Final

from indicators import tidy_name

_SHARES: Final = ("%", "procent", "andel (%)", "andel i %", "andel", "andel %", "percent", "andel (procent)")
_INDEXES: Final = ("index", "nki", "indexvärde", "index 0-100", "poäng")
_COUNTS: Final = (
    "antal",
    "st",
    "styck",
    "antal samtal",
    "antal besök",
    "antal inloggningar",
    "antal personer",
    "count",
)
_SECONDS: Final = ("sekunder", "sek", "s", "seconds", "mm:ss", "minuter:sekunder", "m:ss", "h:mm:ss", "hh:mm:ss")
_UNIT_OF: Final = {
    name: unit
    for unit, names in (("percent", _SHARES), ("index", _INDEXES), ("count", _COUNTS), ("seconds", _SECONDS))
    for name in names
}
_NOT_GIVEN: Final = ("", "-")
_COUNTED: Final = (
    "samtal",
    "besök",
    "inloggningar",
    "personer",
    "svar",
    "invånare",
    "calls",
    "visits",
    "people",
    "answers",
)
_TIMES: Final = {
    "seconds": {
        **dict.fromkeys(("min", "min.", "minut", "minuter", "minute", "minutes"), 60),
        **dict.fromkeys(("h", "tim", "tim.", "timme", "timmar", "hour", "hours"), 3_600),
    },
    "count": {
        **dict.fromkeys(_COUNTED, 1),
        **dict.fromkeys(("tusen", "tusental", "thousand", "thousands"), 1_000),
        **dict.fromkeys(("milj", "milj.", "miljon", "miljoner", "mn", "million", "millions"), 1_000_000),
    },
}
"""What a word behind a number makes of it, in the unit that the indicator has."""


def unit_agrees(printed: str, unit: str) -> bool:
    """Whether a printed unit can be the indicator's. Rates ("Antal per 1 000 inv"), minutes and shares of other things
    are units of their own and agree with none.

    >>> unit_agrees("Andel (%)", "percent"), unit_agrees("Antal per 1 000 inv", "count"), unit_agrees("%", "index")
    (True, False, False)
    """
    tidy = re.sub(r"\s+", " ", tidy_name(printed))
    if tidy in _NOT_GIVEN:
        return True
    found = _UNIT_OF.get(tidy)
    if found is None and unit == "count" and re.fullmatch(r"antal [a-zåäö0-9 -]+", tidy):
        return " per " not in tidy
    return found == unit


def times(word: str, unit: str) -> int | None:
    """What a number with this word behind it is to be multiplied by, in `unit` ("": any); None for a word that says
    another unit or nothing known.

    >>> times("min", "seconds"), times("st", "count"), times("tusen", "count"), times("min", "percent")
    (60, 1, 1000, None)
    """
    tidy = tidy_name(word)
    if not unit:
        return next((found for each in _UNITS if (found := times(word, each)) is not None), None)
    return _TIMES.get(unit, {}).get(tidy, 1 if _UNIT_OF.get(tidy) == unit else None)


_UNITS: Final = ("percent", "index", "count", "seconds")
