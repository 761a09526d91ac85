"""`supply`: which share of the care units reaches the minimum level of e-services, and which services are lacking."""

from datetime import date
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from analysis.choices import chosen_regions
from analysis.supply import chosen_kinds, minimum_rule, supply_period, supply_regions
from commands.export import deliver, refuse_place
from commands.options import AsOf, Benchmark, Json, startup_language
from commands.supply_answer import Asked, described, document, gaps_of, nothing
from commands.terminal import WRONG_USAGE, Terminal, terminal
from exports.supply.cover import SupplyQuestion
from exports.supply.workbook import gaps_csv, gaps_workbook
from indicators import catalogue, period_label
from locales import text


def _help(name: str) -> str:
    return text(f"supply_analysis.help.{name}", startup_language())


Region = Annotated[str | None, typer.Option("--region", help=_help("region"))]
When = Annotated[str | None, typer.Option("--period", help=_help("period"))]
Rule = Annotated[str, typer.Option("--rule", help=_help("rule"))]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help=_help("kind"))]
Gaps = Annotated[Path | None, typer.Option("--gaps", dir_okay=False, help=_help("gaps"))]
_WRITERS: Final = {".xlsx": gaps_workbook, ".csv": gaps_csv}


def register(app: typer.Typer) -> None:
    app.command("supply", help=_help("supply"))(supply)


def supply(
    ctx: typer.Context,
    region: Region = None,
    period: When = None,
    rule: Rule = "4",
    kind: Kinds = None,
    benchmark: Benchmark = "riket",
    as_of: AsOf = None,
    gaps: Gaps = None,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        if gaps is not None:
            _refuse_file(gaps, out)
        asked = _asked(out, region, period, rule, chosen_kinds(kind), benchmark, as_of.date() if as_of else None)
        if gaps is not None:
            _write_gaps(asked, gaps, out)
        found = document(asked, out.language)
        out.answer(found, described(found, asked, out.language))


def _asked(
    out: Terminal,
    region: str | None,
    period: str | None,
    rule: str,
    kinds: tuple[str, ...],
    benchmark: str,
    as_of: date | None,
) -> Asked:
    """The question with its choices judged; the command ends here where nothing is published."""
    only = chosen_regions([region]) if region else ()
    store = out.store()
    when = supply_period(store, period, as_of)
    if when is None:
        out.tell(text("supply_analysis.cli.empty", out.language))
        out.answer(nothing(store, rule, kinds, benchmark, as_of), "")
    known = supply_regions(store, when, as_of)
    if not set(only) <= set(known):
        name, said = catalogue().regions[only[0]].name, period_label(when.key, out.language)
        out.refuse(text("supply_analysis.cli.no_region", out.language, region=name, period=said))
    return Asked(store, when, minimum_rule(rule, when), only or known, kinds, benchmark, as_of, one=bool(only))


def _refuse_file(file: Path, out: Terminal) -> None:
    if file.suffix.lower() not in _WRITERS:
        out.refuse(text("supply_analysis.cli.gaps_suffix", out.language, file=file), WRONG_USAGE)
    refuse_place(file, out)


def _write_gaps(asked: Asked, file: Path, out: Terminal) -> NoReturn:
    """The gap list as a file, and what the file is."""
    found = gaps_of(asked)
    write = _WRITERS[file.suffix.lower()]
    version = asked.store.data_version()
    question = SupplyQuestion(asked.period, asked.rule, asked.kinds, asked.codes, version, asked.as_of)
    content = write(found, question, language=out.language)
    facts = {
        "format": "gaps",
        "rows": found.height,
        "period": asked.period.key,
        "rule": asked.rule.key,
        "regions": list(asked.codes),
        "as_of": asked.as_of,
        "synthetic": bool(found["synthetic"].any()),
        "data_version": version,
    }
    deliver(content, file, facts, out)
