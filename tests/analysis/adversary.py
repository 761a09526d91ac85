"""Someone who adds and subtracts: what can be known exactly from figures in the open and sums that are known to hold.

Exact elimination over fractions, an implementation of its own, so that it shares no fault with the product's.
"""

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction

Place = tuple[str, str, str, str, str]
"""Region, care unit, sex, age, period."""
WHOLE: dict[str, str] = {"T": "T", "K": "T", "M": "T"}


def wholes_of(place: Place, *, half_years: bool = False) -> Iterable[tuple[str, Place]]:
    """Along each way of adding up, the total a place is a part of."""
    region, unit, sex, age, period = place
    if unit:
        yield "units", (region, "", sex, age, period)
    elif region != "00":
        yield "regions", ("00", "", sex, age, period)
    if sex != "T":
        yield "sexes", (region, unit, "T", age, period)
    if age != "all":
        yield "ages", (region, unit, sex, "all", period)
    year, rest = period[:4], period[5:]
    if rest.isdigit():
        yield "quarters", (region, unit, sex, age, f"{year}-Q{(int(rest) + 2) // 3}")
        yield "years of months", (region, unit, sex, age, year)
        if half_years:
            yield "halves", (region, unit, sex, age, f"{year}-H{(int(rest) + 5) // 6}")
    elif rest.startswith("Q"):
        yield "years of quarters", (region, unit, sex, age, year)
    elif rest.startswith("H") and half_years:
        yield "years of halves", (region, unit, sex, age, year)


def summed(smallest: Mapping[Place, int], *, half_years: bool = False) -> dict[Place, int]:
    """Every total of the smallest parts, each part counted once, and the parts themselves."""
    found: dict[Place, int] = {}
    for place, count in smallest.items():
        reached, waiting = {place}, [place]
        while waiting:
            for _, whole in wholes_of(waiting.pop(), half_years=half_years):
                if whole not in reached:
                    reached.add(whole)
                    waiting.append(whole)
        for whole in reached:
            found[whole] = found.get(whole, 0) + count
    return found


def true_sums(values: Mapping[Place, float], *, half_years: bool = False) -> list[tuple[Place, list[Place]]]:
    """The sums that hold between these values, every one that a reader could think of."""
    parts: dict[tuple[str, Place], list[Place]] = {}
    for place in values:
        for way, whole in wholes_of(place, half_years=half_years):
            parts.setdefault((way, whole), []).append(place)
    return [
        (whole, members)
        for (_, whole), members in parts.items()
        if whole in values and abs(values[whole] - sum(values[one] for one in members)) < 1e-9
    ]


def known(sums: Iterable[tuple[Hashable, list[Hashable]]], seen: Mapping[Hashable, float]) -> dict[Hashable, Fraction]:
    """What comes out alone of the sums (total, members) when `seen` is put in."""
    lines: list[dict[Hashable, Fraction]] = []
    for total, members in sums:
        line: dict[Hashable, Fraction] = {}
        for one, sign in ((total, -1), *((member, 1) for member in members)):
            at, more = (None, Fraction(seen[one])) if one in seen else (one, Fraction(1))
            line[at] = line.get(at, Fraction(0)) + sign * more
        lines.append({one: factor for one, factor in line.items() if factor})
    solved: list[tuple[Hashable, dict[Hashable, Fraction]]] = []
    for line in lines:
        for pivot, other in solved:
            _take_away(line, other, pivot)
        unknown = next((one for one in line if one is not None), None)
        if unknown is None:
            continue
        factor = line[unknown]
        scaled = {one: value / factor for one, value in line.items()}
        for _, other in solved:
            _take_away(other, scaled, unknown)
        solved.append((unknown, scaled))
    return {pivot: -line.get(None, Fraction(0)) for pivot, line in solved if set(line) <= {pivot, None}}


def _take_away(line: dict[Hashable, Fraction], other: Mapping[Hashable, Fraction], pivot: Hashable) -> None:
    """Make `line` free of `pivot` with the help of `other`, in which it has the factor 1."""
    factor = line.get(pivot)
    if factor:
        for one, value in other.items():
            left = line.get(one, Fraction(0)) - factor * value
            if left:
                line[one] = left
            else:
                line.pop(one, None)
