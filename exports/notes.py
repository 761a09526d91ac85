"""What a reader must know to read the figures right: blanks, intervals, flags, breaks, survey waves, caveats."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import polars as pl

from analysis.methods.flags import FLAGS
from exports.definitions import predecessor_text
from exports.safety import Losses
from exports.sheets import Sheet
from exports.tables import header_of
from indicators import Indicator, SeriesBreak, SurveyWave, catalogue, period_label
from locales import text
from locales.numbers import format_number

Note = tuple[str, str, str]
"""(kind, what it is about, the text)"""

_REACH: Final = ("holds_from", "flips_at", "detectable", "equivalence", "lowest_three")
EVIDENCE: Final = ("published", "computed", "assumed", "none")


def notes_sheet(
    indicators: Sequence[Indicator], rows: pl.DataFrame, losses: Losses, *, synthetic: bool, language: str
) -> Sheet:
    """All notes for the shown indicators. Written last, when it is known what the workbook could not hold."""
    notes = [
        *_synthetic(synthetic, language),
        *_general(language),
        *(note for one in indicators for note in _about_indicator(one, language)),
        *_remarks(rows, language),
        *_waves(indicators, set(rows["period"]), language),
        *_lost(losses, language),
    ]
    headers = [text(f"exports.notes.{name}", language) for name in ("kind", "about", "text")]
    frame = pl.DataFrame(notes, schema=dict.fromkeys(headers, pl.String), orient="row")
    return Sheet(text("exports.sheets.notes", language), frame, wrapped=True)


def _synthetic(synthetic: bool, language: str) -> Iterator[Note]:
    if synthetic:
        yield text("exports.notes.synthetic", language), "x", text("exports.cover.synthetic", language)


def _general(language: str) -> Iterator[Note]:
    def said(key: str) -> str:
        return text(f"exports.notes.{key}", language)

    yield said("blank"), said("blank_value"), said("blank_value_text")
    yield said("blank"), said("blank_other"), said("blank_other_text")
    yield said("interval"), said("interval_about"), text("exports.cover.interval_text", language)
    for evidence in EVIDENCE:
        yield said("evidence"), text(f"evidence.{evidence}", language), said(f"evidence_{evidence}")
    for name in _REACH:
        yield said("reach"), header_of(name, None, language), text(f"reach.notes.{name}", language)
    for letter in FLAGS:
        yield said("flag"), letter, text(f"flags.{letter}", language)


def _about_indicator(indicator: Indicator, language: str) -> Iterator[Note]:
    title = indicator.title.in_language(language)
    for caveat in indicator.caveats:
        yield text("exports.notes.caveat", language), title, caveat.in_language(language)
    if indicator.design_effect_reason:
        reason = indicator.design_effect_reason.in_language(language)
        yield (
            text("exports.notes.design_effect", language),
            title,
            f"{_number(indicator.design_effect, language)}. {reason}",
        )
    if indicator.predecessor:
        yield text("exports.notes.predecessor", language), title, predecessor_text(indicator, language)
    for known in catalogue().breaks_of(indicator):
        yield (
            text("exports.notes.break", language),
            _break_about(title, known, language),
            known.reason.in_language(language),
        )


def _break_about(title: str, known: SeriesBreak, language: str) -> str:
    about = f"{title}: {period_label(known.period, language)}"
    return f"{about}, {catalogue().regions[known.region].name}" if known.region else about


def _remarks(rows: pl.DataFrame, language: str) -> Iterator[Note]:
    """The remarks on the shown periods, each once."""
    words = f"remark_{language}"
    told = rows.filter(pl.col("remark") != "").unique(["indicator", "period"], maintain_order=True)
    for row in told.sort("indicator", "period").iter_rows(named=True):
        title = catalogue().indicators[row["indicator"]].title.in_language(language)
        about = f"{title}: {period_label(row['period'], language)}"
        effect = text(f"statements.effect.{row['remark']}", language)
        yield text("exports.notes.remark", language), about, f"{effect}: {row[words]}"


def _waves(indicators: Iterable[Indicator], periods: set[str], language: str) -> Iterator[Note]:
    """The waves behind the shown periods, each once however many indicators it carries."""
    surveys = {one.survey for one in indicators if one.survey}
    for wave in catalogue().waves:
        if wave.survey not in surveys or wave.period not in periods:
            continue
        about = f"{text(f'exports.survey.{wave.survey}', language)}: {period_label(wave.period, language)}"
        yield text("exports.notes.wave", language), about, _wave_text(wave, language)
        if wave.comparability:
            yield text("exports.notes.comparability", language), about, wave.comparability.in_language(language)


def _wave_text(wave: SurveyWave, language: str) -> str:
    unknown = text("exports.notes.wave_unknown", language)
    described = text(
        "exports.notes.wave_text",
        language,
        fieldwork=wave.fieldwork.in_language(language),
        answers=unknown if wave.national_answers is None else format_number(wave.national_answers, 0, language),
        deff=_number(wave.design_effect, language),
        reason=wave.reason.in_language(language),
        source=wave.source,
    )
    if wave.assumed_base is None:
        return described
    base = format_number(wave.assumed_base, 0, language)
    return f"{text('exports.notes.wave_assumed', language, base=base)} {described}"


def _number(value: float, language: str) -> str:
    return format_number(value, 1, language)


def _lost(losses: Losses, language: str) -> Iterator[Note]:
    for key, count in (("stripped", losses.stripped), ("shortened", losses.shortened)):
        if count:
            said = text(f"exports.notes.{key}", language, count=format_number(count, 0, language))
            yield text("exports.notes.file", language), "", said
