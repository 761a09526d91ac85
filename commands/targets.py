"""`targets`: the decided targets and how they stand, how much of what is measured has one; to enter and withdraw
them."""

from datetime import date, datetime
from typing import Annotated, Any, Final

import polars as pl
import typer

from access import LOCAL_CLI
from analysis.choices import chosen_indicator, chosen_regions
from analysis.targets.shares import followed_indicators, target_shares
from analysis.targets.standing import attained_targets, this_day
from commands.options import AsOf, Json, Regions, listed, startup_language
from commands.terminal import Terminal, aligned, terminal
from entries.targets import TargetEntry, enter_target, withdraw_target
from locales import text
from locales.json_text import records
from wording.targets import figure_in_words, status_reason, status_word, target_in_words, title_of

_EVERYBODY: Final = ("alla", "all")
_COLUMNS: Final = ("target", "region", "indicator", "stated", "status", "figure", "phase", "body")
_PUBLISHED: Final = {"targets": "goals"}
"""A count's key as `targets --json` has had it since its first version."""


def _help(key: str) -> str:
    return text(f"targets.cli.{key}", startup_language())


def _day(name: str, key: str) -> Any:
    return typer.Option(name, formats=["%Y-%m-%d"], help=_help(key))


Only = Annotated[str | None, typer.Option("--indicator", help=_help("only_indicator"))]


def register(app: typer.Typer) -> None:
    family = typer.Typer(help=_help("help"), invoke_without_command=True, rich_markup_mode=None)
    family.callback()(without_subcommand)
    family.command("list", help=_help("list"))(list_targets)
    family.command("add", help=_help("add"))(add)
    family.command("withdraw", help=_help("withdraw"))(withdraw)
    app.add_typer(family, name="targets")


def without_subcommand(
    ctx: typer.Context, indicator: Only = None, regions: Regions = None, as_of: AsOf = None, as_json: Json = False
) -> None:
    if ctx.invoked_subcommand is None:
        list_targets(ctx, indicator, regions, as_of, as_json)


def list_targets(
    ctx: typer.Context, indicator: Only = None, regions: Regions = None, as_of: AsOf = None, as_json: Json = False
) -> None:
    with terminal(ctx, as_json) as out:
        if indicator is not None:
            chosen_indicator(indicator)
        codes = chosen_regions(listed(regions))
        store, day = out.store(), as_of.date() if as_of else None
        targets = attained_targets(store, codes, indicator=indicator, as_of=day)
        shares = target_shares(store, codes, as_of=day)
        out.answer(document(targets, shares, this_day(day), out.language), described(targets, shares, out))


def document(targets: pl.DataFrame, shares: pl.DataFrame, day: date, language: str) -> dict[str, Any]:
    """What `targets --json` prints: a row per target and region it is for (analysis.targets.ATTAINED; `region` is two
    digits, `shared` whether the target is one for all regions), and each region's share of indicators with a target."""
    rows = [
        {
            "target": row["target"],
            "indicator": row["indicator"],
            "title": title_of(row["indicator"], language),
            "region": row["code"],
            "region_name": row["region"],
            "shared": not row["own"],
            **{name: row[name] for name in row if name not in ("target", "indicator", "region", "code", "own")},
            "attainment": status_word(row, language, sign=False),
            "why": status_reason(row, language) or None,
        }
        for row in records(targets)
    ]
    told = [{**row, "region": row["code"], "region_name": row["region"]} for row in records(shares.rename(_PUBLISHED))]
    return {
        "day": day,
        "indicators": len(followed_indicators()),
        "targets": rows,
        "shares": [{name: row[name] for name in row if name != "code"} for row in told],
    }


def described(targets: pl.DataFrame, shares: pl.DataFrame, out: Terminal) -> str:
    """The targets as a plain table, then each region's share."""
    headers = [text(f"targets.columns.{name}", out.language) for name in _COLUMNS]
    rows = [_row(row, out.language) for row in targets.iter_rows(named=True)]
    told = [
        text("targets.cli.share", out.language, region=row["region"], count=row["targets"], every=row["indicators"])
        for row in shares.iter_rows(named=True)
    ]
    return "\n".join([aligned(headers, rows) if rows else text("targets.cli.none", out.language), "", *told])


def _row(row: dict[str, Any], language: str) -> list[str]:
    status, reason = status_word(row, language), status_reason(row, language)
    said = {
        "indicator": title_of(row["indicator"], language),
        "stated": target_in_words(row, language),
        "status": f"{status}: {reason}" if reason else status,
        "figure": figure_in_words(row, language),
        "phase": text(f"targets.phase.{row['phase']}", language),
    }
    return [{**row, **said}[name] for name in _COLUMNS]


def add(
    ctx: typer.Context,
    indicator: Annotated[str, typer.Argument(help=_help("indicator"))],
    region: Annotated[str, typer.Option("--region", help=_help("region"))],
    kind: Annotated[str, typer.Option("--kind", help=_help("kind"))],
    value: Annotated[float, typer.Option("--value", help=_help("value"))],
    valid_from: Annotated[datetime, _day("--from", "valid_from")],
    body: Annotated[str, typer.Option("--body", help=_help("body"))],
    decided: Annotated[datetime, _day("--decided", "decided")],
    document: Annotated[str, typer.Option("--document", help=_help("document"))],
    valid_to: Annotated[datetime | None, _day("--to", "valid_to")] = None,
    by_date: Annotated[datetime | None, _day("--by", "by_date")] = None,
    note: Annotated[str, typer.Option("--note", help=_help("note"))] = "",
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        codes = ("",) if region.strip().casefold() in _EVERYBODY else chosen_regions([region])
        entry = TargetEntry(
            indicator=chosen_indicator(indicator).id,
            region=codes[0] if codes else region,
            kind=kind,
            value=value,
            valid_from=valid_from.date(),
            valid_to=valid_to.date() if valid_to else None,
            by_date=by_date.date() if by_date else None,
            body=body,
            decided=decided.date(),
            document=document,
            note=note,
        )
        target = enter_target(out.store(), LOCAL_CLI, entry)
        out.answer({"target": target}, text("targets.cli.done_add", out.language, target=target))


def withdraw(
    ctx: typer.Context,
    target: Annotated[str, typer.Argument(help=_help("target"))],
    note: Annotated[str, typer.Option("--note", help=_help("reason"))],
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        withdraw_target(out.store(), LOCAL_CLI, target, reason=note)
        said = text("targets.cli.done_withdraw", out.language, target=target)
        out.answer({"target": target, "withdrawn": True}, said)
