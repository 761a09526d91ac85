"""How do the regions compare, and how has each moved? The two questions every page, table and export asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

import polars as pl

from analysis.bases import wave_behind
from analysis.benchmarks import MADE, Benchmark, chosen_benchmark, with_whole
from analysis.choices import chosen_indicator, chosen_period, chosen_regions, chosen_sex
from analysis.figures import figures_of
from analysis.groups import with_regions
from analysis.judgement import with_estimates, with_judgement
from analysis.methods.flags import any_synthetic
from analysis.reach import reliability_of, told_at, with_lowest_three
from analysis.same_frame import SameFrame, digest_of
from analysis.targets.decided import targets_in_force
from indicators import NATION, Indicator, Period, SeriesBreak, SurveyWave, catalogue, period_of
from models import Store


@dataclass(frozen=True)
class Comparison:
    """One indicator in one period over the regions. `rows`: FIGURE_COLUMNS, JUDGEMENT_COLUMNS and REACH_COLUMNS, one
    row per region with an observation, code order, Riket last; judged and ranked among all regions, whichever are
    shown, and told at `level` per cent. `period` is None when nothing is published. `synthetic`: some row is example
    data. `reliability` (analysis.reliability) is the whole table's."""

    indicator: Indicator
    period: Period | None
    sex: str
    benchmark: str
    as_of: date | None
    data_version: int
    rows: pl.DataFrame
    synthetic: bool
    wave: SurveyWave | None
    level: float = 95
    reliability: float | None = None

    @cached_property
    def digest(self) -> str:
        """Of every cell of the rows."""
        return digest_of(self.rows)

    @cached_property
    def made_whole(self) -> str:
        """What stands for Riket where nobody printed a figure for it (one of MADE), else ""."""
        made = self.rows.filter(pl.col("code") == NATION, pl.col("comment").is_in(MADE))
        return "" if made.is_empty() else str(made["comment"][0])


@dataclass(frozen=True)
class TimeSeries:
    """One indicator over time. `rows`: FIGURE_COLUMNS of one kind of period, by region and time, and `stretch`: which
    figures a line may join, for no line crosses a break or a period without a value. `every`: the same rows of all
    regions, which a change is tested beside."""

    indicator: Indicator
    sex: str
    kind: str | None
    as_of: date | None
    data_version: int
    rows: pl.DataFrame
    breaks: tuple[SeriesBreak, ...]
    synthetic: bool
    every: pl.DataFrame = field(default_factory=pl.DataFrame)

    @cached_property
    def digest(self) -> str:
        """Of every cell of the rows and of `every`."""
        return f"{digest_of(self.rows)} {digest_of(self.every)}"

    @cached_property
    def measured(self) -> tuple[str, ...]:
        """The periods with a value, earliest first: one alone shows no development."""
        known = self.rows.filter(pl.col("value").is_not_null()).sort("period_start")
        return tuple(known["period"].unique(maintain_order=True))


def compare_regions(
    store: Store,
    indicator_id: str,
    period: str | None = None,
    *,
    regions: Sequence[str] | None = None,
    sex: str = "T",
    benchmark: str = "riket",
    as_of: date | None = None,
    ranks: str = "marginal",
    level: float = 95,
    include_synthetic: bool = True,
) -> Comparison:
    """The regions (all 21 unless named) and Riket in one period; without a period, the latest. `ranks` is marginal
    (each region's interval by itself) or simultaneous (all at once). `level` (95 or 99.8): at which a difference is
    marked. Without synthetic figures neither periods nor judgements know of them. UnknownChoice for an indicator,
    region, period, sex or benchmark that does not exist."""
    indicator = chosen_indicator(indicator_id)
    against = with_regions(chosen_benchmark(benchmark), store, as_of)
    shown = (*chosen_regions(regions), NATION)
    figures = figures_of(store, indicator, as_of, sex=chosen_sex(sex), include_synthetic=include_synthetic)
    available = _periods(SameFrame(figures))
    chosen = chosen_period(period, available) if period else next(iter(available), None)
    key = (indicator.id, chosen, against, ranks)
    targets = targets_in_force(store, indicator, chosen, as_of) if chosen and against.kind == "target" else None
    whole = _told(SameFrame(figures), *key, SameFrame(targets), level)
    rows = whole.filter(pl.col("code").is_in(shown))
    return Comparison(
        indicator=indicator,
        period=chosen,
        sex=sex,
        benchmark=against.text,
        as_of=as_of,
        data_version=store.data_version(),
        rows=rows,
        synthetic=any_synthetic(rows),
        wave=wave_behind(store, indicator, chosen.key, as_of) if chosen else None,
        level=level,
        reliability=_reliability(SameFrame(whole)),
    )


@lru_cache(maxsize=256)
def _reliability(of: SameFrame) -> float | None:
    assert of.frame is not None
    return reliability_of(of.frame)


@lru_cache(maxsize=256)
def _judged(
    of: SameFrame, indicator_id: str, period: Period | None, benchmark: Benchmark, ranks: str, targets: SameFrame
) -> pl.DataFrame:
    assert of.frame is not None
    indicator = catalogue().indicators[indicator_id]
    judged = judged_table(of.frame, indicator, period, benchmark, ranks, targets=targets.frame)
    return with_lowest_three(judged, indicator)


@lru_cache(maxsize=256)
def _told(
    of: SameFrame,
    indicator_id: str,
    period: Period | None,
    benchmark: Benchmark,
    ranks: str,
    targets: SameFrame,
    level: float,
) -> pl.DataFrame:
    """The judged table as it is told at a level (REACH_COLUMNS)."""
    assert of.frame is not None
    indicator = catalogue().indicators[indicator_id]
    judged = _judged(of, indicator_id, period, benchmark, ranks, targets)
    earlier = earlier_rows(of.frame, indicator, benchmark.key) if period and benchmark.kind == "period" else None
    return told_at(judged, indicator, period, benchmark, level, earlier)


def judged_table(
    figures: pl.DataFrame,
    indicator: Indicator,
    period: Period | None,
    benchmark: Benchmark,
    ranks: str,
    *,
    targets: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The whole table of a period out of one sex's figures, judged and ranked. `targets`: targets_in_force, for a
    target."""
    rows = with_estimates(figures.filter(pl.col("period") == (period.key if period else "")))
    reference = earlier_rows(figures, indicator, benchmark.key) if period and benchmark.kind == "period" else targets
    whole = with_whole(rows, period) if period else rows
    return with_judgement(whole, indicator, period, benchmark, reference=reference, ranks=ranks)


def earlier_rows(figures: pl.DataFrame, indicator: Indicator, earlier: str) -> pl.DataFrame | None:
    """The rows of the earlier period (judgement.with_estimates); None where only the predecessor, another question,
    could have it."""
    available = _periods(SameFrame(figures))
    before_all = period_of(earlier).end < min(known.start for known in available)
    if indicator.predecessor and before_all:
        return None
    return with_estimates(figures.filter(pl.col("period") == chosen_period(earlier, available).key))


def series_over_time(
    store: Store,
    indicator_id: str,
    *,
    regions: Sequence[str] | None = None,
    sex: str = "T",
    kind: str | None = None,
    as_of: date | None = None,
    include_synthetic: bool = True,
) -> TimeSeries:
    """Every published period of one kind (year, month, half_year …; by default the latest period's kind) over the
    regions and Riket. Kinds are never mixed: a half-year measurement is no sum of months."""
    indicator = chosen_indicator(indicator_id)
    shown = (*chosen_regions(regions), NATION)
    figures = figures_of(store, indicator, as_of, sex=chosen_sex(sex), include_synthetic=include_synthetic)
    latest = next(iter(_periods(SameFrame(figures))), None)
    chosen = kind or (latest.kind if latest else None)
    every = _with_stretches(SameFrame(figures), (*catalogue().region_codes, NATION), chosen or "")
    rows = _with_stretches(SameFrame(figures), shown, chosen or "")
    return TimeSeries(
        indicator=indicator,
        sex=sex,
        kind=chosen,
        as_of=as_of,
        data_version=store.data_version(),
        rows=rows,
        breaks=catalogue().breaks_of(indicator),
        synthetic=any_synthetic(rows),
        every=every,
    )


@lru_cache(maxsize=512)
def _with_stretches(of: SameFrame, shown: tuple[str, ...], kind: str) -> pl.DataFrame:
    """The figures of the regions and the kind of period, each region's runs of consecutive periods that have a value
    numbered inside each segment."""
    assert of.frame is not None
    rows = of.frame.filter(pl.col("code").is_in(shown), pl.col("period_kind") == kind)
    start = pl.col("period_start")
    months = start.dt.year().cast(pl.Int64) * 12 + start.dt.month()
    days = start.dt.epoch("d").cast(pl.Int64)
    length = {"year": 12, "half_year": 6, "quarter": 3, "month": 1, "week": 7}.get(kind, 1)
    place = (days if kind in ("week", "day") else months) // length
    known = pl.col("value").is_not_null()
    joined = (place == place.shift(1) + 1) & known.shift(1) & (pl.col("segment") == pl.col("segment").shift(1))
    return rows.with_columns(stretch=(~(known & joined.fill_null(False))).cum_sum().over("code").cast(pl.Int64))


def periods_available(
    store: Store, indicator_id: str, *, sex: str = "T", as_of: date | None = None, include_synthetic: bool = True
) -> list[Period]:
    """The periods with a published observation, latest first."""
    known, named = chosen_indicator(indicator_id), chosen_sex(sex)
    figures = figures_of(store, known, as_of, sex=named, include_synthetic=include_synthetic)
    return list(_periods(SameFrame(figures)))


def sexes_available(
    store: Store, indicator_id: str, *, as_of: date | None = None, include_synthetic: bool = True
) -> list[str]:
    """The sexes with a published observation, Totalt first."""
    found = set(figures_of(store, chosen_indicator(indicator_id), as_of, include_synthetic=include_synthetic)["sex"])
    return [sex for sex in ("T", "K", "M") if sex in found]


@lru_cache(maxsize=512)
def _periods(of: SameFrame) -> tuple[Period, ...]:
    """Latest first."""
    assert of.frame is not None
    keys = of.frame["period"].unique().to_list()
    return tuple(sorted((period_of(key) for key in keys), key=lambda period: period.recency, reverse=True))
