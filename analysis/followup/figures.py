"""What a linked figure was before the audit and is now, with the tested change, or why there is none.

Years, quarters and half-years: the latest figure against the last period that had ended before the audit (Newcombe's
interval, methods §2; a half-year against the same half). Months and weeks: the XmR chart of the whole series (methods
§4), for two single months say nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.change import SeriesChange, change_over_time
from analysis.comparison import Comparison, compare_regions
from analysis.figures import figures_of
from analysis.followup.audits import FollowedAudit
from analysis.supply import compared_shares, minimum_rule, supply_periods
from analysis.supply.comparing import SHARE_INDICATOR
from indicators import Indicator, Period, catalogue, period_of
from models import Store

Row = dict[str, Any]
_SHORT: Final = ("month", "week", "day")
_RULE: Final = "4"
"""The rule of the share of care units at the minimum level: at least four e-services, as the first letter counts."""


@dataclass(frozen=True)
class FollowedFigure:
    """`before`, `latest`: rows of analysis.FIGURE_COLUMNS, None where there is none. `why` names what is lacking for a
    comparison: no_figures, no_day, no_before, no_after, or "". Then either `comparison` with its `judged` row, or
    `change`, holds the verdict."""

    indicator: Indicator
    region: str
    before: Row | None = None
    latest: Row | None = None
    why: str = ""
    comparison: Comparison | None = None
    judged: Row | None = None
    change: SeriesChange | None = None

    @property
    def synthetic(self) -> bool:
        return any("x" in row["flags"] for row in (self.before, self.latest) if row)

    @property
    def verdict(self) -> str:
        """The judgement against the earlier figure (analysis.judgement) or of the series (SeriesChange.verdict)."""
        if self.change:
            return self.change.verdict
        return str(self.judged["judgement"]) if self.judged else "not_assessable"


def figures_since(
    store: Store, audit: FollowedAudit, indicators: tuple[str, ...], *, as_of: date | None = None
) -> tuple[FollowedFigure, ...]:
    """One FollowedFigure per linked indicator, in the order they are linked."""
    known = catalogue().indicators
    return tuple(
        figure_since(store, known[one], audit.region, audit.since, as_of=as_of) for one in indicators if one in known
    )


def figure_since(
    store: Store, indicator: Indicator, region: str, since: date | None, *, as_of: date | None = None
) -> FollowedFigure:
    """A region's figure before a day and now."""
    if indicator.id == SHARE_INDICATOR:
        return _supply_since(store, indicator, region, since, as_of)
    rows = figures_of(store, indicator, as_of, sex="T").filter(pl.col("code") == region, pl.col("value").is_not_null())
    if rows.is_empty():
        return FollowedFigure(indicator, region, why="no_figures")
    latest = _latest(rows.to_dicts())
    if since is None:
        return FollowedFigure(indicator, region, latest=latest, why="no_day")
    before = _latest([row for row in rows.to_dicts() if _is_like(row, latest) and row["period_end"] < since])
    if before is None:
        return FollowedFigure(indicator, region, latest=latest, why="no_before")
    if before["period"] == latest["period"]:  # type: ignore[index]
        return FollowedFigure(indicator, region, before=before, latest=latest, why="no_after")
    return _tested(store, FollowedFigure(indicator, region, before, latest), as_of)


def _latest(rows: list[Row]) -> Row | None:
    return max(rows, key=lambda row: period_of(row["period"]).recency, default=None)


def _is_like(row: Row, latest: Row | None) -> bool:
    """Whether a figure can stand against the latest one: the same kind of period, and the same half of a year."""
    if latest is None or row["period_kind"] != latest["period_kind"]:
        return False
    return bool(latest["period_kind"] != "half_year" or row["period"][4:] == latest["period"][4:])


def _tested(store: Store, found: FollowedFigure, as_of: date | None) -> FollowedFigure:
    assert found.before is not None
    assert found.latest is not None
    kind = found.latest["period_kind"]
    parts = {name: getattr(found, name) for name in ("indicator", "region", "before", "latest")}
    if kind in _SHORT:
        change = change_over_time(store, found.indicator.id, found.region, kind=kind, as_of=as_of)
        return FollowedFigure(**parts, change=change)
    comparison = compare_regions(
        store, found.indicator.id, found.latest["period"], benchmark=f"period:{found.before['period']}", as_of=as_of
    )
    judged = comparison.rows.row(by_predicate=pl.col("code") == found.region, named=True)
    return FollowedFigure(**parts, comparison=comparison, judged=judged)


def _supply_since(
    store: Store, indicator: Indicator, region: str, since: date | None, as_of: date | None
) -> FollowedFigure:
    """The share of care units at the minimum level, which is computed from the units' own e-services. Its periods are
    days of counting, whatever their kind: two of them can be compared."""

    def asked(period: Period, benchmark: str) -> tuple[Comparison, Row | None]:
        found = compared_shares(
            store, period, minimum_rule(_RULE, period), benchmark=benchmark, regions=[region], as_of=as_of
        )
        own = found.rows.filter(pl.col("code") == region, pl.col("value").is_not_null()).to_dicts()
        return found, own[0] if own else None

    known = [(period, row) for period in supply_periods(store, as_of) if (row := asked(period, "riket")[1])]
    if not known:
        return FollowedFigure(indicator, region, why="no_figures")
    (last, latest), earlier = known[0], [pair for pair in known if since and pair[0].end < since]
    if since is None or not earlier:
        return FollowedFigure(indicator, region, latest=latest, why="no_before" if since else "no_day")
    first, before = earlier[0]
    if first == last:
        return FollowedFigure(indicator, region, before=before, latest=latest, why="no_after")
    comparison, judged = asked(last, f"period:{first.key}")
    return FollowedFigure(indicator, region, before, latest, comparison=comparison, judged=judged)
