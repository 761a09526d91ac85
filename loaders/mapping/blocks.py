"""Several tables on one sheet: stacked under titles of their own, or side by side with an empty column between."""

from collections.abc import Sequence

from indicators import tidy_name
from loaders.tables.cells import SIGNS, is_figure, is_period


def is_number_cell(text: str) -> bool:
    """A figure that is no year or other period."""
    return is_figure(text) and not is_period(text)


def next_table(rows: Sequence[list[str]], first: int) -> int | None:
    """The place after `first` where another table begins: its title line, else its header. A header says no figure,
    stands under a blank or a title line, and straight above figures; a repeated header without either continues the
    same table (a page break)."""
    for place in range(first + 1, len(rows) - 1):
        row, above, below = rows[place], rows[place - 1], rows[place + 1]
        filled = [text for text in row if text]
        lone = len({text for text in above if text})
        if len(filled) < 2 or lone > 1 or not any(map(is_number_cell, below)):
            continue
        if any(is_number_cell(text) or tidy_name(text) in SIGNS for text in filled):
            continue
        if len(filled) < 0.5 * max(len([text for text in below if text]), 2):
            continue
        start = place - 1 if lone else place
        return start if start > first else None
    return None


def segments(columns: Sequence[tuple[int, bool, bool]]) -> list[list[int]]:
    """Columns (number, has anything, names rows) parted at empty ones, where each side has a column that names its
    rows; else all of them together.

    >>> segments([(1, True, True), (2, True, False), (3, False, False), (4, True, True), (5, True, False)])
    [[1, 2], [4, 5]]
    >>> segments([(1, True, True), (2, True, False), (3, False, False), (4, True, False)])
    [[1, 2, 3, 4]]
    """
    parts: list[list[tuple[int, bool, bool]]] = [[]]
    for column in columns:
        if column[1]:
            parts[-1].append(column)
        elif parts[-1]:
            parts.append([])
    parts = [part for part in parts if part]
    apart = len(parts) > 1 and all(len(part) > 1 and part[0][2] for part in parts)
    return [[number for number, _, _ in part] for part in parts] if apart else [[number for number, _, _ in columns]]
