"""`interval X N`: Wilson's interval, in a module of its own because it needs neither frames nor a store."""

import math
from typing import Annotated, Literal

import typer

from analysis.methods.score import wilson
from commands.analyst_said import heads, number, said
from commands.options import Json, startup_language
from commands.terminal import WRONG_USAGE, aligned, terminal
from locales import text


def _help(key: str) -> str:
    return text(f"analyst.help.{key}", startup_language())


def register(app: typer.Typer) -> None:
    app.command("interval", help=_help("interval"))(interval)


def interval(
    ctx: typer.Context,
    x: Annotated[float, typer.Argument(help=_help("x"))],
    n: Annotated[float, typer.Argument(help=_help("n"))],
    deff: Annotated[float, typer.Option(help=_help("deff"))] = 1.0,
    level: Annotated[Literal["95", "99.8"], typer.Option(help=_help("level"))] = "95",
    as_json: Json = False,
) -> None:
    """`interval X N`: {proportion, low, high} in 0–1."""
    with terminal(ctx, as_json) as out:
        if not (math.isfinite(x) and math.isfinite(n)):
            out.refuse(said(out, "misuse.finite"), WRONG_USAGE)
        if not 0 < deff < math.inf:
            out.refuse(said(out, "misuse.deff", found=deff), WRONG_USAGE)
        if n <= 0:
            out.refuse(said(out, "refused.base", n=f"{n:g}"))
        if not 0 <= x <= n:
            out.refuse(said(out, "refused.outside", x=f"{x:g}", n=f"{n:g}"))
        low, high = wilson(x, n, deff, float(level))
        answer = {"proportion": x / n, "low": low, "high": high}
        out.answer(answer, aligned(heads(out, *answer), [[number(out, bound) for bound in answer.values()]]))
