"""How far a word carries, said: what it rests on, what would turn it, what could have been seen (methods §9)."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.comparison import Comparison
from analysis.findings import Marks
from analysis.methods.differences import PROBED
from analysis.methods.equivalence import NOT_SHOWN, TESTED, too_thin
from analysis.methods.reliability import RELIABLE
from analysis.robustness import MOST
from indicators import Indicator
from locales import text
from locales.numbers import format_date, format_number, format_value

Row = Mapping[str, Any]


def base_in_words(row: Row, language: str = "sv") -> str:
    """What an assumed base means for the word of a row (REACH_COLUMNS), as a sentence: `Intervallet bygger på antaget
    underlag; omdömet håller för varje underlag från 97 svar.`; "" where the base is not assumed."""
    if row["evidence"] != "assumed":
        return ""
    if row["judgement"] in (None, "not_assessable"):
        return text("reach.assumed", language)
    key, count = _turning(row)
    return text(f"reach.{key}", language, count=format_number(count, 0, language))


def _turning(row: Row) -> tuple[str, int]:
    if row["equivalence"] == TESTED:
        return "equivalence_holds", row["equivalence_holds_from"]
    if row["judgement"] != "similar":
        return "holds", row["holds_from"]
    return ("flips", row["flips_at"]) if row["flips_at"] else ("never_flips", MOST)


def base_in_short(row: Row, language: str = "sv") -> str:
    """The same in a few words, for a tooltip: `håller för varje underlag från 97 svar`; "" where nothing is assumed or
    judged."""
    if row["evidence"] != "assumed" or row["judgement"] in (None, "not_assessable"):
        return ""
    key, count = _turning(row)
    return text(f"reach.short.{key}", language, count=format_number(count, 0, language))


def equivalence_in_words(row: Row, indicator: Indicator, language: str = "sv") -> str:
    """What is known of a difference that is not told apart: that it is smaller than the margin, that this is not shown,
    or that the evidence is too thin to tell; "" where there is no margin or nothing was tested."""
    if row["equivalence"] is None:
        return ""
    key = "tested"
    if row["equivalence"] == NOT_SHOWN:
        key = "too_thin" if too_thin(row["diff_low"], row["diff_high"], row["margin"]) else "not_shown"
    return text(f"reach.equivalence.{key}", language, margin=_points(row["margin"], indicator, language))


def margin_in_words(indicator: Indicator, language: str = "sv") -> str:
    """Inside which margin two values may be called equivalent, why, and since when; or that none is decided."""
    margin = indicator.margin
    if margin is None:
        return text("reach.no_margin", language)
    points, day = _points(margin.points, indicator, language), format_date(margin.decided, language)
    return text("reach.margin", language, margin=points, reason=margin.reason.in_language(language), day=day)


def detectable_in_words(row: Row, indicator: Indicator, language: str = "sv") -> str:
    """Which difference would have been seen: `En skillnad på 5,0 procentenheter skulle synas i fyra mätningar av
    fem.`"""
    return text("reach.detectable", language, points=_points(row["detectable"], indicator, language))


def probability_in_words(probability: float | None, language: str = "sv") -> str:
    """A probability of the model as a whole per cent, its ends as `< 5 %` and `> 95 %`; "" for none."""
    if probability is None:
        return ""
    end = "low" if probability < 0.05 else "high" if probability > 0.95 else "between"
    return text(f"reach.probability.{end}", language, number=format_number(100 * probability, 0, language))


def _points(points: float, indicator: Indicator, language: str) -> str:
    return text(f"sentences.points_{indicator.unit}", language, number=format_number(points, 1, language))


def how_sure(marks: Marks, benchmark: str, language: str = "sv") -> str:
    """Two sentences with this page's own numbers: what the interval means, and what chance alone would mark: between
    two numbers where the base is assumed. `benchmark` as sentences.benchmarks_of names it."""
    sides = [_chance(ends, digits, language) for ends, digits in ((marks.chance, 1), (marks.chance998, 2))]
    said = text(
        "sentences.safe", language, count=marks.assessed, benchmark=benchmark, chance=sides[0], chance998=sides[1]
    )
    if marks.chance[0] == marks.chance[1]:
        return said
    answers = {name: format_number(count, 0, language) for name, count in zip(("least", "most"), PROBED, strict=True)}
    return f"{said} {text('reach.chance_range', language, **answers)}"


def _chance(ends: tuple[float, float], digits: int, language: str) -> str:
    low, high = (format_number(end, digits, language) for end in ends)
    return low if low == high else text("reach.between", language, low=low, high=high)


def reliability_in_words(comparison: Comparison, language: str = "sv") -> str:
    """That the places of a comparison mostly show chance; "" where they do not, or where that is unknown."""
    known = comparison.reliability
    if known is None or known >= RELIABLE:
        return ""
    share = format_value(100 * known, "percent", 0, language)
    return text("reach.reliability.chance", language, share=share, number=format_number(known, 2, language))


def places_by_chance(comparisons: Sequence[Comparison], language: str = "sv") -> str:
    """Which of several indicators have places that mostly show chance, in one sentence; "" where none has."""
    poor = [one for one in comparisons if one.reliability is not None and one.reliability < RELIABLE]
    titles = ", ".join(one.indicator.short_title.in_language(language) for one in poor)
    return text("reach.reliability.named", language, titles=titles) if poor else ""


def lowest_three_missing(comparison: Comparison, language: str = "sv") -> str | None:
    """Why no region has a probability of being one of the three worst; None where they have."""
    return None if comparison.rows["lowest_three"].count() else text("reach.lowest_three.missing", language)


def lowest_three_in_words(comparison: Comparison, language: str = "sv") -> str:
    """What the probability of being one of the three worst is; "" where no row has one."""
    if not comparison.rows["lowest_three"].count():
        return ""
    key = "about_none" if comparison.indicator.direction == "none" else "about"
    return text(f"reach.lowest_three.{key}", language)
