"""Where does one region stand among all, in many indicators? The spine chart: better is always to the right.

Each indicator has its own scale: the national value in the middle, and the farthest region (or end of the region's
interval) at an edge. Source of the form: OHID Fingertips, spine charts.
"""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import polars as pl

from analysis import Comparison
from analysis.told import level_words
from charts.heat_map import row_title
from charts.judged import judged_records
from charts.judgement_marks import ink_scale, shape_scale
from charts.strips import START, at, height_of, placed, spoken, strip_words
from charts.theme import BACKGROUND, MUTED_INK, NATION, OTHER, drawn_from, finished
from indicators import NATION as NATION_CODE
from indicators import Indicator, catalogue
from locales import text
from locales.numbers import format_value
from wording.figures import shown_value
from wording.judgement import benchmark_name, capital, phrase_of
from wording.sentences import benchmarks_of, rank_in_words

_ROW: Final = 78  # name, judgement, strip, and the spread's two end values under it
_ENDS: Final = 18  # pixels from the strip down to the end values
_BOX: Final = "#dbe1e7"
_FEWEST: Final = 4  # regions that have quarters


def region_spine(comparisons: Sequence[Comparison], region: str, language: str = "sv") -> alt.LayerChart:
    """One row per comparison in which region code `region` has a figure: the spread of all regions as a line with its
    middle half as a box and its ends printed, the nation as a bar, the region as the symbol of its judgement with its
    interval at the comparisons' level. Needs whole comparisons (all regions)."""
    shown = [comparison for comparison in comparisons if _own(comparison, region) is not None]
    records = placed([_record(comparison, region, language) for comparison in shown], _ROW, lines=2)
    base = drawn_from(records, height_of(records))
    scale = alt.Scale(domain=[-1.04, 1.04], nice=False, zero=False)
    across = alt.X("worst:Q", axis=None, title=None, scale=scale)
    strip = at("marks_at")
    colour = alt.Color("judgement:N", scale=ink_scale(), legend=None)
    spread = base.mark_rule(aria=False, color=OTHER, strokeWidth=2).encode(x=across, x2="best:Q", y=strip)
    box = base.mark_bar(color=_BOX, stroke=OTHER, strokeWidth=1, height=14).encode(x="q1:Q", x2="q3:Q", y=strip)
    nation = base.transform_filter("isValid(datum.nation)").mark_tick(color=NATION, thickness=3, size=22)
    interval = base.mark_rule(aria=False, strokeWidth=2.5).encode(x="low:Q", x2="high:Q", y=strip, color=colour)
    dot = base.mark_point(size=130, strokeWidth=2, opacity=1, **spoken(language)).encode(
        x="place:Q",
        y=strip,
        color=colour,
        shape=alt.Shape("judgement:N", scale=shape_scale(), legend=None),
        fill=alt.condition("datum.hollow", alt.value(BACKGROUND), colour),
        tooltip=alt.Tooltip("said:N", title=text("charts.figure", language)),
        description="said:N",
    )
    small: dict[str, Any] = {"fontSize": 11, "color": MUTED_INK, "dy": _ENDS}
    ends = [
        base.mark_text(align="left", **small).encode(x="worst:Q", y=strip, text="worst_words:N"),
        base.mark_text(align="right", **small).encode(x="best:Q", y=strip, text="best_words:N"),
    ]
    when = base.mark_text(align="left", baseline="middle", color=MUTED_INK)
    ends.append(when.encode(x=START, y=at("words_at"), text="when:N"))
    layers = [spread, box, nation.encode(x="nation:Q", y=strip), *ends, interval, dot, *strip_words(records)]
    return finished(layers, *_heading(shown, region, language), language)


def spine_in_words(comparisons: Sequence[Comparison], region: str, language: str = "sv") -> str:
    """One sentence per indicator: the region's value, judgement and place, and the spread of all regions."""
    sentences = []
    for comparison in comparisons:
        own = _own(comparison, region)
        if own is None:
            continue
        values = _regions(comparison)
        low, high = (_printed(end, comparison.indicator, language) for end in (min(values), max(values)))
        sentences.append(
            text(
                "judged_charts.spine.sentence",
                language,
                title=row_title(comparison, language),
                value=shown_value(own, comparison.indicator, language),
                phrase=phrase_of(own, benchmark_name(comparison, language), language),
                place=rank_in_words(own, language),
                count=len(values),
                low=low,
                high=high,
            )
        )
    name = catalogue().regions[region].name
    return " ".join([f"{name}.", *sentences]) if sentences else text("charts.nothing", language)


def _own(comparison: Comparison, region: str) -> dict[str, Any] | None:
    found = comparison.rows.filter(pl.col("code") == region, pl.col("value").is_not_null())
    return found.row(0, named=True) if found.height else None


def _regions(comparison: Comparison) -> list[float]:
    return comparison.rows.filter(pl.col("code") != NATION_CODE)["value"].drop_nulls().to_list()


def _record(comparison: Comparison, region: str, language: str) -> dict[str, Any]:
    """The region's record with every place on the row's own scale, −1 to 1, better to the right."""
    record = next(one for one in judged_records(comparison, language) if one["code"] == region)
    indicator = comparison.indicator
    values = pl.Series(_regions(comparison))
    nation = comparison.rows.filter(pl.col("code") == NATION_CODE)["value"].drop_nulls().to_list()
    centre = float(nation[0]) if nation else float(values.median())  # type: ignore[arg-type]
    ends = [end for end in (record["low"], record["high"], *values) if end is not None]
    reach = max(abs(end - centre) for end in ends) or 1.0
    higher = text("judged_charts.spine.higher", language)
    sign = -1.0 if indicator.direction == "lower_is_better" else 1.0

    def place(value: float | None) -> float | None:
        return None if value is None else sign * (value - centre) / reach

    lowest, highest = float(values.min()), float(values.max())  # type: ignore[arg-type]
    worst, best = (lowest, highest) if sign > 0 else (highest, lowest)
    quarters = [values.quantile(part, "linear") if len(values) >= _FEWEST else None for part in (0.25, 0.75)]
    return {
        **record,
        "name": indicator.short_title.in_language(language),
        "when": record["period"] if indicator.direction != "none" else f"{record['period']}, {higher}",
        "place": place(record["estimate"]),
        "low": place(record["low"]),
        "high": place(record["high"]),
        "worst": place(worst),
        "best": place(best),
        "worst_words": _printed(worst, indicator, language),
        "best_words": _printed(best, indicator, language),
        "q1": place(quarters[0]),
        "q3": place(quarters[1]),
        "nation": place(nation[0]) if nation else None,
        "group": "chosen",
    }


def _printed(value: float, indicator: Indicator, language: str) -> str:
    return format_value(value, indicator.unit, indicator.decimals, language)


def _heading(shown: Sequence[Comparison], region: str, language: str) -> tuple[str, str]:
    name = catalogue().regions[region]
    title = text("judged_charts.spine.title", language, region=name.name)
    if not shown:
        return title, text("charts.nothing", language)
    with_bar = [one for one in shown if one.rows.filter(pl.col("code") == NATION_CODE)["value"].count()]
    benchmark = benchmarks_of(with_bar, language)
    about = text("judged_charts.spine.subtitle", language, region=name.short_name, benchmark=benchmark)
    interval = text("judged_charts.interval", language, level=level_words(shown[0].level, language))
    return title, f"{about} {capital(interval)}."
