"""What a result says in plain words: one sentence per judgement, change or rank, built from the result itself.

The same sentences stand on pages and in files. A figure without interval is never said to be similar to anything.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from analysis.benchmarks import MADE, chosen_benchmark
from analysis.comparison import Comparison
from analysis.methods.ranks import FEWEST_RANKED
from analysis.told import NO_TARGET, by_target, marked_at_95_only, told_as
from indicators import NATION, Indicator, catalogue, period_label
from locales import text
from locales.numbers import format_number, format_value
from wording.reach import base_in_words, detectable_in_words, equivalence_in_words

STRICTEST: Final = 99.8
Row = dict[str, Any]


def benchmark_name(benchmark: str, language: str = "sv", *, made: str = "", short: bool = False) -> str:
    """The benchmark as it stands in a sentence: `riket`, `medelvärdet för de sex regionerna`, `Region Västerbotten`.

    `made`: what stands for a Riket that nobody printed (one of MADE). `short`: `Västerbotten`."""
    chosen = chosen_benchmark(benchmark)
    named = {
        "group": lambda: _in_a_sentence(catalogue().groups[chosen.key].title.in_language(language)),
        "region": lambda: _region_name(chosen.key, short=short),
        "period": lambda: period_label(chosen.key, language),
    }
    values = {chosen.kind: named[chosen.kind]()} if chosen.kind in named else {}
    kind = chosen.kind if chosen.weighted else "group_unweighted"
    if kind == "riket" and made:
        kind = made
    return text(f"judgements.benchmark.{kind}", language, **values)


def _in_a_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def benchmark_of(comparison: Comparison, language: str = "sv", *, short: bool = False) -> str:
    """What the regions of a comparison were in fact compared with: `riket` only where somebody printed it."""
    return benchmark_name(comparison.benchmark, language, made=comparison.made_whole, short=short)


def name_of(row: Mapping[str, Any], language: str = "sv", *, short: bool = False) -> str:
    """The region of a row, and for a Riket nobody printed what it is: `Regionernas vägda medelvärde`."""
    if row["code"] == NATION and row["comment"] in MADE:
        made = text(f"judgements.benchmark.{row['comment']}", language)
        return made[:1].upper() + made[1:]
    return _region_name(row["code"], short=short)


def benchmarks_of(comparisons: Sequence[Comparison], language: str = "sv", *, short: bool = False) -> str:
    """The benchmark of several comparisons: `riket`, or `riket eller regionernas vägda medelvärde` where they differ;
    `riket` where there are none."""
    names = list(dict.fromkeys(benchmark_of(one, language, short=short) for one in comparisons))
    return text("judgements.benchmark.or", language).join(names or [benchmark_name("riket", language)])


def _region_name(code: str, *, short: bool) -> str:
    region = catalogue().regions[code]
    return region.short_name if short else region.name


def difference_in_words(difference: float, indicator: Indicator, language: str = "sv") -> str:
    """A difference with the word for its unit: shares differ in procentenheter, never in procent."""
    return text(f"sentences.points_{indicator.unit}", language, number=unsigned(difference, indicator, language))


def unsigned(difference: float, indicator: Indicator, language: str) -> str:
    """A difference without its unit, with as many decimals as the figures have (shares at least one)."""
    if indicator.unit == "seconds":
        return format_value(difference, "seconds", language=language)
    return format_number(difference, max(indicator.decimals, 1 if indicator.unit == "percent" else 0), language)


def _between(ends: Sequence[float], indicator: Indicator, language: str) -> dict[str, str]:
    """The two ends of an interval of a difference; the unit's word stands once, after the second."""
    low, high = ends
    return {"low": unsigned(low, indicator, language), "high": difference_in_words(high, indicator, language)}


def judgement_sentence(comparison: Comparison, row: Row, language: str = "sv") -> str:
    """What may be said of one row of a comparison, and how far it carries (JUDGEMENT_COLUMNS, REACH_COLUMNS)."""
    indicator = comparison.indicator
    told, beside = told_as(row), []
    if told in ("not_assessable", NO_TARGET):
        key, values = "not_assessable", {"reason": why_not(indicator, row, language)}
    elif row["judgement"] == "similar" and not marked_at_95_only(row):
        key = "target_similar" if by_target(row) else told
        values = _between((row["diff_low"], row["diff_high"]), indicator, language)
        beside = [] if by_target(row) else [equivalence_in_words(row, indicator, language)]
        beside += [detectable_in_words(row, indicator, language)] if told == "similar" else []
    else:
        key, values = "marked", _marked(comparison, row, language)
    sentence = text(
        f"sentences.{key}",
        language,
        title=indicator.title.in_language(language),
        value=format_value(row["value"], indicator.unit, indicator.decimals, language),
        region=row["region"],
        period=period_label(row["period"], language),
        benchmark=benchmark_of(comparison, language),
        **values,
    )
    return " ".join(part for part in (sentence, *beside, base_in_words(row, language)) if part)


def _marked(comparison: Comparison, row: Row, language: str) -> dict[str, str]:
    """The parts of a sentence about a difference that is marked at 95 %: how large, which way, and what it carries.
    Asked for 99.8 %, one that holds at 95 % only is said to be no verdict."""
    said = text("sentences.only_at_95", language)
    if row["judgement"] != "similar":
        word = f"sentences.{'target' if by_target(row) else 'marked'}_{row['judgement']}"
        held = text("sentences.level_998" if row["level"] == STRICTEST else "sentences.level_95", language)
        said = f"{text(word, language, benchmark=benchmark_of(comparison, language))} {held}"
    return {
        "distance": difference_in_words(abs(row["difference"]), comparison.indicator, language),
        "side": text(f"sentences.{'higher' if row['difference'] > 0 else 'lower'}", language),
        **_between(sorted((abs(row["diff_low"]), abs(row["diff_high"]))), comparison.indicator, language),
        "verdict": said,
    }


def why_not(indicator: Indicator, row: Mapping[str, Any], language: str = "sv") -> str:
    """The reason of a `not_assessable` in words, without a full stop; another question says which."""
    code = row["unassessed"]
    if code == "other_question" and indicator.predecessor:
        return indicator.predecessor.reason.in_language(language).rstrip(".")
    if code == "no_value" and row["reason"]:
        return text(f"reasons.{row['reason']}", language)
    return text(f"judgements.reason.{code}", language)


def reason_of(row: Mapping[str, Any], indicator: Indicator, language: str = "sv") -> str:
    """Why a row has no judgement or no value, without a full stop; "" where it has what it should."""
    if row["judgement"] == "not_assessable":
        return why_not(indicator, row, language)
    return text(f"reasons.{row['reason']}", language) if row["value"] is None else ""


def difference_in_short(row: Mapping[str, Any], indicator: Indicator, language: str = "sv") -> str:
    """`−14,6 (−18,1 till −11,1)`; without an interval the difference alone, "–" for none."""
    columns = {"value": "difference", "low": "diff_low", "high": "diff_high"}
    shown = {name: signed(row[one], indicator, language) for name, one in columns.items() if row[one] is not None}
    return text("sentences.between", language, **shown) if len(shown) == len(columns) else shown.get("value", "–")


def rank_in_words(row: Mapping[str, Any], language: str = "sv", *, short: bool = False, of: bool = False) -> str:
    """`plats 19 av 21 (mellan 14 och 21)`, `short`: `19 (14–21)`, with `of` `3 av 6 (3–4)` where not every region has a
    value; without an interval the rank is said to be
    uncertain, and one whose interval is a single place is `plats 4 av 21`. Among fewer than FEWEST_RANKED regions there
    is no rank, and why is said."""
    if row["rank"] is None:
        few = row["value"] is not None and row["code"] != NATION and 0 < row["ranked"] < FEWEST_RANKED
        key = "none" if not few else "alone" if row["ranked"] == 1 else "few"
        return text(f"judgements.rank.{key}", language, of=row["ranked"])
    sure = "only" if row["rank_low"] == row["rank_high"] else "known"
    key = ("short_" if short else "") + ("unsure" if row["rank_low"] is None else sure)
    if short and of and row["ranked"] < len(catalogue().region_codes) - 1:
        key += "_of"
    ends = {"low": row["rank_low"], "high": row["rank_high"]}
    return text(f"judgements.rank.{key}", language, rank=row["rank"], of=row["ranked"], **ends)


def signed(value: float, indicator: Indicator, language: str) -> str:
    """A difference's number with its sign, without its unit: `+4,0`, `−1:30`."""
    if indicator.unit == "seconds":
        shown = format_value(value, "seconds", 0, language)
    else:
        shown = format_number(value, max(indicator.decimals, 1), language)
    # What rounds to nothing has no sign.
    return f"+{shown}" if value > 0 and any(digit in "123456789" for digit in shown) else shown
