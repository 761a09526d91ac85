"""What is stored: SQLModel tables, the engine, migrations, settings."""

from typing import TYPE_CHECKING

from locales.on_demand import on_demand
from models.settings import Settings, settings  # at once: it has its module's name

if TYPE_CHECKING:
    from models.accounts import SignIn, User
    from models.entered import EFFECTS, Audit, AuditedGroup, NoReply, Recommendation, Remark, Target, TypedBase
    from models.log import LoggedEvent
    from models.records import RECORDS, CareUnit, PhoneProfile, RecordKind, Reply, ServiceOffer
    from models.store import Store, now, open_store
    from models.tables import Mapping, Observation, Publication, Upload
    from models.troubles import StoreRefused
else:
    __getattr__ = on_demand(__name__, __file__)

__all__ = [
    "EFFECTS",
    "RECORDS",
    "Audit",
    "AuditedGroup",
    "CareUnit",
    "LoggedEvent",
    "Mapping",
    "NoReply",
    "Observation",
    "PhoneProfile",
    "Publication",
    "Recommendation",
    "RecordKind",
    "Remark",
    "Reply",
    "ServiceOffer",
    "Settings",
    "SignIn",
    "Store",
    "StoreRefused",
    "Target",
    "TypedBase",
    "Upload",
    "User",
    "now",
    "open_store",
    "settings",
]
