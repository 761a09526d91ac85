"""Which remarks stand on an indicator's figures, and which figures they keep out of every judgement (methods §4).

A figure whose remark is `not_judged` is drawn and printed, but enters no test, rank, count or window.
"""

from datetime import date
from functools import lru_cache
from typing import Final

import polars as pl

from analysis.moments import until
from indicators import catalogue
from models import Store
from models.entered import last_of

REMARK_COLUMNS: Final = {
    "key": pl.String,
    "indicator": pl.String,
    "period": pl.String,
    "effect": pl.String,
    "reason_sv": pl.String,
    "reason_en": pl.String,
    "source_sv": pl.String,
    "source_en": pl.String,
    "entered_at": pl.String,
    "entered_by": pl.String,
}
"""A remark that stands. A person's words are the same in both languages. `entered_at`: a moment, for one of the
catalogue (indicators/remarks.toml, `entered_by` "") the day it was known."""
_STORED: Final = f"""
SELECT key, indicator, period, effect, reason, reason, source, source, entered_at, entered_by, withdrawn FROM remark
WHERE id IN {last_of("remark", "key")} ORDER BY id
"""  # noqa: S608 (our own subquery)


def may_be_judged() -> pl.Expr:
    """Which rows (FIGURE_COLUMNS) may enter a test, a rank, a count or a window."""
    return pl.col("remark") != "not_judged"


def kept_out() -> pl.Expr:
    """Which rows a remark keeps out of every judgement."""
    return pl.col("remark") == "not_judged"


def standing_remarks(store: Store, as_of: date | None = None) -> pl.DataFrame:
    """Every remark that stands at the end of the day (REMARK_COLUMNS), the catalogue's first."""
    return _standing(store, store.data_version(), as_of)


@lru_cache(maxsize=64)
def _standing(store: Store, _version: int, as_of: date | None) -> pl.DataFrame:
    stored = store.frame(_STORED, {**REMARK_COLUMNS, "withdrawn": pl.Boolean}, until=until(as_of))
    known = [
        (
            one.key,
            one.indicator,
            one.period,
            one.effect,
            one.reason.sv,
            one.reason.en,
            one.source.sv,
            one.source.en,
            one.valid_from.isoformat(),
            "",
        )
        for one in catalogue().remarks
        if (as_of is None or one.valid_from <= as_of) and one.key not in stored["key"]
    ]
    ours = pl.DataFrame(known, schema=REMARK_COLUMNS, orient="row")
    return pl.concat([ours, stored.filter(~pl.col("withdrawn")).drop("withdrawn")])


def remarks_in_force(store: Store, indicator: str, as_of: date | None = None) -> pl.DataFrame:
    """The remarks on one indicator (REMARK_COLUMNS) that stand at the end of the day."""
    return standing_remarks(store, as_of).filter(indicator=indicator)


def later_remarks(store: Store, indicator: str, as_of: date) -> pl.DataFrame:
    """The remarks on one indicator that stand today and did not on an earlier day: told above a view of that day."""
    then = remarks_in_force(store, indicator, as_of)
    return remarks_in_force(store, indicator).join(then, on=list(REMARK_COLUMNS), how="anti", nulls_equal=True)


def with_remarks(figures: pl.DataFrame, remarks: pl.DataFrame) -> pl.DataFrame:
    """The figures with `remark`: "" where the period has none of `remarks` (of their indicator), else the strictest
    effect; and every one of the period in words, `remark_sv` and `remark_en`."""
    strict = pl.when((pl.col("effect") == "not_judged").any()).then(pl.lit("not_judged")).otherwise(pl.lit("note"))
    told = {
        f"remark_{one}": pl.concat_str(f"reason_{one}", pl.lit(" ("), f"source_{one}", pl.lit(")")).str.join(" ")
        for one in ("sv", "en")
    }
    found = remarks.group_by("period", maintain_order=True).agg(remark=strict, **told)
    return figures.join(found, on="period", how="left", maintain_order="left").with_columns(
        pl.col("remark", *told).fill_null("")
    )
