"""The parts that papers share: what of a region's pages is told on paper, each as blocks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import polars as pl

from analysis import Comparison, Finding, RegionFindings, TimeSeries, series_over_time
from analysis.change.questions import LISTED_AT
from analysis.figures import figures_of
from analysis.followup import UNANSWERED, FollowedAudit, FollowedRecommendation, followed_audits
from analysis.methods.equivalence import TESTED
from analysis.moments import today_in_sweden
from analysis.phone.measures import FOR_PHONE, phone_figures
from analysis.remarks import standing_remarks
from analysis.supply import COUNTED_KINDS, gaps, gaps_by_service, minimum_rule, shares, standing
from analysis.supply.periods import supply_periods, supply_regions
from analysis.targets.standing import attained_targets
from analysis.told import level_words
from indicators import NATION, catalogue, period_label, period_of
from locales import text
from locales.numbers import format_date, format_number, format_value
from views.area import Area, area
from views.followup import finding
from views.method import sections
from views.papers.blocks import (
    Across,
    Asked,
    Bar,
    Block,
    Grid,
    Items,
    Measures,
    OnOneScale,
    OverTime,
    Questions,
    Recommended,
    Said,
    Section,
)
from views.parts import Reader
from views.profile import LEADS, Row
from views.reading import Reading
from views.since_audit import Step, since_audit
from views.targets import TARGET_COLUMNS, targets_in_words
from wording.figures import publisher_in_words, shown_value
from wording.followup import lateness, status_word
from wording.headline import listed, region_in_short, regions_counted
from wording.judgement import STRICT
from wording.sentences import rank_in_words
from wording.series import trend_in_words

HEADS: Final = (
    "profile.table.measure",
    "profile.columns.value",
    "profile.table.spread",
    "profile.columns.judgement",
    "profile.columns.difference",
    "profile.columns.rank",
    "profile.table.since_last",
    "profile.table.since_pandemic",
    "profile.table.since_audit",
    "area.development",
)
_FEWEST, _MOST_TRENDS = 2, 5
"""Of points that tell nothing of time; of charts that a report has room for."""
_MOST_GAPS: Final = 12
_USUAL: Final = 95.0
"""Changes are told at this level whichever level differences are marked at."""
_SCALE_COLUMNS: Final = ("name", "shown", "verdict", "difference", "place", "since_last")
_NOT_ON_PAPER: Final = ("reliability", "steady", "months", "funnel")
"""Questions of method that no paper's figures raise."""
_SMALL: Final = {"s", "u"}
"""Flags of what few answers hide or make uncertain."""
_FEW: Final = 6
"""Regions of which a remark names each."""
_MARKED: Final = "ax"
"""Flags that a mark on each row tells already."""
_RULE: Final = "4"
_REPLY: Final = (
    "replied", "measures_taken", "measures_planned", "link", "time_plan", "due", "how", "responsible", "reason_none",
)  # fmt: skip


def measures(rows: Sequence[Row], heading: str, language: str) -> Measures:
    """A region's measures in a table."""
    return Measures(heading, tuple(text(key, language) for key in HEADS), tuple(rows))


def leading(reader: Reader, found: RegionFindings, *, synthetic: bool) -> tuple[Across, ...]:
    """The region among all in the first lead measure that says how things stand."""
    current = {one.comparison.indicator.id: one for one in found.current}
    one = next((current[name] for name in LEADS if name in current), None)
    if one is None:
        return ()
    comparison = one.comparison
    series = series_over_time(
        reader.store,
        comparison.indicator.id,
        regions=[found.region],
        as_of=reader.as_of,
        include_synthetic=synthetic,
    )
    view = area(reader, comparison, series, (found.region,))
    told = text(
        "papers.across",
        reader.language,
        region=catalogue().regions[found.region].short_name,
        value=shown_value(one.row, comparison.indicator, reader.language),
        place=rank_in_words(one.row, reader.language),
    )
    said = region_in_short(comparison, found.region, reader.language)
    return (across(comparison, view, told, reader.language, said),)


def across(comparison: Comparison, view: Area, finding: str, language: str, said: str = "") -> Across:
    """Every region of a comparison. `finding`: what the picture shows; `said`: the same for who cannot see it."""
    indicator, chosen = comparison.indicator, {one.code for one in view.strips if one.chosen}
    assert comparison.period is not None
    return Across(
        finding,
        f"{indicator.title.in_language(language)} {period_label(comparison.period.key, language)}",
        " ".join(filter(None, (said, *view.notes))),
        publisher_in_words(indicator.source),
        view,
        tuple(
            _bar(comparison, row, row["code"] in chosen, language)
            for row in comparison.rows.to_dicts()
            if row["value"] is not None
        ),
    )


def _bar(comparison: Comparison, row: dict[str, Any], chosen: bool, language: str) -> Bar:
    decimals = 0 if comparison.indicator.unit == "seconds" else comparison.indicator.decimals
    ends = ("low998", "high998") if comparison.level == STRICT else ("ci_low", "ci_high")
    low, high = (None if row[end] is None else round(row[end], decimals) for end in ends)
    return Bar(
        catalogue().regions[row["code"]].short_name,
        shown_value(row, comparison.indicator, language),
        round(row["value"], decimals),
        low,
        high,
        chosen,
        row["code"] == NATION,
    )


def series(reader: Reader, comparison: Comparison, *, synthetic: bool) -> TimeSeries:
    """The measure of a comparison over time, in its kind of period."""
    assert comparison.period is not None
    return series_over_time(
        reader.store,
        comparison.indicator.id,
        kind=comparison.period.kind,
        as_of=reader.as_of,
        include_synthetic=synthetic,
    )


def on_one_scale(comparison: Comparison, view: Area, reading: Reading, language: str) -> OnOneScale:
    """Every region of the view; `reading`: its whole reading (views.area)."""
    title = comparison.indicator.title.in_language(language)
    finding = regions_counted(comparison, language) or text("papers.measure.across", language, title=title)
    columns = tuple(one for one in reading.columns if one[0] in _SCALE_COLUMNS)
    return OnOneScale(across(comparison, view, finding, language), replace(reading, columns=columns))


def over_time(reader: Reader, found: RegionFindings, rows: Sequence[Row], *, synthetic: bool) -> tuple[OverTime, ...]:
    """The lead measures over time, then the others in the table's order, as far as there is room."""
    by_title = {row.title: row for row in rows}
    ordered = sorted(found.current, key=_place_among_leads)
    made = []
    for one in ordered:
        indicator = one.comparison.indicator
        row = by_title.get(indicator.short_title.in_language(reader.language))
        series = series_over_time(
            reader.store, indicator.id, regions=[found.region], as_of=reader.as_of, include_synthetic=synthetic
        )
        if row and series.rows.filter(pl.col("code") == found.region, pl.col("value").is_not_null()).height > _FEWEST:
            made.append(_over_time(reader, series, row, found.region))
    return tuple(made[:_MOST_TRENDS])


def _place_among_leads(finding: Finding) -> int:
    name = finding.comparison.indicator.id
    return LEADS.index(name) if name in LEADS else len(LEADS)


def _over_time(reader: Reader, series: TimeSeries, row: Row, region: str) -> OverTime:
    language = reader.language
    told = text(
        "papers.over_time" if row.since_last.first else "papers.latest",
        language,
        title=row.title,
        value=row.cell.value,
        period=row.period,
        first=row.since_last.first,
        said=row.since_last.words,
    )
    return OverTime(
        told,
        series.indicator.title.in_language(language),
        trend_in_words(series, language, chosen=(region,)),
        publisher_in_words(series.indicator.source),
        region,
        series,
    )


def audited(reader: Reader, region: str) -> tuple[FollowedAudit, ...]:
    """The audits of a region; nothing made up stands under what real auditors have found."""
    audits = followed_audits(reader.store, today_in_sweden(), as_of=reader.as_of, include_synthetic=False)
    return tuple(one for one in audits if one.region == region)


def unanswered(audits: Sequence[FollowedAudit], language: str) -> bool:
    """Whether of no recommendation anything more is known than that no reply is loaded, which then is said once."""
    every = [one for audit in audits for one in audit.recommendations]
    return all(one.status == UNANSWERED and not lateness(one, language) for one in every)


def asked(audit: FollowedAudit, language: str, *, said: bool = False) -> Asked:
    """The letter's recommendations; how they stand is left out where it is `said` already of all."""
    return Asked(tuple(_recommended(one, language, said=said) for one in audit.recommendations))


def how_they_stand(reader: Reader, region: str) -> tuple[Block, ...]:
    """How the recommendations to the region stand, in short."""
    audits, language = audited(reader, region), reader.language
    if not audits:
        return (Said(text("profile.audit.none", language)),)
    found = finding(audits, (), reader.as_of or today_in_sweden(), language)
    return (Said(f"{found.headline}."), Said(found.lead[0], "note"))


def made_up(sections: Sequence[Section], language: str) -> bool:
    """Whether some table of a paper shows a made-up figure, which its cells mark with x."""
    mark = "\N{NO-BREAK SPACE}x"
    grids = [block for section in sections for block in section.blocks if isinstance(block, Grid)]
    said = [block.words for section in sections for block in section.blocks if isinstance(block, Said)]
    told = [cell for grid in grids for row in grid.rows for cell in row if isinstance(cell, str)]
    return any(cell.endswith(mark) for cell in told) or any(text("charts.synthetic", language) in one for one in said)


def _recommended(one: FollowedRecommendation, language: str, *, said: bool) -> Recommended:
    late = lateness(one, language)
    reply = one.reply or {}
    told = ((name, _reply_said(reply.get(name), language)) for name in _REPLY)
    return Recommended(
        one.number,
        text("papers.recommendation", language, number=one.number),
        one.text,
        text("papers.addressed", language, to=one.addressed_to),
        "" if said else "; ".join(filter(None, (status_word(one.status, language), late))),
        tuple((text(f"followup_form.fields.{name}", language), words) for name, words in told if words),
    )


def _reply_said(value: object, language: str) -> str:
    return format_date(value, language) if hasattr(value, "isoformat") else str(value or "")  # type: ignore[arg-type]


def since(reader: Reader, region: str) -> tuple[Block, ...]:
    """What has changed since the audit, measure by measure, and what must be known of it."""
    found, language = since_audit(reader, (region,)), reader.language
    (row,) = found.rows
    lines = tuple(
        (measure.title, step.ends, step.change or "–", f"{step.verdict.symbol} {step.verdict.word}", step.nation or "–")
        for measure, steps in zip(found.measures, row.cells, strict=True)
        for step in steps
    )
    heads = ("measure", "from_to", "change", "verdict", "nation")
    grid = Grid(
        text("papers.since_caption", language),
        tuple(text(f"papers.since.{name}", language) for name in heads),
        lines,
        (1.5, 1.1, 0.8, 1.3, 1.4),
    )
    said = (Said(f"{found.headline}."), Said(row.counted, "note"), *((grid,) if lines else ()))
    return (*said, *(Said(note, "note") for note in found.notes))


def step_in_words(step: Step) -> str:
    """`−11,3 ▼ sämre`, and under it `2020 62,9 % → 2025 48,8 %, riket −6,0`; the verdict alone where nothing could be
    tested."""
    verdict = f"{step.verdict.symbol} {step.verdict.word}"
    ends = ", ".join(filter(None, (step.ends, step.nation)))
    return f"{step.change} {verdict}\n{ends}" if step.change else verdict


def levels(level: float, language: str, *, since: bool = False) -> str:
    """At which levels differences and changes are marked; `since`: also in the part on the time since the audit."""
    usual, strict = level_words(_USUAL, language), level_words(LISTED_AT, language)
    key = "levels_same" if level == _USUAL else "levels"
    said = [text(f"papers.{key}", language, level=level_words(level, language), usual=usual)]
    said += [text("papers.levels_since", language, strict=strict)] if since else []
    return " ".join(said)


def targets(reader: Reader, region: str, *, synthetic: bool) -> tuple[Block, ...]:
    """The region's decided targets and how they stand, or that none is registered."""
    language = reader.language
    rows = attained_targets(reader.store, (region,), as_of=reader.as_of, include_synthetic=synthetic).to_dicts()
    if not rows:
        return (Said(text("papers.no_target", language, region=catalogue().regions[region].short_name)),)
    told = targets_in_words(rows, language)
    columns = [name for name in TARGET_COLUMNS if name != "region"]
    heads = tuple(text(f"papers.target.{name}", language) for name in columns)
    lines = tuple(tuple(getattr(one, name) for name in columns) for one in told)
    return (Grid(text("pages.targets.title", language), heads, lines, (1.6, 1.3, 1.1, 1.4, 1, 0.8)),)


def phone(reader: Reader, region: str, *, synthetic: bool) -> tuple[Block, ...]:
    """The region's latest figures of accessibility by phone beside the nation's, or that none is loaded."""
    language, known = reader.language, catalogue().indicators
    periods = {
        period
        for name in FOR_PHONE
        for period in figures_of(reader.store, known[name], reader.as_of, sex="T", include_synthetic=synthetic).filter(
            pl.col("code") == region, pl.col("value").is_not_null()
        )["period"]
    }
    if not periods:
        return (Said(text("profile.phone.none", language)),)
    latest = max(periods, key=lambda key: (period_of(key).end, period_of(key).start))
    rows = phone_figures(reader.store, latest, (region,), as_of=reader.as_of, include_synthetic=synthetic)
    figures = {(row["indicator"], row["code"]): row for row in rows.to_dicts()}
    lines = tuple(
        (
            known[name].short_title.in_language(language),
            *(_phone_value(figures.get((name, code)), language) for code in (region, NATION)),
        )
        for name in FOR_PHONE
        if (name, region) in figures
    )
    heads = (text("phone.measure", language), *(catalogue().regions[code].short_name for code in (region, NATION)))
    caption = text("phone.all_in", language, period=period_label(latest, language))
    return (Said(caption, "note"), Grid(caption, heads, lines, (2, 1, 1)))


def _phone_value(row: dict[str, Any] | None, language: str) -> str:
    if row is None or row["value"] is None:
        return "–"
    indicator = catalogue().indicators[row["indicator"]]
    value = format_value(row["value"], indicator.unit, indicator.decimals, language)
    return f"{value}\N{NO-BREAK SPACE}{row['flags']}" if row["flags"] else value


def supply(reader: Reader, region: str, *, synthetic: bool) -> tuple[Block, ...]:
    """How many care units reach the minimum level, which services are lacking most often, and who lacks what; or that
    nothing is loaded."""
    store, language, day = reader.store, reader.language, reader.as_of
    period = next(
        (
            one
            for one in supply_periods(store, day, include_synthetic=synthetic)
            if region in supply_regions(store, one, day, include_synthetic=synthetic)
        ),
        None,
    )
    if period is None:
        return (Said(text("profile.missing.supply", language)),)
    rule, when = minimum_rule(_RULE, period), period_label(period.key, language)
    units = standing(store, period, rule, kinds=COUNTED_KINDS, as_of=day, include_synthetic=synthetic)
    own = shares(units.filter(pl.col("code") == region), ()).row(0, named=True)
    counts = {name: format_number(own[name], 0, language) for name in ("numerator", "denominator", "unknown")}
    mark = f" {text('charts.synthetic', language)}." if own["synthetic"] else ""
    said = text("papers.supply.counted", language, when=when, rule=rule.words(language), **counts)
    lacked = gaps(store, period, rule, codes=(region,), as_of=day)
    if lacked.is_empty():
        return (Said(said + mark), Said(text("supply.gaps.none", language)))
    services = tuple(
        (row[f"title_{language}"], *(format_number(row[name], 0, language) for name in ("units", "unknown")))
        for row in gaps_by_service(lacked).to_dicts()
    )
    first = lacked.sort(pl.col("state") != "below", maintain_order=True).head(_MOST_GAPS).to_dicts()
    lines = tuple(
        (
            row["name"],
            row[f"title_{language}"],
            text(f"record_words.statuses.{row['status']}", language),
            text(f"supply.states.{row['state']}", language),
        )
        for row in first
    )
    more = text("papers.supply.more", language, shown=len(first), count=lacked.height)
    heads = [text(f"supply.columns.{name}", language) for name in ("service", "lack", "lack_unknown")]
    listed = [text(f"supply.columns.{name}", language) for name in ("unit", "service", "status", "state")]
    by_service, caption = (text(f"supply.captions.{name}", language, when=when) for name in ("by_service", "gaps"))
    return (
        Said(said + mark),
        Said(by_service, "strong"),
        Grid(by_service, tuple(heads), services, (2, 1, 1)),
        Said(caption, "strong"),
        Grid(caption, tuple(listed), lines, (1.4, 1.6, 1, 1)),
        *((Said(more, "note"),) if lacked.height > len(first) else ()),
    )


def remarks(reader: Reader, indicators: Sequence[str]) -> tuple[Block, ...]:
    """What has been stated of the figures that the paper shows, the same words once for all they are said of; () for
    nothing."""
    language = reader.language
    found = standing_remarks(reader.store, reader.as_of).filter(pl.col("indicator").is_in(list(indicators)))
    titles: dict[tuple[str, ...], list[str]] = {}
    for row in found.sort("indicator", "period", descending=[False, True]).to_dicts():
        said = tuple(str(row[name]) for name in ("period", "effect", f"reason_{language}", f"source_{language}"))
        titles.setdefault(said, []).append(catalogue().indicators[row["indicator"]].short_title.in_language(language))
    lines = tuple(
        text(
            "statements.line",
            language,
            title=listed(names, language),
            period=period_label(period, language),
            effect=text(f"statements.effect.{effect}", language),
            reason=reason,
            source=source,
        )
        for (period, effect, reason, source), names in titles.items()
    )
    return (Items(lines),) if lines else ()


def method(language: str, comparisons: Sequence[Comparison], *, synthetic: bool, older: bool) -> Questions:
    """How differences are judged, of what the paper shows: these comparisons, made-up figures, older measurements."""
    rows = (
        pl.concat([one.rows.select("evidence", "equivalence", "flags") for one in comparisons]) if comparisons else None
    )
    told: dict[str, bool] = {
        "assumed": rows is not None and "assumed" in set(rows["evidence"]),
        "equivalence": rows is not None and TESTED in set(rows["equivalence"]),
        "small": rows is not None and bool(set("".join(rows["flags"])) & _SMALL),
        "older": older,
        "synthetic": synthetic,
    }
    return Questions(sections(language, {*_NOT_ON_PAPER, *(name for name, shown in told.items() if not shown)}))


def told_of(reading: Reading, language: str) -> Iterator[str]:
    """Why a region has no value, judgement or change, and what else its flags say: once for all it is true of."""
    said: dict[str, list[str]] = {}
    for one in reading.rows:
        flags = [text(f"flags.{letter}", language) for letter in one.flags if letter not in _MARKED]
        if one.code != NATION and (words := "; ".join(filter(None, (one.remark, *flags)))):
            said.setdefault(words, []).append(one.name)
    for words, names in said.items():
        whom = (
            text("papers.measure.regions", language, count=len(names)) if len(names) > _FEW else listed(names, language)
        )
        yield f"{whom}: {words}."
