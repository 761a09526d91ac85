"""Shares of care units, in words."""

from collections.abc import Mapping
from typing import Any

from locales import text
from locales.numbers import format_number, format_value


def share_of_units(row: Mapping[str, Any], language: str) -> str:
    """`12 av 19, 63,2 %` of a row's `numerator`, `denominator` and `share` (per cent); without a denominator whether
    nothing is known or nothing applies (`unknown`, `not_applicable`)."""
    if not row["denominator"]:
        why = "unknown" if not row["not_applicable"] else "some_unknown" if row["unknown"] else "not_applicable"
        return text(f"supply.chart.no_share.{why}", language)
    x, n = (format_number(row[name], 0, language) for name in ("numerator", "denominator"))
    share = format_value(row["share"], "percent", 1, language)
    return text("supply.chart.reached", language, x=x, n=n, share=share)
