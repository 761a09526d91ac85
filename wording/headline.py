"""A page's finding: a headline that names its measure, and the sentences that carry it, counted from the judgements."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from analysis import Comparison
from analysis.methods.flags import any_synthetic
from analysis.over_waves import OverWaves
from analysis.told import shown_judgement
from indicators import NATION, catalogue, period_label
from locales import text
from locales.numbers import format_value
from wording.judgement import phrase_of
from wording.over_waves import counted_in_words
from wording.reach import base_in_short
from wording.sentences import benchmark_of, difference_in_words, name_of, unsigned, why_not
from wording.symbols import MARKED

_FEW: Final = 3  # regions with a figure that are named one by one


def headline(comparison: Comparison, codes: Sequence[str], language: str = "sv") -> str:
    """`Förtroende för vården i sin helhet 2025: Norrbotten under riket, Dalarna över`, of these regions."""
    title = comparison.indicator.title.in_language(language)
    if comparison.period is None:
        return title
    below, above, unsure = sides(comparison, codes)
    values = {"title": title, "period": period_label(comparison.period.key, language)}
    unknown, missing = _not_judged(comparison, codes)
    marked = "both" if below and above else "below" if below else "above" if above else ""
    alike = "none" if not (unknown or missing) else "none_known"
    key = marked or (alike if unsure else "unassessed" if unknown else "missing")
    named = {"below": listed(_names(below), language), "above": listed(_names(above), language)}
    said = text(
        f"headline.{key}", language, benchmark=benchmark_of(comparison, language, short=True), **values, **named
    )
    own = comparison.rows.filter(pl.col("code").is_in([*codes, NATION]))
    return text("headline.synthetic", language, said=said) if any_synthetic(own) else said


def lead(comparison: Comparison, codes: Sequence[str], waves: Sequence[OverWaves], language: str = "sv") -> list[str]:
    """The sentences under the headline: the region furthest from the benchmark, with number and certainty; how it has
    been before; which of the regions cannot be told apart from it, which cannot be assessed and which have no figure.
    """
    below, above, unsure = sides(comparison, codes)
    said: list[str] = []
    furthest = max([*below, *above], key=lambda row: abs(row["difference"]), default=None)
    if furthest is not None:
        said.append(distance_in_words(comparison, furthest, language))
        said += [
            text("headline.waves", language, said=counted_in_words(one, language))
            for one in waves
            if one.region == furthest["code"]
        ]
    if not said and len(unsure) == 1:
        said.append(distance_in_words(comparison, unsure[0], language))
        unsure = []
    judged = bool(said or unsure)
    unknown, missing = _not_judged(comparison, codes)
    others = {"unsure": unsure if said else [], "unknown": unknown if judged else [], "missing": missing}
    benchmark = benchmark_of(comparison, language, short=True)
    said += [
        text(f"headline.{key}_regions", language, names=listed(_names(rows), language), benchmark=benchmark)
        for key, rows in others.items()
        if rows and (judged or unknown)
    ]
    return said


def regions_counted(comparison: Comparison, language: str = "sv") -> str:
    """`10 av 21 regioner ligger över riket och 7 under; för 4 syns ingen säker skillnad.`: of all that could be judged;
    "" for none."""
    below, above, unsure = sides(comparison, [code for code in comparison.rows["code"] if code != NATION])
    counts = {"above": len(above), "below": len(below), "unsure": len(unsure)}
    if not (every := sum(counts.values())):
        return ""
    benchmark = benchmark_of(comparison, language, short=True)
    key = "counted" if unsure else "counted_sure"
    return text(f"headline.{key}", language, benchmark=benchmark, every=every, **counts)


def sides(comparison: Comparison, codes: Sequence[str]) -> tuple[list[dict[str, Any]], ...]:
    """The rows of these regions that are marked under, marked over, and told apart neither way; in the codes' order."""
    known = {row["code"]: row for row in comparison.rows.filter(pl.col("code").is_in(list(codes))).to_dicts()}
    rows = [known[code] for code in codes if code in known]
    marked = [row for row in rows if shown_judgement(row) in MARKED]
    return (
        [row for row in marked if row["difference"] < 0],
        [row for row in marked if row["difference"] > 0],
        [row for row in rows if shown_judgement(row) == "similar"],
    )


def _not_judged(comparison: Comparison, codes: Sequence[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Those of these regions that have a figure which cannot be assessed, and those that have none; in the codes'
    order. A region that others are compared with is neither."""
    known = {row["code"]: row for row in comparison.rows.to_dicts()}
    rows = [known.get(code, {"code": code, "value": None}) for code in codes]
    with_value = [row for row in rows if row["value"] is not None and row.get("unassessed") != "itself"]
    return (
        [row for row in with_value if shown_judgement(row) == "not_assessable"],
        [row for row in rows if row["value"] is None],
    )


def listed(names: Sequence[str], language: str) -> str:
    """`Norrbotten, Västernorrland och Gävleborg`."""
    if len(names) < 2:
        return "".join(names)
    return text("headline.and", language, first=", ".join(names[:-1]), last=names[-1])


def _names(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [catalogue().regions[row["code"]].short_name for row in rows]


def region_in_short(comparison: Comparison, code: str, language: str = "sv") -> str:
    """One region against the benchmark in a sentence: how far, that no difference is sure, why it cannot be assessed,
    or that it has no figure."""
    found = comparison.rows.filter(pl.col("code") == code)
    name = catalogue().regions[code].short_name
    if found.is_empty():
        return text("headline.no_figure", language, region=name)
    row = found.row(0, named=True)
    if row["value"] is None:
        return text("headline.no_value", language, region=name, reason=why_not(comparison.indicator, row, language))
    return distance_in_words(comparison, row, language)


def unjudged_in_words(comparison: Comparison, language: str = "sv") -> str:
    """How many regions have a figure where none of them can be judged, which where they are few, and why not where the
    reason is one; "" where some can be."""
    known = comparison.rows.filter(pl.col("value").is_not_null(), pl.col("code") != NATION)
    rows = [row for row in known.to_dicts() if row["unassessed"] != "itself"]
    if not rows or any(shown_judgement(row) != "not_assessable" for row in rows):
        return ""
    indicator = comparison.indicator
    names = [
        f"{name_of(row, language, short=True)} "
        f"{format_value(row['value'], indicator.unit, indicator.decimals, language)}"
        for row in sorted(rows, key=lambda row: (-row["value"], row["code"]))
    ]
    key = "few_figures" if len(rows) <= _FEW else "figures"
    said = text(f"headline.{key}", language, count=len(rows), names=listed(names, language))
    reasons = {why_not(indicator, {**row, "unassessed": row["unassessed"] or "no_interval"}, language) for row in rows}
    return f"{said} {text('headline.why_unjudged', language, reason=reasons.pop())}" if len(reasons) == 1 else said


def distance_in_words(comparison: Comparison, row: Mapping[str, Any], language: str = "sv") -> str:
    """`Norrbotten har 48,8 %, 14,6 procentenheter lägre än riket (…)`: how far, and how sure; of a row that is not
    marked that no sure difference is seen, or that it cannot be assessed."""
    indicator, told = comparison.indicator, shown_judgement(row)
    values = {
        "region": name_of(row, language, short=True),
        "value": format_value(row["value"], indicator.unit, indicator.decimals, language),
        "benchmark": benchmark_of(comparison, language, short=True),
    }
    if told not in MARKED:
        said = phrase_of(row, values["benchmark"], language)
        return text(f"headline.{'unsure' if told == 'similar' else 'unknown'}_region", language, said=said, **values)
    base = base_in_short(row, language)
    ends = sorted((abs(row["diff_low"]), abs(row["diff_high"])))
    return text(
        "headline.distance",
        language,
        **values,
        distance=difference_in_words(abs(row["difference"]), indicator, language),
        side=text(f"sentences.{'higher' if row['difference'] > 0 else 'lower'}", language),
        base=text("headline.base", language, said=base) if base else "",
        **{name: unsigned(end, indicator, language) for name, end in zip(("low", "high"), ends, strict=True)},
    )
