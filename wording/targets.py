"""A decided target and how it stands, in words: the same on pages, in files and in a terminal."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from indicators import Indicator, catalogue, period_label
from locales import text
from locales.numbers import format_date, format_value
from wording.symbols import symbol_of

_JUDGED: Final = {"reached": "better", "not_reached": "worse", "covers": "similar"}
_AHEAD: Final = "◇"


def target_in_words(row: Mapping[str, Any], language: str = "sv") -> str:
    """`minst 70,0 %`, `högst 3:00 senast 31 december 2026`."""
    value = value_in_words(row["indicator"], row["value"], language)
    said = text(f"targets.kind.{row['kind']}", language, value=value)
    if row["by_date"] is None:
        return said
    return text("targets.by_date", language, target=said, day=format_date(row["by_date"], language))


def value_in_words(indicator_id: str, value: float | None, language: str = "sv") -> str:
    """A value in the indicator's unit; one the catalogue no longer knows as a bare number."""
    known: Indicator | None = catalogue().indicators.get(indicator_id)
    if known is None:
        return "" if value is None else str(value)
    return format_value(value, known.unit, known.decimals, language)


def title_of(indicator_id: str, language: str = "sv") -> str:
    known = catalogue().indicators.get(indicator_id)
    return known.title.in_language(language) if known else indicator_id


def status_word(row: Mapping[str, Any], language: str = "sv", *, sign: bool = True) -> str:
    """`▼ inte nått`; of a target whose day lies ahead `◇ gäller från 31 december 2026`."""
    word = text(f"targets.status.{row['status']}", language, day=format_date(_starts(row), language))
    return f"{_sign(row)} {word}" if sign else word


def _sign(row: Mapping[str, Any]) -> str:
    """The judgements' own sign, hollow for an assumed base; a target that lies ahead has one of its own."""
    if row["status"] == "ahead":
        return _AHEAD
    judgement = _JUDGED.get(row["reason"] or row["status"], "not_assessable")
    return symbol_of(judgement, hollow=row["evidence"] == "assumed")


def status_reason(row: Mapping[str, Any], language: str = "sv") -> str:
    """Why it cannot be told, or how the latest figure stands of a target that lies ahead; of a verdict on a month that
    the next may turn, the usual variation; else ""."""
    if row["status"] == "undecided":
        return text(f"targets.reason.{row['reason']}", language)
    if row["usual_low"] is not None:
        return text("targets.reason.usual_variation", language)
    return text(f"targets.stands.{row['stands']}", language) if row["status"] == "ahead" else ""


def figure_in_words(row: Mapping[str, Any], language: str = "sv") -> str:
    """`63,4 % (60,1 % till 66,7 %), 2023`, with the months' limits where a verdict has the target between them; ""
    where the region has no figure."""
    if row["value_now"] is None:
        return ""
    shown = [value_in_words(row["indicator"], row[name], language) for name in ("value_now", "ci_low", "ci_high")]
    period = period_label(row["period"], language)
    key = "figure" if row["ci_low"] is None or row["ci_high"] is None else "figure_between"
    said = text(f"targets.{key}", language, value=shown[0], low=shown[1], high=shown[2], period=period)
    usual = [value_in_words(row["indicator"], row[name], language) for name in ("usual_low", "usual_high")]
    marks = [text("targets.usual", language, low=usual[0], high=usual[1])] if row["usual_low"] is not None else []
    marks += [text("evidence.assumed", language)] if row["evidence"] == "assumed" else []
    marks += [text("targets.synthetic", language)] if row["synthetic"] else []
    return ", ".join([said, *marks])


def validity_in_words(row: Mapping[str, Any], language: str = "sv") -> str:
    """`från 1 januari 2024 till 31 december 2026`, `från 1 januari 2024 tills vidare`."""
    ends: date | None = row["valid_to"]
    first = format_date(row["valid_from"], language)
    if ends is None:
        return text("targets.open", language, first=first)
    return text("targets.between", language, first=first, last=format_date(ends, language))


def region_in_words(code: str, language: str = "sv") -> str:
    """The region a target is for; "" is all of them."""
    return catalogue().regions[code].name if code else text("targets.every_region", language)


def _starts(row: Mapping[str, Any]) -> date:
    starts: date = row["by_date"] or row["valid_from"]
    return starts
