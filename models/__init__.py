"""What is stored: SQLModel tables, the engine, migrations, settings."""

from models.errors import StoreRefused
from models.settings import Settings, settings
from models.store import Store, now, open_store
from models.tables import Observation, Publication, Upload

__all__ = [
    "Observation", "Publication", "Settings", "Store", "StoreRefused", "Upload", "now", "open_store", "settings",
]  # fmt: skip
