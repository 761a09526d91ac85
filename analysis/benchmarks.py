"""Against what is a region judged? Riket, a group's mean, another region, its own earlier period, or a target.

Each benchmark becomes one reference per region: a value, an interval where it has one, and how the difference to it is
to be tested (methods §2).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.choices import UnknownChoice, chosen_regions
from analysis.methods.intervals import Z95
from analysis.nation import FROM_REGIONS, weakest, whole_spread
from indicators import NATION, Indicator, Period, catalogue, parse_period, period_of

Floats = NDArray[np.float64]

WHOLE_MEAN: Final = "weighted_mean"
UNITS_TOGETHER: Final = "units_together"
MADE: Final = (WHOLE_MEAN, UNITS_TOGETHER)
"""The comment of a Riket row that no publisher printed: the regions weighted by their people, or every counted care
unit taken together."""

_SHARED: Final = (
    "indicator",
    "period",
    "period_start",
    "period_end",
    "period_kind",
    "sex",
    "segment",
    "remark",
    "remark_sv",
    "remark_en",
)


@dataclass(frozen=True)
class Benchmark:
    """`kind` is riket, group, region, period or target; `key` names the group, region code or period. A group's mean
    is population-weighted unless `weighted` is false. `regions`: those of the group (groups.with_regions)."""

    kind: str
    key: str = ""
    weighted: bool = True
    regions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The benchmark as it is written in a link or on the command line."""
        return ":".join(part for part in (self.kind, self.key, "" if self.weighted else "unweighted") if part)


def chosen_benchmark(printed: str) -> Benchmark:
    """The benchmark a text means: `riket`, `group:six`, `group:six:unweighted`, `region:24`, `period:2020`, `target`.

    >>> chosen_benchmark("region:VLL"), chosen_benchmark("period:2018 H2").key
    (Benchmark(kind='region', key='24', weighted=True, regions=()), '2018-H2')
    """
    kind, _, rest = printed.partition(":")
    if printed in ("riket", "target"):
        return Benchmark(printed)
    if kind == "region" and rest:
        codes = chosen_regions([rest])
        return Benchmark("region", codes[0]) if codes else Benchmark("riket")
    if kind == "period" and rest:
        period = parse_period(rest)
        if period is None:
            raise UnknownChoice("unreadable_period", rest)
        return Benchmark("period", period.key)
    if kind == "group" and rest:
        name, _, how = rest.partition(":")
        group = catalogue().group(name)
        if group is not None and how in ("", "unweighted"):
            return Benchmark("group", group.id, weighted=not how)
    raise UnknownChoice("benchmark", printed)


def population_weights(codes: list[str], period: Period) -> Floats:
    """People per region in the latest counted year not after the period; NaN before the first count (2011)."""
    counted = (catalogue().regions[code].population_at(period.end.year) for code in codes)
    return np.array([float("nan") if people is None else float(people) for people in counted])


def with_whole(rows: pl.DataFrame, period: Period) -> pl.DataFrame:
    """The rows with a Riket of our own where no publisher printed one: the population-weighted mean of the 21 regions,
    only when all have a value; flagged `e`, named so, with the interval its parts give."""
    published = rows.filter(pl.col("code") == NATION, pl.col("value").is_not_null())
    regions = rows.filter(pl.col("code") != NATION, pl.col("value").is_not_null())
    if published.height or regions.height != len(catalogue().region_codes):
        return rows
    weights = population_weights(regions["code"].to_list(), period)
    if np.isnan(weights).any():
        return rows
    value = float(np.average(regions["estimate"].to_numpy(), weights=weights))
    spread = Z95 * whole_spread(weights, regions["variance"].fill_null(np.nan).to_numpy())
    known = not np.isnan(spread)
    example = bool(regions["flags"].str.contains("x").any())
    evidence = str(regions.select(weakest(pl.col("evidence"))).item())
    made = {
        **dict.fromkeys(rows.columns),
        **regions.select(_SHARED).row(0, named=True),
        "code": NATION,
        "region": catalogue().regions[NATION].name,
        "value": value,
        "estimate": value,
        "ci_low": value - spread if known else None,
        "ci_high": value + spread if known else None,
        "variance": (spread / Z95) ** 2 if known else None,
        "evidence": evidence,
        "base_origin": FROM_REGIONS if known else "",
        "base_source": "",
        "flags": "".join(
            letter for letter, marked in (("a", evidence == "assumed"), ("e", True), ("x", example)) if marked
        ),
        "reason": "",
        "file": "",
        "sheet": "",
        "cell": "",
        "confirmed_by": [],
        "source": "",
        "comment": WHOLE_MEAN,
    }
    return pl.concat([rows.filter(pl.col("code") != NATION), pl.DataFrame([made], schema=rows.schema)])


def break_between(indicator: Indicator, code: str, earlier: str, later: str) -> bool:
    """Whether a break of the series touches the region after `earlier` began and not after `later` began."""
    start, end = period_of(earlier).start, period_of(later).start
    return any(
        start < period_of(known.period).start <= end and known.region in (None, code)
        for known in catalogue().breaks_of(indicator)
    )
