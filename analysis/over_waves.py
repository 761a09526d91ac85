"""Has a region been worse than riket in one survey, or in all of them? (methods §9)

Of every judged wave since the latest break: the region minus riket, as each wave's own table judges it. Waves that a
remark keeps out are not counted; waves that are compared with care (flag `d`) are counted, and left out a second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl

from analysis.against import BOUNDS, numbers, tested_against
from analysis.benchmarks import MADE, Benchmark, with_whole
from analysis.figures import figures_of
from analysis.judgement import with_estimates
from analysis.methods.differences import judge_columns
from analysis.methods.flags import has_flag
from analysis.methods.intervals import Z95
from analysis.methods.random_effects import PooledMean, pooled_mean
from analysis.reach import at_level
from analysis.remarks import may_be_judged
from analysis.same_frame import SameFrame
from indicators import NATION, Indicator, catalogue, period_of
from models import Store

RIKET: Final = Benchmark("riket")
FEWEST_WAVES: Final = 2
_KINDS: Final = ("year", "half_year")
WAVE_COLUMNS: Final = (
    "code",
    "period",
    "segment",
    "judgement",
    "level",
    "difference",
    "variance",
    "disturbed",
    "synthetic",
    "made",
)
"""A row per region and judged wave, in time order; `difference` from riket in the indicator's unit, `variance` in its
square; `disturbed`: flag `d`; `made`: what stands for a Riket that nobody printed (benchmarks.MADE), else ""."""


@dataclass(frozen=True)
class OverWaves:
    """A region against riket over its comparable judged waves. `words`: the judgement of each, in time order;
    `below`, `above`: in how many the value is under or over riket's, for certain or not; `mean`: of the differences, in
    the indicator's unit; `made`: what stood for riket (benchmarks.MADE, "" where somebody printed it); `without`: the
    same without the waves that are compared with care (`disturbed`), where there are any and enough others."""

    indicator: Indicator
    region: str
    periods: tuple[str, ...]
    words: tuple[str, ...]
    below: int
    above: int
    mean: PooledMean
    made: tuple[str, ...]
    synthetic: bool
    disturbed: tuple[str, ...] = ()
    without: "OverWaves | None" = None

    @property
    def judged(self) -> int:
        return len(self.words)


def over_waves(
    store: Store,
    indicator: Indicator,
    regions: Sequence[str],
    *,
    sex: str = "T",
    level: float = 95,
    as_of: date | None = None,
    include_synthetic: bool = True,
) -> list[OverWaves]:
    """Each of the regions that has at least FEWEST_WAVES judged waves, in the order given; surveys only."""
    if indicator.data != "survey":
        return []
    figures = figures_of(store, indicator, as_of, sex=sex, include_synthetic=include_synthetic)
    rows = at_level(_judged_waves(SameFrame(figures), indicator.id), level)
    found = (_of_region(indicator, code, rows.filter(code=code)) for code in regions)
    return [one for one in found if one]


def _of_region(indicator: Indicator, code: str, rows: pl.DataFrame) -> OverWaves | None:
    """The waves since the region's latest break."""
    latest = rows.filter(pl.col("segment") == pl.col("segment").max())
    whole = _summed(indicator, code, latest)
    careful = latest.filter("disturbed")["period"].to_list()
    if whole is None or not careful:
        return whole
    rest = _summed(indicator, code, latest.filter(~pl.col("disturbed")))
    return OverWaves(**{**vars(whole), "disturbed": tuple(careful), "without": rest})


def _summed(indicator: Indicator, code: str, rows: pl.DataFrame) -> OverWaves | None:
    if rows.height < FEWEST_WAVES:
        return None
    difference, variance = numbers(rows, "difference"), numbers(rows, "variance")
    return OverWaves(
        indicator,
        code,
        tuple(rows["period"]),
        tuple(rows["judgement"]),
        int((difference < 0).sum()),
        int((difference > 0).sum()),
        pooled_mean(difference, variance),
        tuple(rows["made"].unique(maintain_order=True)),
        bool(rows["synthetic"].any()),
    )


@lru_cache(maxsize=128)
def _judged_waves(of: SameFrame, indicator_id: str) -> pl.DataFrame:
    """WAVE_COLUMNS of every region and wave that can be judged against riket, told at 95 %."""
    assert of.frame is not None
    indicator = catalogue().indicators[indicator_id]
    rows = with_estimates(of.frame.filter(pl.col("period_kind").is_in(_KINDS), may_be_judged()))
    kinds = rows.sort("period_end")["period_kind"]
    waves = rows.filter(pl.col("period_kind") == kinds[-1]) if kinds.len() else rows
    tables = [_judged(table, indicator) for table in waves.partition_by("period", maintain_order=True)]
    judged = pl.concat(tables) if tables else _judged(waves, indicator)
    return judged.sort("period_start", maintain_order=True).select(WAVE_COLUMNS)


def _judged(table: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """The regions of one wave that can be assessed."""
    if table.is_empty():
        tested: dict[str, pl.Series] = {name: pl.Series([], dtype=pl.Float64) for name in ("difference", *BOUNDS)}
        whole = table
    else:
        period = period_of(table["period"][0])
        whole = with_whole(table, period)
        answer = tested_against(whole, indicator, period, RIKET, None)
        tested = {
            name: pl.Series(np.asarray(answer[name], dtype=np.float64)).fill_nan(None)
            for name in ("difference", *BOUNDS)
        }
    word, level = judge_columns(*BOUNDS, indicator.direction)
    told = whole.with_columns(**tested).with_columns(judgement=word, level=level)
    spread = (pl.col("diff_high") - pl.col("diff_low")) / (2 * Z95)
    nation = whole.filter(pl.col("code") == NATION, pl.col("comment").is_in(MADE))
    return told.with_columns(
        variance=spread**2,
        disturbed=has_flag(pl.col("flags"), "d"),
        synthetic=has_flag(pl.col("flags"), "x"),
        made=pl.lit(nation["comment"][0] if nation.height else ""),
    ).filter(pl.col("code") != NATION, pl.col("judgement") != "not_assessable", pl.col("variance") > 0)
