"""`report`: a region's report, a measure on a page, or the audited regions' compilation: PDF, Word or slides."""

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
from views.papers import Paper, measure_in_short, region_in_short, region_report, six_regions
from views.parts import Reader
from views.permalinks import code_of


def _help(name: str) -> str:
    return text(f"papers.help.{name}", startup_language())


RegionOption = Annotated[str | None, typer.Option("--region", help=_help("region"))]
AllSix = Annotated[bool, typer.Option("--all-six", help=_help("all_six"))]
IndicatorOption = Annotated[str | None, typer.Option("--indicator", help=_help("indicator"))]
Short = Annotated[bool, typer.Option("--short", help=_help("short"))]
Synthetic = Annotated[bool, typer.Option("--synthetic", help=_help("synthetic"))]


def register(app: typer.Typer) -> None:
    app.command("report", help=_help("report"))(report)


def _link(reader: Reader, paper: Paper) -> str:
    """The short address of the page that tells the same, where the site's address is set."""
    site, (page, chosen) = settings().public_url, paper.page
    choices = {**chosen, "lang": reader.language, "as_of": paper.day.isoformat()}
    return f"{site}/p/{code_of(page, choices)}" if site else ""


def report(
    ctx: typer.Context,
    out: Out,
    region: RegionOption = None,
    all_six: AllSix = False,
    indicator: IndicatorOption = None,
    short: Short = False,
    level: Level = "95",
    synthetic: Synthetic = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as speaking:
        ending = out.suffix.removeprefix(".").lower()
        if [region is not None, indicator is not None, all_six].count(True) != 1:
            speaking.refuse(text("papers.refused.which", speaking.language), WRONG_USAGE)
        if short and region is None:
            speaking.refuse(text("papers.refused.short_of_one", speaking.language), WRONG_USAGE)
        if ending not in PAPER_KINDS:
            endings = ", ".join(f".{one}" for one in PAPER_KINDS)
            speaking.refuse(text("papers.refused.ending", speaking.language, file=out, endings=endings), WRONG_USAGE)
        refuse_place(out, speaking)
        store, day = speaking.store(), as_of.date() if as_of else None
        reader, code = Reader(speaking.language, store, day), chosen_region(region) if region else None
        if indicator is not None:
            paper = measure_in_short(reader, indicator, level=float(level), synthetic=synthetic)
        elif code is None:
            paper = six_regions(reader, audited_regions(store, day), level=float(level), synthetic=synthetic)
        else:
            made = region_in_short if short else region_report
            paper = made(reader, code, level=float(level), synthetic=synthetic)
        version = store.data_version()
        content = paper_file(paper, ending, data_version=version, link=_link(reader, paper))
        facts = {
            "format": ending,
            "paper": paper.sort,
            "region": code,
            "indicator": indicator,
            "as_of": day,
            "data_version": version,
        }
        deliver(content, out, facts, speaking)
