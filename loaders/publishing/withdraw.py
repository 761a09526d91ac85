"""Take a publication back, and take that back: each in one transaction with its line in the audit log, or nothing."""

from access import Actor, Event, log_event, require
from loaders.check import stored_within
from loaders.checked import DeskRefused
from loaders.publishing.statuses import of_status, publication_moment, require_note, set_status
from loaders.publishing.storing import insert_row
from models import Publication, Store


def withdraw_upload(store: Store, upload_id: int, *, by: Actor, note: str) -> int:
    """Withdraw a published upload: the figures before it are current again. Gives the publication's id."""
    return _turn(store, upload_id, by, note, "published", "withdrawn")


def restore_upload(store: Store, upload_id: int, *, by: Actor, note: str) -> int:
    """Withdraw a withdrawal: the upload is published as it was, at its old place among the others."""
    return _turn(store, upload_id, by, note, "withdrawn", "restored")


def _turn(store: Store, upload_id: int, by: Actor, note: str, before: str, action: str) -> int:
    require(by, "publish")
    require_note(note)
    after = "withdrawn" if action == "withdrawn" else "published"
    with store.write() as connection:
        upload = of_status(connection, upload_id, before)
        if after == "published" and stored_within(connection, upload["sha256"]) is not None:
            raise DeskRefused("loaded_again", upload=upload_id)
        set_status(connection, upload_id, after)
        moment = publication_moment(connection)
        publication_id = insert_row(
            connection, Publication, upload_id=upload_id, action=action, at=moment, by=by.key, note=note.strip()
        )
        told = Event(
            f"upload.{action}", f"upload:{upload_id}", {"status": before}, {"status": after}, reason=note.strip()
        )
        log_event(connection, by, told)
    return publication_id
