"""The first sheet: what this file shows, chosen how, made when, from which data."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import polars as pl

from analysis import FIGURE_COLUMNS, Comparison, TimeSeries
from analysis.methods.flags import any_synthetic
from analysis.told import level_words
from exports.about import program_version
from exports.moments import now_in_sweden
from indicators import NATION, catalogue, period_label
from locales import text
from locales.numbers import format_date, format_moment
from models import settings
from views.area import Area
from views.compare import Several
from views.open_data import citation
from views.parts import Reader
from views.permalinks import check_of
from wording.sentences import benchmarks_of

Line = tuple[str, Any]


def found(headline: str, lead: Sequence[str], language: str, survey: str = "") -> Iterator[Line]:
    """What the page says first: its headline, the sentences under it, and what a survey's figures rest on."""
    said = {"headline": headline, "lead": "\n".join(lead), "survey": survey}
    yield from ((text(f"exports.cover.{name}", language), words) for name, words in said.items() if words)


def comparison_cover(reader: Reader, view: Area, comparison: Comparison, series: TimeSeries, link: str) -> list[Line]:
    """What the view says, and name and value of every choice behind the shown table; the banner for synthetic data
    first."""
    indicator, period, language = comparison.indicator, comparison.period, reader.language
    facts = {
        "indicator": indicator.title.in_language(language),
        "indicator_id": indicator.id,
        "question": indicator.question_sv,
        "area": text(f"areas.{indicator.area}", language),
        "unit": text(f"exports.unit.{indicator.unit}", language),
        "direction": text(f"exports.direction.{indicator.direction}", language),
        "period": period_label(period.key, language) if period else text("exports.no_period", language),
        "sex": text(f"sexes.{comparison.sex}", language),
        "benchmark": _benchmark([comparison], language),
        "level": level_words(comparison.level, language),
        "regions": _regions(comparison.rows, language),
        "trend": _trend(series, language),
    }
    return [
        *banner(comparison.synthetic or series.synthetic, language),
        *found(view.headline, view.lead, language, view.survey),
        *((text(f"exports.cover.{name}", language), fact) for name, fact in facts.items()),
        *_made_and_read(comparison.as_of, comparison.data_version, link, language),
        *cited(reader, comparison.rows),
    ]


def everything_cover(reader: Reader, figures: pl.DataFrame, link: str) -> list[Line]:
    """How much the file holds, of how many indicators."""
    synthetic, language = any_synthetic(figures), reader.language
    return [
        *banner(synthetic, language),
        (text("exports.cover.figures", language), figures.height),
        (text("exports.cover.indicators", language), figures["indicator"].n_unique()),
        *_made_and_read(reader.as_of, reader.store.data_version(), link, language),
        *cited(reader, figures),
    ]


def banner(synthetic: bool, language: str) -> Iterator[Line]:
    """The warning, where anything in the file is made up; every cover begins with it."""
    if synthetic:
        yield text("exports.notes.synthetic", language), text("exports.cover.synthetic", language)


def made(as_of: date | None, data_version: int | str | None, link: str, language: str) -> Iterator[Line]:
    """When the file was made, of which data (None where it holds none that are published), by what, when it is renewed,
    whom to ask and on which terms; every cover has it. `link`: the view's address, "" for none."""

    def named(name: str, value: object) -> Line:
        return text(f"exports.cover.{name}", language), value

    yield named(
        "as_of",
        text("exports.cover.as_of_date", language, day=format_date(as_of, language))
        if as_of
        else text("exports.now_current", language),
    )
    yield named("created", format_moment(now_in_sweden(), language))
    if link:
        yield named("link", link)
    if check := check_of(link):
        yield text("checking.title", language), check
    yield named("program", f"{text('exports.product', language)} {program_version()}")
    if data_version is not None:
        yield named("data", data_version)
        yield named("renewed", text("exports.cover.renewed_text", language))
    chosen = settings()
    if chosen.contact_email:
        yield named("contact", chosen.contact_email)
    yield named("licence", chosen.licence_url)
    yield named("terms", text("exports.cover.terms_text", language))


def cited(reader: Reader, rows: pl.DataFrame) -> Iterator[Line]:
    """How the sources of the rows (FIGURE_COLUMNS) are named in another's text; nothing where all are made up."""
    if said := citation(reader, rows):
        yield text("exports.cover.cite", reader.language), said


def _made_and_read(as_of: date | None, data_version: int, link: str, language: str) -> Iterator[Line]:
    yield from made(as_of, data_version, link, language)
    for name in ("interval", "numbers"):
        yield text(f"exports.cover.{name}", language), text(f"exports.cover.{name}_text", language)


def _regions(rows: pl.DataFrame, language: str) -> str:
    codes = [code for code in rows["code"] if code != NATION]
    if set(codes) == set(catalogue().region_codes):
        return text("exports.everyone", language)
    return ", ".join(catalogue().regions[code].name for code in codes)


def _trend(series: TimeSeries, language: str) -> str:
    if series.rows.is_empty():
        return text("exports.no_period", language)
    ordered = series.rows.sort("period_start")["period"]
    return text(
        "exports.cover.trend_text",
        language,
        kind=text(f"exports.period_kind.{series.kind}", language),
        first=period_label(ordered[0], language),
        last=period_label(ordered[-1], language),
    )


def comparisons_cover(
    reader: Reader, view: Area | Several, comparisons: Sequence[Comparison], ranks: str, link: str
) -> list[Line]:
    """What the view says, and every choice behind a comparison of one or several indicators with one benchmark."""
    first, language = comparisons[0], reader.language
    rows = pl.concat([one.rows.select(FIGURE_COLUMNS) for one in comparisons])
    facts = {
        "indicator": "\n".join(_dated(one, language) for one in comparisons),
        "benchmark": _benchmark(comparisons, language),
        "level": level_words(first.level, language),
        "ranks": text(f"exports.ranks.{ranks}", language),
        "regions": _regions(first.rows, language),
    }
    return [
        *banner(any(one.synthetic for one in comparisons), language),
        *found(view.headline, view.lead, language, view.survey),
        *((text(f"exports.cover.{name}", language), fact) for name, fact in facts.items()),
        *_made_and_read(first.as_of, first.data_version, link, language),
        *cited(reader, rows),
    ]


def _dated(comparison: Comparison, language: str) -> str:
    title = comparison.indicator.title.in_language(language)
    return f"{title} ({period_label(comparison.period.key, language)})" if comparison.period else title


def _benchmark(comparisons: Sequence[Comparison], language: str) -> str:
    name = benchmarks_of(comparisons, language)
    return name[:1].upper() + name[1:]
