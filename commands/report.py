"""`report`: a region's report as a PDF."""

from typing import Annotated

import typer

from analysis.choices import chosen_region
from commands.export import deliver, refuse_place
from commands.options import AsOf, Json, Level, Out, startup_language
from commands.terminal import terminal
from exports.papers import region_report
from locales import text
from views import papers
from views.parts import Reader

RegionOption = Annotated[str, typer.Option("--region", help=text("papers.help.region", startup_language()))]
Synthetic = Annotated[bool, typer.Option("--synthetic", help=text("papers.help.synthetic", startup_language()))]


def register(app: typer.Typer) -> None:
    app.command("report", help=text("papers.help.report", startup_language()))(report)


def report(
    ctx: typer.Context,
    region: RegionOption,
    out: Out,
    level: Level = "95",
    synthetic: Synthetic = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as speaking:
        refuse_place(out, speaking)
        store, day = speaking.store(), as_of.date() if as_of else None
        code = chosen_region(region)
        shown = papers.region_report(
            Reader(speaking.language, store, day), code, level=float(level), synthetic=synthetic
        )
        version = store.data_version()
        content = region_report(shown, speaking.language, data_version=version)
        deliver(content, out, {"format": "pdf", "region": code, "as_of": day, "data_version": version}, speaking)
