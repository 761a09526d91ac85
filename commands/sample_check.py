"""`sample-check`: random current figures with the cell each stands in, for an auditor to look up."""

from typing import Annotated

import typer

from analysis.origin.sample import sample_figures
from commands.export import deliver, refuse_place
from commands.options import AsOf, Json, Out, startup_language
from commands.terminal import terminal
from exports.sample_check import sample_workbook
from locales import text
from views.parts import Reader

_LANGUAGE = startup_language()
Number = Annotated[int, typer.Option("--n", min=1, max=10_000, help=text("sample_check.help.n", _LANGUAGE))]
Seed = Annotated[int, typer.Option("--seed", help=text("sample_check.help.seed", _LANGUAGE))]
Synthetic = Annotated[bool, typer.Option("--synthetic", help=text("sample_check.help.synthetic", _LANGUAGE))]


def register(app: typer.Typer) -> None:
    app.command("sample-check", help=text("sample_check.help.sample_check", _LANGUAGE))(sample_check)


def sample_check(
    ctx: typer.Context,
    out: Out,
    n: Number = 25,
    seed: Seed = 1177,
    synthetic: Synthetic = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as speaking:
        refuse_place(out, speaking)
        store, day = speaking.store(), as_of.date() if as_of else None
        sample = sample_figures(store, n, seed, as_of=day, include_synthetic=synthetic)
        content = sample_workbook(Reader(speaking.language, store, day), sample)
        facts = {"format": "sample", "figures": sample.rows.height, "among": sample.among, "seed": seed, "as_of": day}
        deliver(content, out, {**facts, "data_version": store.data_version()}, speaking)
