"""Regions as rows that a person reads: the same on a page and on its workbook's sheet *Läs*, word for word."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import polars as pl

from analysis import Comparison, TimeSeries
from analysis.change.questions import RegionChanges
from analysis.change.waves import SINCE_LAST, SINCE_PANDEMIC
from analysis.followup.letters import changes_shown
from indicators import NATION, catalogue, period_label
from locales import text
from locales.numbers import format_value
from views.parts import Cell, Line, Reader, cell_of, line_of
from wording.change import reason_in_words
from wording.figures import remark_in_words
from wording.judgement import benchmark_name, ranked_of
from wording.sentences import benchmarks_of, difference_in_short, name_of, rank_in_words, reason_of, signed

Span = tuple[str, str]
_STEPS: Final = {"since_last": SINCE_LAST, "since_pandemic": SINCE_PANDEMIC}
"""A column of change, and its question."""


@dataclass(frozen=True)
class Figures:
    """A region in figures: its cell, value with unit, difference with interval, place with interval, change since the
    last time and since before the pandemic, and its line beside the nation's. `measure`: what is measured and when.
    `remark`: why something is "–", and what has been stated of the figure; `flags`: its letters (methods §7)."""

    measure: str
    code: str
    name: str
    address: str
    cell: Cell
    shown: str
    difference: str
    place: str
    since_last: str
    since_pandemic: str
    remark: str
    flags: str
    over_time: Line

    @property
    def verdict(self) -> str:
        """`▼ sämre`; "–" for riket, which is not judged."""
        return "–" if self.code == NATION else f"{self.cell.verdict.symbol} {self.cell.verdict.word}"


@dataclass(frozen=True)
class Reading:
    """Rows, and the columns that have anything to tell in their order: a name in Figures, and its head."""

    columns: tuple[tuple[str, str], ...] = ()
    rows: tuple[Figures, ...] = ()


def in_figures(
    reader: Reader, comparison: Comparison, series: TimeSeries | None, codes: Sequence[str], chosen: Sequence[str] = ()
) -> Reading:
    """The rows of these codes, each change headed by when most of the `chosen` are counted from and to (of all where
    none of them can be told). Without a `series` nothing is told of change."""
    language, changes = reader.language, _changes(reader, series, codes)
    own = [changes[code] for code in chosen if code in changes]
    spans = {
        name: _span_of_most(own, question, language) or _span_of_most(changes.values(), question, language)
        for name, question in _STEPS.items()
    }
    heads = {
        "name": text("area.region", language),
        "shown": period_label(comparison.period.key, language) if comparison.period else "",
        "verdict": text("area.verdict", language, benchmark=benchmark_name(comparison, language)),
        "difference": text("area.difference_head", language),
        "place": _place(comparison, language),
        **{name: _since(span, comparison, language) for name, span in spans.items()},
    }
    rows = tuple(_row(reader, comparison, series, code, changes.get(code), spans, heads) for code in codes)
    return Reading(_filled(heads), rows)


def of_several(reader: Reader, comparisons: Sequence[Comparison], over_time: Sequence[TimeSeries]) -> Reading:
    """The rows of several measures under one another, each change with its own periods."""
    language = reader.language
    heads = {
        "measure": text("profile.table.measure", language),
        "name": text("area.region", language),
        "shown": text("profile.columns.value", language),
        "verdict": text("area.verdict", language, benchmark=benchmarks_of(comparisons, language, short=True)),
        "difference": text("area.difference_head", language),
        "place": text("area.place_alone", language),
        "since_last": text("profile.table.since_last", language),
        "since_pandemic": text("profile.table.since_pandemic", language),
    }
    rows = [
        _row(reader, comparison, series, code, changes.get(code), {}, heads)
        for comparison, series in zip(comparisons, over_time, strict=True)
        for codes in [comparison.rows["code"].to_list()]
        for changes in [_changes(reader, series, codes)]
        for code in codes
    ]
    return Reading(_filled(heads), tuple(rows))


def _filled(heads: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, head) for name, head in heads.items() if head)


def _changes(reader: Reader, series: TimeSeries | None, codes: Sequence[str]) -> dict[str, RegionChanges]:
    """Of all that are asked for, also those that the series was not asked to draw."""
    if series is None:
        return {}
    return {one.region: one for one in changes_shown(reader.store, replace(series, rows=series.every), codes)}


def _place(comparison: Comparison, language: str) -> str:
    """`Plats av 21`."""
    if comparison.rows["rank"].null_count() == comparison.rows.height:
        return text("area.place_alone", language)
    return text("area.place", language, of=ranked_of(comparison.rows))


def _row(
    reader: Reader,
    comparison: Comparison,
    series: TimeSeries | None,
    code: str,
    changes: RegionChanges | None,
    spans: Mapping[str, Span | None],
    heads: Mapping[str, str],
) -> Figures:
    language = reader.language
    found = comparison.rows.filter(pl.col("code") == code)
    own = found.row(0, named=True) if found.height else None
    name = name_of(own, language, short=True) if own else catalogue().regions[code].short_name
    return Figures(
        _measure(comparison, language),
        code,
        name,
        "" if code == NATION else reader.link("profile", region=code),
        cell_of(comparison, code, reader),
        _shown(own, comparison, language),
        difference_in_short(own, comparison.indicator, language) if own else "–",
        rank_in_words(own, language, short=True) if own and code != NATION else "–",
        _told(changes, SINCE_LAST, spans.get("since_last"), language),
        _told(changes, SINCE_PANDEMIC, spans.get("since_pandemic"), language),
        "; ".join(_remarks(own, comparison, changes, heads, language)),
        own["flags"] if own else "",
        line_of(series, code, text("overview.line", language, name=name)) if series else Line(),
    )


def _measure(comparison: Comparison, language: str) -> str:
    """`Förtroende: sjukhus 2025`."""
    period = f" {period_label(comparison.period.key, language)}" if comparison.period else ""
    return comparison.indicator.short_title.in_language(language) + period


def _shown(own: dict[str, Any] | None, comparison: Comparison, language: str) -> str:
    """The value with its unit; `x` marks a made-up one."""
    if own is None or own["value"] is None:
        return "–"
    said = format_value(own["value"], comparison.indicator.unit, comparison.indicator.decimals, language)
    return f"{said}\N{NO-BREAK SPACE}x" if "x" in own["flags"] else said


def _remarks(
    own: dict[str, Any] | None,
    comparison: Comparison,
    changes: RegionChanges | None,
    heads: Mapping[str, str],
    language: str,
) -> Iterator[str]:
    """Why there is no value or no judgement, what has been stated of the figure, and why a change is not told."""
    if own is None:
        yield text("area.not_loaded", language)
    elif own["code"] == NATION:
        yield text("area.nation", language)
    elif why := reason_of(own, comparison.indicator, language):
        yield why
    if own and own["remark"]:
        yield remark_in_words(own["remark"], own[f"remark_{language}"], language)
    for step, question in _STEPS.items():
        found = changes.of(question) if changes else ()
        if heads[step] and found and all(one.difference is None for one in found):
            head = heads[step][0].lower() + heads[step][1:]
            yield text("area.untold", language, head=head, reason=reason_in_words(found[0], language))


class Moved(NamedTuple):
    """A change in short: `+1,6 ej säker`, "–" where it cannot be told; and the periods it counts from and to, "" for
    none."""

    words: str
    first: str
    last: str = ""


def moved(changes: RegionChanges | None, question: str, language: str) -> Moved:
    """The answer to one question of a region's changes (change.questions)."""
    found = next((one for one in changes.of(question) if one.difference is not None), None) if changes else None
    if found is None or found.difference is None or found.first is None:
        return Moved("–", "")
    word = text(f"area.moved.{found.verdict}", language)
    value = signed(found.difference, found.indicator, language)
    ends = [period_label(key, language) if key else "" for key in (found.first, found.last)]
    return Moved(text("area.change", language, value=value, word=word), *ends)


def _span_of_most(changes: Iterable[RegionChanges], question: str, language: str) -> Span | None:
    """From when to when most of the changes are counted; None where none can be told."""
    found = [(one.first, one.last) for each in changes if (one := moved(each, question, language)).first]
    return max(found, key=found.count) if found else None


def _since(span: Span | None, comparison: Comparison, language: str) -> str:
    """A column's head: `Sedan 2023`, or `2023 till 2025` where that does not end with the shown period; "" for none."""
    if span is None:
        return ""
    shown = period_label(comparison.period.key, language) if comparison.period else ""
    key = "since" if span[1] == shown else "between"
    return text(f"area.{key}", language, first=span[0], last=span[1])


def _told(changes: RegionChanges | None, question: str, span: Span | None, language: str) -> str:
    """A region's change under the column's head, with its own periods where they are others."""
    found = moved(changes, question, language)
    if not found.first or (found.first, found.last) == span:
        return found.words
    own = text("area.between", language, first=found.first, last=found.last)
    return text("area.change_between", language, said=found.words, between=own)
