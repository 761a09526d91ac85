"""What is wrong with rows of a supply file, gathered as they are found; a fault of many rows is listed to a limit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from indicators import Catalogue
from loaders.problems import ERROR, SHOWN_PER_RULE, Ignored, Problem, area_of
from loaders.records.supply.plan import Plan
from loaders.tables.addresses import cell

AREA: Final = "supply_files"
_CALLED: Final = {"unit": "care_unit"}
"""Columns that a message calls otherwise: `unit` is the unit of a figure there (loaders.spoken)."""


@dataclass
class Findings:
    """`plans`: the tables by their sheets' names."""

    known: Catalogue
    plans: Mapping[str, Plan]
    problems: list[Problem] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    def say(
        self,
        severity: str,
        rule: str,
        sheet: str = "",
        place: str = "",
        found: str = "",
        variant: str = "",
        values: Mapping[str, Any] | None = None,
    ) -> None:
        area = area_of(variant or rule, AREA)
        self.problems.append(Problem(severity, rule, sheet, place, found, (), variant, values=values or {}, area=area))

    def rows(
        self,
        faulty: pl.DataFrame,
        rule: str,
        role: str,
        found: str,
        *,
        severity: str = ERROR,
        variant: str = "",
        values: Sequence[str] = (),
    ) -> None:
        """One problem per cell of `faulty` (columns sheet, row, `found`, `values`). `role`: a role of
        the row, or the name of a column that holds the cell's number."""
        seen: set[tuple[str, str]] = set()
        for place, row in enumerate(faulty.iter_rows(named=True)):
            if len(seen) == SHOWN_PER_RULE:
                more = {"count": faulty.height - place, "rule": rule}
                self.problems.append(Problem(severity, rule, variant="more", values=more))
                return
            plan = self.plans[row["sheet"]]
            address = cell(row["row"], row[role]) if role.endswith("col") else plan.place(role, row["row"])
            if address and (row["sheet"], address) in seen:
                continue
            seen.add((row["sheet"], address))
            told = {_CALLED.get(name, name): row[name] for name in values}
            self.say(severity, rule, row["sheet"], address, str(row[found]), variant, told)
