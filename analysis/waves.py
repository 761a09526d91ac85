"""Which measurement tells how things stand: the latest one that can be judged, not simply the latest (methods §4).

A newer one with a remark, or with nothing behind it, is shown and named, and judges nothing.
"""

from dataclasses import dataclass

import polars as pl

from analysis.bases import wave_behind
from analysis.figures import figures_before_and_after
from analysis.remarks import may_be_judged
from indicators import NATION, Indicator, Period, SurveyWave, catalogue, period_of
from models import Store


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


@dataclass(frozen=True)
class Judgeable:
    """What a file's figures of one indicator and period can be judged on: `why` is "remark" or "no_interval" where they
    cannot be, "assumed" where an assumption stands behind them (`wave`), "" where their own numbers do."""

    indicator: Indicator
    period: Period
    why: str
    wave: SurveyWave | None = None


def judgeable(store: Store, observations: pl.DataFrame) -> list[Judgeable]:
    """What can be judged of the figures of a file once they are published, before they are: one row per indicator and
    period with a value for a region (columns of models.Observation)."""
    found = []
    own = observations.filter(pl.col("value").is_not_null(), pl.col("region") != NATION)
    for (name,), part in own.group_by("indicator", maintain_order=True):
        indicator = catalogue().indicators[str(name)]
        after = figures_before_and_after(store, indicator, observations).after
        rows = after.filter(pl.col("code") != NATION, pl.col("value").is_not_null())
        rows = rows.join(part.select("period"), on="period", how="semi")
        periods = rows.group_by("period").agg(pl.col("evidence").unique(), free=may_be_judged().any()).sort("period")
        for key, evidence, free in periods.iter_rows():
            kinds = set(evidence)
            why = "" if kinds <= {"published", "computed"} else "assumed" if "assumed" in kinds else "no_interval"
            why = why if free else "remark"
            wave = wave_behind(store, indicator, key) if why == "assumed" else None
            found.append(Judgeable(indicator, period_of(key), why, wave))
    return found
