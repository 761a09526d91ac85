"""Units that published files of supply know by name alone, and that a unit list now gives an HSA-id."""

from typing import Final

import polars as pl

from loaders.problems import WARNING
from loaders.records.supply.findings import Findings
from loaders.records.supply.register import NAMED, unit_named
from models import Store
from models.publications import COUNTING_UPLOADS, FOREVER

_NAMELESS: Final = f"""
SELECT DISTINCT o.unit, u.file
FROM service_offer o JOIN {COUNTING_UPLOADS} AS p ON p.upload_id = o.upload_id JOIN upload u ON u.id = o.upload_id
WHERE o.unit LIKE :own
"""  # noqa: S608 (our own text)
_SHOWN: Final = 5


def say_nameless(store: Store | None, units: pl.DataFrame, findings: Findings) -> None:
    """Supply published before the list keeps its units by name: they stand beside the list's until it is read anew."""
    listed = units.filter(~pl.col("unit").str.starts_with(NAMED))
    if store is None or listed.is_empty():
        return
    names = {unit_named(region, name): name for region, name in listed.select("region", "name").iter_rows()}
    schema = {"unit": pl.String, "file": pl.String}
    known = store.frame(_NAMELESS, schema, until=FOREVER, own=f"{NAMED}%")
    told = known.filter(pl.col("unit").is_in(list(names)))
    if told.is_empty():
        return
    alike = sorted(names[unit] for unit in told["unit"].unique())
    files = ", ".join(told["file"].unique().sort().head(_SHOWN))
    shown = ", ".join(alike[:_SHOWN])
    findings.say(WARNING, "nameless", found=shown, values={"count": len(alike), "files": files})
