"""A proxy that has signed the person in and says who it is in a header. Believed only from its own addresses, and only
together with our own cookie on everything but a page: so signing out here ends something."""

from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

from access import identities, sessions
from access.sessions import SignedIn
from models import Store
from models.account_settings import AccountSettings, GroupRoles
from ui.server.addresses import is_among, peer

_NOT_PAGES: Final = ("/_stcore/", "/media/", "/static/", "/component/", "/sign", "/first-administrator", "/choose-")


def header_names(settings: AccountSettings) -> set[bytes]:
    """The headers that are stripped from every request once they have been judged."""
    names = (settings.proxy_header, settings.proxy_name_header, settings.proxy_groups_header)
    return {name.casefold().encode("latin-1") for name in names if name}


def said_twice(settings: AccountSettings, scope: Scope) -> bool:
    """Whether one of the headers came more than once: of two words about who somebody is, one was planted, and which
    one the proxy meant cannot be known."""
    names = header_names(settings)
    told = [name for name, _ in scope["headers"] if name in names]
    return len(told) != len(set(told))


def judged(
    store: Store, settings: AccountSettings, scope: Scope, held: SignedIn | None
) -> tuple[SignedIn | None, str | None]:
    """The sign-in that holds, and the token of one opened now. A sign-in made through the proxy holds only while the
    proxy names the same person."""
    subject = _header(scope, settings.proxy_header) if is_among(peer(scope), settings.proxy_addresses) else ""
    if held is not None and (held.source != "proxy" or held.subject == f"proxy:{subject}"):
        return held, None
    page = scope["type"] == "http" and scope["method"] == "GET" and not scope["path"].startswith(_NOT_PAGES)
    if not subject or not page:
        return None, None
    user = identities.user_from_service(
        store,
        "proxy",
        subject=subject,
        login=subject,
        name=_header(scope, settings.proxy_name_header),
        roles=roles_of(_header(scope, settings.proxy_groups_header).split(","), settings.proxy_group_roles),
    )
    if user is None:
        return None, None
    token = sessions.open_session(store, user, "proxy")
    opened = sessions.by_token(store, token)
    return (opened, token) if isinstance(opened, SignedIn) else (None, None)


def _header(scope: Scope, name: str) -> str:
    value = Headers(scope=scope).get(name, "") if name else ""
    return value.encode("latin-1").decode("utf-8", "replace").strip()[:150]


def roles_of(groups: list[str], given: GroupRoles) -> set[str] | None:
    """The roles of a person's groups; None where no groups are mapped and roles are kept by hand.

    >>> roles_of(["stats ", "other"], {"stats": ("publicist",)}), roles_of(["stats"], {})
    ({'publicist'}, None)
    """
    if not given:
        return None
    return {role for group in groups for role in given.get(group.strip(), ())}
