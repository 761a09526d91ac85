"""What a decided target must be, judged before anything is stored: every fault at once, in words."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from indicators import catalogue
from indicators.typed import is_blank, is_unreadable
from locales import text
from locales.numbers import format_date, format_value
from locales.refused import Refused
from models.entered import TARGET_KINDS

if TYPE_CHECKING:
    from entries.targets import TargetEntry

LONGEST: Final = {"body": 200, "document": 300, "note": 1000, "reason": 1000, "source": 300}
"""Characters of what is typed."""
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
_PERSONAL: Final = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+\.[a-zA-Z]{2,}|\b(?:19|20)?\d{6}[-+]\d{4}\b")


@dataclass(frozen=True)
class Fault:
    """One thing wrong: `key` of `target_entry.faults`, and its values; days and figures as they are."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)

    def message(self, language: str = "sv") -> str:
        shown = {
            name: format_date(one, language) if isinstance(one, date) else one for name, one in self.values.items()
        }
        if "field" in shown:
            shown["field"] = text(f"target_entry.fields.{shown['field']}", language)
        if "indicator" in shown:
            shown |= _bounds_in_words(self.values["indicator"], self.values["found"], language)
        return text(f"target_entry.faults.{self.key}", language, **shown)


class TargetRefused(Refused):
    """A target that cannot be accepted, with every fault at once. Nothing was changed. Shown without a traceback."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__([fault.key for fault in faults])
        self.faults = tuple(faults)

    def message(self, language: str = "sv") -> str:
        return "\n".join(fault.message(language) for fault in self.faults)


def target_faults(entry: "TargetEntry", today: date) -> list[Fault]:
    """Everything wrong with a target. A text that is only blanks is empty."""
    return [*_thing_faults(entry), *_day_faults(entry, today), *text_faults(body=entry.body, document=entry.document)]


def text_faults(**typed: str) -> list[Fault]:
    """Everything wrong with what is typed, by field: nothing there, too long, a person in it."""
    faults = [Fault("empty", {"field": name}) for name, words in typed.items() if is_blank(words)]
    long = [name for name, words in typed.items() if len(words.strip()) > LONGEST[name]]
    faults += [Fault("long", {"field": name, "longest": LONGEST[name]}) for name in long]
    faults += [Fault("unreadable", {"field": name}) for name, words in typed.items() if is_unreadable(words)]
    return faults + [Fault("personal", {"field": name}) for name, words in typed.items() if _PERSONAL.search(words)]


def _thing_faults(entry: "TargetEntry") -> list[Fault]:
    """The indicator, the region, the kind and the value."""
    faults = []
    indicator = catalogue().indicators.get(entry.indicator)
    if indicator is None:
        faults.append(Fault("unknown_indicator", {"found": entry.indicator}))
    if entry.region and entry.region not in catalogue().region_codes:
        faults.append(Fault("unknown_region", {"found": entry.region}))
    if entry.kind not in TARGET_KINDS:
        faults.append(Fault("unknown_kind", {"found": entry.kind, "known": ", ".join(TARGET_KINDS)}))
    if not math.isfinite(entry.value):
        faults.append(Fault("no_number", {}))
    elif indicator is not None:
        low, high = indicator.bounds
        if entry.value < low or (high is not None and entry.value > high):
            key = "outside" if high is not None else "below_zero"
            faults.append(Fault(key, {"indicator": indicator.id, "found": entry.value}))
    return faults


def _day_faults(entry: "TargetEntry", today: date) -> list[Fault]:
    faults = []
    days = {name: getattr(entry, name) for name in ("valid_from", "valid_to", "by_date", "decided")}
    for name, day in days.items():
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            faults.append(Fault("strange_day", {"field": name, "found": day.isoformat()}))
    if entry.valid_to is not None and entry.valid_from > entry.valid_to:
        faults.append(Fault("order", {"first": entry.valid_from, "last": entry.valid_to}))
    if entry.decided > today:
        faults.append(Fault("future", {"decided": entry.decided}))
    by_date = entry.by_date
    if by_date is not None and (
        by_date < entry.valid_from or (entry.valid_to is not None and by_date > entry.valid_to)
    ):
        faults.append(Fault("by_date_outside", {"by_date": by_date}))
    return faults


def _bounds_in_words(indicator_id: str, found: float, language: str) -> dict[str, str]:
    known = catalogue().indicators[indicator_id]
    low, high = (None if end is None else format_value(end, known.unit, 0, language) for end in known.bounds)
    shown = format_value(found, known.unit, known.decimals, language)
    return {"indicator": known.title.in_language(language), "found": shown, "low": low or "", "high": high or ""}
