"""Has one region's series changed? The right test for the series, or a refusal with its reason (methods §4).

Months: the XmR chart, and the verdict is what its latest point says. Years: a steady trend over at least five
consecutive points; fewer: Newcombe's interval of the difference between the last two. Spring and autumn measurements
are compared with the same season a year before. `analysis.change_questions` answers every question of a series.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from analysis.change.trend import trend_of_waves
from analysis.change.waves import Row, Waves, waves_of
from analysis.choices import chosen_indicator, chosen_regions
from analysis.comparison import series_over_time
from analysis.judgement import with_estimates
from analysis.methods.differences import difference_of_intervals, judge
from analysis.methods.intervals import EVIDENCE
from analysis.methods.trends import NEEDED as YEARS_NEEDED
from analysis.methods.xmr import NEEDED as MONTHS_NEEDED
from analysis.methods.xmr import TRENDING, XmrChart, xmr
from analysis.remarks import may_be_judged
from indicators import NATION, Indicator, SeriesBreak, catalogue, period_of
from models import Store

VERDICTS: Final = {"higher": "increasing", "lower": "decreasing", "similar": "none"}
"""How a judged difference is told of a series: the way its value has gone."""


@dataclass(frozen=True)
class SeriesChange:
    """What a series says about change.

    method: chi2_trend, weighted_regression, two_waves, xmr, or None where nothing could be tested. statistic: χ² of a
    trend. verdict: increasing, decreasing, none or not_assessable. reason: why there is no direction, or the XmR rule
    that fired at the latest point. evidence: the weakest behind the points. points: the periods used. needed: how many
    a test would have needed. measured: of how many waves `points` have an interval. breaks: those inside the
    series. chart: the XmR chart for a monthly series. difference, low, high: change between two waves and its 95 %
    interval, in the indicator's unit.
    """

    indicator: Indicator
    region: str
    method: str | None
    statistic: float | None
    verdict: str
    reason: str | None
    evidence: str
    points: tuple[str, ...]
    needed: int
    breaks: tuple[SeriesBreak, ...]
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    slope: float | None = None
    chart: XmrChart | None = None
    measured: int = 0

    @property
    def fired(self) -> dict[str, tuple[str, ...]]:
        """The XmR rules that fired anywhere in the series, with the periods each marks."""
        marked = [(point.rule, point.period) for point in self.chart.points if point.rule] if self.chart else []
        return {
            rule: tuple(period for one, period in marked if one == rule) for rule in dict.fromkeys(r for r, _ in marked)
        }


def change_over_time(
    store: Store,
    indicator_id: str,
    region: str,
    *,
    sex: str = "T",
    kind: str | None = None,
    as_of: date | None = None,
    include_synthetic: bool = True,
) -> SeriesChange:
    """The tested change of one region's published series (Riket: `00`). UnknownChoice for a wrong choice."""
    indicator = chosen_indicator(indicator_id)
    code = next(iter(chosen_regions([region])), NATION)
    series = series_over_time(
        store, indicator_id, regions=[code], sex=sex, kind=kind, as_of=as_of, include_synthetic=include_synthetic
    )
    return change_of_rows(indicator, code, series.rows.filter(pl.col("code") == code), series.kind)


def change_of_rows(indicator: Indicator, code: str, rows: pl.DataFrame, kind: str | None) -> SeriesChange:
    """The tested change of one region's rows (FIGURE_COLUMNS of one kind of period, in time order)."""
    breaks = tuple(known for known in catalogue().breaks_of(indicator) if known.region in (None, code))
    known = rows.filter(pl.col("value").is_not_null(), may_be_judged())
    inside = tuple(one for one in breaks if known.height and _is_inside(one, known))
    if kind == "month":
        return _months(indicator, code, rows, inside)
    waves = waves_of(indicator, code, with_estimates(rows))
    if kind == "year" and len(waves.segment) >= YEARS_NEEDED:
        return _years(indicator, code, waves, inside)
    return _two_waves(indicator, code, waves, inside)


def _is_inside(known: SeriesBreak, rows: pl.DataFrame) -> bool:
    start = period_of(known.period).start
    return bool(rows["period_start"].min() < start <= rows["period_start"].max())  # type: ignore[operator]


def _weakest(rows: Sequence[Row]) -> str:
    found = {row["evidence"] for row in rows}
    return next((kind for kind in reversed(EVIDENCE) if kind in found), "none")


def _refused(
    indicator: Indicator,
    code: str,
    rows: Sequence[Row],
    reason: str,
    needed: int,
    breaks: tuple[SeriesBreak, ...],
    measured: int = 0,
) -> SeriesChange:
    points = tuple(row["period"] for row in rows)
    return SeriesChange(
        indicator, code, None, None, "not_assessable", reason, _weakest(rows), points, needed, breaks, measured=measured
    )


def _years(indicator: Indicator, code: str, waves: Waves, breaks: tuple[SeriesBreak, ...]) -> SeriesChange:
    rows = waves.segment
    known = [row for row in rows if row["evidence"] != "none"]
    if not known:
        return _refused(indicator, code, rows, "no_interval", YEARS_NEEDED, breaks)
    found = trend_of_waves(known, waves.left_out, waves.noted)
    used = [row for row in known if int(row["period"]) in found.years]
    if found.reason == "too_few_points":
        if len(known) < YEARS_NEEDED:
            return _refused(indicator, code, known, "few_intervals", YEARS_NEEDED, breaks, len(rows))
        return _two_waves(indicator, code, waves, breaks)
    return SeriesChange(
        indicator,
        code,
        found.method if found.statistic is not None else None,
        found.statistic,
        found.verdict,
        found.reason,
        _weakest(used),
        tuple(row["period"] for row in used),
        YEARS_NEEDED,
        breaks,
        slope=found.slope,
    )


def _two_waves(indicator: Indicator, code: str, waves: Waves, breaks: tuple[SeriesBreak, ...]) -> SeriesChange:
    """The latest wave against the one before, of the same segment and season."""
    rows = waves.segment[-2:]
    if len(rows) != 2:
        return _refused(indicator, code, rows, "too_few_points", 2, breaks)
    earlier, later = rows
    if earlier["variance"] is None or later["variance"] is None:
        return _refused(indicator, code, rows, "no_interval", 2, breaks)
    low, high = change_between(earlier, later, "ci_low", "ci_high")
    word, level = judge(low, high, *change_between(earlier, later, "low998", "high998"), "none")
    return SeriesChange(
        indicator,
        code,
        "two_waves",
        None,
        VERDICTS[word],
        "not_significant" if level is None else None,
        _weakest(rows),
        tuple(row["period"] for row in rows),
        2,
        breaks,
        difference=later["estimate"] - earlier["estimate"],
        low=low,
        high=high,
    )


def change_between(earlier: Row, later: Row, low: str, high: str) -> tuple[float, float]:
    """Newcombe's interval of the change, from each wave's own interval (the columns `low` and `high`), as in a
    comparison with an earlier period."""
    mine, theirs = ((row["estimate"], row[low], row[high]) for row in (later, earlier))
    return difference_of_intervals(*mine, *theirs)


def _told_from(chart: XmrChart) -> float:
    """What the latest marked point is above or below: the mean, but in a run that rises or falls the point before."""
    mean = chart.phases[-1].mean
    assert mean is not None
    return chart.points[-2].value if chart.points[-1].rule == TRENDING else mean


def _months(indicator: Indicator, code: str, rows: pl.DataFrame, breaks: tuple[SeriesBreak, ...]) -> SeriesChange:
    """The XmR chart; a month that a remark keeps out is a missing one."""
    months = [period_of(known.period).start.strftime("%Y-%m") for known in breaks]
    judged = rows.filter(pl.col("remark") != "not_judged")
    known = judged.filter(pl.col("value").is_not_null()).to_dicts()
    chart = xmr(judged["period"].to_list(), judged["value"].to_list(), rebase_at=months)
    if chart.reason is not None:
        return _refused(indicator, code, known, chart.reason, MONTHS_NEEDED, breaks)
    latest, phase = chart.points[-1], chart.phases[-1]
    verdict = "none"
    if latest.rule is not None:
        verdict = "increasing" if latest.value > _told_from(chart) else "decreasing"
    return SeriesChange(
        indicator,
        code,
        "xmr",
        None,
        verdict,
        latest.rule or "within_usual_variation",
        _weakest(known),
        tuple(point.period for point in chart.points if point.period >= phase.first),
        MONTHS_NEEDED,
        breaks,
        chart=chart,
    )
