"""The statistics over an analyst's own file, so that the methods can be held against any reference (methods.md §6).

`interval`, `funnel`, `xmr`, `ranks`, and `trend_csv` for `trend --csv`: shares in and out are 0–1, nothing is
suppressed, nothing is rounded in JSON, and no store is opened.
"""

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final, Literal, NoReturn

import polars as pl
import typer

from analysis.funnel import SIGNIFICANT, Funnel
from analysis.funnel import funnel as funnel_of
from analysis.intervals import wilson
from analysis.ranks import NO_RANK, rank_intervals
from analysis.trends import NEEDED as YEARS_NEEDED
from analysis.trends import SMALLEST_EXPECTED, Trend, trend_of_counts, trend_of_values
from analysis.xmr import NEEDED as POINTS_NEEDED
from analysis.xmr import RULES, XmrChart
from analysis.xmr import xmr as xmr_of
from commands.options import Json, startup_language
from commands.terminal import WRONG_USAGE, Terminal, aligned, records, terminal
from locales import text
from locales.numbers import format_number

# methods.md §3: pages take 1 000 draws, a file 20 000.
DRAWS: Final = 20_000


def _help(key: str) -> str:
    return text(f"analyst.help.{key}", startup_language())


AnalystFile = Annotated[Path, typer.Argument(help=_help("file"))]


def register(app: typer.Typer) -> None:
    for command in (interval, funnel, xmr, ranks):
        app.command(command.__name__, help=_help(command.__name__))(command)


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
            out.refuse(_said(out, "misuse.finite"), WRONG_USAGE)
        if not 0 < deff < math.inf:
            out.refuse(_said(out, "misuse.deff", found=deff), WRONG_USAGE)
        if n <= 0:
            out.refuse(_said(out, "refused.base", n=f"{n:g}"))
        if not 0 <= x <= n:
            out.refuse(_said(out, "refused.outside", x=f"{x:g}", n=f"{n:g}"))
        low, high = wilson(x, n, deff, float(level))
        answer = {"proportion": x / n, "low": low, "high": high}
        out.answer(answer, aligned(_heads(out, *answer), [[_number(out, bound) for bound in answer.values()]]))


def trend_csv(out: Terminal, file: Path) -> NoReturn:
    """`trend --csv FILE`: the recent trend of `year,count,denominator` or `year,value,low,high`."""
    table = _read(out, file)
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
    out.answer(document, _shown_trend(out, tested))


def funnel(ctx: typer.Context, file: AnalystFile, as_json: Json = False) -> None:
    """`funnel FILE`: {centre, overdispersion, rows} of `area,numerator,denominator`."""
    with terminal(ctx, as_json) as out:
        table = _read(out, file)
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
        out.answer(document, _shown_funnel(out, answer))


def xmr(ctx: typer.Context, file: AnalystFile, as_json: Json = False) -> None:
    """`xmr FILE`: {mean, lower, upper, points, reason, left_out} of `period,value`."""
    with terminal(ctx, as_json) as out:
        table = _read(out, file)
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
        out.answer(document, _shown_xmr(out, chart, limits))


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
        table = _read(out, file)
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
        out.answer(
            {"rows": rows}, aligned(_heads(out, "name", "rank", "low_rank", "high_rank"), cells, right=[1, 2, 3])
        )


def _place(rank: int) -> int | None:
    return None if rank == NO_RANK else int(rank)


def _said(out: Terminal, key: str, **values: object) -> str:
    return text(f"analyst.{key}", out.language, **values)


def _heads(out: Terminal, *columns: str) -> list[str]:
    return [_said(out, f"column.{name}") for name in columns]


def _number(out: Terminal, value: float | None, decimals: int = 4) -> str:
    return "–" if value is None else format_number(value, decimals, out.language)


def _p(out: Terminal, value: float | None) -> str:
    """A probability as a reader takes it in: never "p = 0,0000"."""
    small = value is not None and value < 0.0001
    return f"< {_number(out, 0.0001)}" if small else f"= {_number(out, value)}"


def _fact(out: Terminal, column: str, fact: str) -> str:
    return f"{_said(out, f'column.{column}')}: {fact}"


def _shown_trend(out: Terminal, tested: Trend) -> str:
    lines = [
        _fact(out, "method", _said(out, f"method.{tested.method}")),
        _fact(out, "statistic", _number(out, tested.statistic, 3)),
        _fact(out, "slope", _number(out, tested.slope)),
        _fact(out, "years", ", ".join(map(str, tested.years)) or "–"),
        _fact(out, "verdict", _said(out, f"verdict.{tested.verdict}")),
    ]
    if tested.reason == "too_few_points":
        lines.append(_said(out, "reason.too_few_years", found=len(tested.years), needed=YEARS_NEEDED))
    elif tested.reason:
        lines.append(_said(out, f"reason.{tested.reason}", needed=SMALLEST_EXPECTED))
    return "\n".join(lines)


def _shown_funnel(out: Terminal, answer: Funnel) -> str:
    numbers = ("value", "low95", "high95", "low998", "high998")
    rows = [
        [
            row["area"],
            *(_number(out, row[name]) for name in numbers),
            text(f"judgements.funnel.{row['verdict']}", out.language),
        ]
        for row in answer.rows.iter_rows(named=True)
    ]
    table = aligned(_heads(out, "area", *numbers, "verdict"), rows, right=range(1, 6))
    found = answer.overdispersion
    if found["applied"]:
        note = _said(out, "note.overdispersion", p=_p(out, found["p_value"]), tau2=_number(out, found["tau2"], 6))
    elif found["p_value"] is None:
        note = _said(out, "note.dispersion_unknown")
    else:
        note = _said(out, "note.few_differ" if found["p_value"] < SIGNIFICANT else "note.chance_only")
    return "\n".join([table, "", _fact(out, "centre", _number(out, answer.centre)), note])


def _shown_xmr(out: Terminal, chart: XmrChart, limits: dict[str, float | None]) -> str:
    rules = {rule: text(f"judgements.rule.{rule}", out.language) for rule in RULES}
    rows = [[point.period, _number(out, point.value), rules.get(point.rule or "", "")] for point in chart.points]
    lines = [aligned(_heads(out, "period", "value", "rule"), rows, right=[1]), ""]
    lines += [_fact(out, name, _number(out, limit)) for name, limit in limits.items()]
    if chart.reason:
        lines.append(_said(out, f"reason.{chart.reason}", found=len(chart.points), needed=POINTS_NEEDED))
    if chart.left_out:
        lines.append(_said(out, "note.left_out", periods=", ".join(chart.left_out)))
    return "\n".join(lines)


_NUMBER: Final = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)


@dataclass
class _Table:
    """A file's columns as text, each cell with its row in the file, and everything found wrong so far."""

    out: Terminal
    file: Path
    columns: dict[str, list[tuple[int, str]]]
    problems: list[str] = field(default_factory=list)
    parsed: dict[str, list[float | None]] = field(default_factory=dict)

    def first_complete(self, *choices: tuple[str, ...]) -> tuple[str, ...]:
        """The first set of columns that the file has; other columns are wrong usage."""
        missing = {wanted: [name for name in wanted if name not in self.columns] for wanted in choices}
        nearest = min(choices, key=lambda wanted: len(missing[wanted]))
        if missing[nearest]:
            said = {
                "file": self.file,
                "missing": ", ".join(missing[nearest]),
                "found": ", ".join(self.columns),
                "wanted": _said(self.out, "misuse.or").join(",".join(wanted) for wanted in choices),
            }
            self.out.refuse(_said(self.out, "misuse.missing_columns", **said), WRONG_USAGE)
        return nearest

    def words(self, name: str, *, once: bool = False) -> list[str]:
        """A column of text that must be filled in, and where asked no text twice."""
        seen: set[str] = set()
        for row, cell in self.columns[name]:
            if not cell:
                self._found("blank", row, name)
            elif once and cell in seen:
                self._found("twice", row, name, found=cell)
            seen.add(cell)
        return [cell for _, cell in self.columns[name]]

    def years(self) -> list[int]:
        """The column `year`: four digits, each year once; 0 stands for a cell that is refused later."""
        for row, cell in self.columns["year"]:
            if cell and not _YEAR.fullmatch(cell):
                self._found("year", row, "year", found=cell)
        return [int(cell) if _YEAR.fullmatch(cell) else 0 for cell in self.words("year", once=True)]

    def numbers(self, name: str, *, from_zero: bool = False) -> list[float | None]:
        """A column of numbers; an empty cell is a missing figure, never 0."""
        self.parsed[name] = []
        for row, cell in self.columns[name]:
            # Thousands come with spaces of three kinds, which split() takes, and a minus may be U+2212.
            plain = "".join(cell.split()).replace("\N{MINUS SIGN}", "-")
            number = float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None
            if plain and (number is None or not math.isfinite(number)):
                self._found("number", row, name, found=cell)
            elif number is not None and number < 0 and from_zero:
                self._found("negative", row, name, found=cell)
            self.parsed[name].append(number)
        return self.parsed[name]

    def check_order(self, smaller: str, larger: str, *, from_zero: bool = False) -> None:
        """The first of two columns of numbers must not be above the second, nor below 0 where that has no meaning."""
        cells = zip(self.columns[smaller], self.columns[larger], strict=True)
        for ((row, first), (_, second)), a, b in zip(cells, self.parsed[smaller], self.parsed[larger], strict=True):
            if a is not None and a < 0 and from_zero:
                self._found("negative", row, smaller, found=first)
            elif a is not None and b is not None and a > b:
                self._found("more_than", row, smaller, found=first, other=larger, limit=second)

    def refuse_problems(self) -> None:
        """Refuse the file with every problem at once; a file without rows is one."""
        if not any(self.columns.values()):
            self.problems.append(_said(self.out, "refused.empty"))
        if self.problems:
            _refuse(self.out, self.file, *self.problems)

    def _found(self, problem: str, row: int, column: str, **values: object) -> None:
        self.problems.append(_said(self.out, f"refused.{problem}", row=row, column=column, **values))


def _refuse(out: Terminal, file: Path, *problems: str) -> NoReturn:
    heading = _said(out, "refused.heading", file=file)
    out.refuse("\n".join([heading, *(f"  {problem}" for problem in problems)]))


def _read(out: Terminal, file: Path) -> _Table:
    """The file's table by its header's names, in lower case; blank rows are skipped."""
    if not file.exists():
        out.refuse(_said(out, "misuse.no_file", file=file), WRONG_USAGE)
    written = _decoded(out, file)
    header = written.partition("\n")[0]
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=max(";,\t", key=header.count), strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                rows.append((reader.line_num, stripped))
    except csv.Error:
        _refuse(out, file, _said(out, "refused.quotes", row=reader.line_num))
    if not rows:
        _refuse(out, file, _said(out, "refused.empty"))
    names = [name.casefold() for name in rows[0][1]]
    if doubled := sorted({name for name in names if name and names.count(name) > 1}):
        _refuse(out, file, _said(out, "refused.doubled", columns=", ".join(doubled)))
    table = _Table(out, file, {name: [] for name in names if name})
    for row, cells in rows[1:]:
        if len(cells) > len(names):
            table.problems.append(_said(out, "refused.width", row=row, found=len(cells), wanted=len(names)))
        for name, cell in zip(names, _filled(cells, len(names)), strict=True):
            if name:
                table.columns[name].append((row, cell))
    return table


def _filled(cells: Sequence[str], width: int) -> list[str]:
    """The row's first `width` cells; those it does not have are empty."""
    return [*cells, *[""] * width][:width]


def _decoded(out: Terminal, file: Path) -> str:
    """The file as text: UTF-16 by its byte order mark, UTF-8, or the Windows code page Swedish Excel saves in."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        _refuse(out, file, _said(out, "refused.unreadable", why=error.strerror))
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            written = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in written:
            return written
    _refuse(out, file, _said(out, "refused.not_text"))
