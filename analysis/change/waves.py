"""Which measurements of a region may be held against which (methods §4): those that are judged, of one season, and from
which earlier one each question starts. A break ends every window; a wave that a remark keeps out does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

import polars as pl

from indicators import Indicator, catalogue, period_of

Row = dict[str, Any]

SINCE_LAST: Final = "since_last"
SINCE_PANDEMIC: Final = "since_before_pandemic"
SINCE_AUDIT: Final = "since_audit"


class Letter(NamedTuple):
    """The day a region's audit letter is counted from. `basis`: given (the reader's own), decided or reply_due."""

    day: date
    basis: str


class Pair(NamedTuple):
    """Two waves a question asks about. `reason`: why there is nothing to compare, or ""."""

    question: str
    earlier: Row | None
    later: Row | None
    reason: str = ""


@dataclass(frozen=True)
class Waves:
    """A region's measurements of one season, earliest first. `judged`: those that may enter a test; `left_out`: those
    that a remark keeps out of every test. `noted`: the periods that are hard to compare (flag `d`)."""

    indicator: Indicator
    judged: tuple[Row, ...]
    left_out: tuple[str, ...]
    noted: frozenset[str]

    @property
    def latest(self) -> Row | None:
        return self.judged[-1] if self.judged else None

    @property
    def segment(self) -> tuple[Row, ...]:
        """The judged waves since the last break."""
        return tuple(one for one in self.judged if one["segment"] == self.judged[-1]["segment"])

    def between(self, first: str, last: str) -> tuple[str, ...]:
        """The waves left out after `first` and not after `last`, or after it where `last` is the latest judged."""
        end = "9" if self.latest and last == self.latest["period"] else last
        return tuple(one for one in self.left_out if first < one <= end)


def waves_of(indicator: Indicator, code: str, rows: pl.DataFrame) -> Waves:
    """The waves of a region out of `rows`: FIGURE_COLUMNS of one kind of period, estimated (judgement.with_estimates),
    in time order, of all regions: which periods are hard to compare is the survey's, not the region's."""
    own = rows.filter(pl.col("code") == code, pl.col("value").is_not_null()).to_dicts()
    judged = [one for one in own if not _kept_out(one)]
    season = _season((judged or own or [{"period": ""}])[-1])
    return Waves(
        indicator,
        tuple(one for one in judged if _season(one) == season),
        tuple(one["period"] for one in own if _kept_out(one) and _season(one) == season),
        frozenset(rows.filter(pl.col("flags").str.contains("d", literal=True))["period"]),
    )


def _kept_out(row: Row) -> bool:
    return bool(row["remark"] == "not_judged")


def _season(row: Row) -> str:
    """What two measurements share that are a whole number of years apart: "" of a year, `-H2` of an autumn."""
    return str(row["period"])[4:]


def pairs_of(waves: Waves, letter: Letter | None) -> list[Pair]:
    """What each question of change compares: since the last wave, since before the pandemic, since the audit. Where
    the wave before the audit is itself hard to compare, the last one before those stands beside it."""
    last = waves.judged[-2] if len(waves.judged) > 1 else None
    pairs = [_pair(waves, SINCE_LAST, last, _alone(waves)), _since_pandemic(waves)]
    if letter is None:
        return [*pairs, Pair(SINCE_AUDIT, None, waves.latest, "no_audit_date")]
    ended = [one for one in waves.judged if fieldwork_ended(waves.indicator, one["period"]) < letter.day]
    before = ended[-1] if ended else None
    pairs.append(_pair(waves, SINCE_AUDIT, before, "no_wave_before"))
    if before and before is not waves.latest and before["period"] in waves.noted:
        pairs.append(_pair(waves, SINCE_AUDIT, _before_noted(waves, ended), "no_wave_before"))
    return pairs


def fieldwork_ended(indicator: Indicator, period: str) -> date:
    """The last day of a wave's fieldwork; without a date, the last day of its period."""
    wave = catalogue().wave(indicator, period)
    return (wave.fieldwork_ended if wave else None) or period_of(period).end


def _alone(waves: Waves) -> str:
    """Why there is no wave before the latest judged one."""
    return "one_judged" if waves.left_out else "one_point"


def _since_pandemic(waves: Waves) -> Pair:
    if waves.latest and not any(one <= waves.latest["period"] for one in waves.noted):
        return Pair(SINCE_PANDEMIC, None, waves.latest, "no_noted_waves")
    return _pair(waves, SINCE_PANDEMIC, _before_noted(waves, waves.judged), "no_wave_before")


def _before_noted(waves: Waves, until: Sequence[Row]) -> Row | None:
    """Of these waves the last one before the latest unbroken run of periods that are hard to compare."""
    last = max((one for one in waves.noted if until and one <= until[-1]["period"]), default="")
    before = [one for one in until if one["period"] < last]
    return next((one for one in reversed(before) if one["period"] not in waves.noted), None)


def _pair(waves: Waves, question: str, earlier: Row | None, lacking: str) -> Pair:
    """The pair from `earlier` to the latest wave, or why there is none (`lacking`: no earlier wave)."""
    later = waves.latest
    if later is None:
        return Pair(question, None, None, "all_left_out" if waves.left_out else "no_value")
    if earlier is None:
        return Pair(question, None, later, "other_question" if waves.indicator.predecessor else lacking)
    if earlier is later:
        return Pair(question, earlier, later, "no_wave_after")
    if earlier["segment"] != later["segment"]:
        return Pair(question, earlier, later, "break")
    unsure = earlier["variance"] is None or later["variance"] is None
    return Pair(question, earlier, later, "no_interval" if unsure else "")
