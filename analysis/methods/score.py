"""Wilson's interval of one share, in plain numbers: what `interval` asks for, without importing any frames.

Sources: Wilson 1927; Korn & Graubard 1998 (effective base n / deff).
"""

import math
from statistics import NormalDist
from typing import Final

# 3.0902 and not 3: "three sigma" would be a 99.73 % interval.
Z95: Final = NormalDist().inv_cdf(0.975)
Z998: Final = NormalDist().inv_cdf(0.999)
Z90: Final = NormalDist().inv_cdf(0.95)  # two one-sided tests at 5 %: no difference is marked at this level
LEVELS: Final = (95.0, 99.8)


def z_for(level: float) -> float:
    """The two-sided normal quantile of a confidence level in per cent: the two this dashboard judges at.

    Errors: ValueError for another level than 95 and 99.8.

    >>> round(z_for(95), 4), round(z_for(99.8), 4)
    (1.96, 3.0902)
    """
    if level == 95:
        return Z95
    if level == 99.8:
        return Z998
    raise ValueError(f"level {level}: only 95 and 99.8 are judged")


def score_interval(p: float, n_eff: float, z: float) -> tuple[float, float]:
    """Wilson's score interval (no continuity correction) of a share `p` (0–1) from an effective base, which may be
    fractional.

    Errors: ValueError for p outside 0–1 or a base that is not positive (a share of nothing has no interval).

    >>> tuple(round(bound, 4) for bound in score_interval(0.5, 100, Z95))
    (0.4038, 0.5962)
    """
    if not 0 <= p <= 1:
        raise ValueError(f"share {p} is outside 0–1")
    if not n_eff > 0:
        raise ValueError(f"base {n_eff} is not positive")
    z2n = z * z / n_eff
    centre = (p + z2n / 2) / (1 + z2n)
    half = z / (1 + z2n) * math.sqrt(p * (1 - p) / n_eff + z2n / (4 * n_eff))
    # The interval holds its value, exactly 0 and 1 included; the arithmetic leaves a rest of the order 1e-17.
    return max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half))


def wilson(x: float, n: float, deff: float = 1.0, level: float = 95) -> tuple[float, float]:
    """Wilson's interval (0–1) of x events among n, with the effective base n / deff.

    Errors: ValueError for x outside 0–n, n or deff not positive, or an unknown level.

    >>> tuple(round(bound, 4) for bound in wilson(81, 263))  # Newcombe 1998, table I, method 3
    (0.2553, 0.3662)
    >>> tuple(round(bound, 4) for bound in wilson(81, 263, deff=1.2))
    (0.2506, 0.372)
    """
    if not n > 0:
        raise ValueError(f"base {n} is not positive")
    if not deff > 0:
        raise ValueError(f"design effect {deff} is not positive")
    return score_interval(x / n, n / deff, z_for(level))
