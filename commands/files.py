"""`check` and `load`: what would come of a file, and publish it."""

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from commands.options import Files, Json, help_text
from commands.terminal import DONE, REFUSED, WRONG_USAGE, Terminal, terminal
from loaders import CheckedFile, RejectedFile, check_file, publish_file
from loaders.problems import where
from locales import text
from models import Store, StoreRefused, open_store, settings

OPERATOR: Final = text("stored.terminal")
"""Who publishes from a terminal, as the store writes it: there are no accounts here (design §4)."""
_MEGABYTE: Final = 1_000_000


def register(app: typer.Typer) -> None:
    app.command("check", help=help_text("check"))(check)
    app.command("load", help=help_text("load"))(load)


def check(ctx: typer.Context, files: Files, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        store = _store_if_any()
        try:
            checked = [_checked(out, store, file) for file in files]
        finally:
            if store:
                store.close()
        documents = [one.to_json(out.language) for one in checked]
        shown = "\n\n".join(described(one, out) for one in checked)
        code = DONE if all(one.accepted for one in checked) else REFUSED
        out.answer(documents[0] if len(files) == 1 else documents, shown, code)


def load(
    ctx: typer.Context,
    files: Files,
    accept_warnings: Annotated[bool, typer.Option("--accept-warnings", help=help_text("accept_warnings"))] = False,
    note: Annotated[str, typer.Option("--note", help=help_text("note"))] = "",
    synthetic: Annotated[bool, typer.Option("--synthetic", help=help_text("synthetic"))] = False,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        store = out.store(create=True)
        loaded = []
        for file in files:
            checked = _checked(out, store, file)
            try:
                done = publish_file(
                    store, checked, by=OPERATOR, note=note, accept_warnings=accept_warnings, synthetic=synthetic
                )
            except RejectedFile as rejected:
                out.tell(rejected.message(out.language))
                loaded.append(_load_document(checked, out, synthetic, None, None))
            else:
                loaded.append(_load_document(checked, out, synthetic, done.upload_id, done.publication_id))
        code = DONE if all(one["upload"] for one in loaded) else REFUSED
        shown = "\n".join(_outcome(one, out) for one in loaded)
        out.answer(loaded[0] if len(files) == 1 else loaded, shown, code)


def _load_document(
    checked: CheckedFile, out: Terminal, synthetic: bool, upload: int | None, publication: int | None
) -> dict[str, Any]:
    """The check's report, and where the file went: `upload` null where it was refused, `publication` null where
    nothing new was published."""
    return {
        **checked.to_json(out.language),
        "synthetic": checked.synthetic or synthetic,
        "upload": upload,
        "publication": publication,
    }


def _outcome(document: dict[str, Any], out: Terminal) -> str:
    outcome = "load_refused" if document["upload"] is None else "load_repeat" if document["repeat"] else "load_done"
    return out.said(outcome, file=document["file"], upload=document["upload"], observations=document["observations"])


def _store_if_any() -> Store | None:
    """The store, to recognise repeats and revisions; checking a file works without one."""
    try:
        return open_store()
    except StoreRefused as refused:
        if refused.key in ("missing", "no_folder"):
            return None
        raise


def _checked(out: Terminal, store: Store | None, file: Path) -> CheckedFile:
    """Read no more than one byte over the limit: enough for the check to say that the file is too large. A pipe would
    be waited for without end; a file that cannot be read is wrong usage."""
    if not file.is_file():
        out.refuse(out.said("out_not_a_file", file=file), WRONG_USAGE)
    try:
        with file.open("rb") as source:
            content = source.read(settings().max_file_mb * _MEGABYTE + 1)
    except OSError as error:
        out.refuse(out.said("not_readable", file=file, error=error.strerror), WRONG_USAGE)
    name = file.name.encode("utf-8", "replace").decode("utf-8")  # a name that is no text cannot be stored
    return check_file(store, name, content)


def described(checked: CheckedFile, out: Terminal) -> str:
    """A check's outcome for a person: every problem, what was left out, what would be loaded."""
    verdict = "check_repeat" if checked.repeat else "check_accepted" if checked.accepted else "check_refused"
    lines = [out.said(verdict, file=checked.file, upload=checked.repeat_of)]
    if checked.layout:
        layout = text(f"layouts.{checked.layout}", out.language)
        lines.append(out.said("check_counts", layout=layout, observations=checked.observations.height))
    if checked.synthetic:
        lines.append(out.said("check_synthetic"))
    lines += [
        f"  {out.said(f'severity_{problem.severity}')}: {problem.message(out.language)}" for problem in checked.problems
    ]
    lines += [
        "  " + out.said("ignored", where=where(one.sheet, one.cell, out.language), reason=one.reason(out.language))
        for one in checked.ignored
    ]
    return "\n".join(lines)
