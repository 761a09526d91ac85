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
from ui.frame import Frame
from ui.notes import finding, moment_in_words
from ui.tables import table

_SAID: Final = "said of users"


def overview(frame: Frame) -> pl.DataFrame:
    """How many accounts there are, what the last action did, then every account; the accounts (access.users.SCHEMA)."""
    found = users.list_users(frame.store, who.require("users"))
    opened = sum(users.state_of(row) == "open" for row in found.iter_rows(named=True))
    count, active = (format_number(number, 0, frame.language) for number in (found.height, opened))
    none = found.is_empty()
    said = frame.say(f"accounts.users.{'no_accounts' if none else 'finding'}", count=count, active=active)
    finding(frame, "users", said, () if none else (frame.say("pages.users.purpose"),))
    for kind, words in st.session_state.pop(_SAID, []):
        if kind == "code":
            st.code(words, language=None)
        else:
            (st.success if kind == "success" else st.error)(words)
    if frame.actor.local:
        st.info(frame.say("accounts.users.local_mode"))
    if not none:
        shown = pl.DataFrame([_row(frame, row) for row in found.iter_rows(named=True)])
        caption = frame.say("accounts.users.table", count=format_number(found.height, 0, frame.language))
        with st.container(border=True, key="card accounts"):
            table(shown, caption, numbers=[frame.say("accounts.users.sessions")])
    return found


def _row(frame: Frame, row: dict[str, Any]) -> dict[str, str]:
    told = {
        "login": row["login"],
        "name": row["name"],
        "source": frame.say(f"accounts.sources.{row['source']}"),
        "roles": ", ".join(_role(frame, role) for role in row["roles"].split()),
        "region": catalogue().regions[row["region"]].name if row["region"] else "",
        "state": frame.say(f"accounts.users.{users.state_of(row)}"),
        "created": moment_in_words(row["created_at"], frame.language),
        "seen": moment_in_words(row["last_seen_at"], frame.language) if row["last_seen_at"] else "",
        "sessions": format_number(row["open_sessions"], 0, frame.language),
    }
    return {frame.say(f"accounts.users.{name}"): words for name, words in told.items()}


def _role(frame: Frame, role: str) -> str:
    return frame.say(f"access.roles.{role}")


def new_user(frame: Frame) -> None:
    """A local account and the one-time word its person chooses a password with."""
    with st.form("new_user", clear_on_submit=True):
        login = st.text_input(frame.say("accounts.users.login"), key="new:login", max_chars=80)
        name = st.text_input(frame.say("accounts.users.name"), key="new:name", max_chars=200)
        roles = st.multiselect(
            frame.say("accounts.users.roles"), STAFF_ROLES, key="new:roles", format_func=lambda role: _role(frame, role)
        )
        pressed = st.form_submit_button(frame.say("accounts.users.create"), type="primary")
    if pressed:
        _try(frame, lambda: _created(frame, login, name, roles))


def _created(frame: Frame, login: str, name: str, roles: list[str]) -> list[tuple[str, str]]:
    _, word = users.create_user(frame.store, who.require("users"), login=login, name=name, roles=roles)
    return _word(frame, login, word)


def _word(frame: Frame, login: str, word: str) -> list[tuple[str, str]]:
    told = frame.say("accounts.users.created_word", login=plain(login), days=users.INVITED_DAYS)
    how = frame.say("accounts.users.how", address=plain("/choose-password"))
    return [("success", f"{told} {how}"), ("code", word)]


def change_user(frame: Frame, found: pl.DataFrame) -> None:
    """Choose an account, then its roles or what to do with it."""
    rows = {row["login"]: row for row in found.iter_rows(named=True)}
    login = st.selectbox(frame.say("accounts.users.which"), rows, key="change:login")
    if login is None:
        return
    row = rows[login]
    _roles(frame, row)
    _region(frame, row)
    with st.container(horizontal=True):
        opening = "deactivate" if row["active"] else "activate"
        _button(frame, row, opening, lambda: _activity(frame, row))
        _button(frame, row, "revoke", lambda: _revoked(frame, row))
        if row["source"] == "local":
            _button(frame, row, "invite", lambda: _invited(frame, row))
    sure = st.checkbox(frame.say("accounts.users.erase_sure"), key=f"sure:{row['id']}")
    _button(frame, row, "erase", lambda: _erased(frame, row), disabled=not sure)


def _roles(frame: Frame, row: dict[str, Any]) -> None:
    chosen = account_settings()
    from_service = {"oidc": chosen.oidc_group_roles, "proxy": chosen.proxy_group_roles}.get(row["source"])
    if from_service:
        st.caption(frame.say("accounts.users.from_service"))
    with st.form(f"roles:{row['id']}"):
        roles = st.multiselect(
            frame.say("accounts.users.roles"),
            STAFF_ROLES,
            default=row["roles"].split(),
            key=f"roles:{row['id']}:{row['roles']}",
            format_func=lambda role: _role(frame, role),
        )
        pressed = st.form_submit_button(frame.say("accounts.users.save_roles"))
    if pressed:
        _try(frame, lambda: _given(frame, row, roles))


def _region(frame: Frame, row: dict[str, Any]) -> None:
    known = catalogue().regions
    with st.form(f"region:{row['id']}"):
        codes = ["", *catalogue().codes_by_name]
        region = st.selectbox(
            frame.say("accounts.users.region"),
            codes,
            index=codes.index(row["region"]),
            key=f"region:{row['id']}:{row['region']}",
            format_func=lambda code: known[code].name if code else frame.say("accounts.users.no_region"),
            help=frame.say("accounts.users.region_about"),
        )
        pressed = st.form_submit_button(frame.say("accounts.users.save_region"))
    if pressed:
        _try(frame, lambda: _placed(frame, row, region))


def _placed(frame: Frame, row: dict[str, Any], region: str) -> list[tuple[str, str]]:
    users.set_region(frame.store, who.require("users"), row["id"], region)
    return [("success", frame.say("accounts.users.saved"))]


def _button(frame: Frame, row: dict[str, Any], action: str, work: Any, *, disabled: bool = False) -> None:
    if st.button(frame.say(f"accounts.users.{action}"), key=f"{action}:{row['id']}", disabled=disabled):
        _try(frame, work)


def _given(frame: Frame, row: dict[str, Any], roles: list[str]) -> list[tuple[str, str]]:
    users.set_roles(frame.store, who.require("users"), row["id"], roles)
    return [("success", frame.say("accounts.users.saved"))]


def _activity(frame: Frame, row: dict[str, Any]) -> list[tuple[str, str]]:
    users.set_active(frame.store, who.require("users"), row["id"], active=not row["active"])
    return [("success", frame.say("accounts.users.saved"))]


def _revoked(frame: Frame, row: dict[str, Any]) -> list[tuple[str, str]]:
    count = sessions.revoke_all(frame.store, who.require("users"), row["id"])
    key = "accounts.users.revoked_one" if count == 1 else "accounts.users.revoked"
    return [("success", frame.say(key, count=count))]


def _invited(frame: Frame, row: dict[str, Any]) -> list[tuple[str, str]]:
    return _word(frame, row["login"], users.invite_again(frame.store, who.require("users"), row["id"]))


def _erased(frame: Frame, row: dict[str, Any]) -> list[tuple[str, str]]:
    users.erase(frame.store, who.require("users"), row["id"])
    return [("success", frame.say("accounts.users.saved"))]


def _try(frame: Frame, work: Any) -> None:
    """Do it, keep what is to be said, and draw the page again with the accounts as they are now."""
    try:
        said = work()
    except Refused as refused:
        said = [("error", plain(refused.message(frame.language)))]
    st.session_state[_SAID] = said
    st.rerun()
