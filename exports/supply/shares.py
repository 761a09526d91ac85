"""Shares of care units at the minimum level as a workbook: the page's tables with unrounded numbers."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from exports.book import made_book
from exports.control import shares_control
from exports.cover import Line, found
from exports.reading import reading_sheet
from exports.sheets import Sheet
from exports.supply.cover import SupplyQuestion, said, supply_cover
from indicators import period_label
from locales import has_text, text
from views.supply import Reached

_PERCENT: Final = (
    "share",
    "share_earlier",
    "share_offered",
    "common_share",
    "ci_low",
    "ci_high",
    "low95",
    "high95",
    "low998",
    "high998",
)
_DECIMALS: Final = (*_PERCENT, "difference", "diff_low", "diff_high", "benchmark_value")


def tables_workbook(
    title: str,
    tables: Sequence[tuple[str, pl.DataFrame]],
    asked: SupplyQuestion,
    *,
    language: str,
    told: Sequence[Line] = (),
    files: Sequence[str] = (),
    view: Reached | None = None,
) -> bytes:
    """Cover and one sheet per table (name, frame whose columns are keys of `supply.columns` or `exports.columns`, and
    `synthetic`); a table without `period` gets the question's. Shares in per cent, differences in percentage points.
    `told`: what the page says of the tables (name and words); `files`: what the figures stand in, in words; `view`: of
    the regions' shares the finding and the rows to read."""
    example = any(frame["synthetic"].any() for _, frame in tables)
    about = " ".join(text(f"supply.about.{name}", language) for name in ("states", "unknown", "interval"))
    notes = [(said("about", language), about), *((text("exports.columns.file", language), file) for file in files)]
    finding = list(found(view.headline, view.lead, language)) if view else []
    cover = supply_cover(asked, language, synthetic=example, finding=finding, facts=told, notes=notes)
    sheets = [reading_sheet(view.reading, view.headline, language)] if view else []
    for name, frame in tables:
        dated = frame if "period" in frame.columns else frame.with_columns(period=pl.lit(asked.period.key))
        marked = _marked(dated, language)
        headers = {column: _header(column, language) for column in marked.columns}
        formats = {headers[column]: "0.0" for column in _DECIMALS if column in headers}
        sheets.append(Sheet(name, marked.rename(headers), formats, named=True))
    headers = {name: _header(name, language) for name in ("share", "numerator", "denominator")}
    shared = [one for one in sheets if one.frame.height and set(headers.values()) <= set(one.frame.columns)]
    checked = [shares_control(shared, language, **headers)] if shared else []
    return made_book(title, cover, [*sheets, *checked], language)


def _header(column: str, language: str) -> str:
    """A column's header as on the page, with the unit that the page writes at each number."""
    own = f"supply.columns.{column}"
    name = text(own if has_text(own, language) else f"exports.columns.{column}", language)
    unit = "percent" if column in _PERCENT else "points" if column == "difference" else ""
    return text(f"supply_analysis.in_{unit}", language, name=name) if unit else name


def _marked(frame: pl.DataFrame, language: str) -> pl.DataFrame:
    """Periods in words, last before the mark: example data are marked `x`, as on the page."""
    periods = {key: period_label(key, language) for key in frame["period"].unique()}
    mark = pl.when("synthetic").then(pl.lit("x")).otherwise(pl.lit("")).alias("flags")
    when = pl.col("period").replace_strict(periods, return_dtype=pl.String)
    return frame.select(pl.exclude("period", "synthetic"), when, mark)
