"""What else must be hidden so that nothing hidden can be computed? (methods.md §6)

Everything unpublished or hidden is a column of a linear system, every sum a row. A hidden figure is computable where
the sums fix it, and then the smallest figure in those sums is hidden too, until none is.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from analysis.methods.sums import Cell, Place, Sum

# The systems hold only −1, 0 and 1, so anything below this is rounding.
_ZERO: Final = 1e-9


def protected(
    sums: list[Sum], cells: Mapping[Place, Cell], hidden: Collection[Place], fixed: Collection[Place] = ()
) -> set[Place]:
    """`hidden` and all that must be hidden with it. `fixed`: what is shown elsewhere, so that hiding it helps nobody.

    A single unknown of a sum takes the smallest of the others with it, or the total where no other is left. Where all
    that a sum hides said no, or all yes, the rest of the sum tells their shares, and one more is hidden.
    """
    gone = set(hidden)
    visible = {place for place, cell in cells.items() if cell.shown} - gone
    while more := _next(sums, cells, gone, visible, visible.difference(fixed)):
        gone.add(more)
        visible.discard(more)
    return gone


def _next(
    sums: list[Sum], cells: Mapping[Place, Cell], gone: set[Place], visible: set[Place], free: set[Place]
) -> Place | None:
    touched = []
    for one in sums:
        unknown = [place for place in (one.total, *one.members) if place not in visible]
        if not gone.isdisjoint(unknown):
            touched.append((one, unknown))
    for one, unknown in touched:
        telling = len(unknown) == 1 or _tells_by_its_rest(one, unknown, cells, gone)
        if telling and (more := _smallest([one], cells, free)):
            return more
    return _from_what_tells(_linked(sums, gone, visible), cells, gone, free)


def _tells_by_its_rest(one: Sum, unknown: list[Place], cells: Mapping[Place, Cell], gone: set[Place]) -> bool:
    """Whether what is left of a sum, the numerators of what it hides, is nothing or everything."""
    if one.total in unknown or not gone.issuperset(unknown):
        return False
    counts = [(cells[place].numerator, cells[place].base) for place in unknown]
    yes = sum(numerator for numerator, _ in counts if numerator is not None)
    every = sum(base for _, base in counts if base is not None)
    return all(None not in count for count in counts) and (yes < _ZERO or yes > every - _ZERO)


def _linked(sums: list[Sum], gone: set[Place], visible: set[Place]) -> list[tuple[Sum, list[Place]]]:
    """The sums that a hidden figure reaches through unknowns, with their unknowns."""
    waiting = [(one, [place for place in (one.total, *one.members) if place not in visible]) for one in sums]
    waiting = [each for each in waiting if each[1]]
    reached = set(gone)
    found: list[tuple[Sum, list[Place]]] = []
    while True:
        near = [each for each in waiting if not reached.isdisjoint(each[1])]
        if not near:
            return found
        found += near
        waiting = [each for each in waiting if reached.isdisjoint(each[1])]
        reached.update(place for _, unknown in near for place in unknown)


def _from_what_tells(
    linked: list[tuple[Sum, list[Place]]], cells: Mapping[Place, Cell], gone: set[Place], free: set[Place]
) -> Place | None:
    """The next figure to hide because several sums together give one of ours: no vector of the null space moves it.
    Two regions hidden do not protect each other where the source keeps one of them secret and yet publishes its men
    and its total."""
    columns = {place: number for number, place in enumerate(sorted({p for _, unknown in linked for p in unknown}))}
    ours = sorted(gone & columns.keys())
    if not ours:
        return None
    system = _system([each for each, _ in linked], columns)
    _, strengths, directions = np.linalg.svd(system)
    moving = directions[int((strengths > _ZERO).sum()) :]
    for place in ours:
        if np.abs(moving[:, columns[place]]).max(initial=0.0) < _ZERO:
            wanted = np.zeros(len(columns))
            wanted[columns[place]] = 1.0
            weights = np.linalg.lstsq(system.T, wanted, rcond=None)[0]
            used = [one for (one, _), weight in zip(linked, weights, strict=True) if abs(weight) > _ZERO]
            if more := _smallest(used, cells, free):
                return more
    return None


def _system(sums: list[Sum], columns: Mapping[Place, int]) -> npt.NDArray[np.float64]:
    system = np.zeros((len(sums), len(columns)))
    for row, one in enumerate(sums):
        for place, sign in ((one.total, -1.0), *((member, 1.0) for member in one.members)):
            if place in columns:
                system[row, columns[place]] = sign
    return system


def _smallest(sums: Iterable[Sum], cells: Mapping[Place, Cell], free: set[Place]) -> Place | None:
    """The smallest part of the sums that can still be hidden, else the smallest total. Figures are given up in the
    order of their answers, then by place."""
    used = list(sums)
    for places in ({place for one in used for place in one.members}, {one.total for one in used}):
        if left := places & free:
            return min(left, key=lambda place: (cells[place].size, place))
    return None
