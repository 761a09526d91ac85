"""Which period a row is about."""

from datetime import date

import polars as pl

from indicators import parse_period
from loaders.checks.context import looked_up
from loaders.problems import WARNING
from loaders.records.supply.findings import Findings
from loaders.tables.periods import FUTURE, UNENDED, not_over, read_period


def resolve_periods(rows: pl.DataFrame, findings: Findings, today: date) -> pl.DataFrame:
    """Rows with period, period_start, period_end and period_kind; a period that is missing, unreadable or has not begun
    is an error, one that has not ended is to be confirmed. A day is the day an inventory was made: it counts for its
    month, and is to be confirmed."""

    def judge(printed: str) -> tuple[object, ...]:
        period = read_period(printed) if printed else None
        if period is None:
            return None, None, None, None, "unreadable_period" if printed else "no_period", False
        fault = not_over(period.start, period.end, today)
        month = parse_period(period.key[:7]) if period.kind == "day" else None
        counted = month or period
        return counted.key, counted.start, counted.end, counted.kind, fault, month is not None

    schema = {
        "key": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_kind": pl.String,
        "fault": pl.String,
        "day": pl.Boolean,
    }
    rows = looked_up(rows, ["period"], judge, schema)
    for (sheet,), _ in rows.filter(pl.col("fault") == "no_period").group_by("sheet", maintain_order=True):
        if "period" not in findings.plans[str(sheet)].columns:
            findings.say("error", "no_period", str(sheet))
    blank = pl.col("sheet").is_in([name for name, plan in findings.plans.items() if "period" in plan.columns])
    findings.rows(rows.filter(pl.col("fault") == "no_period", blank), "no_period", "period", "period")
    for fault in ("unreadable_period", FUTURE):
        findings.rows(rows.filter(pl.col("fault") == fault), fault, "period", "period")
    unended = rows.filter(pl.col("fault") == UNENDED).unique("period", maintain_order=True)
    findings.rows(unended, UNENDED, "period", "period", severity=WARNING)
    rows = rows.with_columns(fault=pl.col("fault").replace(UNENDED, ""))
    days = rows.filter("day", pl.col("fault") == "").unique("period", maintain_order=True)
    days = days.with_columns(month=pl.col("key"))
    findings.rows(days, "day_period", "period", "period", severity=WARNING, values=("month",))
    return rows.filter(pl.col("fault") == "").drop("period", "fault", "day").rename({"key": "period"})
