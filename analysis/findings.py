"""What stands out in one region? Only tested statements: better or worse than the benchmark, and changed.

Everything is asked of the same comparisons and changes as the other pages; nothing is ranked by how striking it is
beyond the level it holds at and the size of the difference in standard errors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from analysis.change import SeriesChange, change_of_rows
from analysis.choices import UnknownChoice, chosen_regions
from analysis.comparison import Comparison, compare_regions, series_over_time
from analysis.status import indicators_with_figures
from indicators import NATION
from models import Store


@dataclass(frozen=True)
class Finding:
    """One region's row of one comparison."""

    comparison: Comparison
    row: dict[str, Any]

    @property
    def strength(self) -> float:
        """How many standard errors the difference is from none; 0 where it cannot be assessed."""
        if self.row["diff_low"] is None:
            return 0.0
        width = float(self.row["diff_high"] - self.row["diff_low"])
        return abs(float(self.row["difference"])) / width if width else float("inf")


@dataclass(frozen=True)
class RegionFindings:
    """A region's latest figures, judged and sorted by what may be said of them; strongest first."""

    region: str
    better: tuple[Finding, ...]
    worse: tuple[Finding, ...]
    apart: tuple[Finding, ...]
    """Higher or lower, where the indicator has no better direction."""
    similar: tuple[Finding, ...]
    not_assessable: tuple[Finding, ...]
    changed: tuple[SeriesChange, ...]
    unchanged: tuple[SeriesChange, ...]
    unknown_change: tuple[SeriesChange, ...]

    @property
    def all(self) -> tuple[Finding, ...]:
        return (*self.better, *self.worse, *self.apart, *self.similar, *self.not_assessable)


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
    code = next(iter(chosen_regions([region])), None)
    if code is None:
        raise UnknownChoice("region", region)
    asked = indicators if indicators is not None else indicators_with_figures(store, as_of)
    found, changes = [], []
    for indicator in asked:
        options: dict[str, Any] = {"as_of": as_of, "include_synthetic": include_synthetic}
        series = series_over_time(store, indicator, regions=[code], **options)
        own = series.rows.filter(pl.col("code") == code, pl.col("value").is_not_null())
        if not own.height:
            continue
        # The region's own latest period, which need not be the latest of all.
        latest = own["period"][-1]
        comparison = compare_regions(store, indicator, latest, benchmark=benchmark, **options)
        found.append(Finding(comparison, comparison.rows.row(by_predicate=pl.col("code") == code, named=True)))
        changes.append(change_of_rows(series.indicator, code, series.rows.filter(pl.col("code") == code), series.kind))
    return _sorted(code, found, changes, level)


def _sorted(code: str, found: list[Finding], changes: list[SeriesChange], level: float) -> RegionFindings:
    def said(*words: str) -> tuple[Finding, ...]:
        shown = (one for one in found if shown_judgement(one.row, level) in words)
        return tuple(sorted(shown, key=lambda one: -one.strength))

    def moved(*verdicts: str) -> tuple[SeriesChange, ...]:
        return tuple(one for one in changes if one.verdict in verdicts)

    return RegionFindings(
        region=code,
        better=said("better"),
        worse=said("worse"),
        apart=said("higher", "lower"),
        similar=said("similar"),
        not_assessable=said("not_assessable"),
        changed=moved("increasing", "decreasing"),
        unchanged=moved("none"),
        unknown_change=moved("not_assessable"),
    )


def shown_judgement(row: Mapping[str, Any], level: float = 95) -> str:
    """The judgement of a row (JUDGEMENT_COLUMNS) as it is shown at `level`: at 99.8 a mark that holds at 95 only is
    similar. Without an interval the answer is never "similar", whatever the row says."""
    untested = row["judgement"] is None or row["value"] is None or row["evidence"] == "none"
    if untested or row["diff_low"] is None or row["diff_high"] is None:
        return "not_assessable"
    if level == 99.8 and row["level"] == 95:
        return "similar"
    return str(row["judgement"])


def marked_count(comparisons: Sequence[Comparison], level: float = 95) -> tuple[int, int]:
    """How many of the shown comparisons could be assessed, and how many of those are marked at the level."""
    rows = [
        row
        for comparison in comparisons
        for row in comparison.rows.filter(pl.col("code") != NATION).iter_rows(named=True)
        if row["judgement"] != "not_assessable"
    ]
    return len(rows), sum(shown_judgement(row, level) != "similar" for row in rows)
