"""The audit log's table. Rows are written by access.audit and never changed: the database refuses it (triggers)."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class AuditEvent(SQLModel, table=True):
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
