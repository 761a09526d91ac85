"""How a recommendation stands on a day: its status, and whether a reply or a measure is late. Dates only, no clock
time: a day in Sweden is a day, whatever the clock does in March and October."""

from dataclasses import dataclass
from datetime import date
from typing import Final

UNANSWERED: Final = "unanswered"
"""The status of a recommendation of whose reply nothing is known: none is loaded, which is no verdict."""
NO_REPLY: Final = "no_reply"
"""Somebody responsible has stated that no reply had come. The others are models.records.REPLY_STATUSES."""
STATUSES: Final = (UNANSWERED, NO_REPLY, "answered", "partly", "implemented", "rejected")
_UNFINISHED: Final = ("answered", "partly")


@dataclass(frozen=True)
class Late:
    """What is late (`reply` or `measure`) or came late (`answered`), which day it was due, and by how many days. Of a
    reply: by the day it is known to be missing, and who says so (`source`)."""

    what: str
    due: date
    days: int
    source: str = ""


def late_on(
    today: date,
    *,
    status: str,
    reply_due: date | None,
    measure_due: date | None,
    none_by: date | None = None,
    source: str = "",
) -> Late | None:
    """What is late on a day: a reply that is known not to have come (by the day `none_by`, says `source`), or a measure
    neither done nor given up. On the due day itself nothing is late, and of a reply that is only not loaded nothing is
    known.

    >>> late_on(date(2022, 1, 1), status="partly", reply_due=None, measure_due=date(2021, 12, 31))
    Late(what='measure', due=datetime.date(2021, 12, 31), days=1, source='')
    >>> late_on(date(2022, 1, 1), status="unanswered", reply_due=date(2021, 12, 31), measure_due=None)
    """
    if status == NO_REPLY:
        what, due, day = "reply", reply_due, none_by
    elif status in _UNFINISHED:
        what, due, day, source = "measure", measure_due, today, ""
    else:
        return None
    if due is None or day is None or due >= day:
        return None
    return Late(what, due, (day - due).days, source)


def came_late(replied: date | None, reply_due: date | None) -> Late | None:
    """How long after its last day the first reply came; None in time, without a reply, and without a last day.

    >>> came_late(date(2021, 10, 16), date(2021, 10, 4))
    Late(what='answered', due=datetime.date(2021, 10, 4), days=12, source='')
    """
    if replied is None or reply_due is None or replied <= reply_due:
        return None
    return Late("answered", reply_due, (replied - reply_due).days)
