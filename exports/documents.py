"""What machines are answered: a comparison, a definition, an event of the change log, as JSON. The terminal and the API
say the same."""

from typing import Any, Final

import polars as pl

from analysis import (
    FIGURE_COLUMNS,
    JUDGEMENT_COLUMNS,
    REACH_COLUMNS,
    Comparison,
    event_counts,
    marked_count,
    record_event_counts,
    told_changes,
    told_records,
)
from indicators import PUBLISHERS, Indicator
from locales.json_text import records
from models import Store
from wording.reach import lowest_three_missing
from wording.sentences import name_of, reason_of

_ELSEWHERE: Final = ("indicator", "share")  # once at the top; value / 100
ROW: Final = (
    *(name for name in (*FIGURE_COLUMNS, *JUDGEMENT_COLUMNS, *REACH_COLUMNS) if name not in _ELSEWHERE),
    "missing",
)
"""What a row of a comparison holds. `reason` says in words why there is no value, or why the value is not assessable
(null else); `missing` and `unassessed` are its codes."""
EVENT: Final = (
    "event", "at", "action", "kind", "by", "note", "upload", "file", "layout", "synthetic", "new", "changed", "gone",
    "same", "revised",
)  # fmt: skip


def compared(comparison: Comparison, language: str) -> dict[str, Any]:
    """A comparison, as `compare --json` prints it and the API answers. Values and intervals in the indicator's unit,
    as published; `flags` is a string of letters, "" for none; Riket is the row with code `00`. `level`: at which
    differences are marked. `assumption` is what an interval with evidence `assumed` rests on. `marked_by_chance`: how
    many of the `assessed` rows chance alone would mark, fewest and most. `reliability` (0–1): under 0.8 the places
    mostly show chance. `lowest_three_missing`: why no row has one."""
    marks = marked_count([comparison])
    return {
        "indicator": comparison.indicator.id,
        "title": comparison.indicator.title.in_language(language),
        "unit": comparison.indicator.unit,
        "period": comparison.period.key if comparison.period else None,
        "benchmark": comparison.benchmark,
        "as_of": comparison.as_of,
        "sex": comparison.sex,
        "synthetic": comparison.synthetic,
        "data_version": comparison.data_version,
        "level": comparison.level,
        "assumption": assumption_of(comparison, language),
        "comparability": comparability_of(comparison, language),
        "assessed": marks.assessed,
        "marked_by_chance": list(marks.chance if comparison.level == 95 else marks.chance998),
        "reliability": comparison.reliability,
        "lowest_three_missing": lowest_three_missing(comparison, language),
        "rows": [_compared_row(row, comparison.indicator, language) for row in records(comparison.rows)],
    }


def _compared_row(row: dict[str, Any], indicator: Indicator, language: str) -> dict[str, Any]:
    reason = reason_of(row, indicator, language) or None
    said = {**row, "region": name_of(row, language), "missing": row["reason"], "reason": reason}
    return {name: said[name] for name in ROW}


def assumption_of(comparison: Comparison, language: str) -> dict[str, Any] | None:
    """What intervals with assumed evidence rest on; None where there are none."""
    wave = comparison.wave
    if wave is None or not (comparison.rows["evidence"] == "assumed").any():
        return None
    return {
        "base_per_region": wave.assumed_base,
        "national_answers": wave.national_answers,
        "design_effect": wave.design_effect,
        "reason": wave.reason.in_language(language),
        "source": wave.source,
    }


def comparability_of(comparison: Comparison, language: str) -> str | None:
    """What to beware of when the wave is compared with others; None for nothing."""
    noted = comparison.wave.comparability if comparison.wave else None
    return noted.in_language(language) if noted else None


def defined(one: Indicator) -> dict[str, Any]:
    """An indicator's definition; names ending in `_en` are English, the others Swedish."""
    return {
        "id": one.id,
        "title": one.title.sv,
        "title_en": one.title.en,
        "short_title": one.short_title.sv,
        "short_title_en": one.short_title.en,
        "area": one.area,
        "unit": one.unit,
        "direction": one.direction,
        "decimals": one.decimals,
        "data": one.data,
        "question": one.question_sv,
        "numerator": one.numerator_sv,
        "denominator": one.denominator_sv,
        "source": one.source,
        "survey": one.survey,
        "publisher_ids": {publisher: list(getattr(one.publisher_ids, publisher)) for publisher in PUBLISHERS},
        "guids": list(one.guids),
        "caveats": [caveat.sv for caveat in one.caveats],
        "caveats_en": [caveat.en for caveat in one.caveats],
        "predecessor": one.predecessor.id if one.predecessor else None,
        "headline": one.headline,
        "owner": one.owner,
        "reviewed": one.reviewed,
        "next_review": one.next_review,
    }


def event_told(store: Store, event: dict[str, Any], indicator: str | None) -> dict[str, Any]:
    """One event, as `changes --json` prints it and the API answers: the same figures as on the page, after the same
    suppression (a hidden one is null with reason `suppressed`). `by` is the actor's key in the audit log. An event
    that touched records has them too, counted per kind and field by field."""
    counts = event_counts(store, event["event"])
    own = counts if indicator is None else counts.filter(pl.col("indicator") == indicator)
    figures = told_changes(store, event["event"], indicator=indicator)
    told = {name: event[name] for name in EVENT} | {"indicators": records(own), "figures": records(figures)}
    if not event["records"]:
        return told
    held = record_event_counts(store, event["event"], indicator=indicator)
    return told | {
        "records": records(held),
        "changed_records": records(told_records(store, event["event"], indicator=indicator)),
    }
