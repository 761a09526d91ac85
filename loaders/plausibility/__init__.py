"""Is it plausible, against what is published and the rest of the same file (methods §8)? Doubts, never errors: each is
a warning that a person confirms with a reason. One file per question; docs/plausibility.md says on what evidence."""

import polars as pl

from indicators import Catalogue
from loaders.checks.published import PublishedFigures
from loaders.plausibility.calls import calls_disagree
from loaders.plausibility.changes import changes_too_large
from loaders.plausibility.expectations import expectations
from loaders.plausibility.gaps import gaps_gone
from loaders.plausibility.lost_decimals import decimals_lost
from loaders.plausibility.missing_regions import regions_missing
from loaders.plausibility.nation import nation_misplaced
from loaders.plausibility.picture import picture_of
from loaders.plausibility.repeated_vectors import repeated_vectors
from loaders.plausibility.scale_slips import scale_slips
from loaders.plausibility.summed_totals import totals_summed
from loaders.plausibility.swapped_rows import rows_swapped
from loaders.problems import Problem

__all__ = ["screen"]


def screen(observations: pl.DataFrame, published: PublishedFigures, known: Catalogue) -> list[Problem]:
    """Every doubt about `observations` (columns loaders.checks.OBSERVATION, no errors among them), as warnings.

    A figure published already with the same value was judged then, and is not doubted again.
    """
    if observations.is_empty():
        return []
    partners = expectations().partners_of(set(observations["indicator"]))
    picture = picture_of(observations, published, known, partners)
    missing, lost = regions_missing(picture), decimals_lost(picture)
    slips, slipped = scale_slips(picture)
    rest = picture.without(slipped)
    sums = totals_summed(rest)
    repeated = repeated_vectors(rest)
    swaps, explained = rows_swapped(rest)
    return [
        *repeated,
        *slips,
        *sums,
        *nation_misplaced(rest),
        *swaps,
        *changes_too_large(rest, explained),
        *gaps_gone(rest),
        *calls_disagree(rest),
        *lost,
        *missing,
    ]
