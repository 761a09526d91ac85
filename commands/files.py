"""`check` and `load`: what would come of a file, and publish it."""

from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer

from access import LOCAL_CLI
from commands.options import AcceptWarnings, Files, Json, ReplaceEvidence, help_text, startup_language
from commands.previews import changes_document, changes_told, contents, previewed
from commands.terminal import DONE, REFUSED, WRONG_USAGE, Terminal, terminal
from indicators.file_layouts import layout_name
from loaders import LAYOUTS, RECORD_LAYOUTS, CheckedFile, RejectedFile, check_file, publish_file
from loaders.mapping import MappingRefused, mapping_named
from loaders.problems import where
from locales import text
from models import Store, StoreRefused, open_store, settings

_MEGABYTE: Final = 1_000_000
_LANGUAGE: Final = startup_language()
MappingName = Annotated[str | None, typer.Option("--mapping", help=text("mapping.cli.help_mapping", _LANGUAGE))]
LayoutName = Annotated[str | None, typer.Option("--layout", help=text("mapping.cli.help_layout", _LANGUAGE))]


def register(app: typer.Typer) -> None:
    app.command("check", help=help_text("check"))(check)
    app.command("load", help=help_text("load"))(load)


def check(
    ctx: typer.Context, files: Files, mapping: MappingName = None, layout: LayoutName = None, as_json: Json = False
) -> None:
    with terminal(ctx, as_json) as out:
        store = store_if_any()
        try:
            checked = [checked_from(out, store, file, mapping, layout) for file in files]
            previews = [previewed(store, one) for one in checked]
        finally:
            if store:
                store.close()
        both = list(zip(checked, previews, strict=True))
        documents = [{**one.to_json(out.language), "changes": changes_document(preview)} for one, preview in both]
        shown = "\n\n".join("\n".join([described(one, out), *changes_told(preview, out)]) for one, preview in both)
        code = DONE if all(one.accepted for one in checked) else REFUSED
        out.answer(documents[0] if len(files) == 1 else documents, shown, code)


def load(
    ctx: typer.Context,
    files: Files,
    accept_warnings: AcceptWarnings = False,
    replace_evidence: ReplaceEvidence = False,
    note: Annotated[str, typer.Option("--note", help=help_text("note"))] = "",
    synthetic: Annotated[bool, typer.Option("--synthetic", help=help_text("synthetic"))] = False,
    mapping: MappingName = None,
    layout: LayoutName = None,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        store = out.store(create=True)
        loaded = []
        for file in files:
            try:
                checked = checked_from(out, store, file, mapping, layout)
                loaded.append(
                    published(
                        out,
                        store,
                        checked,
                        note=note,
                        accept_warnings=accept_warnings,
                        synthetic=synthetic,
                        replace_evidence=replace_evidence,
                    )
                )
            except StoreRefused as refused:
                stopped(out, loaded, file, refused, [outcome(one, out) for one in loaded])
        code = DONE if all(one["upload"] for one in loaded) else REFUSED
        shown = "\n".join(outcome(one, out) for one in loaded)
        out.answer(loaded[0] if len(files) == 1 else loaded, shown, code)


def stopped(out: Terminal, done: list[dict[str, Any]], file: Path, refused: StoreRefused, lines: list[str]) -> NoReturn:
    """The store gave out at `file`. Where files before it are stored already, the answer says which."""
    if not done:
        raise refused
    out.tell(refused.message(out.language))
    at = {"file": file.name, "upload": None, "publication": None, "error": refused.message(out.language)}
    out.answer([*done, at], "\n".join(lines), REFUSED)


def published(
    out: Terminal,
    store: Store,
    checked: CheckedFile,
    *,
    note: str,
    accept_warnings: bool,
    synthetic: bool = False,
    replace_evidence: bool = False,
) -> dict[str, Any]:
    """Publish a checked file. The check's report, and where the file went: `upload` null where it was refused,
    `publication` null where nothing new was published."""
    document = {**checked.to_json(out.language), "synthetic": checked.synthetic or synthetic}
    try:
        done = publish_file(
            store,
            checked,
            by=LOCAL_CLI,
            note=note,
            accept_warnings=accept_warnings,
            synthetic=synthetic,
            replace_evidence=replace_evidence,
        )
    except RejectedFile as rejected:
        out.tell(rejected.message(out.language))
        return {**document, "upload": None, "publication": None}
    return {**document, "upload": done.upload_id, "publication": done.publication_id}


def outcome(document: dict[str, Any], out: Terminal) -> str:
    """Where a file went, in a line."""
    key = "load_refused" if document["upload"] is None else "load_repeat" if document["repeat"] else "load_done"
    if key == "load_done" and "records" in document:
        told = {"file": document["file"], "upload": document["upload"], "contents": contents(document, out.language)}
        return text("record_words.cli.loaded", out.language, **told)
    return out.said(key, file=document["file"], upload=document["upload"], observations=document["observations"])


def store_if_any() -> Store | None:
    """The store, to recognise repeats and revisions; checking a file works without one."""
    try:
        return open_store()
    except StoreRefused as refused:
        if refused.reason in ("missing", "no_folder"):
            return None
        raise


def checked_from(
    out: Terminal, store: Store | None, file: Path, mapping: str | None = None, layout: str | None = None
) -> CheckedFile:
    """Check a file, by the saved mapping or the layout a person names. No more than one byte over the limit is read:
    enough for the check to say that the file is too large. A pipe would be waited for without end; a file that cannot
    be read is wrong usage."""
    if not file.is_file():
        out.refuse(out.said("out_not_a_file", file=file), WRONG_USAGE)
    try:
        with file.open("rb") as source:
            content = source.read(settings().max_file_mb * _MEGABYTE + 1)
    except OSError as error:
        out.refuse(out.said("not_readable", file=file, error=error.strerror), WRONG_USAGE)
    name = file.name.encode("utf-8", "replace").decode("utf-8")  # a name that is no text cannot be stored
    if layout is not None and layout not in (*LAYOUTS, *RECORD_LAYOUTS):
        known = ", ".join((*LAYOUTS, *RECORD_LAYOUTS))
        out.refuse(text("mapping.cli.unknown_layout", out.language, layout=layout, known=known), WRONG_USAGE)
    if mapping is not None and store is None:
        raise MappingRefused("unknown", name=mapping)
    named = mapping_named(store, mapping) if store and mapping is not None else None
    return check_file(store, name, content, layout=layout, mapping=named)


def described(checked: CheckedFile, out: Terminal) -> str:
    """A check's outcome for a person: every problem, what was left out, what would be loaded."""
    verdict = "check_repeat" if checked.repeat else "check_accepted" if checked.accepted else "check_refused"
    lines = [out.said(verdict, file=checked.file, upload=checked.repeat_of)]
    if checked.layout:
        layout = layout_name(checked.layout, out.language)
        if checked.records:
            held = contents(checked.to_json(out.language), out.language)
            lines.append("  " + text("record_words.cli.held", out.language, layout=layout, contents=held))
        else:
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
