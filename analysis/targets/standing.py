"""How the decided targets stand: reached, not reached, or not to be told, by the figure's own interval (methods §2).

A target is judged by the region's latest figure whose last day lies in the time the target is for: from `by_date` where
it has one, else from `valid_from`. A target whose time has not come is `ahead`: how the latest figure stands is told,
and never as a failure. An interval that touches the target's value tells nothing, as in every other judgement here.

A month counts all its calls, so its interval says nothing of the next month. Where the series' usual variation (XmR
limits, methods §4) reaches past the target, the verdict stands with those limits beside it.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

import polars as pl

from analysis.change.tested import change_of_rows
from analysis.figures import figures_of
from analysis.judgement import with_estimates
from analysis.methods.differences import judge
from analysis.methods.flags import has_flag
from analysis.moments import today_in_sweden
from analysis.supply import SHARE_INDICATOR, minimum_rule, standing, supply_periods
from analysis.supply.comparing import share_figures
from analysis.targets.decided import decided_targets, first_of_each, targets_of_regions, targets_version
from indicators import Indicator, Period, catalogue
from models import Store, settings

STATUSES: Final = ("reached", "not_reached", "undecided", "ahead")
PHASES: Final = ("in_force", "replaced", "later", "ended")
"""`replaced`: another target for the same region and indicator goes before it."""

ATTAINED: Final[dict[str, Any]] = {
    "target": pl.String, "indicator": pl.String, "code": pl.String, "region": pl.String, "own": pl.Boolean,
    "kind": pl.String, "value": pl.Float64, "valid_from": pl.Date, "valid_to": pl.Date, "by_date": pl.Date,
    "body": pl.String, "decided": pl.Date, "document": pl.String, "phase": pl.String, "status": pl.String,
    "reason": pl.String, "stands": pl.String, "period": pl.String, "value_now": pl.Float64, "ci_low": pl.Float64,
    "ci_high": pl.Float64, "usual_low": pl.Float64, "usual_high": pl.Float64, "evidence": pl.String,
    "synthetic": pl.Boolean, "entered_at": pl.String, "entered_by": pl.String, "note": pl.String,
}  # fmt: skip
"""A row per target and region it is for. `reason` says why it is `undecided` (covers, no_interval, no_figure); `stands`
is how the latest figure stands of one `ahead` (reached, not_reached, or such a reason). `usual_low`, `usual_high`: the
limits of the months' usual variation, in the indicator's unit, where a verdict on a month has the target between
them."""

_RULE: Final = "4"
_BOUNDS: Final = ("ci_low", "ci_high", "low998", "high998")
_WORDS: Final = {"better": "reached", "worse": "not_reached", "similar": "covers", "not_assessable": "no_interval"}
_DIRECTIONS: Final = {"at_least": "higher_is_better", "at_most": "lower_is_better"}


def this_day(as_of: date | None = None) -> date:
    """The day a question is asked for: `as_of`, else today in Sweden."""
    return as_of or today_in_sweden()


def attained_targets(
    store: Store,
    codes: Sequence[str],
    *,
    indicator: str | None = None,
    as_of: date | None = None,
    day: date | None = None,
    include_synthetic: bool = True,
) -> pl.DataFrame:
    """The targets of these regions (ATTAINED), those in force first; `day` (today) is when it is asked. Without
    synthetic figures no target is told by one."""
    versions = (targets_version(store), store.data_version(), settings().hide_below, settings().uncertain_below)
    asked = (tuple(codes), indicator, as_of, day or this_day(as_of), include_synthetic)
    return _attained(store, versions, *asked)


@lru_cache(maxsize=128)
def _attained(
    store: Store,
    _versions: tuple[int, ...],
    codes: tuple[str, ...],
    indicator: str | None,
    as_of: date | None,
    day: date,
    include_synthetic: bool,
) -> pl.DataFrame:
    targets = targets_of_regions(decided_targets(store, as_of), codes)
    asked = targets if indicator is None else targets.filter(pl.col("indicator") == indicator)
    counting = {(row["target"], row["code"]) for row in first_of_each(asked, day).iter_rows(named=True)}
    rows = []
    for (name,), own in asked.group_by("indicator", maintain_order=True):
        known = catalogue().indicators.get(str(name))
        figures = _figures(store, known, own, as_of) if known else None
        hidden: set[str] = set()
        if figures is not None and not include_synthetic:
            every, figures = figures, figures.filter(~has_flag(pl.col("flags"), "x"))
            hidden = set(every["code"]) - set(figures["code"])
        rows += [_row(target, figures, counting, day, hidden) for target in own.iter_rows(named=True)]
    frame = pl.DataFrame(rows, schema=ATTAINED)
    phases = {name: place for place, name in enumerate(PHASES)}
    return frame.sort(
        pl.col("phase").replace_strict(phases, return_dtype=pl.Int64), "code", "indicator", "decided", "target"
    )


def _row(
    target: dict[str, Any],
    figures: pl.DataFrame | None,
    counting: set[tuple[str, str]],
    day: date,
    hidden: set[str],
) -> dict[str, Any]:
    """A target as a row of ATTAINED; `hidden`: regions with nothing but example figures, which are not to be told."""
    own = [] if figures is None else figures.filter(pl.col("code") == target["code"]).to_dicts()
    figure, told = attainment(target, own, day)
    if target["code"] in hidden:
        told = {name: "only_synthetic" if word.startswith("no_figure") else word for name, word in told.items()}
    return {
        **{name: target[name] for name in ATTAINED if name in target},
        **told,
        "region": catalogue().regions[target["code"]].name,
        "phase": _phase(target, counting, day),
        "period": figure.get("period", ""),
        "value_now": figure.get("value"),
        "ci_low": figure.get("ci_low"),
        "ci_high": figure.get("ci_high"),
        **(_usual(target, figure, figures) if told["status"] in ("reached", "not_reached") else {}),
        "evidence": figure.get("evidence", "none"),
        "synthetic": "x" in figure.get("flags", ""),
    }


def _usual(target: dict[str, Any], figure: dict[str, Any], figures: pl.DataFrame | None) -> dict[str, float]:
    """The limits of the months' usual variation at `figure`, where the target lies between them; else {}."""
    if figures is None or figure["period_kind"] != "month":
        return {}
    own = figures.filter(pl.col("code") == target["code"], pl.col("period_kind") == "month")
    chart = change_of_rows(catalogue().indicators[target["indicator"]], target["code"], own, "month").chart
    for phase in chart.phases if chart else ():
        low, high = phase.lower, phase.upper
        if low is None or high is None or not phase.first <= figure["period"] <= phase.last:
            continue
        if low < target["value"] < high:
            return {"usual_low": low, "usual_high": high}
    return {}


def _phase(target: dict[str, Any], counting: set[tuple[str, str]], day: date) -> str:
    if target["valid_from"] > day:
        return "later"
    if target["valid_to"] and target["valid_to"] < day:
        return "ended"
    return "in_force" if (target["target"], target["code"]) in counting else "replaced"


def attainment(
    target: dict[str, Any], figures: Sequence[dict[str, Any]], day: date
) -> tuple[dict[str, Any], dict[str, str]]:
    """The figure a target is told by ({} for none) and `status`, `reason`, `stands`. `figures`: the region's, earliest
    first, as with_estimates gives them."""
    latest = figures[-1] if figures else {}
    starts = target["by_date"] or target["valid_from"]
    if starts > day:
        stands = _stands(target, latest) if latest else "no_figure"
        return latest, {"status": "ahead", "reason": "", "stands": stands}
    ends = target["valid_to"] or date.max
    judged = [figure for figure in figures if starts <= figure["period_end"] <= ends]
    if not judged:
        reason = "no_figure_by_date" if target["by_date"] else "no_figure"
        return latest, {"status": "undecided", "reason": reason, "stands": ""}
    found = _stands(target, judged[-1])
    if found in STATUSES:
        return judged[-1], {"status": found, "reason": "", "stands": ""}
    return judged[-1], {"status": "undecided", "reason": found, "stands": ""}


def _stands(target: dict[str, Any], figure: dict[str, Any]) -> str:
    known = figure["variance"] is not None
    low, high, low998, high998 = (figure[name] - target["value"] if known else None for name in _BOUNDS)
    word, _ = judge(low, high, low998, high998, _DIRECTIONS[target["kind"]])
    return _WORDS[word]


def _figures(store: Store, indicator: Indicator, targets: pl.DataFrame, as_of: date | None) -> pl.DataFrame:
    """Everybody's figures with a value (columns of with_estimates), earliest last day first."""
    if indicator.id == SHARE_INDICATOR:
        found = _supply_figures(store, targets, as_of)
    else:
        found = figures_of(store, indicator, as_of, sex="T")
    known = found.filter(pl.col("value").is_not_null())
    return with_estimates(known).sort("period_end", "period_start", descending=[False, True])


def _supply_figures(store: Store, targets: pl.DataFrame, as_of: date | None) -> pl.DataFrame:
    """The computed shares of the periods the targets are told by: the latest of all, and the latest each target
    covers."""
    known = supply_periods(store, as_of)
    wanted = {_latest(known, target) for target in targets.iter_rows(named=True)} | {next(iter(known), None)}
    parts = [
        share_figures(standing(store, one, minimum_rule(_RULE, one), as_of=as_of), one)
        for one in known
        if one in wanted
    ]
    return pl.concat(parts) if parts else figures_of(store, catalogue().indicators[SHARE_INDICATOR], as_of, sex="T")


def _latest(known: Sequence[Period], target: dict[str, Any]) -> Period | None:
    starts, ends = target["by_date"] or target["valid_from"], target["valid_to"] or date.max
    return next((period for period in known if starts <= period.end <= ends), None)
