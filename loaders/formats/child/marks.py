"""Cells of a kind, gathered as they stream by into stretches of each column: a whole sheet can be struck out."""

from typing import Final

_MOST: Final = 20_000  # stretches of a kind; what comes after is told by those before


class Marks:
    """Kind of mark → its cells. Rows may come in any order."""

    def __init__(self) -> None:
        self.columns: dict[str, dict[int, list[list[int]]]] = {}
        self.count: dict[str, int] = {}

    def add(self, kind: str, row: int, col: int) -> None:
        runs = self.columns.setdefault(kind, {}).setdefault(col, [])
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        elif self.count.get(kind, 0) < _MOST:
            runs.append([row, row])
            self.count[kind] = self.count.get(kind, 0) + 1

    def areas(self) -> dict[str, list[tuple[int, int, int, int]]]:
        """Kind → (first row, last row, first col, last col), columns with the same stretches put together."""
        return {kind: sorted(_joined(columns)) for kind, columns in self.columns.items()}


def _joined(columns: dict[int, list[list[int]]]) -> list[tuple[int, int, int, int]]:
    done: list[tuple[int, int, int, int]] = []
    open_: dict[tuple[int, int], int] = {}  # (first row, last row) → first col, of those that reach the column before
    before = 0
    for col in sorted(columns):
        runs = {(first, last) for first, last in columns[col]}
        if col != before + 1:
            done += [(*run, first, before) for run, first in open_.items()]
            open_ = {}
        done += [(*run, first, before) for run, first in open_.items() if run not in runs]
        open_ = {run: open_.get(run, col) for run in runs}
        before = col
    return done + [(*run, first, before) for run, first in open_.items()]
