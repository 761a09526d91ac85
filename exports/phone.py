"""A phone indicator by weekday and hour as a workbook: each line says where in which file it stands."""

from datetime import date
from typing import Final

import polars as pl

from analysis.evidence import with_evidence
from analysis.phone.week import ALL_DAYS, WHOLE_DAY, WeekProfile
from exports.book import made_book
from exports.cover import banner, made
from exports.definitions import definitions_sheet
from exports.sheets import Sheet
from exports.tables import header_of, number_format
from indicators import catalogue, period_label
from locales import text

_VALUES: Final = ("value", "ci_low", "ci_high")
_COUNTS: Final = ("numerator", "denominator")
_COLUMNS: Final = (
    "region",
    "code",
    "period",
    "weekday",
    "hour",
    *_VALUES,
    *_COUNTS,
    "evidence",
    "flags",
    "upload",
    "file",
    "sheet",
    "cell",
)


def profile_table(profile: WeekProfile, language: str) -> pl.DataFrame:
    """One line per weekday and hour under localised headers. Values are numbers in the indicator's unit, as published,
    with the interval that any figure of the indicator has; `weekday` is blank for all days, `hour` (0–23, of its start)
    for the whole day."""
    figures = _with_intervals(profile)
    days = {day: text(f"record_words.weekdays.{day}", language) for day in range(1, 8)}
    evidence = {one: text(f"evidence.{one}", language) for one in figures["evidence"].unique()}
    rows = figures.with_columns(
        pl.lit(catalogue().regions[profile.region].name).alias("region"),
        pl.lit(period_label(profile.period.key, language)).alias("period"),
        pl.col("weekday").replace_strict(days | {ALL_DAYS: ""}, return_dtype=pl.String),
        pl.when(pl.col("hour") != WHOLE_DAY).then("hour").alias("hour"),
        pl.col("evidence").replace_strict(evidence, return_dtype=pl.String),
    )
    return rows.select(pl.col(name).alias(_header(name, profile, language)) for name in _COLUMNS)


def _with_intervals(profile: WeekProfile) -> pl.DataFrame:
    none = pl.lit(None, pl.Float64)
    figures = profile.rows.with_columns(
        code="region",
        base_n=none,
        ci_low=none,
        ci_high=none,
        flags=pl.when("synthetic").then(pl.lit("x")).otherwise(pl.lit("")),
    )
    return with_evidence(figures, profile.indicator)


def _header(name: str, profile: WeekProfile, language: str) -> str:
    own = name in ("weekday", "hour")
    return text(f"phone.profile.{name}", language) if own else header_of(name, profile.indicator, language)


def profile_workbook(
    profile: WeekProfile, *, language: str, data_version: int, as_of: date | None = None, link: str = ""
) -> bytes:
    """Cover, table and the measure's definition. `link` is the address of the view."""
    indicator = profile.indicator
    title = indicator.title.in_language(language)
    facts = {
        "indicator": title,
        "indicator_id": indicator.id,
        "question": indicator.question_sv,
        "unit": text(f"exports.unit.{indicator.unit}", language),
        "period": period_label(profile.period.key, language),
        "regions": catalogue().regions[profile.region].name,
    }
    lines = [
        *banner(profile.synthetic, language),
        *((text(f"exports.cover.{name}", language), fact) for name, fact in facts.items()),
        *made(as_of, data_version, link, language),
    ]
    value = number_format(indicator.unit, indicator.decimals)
    formats = {_header(name, profile, language): value for name in _VALUES}
    formats |= {_header(name, profile, language): "#,##0" for name in _COUNTS}
    table = profile_table(profile, language)
    sheet = Sheet(text("exports.sheets.basis", language), table, formats, frozen="F2", named=True)
    return made_book(title, lines, [sheet, definitions_sheet([indicator], language)], language)
