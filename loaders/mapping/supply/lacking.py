"""What a person must still say before a file of supply can be read by a mapping."""

from indicators import Catalogue
from loaders.mapping.spec import SupplySpec
from loaders.mapping.supply.places import supply_header
from loaders.mapping.table import Table, table_at
from loaders.records.supply.heads import around
from loaders.tables.document import Document
from loaders.tables.hsa import region_of_unit


def lacking_of_supply(document: Document, spec: SupplySpec, known: Catalogue) -> tuple[tuple[int, str], ...]:
    """What must be said before the file can be read, as (0, part)."""
    for sheet in document.sheets:
        if found := supply_header(sheet, spec, known):
            table = table_at(sheet, found[0], spec.header_rows, found[0] + spec.header_rows, known)
            return lacking_in(spec, table, known)
    return ((0, "unit"),)


def lacking_in(spec: SupplySpec, table: Table, known: Catalogue) -> tuple[tuple[int, str], ...]:
    """The same of a table whose place is known."""
    places = {column.key: column.col for column in table.columns}
    told: dict[str, int] = {role: places[key] for role, key in spec.columns.items() if key in places}
    found = around(table.sheet, table.header_row, told, known)
    ids = table.values(told["unit"]) if "unit" in told else []
    has = {role: role in told or role in found or role in spec.constants for role in ("region", "period")}
    lacking = {
        "unit": not {"unit", "name"} & set(told),
        "region": not has["region"] and not (ids and all(map(region_of_unit, ids))),
        "period": not has["period"] and spec.shape != "units",
        "services": spec.shape == "wide" and not any(spec.services.values()),
    }
    return tuple((0, part) for part, missing in lacking.items() if missing)
