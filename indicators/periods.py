"""Periods: what stretch of time a figure is about, in every form the publishers print.

A half-year (`2018-H2`) is a spring or autumn *measurement* of about one month's volume in Vården i siffror, not a
half-year total: its own kind, never summed with months. `latest` means latest end; on the same end a month goes
before a half-year measurement, which goes before a year (design §4).
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from locales import text
from locales.numbers import format_date, month_name

KINDS: Final = ("day", "week", "month", "quarter", "half_year", "year")
"""From the shortest to the longest; the order settles which of two periods with the same end is the latest."""

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "mars march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}


@dataclass(frozen=True)
class Period:
    """A stretch of time with the key it is stored under (`2020`, `2018-H2`, `2017-10`, `2020-Q1`, `2024-W12`)."""

    key: str
    kind: str
    start: date
    end: date

    @property
    def recency(self) -> tuple[date, int]:
        """Sort key: the largest is the latest period."""
        return (self.end, -KINDS.index(self.kind))


def _year(year: int) -> Period:
    return Period(f"{year}", "year", date(year, 1, 1), date(year, 12, 31))


def _half(year: int, half: int) -> Period:
    start, end = (date(year, 1, 1), date(year, 6, 30)) if half == 1 else (date(year, 7, 1), date(year, 12, 31))
    return Period(f"{year}-H{half}", "half_year", start, end)


def _quarter(year: int, quarter: int) -> Period:
    month = quarter * 3
    end = date(year, month, calendar.monthrange(year, month)[1])
    return Period(f"{year}-Q{quarter}", "quarter", date(year, month - 2, 1), end)


def _month(year: int, month: int) -> Period:
    end = date(year, month, calendar.monthrange(year, month)[1])
    return Period(f"{year}-{month:02d}", "month", date(year, month, 1), end)


def _week(year: int, week: int) -> Period | None:
    try:
        start = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return Period(f"{year}-W{week:02d}", "week", start, start + timedelta(days=6))


def _day(year: int, month: int, day: int) -> Period | None:
    try:
        at = date(year, month, day)
    except ValueError:
        return None
    return Period(at.isoformat(), "day", at, at)


def enclosing(key: str, *, half_years: bool = False) -> str | None:
    """The period whose total this one is a part of, or None: month ⊂ quarter ⊂ year. Weeks and days nest in nothing. A
    half-year is a measurement, and part of no sum, unless `half_years` says that it is a total.

    >>> enclosing("2017-10"), enclosing("2017-Q4"), enclosing("2017-Q4", half_years=True), enclosing("2017-H2")
    ('2017-Q4', '2017', '2017-H2', None)
    """
    period = period_of(key)
    year, quarter = period.start.year, (period.start.month + 2) // 3
    if period.kind == "month":
        return _quarter(year, quarter).key
    if period.kind == "quarter":
        return _half(year, (quarter + 1) // 2).key if half_years else _year(year).key
    return _year(year).key if period.kind == "half_year" and half_years else None


def parts_of(key: str, *, half_years: bool = False) -> tuple[str, ...]:
    """The periods that `enclosing` puts straight into this one.

    >>> parts_of("2017-Q4"), parts_of("2017"), parts_of("2017", half_years=True), parts_of("2017-W12")
    (('2017-10', '2017-11', '2017-12'), ('2017-Q1', '2017-Q2', '2017-Q3', '2017-Q4'), ('2017-H1', '2017-H2'), ())
    """
    period = period_of(key)
    year = period.start.year
    if period.kind == "quarter":
        return tuple(_month(year, period.start.month + more).key for more in range(3))
    if period.kind == "half_year" and half_years:
        return tuple(_quarter(year, (period.start.month + 2) // 3 + more).key for more in range(2))
    if period.kind != "year":
        return ()
    if half_years:
        return tuple(_half(year, half).key for half in (1, 2))
    return tuple(_quarter(year, quarter).key for quarter in range(1, 5))


_Y: Final = r"(?P<y>(?:19|20)\d\d)"
_M: Final = r"(?P<m>0?[1-9]|1[0-2])"
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_Y}(?:\.0)?",
        rf"(?:år|helår) {_Y}",
        rf"{_Y}[ -]?h(?P<h>[12])",
        rf"h(?P<h>[12])[ -]{_Y}",
        rf"{_Y}[ -]?(?:q|kv|kvartal)[ .]*(?P<q>[1-4])",
        rf"(?:q|kv|kvartal)[ .]*(?P<q>[1-4])[ -]{_Y}",
        rf"{_Y}[ -]?(?:w|v|vecka)[ .]*(?P<w>\d\d?)",
        rf"(?:w|v|vecka)[ .]*(?P<w>\d\d?)[ ,-]+{_Y}",
        rf"{_Y}[-/.]{_M}",
        rf"{_Y}(?P<m>0[1-9]|1[0-2])",
        rf"{_M}[-/.]{_Y}",
        rf"{_Y}-(?P<m>\d\d)-(?P<d>\d\d)(?:[ t]00:00:00)?",
        rf"{_Y}[ -](?P<name>[a-z]{{1,20}})\.?",
        rf"(?P<name>[a-z]{{1,20}})\.?[ -]{_Y}",
    )
)


def parse_period(printed: str) -> Period | None:
    """The period a publisher's text means, or None where it means none we know. Nothing is guessed: two-digit years,
    ranges and bare month names give None.

    >>> [p.key for t in ("2018 H2", "2017 oktober", "202003", "Kv1 2020", "v. 12 2024") if (p := parse_period(t))]
    ['2018-H2', '2017-10', '2020-03', '2020-Q1', '2024-W12']
    """
    tidy = " ".join(unicodedata.normalize("NFKC", printed).casefold().replace("–", "-").split())
    for pattern in _PATTERNS:
        if not (match := pattern.fullmatch(tidy)):
            continue
        part = match.groupdict()
        year = int(part["y"])
        if part.get("h"):
            return _half(year, int(part["h"]))
        if part.get("q"):
            return _quarter(year, int(part["q"]))
        if part.get("w"):
            return _week(year, int(part["w"]))
        if part.get("d"):
            return _day(year, int(part["m"]), int(part["d"]))
        if part.get("name"):
            month = _MONTHS.get(part["name"])
            return _month(year, month) if month else None
        if part.get("m"):
            return _month(year, int(part["m"]))
        return _year(year)
    return None


@lru_cache(maxsize=65_536)
def period_of(key: str) -> Period:
    """The period stored under `key`. ValueError for a key no period has. Remembered: asked for every row of a file."""
    period = parse_period(key)
    if period is None or period.key != key:
        raise ValueError(key)
    return period


def period_label(key: str, language: str = "sv") -> str:
    """How a reader says the period: `2020`, `oktober 2017`, `kvartal 1 2020`, `vecka 12 2024`.

    >>> period_label("2017-10"), period_label("2018-H2"), period_label("2018-H2", "en")
    ('oktober 2017', 'hösten 2018 (mätning)', 'autumn 2018 (survey)')
    """
    period = period_of(key)
    year, rest = key[:4], key[5:]
    if period.kind == "month":
        return text("periods.month", language, name=month_name(int(rest), language), year=year)
    if period.kind == "half_year":
        return text(f"periods.{rest.lower()}", language, year=year)
    if period.kind == "quarter":
        return text("periods.quarter", language, number=rest[1], year=year)
    if period.kind == "week":
        return text("periods.week", language, number=int(rest[1:]), year=year)
    return format_date(period.start, language) if period.kind == "day" else key
