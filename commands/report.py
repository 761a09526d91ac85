"""`report`: a region's report, or the audited regions' compilation, as a PDF, a Word document or slides."""

from typing import Annotated

import typer

from analysis.choices import chosen_region
from analysis.groups import audited_regions
from commands.export import deliver, refuse_place
from commands.options import AsOf, Json, Level, Out, startup_language
from commands.terminal import WRONG_USAGE, terminal
from exports.papers import PAPER_KINDS, paper_file
from locales import text
from models import settings
from views.papers import Paper, region_in_short, region_report, six_regions
from views.parts import Reader
from views.permalinks import code_of


def _help(name: str) -> str:
    return text(f"papers.help.{name}", startup_language())


RegionOption = Annotated[str | None, typer.Option("--region", help=_help("region"))]
AllSix = Annotated[bool, typer.Option("--all-six", help=_help("all_six"))]
Short = Annotated[bool, typer.Option("--short", help=_help("short"))]
Synthetic = Annotated[bool, typer.Option("--synthetic", help=_help("synthetic"))]


def register(app: typer.Typer) -> None:
    app.command("report", help=_help("report"))(report)


def _link(reader: Reader, paper: Paper) -> str:
    """The short address of the page that tells the same, where the site's address is set."""
    site, page = settings().public_url, "profile" if paper.region else "overview"
    choices = {"region": paper.region, "lang": reader.language, "as_of": paper.day.isoformat()}
    return f"{site}/p/{code_of(page, choices)}" if site else ""


def report(
    ctx: typer.Context,
    out: Out,
    region: RegionOption = None,
    all_six: AllSix = False,
    short: Short = False,
    level: Level = "95",
    synthetic: Synthetic = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as speaking:
        ending = out.suffix.removeprefix(".").lower()
        if all_six == (region is not None):
            speaking.refuse(text("papers.refused.which", speaking.language), WRONG_USAGE)
        if short and all_six:
            speaking.refuse(text("papers.refused.short_of_one", speaking.language), WRONG_USAGE)
        if ending not in PAPER_KINDS:
            endings = ", ".join(f".{one}" for one in PAPER_KINDS)
            speaking.refuse(text("papers.refused.ending", speaking.language, file=out, endings=endings), WRONG_USAGE)
        refuse_place(out, speaking)
        store, day = speaking.store(), as_of.date() if as_of else None
        reader, code = Reader(speaking.language, store, day), chosen_region(region) if region else None
        if code is None:
            paper = six_regions(reader, audited_regions(store, day), level=float(level), synthetic=synthetic)
        else:
            made = region_in_short if short else region_report
            paper = made(reader, code, level=float(level), synthetic=synthetic)
        version = store.data_version()
        content = paper_file(paper, ending, data_version=version, link=_link(reader, paper))
        facts = {"format": ending, "paper": paper.sort, "region": code, "as_of": day, "data_version": version}
        deliver(content, out, facts, speaking)
