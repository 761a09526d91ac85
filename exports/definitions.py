"""The indicators' cards as a table: what exactly was asked or counted, by whom, and with which reservations."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import polars as pl

from exports.sheets import Sheet
from indicators import PUBLISHERS, Indicator, catalogue
from locales import text
from wording.reach import margin_in_words

_NEXT_LINE: Final = "\n"


def definitions_sheet(indicators: Sequence[Indicator], language: str) -> Sheet:
    """One row per indicator. Questions and definitions are Swedish in both languages: they are what was asked."""
    card: dict[str, Callable[[Indicator], object]] = {
        "id": lambda one: one.id,
        "title": lambda one: one.title.in_language(language),
        "short_title": lambda one: one.short_title.in_language(language),
        "area": lambda one: text(f"areas.{one.area}", language),
        "unit": lambda one: text(f"exports.unit.{one.unit}", language),
        "direction": lambda one: text(f"exports.direction.{one.direction}", language),
        "question": lambda one: one.question_sv,
        "numerator": lambda one: one.numerator_sv,
        "denominator": lambda one: one.denominator_sv,
        "source": lambda one: one.source,
        "caveats": lambda one: _NEXT_LINE.join(caveat.in_language(language) for caveat in one.caveats),
        "predecessor": lambda one: predecessor_text(one, language),
        **{name: partial(_printed_names, name) for name in PUBLISHERS},
        "margin": lambda one: margin_in_words(one, language),
        "owner": lambda one: one.owner,
        "reviewed": lambda one: one.reviewed,
        "next_review": lambda one: one.next_review,
    }
    columns = {
        text(f"exports.definitions.{name}", language): pl.Series(
            [fact(one) for one in indicators], dtype=pl.Date if name in ("reviewed", "next_review") else pl.String
        )
        for name, fact in card.items()
    }
    return Sheet(text("exports.sheets.definitions", language), pl.DataFrame(columns), frozen="B2", wrapped=True)


def _printed_names(publisher: str, indicator: Indicator) -> str:
    return _NEXT_LINE.join(getattr(indicator.publisher_ids, publisher))


def predecessor_text(indicator: Indicator, language: str) -> str:
    """Which indicator this one replaced and why they are never one line; "" for none."""
    before = indicator.predecessor
    if before is None:
        return ""
    known = catalogue().indicators.get(before.id)
    title = known.title.in_language(language) if known else before.id
    return text("exports.notes.predecessor_text", language, title=title, reason=before.reason.in_language(language))
