"""The command line put together: global options, then every command by name, imported when it is asked for."""

from importlib import import_module
from typing import Annotated, Any, Final, Literal

import typer
from pydantic import ValidationError
from typer.core import TyperCommand, TyperGroup

from commands.options import help_text, startup_language
from commands.terminal import WRONG_USAGE
from locales import text
from models import settings

COMMANDS: Final = {
    "check": ("files", "cli.help.check"),
    "load": ("files", "cli.help.load"),
    "map": ("mapping", "mapping.cli.help_map"),
    "stage": ("desk", "cli.help.stage"),
    "publish": ("desk", "cli.help.publish"),
    "reject": ("desk", "cli.help.reject"),
    "withdraw": ("desk", "cli.help.withdraw"),
    "restore": ("backup", "backup.help.restore"),
    "fetch": ("fetch", "fetching.cli.fetch"),
    "uploads": ("listings", "cli.help.uploads"),
    "indicators": ("listings", "cli.help.indicators"),
    "changes": ("changes", "changelog.help.changes"),
    "compare": ("compare", "cli.help.compare"),
    "trend": ("trend", "cli.help.trend"),
    "change": ("change", "cli.help.change"),
    "supply": ("supply", "supply_analysis.help.supply"),
    "targets": ("targets", "targets.cli.help"),
    "remark": ("statements", "statements.help.remark"),
    "base": ("statements", "statements.help.base"),
    "group": ("statements", "statements.help.group"),
    "followup": ("followup", "followup.cli.followup"),
    "export": ("export", "cli.help.export"),
    "report": ("report", "papers.help.report"),
    "sample-check": ("sample_check", "sample_check.help.sample_check"),
    "evidence": ("evidence", "evidence_file.help.evidence"),
    "verify": ("evidence", "evidence_file.help.verify"),
    "template": ("export", "cli.help.template"),
    "init": ("setup", "cli.help.init"),
    "sample": ("setup", "cli.help.sample"),
    "backup": ("backup", "backup.help.backup"),
    "migrate-store": ("migrate_store", "backup.help.migrate_store"),
    "users": ("users", "accounts.cli.users"),
    "log": ("log", "accounts.cli.log"),
    "doctor": ("doctor", "cli.help.doctor"),
    "interval": ("interval", "analyst.help.interval"),
    "funnel": ("analyst", "analyst.help.funnel"),
    "xmr": ("analyst", "analyst.help.xmr"),
    "ranks": ("analyst", "analyst.help.ranks"),
}
"""Every command, in the order of `--help`: the module of `commands/` whose `register(app)` makes it, and the key of its
line of help (the same that `register` gives it; a test compares them).

A new command is a line here and a module. Its module is imported only when the command is run or asked for its own
help, so it may import at its top what its work needs; `--help` and the other commands do not pay for it. What commands
share (`options`, `terminal`) imports next to nothing at its top, and packages hand out their names on demand
(locales.on_demand): import from `analysis`, `exports` and the others as usual.
"""


class CommandsOnDemand(TyperGroup):
    """A group whose commands are names and lines of help until one is chosen."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, (_, key) in COMMANDS.items():
            self.add_command(TyperCommand(name, help=text(key, startup_language())))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, named, rest = super().resolve_command(ctx, args)
        return name, command_named(name) if name in COMMANDS else named, rest


def command_named(name: str) -> Any:
    """A command with its options and its work: imports its module."""
    family = typer.Typer(rich_markup_mode=None)
    import_module(f"commands.{COMMANDS[name][0]}").register(family)
    group = typer.main.get_group(family)
    return group.commands[name]


def build() -> typer.Typer:
    """The app with every command. Plain help: a screen reader and a pipe read it alike."""
    app = typer.Typer(
        cls=CommandsOnDemand,
        help=help_text("program"),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(chosen_language)
    return app


def _show_version(asked: bool) -> None:
    if asked:
        from exports import program_version

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
