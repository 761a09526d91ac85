"""The statistics over an analyst's own file, so that the methods can be held against any reference (methods.md §6).

`funnel`, `xmr`, `ranks`, and `trend_csv` for `trend --csv`: shares in and out are 0–1, nothing is
suppressed, nothing is rounded in JSON, and no store is opened.
"""

import math
from pathlib import Path
from typing import Annotated, Final, Literal, NoReturn

import polars as pl
import typer

from analysis.methods.funnel import funnel as funnel_of
from analysis.methods.ranks import NO_RANK, rank_intervals
from analysis.methods.trends import trend_of_counts, trend_of_values
from analysis.methods.xmr import xmr as xmr_of
from commands.analyst_file import read_table
from commands.analyst_said import heads
from commands.analyst_words import shown_funnel, shown_trend, shown_xmr
from commands.options import Json, startup_language
from commands.terminal import Terminal, aligned, terminal
from locales import text
from locales.json_text import records

# methods.md §3: pages take 1 000 draws, a file 20 000.
DRAWS: Final = 20_000


def _help(key: str) -> str:
    return text(f"analyst.help.{key}", startup_language())


AnalystFile = Annotated[Path, typer.Argument(help=_help("file"))]


def register(app: typer.Typer) -> None:
    for command in (funnel, xmr, ranks):
        app.command(command.__name__, help=_help(command.__name__))(command)


def trend_csv(out: Terminal, file: Path) -> NoReturn:
    """`trend --csv FILE`: the recent trend of `year,count,denominator` or `year,value,low,high`."""
    table = read_table(out, file)
    columns = table.first_complete(("year", "count", "denominator"), ("year", "value", "low", "high"))
    years, numbers = table.years(), {name: table.numbers(name) for name in columns[1:]}
    if "count" in columns:
        table.check_order("count", "denominator", from_zero=True)
        table.refuse_problems()
        tested, evidence = trend_of_counts(years, numbers["count"], numbers["denominator"]), "computed"
    else:
        table.check_order("low", "high")
        table.refuse_problems()
        tested, evidence = trend_of_values(years, numbers["value"], numbers["low"], numbers["high"]), "published"
    document = {
        "method": tested.method,
        "statistic": tested.statistic,
        "slope": tested.slope,
        "verdict": tested.verdict,
        "reason": tested.reason,
        "evidence": evidence,
        "points_used": len(tested.years),
        "periods_used": [str(year) for year in tested.years],
        "breaks": [str(year) for year in tested.breaks],
    }
    out.answer(document, shown_trend(out, tested))


def funnel(ctx: typer.Context, file: AnalystFile, as_json: Json = False) -> None:
    """`funnel FILE`: {centre, overdispersion, rows} of `area,numerator,denominator`."""
    with terminal(ctx, as_json) as out:
        table = read_table(out, file)
        table.first_complete(("area", "numerator", "denominator"))
        areas = table.words("area")
        counts = {name: table.numbers(name) for name in ("numerator", "denominator")}
        table.check_order("numerator", "denominator", from_zero=True)
        table.refuse_problems()
        answer = funnel_of(pl.DataFrame({"area": areas, **counts}, schema_overrides=dict.fromkeys(counts, pl.Float64)))
        document = {
            "centre": answer.centre,
            "overdispersion": answer.overdispersion,
            "rows": records(answer.rows),
        }
        out.answer(document, shown_funnel(out, answer))


def xmr(ctx: typer.Context, file: AnalystFile, as_json: Json = False) -> None:
    """`xmr FILE`: {mean, lower, upper, points, reason, left_out} of `period,value`."""
    with terminal(ctx, as_json) as out:
        table = read_table(out, file)
        table.first_complete(("period", "value"))
        periods, values = table.words("period", once=True), table.numbers("value")
        table.refuse_problems()
        chart = xmr_of(periods, values)
        phase = chart.phases[-1] if chart.phases else None
        limits = {
            "mean": phase.mean if phase else None,
            "lower": phase.lower if phase else None,
            "upper": phase.upper if phase else None,
        }
        points = [{"period": point.period, "value": point.value, "rule": point.rule} for point in chart.points]
        document = {**limits, "points": points, "reason": chart.reason, "left_out": list(chart.left_out)}
        out.answer(document, shown_xmr(out, chart, limits))


def ranks(
    ctx: typer.Context,
    file: AnalystFile,
    kind: Annotated[
        Literal["marginal", "simultaneous"], typer.Option("--rank-intervals", help=_help("rank_intervals"))
    ] = "marginal",
    as_json: Json = False,
) -> None:
    """`ranks FILE`: {rows} of `name,estimate,se`, the highest estimate first, names without one last."""
    with terminal(ctx, as_json) as out:
        table = read_table(out, file)
        table.first_complete(("name", "estimate", "se"))
        names, estimates, ses = table.words("name"), table.numbers("estimate"), table.numbers("se", from_zero=True)
        table.refuse_problems()
        known = ([math.nan if number is None else number for number in column] for column in (estimates, ses))
        answer = rank_intervals(*known, kind=kind, draws=DRAWS)
        found = sorted(zip(names, *answer, strict=True), key=lambda row: (row[1] == NO_RANK, row[1]))
        rows = [
            {"name": name, "rank": _place(rank), "low": _place(low), "high": _place(high)}
            for name, rank, low, high in found
        ]
        cells = [["–" if cell is None else str(cell) for cell in row.values()] for row in rows]
        out.answer({"rows": rows}, aligned(heads(out, "name", "rank", "low_rank", "high_rank"), cells, right=[1, 2, 3]))


def _place(rank: int) -> int | None:
    return None if rank == NO_RANK else int(rank)
