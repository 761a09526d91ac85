"""Shares of care units at the minimum level as a workbook: the page's tables with unrounded numbers."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from analysis.supply import MinimumRule
from exports.about import program_version
from exports.moments import now_in_sweden
from exports.safety import Losses
from exports.sheets import Sheet, add_cover, add_sheet, new_book
from exports.workbooks import saved
from indicators import Period, period_label
from locales import has_text, text
from locales.numbers import format_date, format_moment

_PERCENT: Final = (
    "share", "share_earlier", "share_offered", "difference", "ci_low", "ci_high", "diff_low", "diff_high",
    "benchmark_value",
)  # fmt: skip


def tables_workbook(
    title: str,
    tables: Sequence[tuple[str, pl.DataFrame]],
    period: Period,
    rule: MinimumRule,
    *,
    language: str,
    as_of: date | None = None,
    link: str = "",
    files: Sequence[str] = (),
) -> bytes:
    """Cover and one sheet per table (name, frame whose columns are keys of `supply.columns` or `exports.columns`, and
    `synthetic`). Shares in per cent, differences in percentage points. `files`: what the figures stand in, in words."""
    product = text("exports.product", language)
    example = any(frame["synthetic"].any() for _, frame in tables)
    lines = [
        *([("synthetic", text("exports.cover.synthetic", language))] if example else []),
        ("period", period_label(period.key, language)),
        ("rule", rule.words(language)),
        ("as_of", format_date(as_of, language) if as_of else text("exports.now_current", language)),
        ("created", format_moment(now_in_sweden(), language)),
        *([("link", link)] if link else []),
        ("program", f"{product} {program_version()}"),
    ]
    book, losses = new_book(title, product), Losses()
    named = [(text(f"supply_analysis.cover.{name}", language), value) for name, value in lines]
    named += [(text("exports.columns.file", language), file) for file in files]
    add_cover(book, text("exports.sheets.cover", language), f"{product}: {title}", named)
    for name, frame in tables:
        marked = _marked(frame)
        headers = {column: _header(column, language) for column in marked.columns}
        formats = {headers[column]: "0.0" for column in _PERCENT if column in headers}
        add_sheet(book, Sheet(name, marked.rename(headers), formats), losses)
    return saved(book)


def _header(column: str, language: str) -> str:
    own = f"supply.columns.{column}"
    return text(own if has_text(own, language) else f"exports.columns.{column}", language)


def _marked(frame: pl.DataFrame) -> pl.DataFrame:
    """Example data are marked `x`, as on the page."""
    mark = pl.when("synthetic").then(pl.lit("x")).otherwise(pl.lit("")).alias("flags")
    return frame.with_columns(mark).drop("synthetic")
