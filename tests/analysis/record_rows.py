"""Records as a layout would hand them over, for tests: offers, units and replies of a few columns."""

from datetime import date
from typing import Any

import polars as pl

from analysis.records import schema_of
from indicators import period_of

_PLACE: dict[str, Any] = {"sheet": "Utbud", "path": "", "col": 4}


def _frame(kind: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {**dict.fromkeys(schema_of(kind)), **_PLACE, "row": number, **row}
            for number, row in enumerate(rows, start=2)
        ],
        schema=schema_of(kind),
    )


def offers(*rows: tuple[str, str, str], period: str = "2025-06", region: str = "25", **more: Any) -> pl.DataFrame:
    """(unit, service, status) of one period and region."""
    found = period_of(period)
    dated = {"period_start": found.start, "period_end": found.end, "period_kind": found.kind}
    own = {"region": region, "period": period, "service_printed": "", "printed": "", "comment": "", **dated, **more}
    return _frame(
        "service_offer", [{"unit": unit, "service": service, "status": status, **own} for unit, service, status in rows]
    )


def units(*rows: tuple[str, str], region: str = "25", **more: Any) -> pl.DataFrame:
    """(unit, name), health centres of one region."""
    texts = dict.fromkeys(("kind_printed", "municipality", "area", "parent", "merged_into"), "")
    own = {"kind": "health_centre", "region": region, "valid_from": date(1, 1, 1), "sheet": "Enheter", **texts, **more}
    return _frame("care_unit", [{"unit": unit, "name": name, **own} for unit, name in rows])


def replies(*rows: tuple[int, str], **more: Any) -> pl.DataFrame:
    """(number, status) of one audit."""
    fields = ("measures_taken", "measures_planned", "link", "time_plan", "how", "responsible", "reason_none")
    own = {
        "audit": "norr-2021",
        "region": "25",
        "replied": date(2022, 1, 31),
        "sheet": "Svar",
        "cells": "",
        **dict.fromkeys(fields, ""),
    }
    return _frame("reply", [{"number": number, "status": status, **own, **more} for number, status in rows])
