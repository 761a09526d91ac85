"""`fetch kolada`: ask Kolada's API, then check and publish the answer as a file."""

from typing import Annotated, Any

import typer

from commands.files import described, outcome, published, store_if_any
from commands.options import AcceptWarnings, Json, ReplaceEvidence, help_text, startup_language
from commands.terminal import DONE, REFUSED, Terminal, terminal
from loaders import check_file
from locales import text


def _help(key: str) -> str:
    return text(f"fetching.cli.{key}", startup_language())


def register(app: typer.Typer) -> None:
    sources = typer.Typer(help=_help("fetch"), no_args_is_help=True, rich_markup_mode=None)
    sources.callback()(lambda: None)
    sources.command("kolada", help=_help("kolada"))(kolada)
    app.add_typer(sources, name="fetch")


def kolada(
    ctx: typer.Context,
    indicators: Annotated[list[str], typer.Argument(metavar="INDICATOR", help=_help("indicators"))],
    years: Annotated[str | None, typer.Option("--years", help=_help("years"))] = None,
    check_only: Annotated[bool, typer.Option("--check-only", help=_help("check_only"))] = False,
    accept_warnings: AcceptWarnings = False,
    replace_evidence: ReplaceEvidence = False,
    note: Annotated[str, typer.Option("--note", help=help_text("note"))] = "",
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        name, content, told = _answer(indicators, years)
        if check_only:
            _check(out, name, content, told)
        store = out.store(create=True)
        checked = check_file(store, name, content)
        document = published(
            out, store, checked, note=note, accept_warnings=accept_warnings, replace_evidence=replace_evidence
        )
        code = DONE if document["upload"] else REFUSED
        out.answer({**document, "fetched": told}, outcome(document, out), code)


def _answer(indicators: list[str], years: str | None) -> tuple[str, bytes, dict[str, Any]]:
    """Name and bytes of what was fetched, and where from."""
    from loaders.sources import fetch, years_of  # a quarter of a second, which no other command waits for

    answer = fetch(indicators, years=years_of(years) if years is not None else None)
    return answer.name, answer.content, {"urls": answer.urls, "pages": answer.pages, "entries": answer.entries}


def _check(out: Terminal, name: str, content: bytes, told: dict[str, Any]) -> None:
    store = store_if_any()
    try:
        checked = check_file(store, name, content)
    finally:
        if store:
            store.close()
    code = DONE if checked.accepted else REFUSED
    out.answer({**checked.to_json(out.language), "fetched": told}, described(checked, out), code)
