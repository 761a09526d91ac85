"""Series made by hand, with the columns every chart is given."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from analysis import FIGURE_COLUMNS, TimeSeries
from indicators import Words, catalogue, period_of
from indicators.model import SeriesBreak

Figure = dict[str, Any]


@pytest.fixture
def figure() -> Callable[..., Figure]:
    """figure(code, value, period, **columns) → one row."""
    return _figure


def _figure(code: str, value: float | None, period: str = "2020", **more: Any) -> Figure:
    """One row of FIGURE_COLUMNS; a missing value has the reason `not_reported` unless told otherwise."""
    row = dict.fromkeys(FIGURE_COLUMNS)
    row |= {
        "indicator": "trust_overall",
        "code": code,
        "region": catalogue().regions[code].name,
        "period": period,
        "period_start": period_of(period).start,
        "period_end": period_of(period).end,
        "period_kind": period_of(period).kind,
        "sex": "T",
        "value": value,
        "evidence": "none",
        "flags": "",
        "reason": "" if value is not None else "not_reported",
        "upload": 1,
        "file": "a.csv",
        "sheet": "",
        "cell": "A1",
        "source": "",
        "comment": "",
        "published_at": "2026-01-01T00:00:00.000000Z",
        "segment": 0,
        "remark": "",
        "stretch": 1,
    }
    return row | more


def _frame(rows: list[Figure]) -> pl.DataFrame:
    floats = dict.fromkeys(("value", "numerator", "denominator", "base_n", "n_eff", "ci_low", "ci_high"), pl.Float64)
    schema = {name: floats.get(name) for name in FIGURE_COLUMNS}
    return pl.DataFrame(rows, schema=schema, infer_schema_length=None)


@pytest.fixture
def over_time() -> Callable[..., TimeSeries]:
    """over_time(*figures, breaks=…) → TimeSeries."""

    def made(*rows: Figure, breaks: tuple[SeriesBreak, ...] = (), indicator: str = "trust_overall") -> TimeSeries:
        kind = rows[0]["period_kind"] if rows else None
        synthetic = any("x" in row["flags"] for row in rows)
        return TimeSeries(catalogue().indicators[indicator], "T", kind, None, 1, _frame(list(rows)), breaks, synthetic)

    return made


@pytest.fixture
def known_break() -> SeriesBreak:
    words = Words(sv="ny metod", en="a new method")
    return SeriesBreak(indicators=("trust_overall",), period="2016", kind="mode", reason=words)
