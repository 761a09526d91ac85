"""What stands out in one region? Only tested statements: better or worse than the benchmark, and changed.

Everything is asked of the same comparisons and changes as the other pages; nothing is ranked by how striking it is
beyond the level it holds at and the size of the difference in standard errors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

import polars as pl

from analysis.age import is_older, newest_barometer
from analysis.bases import ONE_SEX
from analysis.change.questions import RegionChanges, changes_of_series
from analysis.choices import chosen_region
from analysis.comparison import Comparison, compare_regions, series_over_time
from analysis.followup.letters import letter_of
from analysis.methods.differences import marks_by_chance
from analysis.methods.intervals import LEVELS
from analysis.status import indicators_with_figures
from analysis.told import shown_judgement
from analysis.waves import latest_judged, newer_unjudged
from indicators import NATION, Period, period_of
from models import Store

_WORST_FIRST: Final = ("worse", "better", "lower", "higher", "similar", "not_assessable")


@dataclass(frozen=True)
class Finding:
    """One region's row of one comparison; `newer`: a later period with a figure of the region that cannot be judged,
    and why (waves.newer_unjudged)."""

    comparison: Comparison
    row: dict[str, Any]
    newer: tuple[Period, str] | None = None

    @property
    def strength(self) -> float:
        """How many standard errors the difference is from none; 0 where it cannot be assessed."""
        if self.row["diff_low"] is None:
            return 0.0
        width = float(self.row["diff_high"] - self.row["diff_low"])
        return abs(float(self.row["difference"])) / width if width else float("inf")


@dataclass(frozen=True)
class RegionFindings:
    """A region's latest figures, judged and sorted by what may be said of them; strongest first. An older measurement
    (analysis.age) stands in `older` whatever its judgement, its tested change in `older_changes`, and in no other list.
    `changed`: a step that holds at 99.8 %, or a steady or varied series, for these are many at once;
    `unknown_change` holds every change that cannot be tested.
    `newest`: the last day of the newest barometer, which "older" is measured from."""

    region: str
    better: tuple[Finding, ...]
    worse: tuple[Finding, ...]
    apart: tuple[Finding, ...]
    """Higher or lower, where the indicator has no better direction."""
    similar: tuple[Finding, ...]
    not_assessable: tuple[Finding, ...]
    changed: tuple[RegionChanges, ...]
    unchanged: tuple[RegionChanges, ...]
    unknown_change: tuple[RegionChanges, ...]
    older: tuple[Finding, ...]
    older_changes: tuple[RegionChanges, ...]
    newest: date | None

    @property
    def current(self) -> tuple[Finding, ...]:
        """Those that say how things stand."""
        return (*self.better, *self.worse, *self.apart, *self.similar, *self.not_assessable)

    @property
    def all(self) -> tuple[Finding, ...]:
        return (*self.current, *self.older)


def region_findings(
    store: Store,
    region: str,
    *,
    indicators: Sequence[str] | None = None,
    benchmark: str = "riket",
    level: float = 95,
    as_of: date | None = None,
    include_synthetic: bool = False,
) -> RegionFindings:
    """Everything that may be said of one region's latest figures. `indicators`: those asked for, else every one with a
    figure. At level 99.8 a difference that holds at 95 only counts as similar. UnknownChoice for no region or Riket."""
    code = chosen_region(region)
    asked = indicators if indicators is not None else indicators_with_figures(store, as_of)
    letter = letter_of(store, code, as_of)
    found, changes = [], []
    for indicator in asked:
        options: dict[str, Any] = {"as_of": as_of, "include_synthetic": include_synthetic}
        series = series_over_time(store, indicator, **options)
        own = series.rows.filter(pl.col("code") == code, pl.col("value").is_not_null())
        if not own.height:
            continue
        # The region's own latest period that can be judged, which need not be the latest of all.
        latest = latest_judged(own)
        assert latest is not None
        comparison = compare_regions(store, indicator, latest.key, benchmark=benchmark, level=level, **options)
        row = comparison.rows.row(by_predicate=pl.col("code") == code, named=True)
        found.append(Finding(comparison, row, newer_unjudged(own, latest)))
        changes.append(changes_of_series(series, code, letter))
    return _sorted(code, found, changes, newest_barometer(store, as_of, include_synthetic=include_synthetic))


def _sorted(code: str, found: list[Finding], changes: list[RegionChanges], newest: date | None) -> RegionFindings:
    older = {one.comparison.indicator.id for one in found if is_older(period_of(one.row["period"]), newest)}

    def said(*words: str, old: bool = False) -> tuple[Finding, ...]:
        asked = (one for one in found if (one.comparison.indicator.id in older) == old)
        shown = (one for one in asked if shown_judgement(one.row) in words)
        return tuple(sorted(shown, key=lambda one: -one.strength))

    def moved(*verdicts: str, old: bool = False) -> tuple[RegionChanges, ...]:
        return tuple(one for one in changes if one.verdict in verdicts and (one.indicator.id in older) == old)

    return RegionFindings(
        region=code,
        better=said("better"),
        worse=said("worse"),
        apart=said("higher", "lower"),
        similar=said("similar"),
        not_assessable=said("not_assessable"),
        changed=moved("changed"),
        unchanged=moved("none"),
        unknown_change=(*moved("not_assessable"), *moved("not_assessable", old=True)),
        older=tuple(one for word in _WORST_FIRST for one in said(word, old=True)),
        older_changes=moved("changed", "none", old=True),
        newest=newest,
    )


class Marks(NamedTuple):
    """How many comparisons could be assessed, how many of those are marked at their level, and how many chance alone
    would mark, fewest and most (differences.marks_by_chance), at 95 and at 99.8 %."""

    assessed: int = 0
    marked: int = 0
    chance: tuple[float, float] = (0.0, 0.0)
    chance998: tuple[float, float] = (0.0, 0.0)


def marks_of(rows: Sequence[Mapping[str, Any]]) -> Marks:
    """The marks among some rows of comparisons (JUDGEMENT_COLUMNS)."""
    assessed = [row for row in rows if shown_judgement(row) != "not_assessable"]
    marked = sum(shown_judgement(row) != "similar" for row in assessed)
    bases = [
        row["assumed_base"] / (1 if row["sex"] == "T" else ONE_SEX) for row in assessed if row["evidence"] == "assumed"
    ]
    chance, chance998 = (marks_by_chance(len(assessed), level, assumed=bases) for level in LEVELS)
    return Marks(len(assessed), marked, chance, chance998)


def marked_count(comparisons: Sequence[Comparison]) -> Marks:
    """The marks among all regions of the shown comparisons."""
    return marks_of(
        [
            row
            for comparison in comparisons
            for row in comparison.rows.filter(pl.col("code") != NATION).iter_rows(named=True)
        ]
    )
