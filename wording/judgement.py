"""What a judgement says: the phrase, the tested difference, the place, and why there is none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import polars as pl

from analysis import Comparison, shown_judgement
from analysis.told import (
    EQUIVALENT,
    NO_TARGET,
    by_target,
    level_words,
    marked_at_95_only,
    told_as,
    told_word,
    verdict_phrase,
)
from indicators import NATION, Indicator, catalogue, period_label
from locales import text
from wording import sentences
from wording.figures import figure_in_words
from wording.reach import base_in_short
from wording.symbols import JUDGEMENTS, MARKED, symbol_of

STRICT: Final = 99.8
_TOLD: Final = ("better", EQUIVALENT, *(one for one in JUDGEMENTS if one != "better"), NO_TARGET)


def benchmark_name(comparison: Comparison, language: str) -> str:
    """What the regions are compared with, as it stands after "än": `riket`, `Västerbotten`, `det egna värdet 2020`."""
    return sentences.benchmark_of(comparison, language, short=True)


def verdict_of(row: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Symbol and short word: `▼`, `sämre` (against a target `når inte målet`); without a value, that it is missing."""
    return symbol_of(shown_judgement(row), hollow=row["evidence"] == "assumed"), told_word(row, language)


def phrase_of(row: Mapping[str, Any], benchmark: str, language: str) -> str:
    """`sämre än riket`, or `kan inte bedömas: värdet har inget intervall`."""
    judgement = told_as(row)
    phrase = verdict_phrase(judgement, benchmark, language, target=by_target(row))
    if judgement != "not_assessable":
        return phrase
    why = row["unassessed"] or ("no_value" if row["value"] is None else "no_interval")
    return f"{phrase}: {text(f'judgements.reason.{why}', language)}"


def difference_words(row: Mapping[str, Any], indicator: Indicator, language: str) -> str:
    """`skillnad −11,0 procentenheter, 95 % intervall −14,5 till −7,5`; shares differ in percentage points."""
    numbers = {
        name: sentences.signed(row[column], indicator, language)
        for name, column in (("value", "difference"), ("low", "diff_low"), ("high", "diff_high"))
    }
    return text(f"judgements.difference.{indicator.unit}", language, **numbers)


def ranked_of(rows: pl.DataFrame) -> int:
    """Among how many regions the places are, whichever of them are shown."""
    ranked = rows["ranked"].max()
    return ranked if isinstance(ranked, int) else 0


def judgement_in_words(row: Mapping[str, Any], comparison: Comparison, language: str) -> str:
    """One region's figure, judgement, tested difference and level in words, for tooltips and screen readers."""
    indicator = comparison.indicator
    said = figure_in_words(dict(row), indicator, language)
    if row["code"] == NATION:
        return said
    parts = [said, phrase_of(row, benchmark_name(comparison, language), language)]
    judgement = shown_judgement(row)
    if judgement != "not_assessable":
        parts.append(difference_words(row, indicator, language))
    if judgement in MARKED and row["level"] is not None:
        key = "level" if row["level"] == STRICT else "only_95"
        parts.append(text(f"judgements.difference.{key}", language, level=level_words(row["level"], language)))
    elif marked_at_95_only(row):
        parts.append(text("judgements.difference.only_95", language))
    if base := base_in_short(row, language):
        parts.append(base)
    parts.append(sentences.rank_in_words(row, language))
    return "; ".join(parts)


def tallies(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Short names of the regions per shown judgement, in JUDGEMENTS' order, then those without a target where targets
    are what they are judged by; Riket is not among them."""
    named: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["code"] != NATION:
            told = told_as(row)
            named[told].append(catalogue().regions[row["code"]].short_name)
    return {judgement: named[judgement] for judgement in _TOLD if named[judgement]}


def tally_sentences(comparison: Comparison, language: str) -> list[str]:
    """`Sämre än riket: 2 (Västernorrland, Norrbotten).`, one sentence per judgement."""
    benchmark = benchmark_name(comparison, language)
    return [
        text("judged_charts.tally", language, word=capital(word), count=len(names), names=", ".join(names))
        for judgement, names in tallies(comparison.rows.iter_rows(named=True)).items()
        for word in [verdict_phrase(judgement, benchmark, language, target=comparison.benchmark == "target")]
    ]


def capital(words: str) -> str:
    """The words with a capital first letter, the rest as it stands."""
    return words[:1].upper() + words[1:]


def any_judged(comparison: Comparison) -> bool:
    """Whether any row has a verdict: where none has, neither a level nor a test may be spoken of."""
    return (comparison.rows["judgement"].fill_null("not_assessable") != "not_assessable").any()


def route_note(comparison: Comparison, language: str) -> str:
    """How the differences were tested, where that weakens them: against a fixed number; else ""."""
    if not any_judged(comparison) or not (comparison.rows["route"] == "point_value").any():
        return ""
    benchmark = benchmark_name(comparison, language)
    key = "point_value_riket" if benchmark == text("judgements.benchmark.riket", language) else "point_value"
    return text(f"judgements.route.{key}", language, benchmark=benchmark)


def subtitle_of_judged(comparison: Comparison, language: str, notes: Sequence[str] = ()) -> str:
    """Period, what the regions are compared with and at which level, then the chart's own notes."""
    if comparison.period is None:
        return text("charts.nothing", language)
    judged_at = text("judged_charts.level", language, level=level_words(comparison.level, language))
    parts = [
        period_label(comparison.period.key, language),
        *([text(f"sexes.{comparison.sex}", language)] if comparison.sex != "T" else []),
        text("judged_charts.against", language, benchmark=benchmark_name(comparison, language)),
        *([judged_at] if any_judged(comparison) else []),
        *notes,
        *([note] if (note := route_note(comparison, language)) else []),
        *([text("charts.synthetic", language)] if comparison.synthetic else []),
    ]
    return ", ".join(parts)


def judged_in_words(comparison: Comparison, language: str = "sv", *, chosen: Sequence[str] = ()) -> str:
    """How many regions, and which, are better, similar and worse; then each chosen region's own sentence."""
    if comparison.period is None:
        return text("charts.nothing", language)
    title = comparison.indicator.title.in_language(language)
    sentences = [f"{title}, {subtitle_of_judged(comparison, language)}."]
    sentences += tally_sentences(comparison, language)
    sentences += [
        judgement_in_words(row, comparison, language) + "."
        for row in comparison.rows.iter_rows(named=True)
        if row["code"] in chosen
    ]
    return " ".join(sentences)
