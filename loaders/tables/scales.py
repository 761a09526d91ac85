"""A printed figure → the text the checks read in the indicator's unit. What is not understood goes on as it stands, so
that the checks say so; the cell's own text is kept beside it."""

import re
from decimal import Decimal
from typing import Final, Literal

from loaders.tables.numbers import parse_number

Scale = Literal["as_is", "share", "thousands", "minutes", "hours", "day", "clock"]
SCALES: Final = ("as_is", "share", "thousands", "minutes", "hours", "day", "clock")
"""as_is: the indicator's own unit, m:ss and per cent signs too. share: 0–1 → per cent. thousands: → the number.
minutes, hours, day (parts of a day) → seconds. clock: Excel's hours:minutes where minutes:seconds were meant."""

_FACTORS: Final[dict[str, Decimal]] = {
    "share": Decimal(100),
    "thousands": Decimal(1000),
    "minutes": Decimal(60),
    "hours": Decimal(3600),
    "day": Decimal(86400),
}
_WITH_UNIT: Final = re.compile(
    r"\A(?:n\s*=\s*)?([-\u2212]?[\d.,\u0020\u00a0\u2007\u2009\u202f]*\d)\s*(st|sek|sekunder|s|samtal|svar|personer|min|minuter|procent)?\.?",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"(\d{1,6}:\d\d) \(tt:mm\)")
_MINUTES: Final = ("min", "minuter")


def _number(text: str, decimal: str) -> str:
    """Without the sign between thousands, where the mapping says which sign is the decimal one."""
    if decimal and re.fullmatch(r"[-\u2212]?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?", text):
        return text.replace("." if decimal == "," else ",", "")
    return text


def in_unit(printed: str, scale: Scale, decimal: str = "") -> str:
    """The text of a figure on the indicator's own scale.

    >>> in_unit("0,63", "share"), in_unit("63 %", "share"), in_unit("7,5 min", "as_is"), in_unit("n=45", "as_is")
    ('63', '63 %', '450', '45')
    >>> in_unit("12,345", "as_is", "."), in_unit("2:31 (tt:mm)", "clock"), in_unit("mycket", "share")
    ('12345', '2:31', 'mycket')
    """
    text = printed.strip()
    if clock := _CLOCK.fullmatch(text):
        return clock[1] if scale == "clock" else text
    if text.endswith("%") or ":" in text:
        return text
    match = _WITH_UNIT.fullmatch(text)
    if not match:
        return text
    plain, unit = _number(match[1].strip(), decimal), (match[2] or "").casefold()
    if unit == "procent":
        return f"{plain} %"
    factor = Decimal(60) if unit in _MINUTES else _FACTORS.get(scale)
    if factor is None:
        return plain
    number = parse_number(plain)
    if number is None:
        return text
    return format((Decimal(format(number, ".15g")) * factor).normalize(), "f")
