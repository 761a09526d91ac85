"""How far does a word carry? A judged table as it is told to a reader who asks for 95 or 99.8 per cent (methods §9).

This is the one place where the reader's level decides a word: chart, table, workbook, cover and JSON all show these
rows.
"""

from typing import Final

import polars as pl

from analysis.against import numbers
from analysis.benchmarks import Benchmark
from analysis.methods.equivalence import with_equivalence
from analysis.methods.lowest_three import lowest_three
from analysis.methods.reliability import reliability
from analysis.remarks import may_be_judged
from analysis.robustness import ROBUSTNESS_COLUMNS, with_robustness
from indicators import NATION, Indicator, Period, catalogue

REACH_COLUMNS: Final = (
    *ROBUSTNESS_COLUMNS[:4],
    "detectable",
    "margin",
    "equivalence",
    ROBUSTNESS_COLUMNS[4],
    "lowest_three",
)
"""What each row says besides its judgement: see with_robustness, with_equivalence and with_lowest_three."""


def told_at(
    judged: pl.DataFrame,
    indicator: Indicator,
    period: Period | None,
    benchmark: Benchmark,
    level: float,
    reference: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The rows of with_judgement with REACH_COLUMNS, as told at `level`. `reference` as in with_judgement."""
    alike = with_equivalence(at_level(judged, level), indicator.margin_points, level)
    return with_robustness(alike, period, benchmark, reference, level)


def at_level(judged: pl.DataFrame, level: float) -> pl.DataFrame:
    """At 99.8 a mark that holds at 95 only is "similar", without a level.

    >>> rows = pl.DataFrame({"judgement": ["worse", "better", None], "level": [95.0, 99.8, None]})
    >>> at_level(rows, 99.8).rows()
    [('similar', None), ('better', 99.8), (None, None)]
    """
    if level == 95:
        return judged
    weak = (pl.col("level") == 95).fill_null(False)
    return judged.with_columns(
        judgement=pl.when(weak).then(pl.lit("similar")).otherwise("judgement"),
        level=pl.when(~weak).then("level"),
    )


def with_lowest_three(rows: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Add `lowest_three`: each region's probability (0–1) of being one of the three worst, by a model; null for Riket,
    and for all unless all 21 regions have a value with an interval. `rows`: with_judgement's, of the whole table."""
    regions = rows["code"] != NATION
    inside = rows.filter(regions, may_be_judged())
    known = lowest_three(
        numbers(inside, "estimate"),
        numbers(inside, "variance"),
        highest_first=indicator.direction != "lower_is_better",
    )
    whole = set(inside["code"]) == set(catalogue().region_codes)
    found = iter(known.tolist()) if known is not None and whole else None
    values = [next(found) if found and region else None for region in regions]
    return rows.with_columns(pl.Series("lowest_three", values, dtype=pl.Float64))


def reliability_of(rows: pl.DataFrame) -> float | None:
    """The reliability (analysis.reliability) of a whole table's regions."""
    regions = rows.filter(pl.col("code") != NATION, may_be_judged())
    return reliability(numbers(regions, "estimate"), numbers(regions, "variance"))
