"""Which measurement tells how things stand: the latest one that can be judged, not simply the latest (methods §4).

A newer one with a remark, or with nothing behind it, is shown and named, and judges nothing.
"""

import polars as pl

from analysis.remarks import may_be_judged
from indicators import Period, period_of


def latest_judged(figures: pl.DataFrame) -> Period | None:
    """The latest period of `figures` (FIGURE_COLUMNS) in which a value can be judged: it has an interval and no remark
    against it. Where no value of the indicator has an interval, the latest without such a remark; where all are kept
    out, the latest. None without a value."""
    known = figures.filter(pl.col("value").is_not_null())
    free = known.filter(may_be_judged())
    sure = free.filter(pl.col("evidence") != "none")
    return latest_of(next((rows for rows in (sure, free, known) if not rows.is_empty()), known))


def latest_of(figures: pl.DataFrame) -> Period | None:
    """The latest period with a value."""
    keys = figures.filter(pl.col("value").is_not_null())["period"].unique()
    return max((period_of(key) for key in keys), key=lambda period: period.recency, default=None)


def newer_unjudged(figures: pl.DataFrame, shown: Period | None) -> tuple[Period, str] | None:
    """The latest period of `figures` where it is newer than the one `shown`, and why it is not judged: "remark" or
    "no_interval"."""
    newest = latest_of(figures)
    if shown is None or newest is None or newest.recency <= shown.recency:
        return None
    rows = figures.filter(pl.col("period") == newest.key, pl.col("value").is_not_null())
    return newest, "no_interval" if rows.select(may_be_judged().any()).item() else "remark"
