"""Where an upload stands: staged, published, withdrawn or rejected; what its next step asks for, and of whom."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import text as sql

from access import Actor
from indicators import catalogue
from loaders.checked import CheckedFile, DeskRefused
from models import Store, now, settings

_UPLOAD = sql("SELECT id, file, sha256, status, uploaded_by FROM upload WHERE id = :id")
_LATEST = sql("SELECT max(at) FROM publication WHERE at > :ahead")
_SLACK = timedelta(minutes=5)  # between two machines' clocks, and for one that is set right
_STATUS = sql("UPDATE upload SET status = :status WHERE id = :id")


def of_status(connection: Connection, upload_id: int, status: str) -> dict[str, Any]:
    """An upload that must have this status (id, file, sha256, status, uploaded_by); DeskRefused for another or none."""
    found = connection.execute(_UPLOAD, {"id": upload_id}).mappings().one_or_none()
    if found is None:
        raise DeskRefused("unknown_upload", upload=upload_id)
    if found["status"] != status:
        raise DeskRefused(f"not_{status}", upload=upload_id, status=found["status"])
    return dict(found)


def set_status(connection: Connection, upload_id: int, status: str) -> None:
    """Give an upload another status, inside the caller's transaction."""
    connection.execute(_STATUS, {"status": status, "id": upload_id})


def uploaded_by(store: Store, upload_id: int) -> str:
    """The key of the actor who handed an upload in; "" for no such upload."""
    with store.read() as connection:
        found = connection.execute(_UPLOAD, {"id": upload_id}).mappings().one_or_none()
    return str(found["uploaded_by"]) if found else ""


def publication_moment(connection: Connection) -> str:
    """Now, as a publication is dated. What stood on an earlier day follows from the dates: DeskRefused where the clock
    shows a time before the latest publication's."""
    moment = now()
    latest = connection.execute(_LATEST, {"ahead": settings().clock_was_ahead_until}).scalar()
    if latest is not None and datetime.fromisoformat(moment) < datetime.fromisoformat(latest) - _SLACK:
        raise DeskRefused("clock_back", now=f"{moment[:16]}Z", latest=f"{latest[:16]}Z")
    return moment


def require_note(note: str) -> None:
    """DeskRefused for a step without a reason."""
    if not note.strip():
        raise DeskRefused("no_note")


def refuse_other_regions(checked: CheckedFile, by: Actor) -> None:
    """Raises DeskRefused where a file holds replies of another region than the person's own. The one at the machine
    itself may hand in any."""
    if by.local or "reply" not in checked.records:
        return
    codes = sorted(set(checked.records["reply"]["region"]))
    if codes == [by.region]:
        return
    names = {code: catalogue().regions[code].name for code in catalogue().region_codes}
    told = ", ".join(names[code] for code in codes)
    if not by.region:
        raise DeskRefused("no_region", regions=told)
    raise DeskRefused("other_region", regions=told, own=names[by.region])
