"""`compare`: the regions in one period, with the evidence and the cell behind each figure."""

from collections import Counter
from typing import Annotated, Any, Final

import polars as pl
import typer

from analysis import Comparison, compare_regions, marked_count
from analysis.told import level_words
from commands.options import AsOf, Benchmark, Json, Level, Period, RankIntervals, Regions, SexOption, help_text, listed
from commands.terminal import Terminal, aligned, terminal
from exports.documents import assumption_of, comparability_of, compared
from exports.tables import flag_words, formatted_table, header_of
from indicators import NATION, Indicator, period_label
from locales import text
from locales.numbers import format_date, format_number
from wording.reach import how_sure, reliability_in_words
from wording.sentences import benchmark_of, difference_in_short, rank_in_words, why_not

SHOWN: Final = (
    "region", "value", "ci_low", "ci_high", "judgement", "difference", "holds_from", "flips_at", "rank", "base_n",
    "evidence", "flags", "reason", "upload", "cell",
)  # fmt: skip
_TO_THE_RIGHT: Final = (
    "value",
    "ci_low",
    "ci_high",
    "difference",
    "holds_from",
    "flips_at",
    "rank",
    "base_n",
    "upload",
)


def register(app: typer.Typer) -> None:
    app.command("compare", help=help_text("compare"))(compare)


def compare(
    ctx: typer.Context,
    indicator: Annotated[str, typer.Argument(help=help_text("indicator"))],
    period: Period = None,
    benchmark: Benchmark = "riket",
    regions: Regions = None,
    sex: SexOption = "T",
    as_of: AsOf = None,
    rank_intervals: RankIntervals = "marginal",
    level: Level = "95",
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        comparison = compare_regions(
            out.store(),
            indicator,
            period,
            regions=listed(regions),
            sex=sex,
            benchmark=benchmark,
            as_of=as_of.date() if as_of else None,
            ranks=rank_intervals,
            level=float(level),
        )
        if comparison.period is None:
            out.tell(out.said("compare_empty", indicator=indicator))
        out.answer(compared(comparison, out.language), described(comparison, out))


def described(comparison: Comparison, out: Terminal) -> str:
    """The shown table's most asked-for columns, under a heading and over what the flags mean, what the intervals rest
    on, why comparisons are refused, and what the intervals cover."""
    language, indicator, period = out.language, comparison.indicator, comparison.period
    heading = [indicator.title.in_language(language)]
    heading += [period_label(period.key, language)] if period else []
    heading += [] if comparison.sex == "T" else [text(f"sexes.{comparison.sex}", language)]
    heading += [] if comparison.level == 95 else [_judged_at(comparison, language)]
    heading += [out.said("compare_as_of", day=format_date(comparison.as_of, language))] if comparison.as_of else []
    parts = [", ".join(heading)]
    parts += [out.said("compare_synthetic")] if comparison.synthetic else []
    if comparison.rows.height:
        parts += ["", _table(comparison, language), *_legend(comparison, language)]
        parts += ["", *_grounds(comparison, language), text("exports.cover.interval_text", language)]
    return "\n".join(parts)


def _judged_at(comparison: Comparison, language: str) -> str:
    return text("judged_charts.level", language, level=level_words(comparison.level, language))


def _table(comparison: Comparison, language: str) -> str:
    """The columns that hold anything for these rows."""
    headers = {name: header_of(name, None, language) for name in SHOWN}
    headers |= {name: text(f"cli.compare_{name}", language) for name in ("difference", "rank")}
    printed = formatted_table(comparison.rows, comparison.indicator, language)
    rows_as_told = list(comparison.rows.iter_rows(named=True))
    shown = printed.with_columns(
        pl.Series(headers["difference"], [_difference(row, comparison.indicator, language) for row in rows_as_told]),
        pl.Series(headers["rank"], [_rank(row, language) for row in rows_as_told]),
    )
    filled = [name for name, header in headers.items() if name == "value" or (~shown[header].is_in(["", "–"])).any()]
    rows = shown.select(headers[name] for name in filled).rows()
    right = [at for at, name in enumerate(filled) if name in _TO_THE_RIGHT]
    return aligned([headers[name] for name in filled], rows, right)


def _difference(row: dict[str, Any], indicator: Indicator, language: str) -> str:
    return "" if row["difference"] is None else difference_in_short(row, indicator, language)


def _rank(row: dict[str, Any], language: str) -> str:
    return "" if row["rank"] is None else rank_in_words(row, language, short=True)


def _grounds(comparison: Comparison, language: str) -> list[str]:
    """What the regions are compared with, what is assumed, what to beware of, and once each why there is no
    judgement."""
    lines = [text("cli.compare_against", language, benchmark=benchmark_of(comparison, language))]
    if assumed := assumption_of(comparison, language):
        numbers = [
            text(f"cli.compare_{name}", language, count=format_number(assumed[name], 0, language))
            for name in ("base_per_region", "national_answers")
            if assumed[name] is not None
        ]
        effect = format_number(assumed["design_effect"], 1, language)
        numbers.append(text("cli.compare_design_effect", language, effect=effect))
        lines.append(text("cli.compare_assumption", language, numbers=", ".join(numbers), reason=assumed["reason"]))
    if noted := comparability_of(comparison, language):
        lines.append(noted)
    if (marks := marked_count([comparison])).assessed:
        lines.append(how_sure(marks, benchmark_of(comparison, language), language))
    lines += [said] if (said := reliability_in_words(comparison, language)) else []
    return [*lines, *_refusals(comparison, language)]


def _refusals(comparison: Comparison, language: str) -> list[str]:
    rows = comparison.rows.filter(pl.col("judgement") == "not_assessable", pl.col("code") != NATION)
    reasons = Counter(why_not(comparison.indicator, row, language) for row in rows.iter_rows(named=True))
    return [
        text("cli.compare_unassessed", language, count=count, reason=reason.removesuffix("."))
        for reason, count in reasons.items()
    ]


def _legend(comparison: Comparison, language: str) -> list[str]:
    letters = sorted(set("".join(comparison.rows["flags"])))
    return [""] * bool(letters) + [f"{letter} = {flag_words(letter, language)}" for letter in letters]
