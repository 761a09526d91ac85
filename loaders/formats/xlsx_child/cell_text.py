"""A typed cell → the text a person sees in it, exactly: 62.9, "81 %", "2:31", 2020-03."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal


def number_text(number: float) -> str:
    """Fifteen significant digits, as Excel shows: 0.8100000000000001 is 0.81, 5.0 is 5.

    >>> number_text(0.8100000000000001), number_text(5.0), number_text(1e20), number_text(-0.0)
    ('0.81', '5', '100000000000000000000', '0')
    """
    exact = Decimal(format(number, ".15g")).normalize()
    return format(exact, "f") if exact else "0"


def _clock(seconds: Decimal) -> str:
    """`m:ss` under an hour, else `h:mm:ss`, so that hours and minutes are never taken for minutes and seconds."""
    whole, fraction = divmod(abs(seconds), 1)
    minutes, rest = divmod(int(whole), 60)
    hours, minutes = divmod(minutes, 60)
    tail = format(fraction.normalize(), "f")[1:] if fraction else ""
    shown = f"{hours}:{minutes:02d}:{rest:02d}{tail}" if hours else f"{minutes}:{rest:02d}{tail}"
    return f"-{shown}" if seconds < 0 else shown


def _seconds(value: time | timedelta) -> Decimal:
    """To the millisecond: a day fraction in binary is never exact."""
    if isinstance(value, timedelta):
        exact = Decimal(str(value.total_seconds()))
    else:
        exact = Decimal(value.hour * 3600 + value.minute * 60 + value.second) + Decimal(value.microsecond) / 1_000_000
    return exact.quantize(Decimal("0.001"))


def cell_text(value: object, kind: str) -> str:
    """`kind` is that of the cell's number format (parts.style_kinds)."""
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, int | float):
        if kind == "percent":
            return f"{number_text(float(Decimal(format(float(value), '.15g')) * 100))} %"
        return number_text(float(value))
    if isinstance(value, datetime | date):
        if kind in ("year", "month"):
            return f"{value.year}" if kind == "year" else f"{value.year}-{value.month:02d}"
        clock = value.time() if isinstance(value, datetime) else time()
        return value.isoformat(" ") if isinstance(value, datetime) and clock != time() else value.isoformat()[:10]
    if isinstance(value, time | timedelta):
        seconds = _seconds(value)
        if kind == "clock":  # h:mm shows 2:31 for what may have been meant as minutes and seconds
            return f"{int(seconds) // 3600}:{int(seconds) // 60 % 60:02d} (tt:mm)"
        return _clock(seconds)
    return "" if value is None else str(value)
