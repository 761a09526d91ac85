"""Years in two digits, as Excel writes a month: `jan-24`."""

import re
from collections.abc import Collection
from typing import Final

from indicators import tidy_name

MONTHS: Final = (
    "januari|february|februari|january|mars|march|april|juni|june|juli|july|augusti|august|september|oktober|october|"
    "november|december|jan|feb|mar|apr|maj|may|jun|jul|aug|sept|sep|okt|oct|nov|dec"
)
_SHORT_YEAR: Final = re.compile(rf"((?:{MONTHS})\.?|(?:kv|q|kvartal)[ .]*[1-4])[ ]?[- '’´]([1-3]\d)")


def with_century(text: str) -> str:
    """A month or quarter with its year in two digits, as Excel writes a month, with all four; other texts as they are.
    The year must come last and be past any day of a month's first nine: `24-jan` and `jan-01` can be days.

    >>> with_century("jan-24"), with_century("Kv 2 -24"), with_century("24-jan"), with_century("jan-01")
    ('jan 2024', 'kv 2 2024', '24-jan', 'jan-01')
    """
    match = _SHORT_YEAR.fullmatch(tidy_name(text))
    return f"{match[1]} 20{match[2]}" if match else text


def is_short(text: str) -> bool:
    """A month or quarter with its year in two digits."""
    return with_century(text) != text


def are_days(texts: Collection[str]) -> bool:
    """Whether `jan-15` … are days of the months rather than months of years: more numbers than months.

    >>> are_days(["jan-24", "feb-24", "jan-25"]), are_days(["jan-14", "jan-15"])
    (False, True)
    """
    found = [match for text in texts if (match := _SHORT_YEAR.fullmatch(tidy_name(text)))]
    return len({match[2] for match in found}) > len({match[1] for match in found})
