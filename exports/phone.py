"""A phone indicator by weekday and hour as a workbook: each line says where in which file it stands."""

from datetime import date

import polars as pl

from analysis.phone_profile import ALL_DAYS, WHOLE_DAY, WeekProfile
from exports.about import program_version
from exports.moments import now_in_sweden
from exports.safety import Losses
from exports.sheets import Sheet, add_cover, add_sheet, new_book
from exports.tables import header_of, number_format
from exports.workbooks import saved
from indicators import catalogue, period_label
from locales import text
from locales.numbers import format_date, format_moment


def profile_table(profile: WeekProfile, language: str) -> pl.DataFrame:
    """One line per weekday and hour under localised headers. Values are numbers in the indicator's unit, as published;
    `weekday` is blank for all days, `hour` (0–23, of its start) for the whole day."""
    yes, no = text("exports.yes", language), text("exports.no", language)
    days = {day: text(f"record_words.weekdays.{day}", language) for day in range(1, 8)}
    weekday = pl.col("weekday").replace_strict(days | {ALL_DAYS: ""}, return_dtype=pl.String)
    hour = pl.when(pl.col("hour") != WHOLE_DAY).then("hour")
    told = {name: text(f"exports.columns.{name}", language) for name in ("numerator", "denominator", "upload", "file")}
    return profile.rows.select(
        weekday.alias(text("phone.profile.weekday", language)),
        hour.alias(text("phone.profile.hour", language)),
        pl.col("value").alias(header_of("value", profile.indicator, language)),
        *(pl.col(name).alias(header) for name, header in told.items()),
        *(pl.col(name).alias(text(f"exports.columns.{name}", language)) for name in ("sheet", "cell")),
        pl.when("synthetic").then(pl.lit(yes)).otherwise(pl.lit(no)).alias(text("phone.profile.synthetic", language)),
    )


def profile_workbook(profile: WeekProfile, *, language: str, as_of: date | None = None, link: str = "") -> bytes:
    """Cover and table. `link` is the address of the view, as text."""
    indicator, product = profile.indicator, text("exports.product", language)
    title = indicator.title.in_language(language)
    lines = [
        *([("synthetic", text("exports.cover.synthetic", language))] if profile.synthetic else []),
        ("indicator", title),
        ("indicator_id", indicator.id),
        ("question", indicator.question_sv),
        ("unit", text(f"exports.unit.{indicator.unit}", language)),
        ("period", period_label(profile.period.key, language)),
        ("regions", catalogue().regions[profile.region].name),
        ("as_of", format_date(as_of, language) if as_of else text("exports.now_current", language)),
        ("created", format_moment(now_in_sweden(), language)),
        *([("link", link)] if link else []),
        ("program", f"{product} {program_version()}"),
    ]
    book = new_book(title, product)
    named = [(text(f"exports.cover.{name}", language), value) for name, value in lines]
    add_cover(book, text("exports.sheets.cover", language), f"{product}: {title}", named)
    table = profile_table(profile, language)
    formats = {header_of("value", indicator, language): number_format(indicator.unit, indicator.decimals)}
    add_sheet(book, Sheet(text("exports.sheets.data", language), table, formats), Losses())
    return saved(book)
