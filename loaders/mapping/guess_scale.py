"""On which scale are printed figures? Told by their sizes and signs, and by what the header says."""

from indicators import Catalogue
from loaders.tables.numbers import parse_number
from loaders.tables.scales import Scale
from loaders.tables.vocabulary import said


def guess_scale(texts: list[str], unit: str, header: str, known: Catalogue) -> tuple[Scale, float, str]:
    """The scale of printed figures of an indicator measured in `unit`; a per cent sign or colon says its own."""
    silent = [text for text in texts if "%" not in text and ":" not in text]
    numbers = [abs(number) for text in silent if (number := parse_number(text)) is not None]
    words = said(header, known).kinds
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
        if "hours" in words and "seconds" not in words:
            return "hours", 0.85, "scale_hours"
        if largest < 1.0 and "minutes" not in words:
            return "day", 0.7, "scale_day"
        if "minutes" in words and "seconds" not in words:
            return "minutes", 0.85, "scale_minutes"
        if largest < 60.0 and "seconds" not in words:
            return "minutes", 0.4, "scale_minutes_guessed"
        return "as_is", 0.9 if "seconds" in words else 0.55, "scale_seconds"
    if unit == "count" and "thousands" in words:
        return "thousands", 0.8, "scale_thousands"
    return "as_is", 0.95, "scale_count"
