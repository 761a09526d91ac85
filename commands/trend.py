"""`trend`: has one region's published series changed? Or, with --csv, a series in a file of the analyst's own."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from analysis import SeriesChange, change_over_time
from analysis.change.questions import LATEST_MONTH, STEADY, region_changes
from analysis.change.waves import SINCE_LAST
from analysis.methods.trends import NEEDED as YEARS_NEEDED
from analysis.methods.xmr import NEEDED as MONTHS_NEEDED
from commands.analyst import trend_csv
from commands.options import AsOf, Json, SexOption, help_text
from commands.terminal import WRONG_USAGE, terminal
from wording.change import change_text

Kind = Literal["year", "half_year", "quarter", "month", "week", "day"]


def register(app: typer.Typer) -> None:
    app.command("trend", help=help_text("trend"))(trend)


def trend(
    ctx: typer.Context,
    indicator: Annotated[str | None, typer.Argument(help=help_text("indicator"))] = None,
    region: Annotated[str | None, typer.Option("--region", help=help_text("region"))] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help=help_text("trend_csv"))] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help=help_text("kind"))] = None,
    sex: SexOption = "T",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    with terminal(ctx, as_json) as out:
        if csv is not None and indicator is None and region is None:
            trend_csv(out, csv)
        if indicator is None or region is None or csv is not None:
            out.refuse(out.said("trend_choose"), WRONG_USAGE)
        day = as_of.date() if as_of else None
        store = out.store()
        change = change_over_time(store, indicator, region, sex=sex, kind=kind, as_of=day)
        asked = region_changes(store, indicator, region, sex=sex, kind=kind, as_of=day).of(_question(change))
        sentence = change_text(asked[0], out.language)
        out.answer(document(change, sentence, out.language), sentence)


def _question(change: SeriesChange) -> str:
    """Which question of change the test answers: its sentence is that question's."""
    if change.needed == MONTHS_NEEDED:
        return LATEST_MONTH
    return STEADY if change.needed == YEARS_NEEDED else SINCE_LAST


def document(change: SeriesChange, sentence: str, language: str) -> dict[str, Any]:
    """What `trend INDICATOR --region CODE --json` prints; `fired` names every XmR rule with the periods it marks."""
    return {
        "indicator": change.indicator.id,
        "region": change.region,
        "method": change.method,
        "statistic": change.statistic,
        "slope": change.slope,
        "difference": change.difference,
        "diff_low": change.low,
        "diff_high": change.high,
        "verdict": change.verdict,
        "reason": change.reason,
        "evidence": change.evidence,
        "points_used": len(change.points),
        "points_needed": change.needed,
        "periods_used": list(change.points),
        "breaks": [{"period": one.period, "reason": one.reason.in_language(language)} for one in change.breaks],
        "fired": {rule: list(periods) for rule, periods in change.fired.items()},
        "sentence": sentence,
    }
