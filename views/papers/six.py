"""The compilation of several regions: the heat map, a page a region, the recommendations, the method, the sources."""

from collections.abc import Sequence
from typing import Final

from analysis import region_findings
from analysis.followup import followed_audits
from analysis.moments import today_in_sweden
from locales import text
from views.followup import compiled, finding
from views.method import sections
from views.overview import Measure, Overview, key_measures, meanings, overview
from views.papers import parts
from views.papers.blocks import Block, Grid, Leads, Paper, Questions, Said, Section
from views.parts import Cell, Reader
from views.profile import profile
from views.since_audit import since_audit
from wording.symbols import symbol_of

_ROWS: Final = 7


def six_regions(reader: Reader, chosen: Sequence[str], *, level: float = 95, synthetic: bool = False) -> Paper:
    """The compilation of these regions (codes), as they were on the reader's day."""
    language, view = reader.language, overview(reader, tuple(chosen), level, synthetic=synthetic)
    pages = tuple(_region(reader, code, level, synthetic=synthetic) for code in chosen)
    told = (
        Section(text("overview.map", language, benchmark=view.against), _heat(view, language)),
        *pages,
        Section(text("pages.since-audit.title", language), _since(reader, chosen), page=True),
        Section(text("profile.audit.heading", language), _recommendations(reader, chosen)),
        Section(text("statements.heading", language), parts.remarks(reader, [one.id for one in key_measures()])),
        Section(text("pages.method.title", language), (Questions(sections(language)),), page=True),
        Section(text("papers.origins", language), _sources(reader, chosen, level, synthetic=synthetic)),
    )
    names = ", ".join(name for name, _ in view.names)
    return Paper(
        "six",
        language,
        text("papers.six.title", language, regions=names),
        view.headline,
        text("papers.six.kind", language),
        reader.as_of or today_in_sweden(),
        view.synthetic or (synthetic and parts.made_up(told, language)),
        view.lead,
        view.survey,
        tuple(one for one in told if one.blocks),
        ("overview", {}),
    )


def _heat(view: Overview, language: str) -> tuple[Block, ...]:
    """The key measures against the benchmark, a column a region."""
    heads = (text("overview.measure", language), text("overview.nation", language), *(name for name, _ in view.names))
    wide = (2.1, 0.7, *(1.0 for _ in view.names))
    now = [one for group in view.now for one in group.measures]
    blocks: list[Block] = []
    if now:
        blocks.append(Grid(text("overview.table", language, benchmark=view.against), heads, _lines(now), wide))
    if view.older:
        older = Grid(view.older.title, heads, _lines(view.older.measures), wide)
        blocks += [Said(view.older.title, "strong"), older]
    signs = [f"{symbol_of(name)} {words}" for name, words in meanings(language).items()]
    signs += [text("overview.legend_assumed", language)] if view.assumed else []
    return (*blocks, Said(" · ".join(signs), "note"), *(Said(note, "note") for note in view.notes))


def _lines(measures: Sequence[Measure]) -> tuple[tuple[str | Cell, ...], ...]:
    return tuple((f"{one.title} ({one.of})", one.nation, *one.cells) for one in measures)


def _region(reader: Reader, code: str, level: float, *, synthetic: bool) -> Section:
    """A region on a page of its own, in short."""
    language = reader.language
    found = region_findings(reader.store, code, level=level, as_of=reader.as_of, include_synthetic=synthetic)
    shown = profile(reader, found, synthetic=synthetic)
    heading = text("papers.six.measures", language)
    return Section(
        shown.name,
        (
            *(Said(said) for said in shown.lead),
            Leads(text("papers.leads", language), shown.leads),
            *parts.leading(reader, found, synthetic=synthetic),
            *parts.over_time(reader, found, shown.rows, synthetic=synthetic)[:1],
            Said(parts.levels(level, language, since=True), "note"),
            parts.measures(shown.rows[:_ROWS], heading, language),
            Said(text("profile.audit.heading", language), "strong"),
            *parts.how_they_stand(reader, code),
        ),
        page=True,
    )


def _since(reader: Reader, chosen: Sequence[str]) -> tuple[Block, ...]:
    """What has changed since the audit in the leading measures, region by region."""
    found, language = since_audit(reader, chosen), reader.language
    if not found.measures:
        return (Said(f"{found.headline}."),)
    heads = [text(name, language) for name in ("since_audit.region", "papers.since.from_day")]
    heads += [one.title for one in found.measures]
    lines = tuple(
        (row.name, row.counted, *("; ".join(parts.step_in_words(step) for step in cell) for cell in row.cells))
        for row in found.rows
    )
    wide = (0.8, 1.1, *(1.0 for _ in found.measures))
    said = (Said(f"{found.headline}."), *(Said(one) for one in found.lead))
    grid = Grid(text("papers.since_caption", language), tuple(heads), lines, wide)
    return (*said, grid, *(Said(note, "note") for note in found.notes))


def _recommendations(reader: Reader, chosen: Sequence[str]) -> tuple[Block, ...]:
    """How the audits' recommendations stand, theme by theme, then each letter's own words."""
    language, today = reader.language, reader.as_of or today_in_sweden()
    every = followed_audits(reader.store, today_in_sweden(), as_of=reader.as_of, include_synthetic=False)
    audits = tuple(one for one in every if one.region in chosen)
    if not audits:
        return (Said(text("profile.audit.none", language)),)
    told = finding(audits, chosen, today, language)
    view = compiled(reader, audits, chosen)
    heads = (text("since_audit.region", language), *view.themes)
    lines = tuple(
        (
            one.name,
            *("; ".join(f"{held.number} {held.sign} {held.word}" for held in cell) or "–" for cell in one.cells),
        )
        for one in view.regions
        if one.loaded
    )
    grid = Grid(text("followup.compiled_matrix", language), heads, lines, (1.1, *(1.0 for _ in view.themes)))
    blocks: list[Block] = [Said(f"{told.headline}."), *(Said(one) for one in told.lead), grid]
    for audit in audits:
        blocks += [Said(f"{audit.region_name}: {audit.title}", "strong"), parts.asked(audit, language)]
    return tuple(blocks)


def _sources(reader: Reader, chosen: Sequence[str], level: float, *, synthetic: bool) -> tuple[Block, ...]:
    """Which publishers and files the regions' figures stand in, each with the measures it gives."""
    language, held = reader.language, dict[tuple[str, str], list[str]]()
    for code in chosen:
        found = region_findings(reader.store, code, level=level, as_of=reader.as_of, include_synthetic=synthetic)
        for one in found.all:
            if one.row["file"]:
                measure = one.comparison.indicator.short_title.in_language(language)
                names = held.setdefault((one.comparison.indicator.source, one.row["file"]), [])
                names += [] if measure in names else [measure]
    heads = tuple(text(f"papers.origin.{name}", language) for name in ("publisher", "file", "measures"))
    lines = tuple((source, file, ", ".join(names)) for (source, file), names in held.items())
    if not lines:
        return ()
    return (
        Said(text("papers.six.origins", language), "note"),
        Grid(text("papers.origins", language), heads, lines, (1.6, 1.4, 1.6)),
    )
