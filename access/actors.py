"""Roles and what each may do. Every action asks `require` itself; that a page was not shown protects nothing.

The roles are those of a Swedish region's own work: läsare reads without signing in, uppgiftslämnare brings files,
publicist decides what is published, revisor reads everything, administratör keeps users and settings and no data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from locales import text
from locales.refused import RefusedFor
from locales.stored import stored_words
from models.seals import UPGRADE

PERMISSIONS: Final = (
    "browse",
    "export",
    "upload",
    "publish",
    "originals",
    "log",
    "users",
    "targets",
    "audits",
    "groups",
)
"""upload: stage a file and save a mapping. publish: publish, withdraw, restore. originals: see and fetch the stored
files as they came, which hold what suppression hides elsewhere. log: the audit log. users: users and settings.
targets: enter and withdraw decided targets. audits: enter and correct audits and recommendations. groups: state which
regions the audit covered."""

_EVERYONE: Final = frozenset({"browse", "export"})
ROLES: Final[Mapping[str, frozenset[str]]] = {
    "lasare": _EVERYONE,
    "uppgiftslamnare": _EVERYONE | {"upload", "originals"},
    "publicist": _EVERYONE | {"publish", "originals", "targets"},
    "revisor": _EVERYONE | {"originals", "log", "audits", "groups"},
    "administrator": _EVERYONE | {"users", "groups"},
}


@dataclass(frozen=True)
class Actor:
    """Whoever acts. `key` is what the store keeps (`user:3`, `local:cli`): a person's name stands in the user table
    alone, so that it can be erased. `local`: the one person at the machine itself, exempt from four eyes. `region`: the
    code of the region the person answers for, "" for none."""

    key: str
    name: str = ""
    roles: frozenset[str] = frozenset({"lasare"})
    local: bool = False
    region: str = ""


class Forbidden(RefusedFor):
    """An action the actor's roles do not allow, by the permission it takes. Nothing was done."""

    texts = "access.forbidden"


READER: Final = Actor("reader")
_ALL: Final = frozenset(ROLES)
LOCAL_CLI: Final = Actor("local:cli", roles=_ALL, local=True)
LOCAL_WEB: Final = Actor("local:web", roles=_ALL, local=True)
SYSTEM: Final = Actor("system:sample", roles=_ALL, local=True)


def allowed(actor: Actor, permission: str) -> bool:
    """Whether one of the actor's roles gives the permission.

    >>> allowed(READER, "export"), allowed(READER, "publish"), allowed(LOCAL_CLI, "users")
    (True, False, True)
    """
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    return any(permission in ROLES[role] for role in actor.roles)


def require(actor: Actor, permission: str) -> None:
    """Raises Forbidden where no role of the actor gives the permission."""
    if not allowed(actor, permission):
        raise Forbidden(permission)


_KNOWN: Final = {UPGRADE, *(actor.key for actor in (LOCAL_CLI, LOCAL_WEB, SYSTEM, READER))}


def shown_actor(key: str, language: str, names: Mapping[str, str] | None = None) -> str:
    """A stored actor in words. `names` (key → a person's name) is for those who may see it; others read "publicist".

    >>> shown_actor("local:cli", "sv"), shown_actor("user:3", "sv"), shown_actor("user:3", "sv", {"user:3": "Kim Ek"})
    ('lokal operatör (terminal)', 'inloggad medarbetare', 'Kim Ek')
    """
    if key in _KNOWN:
        return text(f"access.actors.{key.replace(':', '_')}", language)
    if key.startswith("user:"):
        return (names or {}).get(key) or text("access.actors.user", language)
    return stored_words(key, language)  # written by release 0.1, which had no accounts


class AccountRefused(RefusedFor):
    """An account, a password or a one-time word that cannot be accepted. Nothing was changed."""

    texts = "accounts.refused"
