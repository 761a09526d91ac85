"""The values of a message as its reader says them: numbers with the language's signs, periods and sexes in words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from indicators import period_label
from indicators.file_layouts import layout_name
from locales import text
from locales.numbers import format_number, format_printed

_NUMBERS: Final = frozenset({"old", "new", "value", "first_printed", "low", "high"})
"""Values that are a cell's text: where it is a number, it is said as one."""
_PLACES: Final = frozenset({"row", "column"})
"""Counted from the top, and never parted into thousands."""
HIDDEN: Final = "suppressed"
"""In the place of a number that must not be told."""
_MOST_PERIODS: Final = 12
_MOST_TURNS: Final = 10
_MOST_QUOTES: Final = 40
_LONGEST_QUOTE: Final = 120  # letters of a cell that a message repeats


def spoken(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Every value of a problem in words of `language`, by its name."""
    return {name: _said(name, value, language) for name, value in values.items()}


def shortest(value: object) -> str:
    """A value as text, a whole number without the `.0` of a float.

    >>> shortest(7604.0), shortest(62.4), shortest("2:31")
    ('7604', '62.4', '2:31')
    """
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _said(name: str, value: Any, language: str) -> Any:
    if value == HIDDEN:
        return text("changelog.hidden", language)
    if name == "unit":
        return text(f"units.{value}", language) if value else ""
    if name == "period":
        return period_label(value, language)
    if name == "periods":
        return _periods(value, language)
    if name == "sexes":
        return ", ".join(text(f"sexes.{sex}", language).lower() for sex in value)
    if name in _SAID:
        return _SAID[name](value, language)
    if name in _NUMBERS and isinstance(value, str):
        return format_printed(value, language)
    if isinstance(value, float):
        return format_printed(shortest(value), language)
    if isinstance(value, int) and name not in _PLACES:
        return format_number(value, 0, language)
    return value


def _layouts(names: Sequence[str], language: str) -> str:
    return ", ".join(layout_name(name, language) for name in names)


def _parts(names: Sequence[str], language: str) -> str:
    return ", ".join(text(f"evidence_parts.{name}", language) for name in names) or text(
        "evidence_parts.none", language
    )


def _turned(turns: Sequence[tuple[str, str, str | None, str | None]], language: str) -> str:
    """Whose judgement turns, from what to what: the first of them, and how many more."""
    if not turns:
        return text("evidence_parts.no_turns", language)
    told = [
        text(
            "evidence_parts.turn",
            language,
            region=region,
            period=period_label(period, language),
            before=text(f"judgements.short.{before or 'no_value'}", language),
            after=text(f"judgements.short.{after or 'no_value'}", language),
        )
        for region, period, before, after in turns[:_MOST_TURNS]
    ]
    if rest := len(turns) - len(told):
        told.append(text("evidence_parts.more", language, count=format_number(rest, 0, language)))
    return text("evidence_parts.turns", language, turns="; ".join(told))


def _quotes(quotes: Sequence[tuple[str, str, str]], language: str) -> str:
    """`"18–29 år" (A2), "Endast pilot" (Blad1, B7)`."""
    sheets = len({sheet for sheet, _, _ in quotes}) > 1
    said = []
    for sheet, cell, found in quotes[:_MOST_QUOTES]:
        short = found if len(found) <= _LONGEST_QUOTE else f"{found[:_LONGEST_QUOTE]}…"
        place = ", ".join(part for part in (sheet if sheets else "", cell or sheet) if part)
        said.append(f'"{" ".join(short.split())}" ({place})' if short else place)
    more = len(quotes) - _MOST_QUOTES
    if more > 0:
        said.append(text("loaders.more_quotes", language, count=format_number(more, 0, language)))
    return ", ".join(said)


def _what(kind: str, language: str) -> str:
    return text(f"loaders.other.{kind}", language)


_SAID: Final[dict[str, Callable[[Any, str], str]]] = {
    "layouts": _layouts,
    "lost_parts": _parts,
    "won_parts": _parts,
    "other_parts": _parts,
    "turned": _turned,
    "quotes": _quotes,
    "what": _what,
}


def _periods(keys: Sequence[str], language: str) -> str:
    if len(keys) <= _MOST_PERIODS:
        return ", ".join(period_label(key, language) for key in keys)
    first, last = (period_label(key, language) for key in (keys[0], keys[-1]))
    count = format_number(len(keys), 0, language)
    return text("loaders.many_periods", language, first=first, last=last, count=count)
