"""On which scale are printed figures? Told by their sizes and signs, and by what the header says."""

import re
from typing import Final

from indicators import tidy_name
from loaders.checks.numbers import parse_number
from loaders.scales import Scale

_MINUTES: Final = re.compile(r"\b(?:min|minut|minuter|minutes|mins)\b")
_SECONDS: Final = re.compile(r"\b(?:s|sek|sekund|sekunder|sec|secs|seconds)\b")
_CLOCK: Final = re.compile(r"\b(?:mm|m|h|hh|tt|t):")
_THOUSANDS: Final = re.compile(r"tusental|thousand|\btkr\b|1 ?000-tal|\(000\)|i tusen")


def guess_scale(texts: list[str], unit: str, header: str) -> tuple[Scale, float, str]:
    """The scale of printed figures of an indicator measured in `unit`; a per cent sign or colon says its own."""
    silent = [text for text in texts if "%" not in text and ":" not in text]
    numbers = [abs(number) for text in silent if (number := parse_number(text)) is not None]
    words = tidy_name(header)
    if not numbers:
        clock = any(text.endswith("(tt:mm)") for text in texts)
        return ("clock", 0.4, "scale_clock") if clock else ("as_is", 0.95, "scale_printed")
    largest = max(numbers)
    if unit in ("percent", "index"):
        if unit == "index" and 1.0 <= largest <= 10.0:
            return "as_is", 0.3, "scale_marks"
        small = (largest <= 1.0 and unit == "percent") or largest < 1.0
        return ("share", 0.9, "scale_share") if small else ("as_is", 0.9, "scale_hundred")
    if unit == "seconds":
        if largest < 1.0 and not _MINUTES.search(words):
            return "day", 0.7, "scale_day"
        if _MINUTES.search(words) and not _CLOCK.search(words) and not _SECONDS.search(words):
            return "minutes", 0.85, "scale_minutes"
        if largest < 60.0 and not _SECONDS.search(words):
            return "minutes", 0.4, "scale_minutes_guessed"
        return "as_is", 0.9 if _SECONDS.search(words) else 0.55, "scale_seconds"
    if unit == "count" and _THOUSANDS.search(words):
        return "thousands", 0.8, "scale_thousands"
    return "as_is", 0.95, "scale_count"
