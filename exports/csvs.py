"""CSV as Swedish Excel opens it: UTF-8 with BOM, semicolons, CRLF, decimal comma (point in English)."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from analysis import Comparison
from exports.data import everything_table
from exports.safety import Losses, csv_text, writable
from exports.sheets import TELLING, Told, untold
from exports.tables import shown_table
from exports.workbooks import every_figure
from models import Store


def comparison_csv(comparison: Comparison, *, language: str) -> bytes:
    """The shown table."""
    return csv_table(shown_table(comparison.rows, comparison.indicator, language), language)


def everything_csv(
    store: Store,
    *,
    as_of: date | None = None,
    language: str,
    chosen: Sequence[str] | None = None,
    told: Told = untold,
) -> bytes:
    """Every current figure of every indicator (of the `chosen` ones, by id), in the columns of the workbook's data
    sheet. `told`: as the workbook's."""
    return csv_table(everything_table(every_figure(store, as_of, chosen), language), language, told)


def csv_table(frame: pl.DataFrame, language: str, told: Told = untold) -> bytes:
    """Any table, its column names first; text that a spreadsheet would run is made harmless."""
    return _lines(frame, language, ";", told).encode("utf-8-sig")


def plain_csv(frame: pl.DataFrame, between: str = ",") -> bytes:
    """The same for programs (RFC 4180): UTF-8 without BOM, commas, a decimal point; of a list, its members with blanks
    between."""
    return _lines(frame, "en", between).encode()


def _lines(frame: pl.DataFrame, language: str, between: str, told: Told = untold) -> str:
    into = io.StringIO()
    lines = csv.writer(into, delimiter=between, lineterminator="\r\n")
    lines.writerow(frame.columns)
    for at, row in enumerate(writable(frame, Losses()).iter_rows()):
        lines.writerow([_cell(value, language) for value in row])
        if not at % TELLING:
            told(at + 1, frame.height)
    return into.getvalue()


def _cell(value: object, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return csv_text(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return csv_text(" ".join(map(str, value)))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    plain = plain_number(float(str(value)))
    return plain.replace(".", ",") if language == "sv" else plain


def plain_number(value: float) -> str:
    """The shortest text that reads back as the same number, never with an exponent.

    >>> plain_number(12345.0), plain_number(-4.7), plain_number(1e-07), plain_number(1e16)
    ('12345', '-4.7', '0.0000001', '10000000000000000')
    """
    return format(Decimal(repr(value)), "f").removesuffix(".0")
