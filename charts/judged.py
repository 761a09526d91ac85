"""Which regions differ from the benchmark? Dots with intervals, the benchmark's line and band, a judgement per row."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt
import polars as pl

from analysis import Comparison, shown_judgement
from analysis.benchmarks import chosen_benchmark
from analysis.told import level_words
from charts.judgement_marks import ink_scale, shape_scale
from charts.marks import falling, mark_of
from charts.strips import at, height_of, placed, spoken, strip_words
from charts.theme import BACKGROUND, GRID, NATION, drawn_from, finished, value_axis
from indicators import NATION as NATION_CODE
from locales import text
from locales.numbers import format_value
from wording.judgement import (
    STRICT,
    benchmark_name,
    judgement_in_words,
    subtitle_of_judged,
    tally_sentences,
    verdict_of,
)


def judged_dots(comparison: Comparison, language: str = "sv", *, chosen: Sequence[str] = ()) -> alt.LayerChart:
    """Dots with intervals, highest value first, against the benchmark's line and (where it has an interval) its band.

    Each row ends in its value, symbol and word. The intervals drawn and the marks shown hold at the comparison's level.
    Hollow: assumed base. The names of `chosen` regions and Riket are bold."""
    found = judged_records(comparison, language, chosen=chosen)
    records = placed(sorted(found, key=falling))
    low, high = _span(records)
    numbers = value_axis(comparison.indicator.unit, language, (low, high), ticks=4)
    across = alt.X("low:Q", title=None, axis=numbers, scale=alt.Scale(domain=[low, high], nice=False, zero=False))
    base = drawn_from(records, height_of(records))
    colour = alt.Color("judgement:N", scale=ink_scale(), legend=None)
    said = alt.Tooltip("said:N", title=text("charts.figure", language))
    whisker = base.mark_rule(strokeWidth=2.5).encode(
        x=across, x2="high:Q", y=at("marks_at"), color=colour, tooltip=said
    )
    point = base.transform_filter("isValid(datum.value)").mark_point(
        size=110, strokeWidth=2, opacity=1, **spoken(language)
    )
    dots = point.encode(
        x="estimate:Q",
        y=at("marks_at"),
        color=colour,
        shape=alt.Shape("judgement:N", scale=shape_scale(), legend=None),
        fill=alt.condition("datum.hollow", alt.value(BACKGROUND), colour),
        tooltip=said,
        description="said:N",
    )
    reference = _reference(comparison, records, (low, high), language)
    layers = [*_band(comparison, records), *reference, *strip_words(records), whisker, dots]
    title = comparison.indicator.title.in_language(language)
    return finished(layers, title, _subtitle(comparison, records, language), language)


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


def judged_records(comparison: Comparison, language: str, *, chosen: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Every row as a chart's record: charts.marks.FIELDS, and judgement (LOOKS' key, or "nation"), symbol and word
    (`▼`, `sämre`), printed (value, symbol and word), benchmark (in the unit), said with the judgement; low and high at
    the comparison's level."""
    return [_judged(row, comparison, language, chosen) for row in comparison.rows.iter_rows(named=True)]


def _judged(row: dict[str, Any], comparison: Comparison, language: str, chosen: Sequence[str]) -> dict[str, Any]:
    record = mark_of(row, comparison.indicator, chosen, language)
    nation = row["code"] == NATION_CODE
    symbol, word = ("", "") if nation else verdict_of(row, language)
    printed = (record["label"], symbol, word) if row["value"] is not None else (symbol, record["label"])
    if comparison.level == STRICT:
        record |= {"low": row["low998"], "high": row["high998"]}
    return {
        **record,
        "estimate": row["estimate"],  # a rounded value can lie outside its own interval: 88 % of 88.2–88.5
        "judgement": "nation" if nation else shown_judgement(row),
        "symbol": symbol,
        "word": word,
        "printed": " ".join(part for part in printed if part),
        "benchmark": row["benchmark_value"],
        "said": judgement_in_words(row, comparison, language),
    }


def _span(records: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    fields = ("low", "high", "estimate", "benchmark")
    ends = [record[name] for record in records for name in fields if record[name] is not None]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    room = ((high - low) or abs(high) or 1.0) * 0.06
    return low - room, high + room


def _band(comparison: Comparison, records: Sequence[dict[str, Any]]) -> list[alt.Chart]:
    """The interval of the benchmark itself, where it is one region's or Riket's and that has one."""
    ends = _own_interval(comparison)
    if not ends:
        return []
    return [drawn_from(ends, height_of(records)).mark_rect(color=GRID, opacity=0.75).encode(x="low:Q", x2="high:Q")]


def _own_interval(comparison: Comparison) -> list[dict[str, Any]]:
    benchmark = chosen_benchmark(comparison.benchmark)
    code = {"riket": NATION_CODE, "region": benchmark.key}.get(benchmark.kind, "")
    own = comparison.rows.filter(pl.col("code") == code, pl.col("ci_low").is_not_null())
    return own.select(low="ci_low", high="ci_high").to_dicts()


def _reference(
    comparison: Comparison, records: Sequence[dict[str, Any]], span: tuple[float, float], language: str
) -> list[alt.Chart]:
    """One line with its name where all are compared with one value; a tick in each row where each has its own, as each
    region has its own target or none."""
    values = sorted({record["benchmark"] for record in records if record["benchmark"] is not None})
    height = height_of(records)
    if len(values) > 1 or (values and comparison.benchmark == "target"):
        ticks = drawn_from([record for record in records if record["benchmark"] is not None], height)
        return [ticks.mark_tick(color=NATION, thickness=3, size=20).encode(x="benchmark:Q", y=at("marks_at"))]
    if not values:
        return []
    indicator = comparison.indicator
    value = format_value(values[0], indicator.unit, indicator.decimals, language)
    base = drawn_from([{"value": values[0], "name": f"{benchmark_name(comparison, language)} {value}"}], height)
    rule = base.mark_rule(color=NATION, strokeWidth=1.5, strokeDash=[5, 3]).encode(x="value:Q")
    name = base.mark_text(dy=-8, fontWeight="bold", align=_towards_the_middle(values[0], span))
    return [rule, name.encode(x="value:Q", y=alt.value(0), text="name:N")]


def _towards_the_middle(value: float, span: tuple[float, float]) -> Literal["left", "center", "right"]:
    """How a name at `value` is set so that it stays inside the chart."""
    place = (value - span[0]) / (span[1] - span[0])
    return "left" if place < 0.3 else "right" if place > 0.7 else "center"


def _subtitle(comparison: Comparison, records: Sequence[dict[str, Any]], language: str) -> str:
    notes = []
    if any(record["low"] is not None for record in records):
        notes.append(text("judged_charts.interval", language, level=level_words(comparison.level, language)))
    if any(record["hollow"] for record in records):
        notes.append(text("judged_charts.hollow", language))
    if _own_interval(comparison):
        notes.append(text("judged_charts.band", language, benchmark=benchmark_name(comparison, language)))
    if comparison.benchmark == "target" and any(record["benchmark"] is not None for record in records):
        notes.append(text("judged_charts.targets", language))
    return subtitle_of_judged(comparison, language, notes)
