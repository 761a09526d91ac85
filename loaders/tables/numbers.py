"""A printed number → a float, in the indicator's unit, or the reason why not. Nothing is rounded or guessed."""

import math
import re
from decimal import Decimal
from typing import Final

from loaders.formats.child.number_format import DIFFERS
from loaders.tables.units import times

_SPACES: Final = "\u0020\u00a0\u2007\u2009\u202f"
_MINUS: Final = "[-\u2212]"
_PLAIN: Final = re.compile(rf"({_MINUS})?(\d+|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+)(?:[.,](\d+))?")
_EXPONENT: Final = re.compile(rf"{_MINUS}?\d(?:[.,]\d+)?[eE][+-]?\d{{1,3}}")
_LOST: Final = re.compile(rf"{_MINUS}?\d(?:[.,](\d+))?[eE]\+?(\d{{1,3}})")
THOUSANDS: Final = rf"^{_MINUS}?[1-9]\d{{0,2}}[.,]\d{{3}}$"
"""`12.000`, `1,234`: a number with three decimals or a whole one with a sign between its thousands."""
_CLOCK: Final = "(tt:mm)"
_LONGEST: Final = 60  # characters: no printed number is longer, and a cell can hold fifty million digits
_DURATION: Final = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d\d)(?:[.,](\d+))?")
LARGEST: Final = 1e15
"""Beyond this a float no longer holds every whole number, so what is stored would not be what was printed."""


def lost_digits(printed: str) -> bool:
    """Whether a power of ten stands where digits were: `1,23E+05` may have been any number from 122 500 to 123 500.

    >>> lost_digits("1,23E+05"), lost_digits("1.23456E+05"), lost_digits("1,5E-03"), lost_digits("123000")
    (True, False, False, False)
    """
    match = _LOST.fullmatch(printed.strip()[:_LONGEST])
    return match is not None and int(match[2]) > len(match[1] or "")


def parse_number(printed: str) -> float | None:
    """A number as publishers print it: decimal comma or point, groups of three parted by (no-break) spaces, − or -.

    >>> [parse_number(t) for t in ("63,4", "1 204", "−2.5", "12 34", "1.234.567", "<5", "NaN")]
    [63.4, 1204.0, -2.5, None, None, None, None]
    """
    tidy = printed.strip()
    if len(tidy) > _LONGEST:
        return None
    if _EXPONENT.fullmatch(tidy):
        number = float(tidy.replace(",", ".").replace("\u2212", "-"))
    elif match := _PLAIN.fullmatch(tidy):
        sign, whole, rest = match.groups()
        digits = re.sub(rf"[{_SPACES}]", "", whole)
        number = float(Decimal(f"{'-' if sign else ''}{digits}.{rest or '0'}"))
    else:
        return None
    return number if math.isfinite(number) and abs(number) <= LARGEST else None


def parse_duration(printed: str) -> float | None:
    """Seconds of `m:ss` or `h:mm:ss`.

    >>> parse_duration("2:31"), parse_duration("1:02:31"), parse_duration("2:75")
    (151.0, 3751.0, None)
    """
    match = _DURATION.fullmatch(printed.strip())
    if not match:
        return None
    hours, minutes, seconds, rest = match.groups()
    if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
        return None
    return float(Decimal(f"{int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)}.{rest or '0'}"))


def parse_value(printed: str, unit: str) -> tuple[float | None, str]:
    """(number, "") or (None, rule) for a value of an indicator measured in `unit` ("" where it is not known).

    >>> parse_value("63,4 %", "percent"), parse_value("63,4 %", "index"), parse_value("2:31", "seconds")
    ((63.4, ''), (None, 'unit_mismatch'), (151.0, ''))
    >>> parse_value("12.000", "count"), parse_value("2:31 (tt:mm)", "seconds")
    ((None, 'thousands_sign'), (None, 'hours_minutes'))
    >>> parse_value("2.5 min", "seconds"), parse_value("12 kr", "count"), parse_value("512 ≠ 512000", "count")
    ((150.0, ''), (None, 'not_a_number'), (None, 'shown_differs'))
    """
    tidy = printed.strip()
    if DIFFERS in tidy:
        return None, "shown_differs"
    if tidy.endswith(_CLOCK):  # 2:31 typed into Excel is two hours and a half, whatever was meant
        return None, "hours_minutes" if unit in ("", "seconds") else "unit_mismatch"
    if unit == "count" and re.match(THOUSANDS, tidy):
        return None, "thousands_sign"
    if tidy.endswith("%"):
        number = parse_number(tidy[:-1])
        if number is None:
            return None, "not_a_number"
        return (number, "") if unit in ("", "percent") else (None, "unit_mismatch")
    if ":" in tidy:
        seconds = parse_duration(tidy)
        if seconds is None:
            return None, "not_a_number"
        return (seconds, "") if unit in ("", "seconds") else (None, "unit_mismatch")
    number = parse_number(tidy)
    return (number, "") if number is not None else _with_word(tidy, unit)


def _with_word(tidy: str, unit: str) -> tuple[float | None, str]:
    """`2.5 min`, `5 214 st`, `512 tusen`: a number with its unit behind it."""
    if len(tidy) > _LONGEST:
        return None, "not_a_number"
    start = next((place for place, sign in enumerate(tidy) if sign.isalpha()), len(tidy))
    printed = tidy[:start].rstrip()
    number, by = parse_number(printed), times(tidy[start:], unit)
    if number is None or by is None or start == len(tidy):
        return None, "not_a_number"
    if unit == "count" and re.match(THOUSANDS, printed):
        return None, "thousands_sign"
    return float(Decimal(str(number)) * by), ""
