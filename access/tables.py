"""What the modules of accounts share: the tables, a stored person as an Actor, tokens, moments."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Table, select
from sqlmodel import SQLModel

from access.actors import AccountRefused, Actor
from models.accounts import STAFF_ROLES, Attempt, SignIn, User
from models.drafts import Draft

USERS: Final[Table] = SQLModel.metadata.tables[str(User.__tablename__)]
SIGN_INS: Final[Table] = SQLModel.metadata.tables[str(SignIn.__tablename__)]
ATTEMPTS: Final[Table] = SQLModel.metadata.tables[str(Attempt.__tablename__)]
DRAFTS: Final[Table] = SQLModel.metadata.tables[str(Draft.__tablename__)]
_MOMENT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


def user_key(user_id: int) -> str:
    return f"user:{user_id}"


def actor_of(row: Any) -> Actor:
    """The person of a user row (id, name, login, roles, region) as whoever acts."""
    roles = frozenset({"lasare", *row.roles.split()})
    return Actor(user_key(row.id), name=row.name or row.login, roles=roles, region=row.region)


def user_row(connection: Connection, user_id: int) -> Any:
    """A user's row. AccountRefused where there is none."""
    row = connection.execute(select(USERS).where(USERS.c.id == user_id)).one_or_none()
    if row is None:
        raise AccountRefused("unknown", login=user_id)
    return row


def stored_roles(roles: Iterable[str]) -> str:
    """Roles as the store keeps them: the known ones, each once, in STAFF_ROLES' order. "lasare" is everybody's.

    >>> stored_roles(["revisor", "lasare", "publicist", "revisor"])
    'publicist revisor'
    """
    chosen = set(roles) - {"lasare"}
    unknown = chosen - set(STAFF_ROLES)
    if unknown:
        raise AccountRefused("role", role=", ".join(sorted(unknown)))
    return " ".join(role for role in STAFF_ROLES if role in chosen)


def new_token() -> str:
    """256 random bits, safe in a cookie and an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What the store keeps of a token. No salt is needed: 256 random bits cannot be guessed from a table."""
    return hashlib.sha256(token.encode()).hexdigest()


def after(moment: str, **time: float) -> str:
    """A stored moment, so much later (or earlier).

    >>> after("2026-03-01T10:00:00.000000Z", hours=-11)
    '2026-02-28T23:00:00.000000Z'
    """
    return (datetime.fromisoformat(moment) + timedelta(**time)).strftime(_MOMENT)
