"""`doctor`: what runs here, with which settings, and whether the store is sound."""

import platform
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, Final

import typer
from sqlalchemy import make_url

from commands import surroundings, trust
from commands.health import store_health
from commands.options import Json, help_text
from commands.terminal import DONE, REFUSED, Terminal, aligned, terminal
from exports import program_version
from models import now, settings
from models.settings import store_url

_LIBRARIES: Final = (
    "streamlit",
    "polars",
    "altair",
    "sqlmodel",
    "SQLAlchemy",
    "alembic",
    "openpyxl",
    "babel",
    "typer",
    "pydantic",
    "psycopg",
)


Check = Callable[[str, bool, object], dict[str, Any]]


def register(app: typer.Typer) -> None:
    app.command("doctor", help=help_text("doctor"))(doctor)


def doctor(ctx: typer.Context, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        health = store_health(language=out.language)
        checks = judged(health, out) + _around(health, out)
        sound = all(check["ok"] for check in checks)
        missing = {"missing": health.pop("missing"), "unreadable": health.pop("unreadable")}
        document = {
            "ok": sound,
            **health,
            **missing,
            "program": program_version(),
            "python": platform.python_version(),
            "libraries": {name: version(name) for name in _LIBRARIES},
            "settings": shown_settings(),
            "checks": checks,
        }
        rows = [[out.said("ok" if check["ok"] else "wrong"), check["name"], check["detail"]] for check in checks]
        headers = [out.said(f"doctor_{name}") for name in ("verdict", "check", "detail")]
        out.answer(document, aligned(headers, rows), DONE if sound else REFUSED)


def judged(health: dict[str, Any], out: Terminal) -> list[dict[str, Any]]:
    """Each check: its name, whether it holds, and the fact. A store that cannot be read has no further checks."""

    def check(name: str, ok: bool, fact: object) -> dict[str, Any]:
        return {"name": name, "ok": ok, "detail": out.said(f"doctor_{name}_{'ok' if ok else 'bad'}", fact=fact)}

    if health["missing"]:
        return [check("found", False, health["store"])]
    if health["unreadable"]:
        return [check("found", True, health["store"]), check("readable", False, health["unreadable"])]
    incomplete = ", ".join(f"{one['id']} {one['file']}" for one in health["incomplete"])
    checks = [
        check("found", True, health["store"]),
        check("revision", health["revision"] == health["newest_revision"], health["revision"]),
        check("complete", not incomplete, incomplete),
    ]
    if health["audit"] is not None:  # the tables are this release's
        log, accounts = health["audit"], health["accounts"]
        whole = log["broken_at"] is None
        told = trust.accounts_in_words(accounts, out.language)
        checks += [
            check("audit_log", whole, f"{log['last']} {log['hash']}".strip() if whole else log["broken_at"]),
            check("publications_logged", log["unlogged"] is None, log["unlogged"]),
            check("accounts", trust.accounts_sound(accounts), told),
            *_unchanged(health["changed"], {one["id"] for one in health["incomplete"]}, check, out),
        ]
    if health["journal_mode"] is not None:  # SQLite; a PostgreSQL server keeps its own house
        checks += [
            check("integrity", health["integrity"] == "ok", health["integrity"]),
            check("foreign_keys", health["foreign_keys"], ""),
            check("journal_mode", health["journal_mode"] == settings().sqlite_journal, health["journal_mode"]),
        ]
    return checks


def _around(health: dict[str, Any], out: Terminal) -> list[dict[str, Any]]:
    """Of the machine and its settings, not of the store: a backup is sound whatever they are."""
    if health["audit"] is None:
        return []
    moment, newest = now(), health["audit"]["at"]
    faults = surroundings.proxy_faults()
    told = {"clock": (surroundings.clock_sound(moment, newest), f"{moment[:19]}Z, {(newest or moment)[:19]}Z")}
    told["proxy"] = (not faults, ", ".join(faults))
    return [
        {"name": name, "ok": ok, "detail": out.said(f"doctor_{name}_{'ok' if ok else 'bad'}", fact=fact)}
        for name, (ok, fact) in told.items()
    ]


def _unchanged(changed: dict[str, Any], incomplete: set[int], check: Check, out: Terminal) -> list[dict[str, Any]]:
    """What other tools may have changed; each fact is the numbers or names to look at. An upload that lacks rows has
    been told of already (`complete`)."""
    named = {**changed, "rows": [one for one in changed["rows"] if one not in incomplete]}
    late = changed["sealed_late"]
    checks = [
        check(name, not named[name], ", ".join(map(str, named[name])))
        for name in ("rows", "originals", "statuses", "schema", "roles")
    ]
    told = out.said("doctor_sealed_late", count=late) if late else ""
    checks.append(check("unsealed", not changed["unsealed"], ", ".join(map(str, changed["unsealed"])) or told))
    if changed["file_mode"]:
        checks.append(check("file_mode", not changed["open_to_others"], changed["file_mode"]))
    return checks


def shown_settings() -> dict[str, Any]:
    """Every setting in force; the store's URL without password and without its query, which can hold one too."""
    url = make_url(store_url()).set(query={})
    return {**settings().model_dump(), "database_url": url.render_as_string(hide_password=True)}
