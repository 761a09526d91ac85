"""`users …`: accounts from a terminal, by whoever can open the store. Logged as the local operator."""

import getpass
import sys
from typing import Annotated, Any, Final

import polars as pl
import typer

from access import LOCAL_CLI, sessions, users
from access.actors import AccountRefused
from commands.options import Json, startup_language
from commands.terminal import Terminal, aligned, terminal
from indicators import catalogue
from locales import text
from locales.json_text import records
from models import Store


def _help(key: str) -> str:
    return text(f"accounts.cli.{key}", startup_language())


Login = Annotated[str, typer.Argument(help=_help("login"))]
Roles = Annotated[list[str] | None, typer.Option("--role", help=_help("role"))]
Code = Annotated[str, typer.Argument(help=_help("code"))]
_COLUMNS: Final = ("login", "name", "source", "roles", "region", "state", "sessions")
_NONE: Final = "none"


def register(app: typer.Typer) -> None:
    family = typer.Typer(help=_help("users"), no_args_is_help=True, rich_markup_mode=None)
    for command in (list_users, create, roles, region, deactivate, revoke, erase):
        name = command.__name__.removesuffix("_users")
        family.command(name, help=_help(name))(command)
    app.add_typer(family, name="users")


def list_users(ctx: typer.Context, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        found = records(users.list_users(out.store(), LOCAL_CLI))
        documents = [{**one, "roles": one["roles"].split()} for one in found]
        if not found:
            out.answer([], _said(out, "none"))
        headers = [text(f"accounts.users.{name}", out.language) for name in _COLUMNS]
        out.answer(documents, aligned(headers, [_row(out, one) for one in found], right=[6]))


def _row(out: Terminal, one: dict[str, Any]) -> list[str]:
    state = text(f"accounts.users.{users.state_of(one)}", out.language)
    return [one["login"], one["name"], one["source"], one["roles"], one["region"], state, str(one["open_sessions"])]


def create(
    ctx: typer.Context,
    login: Login,
    name: Annotated[str, typer.Option("--name", help=_help("name"))] = "",
    role: Roles = None,
    invite: Annotated[bool, typer.Option("--invite", help=_help("invite"))] = False,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        store = out.store()
        password = None if invite else _password(out)  # an invited person chooses it, with a word that is good once
        number, word = users.create_user(store, LOCAL_CLI, login=login, name=name, roles=role or (), password=password)
        told = {"id": number, "login": users.accepted_login(login), "roles": role or []}
        if word:
            shown = _said(out, "created_word", **told, days=users.INVITED_DAYS, word=word)
            out.answer({**told, "invitation": word}, shown)
        out.answer(told, _said(out, "created", **told))


def _password(out: Terminal) -> str:
    """Typed twice without being shown, or one line of standard input where that is no terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed = [getpass.getpass(_said(out, word) + ": ") for word in ("password", "again")]
    if typed[0] != typed[1]:
        out.refuse(text("accounts.refused.password_differs", out.language))
    return typed[0]


def roles(ctx: typer.Context, login: Login, role: Roles = None, as_json: Json = False) -> None:
    def change(store: Store, user_id: int) -> dict[str, object]:
        users.set_roles(store, LOCAL_CLI, user_id, role or ())
        return {"roles": role or []}

    _changed(ctx, login, as_json, "roles", change)


def region(ctx: typer.Context, login: Login, code: Code, as_json: Json = False) -> None:
    def change(store: Store, user_id: int) -> dict[str, object]:
        found = catalogue().region_named(code)
        if code != _NONE and found is None:
            raise AccountRefused("region", region=code)
        chosen = "" if code == _NONE or found is None else found.code
        users.set_region(store, LOCAL_CLI, user_id, chosen)
        return {"region": chosen}

    _changed(ctx, login, as_json, "region", change)


def deactivate(ctx: typer.Context, login: Login, as_json: Json = False) -> None:
    def change(store: Store, user_id: int) -> dict[str, object]:
        users.set_active(store, LOCAL_CLI, user_id, active=False)
        return {"active": False}

    _changed(ctx, login, as_json, "deactivate", change)


def revoke(ctx: typer.Context, login: Login, as_json: Json = False) -> None:
    def change(store: Store, user_id: int) -> dict[str, object]:
        return {"revoked": sessions.revoke_all(store, LOCAL_CLI, user_id)}

    _changed(ctx, login, as_json, "revoke", change)


def erase(ctx: typer.Context, login: Login, as_json: Json = False) -> None:
    def change(store: Store, user_id: int) -> dict[str, object]:
        users.erase(store, LOCAL_CLI, user_id)
        return {"erased": True}

    _changed(ctx, login, as_json, "erase", change)


def _changed(ctx: typer.Context, login: str, as_json: bool, action: str, change: Any) -> None:
    """Do it to the account of that login, and answer with what became of it."""
    with terminal(ctx, as_json) as out:
        store = out.store()
        user_id = _number(store, login)
        done = change(store, user_id)
        out.answer({"id": user_id, "login": login, **done}, _told(out, action, login, done))


def _number(store: Store, login: str) -> int:
    known = users.list_users(store, LOCAL_CLI).filter(pl.col("login") == login.strip().casefold())
    if known.is_empty():
        raise AccountRefused("unknown", login=login)
    return int(known["id"].item())


def _told(out: Terminal, action: str, login: str, done: dict[str, Any]) -> str:
    if action == "revoke":
        return _said(out, "done_revoke_one" if done["revoked"] == 1 else "done_revoke", count=done["revoked"])
    roles = ", ".join(done.get("roles", ())) or _said(out, "no_roles")
    placed = done.get("region") or _said(out, "no_region")
    return _said(out, f"done_{action}", login=login, roles=roles, region=placed)


def _said(out: Terminal, key: str, **values: object) -> str:
    return text(f"accounts.cli.{key}", out.language, **values)
