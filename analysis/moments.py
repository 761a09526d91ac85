"""The moments a question is asked of: `as_of` is the end of that day in Stockholm."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from locales.numbers import STOCKHOLM
from models.publications import FOREVER

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def until(as_of: date | None) -> str:
    """The first moment after `as_of`, as the store writes moments; no day means no bound."""
    if as_of is None or as_of == date.max:
        return FOREVER
    midnight = datetime.combine(as_of + timedelta(days=1), time(), tzinfo=STOCKHOLM)
    # isoformat writes the year with four figures, which strftime does not: moments are compared as text.
    return midnight.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def day_from(given: str) -> date | None:
    """The day that an address names, whichever it is; None for anything else.

    >>> day_from("2026-03-28"), day_from("20260328"), day_from("2026-02-30")
    (datetime.date(2026, 3, 28), None, None)
    """
    try:
        return date.fromisoformat(given) if _DAY.fullmatch(given) else None
    except ValueError:
        return None


def today_in_sweden(at: datetime | None = None) -> date:
    """The day it is in Stockholm, now or at a moment with a time zone.

    >>> today_in_sweden(datetime(2026, 3, 28, 23, 30, tzinfo=UTC))
    datetime.date(2026, 3, 29)
    """
    return (at or datetime.now(UTC)).astimezone(STOCKHOLM).date()
