"""Accessibility by phone: which indicators belong together, what to beware of, and whether a region's figures agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.figures import figures_of
from analysis.phone.sums import DISAGREEMENT, OF_ANSWERED, OF_OFFERED, SUMMED, WITH_ABANDONED, disagreements
from analysis.same_frame import SameFrame
from indicators import NATION, Indicator, Period, Words, catalogue, period_of
from models import Store

COUNTS: Final = ("calls_offered", "calls_answered", "calls_abandoned", "calls_handled")
"""Four different counts, which are never added up."""
SERVICE_LEVELS: Final = (OF_OFFERED, WITH_ABANDONED, OF_ANSWERED)
"""Three shares that are printed under one name, with three denominators."""
FOR_PHONE: Final = (
    "calls_share_answered",
    *COUNTS,
    "calls_mean_wait",
    "calls_median_wait",
    *SERVICE_LEVELS,
    "primary_care_phone_share",
)
"""Every indicator of accessibility by phone, in a reader's order."""


@dataclass(frozen=True)
class Caveat:
    """What to beware of. `regions`: the codes among the shown ones that it bites, () where it bites all."""

    regions: tuple[str, ...]
    text: Words
    source: Words | None


def caveats_of(indicator: Indicator, regions: Sequence[str], periods: Sequence[str]) -> tuple[Caveat, ...]:
    """The caveats that bite somewhere among the shown region codes and period keys: those of single regions first. A
    break of one region's series is one wherever its figures begin at it or later."""
    asked = [period_of(key) for key in periods]
    if not asked:
        return ()
    told = [
        Caveat((known.region,), known.reason, known.source)
        for known in catalogue().breaks_of(indicator)
        if known.region and known.region in regions
    ]
    for note in catalogue().notes:
        own = tuple(code for code in regions if code in note.regions)
        touched = not note.regions or bool(own)
        if indicator.id in note.indicators and touched and _within(asked, note.first, note.last):
            told.append(Caveat(own, note.text, note.source))
    return tuple(sorted(told, key=lambda each: not each.regions))


def _within(asked: Sequence[Period], first: str | None, last: str | None) -> bool:
    """Whether any of the periods overlaps the time from `first` to `last`."""
    start = period_of(first).start if first else date.min
    end = period_of(last).end if last else date.max
    return any(period.start <= end and period.end >= start for period in asked)


def phone_figures(
    store: Store,
    period: str,
    regions: Sequence[str],
    *,
    sex: str = "T",
    as_of: date | None = None,
    include_synthetic: bool = True,
) -> pl.DataFrame:
    """Every phone indicator's figure (FIGURE_COLUMNS) of a period in the regions, in the order of FOR_PHONE."""
    known = catalogue().indicators
    parts = [
        figures_of(store, known[each], as_of, sex=sex, include_synthetic=include_synthetic).filter(
            pl.col("period") == period, pl.col("code").is_in([*regions, NATION])
        )
        for each in FOR_PHONE
    ]
    return pl.concat(parts)


def calls_that_disagree(
    store: Store,
    regions: Sequence[str],
    *,
    kind: str,
    sex: str = "T",
    as_of: date | None = None,
    include_synthetic: bool = True,
) -> pl.DataFrame:
    """Where published figures of calls cannot all be true (call_sums.DISAGREEMENT), in the regions' series of one kind
    of period, latest first."""
    known = catalogue().indicators
    read = [figures_of(store, known[each], as_of, sex=sex, include_synthetic=include_synthetic) for each in SUMMED]
    found = _disagreements(*(SameFrame(part) for part in read))
    kinds = {key: period_of(key).kind for key in found["period"].unique()}
    own = found.filter(
        pl.col("region").is_in(list(regions)),
        pl.col("period").replace_strict(kinds, return_dtype=pl.String, default="") == kind,
    )
    return own.sort("period", "region", descending=[True, False], maintain_order=True)


@lru_cache(maxsize=64)
def _disagreements(*each: SameFrame) -> pl.DataFrame:
    read = [of.frame for of in each if of.frame is not None]
    figures = pl.concat([part.select("indicator", "period", "sex", "value", region="code") for part in read])
    return disagreements(figures) if figures.height else pl.DataFrame(schema=DISAGREEMENT)
