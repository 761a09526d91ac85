"""Who may do what, and the log of what was done."""

from access.actors import (
    LOCAL_CLI,
    LOCAL_WEB,
    PERMISSIONS,
    READER,
    ROLES,
    SYSTEM,
    Actor,
    Forbidden,
    allowed,
    require,
    shown_actor,
)
from access.audit import Event, audit_log, broken_at, record, unlogged

__all__ = [
    "LOCAL_CLI", "LOCAL_WEB", "PERMISSIONS", "READER", "ROLES", "SYSTEM", "Actor", "Event", "Forbidden", "allowed",
    "audit_log", "broken_at", "record", "require", "shown_actor", "unlogged",
]  # fmt: skip
