"""`backup` and `restore`: a verified copy of the store while it is in use, and one put back in the store's place."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from sqlalchemy import delete, make_url
from sqlmodel import SQLModel

from access import LOCAL_CLI, Event, log_event
from commands.desk import Note, restore_published
from commands.doctor import judged
from commands.health import store_health
from commands.options import Json, startup_language
from commands.terminal import WRONG_USAGE, Terminal, terminal
from locales import text
from locales.numbers import format_number
from models import Store, StoreRefused, open_store
from models.backup import (
    LEFT_OUT,
    Copied,
    copied_beside,
    copy_store,
    file_of,
    into_one_file,
    put_in_place,
    sha256_of,
)
from models.settings import store_url

_STAMP = "%Y-%m-%dT%H%M%SZ"


def _help(key: str) -> str:
    return text(f"backup.help.{key}", startup_language())


def _said(out: Terminal, key: str, **values: object) -> str:
    return text(f"backup.{key}", out.language, **values)


def register(app: typer.Typer) -> None:
    app.command("backup", help=_help("backup"))(backup)
    app.command("restore", help=_help("restore"))(restore)


def backup(
    ctx: typer.Context,
    place: Annotated[Path | None, typer.Option("--out", help=_help("out"))] = None,
    as_json: Json = False,
) -> None:
    """{file, size, sha256, tables, data_version, logged}. `logged` is false where the store itself cannot be written:
    the copy is needed most then."""
    with terminal(ctx, as_json) as out:
        store = out.store()
        file = _place(file_of(store), place, out)
        done = copy_store(store, file)
        told = {"file": file.name, "size": done.size, "sha256": done.sha256}
        logged = True
        try:
            with store.write() as connection:
                log_event(connection, LOCAL_CLI, Event("store.backed_up", "store", after=told))
        except StoreRefused as refused:
            logged = False
            out.tell(_said(out, "not_logged", why=refused.message(out.language)))
        document = {**told, "file": str(file), "tables": done.tables, "logged": logged}
        out.answer(document, _in_words(out, file, done))


def _place(store: Path, asked: Path | None, out: Terminal) -> Path:
    """Where the copy goes: as asked, in the folder that was asked for, or in `backups/` beside the store."""
    name = f"{store.stem}-{datetime.now(UTC).strftime(_STAMP)}.sqlite3"
    if asked is None:
        folder = store.parent / "backups"
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise StoreRefused("not_written", path=folder, error=error.strerror) from error
        return folder / name
    if not asked.resolve().parent.is_dir():
        out.refuse(out.said("out_no_folder", folder=asked.parent), WRONG_USAGE)
    return asked / name if asked.is_dir() else asked


def _in_words(out: Terminal, file: Path, done: Copied) -> str:
    counts = {name: format_number(done.tables.get(name, 0), 0, out.language) for name in ("upload", "observation")}
    size = format_number(done.size, 0, out.language)
    return _said(out, "done", file=file, size=size, sha256=done.sha256, **counts)


def restore(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(help=_help("what"))],
    note: Note = "",
    replace: Annotated[bool, typer.Option("--replace", help=_help("replace"))] = False,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        if what.isdecimal():
            if replace:
                out.refuse(_said(out, "number_replaces_nothing"), WRONG_USAGE)
            restore_published(out, int(what), note)
        file = Path(what)
        if not file.is_file():
            out.refuse(_said(out, "neither", what=what), WRONG_USAGE)
        _restore_backup(out, file, note, replace=replace)


def _restore_backup(out: Terminal, file: Path, note: str, *, replace: bool) -> NoReturn:
    """{store, backup, sha256, replaced, kept}. The backup is read, upgraded and examined as a copy beside the store;
    what was in its place is kept under another name."""
    target = _target()
    if target.exists() and target.samefile(file):
        out.refuse(_said(out, "itself", path=target), WRONG_USAGE)
    there = _what_is_there(target)
    if there and not replace:
        told = _said(out, "there_unread" if there["events"] is None else "there", path=target, **there)
        out.refuse(f"{told}\n{_said(out, 'use_replace')}")
    kept = target.with_name(f"{target.name}.{datetime.now(UTC).strftime(_STAMP)}.replaced")
    with copied_beside(file, target) as new:
        source = {"backup": file.name, "sha256": sha256_of(file)}
        _log_and_examine(out, file, new, Event("store.restored", "store", before=there, after=source, reason=note))
        into_one_file(new)
        replaced = put_in_place(new, target, kept)
    document = {"store": str(target), **source, "replaced": replaced, "kept": str(kept) if replaced else None}
    shown = _said(out, "restored", path=target, file=file)
    out.answer(document, f"{shown} {_said(out, 'kept', kept=kept)}" if replaced else shown)


def _target() -> Path:
    url = make_url(store_url())
    if url.get_backend_name() != "sqlite":
        raise StoreRefused("server_backup", place=url.render_as_string())
    target = Path(url.database or "")
    if not target.parent.is_dir():
        raise StoreRefused("no_folder", path=target.parent)
    return target


def _what_is_there(target: Path) -> dict[str, Any] | None:
    """The store that would be replaced, as the log of the next one is to remember it; None where there is none."""
    if not target.exists():
        return None
    health = store_health(f"sqlite:///{target}")
    log = health["audit"] or {"last": None, "hash": None, "events": None}
    return {"uploads": health["uploads"], "events": log["events"], "last": log["last"], "hash": log["hash"]}


def _log_and_examine(out: Terminal, file: Path, new: Path, event: Event) -> None:
    """Bring the copy up to this release, write in its log what it is for, and ask it all that `doctor` asks. Refused
    with every fault: a backup that is not sound replaces nothing."""
    url = f"sqlite:///{new.resolve()}"
    opened = open_store(url)
    try:
        _forget_sign_ins(opened, event)
    finally:
        opened.close()
    checks = judged(store_health(url, out.language), out)
    wrong = [check["detail"] for check in checks if not check["ok"] and check["name"] != "accounts"]
    if wrong:
        out.refuse("\n".join([_said(out, "unsound", file=file), *(f"  {one}" for one in wrong)]))


def _forget_sign_ins(store: Store, event: Event) -> None:
    with store.write() as connection:
        for table in LEFT_OUT:  # a copy made in another way than by `backup` has them
            connection.execute(delete(SQLModel.metadata.tables[table]))
        log_event(connection, LOCAL_CLI, event)
