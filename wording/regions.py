"""How does a region stand over the key measures? One sentence per region, counted from the judgements themselves."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import polars as pl

from analysis import Comparison
from analysis.told import EQUIVALENT, told_as
from locales import text
from wording.sentences import benchmarks_of

_ORDER: Final = ("worse", "better", "lower", "higher", "similar", EQUIVALENT)


def standing(comparisons: Sequence[Comparison], code: str, language: str) -> str:
    """`sämre än riket på 4 av 5 bedömda mått, ingen säker skillnad på 1; 1 mått kan inte bedömas`, without the name.

    Only assessed measures are in the first count; a measure without a figure of the region is "missing"."""
    found = Counter(_judgement(comparison, code) for comparison in comparisons)
    missing, unassessed = found.pop("", 0), found.pop("not_assessable", 0)
    assessed = found.total()
    benchmark = benchmarks_of(comparisons, language, short=True)
    parts = []
    if assessed:
        parts.append(_assessed(found, assessed, benchmark, language))
        if unassessed:
            parts.append(text("overview.region.unassessed", language, count=unassessed))
    elif unassessed:
        key = "none_assessed" if unassessed > 1 else "none_assessed_one"
        parts.append(text(f"overview.region.{key}", language, count=unassessed, benchmark=benchmark))
    else:
        return text("overview.region.no_figures", language)
    if missing:
        parts.append(text("overview.region.missing", language, count=missing))
    return "; ".join(parts)


def _judgement(comparison: Comparison, code: str) -> str:
    """The judgement told of the region, "" where it has no figure."""
    own = comparison.rows.filter(pl.col("code") == code, pl.col("value").is_not_null())
    return told_as(own.row(0, named=True)) if own.height else ""


def _assessed(found: Counter[str], assessed: int, benchmark: str, language: str) -> str:
    first, *others = [judgement for judgement in _ORDER if found[judgement]]
    phrase = text(f"judgements.phrase.{first}", language, benchmark=benchmark)
    if assessed == 1:
        return text("overview.region.only", language, phrase=phrase)
    said = [text("overview.region.first", language, phrase=phrase, count=found[first], assessed=assessed)]
    said += [
        text("overview.region.next", language, word=text(f"judgements.short.{each}", language), count=found[each])
        for each in others
    ]
    return ", ".join(said)
