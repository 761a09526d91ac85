"""A page's finding: a headline that names its measure, and the sentences that carry it, counted from the judgements."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from analysis import Comparison
from analysis.over_waves import OverWaves
from analysis.told import shown_judgement
from indicators import NATION, catalogue, period_label
from locales import text
from locales.numbers import format_value
from wording.over_waves import counted_in_words
from wording.reach import base_in_short
from wording.sentences import benchmark_of, difference_in_words, name_of
from wording.symbols import MARKED


def headline(comparison: Comparison, codes: Sequence[str], language: str = "sv") -> str:
    """`Förtroende för vården i sin helhet 2025: Norrbotten under riket, Dalarna över`, of these regions."""
    title = comparison.indicator.title.in_language(language)
    if comparison.period is None:
        return title
    below, above, unsure = sides(comparison, codes)
    values = {"title": title, "period": period_label(comparison.period.key, language)}
    marked = "both" if below and above else "below" if below else "above" if above else ""
    key = marked or ("none" if unsure else "unassessed" if _any_value(comparison, codes) else "missing")
    named = {"below": listed(_names(below), language), "above": listed(_names(above), language)}
    return text(
        f"headline.{key}", language, benchmark=benchmark_of(comparison, language, short=True), **values, **named
    )


def _any_value(comparison: Comparison, codes: Sequence[str]) -> bool:
    return comparison.rows.filter(pl.col("code").is_in(list(codes)))["value"].count() > 0


def lead(comparison: Comparison, codes: Sequence[str], waves: Sequence[OverWaves], language: str = "sv") -> list[str]:
    """The sentences under the headline: the region furthest from the benchmark, with number and certainty; how it has
    been before; and which of the regions cannot be told apart from it."""
    below, above, unsure = sides(comparison, codes)
    said: list[str] = []
    furthest = max([*below, *above], key=lambda row: abs(row["difference"]), default=None)
    if furthest is not None:
        said.append(distance_in_words(comparison, furthest, language))
        said += [text("headline.waves", language, said=counted_in_words(one, language))
                 for one in waves if one.region == furthest["code"]]  # fmt: skip
    if unsure and said:
        benchmark = benchmark_of(comparison, language, short=True)
        said.append(text("headline.unsure", language, names=listed(_names(unsure), language), benchmark=benchmark))
    return said


def regions_counted(comparison: Comparison, language: str = "sv") -> str:
    """`10 regioner ligger över riket, 7 under; för 4 syns ingen säker skillnad.`: all that could be judged; "" for
    none."""
    below, above, unsure = sides(comparison, [code for code in comparison.rows["code"] if code != NATION])
    counts = {"above": len(above), "below": len(below), "unsure": len(unsure)}
    if not any(counts.values()):
        return ""
    benchmark = benchmark_of(comparison, language, short=True)
    return text("headline.counted", language, benchmark=benchmark, **counts)


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


def listed(names: Sequence[str], language: str) -> str:
    """`Norrbotten, Västernorrland och Gävleborg`."""
    if len(names) < 2:
        return "".join(names)
    return text("headline.and", language, first=", ".join(names[:-1]), last=names[-1])


def _names(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [catalogue().regions[row["code"]].short_name for row in rows]


def distance_in_words(comparison: Comparison, row: Mapping[str, Any], language: str = "sv") -> str:
    """`Norrbotten har 48,8 %, 14,6 procentenheter lägre än riket (…)`: how far, and how sure."""
    indicator = comparison.indicator
    ends = sorted((abs(row["diff_low"]), abs(row["diff_high"])))
    base = base_in_short(row, language)
    return text(
        "headline.distance",
        language,
        region=name_of(row, language, short=True),
        value=format_value(row["value"], indicator.unit, indicator.decimals, language),
        distance=difference_in_words(abs(row["difference"]), indicator, language),
        side=text(f"sentences.{'higher' if row['difference'] > 0 else 'lower'}", language),
        benchmark=benchmark_of(comparison, language, short=True),
        base=text("headline.base", language, said=base) if base else "",
        low=difference_in_words(ends[0], indicator, language),
        high=difference_in_words(ends[1], indicator, language),
    )
