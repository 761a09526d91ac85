"""How likely is a region truly one of the three worst? (methods §9)

A model, and said to be one: the regions' true values are normal with the spread τ² (DerSimonian and Laird), each
measured value normal around its own. So a value far out on a thin base is drawn towards the others' mean.

Sources: Laird & Louis 1989; Goldstein & Spiegelhalter 1996.
"""

import hashlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.methods.random_effects import heterogeneity

Floats = NDArray[np.float64]

DRAWS: Final = 20_000
PLACES: Final = 3


def lowest_three(values: Floats, variances: Floats, *, highest_first: bool = True) -> Floats | None:
    """Each region's probability (0–1) of being one of the three worst: the lowest values, or the highest where a lower
    value is better (`highest_first` false). The probabilities add up to three.

    values, variances: of shape (regions,), in the indicator's unit and its square, one entry for each of the regions to
    be ranked. None where any of them is unknown (NaN) or they are not more than three. The draws are seeded from the
    sorted values, so the same figures give the same answer in any order of the rows.

    >>> lowest_three(np.array([50.0, 60, 70, 80, 90]), np.full(5, 0.01)).tolist()
    [1.0, 1.0, 1.0, 0.0, 0.0]
    >>> lowest_three(np.array([50.0, 60, 70, 80, float("nan")]), np.full(5, 0.01)) is None
    True
    """
    if len(values) <= PLACES or np.isnan(values).any() or not (variances > 0).all():
        return None
    order = np.lexsort((variances, values))
    _, tau2 = heterogeneity(values[order], variances[order])
    spread = variances[order] + tau2
    mean = np.average(values[order], weights=1 / spread)
    kept = tau2 / spread  # 0 where all differences are chance: then every region is as likely as the others
    centre = mean + kept * (values[order] - mean)
    # Where the spread is all chance the model has one true value for all: any split of it is a draw of lots.
    width = np.sqrt(kept * variances[order]) if tau2 > 0 else np.ones(len(order))
    drawn = np.random.default_rng(_seed(values[order])).standard_normal((DRAWS, len(order)), dtype=np.float32)
    values_drawn = centre + width * drawn if highest_first else -(centre + width * drawn)
    among = values_drawn <= np.partition(values_drawn, PLACES - 1, axis=1)[:, PLACES - 1 : PLACES]
    found = np.empty(len(order))
    found[order] = among.mean(axis=0)
    return found


def _seed(ordered: Floats) -> int:
    return int.from_bytes(hashlib.sha256(np.round(ordered, 6).tobytes()).digest()[:8], "big")
