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
