"""Numbers, dates and names as a Swedish or English reader expects them.

One rounding function for screen, tooltip, file and JSON: half away from zero, as Excel shows it (66.5 → 67;
Python and polars give 66).
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import floor, log10
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date as babel_date
from babel.dates import format_datetime as babel_datetime
from babel.dates import get_month_names
from babel.numbers import format_decimal

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
MINUS: Final = "\N{MINUS SIGN}"
NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_LOCALE: Final = {"sv": "sv_SE", "en": "en_GB"}
_SPACES: Final = "\u0020\u00a0\u2007\u2009\u202f"
_PRINTED: Final = re.compile(rf"([-{MINUS}]?)(\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+)(?:[.,](\d+))?(\s?%)?")
_MOST_DIGITS: Final = 15  # all that a float keeps
_ALPHABET: Final = {letter: place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyzåäö")}


def round_half_up(value: float, decimals: int = 0) -> float:
    """Round the shortest decimal form of `value` half away from zero.

    >>> round_half_up(66.5), round_half_up(0.125, 2), round_half_up(-2.5), round_half_up(62.85, 1)
    (67.0, 0.13, -3.0, 62.9)
    """
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


@lru_cache(maxsize=20_000)  # a tenth of a millisecond each, and a report says the same few over and over
def format_number(value: float, decimals: int = 0, language: str = "sv") -> str:
    """A number with the language's decimal sign and thousands separator, no unit.

    >>> format_number(1234567), format_number(62.85, 1), format_number(-4.7, 1, "en")
    ('1\\xa0234\\xa0567', '62,9', '−4.7')
    """
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = round_half_up(value, decimals) + 0.0
    shown: str = format_decimal(Decimal(repr(rounded)), format=pattern, locale=_LOCALE[language])
    return shown.replace("-", MINUS)


def format_significant(value: float, digits: int, language: str = "sv") -> str:
    """A number with so many significant digits, whole ones at least, and no zeros at its end.

    >>> [format_significant(value, 5) for value in (2.847234429, 0.0234567891, -12.6, 1000.4, 248480.0, 0.0)]
    ['2,8472', '0,023457', '−12,6', '1\\xa0000,4', '248\\xa0480', '0']
    """
    decimals = max(digits - 1 - floor(log10(abs(value))), 0) if value else 0
    places = Decimal(repr(round_half_up(value, decimals))).normalize().as_tuple().exponent
    return format_number(value, max(-int(places), 0), language)


def format_printed(printed: str, language: str = "sv") -> str:
    """A number as some cell prints it, as a reader of `language` expects it, with the decimals it has; any other text
    as it is.

    >>> [format_printed(text) for text in ("75.2", "-7604", "0.630", "62.9 %", "2:31", "<5")]
    ['75,2', '−7\\xa0604', '0,630', '62,9\\xa0%', '2:31', '<5']
    """
    match = _PRINTED.fullmatch(printed.strip())
    if not match:
        return printed
    sign, whole, rest, percent = match.groups()
    digits, decimals = "".join(filter(str.isdigit, whole)), rest or ""
    if len(digits) + len(decimals) > _MOST_DIGITS:
        return printed
    number = float(f"{'-' if sign else ''}{digits}.{decimals or '0'}")
    if percent:
        return format_value(number, "percent", len(decimals), language)
    return format_number(number, len(decimals), language)


def format_value(value: float | None, unit: str, decimals: int = 0, language: str = "sv") -> str:
    """A value with its unit: `63,4 %`, `87` (index), `12 345`, `2:31` (seconds as m:ss, from an hour on as
    h:mm:ss). No value gives an en dash.

    >>> format_value(63.44, "percent", 1), format_value(151, "seconds"), format_value(None, "percent")
    ('63,4\\xa0%', '2:31', '–')
    >>> format_value(3599, "seconds"), format_value(3751, "seconds"), format_value(-3600, "seconds")
    ('59:59', '1:02:31', '−1:00:00')
    """
    if value is None:
        return "–"
    if unit == "seconds":
        minutes, seconds = divmod(round(round_half_up(abs(value))), 60)
        hours, rest = divmod(minutes, 60)
        clock = f"{hours}:{rest:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
        return f"{MINUS if value < 0 and (minutes or seconds) else ''}{clock}"
    number = format_number(value, decimals, language)
    if unit == "percent":
        return f"{number}{NO_BREAK}%" if language == "sv" else f"{number}%"
    return number


def format_date(day: date, language: str = "sv") -> str:
    """A day in words: `1 mars 2026`, `1 March 2026`."""
    return babel_date(day, format="d MMMM y", locale=_LOCALE[language])


def format_moment(moment: datetime, language: str = "sv") -> str:
    """A moment in Swedish time: `1 mars 2026 14:05`. Naive moments are taken as UTC, as the store keeps them."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))
    return babel_datetime(aware.astimezone(STOCKHOLM), format="d MMMM y HH:mm", locale=_LOCALE[language])


def month_name(month: int, language: str = "sv") -> str:
    """A month's name standing alone: `oktober`, `October`."""
    return str(get_month_names("wide", context="stand-alone", locale=_LOCALE[language])[month])


def swedish_order(name: str) -> tuple[int, ...]:
    """Sort key with Å, Ä, Ö after Z, as Swedish readers expect; code point order puts Ä before Å.

    >>> sorted(["Örebro", "Ängelholm", "Åre", "Zinkgruvan"], key=swedish_order)
    ['Zinkgruvan', 'Åre', 'Ängelholm', 'Örebro']
    """
    return tuple(_ALPHABET.get(letter, ord(letter) - 1000) for letter in name.casefold())
