"""The command line put together: global options, then one family of commands after another."""

from typing import Annotated, Final, Literal

import typer
from pydantic import ValidationError

from commands import (
    analyst,
    changes,
    compare,
    desk,
    doctor,
    export,
    fetch,
    files,
    followup,
    listings,
    log,
    mapping,
    setup,
    supply,
    targets,
    trend,
    users,
)
from commands.options import help_text, startup_language
from commands.terminal import WRONG_USAGE
from exports import program_version
from locales import text
from models import settings

FAMILIES: Final = (
    files, mapping, desk, fetch, listings, changes, compare, trend, supply, targets, followup, export, setup, users,
    log, doctor, analyst,
)  # fmt: skip


def build() -> typer.Typer:
    """The app with every command registered. Plain help: a screen reader and a pipe read it alike."""
    app = typer.Typer(
        help=help_text("program"),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(chosen_language)
    for family in FAMILIES:
        family.register(app)
    return app


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(program_version())
        raise typer.Exit


def chosen_language(
    ctx: typer.Context,
    language: Annotated[Literal["sv", "en"] | None, typer.Option("--language", help=help_text("language"))] = None,
    _version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help=help_text("version"))
    ] = False,
) -> None:
    """`ctx.obj` is the language of every answer: `--language`, else DASHBOARD_LANGUAGE, else Swedish."""
    try:
        in_force = settings()
    except ValidationError as error:
        names = ", ".join(str(part) for fault in error.errors() for part in fault["loc"])
        typer.echo(text("cli.settings_wrong", startup_language(), names=names), err=True)
        raise typer.Exit(WRONG_USAGE) from error
    ctx.obj = language or in_force.language
