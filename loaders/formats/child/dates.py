"""A serial number with a date's or time's format → the text a person sees, in ISO's order."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from .cell_text import number_text
from .number_format import DIFFERS, Section

_FIRST: Final = datetime(1899, 12, 30)
_OLD_FIRST: Final = datetime(1904, 1, 1)
_LEAP: Final = 60  # Excel's 29 February 1900, which never was
_LAST: Final = 2_958_466  # the day after 9999-12-31
_NO_DAY: Final = 3_000  # 1908: a serial number under this is a year or a figure with a date's format
_MONTHS: Final = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")


def shown_date(part: Section, stored: str, old_days: bool) -> str:
    """`part` is the section of the format that shows the number; `old_days`: counted from 1904."""
    number = float(stored)
    letters = {text[0] for text in part.of("date")}
    elapsed = "".join(part.of("elapsed"))
    plain = number_text(number)
    if abs(number) >= _LAST:
        return f"#### {DIFFERS} {plain}"
    if "y" not in letters and "d" not in letters and (elapsed or letters & {"h", "s"}):
        return _time(part, number, elapsed)
    if number < 0:
        return f"#### {DIFFERS} {plain}"
    moment = _moment(number, old_days)
    text = _date(part, moment, letters)
    return f"{text} {DIFFERS} {plain}" if number < _NO_DAY and not old_days else text


def _moment(number: float, old_days: bool) -> datetime:
    first = _OLD_FIRST if old_days else _FIRST + timedelta(days=number < _LEAP)
    return first + timedelta(milliseconds=round(number * 86_400_000))


def _date(part: Section, moment: datetime, letters: set[str]) -> str:
    if any(sign.isalnum() for sign in part.literal):
        return _in_words(part, moment)
    if letters == {"y"}:
        return f"{moment.year:04d}"
    if letters == {"y", "m"}:
        return f"{moment.year:04d}-{moment.month:02d}"
    midnight = (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
    return moment.date().isoformat() if midnight else moment.isoformat(" ")


def _in_words(part: Section, moment: datetime) -> str:
    """A format with words of its own, as it is: `2020 kvartal 1`."""
    made = []
    for kind, text in part.tokens:
        if kind == "date":
            made.append(_part(text, moment))
        elif kind in ("text", "sign"):
            made.append(text)
    return "".join(made).strip()


def _part(letters: str, moment: datetime) -> str:
    if letters[0] == "y":
        return f"{moment.year:04d}"
    if letters[0] == "m" and len(letters) > 2:
        return _MONTHS[moment.month - 1]
    number = {"m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}[letters[0]]
    return f"{number:02d}"


def _time(part: Section, number: float, elapsed: str) -> str:
    """`m:ss` and `h:mm:ss`. Hours and minutes alone are marked: 2:31 may have been meant as minutes and seconds."""
    letters = elapsed + "".join(part.of("date"))
    seconds = Decimal(round(number * 86_400_000)) / 1000
    wraps = 86_400 if "h" in letters else 3_600 if "m" in letters else 60
    shown = seconds if elapsed else seconds % wraps
    if "h" in letters and "s" not in letters:
        text = f"{int(shown) // 3600}:{int(shown) // 60 % 60:02d} (tt:mm)"
    else:
        text = _clock(shown)
    if any(sign.isalnum() for sign in part.literal):
        text = f"{text} {part.literal.strip()}"
    return text if shown == seconds else f"{text} {DIFFERS} {_clock(seconds)}"


def _clock(seconds: Decimal) -> str:
    """`m:ss` under an hour, else `h:mm:ss`, so that hours and minutes are never taken for minutes and seconds."""
    whole, fraction = divmod(abs(seconds), 1)
    minutes, rest = divmod(int(whole), 60)
    hours, minutes = divmod(minutes, 60)
    tail = format(fraction.normalize(), "f")[1:] if fraction else ""
    shown = f"{hours}:{minutes:02d}:{rest:02d}{tail}" if hours else f"{minutes}:{rest:02d}{tail}"
    return f"-{shown}" if seconds < 0 else shown
