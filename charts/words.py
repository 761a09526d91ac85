"""What a chart says, in sentences: its subtitle, its alternative text. Neutral: which is highest, not who is good."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis import Comparison, TimeSeries
from charts.marks import falling, shown_value
from indicators import NATION, SeriesBreak, catalogue, period_label, period_of
from locales import text


def subtitle_of_comparison(comparison: Comparison, language: str) -> str:
    """The period, the sex and what the marks mean."""
    if comparison.period is None:
        return text("charts.nothing", language)
    parts = [period_label(comparison.period.key, language), *_what(comparison, language)]
    if comparison.rows["ci_low"].is_not_null().any():
        parts.insert(-1 if comparison.synthetic else len(parts), text("charts.interval", language))
    return ", ".join(parts)


def subtitle_of_series(series: TimeSeries, language: str) -> str:
    """The kind of period, the sex, the unit, and that no line crosses a break."""
    if series.kind is None:
        return text("charts.nothing", language)
    parts = [text(f"charts.kinds.{series.kind}", language), *_what(series, language)]
    if breaks_shown(series):
        parts.append(text("charts.broken", language))
    return ", ".join(parts)


def _what(shown: Comparison | TimeSeries, language: str) -> list[str]:
    parts = [text(f"sexes.{shown.sex}", language)] if shown.sex != "T" else []
    parts.append(text(f"units.{shown.indicator.unit}", language))
    if (shown.rows["evidence"] == "assumed").any():
        parts.append(text("charts.hollow", language))
    if shown.synthetic:
        parts.append(text("charts.synthetic", language))
    return parts


def bars_in_words(comparison: Comparison, language: str = "sv") -> str:
    """The comparison in a few sentences: highest, lowest, Riket, and who has no figure."""
    if comparison.period is None:
        return text("charts.nothing", language)
    rows = sorted(comparison.rows.iter_rows(named=True), key=falling)
    regions = [row for row in rows if row["code"] != NATION and row["value"] is not None]
    title = comparison.indicator.title.in_language(language)
    sentences = [f"{title}, {subtitle_of_comparison(comparison, language)}."]
    if regions:
        first, last = (_named(row, comparison, language) for row in (regions[0], regions[-1]))
        sentences.append(text("charts.highest_lowest", language, count=len(regions), first=first, last=last))
    for row in rows:
        if row["code"] == NATION and row["value"] is not None:
            value = shown_value(row, comparison.indicator, language)
            sentences.append(text("charts.nation", language, value=value))
    without = [catalogue().regions[row["code"]].short_name for row in rows if row["value"] is None]
    if without:
        sentences.append(text("charts.without", language, names=", ".join(without)))
    return " ".join(sentences)


def headline_in_words(comparison: Comparison, language: str = "sv", *, chosen: Sequence[str] = ()) -> str:
    """One plain sentence: which of the chosen regions has the highest value, which the lowest, and Riket's."""
    rows = sorted(comparison.rows.iter_rows(named=True), key=falling)
    own = [row for row in rows if row["code"] in chosen and row["value"] is not None]
    if comparison.period is None or not own:
        return text("charts.nothing", language)
    period = period_label(comparison.period.key, language)
    first, last = (_named(row, comparison, language) for row in (own[0], own[-1]))
    key = "charts.headline" if len(own) > 1 else "charts.headline_one"
    said = [text(key, language, period=period, count=len(own), first=first, last=last)]
    nation = next((row for row in rows if row["code"] == NATION and row["value"] is not None), None)
    value = shown_value(nation, comparison.indicator, language) if nation else None
    said.append(text("charts.nation", language, value=value) if value else text("charts.no_nation", language))
    return " ".join(said)


def _named(row: dict[str, Any], comparison: Comparison, language: str) -> str:
    return f"{catalogue().regions[row['code']].short_name} ({shown_value(row, comparison.indicator, language)})"


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
    return " ".join([*sentences, *breaks_in_words(series, language)])


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
