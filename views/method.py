"""Så bedöms skillnader: how every judgement is made, in plain words, with the program's own numbers put in."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, NamedTuple

from analysis.against import FEWEST_UNITS
from analysis.age import OLDER_THAN
from analysis.bases import ONE_SEX
from analysis.change.questions import LISTED_AT
from analysis.groups import audited_regions
from analysis.methods.differences import PROBED
from analysis.methods.flags import FLAGS
from analysis.methods.intervals import LEVELS
from analysis.methods.ranks import FEWEST_RANKED
from analysis.methods.reliability import RELIABLE
from analysis.methods.score import Z90
from analysis.methods.trends import NEEDED as WAVES_NEEDED
from analysis.methods.xmr import LIMIT, RULES
from analysis.methods.xmr import NEEDED as MONTHS_NEEDED
from analysis.origin.figures import FigureAsked
from analysis.told import EQUIVALENT, level_words, shown_judgement, verdict_word
from indicators import Indicator, SurveyWave, catalogue, period_label
from locales import has_text, text
from locales.numbers import format_number
from models.settings import settings
from views.figure import figure
from views.overview import latest_of
from views.parts import Reader, Verdict
from views.working import Step
from wording.judgement import benchmark_name
from wording.reach import margin_in_words
from wording.symbols import JUDGEMENTS, symbol_of

_EXAMPLE: Final = "trust_overall"
_PARAGRAPHS: Final = ("first", "second", "third")
_SECTIONS: Final = (
    "interval", "evidence", "difference", "equivalence", "assumed", "rounding", "ranks", "reliability", "change",
    "steady", "breaks", "older", "small", "synthetic", "months", "funnel", "names",
)  # fmt: skip
_SHOWN: Final = ("printed", "other", "difference", "bounds", "verdict")
"""Of the arithmetic of the example (views.working), the steps that tell it in short."""


class Mark(NamedTuple):
    """A verdict as it is shown everywhere, and what it means."""

    verdict: Verdict
    means: str


@dataclass(frozen=True)
class Example:
    """A judgement of today: the figure, its verdict, the steps in short; `address`: the whole arithmetic."""

    lead: str
    verdict: Verdict
    said: str
    steps: tuple[Step, ...]
    address: str


@dataclass(frozen=True)
class Section:
    """A question of method: its words, and what is known more of it."""

    title: str
    said: tuple[str, ...]
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Method:
    """The page. `example`: none where no figure of the audited regions can be judged."""

    marks: tuple[Mark, ...]
    example: Example | None
    sections: tuple[Section, ...]
    flags: Mapping[str, str]


def method(reader: Reader) -> Method:
    """The page, with an example of the store's own figures."""
    return Method(
        tuple(_marks(reader.language)),
        _example(reader),
        sections(reader.language),
        {letter: text(f"flags.{letter}", reader.language) for letter in FLAGS},
    )


def sections(language: str, without: Container[str] = ()) -> tuple[Section, ...]:
    """The questions of method with their answers: the same on the page and in a paper, which may be `without` some."""
    numbers, told = _numbers(language), [name for name in _SECTIONS if name not in without]
    named = " ".join(text(key, language) for name in told if has_text(key := f"method.{name}.named", language))
    return tuple(_section(name, {**numbers, "named": named}, language) for name in told)


def assumption() -> SurveyWave:
    """What is assumed of the barometer's latest wave that the catalogue knows."""
    known = [one for one in catalogue().waves if one.survey == "barometer" and one.assumed_base]
    return max(known, key=lambda one: one.period)


def _numbers(language: str) -> dict[str, str]:
    """Every number that a text may name, as printed."""
    level, strict = LEVELS
    wave, chosen = assumption(), settings()
    assert wave.assumed_base is not None
    indicator = catalogue().indicators[_EXAMPLE]
    assert indicator.margin is not None

    def number(value: float, decimals: int = 0) -> str:
        return format_number(value, decimals, language)

    return {
        "level": level_words(level, language),
        "strict": level_words(max(strict, LISTED_AT), language),
        "hundred": number(level),
        "chance": number(100 - level),
        "chance_strict": number(100 - strict, 1),
        "tested": level_words(round(200 * NormalDist().cdf(Z90) - 100, 6), language),
        "margin": number(indicator.margin.points, 1),
        "base": number(wave.assumed_base),
        "half": number(wave.assumed_base * ONE_SEX),
        "deff": number(wave.design_effect, 1),
        "least": number(PROBED[0]),
        "most": number(PROBED[1]),
        "ranked": number(FEWEST_RANKED),
        "reliable": number(RELIABLE, 1),
        "waves": number(WAVES_NEEDED),
        "years": number(OLDER_THAN),
        "hide": number(chosen.hide_below),
        "mark": number(chosen.uncertain_below),
        "units": number(FEWEST_UNITS),
        "months": number(MONTHS_NEEDED),
        "limit": number(LIMIT, 2),
        "rules": "; ".join(text(f"judgements.rule.{rule}", language) for rule in RULES),
    }


def _marks(language: str) -> Iterator[Mark]:
    """Every verdict there is, then what an assumed base looks like."""
    for judgement in (*JUDGEMENTS[:2], EQUIVALENT, *JUDGEMENTS[2:]):
        looks = "similar" if judgement == EQUIVALENT else judgement
        verdict = Verdict(looks, symbol_of(looks), verdict_word(judgement, language), False)
        yield Mark(verdict, text(f"method.marks.{judgement}", language))
    worse = Verdict("worse", symbol_of("worse", hollow=True), verdict_word("worse", language), True)
    yield Mark(worse, text("method.marks.assumed", language))


def _section(name: str, numbers: Mapping[str, str], language: str) -> Section:
    keys = (f"method.{name}.{place}" for place in _PARAGRAPHS)
    said = tuple(text(key, language, **numbers) for key in keys if has_text(key, language))
    return Section(text(f"method.{name}.title", language), said, _more(name, language))


def _more(name: str, language: str) -> tuple[str, ...]:
    """What the catalogue knows of it."""
    if name == "equivalence":
        return (margin_in_words(catalogue().indicators[_EXAMPLE], language),)
    if name == "assumed":
        return (assumption().reason.in_language(language),)
    return _breaks(language) if name == "breaks" else ()


def _breaks(language: str) -> tuple[str, ...]:
    """Every break and every measurement that is hard to compare, of the catalogue, earliest first."""
    known = [(one.period, "break", one.reason.in_language(language)) for one in catalogue().breaks]
    known += [
        (one.period, "noted", one.comparability.in_language(language)) for one in catalogue().waves if one.comparability
    ]
    return tuple(
        text(f"method.{kind}", language, period=period_label(period, language), reason=reason)
        for period, kind, reason in dict.fromkeys(sorted(known))
    )


def _example(reader: Reader) -> Example | None:
    """The first audited region that can be judged in trust in health care."""
    indicator: Indicator = catalogue().indicators[_EXAMPLE]
    comparison = latest_of(reader, indicator, synthetic=False)
    if comparison is None or comparison.period is None:
        return None
    rows = {row["code"]: row for row in comparison.rows.to_dicts()}
    judged = (
        rows[code]
        for code in audited_regions(reader.store, reader.as_of)
        if code in rows and shown_judgement(rows[code]) != "not_assessable"
    )
    row = next(judged, None)
    if row is None:
        return None
    found = figure(reader, FigureAsked(indicator, row["code"], comparison.period, "T"), "riket", LEVELS[0])
    assert found is not None
    assert found.verdict is not None
    named = {"title": indicator.title.in_language(reader.language), "region": catalogue().regions[row["code"]].name}
    lead = text("method.example_lead", reader.language, benchmark=benchmark_name(comparison, reader.language), **named)
    steps = tuple(step for step in found.steps if step.name in _SHOWN)
    return Example(lead, found.verdict, found.said, steps, reader.figure(row))
