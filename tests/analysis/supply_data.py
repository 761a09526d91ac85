"""Care units and their offers put into a store, as files of them would leave them."""

from datetime import date
from typing import Any

import polars as pl

from analysis.records import schema_of
from indicators import period_of
from models import Store
from models.records import ALWAYS
from tests.publishing import publish_records

YES, NO, NOT_APPLICABLE, UNKNOWN = "offered", "not_offered", "not_applicable", "unknown"
_UNIT: dict[str, Any] = {
    "valid_from": ALWAYS,
    "valid_to": None,
    "kind": "health_centre",
    "kind_printed": "Hälsocentral",
    "region": "25",
    "municipality": "",
    "area": "",
    "parent": "",
    "merged_into": "",
    "sheet": "Enheter",
    "col": 1,
    "path": "",
}
_OFFER: dict[str, Any] = {
    "region": "25",
    "period": "2024-01",
    "cases": None,
    "service_printed": "",
    "printed": "",
    "comment": "",
    "sheet": "Utbud",
    "col": 3,
    "path": "",
}


def unit(unit: str, name: str | None = None, **told: Any) -> dict[str, Any]:
    """A row of the register: a hälsocentral in Norrbotten, always open, unless told otherwise."""
    return {**_UNIT, "unit": unit, "name": name or unit, **told}


def offers(unit: str, services: dict[str, str], **told: Any) -> list[dict[str, Any]]:
    """One row per service and status: in Norrbotten in January 2024, unless told otherwise."""
    return [
        {**_OFFER, "unit": unit, "service": service, "status": status, **told} for service, status in services.items()
    ]


def register(store: Store, *rows: dict[str, Any], day: str | None = None, synthetic: bool = False) -> int:
    """Publish rows of the register as one upload; gives its id."""
    return publish_records(store, {"care_unit": _frame("care_unit", list(rows))}, day=day, synthetic=synthetic)


def supply(store: Store, rows: list[dict[str, Any]], *, day: str | None = None, synthetic: bool = False) -> int:
    """Publish offers as one upload; gives its id."""
    dated = [{**row, **_dates(row["period"])} for row in rows]
    return publish_records(store, {"service_offer": _frame("service_offer", dated)}, day=day, synthetic=synthetic)


def _dates(key: str) -> dict[str, date | str]:
    period = period_of(key)
    return {"period_start": period.start, "period_end": period.end, "period_kind": period.kind}


def _frame(kind: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    numbered = [{"row": place, **row} for place, row in enumerate(rows, start=2)]
    return pl.DataFrame(numbered, schema=schema_of(kind))
