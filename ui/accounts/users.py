"""The accounts on a page: who there is, a new one, what can be done with one. Every action asks for the permission
again; a one-time word is shown in the run that made it and never again."""

from typing import Any, Final

import polars as pl
import streamlit as st

from access import sessions, users
from indicators import catalogue
from locales.numbers import format_number
from locales.refused import Refused
from models.account_settings import account_settings
from models.accounts import STAFF_ROLES
from ui import who
from ui.escape import plain
from ui.notes import finding, moment_in_words
from ui.tables import table
from ui.visit import Visit

_SAID: Final = "said of users"


def overview(visit: Visit) -> pl.DataFrame:
    """How many accounts there are, what the last action did, then every account; the accounts (access.users.SCHEMA)."""
    found = users.list_users(visit.store, who.require("users"))
    opened = sum(users.state_of(row) == "open" for row in found.iter_rows(named=True))
    count, active = (format_number(number, 0, visit.language) for number in (found.height, opened))
    none = found.is_empty()
    said = visit.say(f"accounts.users.{'no_accounts' if none else 'finding'}", count=count, active=active)
    finding(visit, "users", said, () if none else (visit.say("pages.users.purpose"),))
    for kind, words in st.session_state.pop(_SAID, []):
        if kind == "code":
            st.code(words, language=None)
        else:
            (st.success if kind == "success" else st.error)(words)
    if visit.actor.local:
        st.info(visit.say("accounts.users.local_mode"))
    if not none:
        shown = pl.DataFrame([_row(visit, row) for row in found.iter_rows(named=True)])
        caption = visit.say("accounts.users.table", count=format_number(found.height, 0, visit.language))
        with st.container(border=True, key="card accounts"):
            table(shown, caption, numbers=[visit.say("accounts.users.sessions")])
    return found


def _row(visit: Visit, row: dict[str, Any]) -> dict[str, str]:
    told = {
        "login": row["login"],
        "name": row["name"],
        "source": visit.say(f"accounts.sources.{row['source']}"),
        "roles": ", ".join(_role(visit, role) for role in row["roles"].split()),
        "region": catalogue().regions[row["region"]].name if row["region"] else "",
        "state": visit.say(f"accounts.users.{users.state_of(row)}"),
        "created": moment_in_words(row["created_at"], visit.language),
        "seen": moment_in_words(row["last_seen_at"], visit.language) if row["last_seen_at"] else "",
        "sessions": format_number(row["open_sessions"], 0, visit.language),
    }
    return {visit.say(f"accounts.users.{name}"): words for name, words in told.items()}


def _role(visit: Visit, role: str) -> str:
    return visit.say(f"access.roles.{role}")


def new_user(visit: Visit) -> None:
    """A local account and the one-time word its person chooses a password with."""
    with st.form("new_user", clear_on_submit=True):
        login = st.text_input(visit.say("accounts.users.login"), key="new:login", max_chars=80)
        name = st.text_input(visit.say("accounts.users.name"), key="new:name", max_chars=200)
        roles = st.multiselect(
            visit.say("accounts.users.roles"), STAFF_ROLES, key="new:roles", format_func=lambda role: _role(visit, role)
        )
        pressed = st.form_submit_button(visit.say("accounts.users.create"), type="primary")
    if pressed:
        _try(visit, lambda: _created(visit, login, name, roles))


def _created(visit: Visit, login: str, name: str, roles: list[str]) -> list[tuple[str, str]]:
    _, word = users.create_user(visit.store, who.require("users"), login=login, name=name, roles=roles)
    return _word(visit, login, word)


def _word(visit: Visit, login: str, word: str) -> list[tuple[str, str]]:
    told = visit.say("accounts.users.created_word", login=plain(login), days=users.INVITED_DAYS)
    how = visit.say("accounts.users.how", address=plain("/choose-password"))
    return [("success", f"{told} {how}"), ("code", word)]


def change_user(visit: Visit, found: pl.DataFrame) -> None:
    """Choose an account, then its roles or what to do with it."""
    rows = {row["login"]: row for row in found.iter_rows(named=True)}
    login = st.selectbox(visit.say("accounts.users.which"), rows, key="change:login")
    if login is None:
        return
    row = rows[login]
    _roles(visit, row)
    _region(visit, row)
    with st.container(horizontal=True):
        opening = "deactivate" if row["active"] else "activate"
        _button(visit, row, opening, lambda: _activity(visit, row))
        _button(visit, row, "revoke", lambda: _revoked(visit, row))
        if row["source"] == "local":
            _button(visit, row, "invite", lambda: _invited(visit, row))
    sure = st.checkbox(visit.say("accounts.users.erase_sure"), key=f"sure:{row['id']}")
    _button(visit, row, "erase", lambda: _erased(visit, row), disabled=not sure)


def _roles(visit: Visit, row: dict[str, Any]) -> None:
    chosen = account_settings()
    from_service = {"oidc": chosen.oidc_group_roles, "proxy": chosen.proxy_group_roles}.get(row["source"])
    if from_service:
        st.caption(visit.say("accounts.users.from_service"))
    with st.form(f"roles:{row['id']}"):
        roles = st.multiselect(
            visit.say("accounts.users.roles"),
            STAFF_ROLES,
            default=row["roles"].split(),
            key=f"roles:{row['id']}:{row['roles']}",
            format_func=lambda role: _role(visit, role),
        )
        pressed = st.form_submit_button(visit.say("accounts.users.save_roles"))
    if pressed:
        _try(visit, lambda: _given(visit, row, roles))


def _region(visit: Visit, row: dict[str, Any]) -> None:
    known = catalogue().regions
    with st.form(f"region:{row['id']}"):
        codes = ["", *catalogue().codes_by_name]
        region = st.selectbox(
            visit.say("accounts.users.region"),
            codes,
            index=codes.index(row["region"]),
            key=f"region:{row['id']}:{row['region']}",
            format_func=lambda code: known[code].name if code else visit.say("accounts.users.no_region"),
            help=visit.say("accounts.users.region_about"),
        )
        pressed = st.form_submit_button(visit.say("accounts.users.save_region"))
    if pressed:
        _try(visit, lambda: _placed(visit, row, region))


def _placed(visit: Visit, row: dict[str, Any], region: str) -> list[tuple[str, str]]:
    users.set_region(visit.store, who.require("users"), row["id"], region)
    return [("success", visit.say("accounts.users.saved"))]


def _button(visit: Visit, row: dict[str, Any], action: str, work: Any, *, disabled: bool = False) -> None:
    if st.button(visit.say(f"accounts.users.{action}"), key=f"{action}:{row['id']}", disabled=disabled):
        _try(visit, work)


def _given(visit: Visit, row: dict[str, Any], roles: list[str]) -> list[tuple[str, str]]:
    users.set_roles(visit.store, who.require("users"), row["id"], roles)
    return [("success", visit.say("accounts.users.saved"))]


def _activity(visit: Visit, row: dict[str, Any]) -> list[tuple[str, str]]:
    users.set_active(visit.store, who.require("users"), row["id"], active=not row["active"])
    return [("success", visit.say("accounts.users.saved"))]


def _revoked(visit: Visit, row: dict[str, Any]) -> list[tuple[str, str]]:
    count = sessions.revoke_all(visit.store, who.require("users"), row["id"])
    key = "accounts.users.revoked_one" if count == 1 else "accounts.users.revoked"
    return [("success", visit.say(key, count=count))]


def _invited(visit: Visit, row: dict[str, Any]) -> list[tuple[str, str]]:
    return _word(visit, row["login"], users.invite_again(visit.store, who.require("users"), row["id"]))


def _erased(visit: Visit, row: dict[str, Any]) -> list[tuple[str, str]]:
    users.erase(visit.store, who.require("users"), row["id"])
    return [("success", visit.say("accounts.users.saved"))]


def _try(visit: Visit, work: Any) -> None:
    """Do it, keep what is to be said, and draw the page again with the accounts as they are now."""
    try:
        said = work()
    except Refused as refused:
        said = [("error", plain(refused.message(visit.language)))]
    st.session_state[_SAID] = said
    st.rerun()
