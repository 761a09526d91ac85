"""Which care unit lacks which service, and the whole matrix, as files: each line says where in which file it stands."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from analysis.supply import MinimumRule, gaps_by_service
from exports.about import program_version
from exports.csvs import csv_table
from exports.moments import now_in_sweden, swedish_time
from exports.safety import Losses
from exports.sheets import Sheet, add_cover, add_sheet, new_book
from exports.workbooks import saved
from indicators import Period, catalogue, period_label
from locales import text
from locales.numbers import format_date, format_moment

_UNIT: Final = ("region", "code", "name", "unit", "kind", "municipality", "area")
_ORIGIN: Final = ("printed", "upload", "file", "sheet", "cell", "published_at", "synthetic")
_TOLD: Final = ("period", "rule", "as_of")
GAP_COLUMNS: Final = (*_UNIT, "title", "service", "status", "state", "lacking", *_ORIGIN[1:], *_TOLD)
"""The gap list: the unit, the service it lacks, how the unit stands, where that is written, and by which rule."""
CELL_COLUMNS: Final = (*_UNIT, "title", "service", "status", "cases", *_ORIGIN, "period", "as_of")
"""The matrix, one line per cell."""
_SERVICE_COLUMNS: Final = ("title", "service", "units", "below_units", "unknown")


def gaps_table(
    gaps: pl.DataFrame, period: Period, rule: MinimumRule, *, language: str, as_of: date | None = None
) -> pl.DataFrame:
    """Gaps (analysis.supply.GAPS) under localised headers (GAP_COLUMNS), one line each. A gap that no file tells of has
    no origin; `as_of` is the day the list stands for, today unless another is asked for."""
    told = _worded(gaps, period, language, as_of).with_columns(
        _words("state", "supply.states", language), rule=pl.lit(rule.words(language))
    )
    return _headed(told, GAP_COLUMNS, language)


def gaps_csv(
    gaps: pl.DataFrame, period: Period, rule: MinimumRule, *, language: str, as_of: date | None = None
) -> bytes:
    """The gap list, one gap a line."""
    return csv_table(gaps_table(gaps, period, rule, language=language, as_of=as_of), language)


def gaps_workbook(
    gaps: pl.DataFrame,
    period: Period,
    rule: MinimumRule,
    *,
    language: str,
    as_of: date | None = None,
    link: str = "",
) -> bytes:
    """Cover, the gap list, and how many units lack each service. `link` is the address of the view, as text."""
    facts = [
        ("rule", rule.words(language)),
        ("units", gaps["unit"].n_unique()),
        ("gaps", int((gaps["status"] == "not_offered").sum())),
        ("unknown", int((gaps["status"] == "unknown").sum())),
    ]
    once = [_header(name, language) for name in _TOLD]  # the cover says them
    services = gaps_by_service(gaps).with_columns(pl.col(f"title_{language}").alias("title"))
    sheets = [
        ("gaps", gaps_table(gaps, period, rule, language=language, as_of=as_of).drop(once)),
        ("services", _headed(services, _SERVICE_COLUMNS, language)),
    ]
    return _workbook("gaps", gaps, period, facts, sheets, language, as_of, link)


def matrix_table(offers: pl.DataFrame, language: str) -> pl.DataFrame:
    """Offers (analysis.supply.OFFERS) as units × services: the unit, then one column per service with its status in
    words; blank where the service is none of the unit's region's."""
    worded = offers.with_columns(
        _region(),
        _words("kind", "record_words.unit_kinds", language),
        _words("status", "record_words.statuses", language),
    )
    services = list(offers[f"title_{language}"].unique(maintain_order=True))
    wide = worded.pivot(f"title_{language}", index=_UNIT, values="status", maintain_order=True)
    return wide.select(*(pl.col(name).alias(_header(name, language)) for name in _UNIT), *services)


def matrix_csv(offers: pl.DataFrame, *, language: str) -> bytes:
    """The matrix, one unit a line."""
    return csv_table(matrix_table(offers, language), language)


def matrix_workbook(
    offers: pl.DataFrame, period: Period, *, language: str, as_of: date | None = None, link: str = ""
) -> bytes:
    """Cover, the matrix, and its cells one a line with the files they come from."""
    facts = [("units", offers["unit"].n_unique()), ("cells", offers.height)]
    cells = _worded(offers.with_columns(_region()), period, language, as_of)
    sheets = [("matrix", matrix_table(offers, language)), ("cells", _headed(cells, CELL_COLUMNS, language))]
    return _workbook("matrix", offers, period, facts, sheets, language, as_of, link)


def _worded(rows: pl.DataFrame, period: Period, language: str, as_of: date | None) -> pl.DataFrame:
    yes, no = text("exports.yes", language), text("exports.no", language)
    return rows.with_columns(
        _words("kind", "record_words.unit_kinds", language),
        _words("status", "record_words.statuses", language),
        swedish_time("published_at"),
        pl.when("synthetic").then(pl.lit(yes)).otherwise(pl.lit(no)).alias("synthetic"),
        title=pl.col(f"title_{language}"),
        period=pl.lit(period_label(period.key, language)),
        as_of=pl.lit(as_of or now_in_sweden().date()),
    )


def _words(column: str, prefix: str, language: str) -> pl.Expr:
    """A column of codes in the reader's words."""
    words = {code: text(f"{prefix}.{code}", language) for code in _CODES[prefix]}
    return pl.col(column).replace_strict(words, default="", return_dtype=pl.String)


_CODES: Final = {
    "record_words.unit_kinds": ("health_centre", "clinic", "branch", "service_point", "other"),
    "record_words.statuses": ("offered", "not_offered", "not_applicable", "unknown"),
    "supply.states": ("meets", "below", "unknown", "not_applicable"),
}


def _region() -> pl.Expr:
    names = {code: region.name for code, region in catalogue().regions.items()}
    return pl.col("code").replace_strict(names, default="", return_dtype=pl.String).alias("region")


def _header(name: str, language: str) -> str:
    return text(f"supply_analysis.columns.{name}", language)


def _headed(rows: pl.DataFrame, names: Sequence[str], language: str) -> pl.DataFrame:
    return rows.select(pl.col(name).alias(_header(name, language)) for name in names)


def _workbook(
    kind: str,
    rows: pl.DataFrame,
    period: Period,
    facts: Sequence[tuple[str, Any]],
    sheets: Sequence[tuple[str, pl.DataFrame]],
    language: str,
    as_of: date | None,
    link: str,
) -> bytes:
    title, losses = text(f"supply_analysis.title.{kind}", language), Losses()
    product = text("exports.product", language)
    book = new_book(title, product)
    lines = [
        *([("synthetic", text("exports.cover.synthetic", language))] if rows["synthetic"].any() else []),
        ("period", period_label(period.key, language)),
        *facts,
        ("as_of", format_date(as_of, language) if as_of else text("exports.now_current", language)),
        ("created", format_moment(now_in_sweden(), language)),
        *([("link", link)] if link else []),
        ("program", f"{product} {program_version()}"),
        ("about", text(f"supply_analysis.about.{kind}", language)),
    ]
    named = [(text(f"supply_analysis.cover.{name}", language), value) for name, value in lines]
    add_cover(book, text("exports.sheets.cover", language), f"{product}: {title}", named)
    for name, frame in sheets:
        add_sheet(book, Sheet(text(f"supply_analysis.sheets.{name}", language), frame), losses)
    return saved(book)
