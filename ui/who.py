"""Who the reader of this run is: asked of the sign-in table at every run, and again inside every action.

`st.user` says which sign-in the connection came with (ui/server/identity.py); whether it still holds, and which roles
the person has now, stands in the store alone.
"""

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

import access
from access import LOCAL_WEB, READER, Actor, sessions, users
from access.sessions import Ended, SignedIn
from locales import text
from models import Store, StoreRefused
from models.account_settings import account_settings
from ui.escape import as_html, plain
from ui.language import chosen_language
from ui.server.local import local_mode
from ui.stores import store

_WAS: Final = "signed in as"


def actor() -> Actor:
    """Whoever acts in this run: the signed-in person, the one at the machine in local mode, or a reader."""
    return _acting(_number())


def require(permission: str) -> Actor:
    """The actor, asked for anew, who has the permission now. Raises access.Forbidden. Call it inside every action: a
    button, a callback, a fragment."""
    return later(permission)()


def later(permission: str) -> Callable[[], Actor]:
    """`require` for what runs when no page does: Streamlit makes a download outside of any run, without `st.user`."""
    number = _number()

    def asked() -> Actor:
        found = _acting(number)
        access.require(found, permission)
        return found

    return asked


def names_for(opened: Store, who: Actor) -> Mapping[str, str]:
    """Actors' names (key → name), for those who may see them."""
    return users.names(opened, who) if access.allowed(who, "log") or access.allowed(who, "users") else {}


def _number() -> str:
    """The sign-in this connection came with, held or not; "" without one."""
    return str(st.user.get("sign_in") or "") if account_settings().accounts else ""


def _acting(number: str) -> Actor:
    if local_mode():
        return LOCAL_WEB
    found = _judged(number)
    return found.actor if isinstance(found, SignedIn) else READER


def _sign_in() -> SignedIn | Ended | None:
    return _judged(_number())


def _judged(number: str) -> SignedIn | Ended | None:
    """A sign-in as it stands now; None without one."""
    chosen = account_settings().accounts
    if not number or not chosen:
        return None
    try:
        found = sessions.by_id(store(), int(number))
    except StoreRefused:
        return None
    return Ended("unknown") if isinstance(found, SignedIn) and found.source not in chosen else found


def header(language: str, page: str) -> None:
    """Name and roles with a way out, or a way in. Nothing in local mode. `page`: where to come back to."""
    if not account_settings().accounts:
        return
    found = _sign_in()
    if isinstance(found, SignedIn):
        st.session_state[_WAS] = found.actor.key
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            st.html(f'<p class="who">{as_html(_named(found.actor, language))}</p>', width="content")
            st.button(text("accounts.header.sign_out", language), key="sign_out", on_click=_sign_out)
        return
    if st.session_state.pop(_WAS, None):  # what the person had before them is not for the next one at this screen
        st.session_state.clear()
    address = f"./signin?lang={language}&page={page}"
    label = as_html(text("accounts.header.sign_in", language))
    st.html(f'<p class="who" data-leaves="1"><a href="{address}">{label}</a></p>', width="content")


def ended(language: str) -> None:
    """Says why a sign-in this page was opened with no longer holds."""
    found = None if local_mode() else _sign_in()
    if isinstance(found, Ended):
        st.warning(plain(text(f"accounts.ended.{found.why}", language)))


def _named(who: Actor, language: str) -> str:
    staff = [role for role in access.ROLES if role in who.roles and role != "lasare"]
    roles = ", ".join(text(f"access.roles.{role}", language).lower() for role in staff)
    roles = roles or text("accounts.header.reader", language)
    return text("accounts.header.signed_in", language, name=who.name, roles=roles)


def _sign_out() -> None:
    found = _sign_in()
    if isinstance(found, SignedIn):
        try:
            sessions.end(store(), found)
        except StoreRefused as refused:  # it has ended all the same
            language = chosen_language()
            st.error(plain(text("accounts.signout.unwritten", language, why=refused.message(language))))
