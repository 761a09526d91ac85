"""How equal is the supply within a region: municipalities against each other, units against chance."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.methods.differences import difference_of_intervals
from analysis.methods.funnel import SIGNIFICANT, Funnel, chi2_outside, funnel
from analysis.methods.intervals import wilson
from analysis.supply.shares import shares

FEWEST_EXPECTED: Final = 5  # below this expected count χ² has no χ² distribution (methods §4)
_SHUFFLES: Final = 10_000
_SEED: Final = 1177


@dataclass(frozen=True)
class Part:
    """A municipality: its share in per cent and how many units it is a share of."""

    name: str
    share: float
    n: int


@dataclass(frozen=True)
class Spread:
    """How the municipalities of a region differ. `rows`: municipality + SHARES, lowest share first. `points`: between
    lowest and highest, in procentenheter. `p_value`: of the test that chance alone makes them differ, by `test`: chi2,
    or shuffled where some expected count is below 5; None with fewer than two municipalities or one and the same answer
    everywhere. `least`, `best`: only where that test and the difference to the rest of the region carry the word."""

    rows: pl.DataFrame
    lowest: Part | None
    highest: Part | None
    points: float | None
    test: str
    p_value: float | None
    least: Part | None
    best: Part | None

    @property
    def differs(self) -> bool:
        return self.p_value is not None and self.p_value < SIGNIFICANT


def municipality_spread(units: pl.DataFrame, code: str) -> Spread:
    """The spread between the municipalities of a region, of its units (UNITS) that have one and are counted. Ties go to
    the name that sorts first."""
    own = units.filter(pl.col("code") == code, pl.col("municipality") != "")
    rows = shares(own, ("municipality",)).sort("share", "municipality", nulls_last=True)
    known = rows.filter(pl.col("denominator") > 0)
    if known.is_empty():
        return Spread(rows, None, None, None, "", None, None, None)
    ends = [known.row(0, named=True), known.sort("share", "municipality", descending=[True, False]).row(0, named=True)]
    lowest, highest = (Part(end["municipality"], end["share"], end["denominator"]) for end in ends)
    reached, counted = (known[name].to_numpy().astype(np.int64) for name in ("numerator", "denominator"))
    test, p_value = _chance(reached, counted)
    found = p_value is not None and p_value < SIGNIFICANT
    apart = [found and _apart(end, int(reached.sum()), int(counted.sum())) for end in ends]
    return Spread(
        rows,
        lowest,
        highest,
        highest.share - lowest.share,
        test,
        p_value,
        lowest if apart[0] else None,
        highest if apart[1] else None,
    )


def _chance(reached: NDArray[np.int64], counted: NDArray[np.int64]) -> tuple[str, float | None]:
    """Pearson's χ² that the shares are one and the same, and P of so large a one or larger: of the χ² distribution, or
    where an expected count is too small for that, among shuffles of the units over the municipalities (fixed seed)."""
    total, units = int(reached.sum()), int(counted.sum())
    if len(counted) < 2 or total in (0, units):
        return "", None
    common = total / units

    def statistic(numbers: NDArray[np.int64]) -> Any:
        return ((numbers - counted * common) ** 2 / (counted * common * (1 - common))).sum(axis=-1)

    observed = float(statistic(reached))
    if counted.min() * min(common, 1 - common) >= FEWEST_EXPECTED:
        return "chi2", chi2_outside(observed, len(counted) - 1)
    drawn = np.random.default_rng(_SEED).multivariate_hypergeometric(counted, total, size=_SHUFFLES)
    as_large = int((statistic(drawn) >= observed - 1e-9).sum())
    return "shuffled", (as_large + 1) / (_SHUFFLES + 1)


def _apart(end: dict[str, Any], reached: int, counted: int) -> bool:
    """Whether the interval of the difference between a municipality and the rest of its region leaves out 0."""
    x, n = end["numerator"], end["denominator"]
    rest_x, rest_n = reached - x, counted - n
    low, high = difference_of_intervals(x / n, *wilson(x, n), rest_x / rest_n, *wilson(rest_x, rest_n))
    return low > 0 or high < 0


UNIT_FUNNEL: Final = (
    "unit",
    "name",
    "municipality",
    "numerator",
    "denominator",
    "share",
    "low95",
    "high95",
    "low998",
    "high998",
    "verdict",
    "outside",
    "synthetic",
)


def unit_funnel(units: pl.DataFrame, code: str) -> pl.DataFrame:
    """The units of a region (UNIT_FUNNEL) against the region's common share of services offered: `numerator` offered of
    `denominator` known and applicable (unknown ones leave both). Share and limits in per cent; `outside`: the verdict
    is beyond a 95 or 99.8 % limit. A unit of which nothing is known is not_assessable."""
    made, counts = funnel_of_units(units, code)
    own = _of(units, code)
    limits = made.rows.select(
        pl.col("value").alias("share") * 100, pl.col("low95", "high95", "low998", "high998") * 100, "verdict"
    )
    joined = pl.concat(
        [own.select("unit", "name", "municipality", "synthetic"), counts.drop("area"), limits], how="horizontal"
    )
    return joined.with_columns(outside=~pl.col("verdict").is_in(["within", "not_assessable"])).select(UNIT_FUNNEL)


def funnel_of_units(units: pl.DataFrame, code: str) -> tuple[Funnel, pl.DataFrame]:
    """The same as charts.funnel_plot draws it: the funnel, and the counts it is made from (area, numerator,
    denominator) in the units' order. Units of one name are told apart by municipality, or else by their id."""
    own = _of(units, code)
    again, placed = pl.col("name").is_duplicated(), pl.struct("name", "municipality").is_duplicated()
    more = pl.when(placed | (pl.col("municipality") == "")).then("unit").otherwise("municipality")
    counts = own.select(
        area=pl.when(again).then(pl.concat_str("name", pl.lit(" ("), more, pl.lit(")"))).otherwise("name"),
        numerator="offered",
        denominator=pl.col("offered") + pl.col("not_offered"),
    )
    return funnel(counts), counts


def _of(units: pl.DataFrame, code: str) -> pl.DataFrame:
    return units.filter(pl.col("code") == code).sort("name", "unit")
