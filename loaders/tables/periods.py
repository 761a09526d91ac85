"""A printed period as the loaders take it: what `indicators.parse_period` knows, less what can be read in two ways."""

import re
from datetime import date
from typing import Final

from indicators import Period, parse_period

_FOOTNOTE: Final = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2089]")  # NFKC makes 2020 with footnote 12 into 202012
_TWO_YEARS: Final = re.compile(r"((?:19|20)\d\d)\s*[/\u2013\u2014]\s*(\d\d)")
_LOST_ZERO: Final = re.compile(r"(?:19|20)\d\d\.\d")  # a number cell shows October's 2019.10 and January's 2019.1 alike


def read_period(printed: str) -> Period | None:
    """The period, or None where there is none or more than one reading: `2011/12` may be two years or a December.

    >>> [read_period(text) for text in ("2011/12", "2010–11", "2020¹²", "2019.1")]
    [None, None, None, None]
    >>> [period.key for text in ("2020/03", "2011-12", "2019.10") if (period := read_period(text))]
    ['2020-03', '2011-12', '2019-10']
    """
    plain = printed.strip()
    years = _TWO_YEARS.fullmatch(plain)
    if years and int(years[2]) == (int(years[1]) + 1) % 100:
        return None
    if _FOOTNOTE.search(plain) or _LOST_ZERO.fullmatch(plain):
        return None
    return parse_period(plain)


FUTURE: Final = "future_period"
UNENDED: Final = "unended_period"


def not_over(start: date, end: date, today: date) -> str:
    """The rule that a period breaks on a day: FUTURE (an error) where it has not begun, UNENDED (a warning) where it
    has begun and not ended, else "".

    >>> day = date(2026, 11, 30)
    >>> [not_over(p.start, p.end, day) for t in ("2042", "2026", "2026-11", "2025") if (p := read_period(t))]
    ['future_period', 'unended_period', '', '']
    """
    if start > today:
        return FUTURE
    return UNENDED if end > today else ""
