"""What may be said of a region's change: several questions, each with its own test, none hidden behind another
(methods §4). One row per answer; a question without one is there with its reason."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import polars as pl

from analysis.change.beside import Beside, beside_nation
from analysis.change.tested import VERDICTS, change_between, change_of_rows
from analysis.change.trend import assumed_base, trend_of_waves
from analysis.change.waves import SINCE_AUDIT, SINCE_LAST, SINCE_PANDEMIC, Letter, Pair, Row, Waves, pairs_of, waves_of
from analysis.choices import chosen_regions
from analysis.comparison import TimeSeries, series_over_time
from analysis.judgement import with_estimates
from analysis.methods.differences import PROBED, judge
from analysis.methods.intervals import Z95, Z998
from analysis.methods.trends import NEEDED, Trend
from analysis.methods.xmr import XmrChart
from indicators import NATION, Indicator
from models import Store

BESIDE_NATION: Final = "beside_nation"
STEADY: Final = "steady"
VARIED: Final = "varied"
LATEST_MONTH: Final = "latest_month"
STEPS: Final = (SINCE_LAST, SINCE_PANDEMIC, SINCE_AUDIT)
MOVED: Final = ("increasing", "decreasing", "varied")
"""The verdicts that say that something has changed."""
STRICTEST: Final = 99.8
LISTED_AT: Final = STRICTEST
"""The level a change is marked at in a list over several indicators, where many are tried at once."""


@dataclass(frozen=True)
class Change:
    """The answer to one question of one region.

    first, last: the two ends (period keys); value_from, value_to: their values as published. difference, low, high: the
    tested difference and its 95 % interval. slope: per year, of a steady change. highest, lowest: what a series varies
    between, with their periods. All in the indicator's unit. level: the strictest level at which a mark holds. verdict:
    increasing, decreasing, varied, none or not_assessable, the way the value has gone. reason: why there is no mark, or
    the XmR rule that fired.

    What the words need: nation, the change of the nation; noted, the ends (of a window: the waves) that are hard to
    compare; left_out, the waves a remark keeps out; measured and known, how many waves there are and how many of them
    are tested; unsure, those without an interval; settled, that every question of the region was answered with no
    (steady only); lines, the probability of as bad a line at each of PROBED (steady on an assumed base).
    """

    indicator: Indicator
    region: str
    sex: str
    question: str
    first: str | None = None
    last: str | None = None
    value_from: float | None = None
    value_to: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    slope: float | None = None
    highest: float | None = None
    lowest: float | None = None
    level: float | None = None
    verdict: str = "not_assessable"
    reason: str | None = None
    highest_at: str = ""
    lowest_at: str = ""
    nation: tuple[Beside, Beside] | None = None
    letter: Letter | None = None
    noted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    assumed: bool = False
    synthetic: bool = False
    measured: int = 0
    known: int = 0
    unsure: tuple[str, ...] = ()
    settled: bool = False
    lines: tuple[float, ...] = ()
    chart: XmrChart | None = None

    @property
    def moved(self) -> bool:
        return self.verdict in MOVED

    def marked(self, level: float = 95) -> bool:
        """Whether the change is marked at the level: in a list over several indicators, 99.8."""
        return self.moved and (level == 95 or self.level == STRICTEST)


@dataclass(frozen=True)
class RegionChanges:
    """Every answer about one indicator in one region, in the order of the questions."""

    indicator: Indicator
    region: str
    sex: str
    kind: str | None
    rows: tuple[Change, ...]

    def of(self, question: str) -> tuple[Change, ...]:
        return tuple(one for one in self.rows if one.question == question)

    @property
    def verdict(self) -> str:
        """What a list over several indicators says of this one: changed where a step holds at 99.8 % or the series
        moves steadily or varies, none where something could be tested, else not_assessable."""
        asked = [one for one in self.rows if one.question != BESIDE_NATION]
        if any(one.marked(LISTED_AT) or (one.moved and one.question == LATEST_MONTH) for one in asked):
            return "changed"
        return "none" if any(one.verdict != "not_assessable" for one in asked) else "not_assessable"


def region_changes(
    store: Store,
    indicator_id: str,
    region: str,
    *,
    sex: str = "T",
    kind: str | None = None,
    as_of: date | None = None,
    include_synthetic: bool = True,
    letter: Letter | None = None,
) -> RegionChanges:
    """The changes of one region's published series (Riket: `00`); `letter`: its own audit letter, where one is loaded
    (analysis.followup.letters). UnknownChoice for a wrong choice."""
    code = next(iter(chosen_regions([region])), NATION)
    series = series_over_time(store, indicator_id, sex=sex, kind=kind, as_of=as_of, include_synthetic=include_synthetic)
    return changes_of_series(series, code, letter)


def changes_of_series(series: TimeSeries, code: str, letter: Letter | None = None) -> RegionChanges:
    """The changes of one region of a series."""
    return changes_of_rows(series.indicator, code, series.every, series.kind, sex=series.sex, letter=letter)


def changes_of_rows(
    indicator: Indicator, code: str, rows: pl.DataFrame, kind: str | None, *, sex: str, letter: Letter | None = None
) -> RegionChanges:
    """The changes of one region out of `rows`: FIGURE_COLUMNS of one kind of period and sex, all regions and Riket."""
    about = Change(indicator, code, sex, SINCE_LAST)
    if kind == "month":
        return RegionChanges(indicator, code, sex, kind, (_latest_month(about, rows),))
    estimated = with_estimates(rows)
    waves = waves_of(indicator, code, estimated)
    pairs = pairs_of(waves, letter)
    since = [_since(replace(about, question=pair.question), waves, pair, letter) for pair in pairs]
    beside = _beside(replace(about, question=BESIDE_NATION), waves, pairs, estimated)
    steady, varied = _window(about, waves)
    asked = [one for one in (*since, steady, varied) if letter or one.question != SINCE_AUDIT]
    settled = replace(steady, settled=all(one.verdict == "none" for one in asked))
    return RegionChanges(indicator, code, sex, kind, (*since, *beside, settled, varied))


def _ends(about: Change, waves: Waves, pair: Pair) -> Change:
    """The two ends of a pair, with what must be said of them."""
    both = [one for one in (pair.earlier, pair.later) if one]
    first, last = ((end["period"], end["value"]) if end else (None, None) for end in (pair.earlier, pair.later))
    return replace(
        about,
        first=first[0],
        last=last[0],
        value_from=first[1],
        value_to=last[1],
        reason=pair.reason or None,
        noted=tuple(one["period"] for one in both if one["period"] in waves.noted),
        left_out=waves.between(first[0] or "", last[0]) if last[0] else (),
        assumed=any(one["evidence"] == "assumed" for one in both),
        synthetic=any("x" in one["flags"] for one in both),
        measured=len(waves.judged),
        unsure=tuple(one["period"] for one in both if one["variance"] is None),
    )


def _since(about: Change, waves: Waves, pair: Pair, letter: Letter | None) -> Change:
    """A step between two waves of one segment, by Newcombe's interval of the difference."""
    told = _ends(about, waves, pair)
    told = replace(told, letter=letter) if about.question == SINCE_AUDIT else told
    if pair.reason or pair.earlier is None or pair.later is None:
        return told
    difference = pair.later["estimate"] - pair.earlier["estimate"]
    at95, at998 = (
        change_between(pair.earlier, pair.later, *ends) for ends in (("ci_low", "ci_high"), ("low998", "high998"))
    )
    return _judged(told, difference, at95, at998)


def _judged(told: Change, difference: float, at95: tuple[float, float], at998: tuple[float, float]) -> Change:
    word, level = judge(*at95, *at998, "none")
    return replace(
        told,
        difference=difference,
        low=at95[0],
        high=at95[1],
        level=level,
        verdict=VERDICTS[word],
        reason=None if level else "not_significant",
    )


def _beside(about: Change, waves: Waves, pairs: list[Pair], rows: pl.DataFrame) -> list[Change]:
    """One answer for each pair of waves that the other questions compare."""
    whole = {(pair.earlier["period"], pair.later["period"]): pair for pair in pairs if pair.earlier and pair.later}
    if about.region == NATION:
        asked = list(whole.values()) or pairs[:1]
        return [replace(_ends(about, waves, pair), reason="is_nation") for pair in asked]
    if not whole:
        return [_ends(about, waves, pairs[0])]
    return [_moved_beside(_ends(about, waves, pair), rows) for pair in whole.values()]


def _moved_beside(told: Change, rows: pl.DataFrame) -> Change:
    if told.reason or told.first is None or told.last is None:
        return told
    earlier, later = (beside_nation(rows, told.region, period) for period in (told.first, told.last))
    for one in (earlier, later):
        if isinstance(one, str):
            return replace(told, reason=one)
    assert isinstance(earlier, Beside)
    assert isinstance(later, Beside)
    difference, error = later.gap - earlier.gap, (earlier.variance + later.variance) ** 0.5
    at95, at998 = ((difference - z * error, difference + z * error) for z in (Z95, Z998))
    return _judged(replace(told, nation=(earlier, later)), difference, at95, at998)


def _window(about: Change, waves: Waves) -> tuple[Change, Change]:
    """Whether the waves since the last break rise or fall steadily, and whether they vary more than chance gives."""
    steady, varied = (replace(about, question=question) for question in (STEADY, VARIED))
    rows = waves.segment
    if not rows:
        lacking = "all_left_out" if waves.left_out else "no_value"
        return replace(steady, reason=lacking), replace(varied, reason=lacking)
    known = [one for one in rows if one["evidence"] != "none"]
    tested = trend_of_waves(known, waves.left_out, waves.noted) if known else None
    used = [one for one in known if tested and int(one["period"][:4]) in tested.years] or list(rows)
    told = {
        "first": used[0]["period"],
        "last": used[-1]["period"],
        "value_from": used[0]["value"],
        "value_to": used[-1]["value"],
        "noted": tuple(one["period"] for one in used if one["period"] in waves.noted),
        "left_out": waves.between(used[0]["period"], used[-1]["period"]),
        "assumed": any(one["evidence"] == "assumed" for one in used),
        "synthetic": any("x" in one["flags"] for one in used),
        "measured": len(rows),
        "known": len(used) if tested else 0,
        "unsure": tuple(one["period"] for one in rows if one["evidence"] == "none"),
    }
    steady, varied = replace(steady, **told), replace(varied, **told)
    if tested is None or tested.verdict == "not_assessable":
        reason = _untested(tested, len(rows), len(known))
        few = len(known) if reason == "few_intervals" else steady.known
        return replace(steady, reason=reason, known=few), replace(varied, reason=reason, known=few)
    return _steady(steady, tested, used, waves), _varied(varied, tested, used)


def _untested(tested: Trend | None, measured: int, known: int) -> str | None:
    """The true reason: waves without an interval are not the same as no waves."""
    if tested is None:
        return "no_interval"
    return "few_intervals" if tested.reason == "too_few_points" and known < min(measured, NEEDED) else tested.reason


def _steady(told: Change, tested: Trend, used: list[Row], waves: Waves) -> Change:
    # A wave that the catalogue does not know takes the survey's latest assumption.
    bases = (assumed_base(waves.indicator, row["period"]) for row in reversed(used) if row["evidence"] == "assumed")
    taken = next((base for base in bases if base), None)
    scales = [base / taken for base in PROBED] if taken else []
    fits = [trend_of_waves(used, waves.left_out, waves.noted, scale=scale).lack_of_fit for scale in scales]
    return replace(
        told,
        slope=tested.slope,
        level=STRICTEST if tested.directed else None,
        verdict=tested.verdict,
        reason=tested.reason,
        lines=tuple(fit for fit in fits if fit is not None),
    )


def _varied(told: Change, tested: Trend, used: list[Row]) -> Change:
    top, bottom = (by(used, key=lambda one: one["value"]) for by in (max, min))
    reason = "steady" if tested.directed else "within_chance"
    return replace(
        told,
        highest=top["value"],
        highest_at=top["period"],
        lowest=bottom["value"],
        lowest_at=bottom["period"],
        level=STRICTEST if tested.varied else None,
        verdict="varied" if tested.varied else "none",
        reason=None if tested.varied else reason,
    )


def _latest_month(about: Change, rows: pl.DataFrame) -> Change:
    """What the XmR chart says of the latest month; every rule that fires says which way."""
    own = rows.filter(pl.col("code") == about.region)
    found = change_of_rows(about.indicator, about.region, own, "month")
    known = own.filter(pl.col("value").is_not_null(), pl.col("period").is_in(found.points)).to_dicts()
    told = replace(
        about,
        question=LATEST_MONTH,
        verdict=found.verdict,
        reason=found.reason,
        measured=len(found.points),
        chart=found.chart,
        synthetic=any("x" in one["flags"] for one in known),
    )
    if not known:
        return replace(told, reason="no_value")
    return replace(
        told,
        first=known[0]["period"],
        last=known[-1]["period"],
        value_from=known[0]["value"],
        value_to=known[-1]["value"],
    )
