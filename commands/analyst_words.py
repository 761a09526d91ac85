"""What the analyst's commands say of a result, in the terminal's words."""

from analysis.methods.funnel import SIGNIFICANT, Funnel
from analysis.methods.trends import NEEDED as YEARS_NEEDED
from analysis.methods.trends import SMALLEST_EXPECTED, Trend
from analysis.methods.xmr import NEEDED as POINTS_NEEDED
from analysis.methods.xmr import RULES, XmrChart
from commands.analyst_said import heads, number, said
from commands.terminal import Terminal, aligned
from locales import text


def _p(out: Terminal, value: float | None) -> str:
    """A probability as a reader takes it in: never "p = 0,0000"."""
    small = value is not None and value < 0.0001
    return f"< {number(out, 0.0001)}" if small else f"= {number(out, value)}"


def fact(out: Terminal, column: str, words: str) -> str:
    return f"{said(out, f'column.{column}')}: {words}"


def shown_trend(out: Terminal, tested: Trend) -> str:
    lines = [
        fact(out, "method", said(out, f"method.{tested.method}")),
        fact(out, "statistic", number(out, tested.statistic, 3)),
        fact(out, "slope", number(out, tested.slope)),
        fact(out, "years", ", ".join(map(str, tested.years)) or "–"),
        fact(out, "verdict", said(out, f"verdict.{tested.verdict}")),
    ]
    if tested.reason == "too_few_points":
        lines.append(said(out, "reason.too_few_years", found=len(tested.years), needed=YEARS_NEEDED))
    elif tested.reason:
        lines.append(said(out, f"reason.{tested.reason}", needed=SMALLEST_EXPECTED))
    return "\n".join(lines)


def shown_funnel(out: Terminal, answer: Funnel) -> str:
    numbers = ("value", "low95", "high95", "low998", "high998")
    rows = [
        [
            row["area"],
            *(number(out, row[name]) for name in numbers),
            text(f"judgements.funnel.{row['verdict']}", out.language),
        ]
        for row in answer.rows.iter_rows(named=True)
    ]
    table = aligned(heads(out, "area", *numbers, "verdict"), rows, right=range(1, 6))
    found = answer.overdispersion
    if found["applied"]:
        note = said(out, "note.overdispersion", p=_p(out, found["p_value"]), tau2=number(out, found["tau2"], 6))
    elif found["p_value"] is None:
        note = said(out, "note.dispersion_unknown")
    else:
        note = said(out, "note.few_differ" if found["p_value"] < SIGNIFICANT else "note.chance_only")
    return "\n".join([table, "", fact(out, "centre", number(out, answer.centre)), note])


def shown_xmr(out: Terminal, chart: XmrChart, limits: dict[str, float | None]) -> str:
    rules = {rule: text(f"judgements.rule.{rule}", out.language) for rule in RULES}
    rows = [[point.period, number(out, point.value), rules.get(point.rule or "", "")] for point in chart.points]
    lines = [aligned(heads(out, "period", "value", "rule"), rows, right=[1]), ""]
    lines += [fact(out, name, number(out, limit)) for name, limit in limits.items()]
    if chart.reason:
        lines.append(said(out, f"reason.{chart.reason}", found=len(chart.points), needed=POINTS_NEEDED))
    if chart.phases and chart.phases[-1].autocorrelation:
        lines.append(said(out, "note.autocorrelated", r1=number(out, chart.phases[-1].autocorrelation, 2)))
    if chart.left_out:
        lines.append(said(out, "note.left_out", periods=", ".join(chart.left_out)))
    return "\n".join(lines)
