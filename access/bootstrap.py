"""The first administrator: a one-time word in the server's log, for whoever can read the log.

There is no default password. The word lives in this process's memory, as a hash, until it is used, an administrator
exists, or the server stops.
"""

import hmac

from access.actors import AccountRefused
from access.passwords import accepted, hashed
from access.tables import digest, new_token
from access.users import accepted_login, administrators, insert_user
from models import Store

_OFFERED: set[str] = set()


def offer(store: Store) -> str | None:
    """A one-time word for creating the first administrator, or None where there is one. Earlier words end."""
    _OFFERED.clear()
    with store.read() as connection:
        if administrators(connection):
            return None
    word = new_token()
    _OFFERED.add(digest(word))
    return word


def create_first(store: Store, word: str, *, login: str, name: str, password: str) -> int:
    """Use the word: the first administrator, with a local account. AccountRefused where the word is wrong or used, an
    administrator exists already, or the login or password is refused (the word can then be used again)."""
    _check(word)
    login = accepted_login(login)
    row = {
        "login": login,
        "name": " ".join(name.split())[:200],
        "source": "local",
        "roles": "administrator",
        "password_hash": hashed(accepted(password, login)),
    }
    with store.write() as connection:
        if administrators(connection):
            _OFFERED.clear()
            raise AccountRefused("first_word")
        user_id = insert_user(connection, None, row, reason="first_administrator")
    _OFFERED.clear()
    return user_id


def _check(word: str) -> None:
    if not any(hmac.compare_digest(digest(word), offered) for offered in _OFFERED):
        raise AccountRefused("first_word")
