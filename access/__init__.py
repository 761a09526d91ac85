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
    from access.log import Event, broken_at, log_event, logged_events, unlogged
else:
    __getattr__ = on_demand(__name__, __file__)

__all__ = [
    "LOCAL_CLI",
    "LOCAL_WEB",
    "PERMISSIONS",
    "READER",
    "ROLES",
    "SYSTEM",
    "Actor",
    "Event",
    "Forbidden",
    "allowed",
    "broken_at",
    "log_event",
    "logged_events",
    "require",
    "shown_actor",
    "unlogged",
]
