"""`stage`, `publish`, `reject`, `withdraw`, `restore NUMBER`: the upload desk's steps from a terminal."""

from typing import Annotated, Any, NoReturn

import typer

from access import LOCAL_CLI
from analysis.held_records import held_records
from commands.files import checked_from, stopped
from commands.options import AcceptWarnings, Files, Json, ReplaceEvidence, help_text
from commands.previews import contents
from commands.terminal import DONE, REFUSED, Terminal, terminal
from exports import contents_in_words
from loaders import (
    RejectedFile,
    check_staged,
    publish_staged,
    reject_staged,
    restore_upload,
    stage_file,
    withdraw_upload,
)
from locales import text
from models import Store, StoreRefused

Upload = Annotated[int, typer.Argument(help=help_text("upload"))]
Note = Annotated[str, typer.Option("--note", help=help_text("note"))]


def register(app: typer.Typer) -> None:
    for name, command in (("stage", stage), ("publish", publish), ("reject", reject), ("withdraw", withdraw)):
        app.command(name, help=help_text(name))(command)


def stage(ctx: typer.Context, files: Files, note: Note = "", as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        store = out.store(create=True)
        told: list[dict[str, Any]] = []
        for file in files:
            upload = None
            try:
                checked = checked_from(out, store, file)
                upload = stage_file(store, checked, by=LOCAL_CLI, note=note).upload_id
            except RejectedFile as rejected:
                out.tell(rejected.message(out.language))
            except StoreRefused as refused:
                stopped(out, told, file, refused, [_staged_line(one, out) for one in told])
            told.append({**checked.to_json(out.language), "upload": upload})
        lines = [_staged_line(one, out) for one in told]
        code = DONE if all(one["upload"] for one in told) else REFUSED
        out.answer(told[0] if len(files) == 1 else told, "\n".join(lines), code)


def _staged_line(one: dict[str, Any], out: Terminal) -> str:
    if one["upload"] and "records" in one:
        told = {"file": one["file"], "upload": one["upload"], "contents": contents(one, out.language)}
        return text("record_words.cli.staged", out.language, **told)
    return out.said("stage_done" if one["upload"] else "load_refused", file=one["file"], upload=one["upload"])


def publish(
    ctx: typer.Context,
    upload: Upload,
    note: Note = "",
    accept_warnings: AcceptWarnings = False,
    replace_evidence: ReplaceEvidence = False,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        store = out.store()
        checked = check_staged(store, upload)
        done = publish_staged(
            store,
            upload,
            checked,
            by=LOCAL_CLI,
            note=note,
            accept_warnings=accept_warnings,
            replace_evidence=replace_evidence,
        )
        _answer(out, "published", upload, done.publication_id, note, _held(store, upload))


def reject(ctx: typer.Context, upload: Upload, note: Note = "", as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        reject_staged(out.store(), upload, by=LOCAL_CLI, note=note)
        _answer(out, "rejected", upload, None, note)


def withdraw(ctx: typer.Context, upload: Upload, note: Note = "", as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        store = out.store()
        publication = withdraw_upload(store, upload, by=LOCAL_CLI, note=note)
        _answer(out, "withdrawn", upload, publication, note, _held(store, upload))


def restore_published(out: Terminal, upload: int, note: str) -> NoReturn:
    """`restore NUMBER`: a withdrawn upload is published again."""
    store = out.store()
    publication = restore_upload(store, upload, by=LOCAL_CLI, note=note)
    _answer(out, "restored", upload, publication, note, _held(store, upload))


def _held(store: Store, upload: int) -> dict[str, int]:
    return held_records(store).get(upload, {})


def _answer(
    out: Terminal, action: str, upload: int, publication: int | None, note: str, held: dict[str, int] | None = None
) -> NoReturn:
    """`held`: what the upload holds besides figures, added to the document and the line where there is any."""
    document = {"upload": upload, "action": action, "publication": publication, "note": note}
    told = out.said(f"desk_{action}", upload=upload)
    if held:
        counted = contents_in_words(0, held, out.language)
        told = f"{told} {text('record_words.cli.holds', out.language, contents=counted)}"
    out.answer(document | ({"records": held} if held else {}), told)
