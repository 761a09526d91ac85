"""What is wrong with a table by weekday and hour, gathered as found; a fault of many cells is listed to a limit."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from indicators import Catalogue
from loaders.problems import ERROR, SHOWN_PER_RULE, Ignored, Problem, area_of, labels_of
from loaders.tables.addresses import cell

AREA: Final = "phone_files"


@dataclass
class Findings:
    """`counted`: how often each rule has been broken; `severities`: how gravely."""

    known: Catalogue
    problems: list[Problem] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    severities: dict[str, str] = field(default_factory=dict)

    def say(
        self,
        rule: str,
        sheet: str = "",
        place: str = "",
        found: str = "",
        *,
        severity: str = ERROR,
        variant: str = "",
        indicator: str = "",
        **values: Any,
    ) -> None:
        """One problem, unless its rule has been told as often as a person reads; the rest is counted (`finish`)."""
        self.counted[rule] += 1
        self.severities[rule] = severity
        if self.counted[rule] > SHOWN_PER_RULE:
            return
        ids = (indicator,) if indicator else ()
        area = area_of(variant or rule, AREA)
        labels = labels_of(self.known, ids)
        self.problems.append(
            Problem(severity, rule, sheet, place, found, ids, variant, labels=labels, values=values, area=area)
        )

    def rows(
        self,
        faulty: pl.DataFrame,
        rule: str,
        name: str,
        found: str | None = None,
        *,
        variant: str = "",
        values: Mapping[str, str] | None = None,
        severity: str = ERROR,
    ) -> None:
        """One problem per record of `faulty` (columns of phone_profile), as `loaders.checks` tells of figures."""
        for row in faulty.iter_rows(named=True):
            told = {key: row[column] for key, column in (values or {}).items()}
            self.say(
                rule,
                row["sheet"],
                cell(row["row"], row["col"]),
                str(row[found or name]),
                severity=severity,
                variant=variant,
                indicator=row["indicator"],
                **told,
            )

    def finish(self) -> None:
        """One more row for each rule of which not all is told."""
        for rule, count in self.counted.items():
            if count > SHOWN_PER_RULE:
                more = {"count": count - SHOWN_PER_RULE, "rule": rule}
                self.problems.append(Problem(self.severities[rule], rule, variant="more", values=more))
