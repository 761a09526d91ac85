"""What a survey's figures rest on, in one line: how many answered, who did not, and when they were asked.

Non-response is a survey's largest error and stands in no interval: that nobody has loaded it must be said.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from analysis import Comparison
from indicators import NATION, period_label
from locales import text
from locales.numbers import format_number
from wording.headline import listed


def survey_in_words(comparison: Comparison, language: str = "sv") -> str:
    """`Antal svar per region: inte publicerat, 1 000 antas · Svarsfrekvens ej inläst · Mätperiod: hösten 2020`; "" for
    what is no survey, or has no figure."""
    if not comparison.indicator.survey or comparison.rows["value"].count() == 0:
        return ""
    wave = comparison.wave
    parts = [_answers(comparison, language)]
    if wave and wave.national_answers:
        parts.append(text("survey.nation", language, count=format_number(wave.national_answers, 0, language)))
    parts.append(text("survey.response", language))
    fieldwork = wave.fieldwork.in_language(language) if wave else text("survey.no_fieldwork", language)
    return " · ".join([*parts, fieldwork[0].lower() + fieldwork[1:]])


def surveys_in_words(comparisons: Sequence[Comparison], language: str = "sv") -> str:
    """The same of several, what is true of many waves once: `Nationell patientenkät 2023 och 2024: Antal svar …`; the
    line alone where all are of one wave."""
    told = [(one, said) for one in comparisons if (said := survey_in_words(one, language))]
    waves: dict[str, dict[str, list[str]]] = {}
    for one, said in told:
        survey = text(f"exports.survey.{one.indicator.survey}", language)
        periods = waves.setdefault(said, {}).setdefault(survey, [])
        periods += [label for label in [_period(one, language)] if label not in periods]
    if len(told) == len(comparisons) and [len(one) for held in waves.values() for one in held.values()] == [1]:
        return told[0][1]
    return " ".join(f"{listed(_named(held, language), language)}: {said}." for said, held in waves.items())


def _period(comparison: Comparison, language: str) -> str:
    return period_label(comparison.period.key, language) if comparison.period else ""


def _named(waves: Mapping[str, Sequence[str]], language: str) -> list[str]:
    return [f"{survey} {listed(periods, language)}" for survey, periods in waves.items()]


def _answers(comparison: Comparison, language: str) -> str:
    """The regions' numbers of answers, from the fewest to the most; those that are assumed as such."""
    own = comparison.rows.filter(pl.col("code") != NATION, pl.col("value").is_not_null())
    for key, column in (("answers", "base_n"), ("assumed", "assumed_base")):
        if found := sorted(set(own[column].drop_nulls())):
            ends = [format_number(one, 0, language) for one in dict.fromkeys((found[0], found[-1]))]
            whole = "" if own[column].null_count() == 0 else "_some"
            return text(f"survey.{key}{whole}", language, count="–".join(ends))
    return text("survey.unknown", language)
