"""Mappings that a person has saved: under a name, recognised by a file's headers and not by its name."""

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlmodel import SQLModel

from access import Actor, Event, log_event, require
from indicators import catalogue
from loaders.mapping.locate import signature
from loaders.mapping.spec import Mapping
from loaders.tables.document import Document
from locales.refused import RefusedFor
from models import Mapping as Row
from models import Store, now

_MOST_CELLS: Final = 5_000_000
"""A larger file is not compared with every saved mapping; the person can still name one."""


@dataclass(frozen=True)
class Saved:
    """A mapping as it lies in the store. `headers`: the signature a file must have."""

    id: int
    name: str
    headers: str
    mapping: Mapping
    created_at: str
    created_by: str


class MappingRefused(RefusedFor):
    """A mapping that was not saved or found; nothing was changed."""

    texts = "mapping.refused"


def _table() -> Any:
    return SQLModel.metadata.tables[str(Row.__tablename__)]


def mappings(store: Store) -> list[Saved]:
    """Every saved mapping, by name."""
    with store.read() as connection:
        rows = connection.execute(select(_table()).order_by(_table().c.name)).mappings().all()
    return [
        Saved(
            row["id"],
            row["name"],
            row["headers"],
            Mapping.model_validate_json(row["spec"]).model_copy(update={"name": row["name"]}),
            row["created_at"],
            row["created_by"],
        )
        for row in rows
    ]


def mapping_named(store: Store, name: str) -> Mapping:
    """The mapping saved under a name. Raises MappingRefused."""
    found = next((each.mapping for each in mappings(store) if each.name == name), None)
    if found is None:
        raise MappingRefused("unknown", name=name)
    return found


def save_mapping(store: Store, name: str, mapping: Mapping, document: Document, by: Actor) -> Saved:
    """Save the mapping for files with this document's headers. A mapping of the same name is replaced, and the log
    keeps what it was. Raises Forbidden without the permission to upload; MappingRefused without a name, for headers
    that another mapping has, and for a mapping that finds no table in the document."""
    require(by, "upload")
    name = " ".join(name.split())
    headers = signature(document, mapping, catalogue())
    if not name or not headers:
        raise MappingRefused("no_name" if not name else "not_here", name=name)
    earlier = next((each for each in mappings(store) if each.name == name), None)
    other = next((each for each in mappings(store) if each.headers == headers and each.name != name), None)
    if other:
        raise MappingRefused("same_headers", name=other.name)
    spec = mapping.model_copy(update={"name": name}).model_dump_json()
    moment = now()
    with store.write() as connection:
        if earlier:
            connection.execute(delete(_table()).where(_table().c.id == earlier.id))
        done = connection.execute(
            insert(_table()).values(name=name, headers=headers, spec=spec, created_at=moment, created_by=by.key)
        )
        assert done.inserted_primary_key is not None
        before = {"name": name, "spec": json.loads(earlier.mapping.model_dump_json())} if earlier else None
        after = {"name": name, "spec": json.loads(spec)}
        log_event(connection, by, Event("mapping.saved", f"mapping:{name}", before=before, after=after))
    return Saved(
        int(done.inserted_primary_key[0]), name, headers, mapping.model_copy(update={"name": name}), moment, by.key
    )


def delete_mapping(store: Store, name: str, by: Actor) -> None:
    """Delete a saved mapping; files read by it keep their figures. Raises Forbidden, MappingRefused."""
    require(by, "upload")
    mapping = mapping_named(store, name)
    with store.write() as connection:
        connection.execute(delete(_table()).where(_table().c.name == name))
        before = {"name": name, "spec": json.loads(mapping.model_dump_json())}
        log_event(connection, by, Event("mapping.deleted", f"mapping:{name}", before=before))


def find_mapping(store: Store, document: Document) -> Mapping | None:
    """The saved mapping whose headers the document has; None for none."""
    if sum(sheet.cells.height * sheet.width for sheet in document.sheets) > _MOST_CELLS:
        return None
    known = catalogue()
    return next(
        (each.mapping for each in mappings(store) if each.headers == signature(document, each.mapping, known)), None
    )
