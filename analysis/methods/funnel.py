"""Which care units lie outside what chance gives a unit of their size? (methods.md §5)

The funnel's limits are p0 ± z·√(p0(1 − p0)/n) around the pooled share p0 = Σx / Σn. Where units differ more than that
from each other as a rule, most would fall outside; then a variance τ² between units is added to every limit, and said.

Source: Spiegelhalter 2005, "Funnel plots for comparing institutional performance", Statistics in Medicine 24: 1185–1202
(additive random effects, z-scores winsorised), with DerSimonian & Laird 1986 for τ².
"""

import math
from typing import Final, NamedTuple, TypedDict

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.methods.intervals import Z95, Z998

Floats = NDArray[np.float64]

SIGNIFICANT: Final = 0.05
# The share of z-scores pulled in at each end, so that the outliers a funnel is to show do not widen it.
WINSORISED: Final = 0.10


class Overdispersion(TypedDict):
    """phi: mean square of the winsorised z-scores, 1 when chance alone rules. tau2: variance between units, in squared
    shares. p_value: of the χ² test of dispersion. applied: whether tau2 widens the limits. None: too few units."""

    phi: float | None
    tau2: float
    p_value: float | None
    applied: bool


class Funnel(NamedTuple):
    """centre: the pooled share p0 (0–1), None when there is no denominator at all. rows: as the areas came, columns
    area, value, low95, high95, low998, high998 (0–1, null where not assessable) and verdict."""

    centre: float | None
    overdispersion: Overdispersion
    rows: pl.DataFrame


def funnel(frame: pl.DataFrame) -> Funnel:
    """The funnel of shares: columns `area` (text), `numerator`, `denominator` (counts, null where missing).

    Verdicts: within, above_95, above_998, below_95, below_998 (a value on a limit is within it), and not_assessable for
    an area without a denominator: nothing divided by nothing is not 0 and not infinite.

    The test of dispersion is Pearson's χ² = Σz² with one degree of freedom less than there are units; winsorising is
    for the size of τ² only, as a trimmed sum has no χ² distribution.

    Errors: ValueError for a numerator outside 0–denominator.

    >>> units = {"area": ["A", "B", "C", "D"], "numerator": [50, 52, 75, 0], "denominator": [100, 100, 100, 0]}
    >>> answer = funnel(pl.DataFrame(units))
    >>> answer.centre, answer.overdispersion["applied"], answer.rows["verdict"].to_list()
    (0.59, True, ['within', 'within', 'within', 'not_assessable'])
    """
    x, n = (frame[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in ("numerator", "denominator"))
    if (x < 0).any() or (x > n).any():
        raise ValueError("a numerator is outside 0–denominator")
    counted = (n > 0) & ~np.isnan(x)
    x, n = np.where(counted, x, np.nan), np.where(counted, n, np.nan)
    value = x / n
    centre = float(x[counted].sum() / n[counted].sum()) if counted.any() else None
    p0 = math.nan if centre is None else centre
    chance = p0 * (1 - p0) / n
    dispersion = _overdispersion(value[counted] - p0, chance[counted])
    spread = np.sqrt(chance + (dispersion["tau2"] if dispersion["applied"] else 0.0))
    limits = {
        name: np.clip(p0 + z * spread, 0, 1)
        for name, z in (("low95", -Z95), ("high95", Z95), ("low998", -Z998), ("high998", Z998))
    }
    rows = pl.DataFrame({"area": frame["area"], "value": value, **limits}).with_columns(
        pl.selectors.float().fill_nan(None)
    )
    return Funnel(centre, dispersion, rows.with_columns(verdict=_verdict()))


def _verdict() -> pl.Expr:
    value = pl.col("value")
    return (
        pl.when(value.is_null())
        .then(pl.lit("not_assessable"))
        .when(value > pl.col("high998"))
        .then(pl.lit("above_998"))
        .when(value > pl.col("high95"))
        .then(pl.lit("above_95"))
        .when(value < pl.col("low998"))
        .then(pl.lit("below_998"))
        .when(value < pl.col("low95"))
        .then(pl.lit("below_95"))
        .otherwise(pl.lit("within"))
    )


def _overdispersion(deviation: Floats, chance: Floats) -> Overdispersion:
    """The dispersion of units (deviations from p0, and the variances chance gives them), both of shape (units,)."""
    units = len(deviation)
    # With p0 at 0 or 1 no unit differs from another, and there is no z-score.
    if units < 2 or (chance == 0).any():
        return {"phi": None, "tau2": 0.0, "p_value": None, "applied": False}
    z = deviation / np.sqrt(chance)
    pulled_in = np.clip(z, *np.quantile(z, (WINSORISED, 1 - WINSORISED)))
    phi = float(np.mean(pulled_in**2))
    weight = 1 / chance
    excess = units * phi - (units - 1)
    tau2 = max(0.0, excess / float(weight.sum() - (weight**2).sum() / weight.sum()))
    p_value = chi2_outside(float((z**2).sum()), units - 1)
    return {"phi": phi, "tau2": tau2, "p_value": p_value, "applied": p_value < SIGNIFICANT and tau2 > 0}


def chi2_outside(statistic: float, df: float) -> float:
    """P(χ² > statistic), the upper regularised incomplete gamma function Q(df/2, statistic/2): a power series below the
    mean and Lentz's continued fraction above it (Abramowitz & Stegun 6.5.29 and 6.5.31).

    Errors: ValueError for a negative statistic or degrees of freedom that are not positive.

    >>> round(chi2_outside(3.841459, 1), 6), round(chi2_outside(9.549536, 1), 6), chi2_outside(0, 3)
    (0.05, 0.002, 1.0)
    """
    if not statistic >= 0 or not df > 0:
        raise ValueError(f"χ² of {statistic} with {df} degrees of freedom")
    if statistic == 0:
        return 1.0
    a, x = df / 2, statistic / 2
    scale = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        step = a
        while term > total * 1e-17:
            step += 1
            term *= x / step
            total += term
        return max(0.0, 1 - scale * total)
    b = x + 1 - a
    c, d = 1e300, 1 / b
    fraction, change, i = d, 0.0, 0
    while abs(change - 1) > 1e-15:
        i += 1
        b += 2
        d = 1 / (-i * (i - a) * d + b)
        c = b - i * (i - a) / c
        change = c * d
        fraction *= change
    return scale * fraction
