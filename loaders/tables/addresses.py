"""Cell addresses: A1 style for csv and xlsx, and rows gathered into ranges."""

from collections.abc import Iterable

import polars as pl


def column_letters(col: int) -> str:
    """The letters of column `col` (from 1).

    >>> column_letters(1), column_letters(24), column_letters(16384)
    ('A', 'X', 'XFD')
    """
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell(row: int, col: int) -> str:
    return f"{column_letters(col)}{row}"


def cell_range(first_row: int, last_row: int, first_col: int, last_col: int) -> str:
    """`A1:X12`, or `A1` where it is one cell."""
    start, end = cell(first_row, first_col), cell(last_row, last_col)
    return start if start == end else f"{start}:{end}"


def runs(rows: pl.Series) -> list[tuple[int, int]]:
    """Row numbers gathered into unbroken stretches.

    >>> runs(pl.Series([2, 3, 4, 9]))
    [(2, 4), (9, 9)]
    """
    if rows.is_empty():
        return []
    ordered = rows.unique().sort()
    stretch = (ordered.diff().fill_null(1) != 1).cum_sum()
    gathered = pl.DataFrame({"row": ordered, "stretch": stretch}).group_by("stretch", maintain_order=True)
    return [(int(first), int(last)) for _, first, last in gathered.agg(a=pl.min("row"), b=pl.max("row")).iter_rows()]


def _stretches(ordered: list[int]) -> list[tuple[int, int]]:
    """`runs` of a few numbers in order, where a polars call per row of a sheet would take a minute."""
    found = [(ordered[0], ordered[0])]
    for number in ordered[1:]:
        first, last = found[-1]
        if number == last + 1:
            found[-1] = (first, number)
        else:
            found.append((number, number))
    return found


def rectangles(places: Iterable[tuple[int, int]]) -> list[str]:
    """Cells (row, col) gathered into as few ranges as a reader needs.

    >>> rectangles([(2, 1), (2, 2), (3, 1), (3, 2), (9, 4)])
    ['A2:B3', 'D9']
    """
    by_row: dict[int, list[int]] = {}
    for row, col in sorted(set(places)):
        by_row.setdefault(row, []).append(col)
    open_: dict[tuple[int, int], tuple[int, int]] = {}  # (first col, last col) → (first row, last row)
    done: list[tuple[int, int, int, int]] = []
    for row, cols in by_row.items():
        for stretch in _stretches(cols):
            first, last = open_.get(stretch, (row, row - 1))
            if last != row - 1:
                done.append((first, last, *stretch))
                first = row
            open_[stretch] = (first, row)
    done += [(*rows, *cols) for cols, rows in open_.items()]
    return [cell_range(*each) for each in sorted(done)]
