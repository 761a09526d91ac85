"""Översikt: the chosen regions in the key measures, each in its latest measurement that can be judged.

Synthetic figures take part only when the reader asks for them. Older measurements stand apart and are counted nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from analysis import Comparison, Marks, TimeSeries, compare_regions, marked_count, series_over_time
from analysis.age import is_older, newest_barometer
from analysis.figures import figures_of
from analysis.methods.flags import any_synthetic
from analysis.over_waves import over_waves
from analysis.waves import latest_judged, newer_unjudged
from indicators import NATION, Indicator, catalogue, period_label
from locales import text
from views.area_pages import PAGE_OF, page_of
from views.parts import Cell, Line, Reader, Verdict, cell_of, line_of, nation_of
from wording.headline import headline, lead, regions_counted
from wording.regions import standing
from wording.sentences import benchmarks_of, rank_in_words
from wording.survey import survey_in_words

_LEADING: Final = ("trust_overall", "trust_1177_phone")  # what the audits ask for leads


@dataclass(frozen=True)
class Measure:
    """A row of the heat map. `period`: its key, "" for none; `of`: unit and period, `% · 2025`; `address`: the page
    that compares it; `cells`: one per chosen region; `over_time`: the nation's line."""

    id: str
    period: str
    title: str
    of: str
    address: str
    nation: str
    cells: tuple[Cell, ...]
    over_time: Line


@dataclass(frozen=True)
class Group:
    """An area's measures, or the older ones, under its heading."""

    title: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class RegionCard:
    """A region in short: its value in the leading measure, its place, a verdict per key measure, and the count of them
    in words."""

    name: str
    address: str
    value: str
    unit: str
    about: str
    over_time: Line
    verdicts: tuple[tuple[str, Verdict], ...]
    standing: str


@dataclass(frozen=True)
class Tile:
    """A region of the country's map in the leading measure. `code` says where it stands (charts.region_labels)."""

    code: str
    name: str
    cell: Cell
    address: str
    chosen: bool


@dataclass(frozen=True)
class Overview:
    """The page. `survey`: what the figures of the leading measure rest on, "" where it is no survey; `names`: the
    chosen regions' with their addresses; `notes`: what must be known of the measures (newer ones that cannot be judged,
    what the judgements rest on, those without a figure); `marked`: how many comparisons of `now` could be assessed and
    are marked; `country`: all regions in the leading measure, `counted` in words."""

    headline: str
    lead: tuple[str, ...]
    survey: str
    names: tuple[tuple[str, str], ...]
    now: tuple[Group, ...]
    older: Group | None
    cards: tuple[RegionCard, ...]
    country: tuple[Tile, ...]
    country_title: str
    country_address: str
    counted: str
    notes: tuple[str, ...]
    marked: Marks
    against: str
    assumed: bool
    synthetic: bool


def meanings(language: str) -> dict[str, str]:
    """What each symbol of a heat map means, by judgement."""
    return {
        "better": text("judgements.short.better", language),
        "similar": text("overview.legend_similar", language),
        "worse": text("judgements.short.worse", language),
        "not_assessable": text("overview.legend_none", language),
    }


def key_measures() -> list[Indicator]:
    """The headline indicators, area by area, what the audits ask for first."""
    leading = [one for one in catalogue().indicators.values() if one.headline and one.area in PAGE_OF]
    places = {name: place for place, name in enumerate(_LEADING)}
    return sorted(leading, key=lambda one: ([*PAGE_OF].index(one.area), places.get(one.id, len(_LEADING))))


def overview(reader: Reader, chosen: Sequence[str], level: float, *, synthetic: bool) -> Overview:
    """The view of these region codes, judged at `level` per cent against riket among all regions."""
    asked = key_measures()
    # One period per measure, whichever regions are shown: what is said of a region must not hang on its company.
    every = [found for one in asked if (found := latest_of(reader, one, level, synthetic=synthetic))]
    shown = [one for one in every if _has_value(one, chosen)]
    newest = newest_barometer(reader.store, reader.as_of, include_synthetic=synthetic)
    older = [one for one in shown if one.period and is_older(one.period, newest)]
    now = [one for one in shown if one not in older]
    standing_now = [one for one in every if not (one.period and is_older(one.period, newest))]
    first = next(iter([*now, *shown]), None)
    language = reader.language
    waves = (
        over_waves(reader.store, first.indicator, chosen, level=level, as_of=reader.as_of, include_synthetic=synthetic)
        if first
        else []
    )
    leading = series_of(reader, first.indicator, synthetic) if first else None
    return Overview(
        headline=headline(first, chosen, language) if first else text("pages.overview.title", language),
        lead=tuple(lead(first, chosen, waves, language)) if first else (),
        survey=survey_in_words(first, language) if first else "",
        names=tuple((_name(code), reader.link("profile", region=code)) for code in chosen),
        now=_groups(reader, now, chosen, synthetic),
        older=_group(reader, text("overview.older_heading", language), older, chosen, synthetic) if older else None,
        cards=tuple(_card(reader, first, leading, standing_now, code) for code in chosen) if first and leading else (),
        country=country_of(reader, first, chosen) if first else (),
        country_title=_title(first, language) if first else "",
        country_address=_address(reader, first) if first else "",
        counted=regions_counted(first, language) if first else "",
        notes=_notes(reader, asked, shown, chosen, synthetic),
        marked=marked_count([_of_regions(one, chosen) for one in now]),
        against=benchmarks_of(now or shown, language),
        assumed=any("assumed" in set(_of_regions(one, chosen).rows["evidence"]) for one in shown),
        synthetic=any(_of_regions(one, chosen).synthetic for one in shown),
    )


def latest_of(reader: Reader, indicator: Indicator, level: float = 95, *, synthetic: bool) -> Comparison | None:
    """The latest period that can be judged for any region, judged among all of them; None without a figure."""
    latest = latest_judged(_figures(reader, indicator, catalogue().region_codes, synthetic))
    if latest is None:
        return None
    return compare_regions(
        reader.store, indicator.id, latest.key, level=level, as_of=reader.as_of, include_synthetic=synthetic
    )


def _figures(reader: Reader, indicator: Indicator, codes: Sequence[str], synthetic: bool) -> pl.DataFrame:
    rows = figures_of(reader.store, indicator, reader.as_of, sex="T", include_synthetic=synthetic)
    return rows.filter(pl.col("code").is_in(list(codes)))


def series_of(reader: Reader, indicator: Indicator, synthetic: bool) -> TimeSeries:
    """The indicator over time, as the reader may see it."""
    return series_over_time(reader.store, indicator.id, as_of=reader.as_of, include_synthetic=synthetic)


def _has_value(comparison: Comparison, codes: Sequence[str]) -> bool:
    return comparison.rows.filter(pl.col("code").is_in(list(codes)))["value"].count() > 0


def _of_regions(comparison: Comparison, codes: Sequence[str]) -> Comparison:
    rows = comparison.rows.filter(pl.col("code").is_in([*codes, NATION]))
    return replace(comparison, rows=rows, synthetic=any_synthetic(rows))


def _groups(
    reader: Reader, comparisons: Sequence[Comparison], chosen: Sequence[str], synthetic: bool
) -> tuple[Group, ...]:
    return tuple(
        _group(reader, text(f"pages.{area}.title", reader.language), own, chosen, synthetic)
        for area in PAGE_OF
        if (own := [one for one in comparisons if one.indicator.area == area])
    )


def _group(
    reader: Reader, title: str, comparisons: Sequence[Comparison], chosen: Sequence[str], synthetic: bool
) -> Group:
    return Group(title, tuple(measure_of(reader, one, chosen, synthetic) for one in comparisons))


def measure_of(reader: Reader, comparison: Comparison, chosen: Sequence[str], synthetic: bool) -> Measure:
    """A row of a heat map, with a cell for each of the region codes."""
    indicator, language = comparison.indicator, reader.language
    period = period_label(comparison.period.key, language) if comparison.period else ""
    line = line_of(series_of(reader, indicator, synthetic), NATION)
    said = ", ".join(f"{point.when.year}: {point.value:g}" for point in line.own)
    return Measure(
        indicator.id,
        comparison.period.key if comparison.period else "",
        indicator.short_title.in_language(language),
        f"{text(f'units.short.{indicator.unit}', language)} · {period}",
        _address(reader, comparison),
        nation_of(comparison, language),
        tuple(cell_of(comparison, code, reader) for code in chosen),
        replace(line, said=text("overview.nation_over_time", language, said=said) if len(line.own) > 1 else ""),
    )


def _address(reader: Reader, comparison: Comparison) -> str:
    period = comparison.period.key if comparison.period else ""
    return reader.link(page_of(comparison.indicator), indicator=comparison.indicator.id, period=period)


def _title(comparison: Comparison, language: str) -> str:
    period = f" {period_label(comparison.period.key, language)}" if comparison.period else ""
    return comparison.indicator.title.in_language(language) + period


def _name(code: str) -> str:
    return catalogue().regions[code].short_name


def _card(reader: Reader, first: Comparison, leading: TimeSeries, now: Sequence[Comparison], code: str) -> RegionCard:
    language = reader.language
    cell = cell_of(first, code, reader)
    own = first.rows.filter(pl.col("code") == code)
    place = rank_in_words(own.row(0, named=True), language) if own.height else ""
    verdicts = tuple(
        (f"{one.indicator.short_title.in_language(language)}: {found.said}", found.verdict)
        for one in now
        for found in [cell_of(one, code, reader)]
    )
    return RegionCard(
        _name(code),
        reader.link("profile", region=code),
        cell.value,
        text(f"units.short.{first.indicator.unit}", language),
        ", ".join(part for part in (_title(first, language), place) if part),
        line_of(leading, code, text("overview.line", language, name=_name(code))),
        verdicts,
        standing(now, code, language),
    )


def country_of(reader: Reader, comparison: Comparison, chosen: Sequence[str]) -> tuple[Tile, ...]:
    """All regions as tiles."""
    return tuple(
        Tile(code, _name(code), cell_of(comparison, code, reader), reader.link("profile", region=code), code in chosen)
        for code in catalogue().region_codes
    )


def _notes(
    reader: Reader, asked: Sequence[Indicator], shown: Sequence[Comparison], chosen: Sequence[str], synthetic: bool
) -> tuple[str, ...]:
    found = {one.indicator.id for one in shown}
    without = [one.short_title.in_language(reader.language) for one in asked if one.id not in found]
    said = [note for one in shown if (note := _newer(reader, one, chosen, synthetic))]
    if without:
        said.append(text("overview.without", reader.language, titles=", ".join(without)))
    return tuple(said)


def _newer(reader: Reader, comparison: Comparison, chosen: Sequence[str], synthetic: bool) -> str:
    """That a newer measurement exists which is not shown, and why; "" where there is none."""
    figures = _figures(reader, comparison.indicator, chosen, synthetic)
    found = newer_unjudged(figures, comparison.period)
    if found is None:
        return ""
    title = comparison.indicator.short_title.in_language(reader.language)
    period = period_label(found[0].key, reader.language)
    return text(f"overview.newer.{found[1]}", reader.language, title=title, period=period)
