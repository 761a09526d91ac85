"""Which published figures are sums of which others, over regions, care units, sexes, ages and periods? (methods.md §6)

Every figure has a place in one table of its indicator. Along each way of adding up, a total is the sum of its parts:
regions to the nation, care units to their region, women and men to both, ages to all, months to quarters to years. A
place that nobody published (a quarter between months and a year, men where women and both are known) still links the
sums it belongs to, and is an unknown of theirs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from indicators import NATION, enclosing, parts_of, period_of

BOTH_SEXES: Final = "T"
SEXES: Final = ("K", "M")
ALL_AGES: Final = "all"
_NEAR: Final = 1e-6
"""Counts are whole numbers; anything less apart is a binary fraction."""


class Place(NamedTuple):
    """A figure's place. `unit` is "" for the region itself. `later` tells the figures asked about from those that are
    shown already, where both are at hand."""

    region: str
    unit: str
    sex: str
    age: str
    period: str
    later: bool = False


@dataclass(frozen=True)
class Cell:
    """What is published at a place. `size`: the answers behind it, infinite where unknown. `shown`: it has a value;
    `secret`: its source keeps the value to itself; neither: it is missing, and taken to add nothing, which is the safe
    side. `count`: what adds up over periods (answers, calls), None for a share or mean of an unknown number, which is
    part of no such sum. `told`: its numbers, by which an unchanged figure is known."""

    row: int
    size: float
    shown: bool
    secret: bool
    hidden: bool
    count: float | None
    numerator: float | None
    base: float | None
    told: tuple[object, ...]

    @property
    def known(self) -> bool:
        return self.shown or self.secret or self.hidden


class Sum(NamedTuple):
    total: Place
    members: tuple[Place, ...]


_enclosing = cache(enclosing)
_parts_of = cache(parts_of)


@cache
def _kind(period: str) -> str:
    return period_of(period).kind


def family_of(period: str, *, half_years: bool) -> str:
    """What periods that can be added up have in common: their year, or the period alone.

    >>> [family_of(key, half_years=False) for key in ("2017", "2017-10", "2017-Q4", "2017-H2", "2017-W12")]
    ['2017', '2017', '2017', '2017-H2', '2017-W12']
    """
    nested = _kind(period) in ("month", "quarter") or (half_years and _kind(period) == "half_year")
    return period[:4] if nested else period


def sums_of(cells: Mapping[Place, Cell], *, half_years: bool) -> list[Sum]:
    """Every sum among the places that are known, and those between them."""
    nested = len({_kind(place.period) for place in cells}) > 1  # one kind of period alone has no sums over periods
    nodes = _with_links(cells, (lambda key: _enclosing(key, half_years=half_years)) if nested else (lambda _: None))
    parts: dict[tuple[str, Place], list[Place]] = {}
    for place in sorted(nodes):
        if place.unit:
            parts.setdefault(("units", place._replace(unit="")), []).append(place)
        elif place.region != NATION:
            parts.setdefault(("regions", place._replace(region=NATION)), []).append(place)
        if place.age != ALL_AGES:
            parts.setdefault(("ages", place._replace(age=ALL_AGES)), []).append(place)
        if place.sex in SEXES:
            parts.setdefault(("sexes", place._replace(sex=BOTH_SEXES)), []).append(place)
    found = [Sum(total, tuple(members)) for (_, total), members in parts.items() if total in nodes]
    return found + (_sums_over_periods(cells, nodes, half_years) if nested else [])


def _with_links(cells: Mapping[Place, Cell], above: Callable[[str], str | None]) -> set[Place]:
    """The known places, and the unpublished ones that join them: totals of known parts, the third of three sexes. A
    nation that nobody published is none of them: regions that are missing do not add nothing to it."""
    nodes = {place for place, cell in cells.items() if cell.known}
    fresh: Iterable[Place] = nodes
    while fresh:
        fresh = {link for place in fresh for link in _links(place, cells, nodes, above)} - nodes
        nodes = nodes | fresh
    return nodes


def _links(
    place: Place, cells: Mapping[Place, Cell], nodes: set[Place], above: Callable[[str], str | None]
) -> Iterable[Place]:
    if place.unit:
        yield place._replace(unit="")
    if place.age != ALL_AGES:
        yield place._replace(age=ALL_AGES)
    longer = above(place.period)
    if longer:
        yield place._replace(period=longer)
    three = {place._replace(sex=sex) for sex in (BOTH_SEXES, *SEXES)}
    absent = three - nodes
    if len(absent) == 1 and (absent - cells.keys() or absent == {place._replace(sex=BOTH_SEXES)}):
        yield absent.pop()


def _sums_over_periods(cells: Mapping[Place, Cell], nodes: set[Place], half_years: bool) -> list[Sum]:
    """Periods that were never published are unknown, unless the rest make up the whole without them."""

    def counted(place: Place) -> Place:
        cell = cells.get(place)
        without_count = cell is not None and cell.known and not cell.secret and cell.count is None and not cell.hidden
        return place._replace(period=f"{place.period}?") if without_count else place

    def count(place: Place) -> float | None:
        if place in cells and cells[place].known:
            return cells[place].count
        known = [count(one) for one in _parts(place, half_years) if one in nodes]
        return None if not known or None in known else sum(filter(None, known))

    found = []
    for total in sorted(nodes):
        parts = _parts(total, half_years)
        members = [place for place in parts if place in nodes]
        if not members:
            continue
        whole, counts = count(total), [count(place) for place in members]
        adds_up = whole is not None and None not in counts and abs(whole - sum(filter(None, counts))) < _NEAR
        absent = [] if adds_up else [place for place in parts if place not in nodes and place not in cells]
        found.append(Sum(counted(total), tuple(counted(place) for place in [*members, *absent])))
    return found


def _parts(place: Place, half_years: bool) -> list[Place]:
    return [place._replace(period=key) for key in _parts_of(place.period, half_years=half_years)]
