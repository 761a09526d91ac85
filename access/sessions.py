"""Sign-ins under way: a random token in the person's cookie, its hash in the store, and a row that says how long.

Asked at every rerun of a page, so that a sign-out, a revocation, a deactivated account or a changed role counts from
the next thing the person does. A new sign-in always gets a new token: one planted beforehand is worth nothing.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from access.actors import Actor, require
from access.log import Event, log_event
from access.tables import SIGN_INS, USERS, actor_of, after, digest, new_token, user_key, user_row
from models import Store, StoreRefused, now
from models.account_settings import account_settings

_SEEN_EVERY: Final = 60  # seconds between two notes of "last used", so that a rerun seldom has to write
_COLUMNS: Final = (
    SIGN_INS.c.id.label("sign_in_id"),
    SIGN_INS.c.source,
    SIGN_INS.c.last_seen_at,
    SIGN_INS.c.ends_at,
    SIGN_INS.c.revoked_at,
    USERS.c.id,
    USERS.c.login,
    USERS.c.name,
    USERS.c.roles,
    USERS.c.region,
    USERS.c.active,
    USERS.c.subject,
    SIGN_INS.c.token_hash,
)


@dataclass(frozen=True)
class SignedIn:
    """A sign-in that holds now."""

    id: int
    user_id: int
    source: str
    subject: str | None
    actor: Actor


@dataclass(frozen=True)
class Ended:
    """A sign-in that no longer holds, and why: unknown, revoked, inactive, over (absolute limit), idle."""

    why: str


def open_session(store: Store, user_id: int, source: str) -> str:
    """Sign the user in and return the token for the cookie. The store never sees it."""
    token, moment = new_token(), now()
    row = {
        "token_hash": digest(token),
        "user_id": user_id,
        "source": source,
        "created_at": moment,
        "last_seen_at": moment,
        "ends_at": after(moment, hours=account_settings().session_hours),
    }
    with store.write() as connection:
        actor = actor_of(user_row(connection, user_id))
        created = connection.execute(insert(SIGN_INS).values(**row)).inserted_primary_key
        assert created is not None
        log_event(connection, actor, Event("sign_in.opened", f"sign_in:{created[0]}", after={"source": source}))
    return token


_ENDED_HERE: Final[dict[str, SignedIn]] = {}
"""Token (SHA-256) → the sign-in that was ended while the store could not be written."""
_TOKEN: Final = select(SIGN_INS.c.token_hash)


def by_token(store: Store, token: str) -> SignedIn | Ended:
    """The sign-in behind a cookie's token."""
    return _judged(store, SIGN_INS.c.token_hash == digest(token))


def by_id(store: Store, sign_in_id: int) -> SignedIn | Ended:
    """The sign-in as it stands now; "last used" is noted, at most once a minute."""
    return _judged(store, SIGN_INS.c.id == sign_in_id)


def _judged(store: Store, which: ColumnElement[bool]) -> SignedIn | Ended:
    query = select(*_COLUMNS).join(USERS, USERS.c.id == SIGN_INS.c.user_id).where(which)
    with store.read() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return Ended("unknown")
    why = _why_ended(row)
    if why:
        return Ended(why)
    if row.token_hash in _ENDED_HERE:
        return Ended("revoked")
    if after(row.last_seen_at, seconds=_SEEN_EVERY) < now():
        # Where it cannot be noted the person may still read; unnoted, the sign-in ends as one that is not used.
        with suppress(StoreRefused), store.write() as connection:
            connection.execute(update(SIGN_INS).where(SIGN_INS.c.id == row.sign_in_id).values(last_seen_at=now()))
    return SignedIn(row.sign_in_id, row.id, row.source, row.subject, actor_of(row))


def _why_ended(row: Any) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if not row.active:
        return "inactive"
    if row.ends_at <= now():
        return "over"
    return "idle" if after(row.last_seen_at, minutes=account_settings().idle_minutes) <= now() else ""


def end(store: Store, signed_in: SignedIn) -> None:
    """Sign out: the token is worth nothing from now on, in whichever browser it lies. Where the store cannot be written
    (StoreRefused) that holds in this process, and everywhere once `end_unwritten` could tell the store."""
    try:
        with store.write() as connection:
            _revoke(connection, SIGN_INS.c.id == signed_in.id)
            log_event(connection, signed_in.actor, Event("sign_in.ended", f"sign_in:{signed_in.id}"))
    except StoreRefused:
        with store.read() as connection:
            tokens = connection.execute(_TOKEN.where(SIGN_INS.c.id == signed_in.id)).scalars()
            _ENDED_HERE.update(dict.fromkeys(tokens, signed_in))
        raise


def end_unwritten(store: Store) -> None:
    """End in the store what could only be ended here. StoreRefused where it still cannot be written."""
    for token, signed_in in list(_ENDED_HERE.items()):
        end(store, signed_in)
        del _ENDED_HERE[token]


def revoke_all(store: Store, actor: Actor, user_id: int) -> int:
    """End every sign-in of a user; how many there were. Forbidden without the permission `users`."""
    require(actor, "users")
    with store.write() as connection:
        user_row(connection, user_id)
        count = end_all(connection, user_id)
        log_event(connection, actor, Event("user.sign_ins_ended", user_key(user_id), after={"sessions": count}))
    return count


def end_all(connection: Connection, user_id: int) -> int:
    """Inside a write that the caller records: a lost password, a deactivated or erased account."""
    return _revoke(connection, SIGN_INS.c.user_id == user_id)


def _revoke(connection: Connection, which: ColumnElement[bool]) -> int:
    changed = update(SIGN_INS).where(which, SIGN_INS.c.revoked_at.is_(None)).values(revoked_at=now())
    return connection.execute(changed).rowcount


def forget_old(store: Store) -> int:
    """Erase the records of sign-ins older than DASHBOARD_KEEP_SIGN_INS_DAYS (reliability §3); how many."""
    oldest = after(now(), days=-account_settings().keep_sign_ins_days)
    with store.write() as connection:
        return connection.execute(delete(SIGN_INS).where(SIGN_INS.c.ends_at < oldest)).rowcount
