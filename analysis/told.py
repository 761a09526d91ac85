"""The word a row of a comparison is told by: one answer for chart, table, workbook, sentence and terminal.

The reader's level is already in the row (analysis.reach.told_at); nothing after this decides anything.
"""

from collections.abc import Mapping
from typing import Any, Final

from analysis.methods.equivalence import TESTED
from locales import text
from locales.numbers import format_value

EQUIVALENT: Final = "equivalent"
"""Told instead of `similar` where the equivalence is tested (analysis.equivalence)."""
NO_TARGET: Final = "no_target"
"""Told instead of `not_assessable` where a region has no decided target: that is a state of its own."""
Row = Mapping[str, Any]


def shown_judgement(row: Row) -> str:
    """The judgement of a row (JUDGEMENT_COLUMNS) as it is shown: without an interval the answer is never "similar",
    whatever the row says."""
    untested = row["judgement"] is None or row["value"] is None or row["evidence"] == "none"
    if untested or row["diff_low"] is None or row["diff_high"] is None:
        return "not_assessable"
    return str(row["judgement"])


def by_target(row: Row) -> bool:
    """Whether the row was judged by the region's target, or had none to be judged by."""
    return row.get("route") == "target" or row.get("unassessed") == NO_TARGET


def told_as(row: Row) -> str:
    """The judgement as it is told: shown_judgement's words, EQUIVALENT or NO_TARGET."""
    if row.get("unassessed") == NO_TARGET:
        return NO_TARGET
    judgement = shown_judgement(row)
    return EQUIVALENT if judgement == "similar" and row.get("equivalence") == TESTED else judgement


def marked_at_95_only(row: Row) -> bool:
    """Whether a row that is unmarked at its reader's level is told apart at 95 %."""
    ends = (row["diff_low"], row["diff_high"])
    return row["judgement"] == "similar" and None not in ends and (ends[0] > 0 or ends[1] < 0)


def told_word(row: Row, language: str = "sv") -> str:
    """The short word: `sämre`, by a target `når inte målet`; that a value is missing, or that the row is what the
    others are compared with."""
    if row["value"] is None or row.get("unassessed") == "itself":
        return text(f"judgements.short.{'no_value' if row['value'] is None else 'itself'}", language)
    return verdict_word(told_as(row), language, target=by_target(row))


def verdict_word(judgement: str, language: str = "sv", *, target: bool = False) -> str:
    """The short word of a judgement (told_as): `bättre`; of one by a target: `når målet`, `inget mål registrerat
    här`."""
    return text(f"judgements.{'target_short' if target else 'short'}.{judgement}", language)


def verdict_phrase(judgement: str, benchmark: str, language: str = "sv", *, target: bool = False) -> str:
    """The same as a phrase: `bättre än riket`; of one by a target: `når målet`."""
    if target:
        return text(f"judgements.target_phrase.{judgement}", language)
    return text(f"judgements.phrase.{judgement}", language, benchmark=benchmark)


def level_words(level: float, language: str = "sv") -> str:
    """`95 %`, `99,8 %`."""
    return format_value(level, "percent", 1 if level % 1 else 0, language)
