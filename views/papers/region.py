"""Regionrapport: what a region's page says and what stands behind it; and the same on one page, for five minutes."""

from collections.abc import Sequence
from typing import Final, Literal

from analysis import Finding, RegionFindings, region_findings
from analysis.moments import today_in_sweden
from indicators import period_label
from locales import text
from views.papers import parts
from views.papers.blocks import Block, Grid, Leads, Paper, Questions, Said, Section
from views.parts import Reader
from views.profile import Profile, profile
from wording.sentences import benchmarks_of

_SHORT_ROWS: Final = 4


def region_report(reader: Reader, region: str, *, level: float = 95, synthetic: bool = False) -> Paper:
    """The report of a region (its code), as it was on the reader's day.

    Raises UnknownChoice for no region's code."""
    found = region_findings(reader.store, region, level=level, as_of=reader.as_of, include_synthetic=synthetic)
    shown, language = profile(reader, found, synthetic=synthetic), reader.language
    over_time = parts.over_time(reader, found, shown.rows, synthetic=synthetic)
    told = [
        Section("", (_cards(shown, language), *parts.leading(reader, found, synthetic=synthetic), *over_time[:1])),
        Section(_heading(found, language), _measures(found, shown, level, language)),
        Section(text("papers.over_time_heading", language), over_time[1:]),
        Section(text("pages.since-audit.title", language), parts.since(reader, region)),
        Section(text("profile.audit.heading", language), _recommendations(reader, region)),
        Section(text("pages.targets.title", language), parts.targets(reader, region, synthetic=synthetic)),
        Section(text("profile.phone.heading", language), parts.phone(reader, region, synthetic=synthetic)),
        Section(text("papers.supply_heading", language), parts.supply(reader, region, synthetic=synthetic)),
        Section(text("statements.heading", language), parts.remarks(reader, _indicators(found))),
        Section(text("pages.method.title", language), (_method(found, language),)),
        Section(text("papers.origins", language), _origins(found, language)),
    ]
    return _paper(reader, found, shown, "report", tuple(one for one in told if one.blocks), synthetic=synthetic)


def region_in_short(reader: Reader, region: str, *, level: float = 95, synthetic: bool = False) -> Paper:
    """The same on one page, for who has five minutes."""
    found = region_findings(reader.store, region, level=level, as_of=reader.as_of, include_synthetic=synthetic)
    shown, language = profile(reader, found, synthetic=synthetic), reader.language
    strongest = parts.measures(shown.rows[:_SHORT_ROWS], _heading(found, language), language)
    first = parts.over_time(reader, found, shown.rows, synthetic=synthetic)[:1]
    told = [
        Section("", (_cards(shown, language, held=True), *parts.leading(reader, found, synthetic=synthetic), *first)),
        Section(text("papers.short.measures", language), (strongest,) if strongest.rows else ()),
        Section(text("profile.audit.heading", language), parts.how_they_stand(reader, region)),
        Section("", (Said(f"{parts.levels(level, language)} {text('papers.short.how', language)}", "note"),)),
    ]
    return _paper(reader, found, shown, "short", tuple(one for one in told if one.blocks), synthetic=synthetic)


def _paper(
    reader: Reader,
    found: RegionFindings,
    shown: Profile,
    kind: Literal["report", "short"],
    told: tuple[Section, ...],
    *,
    synthetic: bool,
) -> Paper:
    language = reader.language
    made_up = synthetic and (any(one.comparison.synthetic for one in found.all) or parts.made_up(told, language))
    return Paper(
        kind,
        language,
        text(f"papers.{kind}.title", language, region=shown.name),
        shown.name,
        text(f"papers.{kind}.kind", language),
        reader.as_of or today_in_sweden(),
        made_up,
        shown.lead,
        shown.survey,
        told,
        ("profile", {"region": found.region}),
    )


def _cards(shown: Profile, language: str, *, held: bool = False) -> Leads:
    """The lead measures; with `held` only those of which the region has a figure."""
    return Leads(text("papers.leads", language), tuple(one for one in shown.leads if one.over_time.own or not held))


def _heading(found: RegionFindings, language: str) -> str:
    return text("profile.table.heading", language, benchmark=_benchmark(found, language))


def _benchmark(found: RegionFindings, language: str) -> str:
    return benchmarks_of([one.comparison for one in found.current], language)


def _measures(found: RegionFindings, shown: Profile, level: float, language: str) -> tuple[Block, ...]:
    heading = _heading(found, language)
    note = text("profile.table.note", language, benchmark=_benchmark(found, language))
    blocks: list[Block] = [Said(f"{parts.levels(level, language, since=True)} {note}", "note")]
    blocks += [parts.measures(shown.rows, heading, language)] if shown.rows else []
    if shown.older:
        older = text("profile.headings.older", language, count=len(shown.older))
        blocks += [Said(older, "strong"), parts.measures(shown.older, older, language)]
    return tuple(blocks)


def _recommendations(reader: Reader, region: str) -> tuple[Block, ...]:
    """How the letters' recommendations stand, and each word for word."""
    audits, language = parts.audited(reader, region), reader.language
    blocks, once = [*parts.how_they_stand(reader, region)], parts.unanswered(audits, language)
    for audit in audits:
        blocks += [Said(audit.title, "strong"), Said(audit.report, "note"), parts.asked(audit, language, said=once)]
    return tuple(blocks)


def _method(found: RegionFindings, language: str) -> Questions:
    comparisons = [one.comparison for one in found.all]
    return parts.method(
        language, comparisons, synthetic=any(one.synthetic for one in comparisons), older=bool(found.older)
    )


def _indicators(found: RegionFindings) -> Sequence[str]:
    return [one.comparison.indicator.id for one in found.all]


def _origins(found: RegionFindings, language: str) -> tuple[Block, ...]:
    """Where the region's own figures stand: publisher, file, sheet and cell."""
    held = [one for one in found.all if one.row["file"]]
    lines = tuple(_origin(one, language) for one in held)
    heads = tuple(text(f"papers.origin.{name}", language) for name in ("measure", "file", "cell"))
    if not lines:
        return ()
    caption = text("papers.origins", language)
    publishers = dict.fromkeys(f"{one.row['file']}: {one.comparison.indicator.source}" for one in held)
    grid = Grid(caption, heads, lines, (1.4, 1.6, 1.3))
    return (Said(text("papers.origins_note", language), "note"), grid, *(Said(one, "note") for one in publishers))


def _origin(finding: Finding, language: str) -> tuple[str, str, str]:
    indicator, row = finding.comparison.indicator, finding.row
    title = f"{indicator.short_title.in_language(language)} {period_label(row['period'], language)}"
    sheet = f"{row['sheet']}, " if row["sheet"] else ""
    return title, row["file"], f"{sheet}{row['cell']}"
