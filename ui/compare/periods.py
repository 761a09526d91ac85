"""When, on the compare page: one period for all indicators, or each one's latest, which the address names one by one.

`period=2023` is one period; `period=2023.2021` is the first indicator's and the second's. So a link to everybody's
latest stays the comparison it was when one of them has got a later figure.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

import polars as pl
import streamlit as st

from analysis.figures import figures_of
from indicators import catalogue, period_label, period_of
from ui.address import pick, several
from ui.cache import kept, view_key
from ui.visit import Visit

_EACH: Final = "."


def chosen(visit: Visit, indicators: Sequence[str], *, synthetic: bool) -> tuple[str | None, ...]:
    """Each indicator's period; None where it has no figure."""
    available = [periods_of(visit, one, synthetic=synthetic) for one in indicators]
    latest, given = _latest(available), st.query_params.get("period", "")
    earlier = [given] if given != latest and _is_one_each(given, available) else []
    every = sorted({key for keys in available for key in keys}, key=lambda key: period_of(key).recency, reverse=True)

    def shown(value: str) -> str:
        if value in every:
            return period_label(value, visit.language)
        labels = [period_label(key, visit.language) if key else "–" for key in value.split(_EACH)]
        return visit.say("compare.latest" if value == latest else "compare.each", periods=", ".join(labels))

    known = list(dict.fromkeys([latest, *earlier, *every]))
    value = pick(visit, "period", known, label=visit.say("ui.period"), shown=shown)
    if _EACH in value:
        return tuple(key or None for key in value.split(_EACH))
    return (value or None,) * len(indicators)


def pinned() -> Sequence[str]:
    """The address's period where it names one per indicator, which belongs to just these indicators."""
    return ("period",) if _EACH in st.query_params.get("period", "") else ()


def of_the_indicators(visit: Visit) -> Sequence[str]:
    """The address's period where it is but the latest of the indicators in the address: it goes with them."""
    given = st.query_params.get("period", "")
    indicators = [one for one in several("indicators") if one in catalogue().indicators]
    synthetic = st.query_params.get("synthetic") == "1"
    latest = _latest([periods_of(visit, one, synthetic=synthetic) for one in indicators])
    return ("period",) if given == latest or pinned() else ()


def periods_of(visit: Visit, indicator: str, *, synthetic: bool) -> list[str]:
    """The periods an indicator has figures of, latest first."""
    key = view_key(visit, "periods", indicator, str(synthetic))
    return kept(key, partial(_periods_of, visit, indicator, synthetic=synthetic))


def _periods_of(visit: Visit, indicator: str, *, synthetic: bool) -> list[str]:
    known = catalogue().indicators[indicator]
    rows = figures_of(visit.store, known, visit.as_of, sex="T", include_synthetic=synthetic)
    found: pl.Series = rows["period"].unique()
    return sorted(found, key=lambda key: period_of(key).recency, reverse=True)


def _latest(available: Sequence[Sequence[str]]) -> str:
    return _EACH.join(keys[0] if keys else "" for keys in available)


def _is_one_each(value: str, available: Sequence[Sequence[str]]) -> bool:
    """Whether the value names one period for each indicator, each with figures (or none)."""
    keys = value.split(_EACH)
    return (
        len(keys) == len(available) > 1
        and any(keys)
        and all(not key or key in known for key, known in zip(keys, available, strict=True))
    )
