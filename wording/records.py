"""Records in words: what a file holds, which record it is, what each field says."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from indicators import catalogue
from locales import text
from locales.numbers import format_date, format_number, format_value
from models.records import ALWAYS

_DAYS: Final = ("valid_to", "replied", "due")
_NUMBERS: Final = ("cases", "numerator", "denominator")


def contents_in_words(figures: int, records: Mapping[str, int], language: str) -> str:
    """`312 uppgifter om utbud, 54 vårdenheter`; "" for nothing."""
    held = {**({"figures": figures} if figures else {}), **records}
    return ", ".join(counted(name, count, language) for name, count in held.items() if count)


def counted(name: str, count: int, language: str) -> str:
    """So many records of a kind, or `figures`: `54 vårdenheter`."""
    one = "_one" if count == 1 else ""
    return text(f"record_words.counted.{name}{one}", language, count=format_number(count, 0, language))


def subject(row: Mapping[str, Any], language: str) -> str:
    """Which record a row (analysis.record_changes.NAMED) is about."""
    return _SUBJECTS[row["record"]](row, language)


def service_title(service: str, printed: str, language: str) -> str:
    """An e-service's title; one that nobody knows as the file prints it."""
    known = catalogue().eservices.get(service)
    return known.title.in_language(language) if known else printed or service.removeprefix("?")


def _unit(row: Mapping[str, Any], language: str) -> str:
    bare = row["unit"].split(":", 2)[-1]  # `name:25:björknäs`: a unit without HSA-id
    return row["unit_name"] or text("record_words.no_unit_name", language, unit=bare)


def _care_unit(row: Mapping[str, Any], language: str) -> str:
    if row["valid_from"] in (None, ALWAYS):
        return _unit(row, language)
    return f"{_unit(row, language)}, {text('record_words.from_day', language, day=_day(row['valid_from'], language))}"


def _offer(row: Mapping[str, Any], language: str) -> str:
    return f"{_unit(row, language)}: {service_title(row['service'], row['service_printed'], language)}"


def _profile(row: Mapping[str, Any], language: str) -> str:
    indicator = catalogue().indicators.get(row["indicator"])
    title = indicator.title.in_language(language) if indicator else row["indicator"]
    weekday, hour = row["weekday"], row["hour"]
    day = text(f"record_words.{f'weekdays.{weekday}' if weekday else 'all_days'}", language)
    hours = "" if hour < 0 else f" {text('record_words.hour', language, start=hour, end=hour + 1)}"
    return f"{title}, {day}{hours}"


def _reply(row: Mapping[str, Any], language: str) -> str:
    number = text("record_words.recommendation", language, number=row["number"])
    return f"{row['audit_title'] or row['audit']}, {number}"


_SUBJECTS: Final[dict[str, Callable[[Mapping[str, Any], str], str]]] = {
    "care_unit": _care_unit,
    "service_offer": _offer,
    "phone_profile": _profile,
    "reply": _reply,
}


def field_title(name: str, language: str) -> str:
    return text(f"record_words.fields.{name}", language)


def field_in_words(row: Mapping[str, Any], name: str, value: str | None, language: str) -> str:
    """What one field of a record says. `value` as text (RECORD_CHANGES); an en dash for nothing."""
    if value in (None, ""):
        return text("record_words.nothing", language)
    if name == "status":
        return text(f"record_words.statuses.{value}", language)
    if name == "kind":
        return text(f"record_words.unit_kinds.{value}", language)
    if name == "region":
        known = catalogue().regions.get(value)
        return known.name if known else value
    if name in _DAYS:
        return _day(date.fromisoformat(value), language)
    if name in _NUMBERS:
        return format_number(float(value), 0 if float(value).is_integer() else 1, language)
    if name == "value":
        indicator = catalogue().indicators.get(row["indicator"])
        unit, decimals = (indicator.unit, indicator.decimals) if indicator else ("", 1)
        return format_value(float(value), unit, decimals, language)
    return value


def _day(day: date, language: str) -> str:
    return format_date(day, language)
