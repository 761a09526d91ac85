"""What a chart over time says, in sentences: its subtitle, its alternative text, its breaks."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis import TimeSeries
from indicators import NATION, Period, SeriesBreak, catalogue, period_label, period_of
from locales import text
from wording.figures import shown_value


def subtitle_of_series(series: TimeSeries, language: str) -> str:
    """The kind of period, the sex, the unit, and that no line crosses a break."""
    if series.kind is None:
        return text("charts.nothing", language)
    parts = [text(f"charts.kinds.{series.kind}", language)]
    if series.sex != "T":
        parts.append(text(f"sexes.{series.sex}", language))
    parts.append(text(f"units.{series.indicator.unit}", language))
    if unsure := unsure_evidence(series):
        parts.append(text("charts.hollow_or_none" if "none" in unsure else "charts.hollow", language))
    if series.synthetic:
        parts.append(text("charts.synthetic", language))
    if breaks_shown(series):
        parts.append(text("charts.broken", language))
    return ", ".join(parts)


def unsure_evidence(series: TimeSeries) -> set[str]:
    """The kinds of evidence whose points are hollow: an assumed base, and beside it no interval at all (Riket in the
    years whose number of answers is not printed): one look for what no published number carries."""
    found = set(series.rows.filter(pl.col("value").is_not_null())["evidence"])
    return found & {"assumed", "none"} if "assumed" in found else set()


def trend_in_words(series: TimeSeries, language: str = "sv", *, chosen: Sequence[str] = ()) -> str:
    """First and last figure of each chosen region and Riket, and the breaks between them."""
    rows = series.rows.filter(pl.col("value").is_not_null())
    if rows.is_empty():
        return text("charts.nothing", language)
    sentences = [f"{series.indicator.title.in_language(language)}, {subtitle_of_series(series, language)}."]
    for code in [*chosen, NATION]:
        own = rows.filter(pl.col("code") == code).sort("period_start")
        if own.height:
            sentences.append(_from_to(own.row(0, named=True), own.row(-1, named=True), series, language))
    return " ".join([*sentences, *breaks_in_words(series, language), *comparability_in_words(series, language)])


def _from_to(first: dict[str, Any], last: dict[str, Any], series: TimeSeries, language: str) -> str:
    return text(
        "charts.from_to",
        language,
        name=catalogue().regions[first["code"]].short_name,
        first=shown_value(first, series.indicator, language),
        start=period_label(first["period"], language),
        last=shown_value(last, series.indicator, language),
        end=period_label(last["period"], language),
    )


def breaks_in_words(series: TimeSeries, language: str) -> list[str]:
    """One sentence per break inside the drawn time."""
    return [
        text(
            "charts.break_at",
            language,
            period=period_label(known.period, language),
            reason=known.reason.in_language(language),
        )
        for known in breaks_shown(series)
    ]


def comparability_in_words(series: TimeSeries, language: str) -> list[str]:
    """`2020: …`, the note of every drawn survey wave that is to be compared with care, earliest first."""
    noted = {
        wave.period: wave.comparability.in_language(language)
        for wave in catalogue().waves
        if wave.survey == series.indicator.survey and wave.comparability
    }
    return [f"{period_label(key, language)}: {noted[key]}" for key in series.measured if key in noted]


def pandemic_periods(series: TimeSeries) -> list[Period]:
    """The drawn periods that the catalogue says were measured in the pandemic, earliest first: survey waves with a note
    (all of them are of it), and the years of the note on calls."""
    waves = {one.period for one in catalogue().waves if one.survey == series.indicator.survey and one.comparability}
    notes = [one for one in catalogue().notes if one.id == "pandemic" and series.indicator.id in one.indicators]
    spans = [(period_of(one.first).start, period_of(one.last).end) for one in notes if one.first and one.last]
    return [
        period
        for period in map(period_of, series.measured)
        if period.key in waves or any(first <= period.start <= last for first, last in spans)
    ]


def breaks_shown(series: TimeSeries) -> list[SeriesBreak]:
    """The breaks inside the drawn time, earliest first: those with a figure before and a figure from then on."""
    days = series.rows["period_start"].to_list()
    touched = set(series.rows["code"])
    return [
        known
        for known in series.breaks
        if days
        and min(days) < period_of(known.period).start <= max(days)
        and (known.region is None or known.region in touched)
    ]
