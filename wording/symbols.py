"""The symbol of each judgement, the same in every sentence, chart, table and file. Hollow: an assumed base."""

from typing import Final

_SYMBOLS: Final = {
    "better": ("▲", "△"),
    "similar": ("●", "○"),
    "worse": ("▼", "▽"),
    "higher": ("↑", "⇧"),
    "lower": ("↓", "⇩"),
    "not_assessable": ("–", "–"),
}
JUDGEMENTS: Final = tuple(_SYMBOLS)
"""Every judgement, in the order they are told."""
MARKED: Final = ("better", "worse", "higher", "lower")


def symbol_of(judgement: str, *, hollow: bool = False) -> str:
    """The symbol beside a word: `▼`, for an assumed base `▽`. KeyError for what is no judgement."""
    return _SYMBOLS[judgement][hollow]
