"""Regionprofil: one region in its lead measures, and in every measure among all the regions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analysis import Comparison, Finding, RegionFindings, TimeSeries, series_over_time
from analysis.change.questions import RegionChanges, changes_of_series
from analysis.change.waves import SINCE_AUDIT, SINCE_LAST, SINCE_PANDEMIC
from analysis.followup.letters import letter_of
from indicators import NATION, Indicator, catalogue, period_label
from locales import text
from views.area import shares_of
from views.area_pages import page_of
from views.parts import NO_ROW, Cell, Line, Reader, Verdict, cell_of, line_of, nation_of, verdict_in
from views.reading import Moved, moved
from wording.headline import distance_in_words
from wording.sentences import benchmark_of, benchmarks_of, rank_in_words, signed
from wording.survey import surveys_in_words

LEADS: Final = ("trust_overall", "nki_phone", "eservices_1177_positive", "eservice_supply_share")


@dataclass(frozen=True)
class Lead:
    """A lead card: a measure in short. `value` "–" where the region has no figure; then `next_step` is where to go, as
    words and address."""

    title: str
    address: str
    value: str
    unit: str
    verdict: Verdict
    beside: tuple[str, ...]
    over_time: Line
    next_step: tuple[str, str] | None = None


@dataclass(frozen=True)
class Spread:
    """A region among all in one measure, as shares (0–1) of the width: every region's value, the nation's, its own
    value and the ends of its interval; better is always to the right."""

    others: tuple[float, ...]
    nation: float | None
    own: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Row:
    """A measure: its cell, the region among all, difference and place with intervals, and what has changed since.
    `indicator`, `when`: its id and its period's key."""

    title: str
    period: str
    address: str
    area: str
    cell: Cell
    spread: Spread
    difference: str
    place: str
    since_last: Moved
    since_pandemic: Moved
    since_audit: Moved
    over_time: Line
    indicator: str
    when: str
    synthetic: bool


@dataclass(frozen=True)
class Profile:
    """The page of one region; `survey`: what the surveys' figures rest on; `rows` strongest first, worse before better;
    `older`: what says how things were."""

    name: str
    lead: tuple[str, ...]
    survey: str
    leads: tuple[Lead, ...]
    rows: tuple[Row, ...]
    older: tuple[Row, ...]


def profile(reader: Reader, found: RegionFindings, *, synthetic: bool) -> Profile:
    """The view of a region's findings (analysis.region_findings)."""
    by_id = {one.comparison.indicator.id: one for one in found.all}
    said = [_tally(found, reader.language)]
    older = {one.comparison.indicator.id for one in found.older}
    if LEADS[0] in by_id and LEADS[0] not in older:
        said.append(_first(by_id[LEADS[0]], reader.language))
    return Profile(
        catalogue().regions[found.region].name,
        tuple(said),
        surveys_in_words([one.comparison for one in found.current], reader.language),
        tuple(
            _lead(reader, by_id[name], synthetic, older=name in older)
            if name in by_id
            else _missing(reader, catalogue().indicators[name])
            for name in LEADS
        ),
        tuple(_row(reader, one, synthetic) for one in by_strength(found)),
        tuple(_row(reader, one, synthetic) for one in found.older),
    )


def by_strength(found: RegionFindings) -> Sequence[Finding]:
    """What is told apart first, worse before better; then what is not; then what cannot be assessed."""
    return (*found.worse, *found.better, *found.apart, *found.similar, *found.not_assessable)


def _tally(found: RegionFindings, language: str) -> str:
    """`Sämre än riket i 4 mått, bättre i 1, ingen säker skillnad i 6; 12 mått kan inte bedömas.`"""
    if not found.current:
        return text("profile.lead.nothing", language)
    benchmark = benchmarks_of([one.comparison for one in found.current], language, short=True)
    counts = {name: len(getattr(found, name)) for name in ("worse", "better", "apart", "similar")}
    said = [text(f"profile.lead.{name}", language, count=count) for name, count in counts.items() if count]
    unknown = len(found.not_assessable)
    said = [text("profile.lead.against", language, benchmark=benchmark, said=", ".join(said))] if said else []
    if unknown:
        said.append(text("profile.lead.unknown", language, count=unknown))
    return " ".join(said)


def _series(reader: Reader, indicator: str, synthetic: bool) -> TimeSeries:
    return series_over_time(reader.store, indicator, as_of=reader.as_of, include_synthetic=synthetic)


def _first(finding: Finding, language: str) -> str:
    """The first lead measure by name, and how the region stands in it."""
    comparison = finding.comparison
    title = comparison.indicator.title.in_language(language)
    period = period_label(finding.row["period"], language)
    said = distance_in_words(comparison, finding.row, language)
    return text("profile.lead.first", language, title=title, period=period, said=said)


def _lead(reader: Reader, finding: Finding, synthetic: bool, *, older: bool) -> Lead:
    language, comparison, row = reader.language, finding.comparison, finding.row
    indicator, region = comparison.indicator, row["code"]
    series = _series(reader, indicator.id, synthetic)
    benchmark = benchmark_of(comparison, language, short=True)
    last = moved(_changes(reader, series, region), SINCE_LAST, language)
    since = text("profile.lead.since", language, period=last.first, said=last.words) if last.first else ""
    period = period_label(row["period"], language)
    when = text("profile.lead.older", language, period=period) if older else period
    name = catalogue().regions[region].short_name
    return Lead(
        indicator.short_title.in_language(language),
        _page(reader, indicator),
        cell_of(comparison, region, reader).value,
        text(f"units.short.{indicator.unit}", language),
        verdict_in(row, language),
        (
            f"{benchmark} {nation_of(comparison, language)} · {rank_in_words(row, language)}",
            " · ".join(filter(None, (when, since))),
        ),
        line_of(series, region, text("overview.line", language, name=name)),
    )


def _missing(reader: Reader, indicator: Indicator) -> Lead:
    """The card of a measure of which the region has no figure here."""
    language, kind = reader.language, "supply" if indicator.area == "supply" else "figure"
    step = (text(f"profile.missing.{kind}_step", language), _page(reader, indicator))
    said = (text(f"profile.missing.{kind}", language),)
    title = indicator.short_title.in_language(language)
    return Lead(title, _page(reader, indicator), "–", "", verdict_in(NO_ROW, language), said, Line(), step)


def _page(reader: Reader, indicator: Indicator) -> str:
    """The page that compares the measure."""
    if indicator.area == "supply":
        return reader.link("supply")
    return reader.link(page_of(indicator), indicator=indicator.id)


def _changes(reader: Reader, series: TimeSeries, region: str) -> RegionChanges:
    return changes_of_series(series, region, letter_of(reader.store, region, reader.as_of))


def _row(reader: Reader, finding: Finding, synthetic: bool) -> Row:
    language, comparison, row = reader.language, finding.comparison, finding.row
    indicator = comparison.indicator
    series = _series(reader, indicator.id, synthetic)
    changes = _changes(reader, series, row["code"])
    difference = signed(row["difference"], indicator, language) if row["difference"] is not None else "–"
    name = catalogue().regions[row["code"]].short_name
    return Row(
        indicator.short_title.in_language(language),
        period_label(row["period"], language),
        reader.link(page_of(indicator) or "indicator", indicator=indicator.id, period=row["period"]),
        indicator.area,
        cell_of(comparison, row["code"], reader),
        _spread(comparison, row["code"]),
        difference,
        rank_in_words(row, language, short=True, of=True),
        moved(changes, SINCE_LAST, language),
        moved(changes, SINCE_PANDEMIC, language),
        moved(changes, SINCE_AUDIT, language),
        line_of(series, row["code"], text("overview.line", language, name=name)),
        indicator.id,
        row["period"],
        "x" in row["flags"],
    )


def _spread(comparison: Comparison, region: str) -> Spread:
    share = shares_of(comparison)
    rows = {row["code"]: row for row in comparison.rows.to_dicts()}
    own = rows[region]
    others = [
        row["estimate"] for code, row in rows.items() if code not in (NATION, region) and row["value"] is not None
    ]
    nation = rows.get(NATION, {}).get("estimate")
    found = Spread(
        tuple(place for value in others if (place := share(value)) is not None),
        share(nation),
        share(own["estimate"]),
        share(own["ci_low"]),
        share(own["ci_high"]),
    )
    return _turned(found) if comparison.indicator.direction == "lower_is_better" else found


def _turned(found: Spread) -> Spread:
    """The scale the other way round."""

    def other(place: float | None) -> float | None:
        return None if place is None else 1 - place

    others = tuple(1 - place for place in found.others)
    return Spread(others, other(found.nation), other(found.own), other(found.high), other(found.low))
