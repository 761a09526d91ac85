"""Which place does each region have, and between which places could it be? A rank without an interval is uncertain."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl

from analysis import Comparison
from analysis.methods.ranks import FEWEST_RANKED
from charts.colours import BACKGROUND, CHOSEN, MUTED_INK
from charts.marks import mark_of
from charts.strips import at, height_of, placed, spoken, strip_words
from charts.theme import drawn_from, finished
from indicators import catalogue, period_label
from locales import text
from wording.judgement import ranked_of
from wording.sentences import rank_in_words


def rank_dots(comparison: Comparison, language: str = "sv", *, chosen: Sequence[str] = ()) -> alt.LayerChart:
    """Each region's place with its 95 % interval, best first (highest first without a direction). Without an interval:
    a hollow grey dot and the word "osäker". Give it the whole table: places are among all regions."""
    of = ranked_of(comparison.rows)
    ranked = comparison.rows.filter(pl.col("rank").is_not_null()).sort("rank", "code")
    records = placed([_record(row, comparison, chosen, language) for row in ranked.iter_rows(named=True)])
    base = drawn_from(records, height_of(records))
    colour = alt.condition("datum.sure", alt.value(CHOSEN), alt.value(MUTED_INK))
    axis = alt.Axis(values=_ticks(of), format="d", grid=True)
    scale = alt.Scale(domain=[0.5, max(of, 1) + 0.5], nice=False, zero=False)
    across = alt.X("low:Q", title=text("judged_charts.ranks.axis", language), axis=axis, scale=scale)
    said = alt.Tooltip("said:N", title=text("charts.figure", language))
    whisker = base.transform_filter("datum.sure").mark_rule(aria=False, strokeWidth=5, opacity=0.7, color=CHOSEN)
    dot = base.mark_point(size=95, strokeWidth=2, opacity=1, **spoken(language))
    dots = dot.encode(
        x="rank:Q",
        y=at("marks_at"),
        stroke=colour,
        fill=alt.condition("datum.sure", alt.value(CHOSEN), alt.value(BACKGROUND)),
        tooltip=said,
        description="said:N",
    )
    layers = [*strip_words(records), whisker.encode(x=across, x2="high:Q", y=at("marks_at"), tooltip=said), dots]
    return finished(layers, _title(comparison, language), _subtitle(comparison, language), language)


def ranks_in_words(comparison: Comparison, language: str = "sv", *, chosen: Sequence[str] = ()) -> str:
    """The place of each chosen region (all where none is chosen), best first, with its interval or "osäker"."""
    if comparison.period is None:
        return text("charts.nothing", language)
    if ranked_of(comparison.rows) < FEWEST_RANKED:
        return text("judged_charts.ranks.few", language, of=ranked_of(comparison.rows))
    ranked = comparison.rows.filter(pl.col("rank").is_not_null()).sort("rank", "code")
    shown = ranked.filter(pl.col("code").is_in(list(chosen))) if chosen else ranked
    sentences = [f"{_title(comparison, language)}, {_subtitle(comparison, language)}."]
    for row in shown.iter_rows(named=True):
        name = catalogue().regions[row["code"]].short_name
        place = rank_in_words(row, language)
        sentences.append(text("judged_charts.ranks.sentence", language, name=name, place=place))
    return " ".join(sentences)


def _record(row: dict[str, Any], comparison: Comparison, chosen: Sequence[str], language: str) -> dict[str, Any]:
    """A chart's record; low, high: the ends of the rank's interval, null without one."""
    mark = mark_of(row, comparison.indicator, chosen, language)
    sure = row["rank_low"] is not None
    return {
        **mark,
        "rank": row["rank"],
        "low": row["rank_low"],
        "high": row["rank_high"],
        "sure": sure,
        "judgement": "nation" if sure else "not_assessable",
        "printed": rank_in_words(row, language, short=True),
        "said": f"{mark['said']}; {rank_in_words(row, language)}",
    }


def _ticks(of: int) -> list[int]:
    return sorted({1, *range(5, of - 1, 5), of})  # 20 beside 21 would run together at 390 px


def _title(comparison: Comparison, language: str) -> str:
    return text("judged_charts.ranks.title", language, title=comparison.indicator.short_title.in_language(language))


def _subtitle(comparison: Comparison, language: str) -> str:
    if comparison.period is None:
        return text("charts.nothing", language)
    words: Mapping[str, str] = {"none": "highest"}
    first = text(f"judged_charts.ranks.{words.get(comparison.indicator.direction, 'best')}", language)
    parts = [period_label(comparison.period.key, language), text("judged_charts.ranks.subtitle", language, first=first)]
    if comparison.synthetic:
        parts.append(text("charts.synthetic", language))
    return ", ".join(parts)
