"""What a linked figure was before the audit and is now, with the tested change, or why there is none.

The latest wave against the last one whose fieldwork had ended before the audit, beside the nation (methods §4: the
question since_audit, of the same season). Months: the XmR chart of the whole series, for two single months say nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.change.questions import BESIDE_NATION, LATEST_MONTH, Change, region_changes
from analysis.change.waves import SINCE_AUDIT, Letter
from analysis.comparison import Comparison, compare_regions
from analysis.figures import figures_of
from analysis.followup.audits import FollowedAudit
from analysis.followup.letters import letter_from
from analysis.methods.flags import has_flag
from analysis.remarks import may_be_judged
from analysis.supply import compared_shares, minimum_rule, supply_periods
from analysis.supply.comparing import SHARE_INDICATOR
from indicators import Indicator, Period, catalogue, period_of
from models import Store

Row = dict[str, Any]
_LACKING: Final = {"no_wave_before": "no_before", "no_wave_after": "no_after"}
_RULE: Final = "4"
"""The rule of the share of care units at the minimum level: at least four e-services, as the first letter counts."""


@dataclass(frozen=True)
class FollowedFigure:
    """`before`, `latest`: rows of analysis.FIGURE_COLUMNS, None where there is none. `why` names what is lacking for a
    comparison: no_figures, no_day, no_before, no_after, or "". Then either `comparison` with its `judged` row, or
    the first of `changes`, holds the verdict; `changes` are the answers that say it in words."""

    indicator: Indicator
    region: str
    before: Row | None = None
    latest: Row | None = None
    why: str = ""
    comparison: Comparison | None = None
    judged: Row | None = None
    changes: tuple[Change, ...] = ()

    @property
    def synthetic(self) -> bool:
        return any("x" in row["flags"] for row in (self.before, self.latest) if row)

    @property
    def verdict(self) -> str:
        """The judgement against the earlier figure (analysis.judgement) or of the series (Change.verdict)."""
        if self.judged:
            return str(self.judged["judgement"])
        return self.changes[0].verdict if self.changes else "not_assessable"


def figures_since(
    store: Store, audit: FollowedAudit, indicators: tuple[str, ...], *, as_of: date | None = None
) -> tuple[FollowedFigure, ...]:
    """One FollowedFigure per linked indicator, in the order they are linked. Example data never stand under what real
    auditors recommended: an indicator that has no others has no figures here."""
    known = catalogue().indicators
    letter = letter_from(audit.decided, audit.reply_due)
    return tuple(
        figure_since(store, known[one], audit.region, letter, as_of=as_of) for one in indicators if one in known
    )


def figure_since(
    store: Store, indicator: Indicator, region: str, letter: Letter | None, *, as_of: date | None = None
) -> FollowedFigure:
    """A region's figure before a letter's day and now."""
    if indicator.id == SHARE_INDICATOR:
        return _supply_since(store, indicator, region, letter.day if letter else None, as_of)
    known = figures_of(store, indicator, as_of, sex="T", include_synthetic=False).filter(
        pl.col("code") == region, pl.col("value").is_not_null(), may_be_judged()
    )
    latest = _latest(known.to_dicts())
    if latest is None:
        return FollowedFigure(indicator, region, why="no_figures")
    if letter is None:
        return FollowedFigure(indicator, region, latest=latest, why="no_day")
    kind = latest["period_kind"]
    changes = region_changes(
        store, indicator.id, region, kind=kind, as_of=as_of, letter=letter, include_synthetic=False
    )
    rows = {row["period"]: row for row in known.filter(pl.col("period_kind") == kind).to_dicts()}
    if kind == "month":
        return _month(FollowedFigure(indicator, region, latest=latest, changes=changes.of(LATEST_MONTH)), rows, letter)
    since = changes.of(SINCE_AUDIT)
    before = rows.get(since[0].first or "")
    found = FollowedFigure(indicator, region, before, latest, why=_LACKING.get(since[0].reason or "", ""))
    if found.why or before is None:
        return replace(found, changes=since)
    pairs = [(one.first, one.last) for one in since]
    beside = tuple(
        one for one in changes.of(BESIDE_NATION) if (one.first, one.last) in pairs and one.verdict != "not_assessable"
    )
    comparison = compare_regions(
        store,
        indicator.id,
        latest["period"],
        benchmark=f"period:{before['period']}",
        as_of=as_of,
        include_synthetic=False,
    )
    judged = comparison.rows.row(by_predicate=pl.col("code") == region, named=True)
    return replace(found, comparison=comparison, judged=judged, changes=(*since, *beside))


def _month(found: FollowedFigure, rows: Mapping[str, Row], letter: Letter) -> FollowedFigure:
    """A monthly figure with the last month that had ended before the letter."""
    before = _latest([row for row in rows.values() if row["period_end"] < letter.day])
    if before is None:
        return replace(found, why="no_before")
    same = found.latest is not None and before["period"] == found.latest["period"]
    return replace(found, before=before, why="no_after" if same else "")


def _latest(rows: list[Row]) -> Row | None:
    return max(rows, key=lambda row: period_of(row["period"]).recency, default=None)


def _supply_since(
    store: Store, indicator: Indicator, region: str, since: date | None, as_of: date | None
) -> FollowedFigure:
    """The share of care units at the minimum level, which is computed from the units' own e-services. Its periods are
    days of counting, whatever their kind: two of them can be compared."""

    def asked(period: Period, benchmark: str) -> tuple[Comparison, Row | None]:
        found = compared_shares(
            store, period, minimum_rule(_RULE, period), benchmark=benchmark, regions=[region], as_of=as_of
        )
        own = found.rows.filter(
            pl.col("code") == region, pl.col("value").is_not_null(), ~has_flag(pl.col("flags"), "x")
        ).to_dicts()
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
