"""`remark`, `base`, `group`: what staff state about figures. Listed, entered and withdrawn; each is logged."""

from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

import polars as pl
import typer

from access import LOCAL_CLI
from analysis.bases import typed_bases
from analysis.choices import chosen_indicator, chosen_regions
from analysis.groups import audited_regions, confirmed_group
from analysis.remarks import standing_remarks
from commands.options import AsOf, Json, SexOption, startup_language
from commands.terminal import Terminal, aligned, terminal
from entries.statements import (
    confirm_group,
    enter_base,
    enter_remark,
    withdraw_base,
    withdraw_group,
    withdraw_remark,
)
from indicators import catalogue
from locales import text
from locales.json_text import records
from models import Store

_REMARKS: Final = ("key", "indicator", "period", "effect", "reason", "source")
_BASES: Final = ("key", "subject", "period", "region", "sex", "answers", "source")


def _help(key: str) -> str:
    return text(f"statements.help.{key}", startup_language())


Source = Annotated[str, typer.Option("--source", help=_help("source"))]
Note = Annotated[str, typer.Option("--note", help=_help("note"))]
Key = Annotated[str, typer.Argument(help=_help("key"))]
PeriodOf = Annotated[str, typer.Argument(help=_help("period"))]


def register(app: typer.Typer) -> None:
    families: dict[str, tuple[Callable[..., None], ...]] = {
        "remark": (list_remarks, add_remark, withdraw_one_remark),
        "base": (list_bases, add_base, withdraw_one_base),
        "group": (show_group, set_group, withdraw_one_group),
    }
    for name, (listing, adding, withdrawing) in families.items():
        family = typer.Typer(help=_help(name), no_args_is_help=True, rich_markup_mode=None)
        family.command("list", help=_help(f"{name}_list"))(listing)
        family.command("add", help=_help(f"{name}_add"))(adding)
        family.command("withdraw", help=_help("withdraw"))(withdrawing)
        app.add_typer(family, name=name)


def list_remarks(ctx: typer.Context, as_of: AsOf = None, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        found = standing_remarks(out.store(), as_of.date() if as_of else None)
        own = {one: pl.col(f"{one}_{out.language}").alias(one) for one in ("reason", "source")}
        told = found.select(
            "key", "indicator", "period", "effect", own["reason"], own["source"], "entered_at", "entered_by"
        )
        _listed(out, told, _REMARKS)


def add_remark(
    ctx: typer.Context,
    indicator: Annotated[str, typer.Argument(help=_help("indicator"))],
    period: PeriodOf,
    effect: Annotated[Literal["note", "not_judged"], typer.Option("--effect", help=_help("effect"))],
    reason: Annotated[str, typer.Option("--reason", help=_help("reason"))],
    source: Source,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        told = {"indicator": chosen_indicator(indicator).id, "period": period, "effect": effect, "reason": reason}
        _entered(out, lambda store: enter_remark(store, LOCAL_CLI, source=source, **told))


def withdraw_one_remark(ctx: typer.Context, key: Key, note: Note, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        _withdrawn(out, key, lambda store: withdraw_remark(store, LOCAL_CLI, key, reason=note))


def list_bases(ctx: typer.Context, as_of: AsOf = None, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        _listed(out, typed_bases(out.store(), as_of.date() if as_of else None), _BASES)


def add_base(
    ctx: typer.Context,
    subject: Annotated[str, typer.Argument(help=_help("subject"))],
    period: PeriodOf,
    answers: Annotated[int, typer.Argument(help=_help("answers"))],
    source: Source,
    region: Annotated[str | None, typer.Option("--region", help=_help("region"))] = None,
    sex: SexOption = "T",
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        code = (next(iter(chosen_regions([region])), region) if region else "") or ""
        told: dict[str, Any] = {"subject": subject, "period": period, "answers": answers, "region": code, "sex": sex}
        _entered(out, lambda store: enter_base(store, LOCAL_CLI, source=source, **told))


def withdraw_one_base(ctx: typer.Context, key: Key, note: Note, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        _withdrawn(out, key, lambda store: withdraw_base(store, LOCAL_CLI, key, reason=note))


def show_group(ctx: typer.Context, as_of: AsOf = None, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        day = as_of.date() if as_of else None
        store = out.store()
        found, regions = confirmed_group(store, day), audited_regions(store, day)
        names = ", ".join(catalogue().regions[code].name for code in regions)
        document = {
            "group": catalogue().default_group.id,
            "regions": list(regions),
            "confirmed": found is not None,
            "source": found.source if found else None,
            "entered_at": found.entered_at if found else None,
        }
        said = text(
            f"statements.group.{'confirmed' if found else 'assumed'}",
            out.language,
            names=names,
            source=found.source if found else "",
        )
        out.answer(document, said)


def set_group(
    ctx: typer.Context,
    regions: Annotated[str, typer.Argument(help=_help("regions"))],
    source: Source,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        codes = chosen_regions([name.strip() for name in regions.split(",") if name.strip()])
        group = catalogue().default_group.id
        _entered(out, lambda store: confirm_group(store, LOCAL_CLI, group=group, regions=codes, source=source))


def withdraw_one_group(ctx: typer.Context, note: Note, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        group = catalogue().default_group.id
        _withdrawn(out, group, lambda store: withdraw_group(store, LOCAL_CLI, group, reason=note))


def _listed(out: Terminal, found: pl.DataFrame, shown: tuple[str, ...]) -> None:
    headers = [text(f"statements.columns.{name}", out.language) for name in shown]
    rows = [[str(cell) for cell in row] for row in found.select(shown).iter_rows()]
    out.answer(records(found), aligned(headers, rows) if rows else text("statements.none", out.language))


def _entered(out: Terminal, work: Callable[[Store], str]) -> None:
    key = work(out.store())
    out.answer({"key": key}, text("statements.entered", out.language, stated=key))


def _withdrawn(out: Terminal, key: str, work: Callable[[Store], None]) -> None:
    work(out.store())
    out.answer({"key": key, "withdrawn": True}, text("statements.withdrawn", out.language, stated=key))
