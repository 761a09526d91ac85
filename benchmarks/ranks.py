"""How fast are the rank intervals, beside the loop an analyst would otherwise run?

    python -m benchmarks.ranks

The reference does in numpy what the authors' R package csranks does: one region at a time, new draws at each step, a
loop over the draws for the largest difference. A second reference takes that largest difference with one numpy call, so
that the ratio does not rest on a slow inner loop alone.

Bars (issue 3): ≥ 20 × the R-style loop; 40 indicators × 21 regions, marginal and simultaneous, R = 1 000, within 1 s.
"""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from analysis.methods.ranks import rank_intervals

Floats = NDArray[np.float64]
LargestOfRows = Callable[[Floats], Floats]

REGIONS, INDICATORS, DRAWS = 21, 40, 1000
BAR_RATIO, BAR_SECONDS = 20, 1.0


def r_style(values: Floats, ses: Floats, kind: str, largest: LargestOfRows, seed: int) -> tuple[list[int], list[int]]:
    """Rank intervals in the order of work of csranks."""
    p = len(values)
    random = np.random.default_rng(seed)
    gaps, spread = np.subtract.outer(values, values), np.sqrt(np.add.outer(ses**2, ses**2))
    lows, highs = np.ones(p, dtype=int), np.full(p, p)
    for j in range(p) if kind == "marginal" else [None]:
        standing = np.ones((p, p), dtype=bool)
        if j is not None:
            standing[:] = False
            standing[j, :] = standing[:, j] = True
        np.fill_diagonal(standing, False)
        above = np.zeros((p, p), dtype=bool)
        while standing.any():
            normals = random.multivariate_normal(np.zeros(p), np.diag(ses**2), size=DRAWS)
            first, second = np.nonzero(standing)
            errors = (normals[:, first] - normals[:, second]) / spread[standing]
            critical = np.quantile(largest(errors), 0.95)
            found = standing & (gaps - spread * critical > 0)
            if not found.any():
                break
            above |= found
            standing &= ~found
        for one in range(p) if j is None else [j]:
            lows[one] = 1 + above[:, one].sum()
            highs[one] = p - above[one].sum()
    return lows.tolist(), highs.tolist()


def row_by_row(errors: Floats) -> Floats:
    """R's apply(…, 1, max)."""
    return np.array([max(row) for row in errors])


def at_once(errors: Floats) -> Floats:
    return errors.max(axis=1)


def seconds(work: Callable[[], object], times: int) -> float:
    """The fastest of several runs."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    random = np.random.default_rng(1177)
    # Shares of about 1 000 answers: standard errors of 1.5 points around regions that differ by 4.
    indicators = [(random.normal(65, 4, REGIONS), random.uniform(1, 2, REGIONS)) for _ in range(INDICATORS)]
    kinds = ("marginal", "simultaneous")
    each = {
        kind: seconds(lambda kind=kind: [rank_intervals(*one, kind=kind, draws=DRAWS) for one in indicators], 5)
        for kind in kinds
    }
    print(f"{REGIONS} regions × {INDICATORS} indicators, R = {DRAWS}")
    for kind in kinds:
        ours = each[kind] / INDICATORS
        slow = seconds(lambda kind=kind: r_style(*indicators[0], kind, row_by_row, 1), 5)
        fast = seconds(lambda kind=kind: r_style(*indicators[0], kind, at_once, 1), 5)
        print(f"{kind}: {1000 * ours:.2f} ms an indicator")
        print(f"  R-style loop          {1000 * slow:6.1f} ms, ratio {slow / ours:5.1f} (bar {BAR_RATIO})")
        print(f"  R-style, rows at once {1000 * fast:6.1f} ms, ratio {fast / ours:5.1f}")
    print(f"all of it: {sum(each.values()):.3f} s (bar {BAR_SECONDS} s, the other statistics included)")


if __name__ == "__main__":
    main()
