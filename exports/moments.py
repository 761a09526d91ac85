"""Moments of the store (UTC, ISO 8601) as a spreadsheet can sort them: Swedish clock time without a zone."""

from datetime import UTC, datetime

import polars as pl

from locales.numbers import STOCKHOLM


def swedish_time(column: str) -> pl.Expr:
    """A text column of moments in UTC as Swedish clock time; no moment stays none.

    >>> pl.DataFrame({"at": ["2026-07-01T12:00:00.000000Z", None]}).select(swedish_time("at"))["at"].to_list()
    [datetime.datetime(2026, 7, 1, 14, 0), None]
    """
    moment = pl.col(column).str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", time_unit="us", strict=False).dt.truncate("1s")
    return moment.dt.replace_time_zone("UTC").dt.convert_time_zone(STOCKHOLM.key).dt.replace_time_zone(None)


def now_in_sweden() -> datetime:
    return datetime.now(UTC).astimezone(STOCKHOLM)
