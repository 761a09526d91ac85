"""What is stored: SQLModel tables, the engine, migrations, settings."""

from models.accounts import SignIn, User
from models.audit import AuditEvent
from models.errors import StoreRefused
from models.settings import Settings, settings
from models.store import Store, now, open_store
from models.tables import Mapping, Observation, Publication, Upload

__all__ = [
    "AuditEvent", "Mapping", "Observation", "Publication", "Settings", "SignIn", "Store", "StoreRefused", "Upload",
    "User", "now", "open_store", "settings",
]  # fmt: skip
