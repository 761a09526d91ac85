"""One figure in words: its value or why there is none, its interval and what the interval rests on."""

from collections.abc import Iterable
from typing import Any

from indicators import Indicator, period_label
from locales import text
from locales.numbers import format_value
from wording.sentences import name_of


def shown_value(row: dict[str, Any], indicator: Indicator, language: str) -> str:
    """The value with its unit, or why there is none: missing is a reason, never a zero."""
    if row["value"] is None:
        return text(f"reasons.{row['reason']}", language)
    return format_value(row["value"], indicator.unit, indicator.decimals, language)


def remark_in_words(effect: str, words: str, language: str) -> str:
    """What has been stated of a figure: `bedöms inte: Förtroendet totalt … (Kolada …)`."""
    return f"{text('statements.effect.not_judged', language)}: {words}" if effect == "not_judged" else words


def figure_in_words(row: dict[str, Any], indicator: Indicator, language: str) -> str:
    """`Region Norrbotten 2020: 62,9 % (60,2–65,5 %, antaget underlag)`, for tooltips and screen readers."""
    name = name_of(row, language)
    said = f"{name} {period_label(row['period'], language)}: {shown_value(row, indicator, language)}"
    notes = list(_notes(row, indicator, language))
    return f"{said} ({', '.join(notes)})" if notes else said


def _notes(row: dict[str, Any], indicator: Indicator, language: str) -> Iterable[str]:
    if row["ci_low"] is not None:
        low, high = (
            format_value(row[end], indicator.unit, indicator.decimals, language) for end in ("ci_low", "ci_high")
        )
        yield f"{low}–{high}"
    if row["value"] is not None:
        yield text(f"evidence.{row['evidence']}", language)
    yield from (text(f"flags.{flag}", language) for flag in row["flags"] if flag not in "acmsz")


def publisher_in_words(source: str) -> str:
    """A source's first clause: who published, without the way it came.

    >>> publisher_in_words("Hälso- och sjukvårdsbarometern, SKR; publicerad i Kolada (RKA)")
    'Hälso- och sjukvårdsbarometern, SKR'
    """
    return source.split(";")[0].split(" (")[0].strip().rstrip(".")
