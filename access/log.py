"""The audit log: append-only, each event sealed with the hash of the one before, so that a change shows.

The database refuses UPDATE and DELETE on the table (triggers); whoever goes round them with other tools breaks the
chain, which `doctor` follows from the first event. The chain cannot show that its newest events were cut off: note the
number and hash `doctor` prints somewhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl
from sqlalchemy import Connection

from access.actors import Actor
from models import Store, now
from models.log import START, append, hash_of

SCHEMA: Final = {
    "id": pl.Int64,
    "at": pl.String,
    "actor": pl.String,
    "action": pl.String,
    "subject": pl.String,
    "before": pl.String,
    "after": pl.String,
    "reason": pl.String,
    "previous": pl.String,
    "hash": pl.String,
}
_EVENTS: Final = f"SELECT {', '.join(SCHEMA)} FROM audit_event ORDER BY id"  # noqa: S608 (our own column names)
_DONE: Final = """
SELECT id, 'upload:' || CAST(upload_id AS VARCHAR(20)), 'upload.' || action, "by", note FROM publication
WHERE "by" LIKE '%:%' ORDER BY id
"""
_DONE_SCHEMA: Final = {
    "id": pl.Int64,
    "subject": pl.String,
    "action": pl.String,
    "actor": pl.String,
    "reason": pl.String,
}
_TOLD: Final = """
SELECT subject, action, actor, reason FROM audit_event
WHERE action IN ('upload.published', 'upload.withdrawn', 'upload.restored') ORDER BY id
"""
_TOLD_SCHEMA: Final = {name: _DONE_SCHEMA[name] for name in ("subject", "action", "actor", "reason")}


@dataclass(frozen=True)
class Event:
    """What was done: `subject` is a kind and an id (`upload:5`), before and after are JSON documents or ""."""

    action: str
    subject: str
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None
    reason: str = ""


def log_event(connection: Connection, actor: Actor, event: Event) -> None:
    """Append to the log inside the caller's write transaction (one writer at a time): what is done and what is logged
    are stored together or not at all."""
    append(
        connection,
        at=now(),
        actor=actor.key,
        action=event.action,
        subject=event.subject,
        before=event.before,
        after=event.after,
        reason=event.reason,
    )


def logged_events(store: Store) -> pl.DataFrame:
    """Every event, oldest first (columns SCHEMA)."""
    return store.frame(_EVENTS, SCHEMA)


def broken_at(store: Store) -> int | None:
    """The first event that does not hold with the one before it, or None where the whole chain holds."""
    previous = START
    for row in logged_events(store).iter_rows(named=True):
        # Numbers may be missing: PostgreSQL's go on after an event that was never stored, or a crash.
        if row["previous"] != previous or row["hash"] != hash_of(row):
            return int(row["id"])
        previous = row["hash"]
    return None


def unlogged(store: Store) -> int | None:
    """The first publication, withdrawal or restoration that the log does not tell as the store does; None where they
    agree. A log whose newest events were cut off still has a whole chain. What release 0.1 published, before there was
    a log, has no actor's key."""
    done = store.frame(_DONE, _DONE_SCHEMA)
    told = store.frame(_TOLD, _TOLD_SCHEMA)
    for place, (number, *facts) in enumerate(done.iter_rows()):
        if place >= told.height or list(told.row(place)) != facts:
            return int(number)
    return None
