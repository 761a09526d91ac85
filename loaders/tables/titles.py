"""Which indicator does a table's title name? Only a title that is an indicator's name and words that are understood is
taken: any other word may change what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from indicators import Catalogue
from loaders.tables.vocabulary import said

_UNITS: Final = frozenset({"percent", "count", "index", "seconds"})
_WHEN: Final = frozenset({"grain_year", "grain_month", "grain_quarter", "grain_week"})


@dataclass(frozen=True)
class NamedTable:
    """The indicators a table's title lines name (one, where all is well), and the unit printed there, if any."""

    indicators: tuple[str, ...]
    unit: str
    row: int
    col: int


def indicators_in(line: str, known: Catalogue, *, plainly: bool = False) -> tuple[set[str], str]:
    """(ids whose name the line is, the unit printed beside it); a shared name gives both ids. `plainly`: only where no
    word beside it says that the figures are something else."""
    found = said(line, known)
    if any(not word[0].isdecimal() for word in found.unknown):
        return set(), ""
    if plainly and any(found.verdict(kind) != "known" for kind in found.kinds.keys() - _UNITS - _WHEN):
        return set(), ""
    # Beside a count's name a share is another thing: the share of calls abandoned is not how many they are.
    ids = {each for each in found.indicators if known.indicators[each].unit != "count" or "percent" not in found.kinds}
    share = {"%", "procent", "percent", "per cent"} & set(found.kinds.get("percent", "").split(", "))
    return ids, "%" if ids and share else ""


def named_table(lines: Iterable[tuple[int, int, str]], known: Catalogue) -> NamedTable:
    """The indicator named by (row, col, text) title lines; the first line that names one settles the place."""
    ids: list[str] = []
    unit, place = "", (0, 0)
    for row, col, line in lines:
        found, printed = indicators_in(line, known)
        if found and not ids:
            place = (row, col)
        ids += sorted(found - set(ids))
        unit = unit or printed
    return NamedTable(tuple(ids), unit, *place)
