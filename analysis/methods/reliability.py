"""Do the places tell regions apart, or do they mostly show chance? (methods §9)"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.methods.random_effects import heterogeneity

RELIABLE: Final = 0.8
"""Under this the places mostly show chance."""
_FEWEST: Final = 3


def reliability(values: NDArray[np.float64], variances: NDArray[np.float64]) -> float | None:
    """λ = τ²/(τ² + mean v): the part of the spread between the regions that is not chance, 0–1. Values and variances of
    shape (regions,), NaN where unknown; None where fewer than three are known with a variance.

    >>> round(reliability(np.array([50.0, 60.0, 70.0]), np.array([4.0, 4.0, 4.0])), 2)
    0.96
    >>> reliability(np.array([50.0, 51.0, 52.0]), np.array([4.0, 4.0, 4.0]))
    0.0
    """
    known = ~np.isnan(values) & (variances > 0)
    if known.sum() < _FEWEST:
        return None
    _, tau2 = heterogeneity(values[known], variances[known])
    return tau2 / (tau2 + float(variances[known].mean()))
