"""The audit log's table, and how its chain is sealed. Rows are written by access.log (and, when a store of an earlier
release is brought up to this one, by models.seals) and never changed: the database refuses it (triggers)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Final

from sqlalchemy import CheckConstraint, Connection, insert
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

START: Final = "0" * 64
"""What stands for the hash before the first event."""
SEALED: Final = ("at", "actor", "action", "subject", "before", "after", "reason", "previous")
_LAST: Final = sql("SELECT hash FROM audit_event ORDER BY id DESC LIMIT 1")


class LoggedEvent(SQLModel, table=True):
    """Who did what to what, from what to what and why; sealed by `hash` over the row and the hash before it."""

    __tablename__ = "audit_event"
    __table_args__ = (CheckConstraint("length(hash) = 64 AND length(previous) = 64", name="audit_event_hashes"),)
    id: int | None = Field(default=None, primary_key=True)
    at: str = Field(description="UTC, ISO 8601")
    actor: str = Field(description="access.Actor.key")
    action: str
    subject: str = Field(index=True, description="kind and id, as upload:5")
    before: str = Field(default="", description="JSON, or empty")
    after: str = Field(default="", description="JSON, or empty")
    reason: str = ""
    previous: str
    hash: str = Field(unique=True)


def hash_of(event: Mapping[str, object]) -> str:
    """The hash that seals an event with the one before it."""
    sealed = json.dumps([event[name] for name in SEALED], ensure_ascii=False)
    return hashlib.sha256(sealed.encode()).hexdigest()


def document_of(told: Mapping[str, object] | None) -> str:
    """What stood before or after, as the log keeps it."""
    return "" if told is None else json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)


def append(
    connection: Connection,
    *,
    at: str,
    actor: str,
    action: str,
    subject: str,
    reason: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Append an event inside the caller's write transaction: one writer at a time, so the chain has one end."""
    row: dict[str, object] = {
        "at": at,
        "actor": actor,
        "action": action,
        "subject": subject,
        "before": document_of(before),
        "after": document_of(after),
        "reason": reason,
        "previous": connection.execute(_LAST).scalar() or START,
    }
    table = SQLModel.metadata.tables[str(LoggedEvent.__tablename__)]
    connection.execute(insert(table).values(**row, hash=hash_of(row)))
