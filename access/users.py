"""What an administrator does with accounts. Every function asks for the permission `users` and is logged.

The log holds the account's number, never a name or login: those stand in the user table alone and can be erased there.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl
from sqlalchemy import Connection, delete, insert, select, update

from access.actors import AccountRefused, Actor, allowed, require
from access.log import Event, log_event
from access.passwords import accepted, hashed
from access.sessions import end_all
from access.tables import DRAFTS, SIGN_INS, USERS, after, digest, new_token, stored_roles, user_key, user_row
from indicators import catalogue
from models import Store, now

INVITED_DAYS: Final = 3
_LOGIN: Final = re.compile(r"[a-z0-9åäöé][a-z0-9åäöé._@+-]{1,79}")
SCHEMA: Final = {
    "id": pl.Int64,
    "login": pl.String,
    "name": pl.String,
    "source": pl.String,
    "roles": pl.String,
    "active": pl.Boolean,
    "has_password": pl.Boolean,
    "created_at": pl.String,
    "last_seen_at": pl.String,
    "open_sessions": pl.Int64,
    "region": pl.String,
}
_LIST: Final = """
SELECT u.id, u.login, u.name, u.source, u.roles, u.active, u.password_hash <> '', u.created_at, max(s.last_seen_at),
    sum(CASE WHEN s.revoked_at IS NULL AND s.ends_at > :now AND u.active THEN 1 ELSE 0 END), u.region
FROM user_account u LEFT JOIN sign_in s ON s.user_id = u.id
GROUP BY u.id, u.login, u.name, u.source, u.roles, u.active, u.password_hash, u.created_at, u.region ORDER BY u.login
"""
_OF_REGION: Final = "SELECT id FROM user_account WHERE region = :region"


def list_users(store: Store, actor: Actor) -> pl.DataFrame:
    """Every account (columns SCHEMA), by login; `roles` separated by spaces."""
    require(actor, "users")
    return store.frame(_LIST, SCHEMA, now=now())


def keys_of_region(store: Store, region: str) -> list[str]:
    """The keys (Actor.key) of the people who answer for a region."""
    found = store.frame(_OF_REGION, {"id": pl.Int64}, region=region)
    return [user_key(number) for number in found["id"]]


def state_of(row: Mapping[str, Any]) -> str:
    """What an account of `list_users` can do: closed, invited (local, no password chosen yet) or open."""
    if not row["active"]:
        return "closed"
    return "invited" if row["source"] == "local" and not row["has_password"] else "open"


def create_user(
    store: Store, actor: Actor, *, login: str, name: str, roles: Iterable[str], password: str | None = None
) -> tuple[int, str]:
    """A new local account: its number, and without a password a one-time word (INVITED_DAYS) for choosing one, else "".

    Raises AccountRefused: a login that is taken or malformed, an unknown role, a password that is too weak.
    """
    require(actor, "users")
    word = "" if password else new_token()
    login = accepted_login(login)
    row = {
        "login": login,
        "name": " ".join(name.split())[:200],
        "source": "local",
        "roles": stored_roles(roles),
        "password_hash": hashed(accepted(password, login)) if password else "",
        **_invitation(word),
    }
    with store.write() as connection:
        return insert_user(connection, actor, row), word


def insert_user(connection: Connection, actor: Actor | None, row: dict[str, Any], reason: str = "") -> int:
    """Append a user row inside the caller's write, and log it; the number. No actor: the person themself, met for the
    first time through the region's own service, or with the server's one-time word (`reason`)."""
    taken = connection.execute(select(USERS.c.id).where(USERS.c.login == row["login"])).first()
    if taken:
        raise AccountRefused("login_taken", login=row["login"])
    by = actor.key if actor else "self"
    created = connection.execute(insert(USERS).values(**row, active=True, created_at=now(), created_by=by))
    assert created.inserted_primary_key is not None
    user_id = int(created.inserted_primary_key[0])
    told = {"source": row["source"], "roles": row["roles"]}
    event = Event("user.created", user_key(user_id), after=told, reason=reason)
    log_event(connection, actor or Actor(user_key(user_id)), event)
    return user_id


def accepted_login(login: str) -> str:
    """The login as it is kept: lower case, a name or an e-mail address.

    >>> accepted_login(" Kim.Ek@Region.se ")
    'kim.ek@region.se'
    """
    folded = login.strip().casefold()
    if not _LOGIN.fullmatch(folded):
        raise AccountRefused("login_form", login=login.strip())
    return folded


def _invitation(word: str) -> dict[str, str]:
    if not word:
        return {"invitation_hash": "", "invitation_ends_at": ""}
    return {"invitation_hash": digest(word), "invitation_ends_at": after(now(), days=INVITED_DAYS)}


def invite_again(store: Store, actor: Actor, user_id: int) -> str:
    """A one-time word for choosing a new password. The old password and every sign-in end at once."""
    require(actor, "users")
    word = new_token()
    with store.write() as connection:
        if user_row(connection, user_id).source != "local":
            raise AccountRefused("not_local")
        _change(connection, user_id, password_hash="", **_invitation(word))
        end_all(connection, user_id)
        log_event(connection, actor, Event("user.invited", user_key(user_id)))
    return word


def set_roles(store: Store, actor: Actor, user_id: int, roles: Iterable[str]) -> None:
    """Give the user these roles and no others. The last administrator keeps that role."""
    require(actor, "users")
    chosen = stored_roles(roles)
    with store.write() as connection:
        row = user_row(connection, user_id)
        if row.roles == chosen:
            return
        if "administrator" not in chosen.split():
            _keep_an_administrator(connection, row)
        _change(connection, user_id, roles=chosen)
        told = {"roles": row.roles}, {"roles": chosen}
        log_event(connection, actor, Event("user.roles_changed", user_key(user_id), before=told[0], after=told[1]))


def set_region(store: Store, actor: Actor, user_id: int, region: str) -> None:
    """The region the user answers for and may hand in replies of (two digits), or "" for none."""
    require(actor, "users")
    if region and region not in catalogue().region_codes:
        raise AccountRefused("region", region=region)
    with store.write() as connection:
        row = user_row(connection, user_id)
        if row.region == region:
            return
        _change(connection, user_id, region=region)
        told = {"region": row.region}, {"region": region}
        log_event(connection, actor, Event("user.region_changed", user_key(user_id), before=told[0], after=told[1]))


def set_active(store: Store, actor: Actor, user_id: int, *, active: bool) -> None:
    """Close an account (every sign-in ends at once), or open it again."""
    require(actor, "users")
    with store.write() as connection:
        row = user_row(connection, user_id)
        if row.active == active:
            return
        if row.login.startswith(_ERASED):
            raise AccountRefused("erased")
        if not active:
            _keep_an_administrator(connection, row)
            end_all(connection, user_id)
        _change(connection, user_id, active=active)
        log_event(connection, actor, Event("user.opened" if active else "user.closed", user_key(user_id)))


_ERASED: Final = "erased:"


def erase(store: Store, actor: Actor, user_id: int) -> None:
    """Erase the personal data of an account: login, name, subject, password, every sign-in and draft. The number stays,
    closed, so that the log and the publications keep who did what apart."""
    require(actor, "users")
    with store.write() as connection:
        row = user_row(connection, user_id)
        _keep_an_administrator(connection, row)
        gone = f"{_ERASED}{user_id}"
        blank = {"name": "", "roles": "", "password_hash": "", "region": "", "active": False, **_invitation("")}
        _change(connection, user_id, login=gone, subject=None if row.source == "local" else gone, **blank)
        connection.execute(delete(SIGN_INS).where(SIGN_INS.c.user_id == user_id))
        connection.execute(delete(DRAFTS).where(DRAFTS.c.owner == user_key(user_id)))
        log_event(connection, actor, Event("user.erased", user_key(user_id)))


def _change(connection: Connection, user_id: int, **values: object) -> None:
    connection.execute(update(USERS).where(USERS.c.id == user_id).values(**values))


def _keep_an_administrator(connection: Connection, row: Any) -> None:
    """Refuse what would leave nobody to keep the accounts."""
    if row.active and "administrator" in row.roles.split() and administrators(connection) == 1:
        raise AccountRefused("last_administrator")


def administrators(connection: Connection) -> int:
    """How many can keep the accounts now."""
    found = connection.execute(select(USERS.c.roles).where(USERS.c.active)).scalars()
    return sum("administrator" in roles.split() for roles in found)


def names(store: Store, actor: Actor) -> dict[str, str]:
    """Actor key → the person's name, for whoever may read the log (or keep the accounts)."""
    if not allowed(actor, "users"):
        require(actor, "log")
    with store.read() as connection:
        rows = connection.execute(select(USERS.c.id, USERS.c.name, USERS.c.login)).all()
    return {user_key(row.id): row.name or row.login for row in rows if not row.login.startswith(_ERASED)}
