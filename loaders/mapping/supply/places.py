"""Where a file has the table that a mapping of supply is for, and the plan by which it is read."""

from collections.abc import Iterator

from indicators import Catalogue, tidy_name
from loaders.mapping.spec import SupplySpec
from loaders.mapping.table import LOOKED_AT, keys_of
from loaders.records.supply.heads import around
from loaders.records.supply.plan import WIDE, Constant, Plan, ServiceColumn
from loaders.records.supply.words import role_of
from loaders.tables.document import Document, Sheet
from loaders.tables.headers import Column, columns_of, rows_of


def supply_keys(spec: SupplySpec) -> set[str]:
    """The header keys without which the mapping reads nothing right."""
    services = {key for key, service in spec.services.items() if service} if spec.shape == WIDE else set()
    return set(spec.columns.values()) | services | set(spec.cases.values())


def service_header(sheet: Sheet, col: int, row: int, rows: int) -> tuple[str, int]:
    """What a column of a service is headed, and the row it stands in: the lowest text that is more than `Erbjuds`."""
    texts = [(texts[col - 1], row + place) for place, texts in enumerate(rows_of(sheet, row, rows))]
    told = [each for each in reversed(texts) if each[0]]
    return next((each for each in told if role_of(each[0]) not in ("status", "cases")), ("", row))


def supply_header(sheet: Sheet, spec: SupplySpec, known: Catalogue) -> tuple[int, list[Column]] | None:
    """The row where the header begins and its columns: where the mapping says, else the nearest with the same keys."""
    if sheet.cells.is_empty() or (spec.sheets and sheet.name not in spec.sheets):
        return None
    rows = range(1, min(LOOKED_AT, sheet.cells.height) + 1)
    for row in sorted(rows, key=lambda row: abs(row - spec.header_row)):
        columns = columns_of(sheet, row, spec.header_rows, known)
        if supply_keys(spec) <= {column.key for column in columns}:
            return row, columns
    return None


def supply_signature(document: Document, spec: SupplySpec, known: Catalogue) -> str:
    """Every header key of the sheets the mapping reads, in order of the alphabet."""
    found = (supply_header(sheet, spec, known) for sheet in document.sheets)
    return "\n".join(sorted({keys_of(place[1]) for place in found if place}))


def planned_by(document: Document, spec: SupplySpec, known: Catalogue) -> Iterator[tuple[Sheet, Plan | None]]:
    """Every sheet that is not empty, with its plan where the mapping reads it."""
    for sheet in document.sheets:
        if not sheet.cells.is_empty():
            yield sheet, _plan(sheet, spec, known)


def _plan(sheet: Sheet, spec: SupplySpec, known: Catalogue) -> Plan | None:
    found = supply_header(sheet, spec, known)
    if found is None:
        return None
    row, columns = found
    places = {column.key: column.col for column in columns}
    first = row + spec.header_rows
    roles = {str(role): places[key] for role, key in spec.columns.items()}
    wide = spec.shape == WIDE
    services = tuple(
        ServiceColumn(
            places[key],
            service,
            *service_header(sheet, places[key], row, spec.header_rows),
            places.get(spec.cases.get(key, "")),
        )
        for key, service in spec.services.items()
        if wide and service
    )
    read = {*roles.values(), *(each.col for each in services), *(each.cases for each in services)}
    told = around(sheet, row, roles, known) | {
        str(role): Constant(text) for role, text in spec.constants.items() if text
    }
    return Plan(
        sheet,
        spec.shape,
        row,
        first,
        roles,
        services,
        told,
        spec.last,
        {column.col: column.label for column in columns if column.col not in read},
        {},
        {tidy_name(word): status for word, status in spec.statuses.items()},
        {tidy_name(word): kind for word, kind in spec.kinds.items()},
        {} if wide else spec.services,
    )
