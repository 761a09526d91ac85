"""The trend test that fits a region's waves: χ² where all are shares on a base, else regression on the intervals."""

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Any

from analysis.methods.trends import Trend, trend_of_counts, trend_of_values
from indicators import Indicator, catalogue


def trend_of_waves(
    rows: Sequence[dict[str, Any]], left_out: Iterable[str], noted: Iterable[str], *, scale: float = 1.0
) -> Trend:
    """The trend of waves a whole number of years apart (FIGURE_COLUMNS with `estimate`, each with an interval, of one
    segment, in time order), in the indicator's unit. `left_out`: periods that are measured and not judged; `noted`:
    those that are hard to compare; `scale`: how many times the assumed bases are taken to be."""
    years = [int(row["period"][:4]) for row in rows]
    skipped, hard = _years(left_out), _years(noted)
    factors = [scale if row["evidence"] == "assumed" else 1.0 for row in rows]
    if all(row["evidence"] in ("computed", "assumed") and row["n_eff"] is not None for row in rows):
        base = [row["n_eff"] * factor for row, factor in zip(rows, factors, strict=True)]
        counts = [row["share"] * each for row, each in zip(rows, base, strict=True)]
        return trend_of_counts(years, counts, base, skipped=skipped, noted=hard).in_unit(100)
    pairs = list(zip(rows, factors, strict=True))
    ends = [
        [row["estimate"] + (row[end] - row["estimate"]) / sqrt(factor) for row, factor in pairs]
        for end in ("ci_low", "ci_high")
    ]
    return trend_of_values(years, [row["estimate"] for row in rows], *ends, skipped=skipped, noted=hard)


def assumed_base(indicator: Indicator, period: str) -> int | None:
    """The answers per region that a wave's intervals rest on where none are published."""
    wave = catalogue().wave(indicator, period)
    return wave.assumed_base if wave else None


def _years(periods: Iterable[str]) -> set[int]:
    return {int(period[:4]) for period in periods}
