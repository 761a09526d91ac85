"""Who may do what, and the log of what was done."""

from typing import TYPE_CHECKING

from locales.on_demand import on_demand

if TYPE_CHECKING:
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
else:
    __getattr__ = on_demand(__name__, __file__)

__all__ = [
    "LOCAL_CLI", "LOCAL_WEB", "PERMISSIONS", "READER", "ROLES", "SYSTEM", "Actor", "Event", "Forbidden", "allowed",
    "audit_log", "broken_at", "record", "require", "shown_actor", "unlogged",
]  # fmt: skip
