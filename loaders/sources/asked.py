"""What a person asks Kolada for: indicators of the catalogue, and years; and why nothing came of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from analysis.choices import chosen_indicator
from indicators import Indicator, catalogue
from locales.refused import RefusedFor

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
_YEARS: Final = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")
_USAGE: Final = ("no_indicators", "not_in_kolada", "years")


def in_kolada() -> dict[str, Indicator]:
    """The catalogue's indicators that Kolada publishes, by the catalogue's id."""
    return {each.id: each for each in catalogue().indicators.values() if each.publisher_ids.kolada}


def kolada_ids(indicators: Sequence[str]) -> list[str]:
    """Kolada's ids, sorted, of indicators named by the catalogue's id or by Kolada's own. Raises UnknownChoice
    or FetchFailed.

    >>> kolada_ids(["trust_overall", "U70446", "u70447"])
    ['U70446', 'U70447']
    """
    by_id = in_kolada()
    own = {kpi for each in by_id.values() for kpi in each.publisher_ids.kolada}
    found: set[str] = set()
    for asked in (each.strip() for each in indicators):
        if asked.upper() in own:
            found.add(asked.upper())
        elif asked in by_id:
            found.update(by_id[asked].publisher_ids.kolada)
        else:
            raise FetchFailed("not_in_kolada", indicator=chosen_indicator(asked).id)
    if not found:
        raise FetchFailed("no_indicators")
    return sorted(found)


def years_of(printed: str) -> list[int]:
    """The years of `2016-2023` or `2016, 2018-2020`, sorted. Raises FetchFailed.

    >>> years_of("2021, 2016–2018")
    [2016, 2017, 2018, 2021]
    """
    years: list[int] = []
    for part in printed.split(","):
        match = _YEARS.fullmatch(part.strip())
        if match is None:
            raise FetchFailed("years", found=printed)
        first, last = int(match[1]), int(match[2] or match[1])
        if first > last:
            raise FetchFailed("years", found=printed)
        years += range(first, last + 1)
    return checked_years(years)


def checked_years(years: Iterable[int]) -> list[int]:
    """The years in order, each once. Raises FetchFailed for none, or one that no publisher can have."""
    asked = sorted(set(years))
    if not asked or asked[0] < FIRST_YEAR or asked[-1] > LAST_YEAR:
        raise FetchFailed("years", found=", ".join(map(str, asked)))
    return asked


class FetchFailed(RefusedFor):
    """Nothing was fetched and nothing was stored. Wrong usage: nobody was asked anything."""

    texts = "fetching.failed"

    def __init__(self, reason: str, /, **values: object) -> None:
        super().__init__(reason, **values)
        self.wrong_usage = reason in _USAGE
