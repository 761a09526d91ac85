"""What a mapping of supply makes of the file: the first facts with their cells, and what is to be mended."""

from typing import Final

import polars as pl

from indicators import catalogue, period_label
from loaders.problems import where
from loaders.records.reading import RecordReading
from loaders.tables.addresses import cell
from locales.numbers import format_number
from ui.mapping.sheet import remarks
from ui.tables import table
from ui.visit import Visit

_SHOWN: Final = 12


def records_in_words(visit: Visit, reading: RecordReading) -> str:
    """How many offers and units are read."""
    counts = {kind: found.height for kind, found in reading.records.items()}
    return visit.say(
        "mapping.assistant.records",
        count=format_number(counts.get("service_offer", 0), 0, visit.language),
        units=format_number(counts.get("care_unit", 0), 0, visit.language),
    )


def supply_preview(visit: Visit, reading: RecordReading) -> None:
    """The first of the offers and units, and the problems."""
    for kind, shown in (("service_offer", _offers), ("care_unit", _units)):
        if kind in reading.records:
            first = reading.records[kind].head(_SHOWN)
            table(shown(visit, first), visit.say("mapping.assistant.first_offers", count=first.height))
    remarks(visit, reading.problems, reading.ignored)


def _offers(visit: Visit, offers: pl.DataFrame) -> pl.DataFrame:
    """One row per offer in words."""
    services = catalogue().eservices
    return _table(
        visit,
        offers,
        {
            "service": [
                services[key].title.in_language(visit.language) if key in services else printed
                for key, printed in offers.select("service", "service_printed").iter_rows()
            ],
            "period": [period_label(key, visit.language) for key in offers["period"]],
            "status": [visit.say(f"record_words.statuses.{status}") for status in offers["status"]],
            "printed": offers["printed"].to_list(),
        },
    )


def _units(visit: Visit, units: pl.DataFrame) -> pl.DataFrame:
    return _table(
        visit,
        units,
        {
            "role_name": units["name"].to_list(),
            "role_kind": [visit.say(f"record_words.unit_kinds.{kind}") for kind in units["kind"]],
            "role_municipality": units["municipality"].to_list(),
        },
    )


def _table(visit: Visit, records: pl.DataFrame, more: dict[str, list[str]]) -> pl.DataFrame:
    places = [
        where(sheet, cell(row, col), visit.language)
        for sheet, row, col in records.select("sheet", "row", "col").iter_rows()
    ]
    regions = [catalogue().regions[code].name for code in records["region"]]
    told = {"cell": places, "care_unit_name": records["unit"].to_list(), "region": regions, **more}
    return pl.DataFrame({visit.say(f"mapping.assistant.{name}"): texts for name, texts in told.items()})
