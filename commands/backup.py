"""`backup` and `restore`: a verified copy of the store while it is in use, and one put back in the store's place."""

import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, NoReturn

import typer
from sqlalchemy import URL, delete, make_url
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
    put_in_schema,
    sha256_of,
)
from models.settings import PROJECT, store_url

_STAMP = "%Y-%m-%dT%H%M%SZ"


def backup_help(key: str) -> str:
    return text(f"backup.help.{key}", startup_language())


def said(out: Terminal, key: str, **values: object) -> str:
    return text(f"backup.{key}", out.language, **values)


def register(app: typer.Typer) -> None:
    app.command("backup", help=backup_help("backup"))(backup)
    app.command("restore", help=backup_help("restore"))(restore)


def backup(
    ctx: typer.Context,
    place: Annotated[Path | None, typer.Option("--out", help=backup_help("out"))] = None,
    keep: Annotated[int | None, typer.Option("--keep", min=1, help=backup_help("keep"))] = None,
    as_json: Json = False,
) -> None:
    """{file, size, sha256, tables, logged, removed}. `removed`: backups of the same store in the same folder that are
    older than the `keep` newest. `logged` is false where the store itself cannot be written:
    the copy is needed most then."""
    with terminal(ctx, as_json) as out:
        store = out.store()
        file = _place(store, place, out)
        done = copy_store(store, file)
        told = {"file": file.name, "size": done.size, "sha256": done.sha256}
        logged = True
        try:
            with store.write() as connection:
                log_event(connection, LOCAL_CLI, Event("store.backed_up", "store", after=told))
        except StoreRefused as refused:
            logged = False
            out.tell(said(out, "not_logged", why=refused.message(out.language)))
        removed = _remove_older(file, _name_of(store), keep) if keep else []
        document = {**told, "file": str(file), "tables": done.tables, "logged": logged, "removed": removed}
        shown = _in_words(out, file, done)
        out.answer(document, f"{shown} {said(out, 'removed', files=', '.join(removed))}" if removed else shown)


def _name_of(store: Store) -> str:
    """What the store's backups are named after."""
    return file_of(store).stem if store.is_sqlite else make_url(store.url).database or "dashboard"


def _remove_older(newest: Path, name: str, keep: int) -> list[str]:
    """Remove all but the newest backups, told by the moment in their names: what is named otherwise stays."""
    stamped = re.compile(re.escape(name) + r"-\d{4}-\d\d-\d\dT\d{6}Z\.sqlite3")
    older = sorted(file.name for file in newest.parent.iterdir() if stamped.fullmatch(file.name))[:-keep]
    for one in older:
        (newest.parent / one).unlink()
    return older


def _place(store: Store, asked: Path | None, out: Terminal) -> Path:
    """Where the copy goes: as asked, in the folder that was asked for, or in `backups/` beside the store (of
    PostgreSQL: in `data/`)."""
    name = f"{_name_of(store)}-{datetime.now(UTC).strftime(_STAMP)}.sqlite3"
    if asked is None:
        folder = (file_of(store).parent if store.is_sqlite else PROJECT / "data") / "backups"
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise StoreRefused("not_written", path=folder, error=error.strerror) from error
        return folder / name
    if not asked.resolve().parent.is_dir():
        out.refuse(out.said("out_no_folder", folder=asked.parent), WRONG_USAGE)
    return asked / name if asked.is_dir() else asked


def _in_words(out: Terminal, file: Path, done: Copied) -> str:
    size = format_number(done.size, 0, out.language)
    return said(out, "done", file=file, size=size, sha256=done.sha256, **counted(out, done.tables))


def counted(out: Terminal, tables: dict[str, int]) -> dict[str, str]:
    """The numbers of rows that a person is told of."""
    return {name: format_number(tables.get(name, 0), 0, out.language) for name in ("upload", "observation")}


def restore(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(help=backup_help("what"))],
    note: Note = "",
    replace: Annotated[bool, typer.Option("--replace", help=backup_help("replace"))] = False,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        if what.isdecimal():
            if replace:
                out.refuse(said(out, "number_replaces_nothing"), WRONG_USAGE)
            restore_published(out, int(what), note)
        file = Path(what)
        if not file.is_file():
            out.refuse(said(out, "neither", what=what), WRONG_USAGE)
        _restore_backup(out, file, note, replace=replace)


def _restore_backup(out: Terminal, file: Path, note: str, *, replace: bool) -> NoReturn:
    """{store, backup, sha256, replaced, kept}. The backup is read, upgraded and examined as a copy beside the store;
    what was in its place is kept under another name."""
    url, moment = make_url(store_url()), datetime.now(UTC).strftime(_STAMP)
    target = _target(url) if url.get_backend_name() == "sqlite" else None
    if target is not None and target.exists() and target.samefile(file):
        out.refuse(said(out, "itself", path=target), WRONG_USAGE)
    there = _what_is_there(url, target)
    shown_place = str(target or url.render_as_string())
    if there and not replace:
        told = said(out, "there_unread" if there["events"] is None else "there", path=shown_place, **there)
        out.refuse(f"{told}\n{said(out, 'use_replace')}")
    with TemporaryDirectory() as scratch, copied_beside(file, target or Path(scratch) / file.name) as new:
        source = {"backup": file.name, "sha256": sha256_of(file)}
        _log_and_examine(out, file, new, Event("store.restored", "store", before=there, after=source, reason=note))
        into_one_file(new)
        if target is not None:
            kept = str(target.with_name(f"{target.name}.{moment}.replaced"))
            replaced = put_in_place(new, target, Path(kept))
        else:
            kept = re.sub("[^a-z0-9]", "_", f"replaced_{moment}".lower())
            replaced = put_in_schema(new, store_url(), kept)
    document = {"store": shown_place, **source, "replaced": replaced, "kept": kept if replaced else None}
    shown = said(out, "restored", path=shown_place, file=file)
    out.answer(document, f"{shown} {said(out, 'kept', kept=kept)}" if replaced else shown)


def _target(url: URL) -> Path:
    target = Path(url.database or "")
    if not target.parent.is_dir():
        raise StoreRefused("no_folder", path=target.parent)
    return target


def _what_is_there(url: URL, target: Path | None) -> dict[str, Any] | None:
    """The store that would be replaced, as the log of the next one is to remember it; None where there is none. A
    PostgreSQL database with tables of somebody else's is refused."""
    if target is not None and not target.exists():
        return None
    health = store_health(url.render_as_string(hide_password=False))
    if target is None and health["unreadable"]:
        raise StoreRefused("out_of_reach", path=url.render_as_string())
    if target is None and health["revision"] is None:
        return None
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
        out.refuse("\n".join([said(out, "unsound", file=file), *(f"  {one}" for one in wrong)]))


def _forget_sign_ins(store: Store, event: Event) -> None:
    with store.write() as connection:
        for table in LEFT_OUT:  # a copy made in another way than by `backup` has them
            connection.execute(delete(SQLModel.metadata.tables[table]))
        log_event(connection, LOCAL_CLI, event)
