"""Passwords: what is accepted, how they are kept (argon2id), how they are checked.

One check costs about 150 ms and 64 MiB (RFC 9106's second recommendation, argon2-cffi's default), so at most two run
at once: a flood of attempts waits instead of taking the server's memory.
"""

import threading
import unicodedata
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from access.actors import AccountRefused

SHORTEST: Final = 12
LONGEST: Final = 512  # nobody types more; hashing a megabyte is work for whoever sends it
_FEWEST_SIGNS: Final = 5
_COMMON: Final = frozenset((Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").split())
"""Words that everybody tries first, here and in general, without figures and signs."""
_HASHER: Final = PasswordHasher()
_TWO_AT_ONCE: Final = threading.BoundedSemaphore(2)
_NOBODYS: Final[list[str]] = []


def accepted(password: str, login: str) -> str:
    """The password as it is kept. Raises AccountRefused where it is too short, too long, the login name, or one that
    everybody tries first: a common word with figures and signs around it, or few different signs."""
    kept = _normal(password)
    if len(kept) < SHORTEST:
        raise AccountRefused("password_short", shortest=SHORTEST)
    if len(kept) > LONGEST:
        raise AccountRefused("password_long", longest=LONGEST)
    folded = kept.casefold()
    word = "".join(sign for sign in folded if sign.isalpha())
    names = [part for part in (login.casefold(), login.casefold().split("@")[0]) if len(part) > 2]
    if any(name in folded for name in names):
        raise AccountRefused("password_login")
    if word in _COMMON or not word or _repeats(word) or len(set(folded)) < _FEWEST_SIGNS:
        raise AccountRefused("password_common")
    return kept


def _repeats(word: str) -> bool:
    """Whether the word is a common one written several times.

    >>> _repeats("lösenordlösenord"), _repeats("korrekt häst")
    (True, False)
    """
    return any(len(word) > len(one) and word == one * (len(word) // len(one)) for one in _COMMON)


def _normal(password: str) -> str:
    """The same letters typed on another machine are the same password: ä as one sign or two."""
    return unicodedata.normalize("NFC", password)


def hashed(password: str) -> str:
    """The argon2id hash of an accepted password."""
    with _TWO_AT_ONCE:
        return _HASHER.hash(_normal(password))


def matches(stored: str, password: str) -> bool:
    """Whether the password is the one behind `stored`. "" (no such account, or no password) takes as long and says
    no, so that the time does not tell which logins exist."""
    if len(password) > LONGEST:
        return False
    with _TWO_AT_ONCE:
        try:
            return _HASHER.verify(stored or _nobodys(), _normal(password)) and bool(stored)
        except (VerifyMismatchError, InvalidHashError):
            return False


def outdated(stored: str) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return _HASHER.check_needs_rehash(stored)


def _nobodys() -> str:
    if not _NOBODYS:
        _NOBODYS.append(_HASHER.hash("nobody has this one"))
    return _NOBODYS[0]
