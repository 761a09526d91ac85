"""`map`: how a file of no known layout is read; proposed, corrected, saved under a name."""

import json
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from access import LOCAL_CLI
from commands.options import Json, startup_language
from commands.terminal import DONE, REFUSED, WRONG_USAGE, Terminal, terminal
from indicators import catalogue
from loaders.check import check_file
from loaders.formats import Document, Unreadable, read_document
from loaders.mapping import Mapping, Proposal, delete_mapping, mappings, propose, save_mapping
from locales import text
from locales.numbers import format_value


def _said(out: Terminal, key: str, **values: object) -> str:
    return text(f"mapping.{key}", out.language, **values)


def _help(key: str) -> str:
    return text(f"mapping.cli.{key}", startup_language())


def register(app: typer.Typer) -> None:
    app.command("map", help=_help("help_map"))(map_file)


def map_file(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False, readable=True)] = None,
    save: Annotated[str | None, typer.Option("--save", help=_help("help_save"))] = None,
    spec: Annotated[
        Path | None, typer.Option("--spec", exists=True, dir_okay=False, readable=True, help=_help("help_spec"))
    ] = None,
    delete: Annotated[str | None, typer.Option("--delete", help=_help("help_delete"))] = None,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        if delete is not None:
            delete_mapping(out.store(), delete, LOCAL_CLI)
            out.answer({"deleted": delete}, _said(out, "cli.deleted", name=delete))
        if file is None:
            if save is not None or spec is not None:
                out.refuse(_said(out, "cli.file_needed"), WRONG_USAGE)
            _list(out)
        else:
            _map(out, file, save, spec)


def _list(out: Terminal) -> None:
    found = mappings(out.store())
    document = [
        {
            "name": each.name,
            "created_at": each.created_at,
            "created_by": each.created_by,
            "mapping": each.mapping.model_dump(mode="json"),
        }
        for each in found
    ]
    shown = "\n".join(f"{each.name}  {each.created_at}" for each in found)
    out.answer(document, shown or _said(out, "cli.list_empty"))


def _map(out: Terminal, file: Path, save: str | None, spec: Path | None) -> None:
    content = file.read_bytes()
    try:
        document = read_document(content)
    except Unreadable as unreadable:
        out.refuse(unreadable.problem.message(out.language))
    proposal = propose(document, catalogue())
    mapping = _given(out, spec) or proposal.mapping
    if mapping is None:
        out.refuse(_said(out, "cli.no_table", file=file.name))
    checked = check_file(None, file.name, content, mapping=mapping)  # no store: the file alone is judged
    told = proposal.to_json(out.language) | {
        "mapping": mapping.model_dump(mode="json"),
        "check": checked.to_json(out.language),
        "saved": None,
    }
    lines = [] if spec else _described(out, file.name, proposal)
    reads = "reads_supply" if mapping.supply else "reads"
    lines.append(_said(out, f"cli.{reads}", count=checked.rows, problems=len(checked.problems)))
    lines += [f"  {problem.message(out.language)}" for problem in checked.problems]
    if save is not None:
        # A mapping is of a layout: this file's own faults do not keep it from being saved.
        saved = _save(out, save, mapping, document)
        told["saved"] = saved
        lines.append(_said(out, "cli.saved", name=saved))
    out.answer(told, "\n".join(lines), DONE if checked.accepted or save is not None else REFUSED)


def _save(out: Terminal, name: str, mapping: Mapping, document: Document) -> str:
    return save_mapping(out.store(create=True), name, mapping, document, LOCAL_CLI).name


def _given(out: Terminal, spec: Path | None) -> Mapping | None:
    """The mapping of --spec: what `map --json` wrote, of which `mapping` counts, or the mapping alone."""
    if spec is None:
        return None
    fault = ""
    try:
        told = json.loads(spec.read_bytes())
        return Mapping.model_validate(told["mapping"] if isinstance(told, dict) and "mapping" in told else told)
    except ValidationError as error:
        first = error.errors()[0]
        fault = f"{'.'.join(map(str, first['loc']))} {first['msg']}"
    except ValueError as error:
        fault = str(error)
    return out.refuse(_said(out, "cli.not_a_mapping", file=spec.name, error=fault), WRONG_USAGE)


def _described(out: Terminal, file: str, proposal: Proposal) -> list[str]:
    def percent(confidence: float) -> str:
        return format_value(100 * confidence, "percent", 0, out.language)

    lines = [_said(out, "cli.proposal", file=file, percent=percent(proposal.confidence))]
    lines += [
        _said(
            out,
            "cli.part",
            part=each.label(out.language),
            why=each.reason(out.language),
            percent=percent(each.confidence),
        )
        for each in proposal.parts
    ]
    if proposal.lacking:
        parts = ", ".join(dict.fromkeys(_said(out, f"lacking.{part}") for _, part in proposal.lacking))
        lines.append(_said(out, "cli.lacking", parts=parts))
    return lines
