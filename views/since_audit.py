"""Sedan granskningen: what has changed in the audited regions since the audit, and what the audits' findings are today.

A region is counted from its own letter; one whose letter is not loaded from before the pandemic, and that is said.
Real figures only: nothing made up stands under what real auditors have found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import polars as pl

from analysis import Comparison, TimeSeries
from analysis.change.questions import LISTED_AT, Change, RegionChanges, changes_of_series
from analysis.change.waves import SINCE_AUDIT, SINCE_PANDEMIC, Letter
from analysis.figures import figures_of
from analysis.followup import followed_audits
from analysis.followup.letters import letter_of
from analysis.moments import today_in_sweden
from analysis.supply import supply_periods, supply_regions
from analysis.targets.shares import followed_indicators, target_shares
from analysis.told import level_words
from analysis.waves import latest_judged
from indicators import Indicator, catalogue, period_label, period_of
from locales import text
from locales.numbers import format_value
from views.followup import finding
from views.overview import key_measures, latest_of, series_of
from views.parts import Reader, Verdict
from wording.change import (
    beside_step,
    cautions,
    change_judgement,
    change_text,
    counted_from,
    ends_in_words,
    nation_moved,
    reason_in_words,
    titled_once,
    told_once,
)
from wording.headline import listed
from wording.sentences import rank_in_words, signed
from wording.symbols import JUDGEMENTS, symbol_of

_TRUST: Final = ("trust_1177_phone", "trust_overall")
"""What the first finding is about: trust in 1177, as long as that was asked, and in health care."""
MIXED: Final = "mixed"


@dataclass(frozen=True)
class Step:
    """A tested change between two measurements: how far, its verdict as in a list over several measures (one that holds
    at 95 % only is no mark), from what to what, and how far the nation moved; `said`: the whole in words. `change` and
    `ends` are "" where nothing could be tested."""

    change: str
    verdict: Verdict
    ends: str
    nation: str
    said: str


@dataclass(frozen=True)
class Row:
    """An audited region: from which day it is counted, and its steps in each of the measures; with a letter there may
    be two in one, where the measurement before the audit is itself hard to compare."""

    name: str
    address: str
    counted: str
    cells: tuple[tuple[Step, ...], ...]
    sentences: tuple[str, ...]


class Measure(NamedTuple):
    """A column: its title, the page that compares it, and its indicator."""

    title: str
    address: str
    id: str


@dataclass(frozen=True)
class Answer:
    """One of the audits' findings: whose it is, and what the data say today; `heads` and `rows`: the same region by
    region, where it is more than words; `ways` lead on."""

    title: str
    whose: str
    said: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class SinceAudit:
    """The page. `measures`: those in which some region's change could be tested; `notes`: what the marks mean, what
    makes a comparison hard, and the measures that have none; `periods`: the keys of the first and the last measurement
    that a change was tested between."""

    headline: str
    lead: tuple[str, ...]
    measures: tuple[Measure, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    answers: tuple[Answer, ...]
    periods: tuple[str, ...]


class _Asked(NamedTuple):
    """What is asked of a measure in a region: its changes, from its letter where it has one."""

    region: str
    letter: Letter | None
    changes: RegionChanges

    @property
    def steps(self) -> tuple[Change, ...]:
        """Those that could be tested; else the first, with its reason."""
        every = self.changes.of(SINCE_AUDIT if self.letter else SINCE_PANDEMIC)
        tested = tuple(one for one in every if one.verdict != "not_assessable")
        return tested or every[:1]

    @property
    def tested(self) -> bool:
        return any(one.verdict != "not_assessable" for one in self.steps)


def since_audit(reader: Reader, codes: Sequence[str]) -> SinceAudit:
    """The view of these audited regions."""
    every = {one.id: one for one in key_measures()}
    series = {name: series_of(reader, one, False) for name, one in every.items()}
    asked = {name: _asked(reader, found, codes) for name, found in series.items()}
    shown = [name for name, found in asked.items() if any(one.tested for one in found)]
    columns = [asked[name] for name in shown]
    rows = tuple(_row(reader, [column[at] for column in columns], code) for at, code in enumerate(codes))
    steps = [step for column in columns for one in column for step in one.steps]
    return SinceAudit(
        *_finding(columns[0], reader.language) if columns else (text("since_audit.headline.none", reader.language), ()),
        tuple(_measure(reader, every[name]) for name in shown),
        rows,
        (
            *_marks(steps, reader.language),
            *_unknown(columns, reader.language),
            *_cautions([[step for one in column for step in one.steps] for column in columns], reader.language),
            *_others(reader, [series[name] for name in every if name not in shown], codes),
        ),
        (_trust(reader, codes), _supply(reader, codes), _one_indicator(reader, codes)),
        _ends(steps),
    )


def _ends(steps: Sequence[Change]) -> tuple[str, ...]:
    keys = [key for step in steps if step.difference is not None for key in (step.first, step.last) if key]
    ordered = sorted(keys, key=lambda key: period_of(key).recency)
    return (ordered[0], ordered[-1]) if ordered else ()


def _asked(reader: Reader, series: TimeSeries, codes: Sequence[str]) -> list[_Asked]:
    letters = [letter_of(reader.store, code, reader.as_of) for code in codes]
    return [
        _Asked(code, letter, changes_of_series(series, code, letter))
        for code, letter in zip(codes, letters, strict=True)
    ]


def _measure(reader: Reader, indicator: Indicator) -> Measure:
    title = indicator.short_title.in_language(reader.language)
    return Measure(title, reader.link("indicator", indicator=indicator.id), indicator.id)


def _row(reader: Reader, cells: Sequence[_Asked], code: str) -> Row:
    letter = letter_of(reader.store, code, reader.as_of)
    counted = counted_from(letter, reader.language) if letter else text("since_audit.no_letter", reader.language)
    sentences = tuple(_in_sentences(one, reader.language) for one in cells)
    return Row(
        _short(code),
        reader.link("profile", region=code),
        counted,
        tuple(tuple(_step(one.changes, step, reader.language) for step in one.steps) for one in cells),
        sentences,
    )


def _in_sentences(asked: _Asked, language: str) -> str:
    """The steps of a measure, each with how the nation moved, in whole sentences."""
    every = [each for step in asked.steps for each in (step, *beside_step(asked.changes, step))]
    return " ".join(titled_once(told_once(every, language), asked.changes.indicator, language))


def _step(changes: RegionChanges, step: Change, language: str) -> Step:
    judgement, word = change_judgement(step), _word(step, language)
    if judgement == "not_assessable":
        return Step("", Verdict(judgement, symbol_of(judgement), word, False), "", "", change_text(step, language))
    assert step.difference is not None
    if step.moved and not step.marked(LISTED_AT):
        judgement, word = "similar", text("since_audit.only", language, word=word, level=level_words(95, language))
    beside = next(iter(beside_step(changes, step)), None)
    return Step(
        signed(step.difference, step.indicator, language),
        Verdict(judgement, symbol_of(judgement, hollow=step.assumed), word, step.assumed),
        ends_in_words(step, language),
        " ".join(nation_moved(beside, language)) if beside else "",
        change_text(step, language),
    )


def _finding(column: Sequence[_Asked], language: str) -> tuple[str, tuple[str, ...]]:
    """The headline of the regions with a letter, else of those counted from before the pandemic; then why a region has
    two answers, what is said of the regions without a letter, and why the table may say less."""
    with_letter = [one for one in column if one.letter]
    without = [one for one in column if not one.letter]
    leading = with_letter if any(one.tested for one in with_letter) else without
    since = text(f"since_audit.since.{'audit' if leading is with_letter else 'pandemic'}", language)
    title = column[0].changes.indicator.title.in_language(language)
    headline = text("since_audit.headline.some", language, title=title, since=since, said=_counted(leading, language))
    lead = [_two_answers(one, language) for one in column if _outcome(one) == MIXED]
    if without:
        names = listed(_names(without), language)
        said = _counted(without, language) if leading is with_letter else ""
        lead.append(text("since_audit.without_letter", language, names=names))
        lead += [text("since_audit.from_pandemic", language, said=said)] if said else []
    if any(step.moved and not step.marked(LISTED_AT) for one in column for step in one.steps):
        usual, level = (level_words(each, language) for each in (95, LISTED_AT))
        lead.append(text("since_audit.levels", language, usual=usual, level=level))
    return headline, tuple(lead)


def _outcome(asked: _Asked) -> str:
    """The one judgement of a region's steps; MIXED where they differ, "" where none could be tested."""
    found = {change_judgement(one) for one in asked.steps} if asked.tested else set()
    return MIXED if len(found) > 1 else next(iter(found), "")


def _counted(column: Sequence[_Asked], language: str) -> str:
    """`sämre i Norrbotten, olika svar i Västerbotten`."""
    named = {each: [one for one in column if _outcome(one) == each] for each in ("worse", "better", *JUDGEMENTS, MIXED)}
    return ", ".join(
        text(f"since_audit.outcome.{each}", language, names=listed(_names(regions), language))
        for each, regions in named.items()
        if regions
    )


def _names(column: Sequence[_Asked]) -> list[str]:
    return [_short(one.region) for one in column]


def _two_answers(asked: _Asked, language: str) -> str:
    """`För Västerbotten beror svaret på var man börjar: från 2020 sämre, från 2019 ingen säker skillnad.`"""
    said = [
        text("since_audit.from", language, period=period_label(one.first or "", language), word=_word(one, language))
        for one in asked.steps
    ]
    return text("since_audit.two_answers", language, region=_short(asked.region), said=", ".join(said))


def _word(step: Change, language: str) -> str:
    return text(f"judgements.short.{change_judgement(step)}", language)


def _marks(steps: Sequence[Change], language: str) -> list[str]:
    """In which unit the changes are, when one is marked, and what the dashed edge means."""
    tested = [step for step in steps if step.difference is not None]
    units = {step.indicator.unit for step in tested}
    said = [text("since_audit.unit", language)] if units == {"percent"} else []
    said += [text("since_audit.marked", language, level=level_words(LISTED_AT, language))] if tested else []
    return [*said, *([text("since_audit.assumed", language)] if any(step.assumed for step in tested) else [])]


def _unknown(columns: Sequence[Sequence[_Asked]], language: str) -> list[str]:
    """Why a change in a measure that is shown cannot be assessed, each reason once a measure."""
    said = [
        text("since_audit.unknown", language, title=step.indicator.short_title.in_language(language), reason=reason)
        for column in columns
        for one in column
        for step in one.steps
        if step.verdict == "not_assessable"
        for reason in [reason_in_words(step, language)]
    ]
    return list(dict.fromkeys(said))


def _cautions(columns: Sequence[Sequence[Change]], language: str) -> list[str]:
    """What makes a comparison hard, each once, with the measures it is true of where that is not all of them."""
    of: dict[str, list[str]] = {}
    for steps in columns:
        title = steps[0].indicator.short_title.in_language(language)
        for each in dict.fromkeys(each for step in steps for each in cautions(step, language)):
            of.setdefault(each, []).append(title)
    return [
        said
        if len(titles) == len(columns)
        else text("followup.applies", language, sentence=said, titles="; ".join(titles))
        for said, titles in of.items()
    ]


def _others(reader: Reader, others: Sequence[TimeSeries], codes: Sequence[str]) -> list[str]:
    """The measures with a figure but nothing to compare it with, and those without any."""
    language = reader.language
    alone, without = [], []
    for one in others:
        rows = one.every.filter(pl.col("code").is_in(list(codes)), pl.col("value").is_not_null())
        title = one.indicator.short_title.in_language(language)
        if latest := latest_judged(rows):
            alone.append(f"{title} ({period_label(latest.key, language)})")
        else:
            without.append(title)
    said = [text("since_audit.alone", language, titles=", ".join(alone))] if alone else []
    return [*said, *([text("overview.without", language, titles=", ".join(without))] if without else [])]


def _trust(reader: Reader, codes: Sequence[str]) -> Answer:
    """Where the regions stand among all in trust, in its latest measurements that can be judged."""
    known = (latest_of(reader, catalogue().indicators[name], synthetic=False) for name in _TRUST)
    found = [one for one in known if one and one.rows["code"].is_in(list(codes)).any()]
    heads = tuple(_measured(one, reader.language) for one in found)
    rows = tuple((_short(code), *(_place(one, code, reader.language) for one in found)) for code in codes)
    said = text(f"since_audit.trust.{'places' if found else 'none'}", reader.language)
    region = text("since_audit.region", reader.language)
    return _answer(reader, "trust", (said,), ("trust",), (region, *heads) if found else (), rows if found else ())


def _measured(comparison: Comparison, language: str) -> str:
    assert comparison.period is not None
    return f"{comparison.indicator.short_title.in_language(language)} {period_label(comparison.period.key, language)}"


def _place(comparison: Comparison, code: str, language: str) -> str:
    """`48,8 % · 20 (19–21)`; "–" for none."""
    own = comparison.rows.filter(pl.col("code") == code, pl.col("value").is_not_null())
    if own.is_empty():
        return "–"
    row, indicator = own.row(0, named=True), comparison.indicator
    value = format_value(row["value"], indicator.unit, indicator.decimals, language)
    return f"{value} · {rank_in_words(row, language, short=True, of=True)}"


def _supply(reader: Reader, codes: Sequence[str]) -> Answer:
    """Of which regions the care units' e-services are loaded, one by one."""
    language = reader.language
    period = next(iter(supply_periods(reader.store, reader.as_of, include_synthetic=False)), None)
    held = supply_regions(reader.store, period, reader.as_of, include_synthetic=False) if period else ()
    lacking = [_short(code) for code in codes if code not in held]
    said = []
    if period and len(lacking) < len(codes):
        names = listed([_short(code) for code in codes if code in held], language)
        said.append(text("since_audit.supply.held", language, names=names, period=period_label(period.key, language)))
    if lacking:
        said.append(text("since_audit.supply.lacking", language, names=listed(lacking, language)))
    return _answer(reader, "supply", said, ("supply",))


def _one_indicator(reader: Reader, codes: Sequence[str]) -> Answer:
    """How many measures there are figures of, how many have a target, and how the recommendations stand."""
    language, followed = reader.language, followed_indicators()
    targets = target_shares(reader.store, codes, as_of=reader.as_of, day=reader.as_of)["targets"]
    known = [
        figures_of(reader.store, one, reader.as_of, sex="T", include_synthetic=False).filter(
            pl.col("value").is_not_null()
        )
        for one in followed
    ]
    held = [sum(code in one["code"] for one in known) for code in codes]
    columns = [("figures", held), *([("targets", targets.to_list())] if targets.sum() else [])]
    rows = tuple((_short(code), *(str(counts[at]) for _, counts in columns)) for at, code in enumerate(codes))
    today = reader.as_of or today_in_sweden()
    audits = followed_audits(reader.store, today, as_of=reader.as_of, include_synthetic=False)
    said = [text("since_audit.one.measures", language, count=len(followed))]
    said += [text("since_audit.one.no_target", language)] if not targets.sum() else []
    if own := [one for one in audits if one.region in codes]:
        said.append(f"{finding(own, (), today, language).headline}.")
    said.append(text("since_audit.one.unknown", language))
    heads = (text("since_audit.region", language), *(text(f"since_audit.one.{name}", language) for name, _ in columns))
    return _answer(reader, "one", said, ("targets", "followup"), heads, rows)


def _short(code: str) -> str:
    return catalogue().regions[code].short_name


def _answer(
    reader: Reader,
    name: str,
    said: Sequence[str],
    pages: Sequence[str],
    heads: tuple[str, ...] = (),
    rows: tuple[tuple[str, ...], ...] = (),
) -> Answer:
    language = reader.language
    title, whose = (text(f"since_audit.{name}.{part}", language) for part in ("title", "whose"))
    ways = tuple((text(f"pages.{page}.title", language), reader.link(page)) for page in pages)
    return Answer(title, whose, tuple(said), ways, heads, rows)
