"""The compilation of several regions: the heat map, all regions in the first measure, since the audit, a page a region,
the recommendations, the method, the sources."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import polars as pl

from analysis import Comparison, RegionFindings, region_findings
from analysis.followup import FollowedAudit, followed_audits
from analysis.moments import today_in_sweden
from indicators import NATION
from locales import text
from views.area import area, whole_reading
from views.followup import Held, compiled, finding
from views.overview import Measure, Overview, key_measures, latest_of, meanings, overview
from views.papers import parts
from views.papers.blocks import Block, Grid, Items, Leads, OverTime, Paper, Said, Section
from views.parts import Cell, Reader
from views.profile import Profile, profile
from views.since_audit import since_audit
from wording.headline import headline
from wording.symbols import symbol_of

NBSP: Final = "\N{NO-BREAK SPACE}"
_OF_1177: Final = ("eservices_1177_positive", "nki_phone", "trust_1177_phone")
"""The key measures that are about 1177 itself, not about health care: each is told in a sentence."""
_CHARTS: Final = 2
"""Lead measures over time on a region's page."""


class _Region(NamedTuple):
    """A region's page before it is set."""

    found: RegionFindings
    shown: Profile
    over_time: tuple[OverTime, ...]


def six_regions(reader: Reader, chosen: Sequence[str], *, level: float = 95, synthetic: bool = False) -> Paper:
    """The compilation of these regions (codes), as they were on the reader's day."""
    language, view = reader.language, overview(reader, tuple(chosen), level, synthetic=synthetic)
    key = [found for one in key_measures() if (found := latest_of(reader, one, level, synthetic=synthetic))]
    regions = [_asked(reader, code, level, synthetic=synthetic) for code in chosen]
    shown = [*key, *(one.comparison for each in regions for one in each.found.current)]
    told = (
        Section(text("papers.six.about", language), _about_1177(key, chosen, language)),
        Section(text("overview.map", language, benchmark=view.against), _heat(view, language)),
        Section(text("profile.audit.heading", language), _how_it_stands(reader, chosen)),
        Section(text("papers.six.across", language), _across(reader, key, chosen, synthetic=synthetic), page=True),
        Section(text("statements.heading", language), parts.remarks(reader, [one.indicator.id for one in shown])),
        *_pages(regions, level, language),
        Section(text("pages.since-audit.title", language), _since(reader, chosen), page=True),
        Section(text("papers.six.letters", language), _recommendations(reader, chosen)),
        Section(
            text("pages.method.title", language),
            (parts.method(language, shown, synthetic=view.synthetic, older=view.older is not None),),
        ),
        Section(text("papers.origins", language), _sources(regions, view, language)),
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
        (" ".join(view.lead),) if view.lead else (),
        view.survey,
        tuple(one for one in told if one.blocks),
        ("overview", {}),
    )


def _asked(reader: Reader, code: str, level: float, *, synthetic: bool) -> _Region:
    found = region_findings(reader.store, code, level=level, as_of=reader.as_of, include_synthetic=synthetic)
    shown = profile(reader, found, synthetic=synthetic)
    return _Region(found, shown, parts.over_time(reader, found, shown.rows, synthetic=synthetic))


def _about_1177(key: Sequence[Comparison], chosen: Sequence[str], language: str) -> tuple[Block, ...]:
    """What the measures of 1177 itself say of these regions, a sentence each."""
    known = {one.indicator.id: one for one in key}
    told = tuple(f"{headline(known[name], chosen, language)}." for name in _OF_1177 if name in known)
    return (Items(told),) if told else ()


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
    """The unit and the period stand together behind the measure's name."""
    return tuple((f"{one.title} ({one.of.replace(' ', NBSP)})", one.nation, *one.cells) for one in measures)


def _across(reader: Reader, key: Sequence[Comparison], chosen: Sequence[str], *, synthetic: bool) -> tuple[Block, ...]:
    """All regions in the first measure, the chosen ones standing out."""
    if not key:
        return ()
    series = parts.series(reader, key[0], synthetic=synthetic)
    view = area(reader, key[0], series, chosen)
    whole = whole_reading(reader, view, key[0], series)
    block = parts.on_one_scale(key[0], view, whole, reader.language)
    title = Said(f"{block.across.title}. {block.across.finding}")
    return (title, block, Said(" ".join(view.notes), "note"))


def _pages(regions: Sequence[_Region], level: float, language: str) -> tuple[Section, ...]:
    """A page a region; on all the same measures over time, each on the same scale."""
    every = [{block.series.indicator.id: block for block in one.over_time} for one in regions]
    common = [name for name in (every[0] if every else ()) if all(name in one for one in every)][:_CHARTS]
    note = text("profile.table.note", language, benchmark=text("judgements.benchmark.riket", language))
    spans = _spans([one[name] for one in every for name in common])
    return tuple(
        Section(
            one.shown.name,
            (
                *(Said(said) for said in one.shown.lead),
                *([Leads(text("papers.leads", language), held)] if held else []),
                *(replace(blocks[name], span=spans[name]) for name in common),
                *([Said(text("papers.six.same_scale", language), "note")] if common else []),
                Said(text("papers.six.measures", language), "strong"),
                Said(f"{parts.levels(level, language)} {note}", "note"),
                parts.measures(one.shown.rows, text("papers.six.measures", language), language),
            ),
            page=True,
        )
        for one, blocks in zip(regions, every, strict=True)
        for held in [tuple(card for card in one.shown.leads if card.over_time.own)]
    )


def _spans(blocks: Sequence[OverTime]) -> dict[str, tuple[float, float]]:
    """Of each measure (its id) the lowest and highest value that any of the charts draws, with a twelfth of room."""
    drawn: dict[str, list[float]] = {}
    for one in blocks:
        rows = one.series.rows.filter(pl.col("code").is_in([one.region, NATION]))
        drawn.setdefault(one.series.indicator.id, []).extend(rows["value"].drop_nulls())
    rooms = {name: (max(values) - min(values)) / 12 or 1.0 for name, values in drawn.items()}
    return {name: (min(values) - rooms[name], max(values) + rooms[name]) for name, values in drawn.items()}


def _since(reader: Reader, chosen: Sequence[str]) -> tuple[Block, ...]:
    """What has changed since the audit in the leading measures, region by region."""
    found, language = since_audit(reader, chosen), reader.language
    if not found.measures:
        return (Said(f"{found.headline}."),)
    heads = [text(name, language) for name in ("since_audit.region", "papers.since.from_day")]
    heads += [one.title for one in found.measures]
    lines = tuple(
        (row.name, row.counted, *("\n".join(parts.step_in_words(step) for step in cell) for cell in row.cells))
        for row in found.rows
    )
    wide = (0.8, 1.0, *(1.2 for _ in found.measures))
    said = (Said(f"{found.headline}."), *([Said(" ".join(found.lead))] if found.lead else []))
    grid = Grid(text("papers.since_caption", language), tuple(heads), lines, wide)
    return (*said, grid, *(Said(note, "note") for note in found.notes))


def _audits(reader: Reader, chosen: Sequence[str]) -> tuple[FollowedAudit, ...]:
    every = followed_audits(reader.store, today_in_sweden(), as_of=reader.as_of, include_synthetic=False)
    return tuple(one for one in every if one.region in chosen)


def _how_it_stands(reader: Reader, chosen: Sequence[str]) -> tuple[Block, ...]:
    """How the audits' recommendations stand, in a few sentences."""
    audits, language = _audits(reader, chosen), reader.language
    if not audits:
        return (Said(text("papers.six.no_letter", language)),)
    told = finding(audits, chosen, reader.as_of or today_in_sweden(), language)
    return (Said(f"{told.headline}. {' '.join(told.lead)}"),)


def _recommendations(reader: Reader, chosen: Sequence[str]) -> tuple[Block, ...]:
    """The audits' recommendations theme by theme, then each letter's own words."""
    audits, language = _audits(reader, chosen), reader.language
    if not audits:
        return ()
    once = parts.unanswered(audits, language)
    view = compiled(reader, audits, chosen)
    heads = (text("since_audit.region", language), *view.themes)
    lines = tuple(
        (one.name, *("; ".join(_held(held, once=once) for held in cell) or "–" for cell in one.cells))
        for one in view.regions
        if one.loaded
    )
    caption = text("papers.six.themes", language)
    grid = Grid(caption, heads, lines, (1.1, *(1.0 for _ in view.themes)))
    blocks: list[Block] = [Said(caption), grid]
    for audit in audits:
        blocks += [
            Said(f"{audit.region_name}: {audit.title}", "strong"),
            parts.asked(audit, language, said=once),
        ]
    return tuple(blocks)


def _held(held: Held, *, once: bool) -> str:
    """`2 ● Genomförd`; the number alone where it is said once how all stand."""
    return str(held.number) if once else f"{held.number} {held.sign} {held.word}"


def _sources(regions: Sequence[_Region], view: Overview, language: str) -> tuple[Block, ...]:
    """Which publishers and files the shown figures of the regions stand in, each with the measures it gives."""
    older = {one.id for one in view.older.measures} if view.older else set()
    held: dict[tuple[str, str], list[str]] = {}
    for one in regions:
        told = [*one.found.current, *(each for each in one.found.older if each.comparison.indicator.id in older)]
        for each in told:
            if each.row["file"]:
                measure = each.comparison.indicator.short_title.in_language(language)
                names = held.setdefault((each.comparison.indicator.source, each.row["file"]), [])
                names += [] if measure in names else [measure]
    heads = tuple(text(f"papers.origin.{name}", language) for name in ("publisher", "file", "measures"))
    lines = tuple((source, file, ", ".join(names)) for (source, file), names in held.items())
    if not lines:
        return ()
    return (
        Said(text("papers.six.origins", language), "note"),
        Grid(text("papers.origins", language), heads, lines, (1.6, 1.4, 1.6)),
    )
