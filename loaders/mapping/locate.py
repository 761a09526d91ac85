"""Is this a file the mapping is for? Its headers are looked for, wherever the title lines have moved them."""

from collections.abc import Iterator

from indicators import Catalogue
from loaders.mapping.spec import Mapping, TableSpec
from loaders.mapping.supply.places import supply_signature
from loaders.mapping.table import LOOKED_AT, keys_of, table_at, title_signature
from loaders.tables.document import Document, Sheet
from loaders.tables.headers import columns_of, plain, rows_of

Located = tuple[TableSpec, int]
"""A table of the mapping and the row where its header begins in a sheet."""


def needed_keys(spec: TableSpec) -> set[str]:
    """The header keys without which the mapping reads nothing right."""
    return set(spec.columns.values()) | set(spec.only) | {each.column for each in spec.figures}


def header_row_in(sheet: Sheet, spec: TableSpec, known: Catalogue) -> int | None:
    """The row where the header begins in this sheet: where the mapping says, else the nearest with the same keys."""
    if sheet.cells.is_empty() or (spec.sheets and sheet.name not in spec.sheets):
        return None
    if not spec.header_rows:
        return spec.header_row
    within = LOOKED_AT + spec.header_row if spec.title else LOOKED_AT
    rows = range(1, min(within, sheet.cells.height) + 1)
    for row in sorted(rows, key=lambda row: abs(row - spec.header_row)):
        columns = columns_of(sheet, row, spec.header_rows, known)
        if needed_keys(spec) <= {column.key for column in columns} and _stands_under(sheet, row, spec.title):
            return row
    return None


def _stands_under(sheet: Sheet, row: int, title: str) -> bool:
    """Whether the line above the header is the table's own, where it must be (several tables on one sheet)."""
    return not title or (row > 1 and title in map(plain, rows_of(sheet, row - 1, 1)[0]))


def located(document: Document, mapping: Mapping, known: Catalogue) -> Iterator[tuple[Sheet, list[Located]]]:
    """Each sheet that is not empty with the mapping's tables in it, each with its header row."""
    for sheet in document.sheets:
        if not sheet.cells.is_empty():
            rows = [(spec, header_row_in(sheet, spec, known)) for spec in mapping.tables]
            yield sheet, _one_per_place([(spec, row) for spec, row in rows if row is not None])


def _one_per_place(found: list[Located]) -> list[Located]:
    """Of two specs that fit the same header with the same figures the one that asks for more of it is meant."""
    kept: list[Located] = []
    for spec, row in sorted(found, key=lambda each: -len(needed_keys(each[0]))):
        mine = {each.column for each in spec.figures}
        if not any(row == other and mine & {each.column for each in has.figures} for has, other in kept):
            kept.append((spec, row))
    return kept


def first_sheet(document: Document, spec: TableSpec, known: Catalogue) -> Sheet:
    """The first sheet that holds the table; the document's first where none does."""
    return next((each for each in document.sheets if header_row_in(each, spec, known) is not None), document.sheets[0])


def signature(document: Document, mapping: Mapping, known: Catalogue) -> str:
    """The headers the mapping stands on, as they are kept: every key of its tables, in order of the alphabet. Where the
    indicator stands in no header and no cell of a row, the title lines belong to it too: another title over the same
    headers is another file."""
    if mapping.supply:
        return supply_signature(document, mapping.supply, known)
    parts = set()
    for sheet, tables in located(document, mapping, known):
        for spec, row in tables:
            table = table_at(sheet, row, spec.header_rows, row + spec.header_rows, known)
            own = keys_of(table.columns)
            if spec.indicator.kind == "constant":
                own = f"{own} ¶ {spec.title or title_signature(table)}"
            parts.add(own)
    return "\n".join(sorted(parts))
