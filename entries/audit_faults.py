"""What an audit or a recommendation must be, judged before anything is stored: every fault at once."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from entries.audit_refusals import Fault
from indicators import catalogue
from indicators.typed import is_blank, is_unreadable
from models.entered import THEMES

if TYPE_CHECKING:
    from entries.audits import AuditEntry, RecommendationEntry

_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_KEY: Final = 60
_LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 5_000
"""Characters of a recommendation."""
_HIGHEST_NUMBER: Final = 99
_PERSONAL: Final = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+\.[a-zA-Z]{2,}|\b(?:19|20)?\d{6}[-+]\d{4}\b")
FIRST_DAY: Final = date(1990, 1, 1)


def audit_faults(entry: "AuditEntry", line: int = 0) -> list[Fault]:
    """Everything wrong with an audit; `line`: where it stands in a file."""
    faults = [*_key_faults(entry.audit), *line_faults(asdict(entry), ("title", "report", "auditor"))]
    if entry.region not in catalogue().region_codes:
        faults.append(Fault("region", {"found": entry.region}))
    for name, day in (("decided", entry.decided), ("reply_due", entry.reply_due)):
        if day and day < FIRST_DAY:
            faults.append(Fault("early_day", {"field": name, "found": day.isoformat()}))
    if entry.decided and entry.reply_due and entry.reply_due < entry.decided:
        faults.append(Fault("due_before_decided", {"due": str(entry.reply_due), "decided": str(entry.decided)}))
    return _placed(faults, line)


def recommendation_faults(entry: "RecommendationEntry", line: int = 0) -> list[Fault]:
    """Everything wrong with a recommendation; `line`: where it stands in a file."""
    faults = [*_key_faults(entry.audit), *line_faults(asdict(entry), ("addressed_to",))]
    if not 1 <= entry.number <= _HIGHEST_NUMBER:
        faults.append(Fault("number", {"found": entry.number}))
    if is_blank(entry.text):
        faults.append(Fault("empty", {"field": "text"}))
    if is_unreadable(entry.text):
        faults.append(Fault("unreadable", {"field": "text"}))
    if len(entry.text) > LONGEST_TEXT:
        faults.append(Fault("long", {"field": "text", "longest": LONGEST_TEXT}))
    if _PERSONAL.search(entry.text):
        faults.append(Fault("personal", {"field": "text"}))
    if entry.theme not in THEMES:
        faults.append(Fault("theme", {"found": entry.theme, "known": ", ".join(THEMES)}))
    unknown = [one for one in entry.indicators.split() if one not in catalogue().indicators]
    if unknown:
        faults.append(Fault("indicators", {"found": ", ".join(unknown)}))
    return _placed(faults, line)


def day_of(printed: str) -> date | None:
    """A day as `2021-05-20`; None for an empty text. ValueError for anything else.

    >>> day_of("2021-05-20"), day_of(" ")
    (datetime.date(2021, 5, 20), None)
    """
    return date.fromisoformat(printed.strip()) if printed.strip() else None


def _key_faults(key: str) -> list[Fault]:
    return [] if len(key) <= _LONGEST_KEY and _KEY.fullmatch(key) else [Fault("key", {"found": key})]


def line_faults(told: Mapping[str, Any], names: tuple[str, ...]) -> list[Fault]:
    faults = []
    for name in names:
        if is_blank(told[name]):
            faults.append(Fault("empty", {"field": name}))
        if is_unreadable(told[name]):
            faults.append(Fault("unreadable", {"field": name}))
        if len(told[name]) > _LONGEST_LINE:
            faults.append(Fault("long", {"field": name, "longest": _LONGEST_LINE}))
        if _PERSONAL.search(told[name]):
            faults.append(Fault("personal", {"field": name}))
    return faults


def _placed(faults: list[Fault], line: int) -> list[Fault]:
    return [Fault(one.key, one.values, line) for one in faults]
