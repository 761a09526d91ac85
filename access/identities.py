"""How a person shows who they are: a password, a one-time word, or the region's own sign-in service."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select, update

from access.actors import AccountRefused
from access.log import Event, log_event
from access.passwords import accepted, hashed, matches, outdated
from access.sessions import end_all
from access.tables import USERS, actor_of, digest, stored_roles, user_key
from access.users import insert_user
from models import Store, now


def user_with_password(store: Store, login: str, password: str) -> int | None:
    """The number of the active local account with this login and password, or None without saying which was wrong."""
    with store.read() as connection:
        row = connection.execute(select(USERS).where(USERS.c.login == login.strip().casefold())).one_or_none()
    usable = row is not None and row.source == "local" and row.active
    if not matches(row.password_hash if row is not None and usable else "", password) or row is None:
        return None
    if outdated(row.password_hash):
        with store.write() as connection:
            _change(connection, row.id, password_hash=hashed(password))
    return int(row.id)


def choose_password(store: Store, word: str, password: str) -> int:
    """Use a one-time word: the account gets this password. The word is worth nothing afterwards.

    Raises AccountRefused: a word that is wrong, used or too old, a password that is too weak.
    """
    with store.read() as connection:
        login = _invited(connection, word).login
    stored = hashed(accepted(password, login))
    with store.write() as connection:
        row = _invited(connection, word)
        _change(connection, row.id, password_hash=stored, invitation_hash="", invitation_ends_at="")
        end_all(connection, row.id)
        log_event(connection, actor_of(row), Event("user.password_chosen", user_key(row.id)))
    return int(row.id)


def _invited(connection: Connection, word: str) -> Any:
    row = connection.execute(select(USERS).where(USERS.c.invitation_hash == digest(word))).one_or_none()
    if row is None or not row.active or row.invitation_ends_at <= now():
        raise AccountRefused("invitation")
    return row


def user_from_service(
    store: Store, source: str, *, subject: str, login: str, name: str, roles: Iterable[str] | None
) -> int | None:
    """The number of the person the region's service names by `subject`, met for the first time or not; None where an
    administrator has closed the account. `roles`: what the service's groups give, None where roles are kept by hand.
    """
    with store.write() as connection:
        row = connection.execute(select(USERS).where(USERS.c.subject == f"{source}:{subject}")).one_or_none()
        if row is None:
            return _first_met(connection, source, subject, login, name, roles)
        if not row.active:
            return None
        if name and name != row.name:
            _change(connection, row.id, name=name[:200])
        if roles is not None and stored_roles(roles) != row.roles:
            _change(connection, row.id, roles=stored_roles(roles))
            told = {"roles": row.roles}, {"roles": stored_roles(roles)}
            event = Event("user.roles_changed", user_key(row.id), before=told[0], after=told[1], reason=source)
            log_event(connection, actor_of(row), event)
        return int(row.id)


def _first_met(
    connection: Connection, source: str, subject: str, login: str, name: str, roles: Iterable[str] | None
) -> int:
    wanted = (login or subject).strip().casefold()[:150] or source
    taken = connection.execute(select(USERS.c.id).where(USERS.c.login == wanted)).first()
    row = {
        "login": f"{wanted} ({source}:{digest(subject)[:8]})" if taken else wanted,
        "name": name[:200],
        "source": source,
        "subject": f"{source}:{subject}",
        "roles": stored_roles(roles or ()),
    }
    return insert_user(connection, None, row)


def _change(connection: Connection, user_id: int, **values: object) -> None:
    connection.execute(update(USERS).where(USERS.c.id == user_id).values(**values))
