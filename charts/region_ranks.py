"""Which place does one region have in many indicators, and between which places could it be?"""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import polars as pl

from analysis import Comparison
from charts.heat_map import row_title
from charts.strips import at, height_of, placed, spoken, strip_words
from charts.theme import BACKGROUND, CHOSEN, MUTED_INK, drawn_from, finished
from indicators import catalogue, period_label
from locales import text
from wording.judgement import ranked_of
from wording.sentences import rank_in_words

_ROW: Final = 60  # name, place in words, strip


def region_ranks(comparisons: Sequence[Comparison], region: str, language: str = "sv") -> alt.LayerChart:
    """A row per comparison in which all 21 regions have a place: the region's with its 95 % interval; hollow and grey
    without one. Places among fewer regions have another scale, and stand in the words only."""
    of = len(catalogue().region_codes)
    records = placed(
        [
            _record(comparison, row, language)
            for comparison, row in _ranked(comparisons, region)
            if ranked_of(comparison.rows) == of
        ],
        _ROW,
        lines=2,
    )
    base = drawn_from(records, height_of(records))
    colour = alt.condition("datum.sure", alt.value(CHOSEN), alt.value(MUTED_INK))
    scale = alt.Scale(domain=[0.5, of + 0.5], nice=False, zero=False)
    axis = alt.Axis(values=[1, 5, 10, 15, of], format="d", grid=True)
    across = alt.X("low:Q", title=text("judged_charts.ranks.axis", language), axis=axis, scale=scale)
    whisker = base.transform_filter("datum.sure").mark_rule(aria=False, strokeWidth=5, opacity=0.45, color=CHOSEN)
    dots = base.mark_point(size=95, strokeWidth=2, opacity=1, **spoken(language)).encode(
        x="rank:Q",
        y=at("marks_at"),
        stroke=colour,
        fill=alt.condition("datum.sure", alt.value(CHOSEN), alt.value(BACKGROUND)),
        tooltip=alt.Tooltip("said:N", title=text("charts.figure", language)),
        description="said:N",
    )
    when = base.mark_text(align="left", baseline="middle", color=MUTED_INK)
    layers = [
        *strip_words(records),
        when.encode(x=alt.value(0), y=at("words_at"), text="when:N"),
        whisker.encode(x=across, x2="high:Q", y=at("marks_at")),
        dots,
    ]
    return finished(layers, _title(region, language), _subtitle(language), language)


def region_ranks_in_words(comparisons: Sequence[Comparison], region: str, language: str = "sv") -> str:
    """One sentence per indicator in which the region has a place."""
    sentences = [
        text(
            "judged_charts.ranks.sentence",
            language,
            name=row_title(comparison, language),
            place=rank_in_words(row, language),
        )
        for comparison, row in _ranked(comparisons, region)
    ]
    return " ".join([f"{_title(region, language)}. {_subtitle(language)}.", *sentences])


def _ranked(comparisons: Sequence[Comparison], region: str) -> list[tuple[Comparison, dict[str, Any]]]:
    return [
        (comparison, row)
        for comparison in comparisons
        for row in comparison.rows.filter(pl.col("code") == region, pl.col("rank").is_not_null()).iter_rows(named=True)
    ]


def _record(comparison: Comparison, row: dict[str, Any], language: str) -> dict[str, Any]:
    place = rank_in_words(row, language)
    sure = row["rank_low"] is not None
    return {
        "name": comparison.indicator.short_title.in_language(language),
        "when": period_label(row["period"], language),
        "group": "chosen",
        "rank": row["rank"],
        "low": row["rank_low"],
        "high": row["rank_high"],
        "sure": sure,
        "judgement": "nation" if sure else "not_assessable",
        "printed": rank_in_words(row, language, short=True),
        "said": f"{row_title(comparison, language)}: {place}",
    }


def _title(region: str, language: str) -> str:
    return text("judged_charts.ranks.title", language, title=catalogue().regions[region].name)


def _subtitle(language: str) -> str:
    first = text("judged_charts.ranks.best", language)
    return text("judged_charts.ranks.subtitle", language, first=first)
