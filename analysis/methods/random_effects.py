"""How much do the true values differ, once chance is taken away? The spread between them and their mean (methods §9).

Source: DerSimonian & Laird 1986, "Meta-analysis in clinical trials", Controlled Clinical Trials 7: 177–188.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.methods.funnel import chi2_outside
from analysis.methods.intervals import Z95

Floats = NDArray[np.float64]

SIGNIFICANT: Final = 0.05
"""Cochran's Q under this p: the values differ by more than chance, and their mean is the random-effects one."""


def heterogeneity(values: Floats, variances: Floats) -> tuple[float, float]:
    """Cochran's Q and DerSimonian and Laird's τ² of values with known variances, both of shape (k,), k ≥ 1; τ² in the
    variances' unit, 0 where the values differ by no more than chance gives.

    >>> q, tau2 = heterogeneity(np.array([1.0, 3.0, 8.0]), np.array([1.0, 1.0, 1.0]))
    >>> q, tau2
    (26.0, 12.0)
    """
    weight = 1 / variances
    mean = np.average(values, weights=weight)
    q = float((weight * (values - mean) ** 2).sum())
    excess = q - (len(values) - 1)
    scale = float(weight.sum() - (weight**2).sum() / weight.sum())
    return q, max(0.0, excess / scale) if scale > 0 else 0.0


class PooledMean(NamedTuple):
    """The mean of several values with its 95 % interval; `p`: of Cochran's Q (None for a single value); `random`:
    whether it is DerSimonian and Laird's, as the values differ by more than chance."""

    mean: float
    low: float
    high: float
    p: float | None
    random: bool


def pooled_mean(values: Floats, variances: Floats) -> PooledMean:
    """The inverse-variance mean of values with known variances, both of shape (k,), k ≥ 1; the random-effects mean and
    its wider interval where Q on k − 1 degrees of freedom has p < SIGNIFICANT.

    >>> [round(part, 2) for part in pooled_mean(np.array([2.0, 3.0]), np.array([1.0, 1.0]))[:4]]
    [2.5, 1.11, 3.89, 0.48]
    >>> pooled_mean(np.array([1.0, 3.0, 8.0]), np.array([1.0, 1.0, 1.0])).random
    True
    """
    q, tau2 = heterogeneity(values, variances)
    p = chi2_outside(q, len(values) - 1) if len(values) > 1 else None
    random = p is not None and p < SIGNIFICANT
    weight = 1 / (variances + (tau2 if random else 0.0))
    mean = float(np.average(values, weights=weight))
    half = Z95 / float(np.sqrt(weight.sum()))
    return PooledMean(mean, mean - half, mean + half, p, random)
