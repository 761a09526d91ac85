"""Så räknades det: one figure's judgement as an auditor can do it on paper, each step with its numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.origin.figures import FigureAsked
from analysis.told import level_words
from analysis.working import Part, Working, working_of
from indicators import catalogue, period_label
from locales import text
from views.parts import Reader, Verdict, verdict_in
from views.working import Step, Steps
from wording.figures import shown_value
from wording.judgement import benchmark_name, capital, judgement_in_words, phrase_of
from wording.reach import equivalence_in_words
from wording.sentences import name_of


@dataclass(frozen=True)
class Weighed:
    """A region of the whole as a row: its own figure's address, and its cells as printed, in the columns' order."""

    code: str
    name: str
    address: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """The card. `lead`, `verdict` and `against`: none for Riket; `why`: why there is no judgement, "" where there is;
    `columns`: the heads of `weighed`, whose last row is the sum."""

    headline: str
    lead: str
    verdict: Verdict | None
    said: str
    against: str
    why: str
    steps: tuple[Step, ...]
    weighed: tuple[Weighed, ...]
    weighed_title: str
    columns: tuple[str, ...]
    notes: tuple[str, ...]


def figure(reader: Reader, asked: FigureAsked, benchmark: str, level: float) -> Figure | None:
    """The view of a figure judged against `benchmark` at `level` per cent; None where there is no figure. UnknownChoice
    for a benchmark that does not exist."""
    working = working_of(reader.store, asked, benchmark, level, reader.as_of)
    if working is None:
        return None
    return _view(reader, working)


def _view(reader: Reader, working: Working) -> Figure:
    steps, row, comparison, language = Steps(working, reader.language), working.row, working.comparison, reader.language
    benchmark, group = benchmark_name(comparison, language), comparison.benchmark.startswith("group")
    why = _why(steps)
    region = name_of(row, language)
    period = period_label(row["period"], language)
    headline = steps.say(
        "headline",
        title=comparison.indicator.title.in_language(language),
        region=region,
        period=period if row["sex"] == "T" else f"{period}, {text('sexes.' + row['sex'], language)}",
        value=shown_value(dict(row), comparison.indicator, language),
    )
    level = level_words(comparison.level, language)
    return Figure(
        headline,
        "" if steps.nation else steps.say("lead", region=region, said=phrase_of(row, benchmark, language)),
        None if steps.nation else verdict_in(row, language),
        capital(judgement_in_words(row, comparison, language)),
        "" if steps.nation else steps.say("against", benchmark=benchmark, level=level),
        why,
        tuple(steps.every()),
        _weighed(reader, steps),
        steps.say("parts.heading_group" if group else "parts.heading"),
        tuple(steps.say(f"parts.{name}") for name in _columns(steps)),
        tuple(filter(None, _notes(steps))),
    )


def _why(steps: Steps) -> str:
    """Why there is no judgement; "" where there is one."""
    row = steps.row
    if steps.nation:
        return steps.say("nation" if steps.working.parts else "nation_alone")
    if steps.judged:
        return ""
    if row["value"] is None:
        return steps.say("hidden", reason=text(f"reasons.{row['reason']}", steps.language))
    reason = row["unassessed"] or "no_interval"
    return steps.say("unassessed", reason=text(f"judgements.reason.{reason}", steps.language))


def _notes(steps: Steps) -> Iterator[str]:
    row, indicator = steps.row, steps.indicator
    if row["value"] is None:
        return
    yield steps.say("unrounded")
    if steps.judged:
        yield equivalence_in_words(row, indicator, steps.language)
    if row["route"] == "point_value" and steps.judged:
        yield steps.say("fixed")
    if row["evidence"] != "none":
        yield steps.say("no_sampling" if indicator.data == "complete_count" else "only_sampling")


def _columns(steps: Steps) -> tuple[str, ...]:
    people = "people" if steps.weighted else "weight"
    return ("region", "value", "n", "n_eff", "interval", "variance", people, "share", "adds")


def _weighed(reader: Reader, steps: Steps) -> tuple[Weighed, ...]:
    """Each region of the whole, and their sum."""
    parts = steps.working.parts
    if not parts:
        return ()
    sums = (sum(part.people for part in parts), sum(part.share for part in parts), sum(part.adds for part in parts))
    last = ("",) * 5 + tuple(steps.number(one) for one in sums)
    return (*(_part(reader, steps, part) for part in parts), Weighed("", steps.say("parts.sum"), "", last))


def _part(reader: Reader, steps: Steps, part: Part) -> Weighed:
    row = part.row
    counted = row["evidence"] in ("computed", "assumed")
    cells = (
        steps.number(row["estimate"]),
        steps.number(row["n_eff"] * row["design_effect"]) if counted else "–",
        steps.number(row["n_eff"]) if counted else "–",
        f"{steps.number(row['ci_low'])}–{steps.number(row['ci_high'])}",
        *(steps.number(one) for one in (row["variance"], part.people, part.share, part.adds)),
    )
    return Weighed(row["code"], catalogue().regions[row["code"]].short_name, reader.figure(row), cells)
