"""A measure compared over the regions: all against the benchmark on one scale, the chosen in figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any, Final

import polars as pl

from analysis import Comparison, TimeSeries
from analysis.told import level_words
from indicators import NATION, period_label
from locales import text
from locales.numbers import format_value
from views.parts import Cell, Reader, cell_of
from views.reading import Reading, in_figures
from wording.headline import headline, lead, region_in_short, regions_counted, unjudged_in_words
from wording.judgement import STRICT, benchmark_name, ranked_of
from wording.sentences import name_of
from wording.survey import survey_in_words

Share = Callable[[float | None], float | None]
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 500_000)
_MINUTES: Final = (5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)


@dataclass(frozen=True)
class Strip:
    """A row on the common scale. All places are shares (0–1) of its width: the estimate, the ends of its interval at
    the comparison's level, the benchmark; None where there is none. `nation`: the
    row of riket itself; `pinned`: the region that the reader has asked to see."""

    code: str
    name: str
    address: str
    cell: Cell
    estimate: float | None
    low: float | None
    high: float | None
    benchmark: float | None
    chosen: bool
    nation: bool
    pinned: bool = False


@dataclass(frozen=True)
class Scale:
    """The axis: where each printed number stands."""

    ticks: tuple[tuple[float, str], ...]
    benchmark: str


@dataclass(frozen=True)
class Area:
    """The page. `survey`: what a survey's figures rest on, "" for others. `figures`: the chosen regions, without rows
    where none of them has a figure. `ranked`: among how many the places are, 0 where nobody has one. `notes`: what the
    marks mean."""

    headline: str
    lead: tuple[str, ...]
    survey: str
    period: str
    strips: tuple[Strip, ...]
    scale: Scale
    figures: Reading
    ranked: int
    notes: tuple[str, ...]


def area(reader: Reader, comparison: Comparison, series: TimeSeries, chosen: Sequence[str], pinned: str = "") -> Area:
    """The view of a comparison and of the same measure over time; `chosen`: the regions that stand out; `pinned`: which
    of them is highlighted, "" for none."""
    language = reader.language
    known = {*comparison.rows.filter(pl.col("value").is_not_null())["code"], *series.rows["code"]}
    strips, scale = on_one_scale(reader, comparison, chosen, pinned)
    return Area(
        headline(comparison, chosen, language),
        _lead(comparison, chosen, pinned, language),
        survey_in_words(comparison, language),
        period_label(comparison.period.key, language) if comparison.period else "",
        strips,
        scale,
        in_figures(reader, comparison, series, chosen) if known & set(chosen) else Reading(),
        0 if comparison.rows["rank"].null_count() == comparison.rows.height else ranked_of(comparison.rows),
        _notes(comparison, language),
    )


def whole_reading(reader: Reader, view: Area, comparison: Comparison, series: TimeSeries) -> Reading:
    """The rows of the page's chosen regions, and of every other in the comparison, in the order of the strips."""
    chosen = [one.code for one in view.figures.rows]
    return in_figures(reader, comparison, series, [one.code for one in view.strips], chosen)


def _lead(comparison: Comparison, chosen: Sequence[str], pinned: str, language: str) -> tuple[str, ...]:
    """Two sentences at most: how the regions lie, and the pinned region, or the one furthest from the benchmark."""
    if comparison.period is None:
        return ()
    every = regions_counted(comparison, language) or unjudged_in_words(comparison, language)
    furthest = next(iter(lead(comparison, chosen, [], language)), "")
    one = region_in_short(comparison, pinned, language) if pinned else furthest
    return tuple(filter(None, (every, one)))


def _notes(comparison: Comparison, language: str) -> tuple[str, ...]:
    """What the marks mean, of those that are drawn."""
    rows = comparison.rows.filter(pl.col("value").is_not_null())
    drawn = [row for row in rows.to_dicts() if None not in _ends(comparison, row)]
    level = level_words(comparison.level, language)
    said = [text("area.note_interval", language, level=level) if drawn else text("area.note_no_interval", language)]
    if rows["benchmark_value"].count():
        said.append(text("area.note_line", language, benchmark=benchmark_name(comparison, language)))
    if "assumed" in set(rows["evidence"]):
        said.append(text("area.note_assumed", language))
    return tuple(said)


def on_one_scale(
    reader: Reader, comparison: Comparison, chosen: Sequence[str], pinned: str = ""
) -> tuple[tuple[Strip, ...], Scale]:
    """Every row of the comparison as a strip, highest first, and the axis they share."""
    share = shares_of(comparison)
    strips = tuple(_strip(reader, comparison, row, (chosen, pinned), share) for row in _ordered(comparison))
    return strips, _scale(comparison, *_span(comparison), reader.language)


def _ordered(comparison: Comparison) -> list[dict[str, Any]]:
    """The rows, highest first, those without a value last."""
    return sorted(
        comparison.rows.to_dicts(), key=lambda row: (row["value"] is None, -(row["value"] or 0.0), row["code"])
    )


def _ends(comparison: Comparison, row: dict[str, Any]) -> tuple[float | None, float | None]:
    names = ("low998", "high998") if comparison.level == STRICT else ("ci_low", "ci_high")
    return row[names[0]], row[names[1]]


def _span(comparison: Comparison) -> tuple[float, float]:
    every = [
        value
        for row in comparison.rows.to_dicts()
        for value in (*_ends(comparison, row), row["estimate"], row["benchmark_value"])
        if value is not None
    ]
    low, high = min(every, default=0.0), max(every, default=1.0)
    room = ((high - low) or abs(high) or 1.0) * 0.04
    return low - room, high + room


def shares_of(comparison: Comparison) -> Share:
    """Where a value of the comparison stands, as a share (0–1) of a scale that holds every value and interval."""
    low, high = _span(comparison)
    return lambda value: None if value is None else (value - low) / (high - low)


def _strip(
    reader: Reader, comparison: Comparison, row: dict[str, Any], picked: tuple[Sequence[str], str], share: Share
) -> Strip:
    ends, (chosen, pinned) = _ends(comparison, row), picked
    nation = row["code"] == NATION
    return Strip(
        row["code"],
        name_of(row, reader.language, short=True),
        "" if nation else reader.link("profile", region=row["code"]),
        cell_of(comparison, row["code"], reader),
        share(row["estimate"] if row["value"] is not None else None),
        share(ends[0]),
        share(ends[1]),
        share(row["benchmark_value"]),
        row["code"] in chosen,
        nation,
        row["code"] == pinned,
    )


def _scale(comparison: Comparison, low: float, high: float, language: str) -> Scale:
    unit = comparison.indicator.unit
    steps = _MINUTES if unit == "seconds" else _STEPS
    step = next((one for one in steps if (high - low) / one <= 5), steps[-1])
    most = min(high, 100) if unit in ("percent", "index") else high
    ticks = tuple(
        ((place * step - low) / (high - low), format_value(place * step, unit, 0, language))
        for place in range(ceil(low / step), floor(most / step) + 1)
    )
    values = {row["benchmark_value"] for row in comparison.rows.to_dicts() if row["benchmark_value"] is not None}
    if len(values) != 1 or comparison.benchmark == "target":
        return Scale(ticks, "")
    shown = format_value(values.pop(), unit, comparison.indicator.decimals, language)
    return Scale(ticks, f"{benchmark_name(comparison, language)} {shown}")
