"""Is the series moving, or varying as it always does? The XmR chart: values, mean, limits, and the rules that fired."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, Literal

import altair as alt

from analysis.methods.xmr import NEEDED, RULES, XmrChart, XmrPhase
from charts.colours import BREAK, CHOSEN, INK, MUTED_INK, light
from charts.strips import apart, at, spoken
from charts.theme import drawn_from, finished, value_axis
from charts.trend_layout import time_axis
from indicators import Indicator, catalogue, period_label, period_of
from locales import text
from locales.numbers import format_value
from wording.change import xmr_notes
from wording.judgement import capital

_HEIGHT: Final = 320
_LINE: Final = MUTED_INK
_NAME: Final = 17  # pixels for a rule's name above the points
_ROOM: Final = 0.2  # of the time, at the right, for the limits' values
_LOOKS: Final[dict[str, tuple[str, str]]] = {
    "": ("circle", _LINE),
    "outside_limits": ("diamond", light("worse")),
    "seven_one_side": ("square", CHOSEN),
    "seven_trending": ("triangle-right", light("higher")),
    "two_of_three_near_limit": ("cross", light("lower")),
}
"""Rule → shape and colour of its points; each also has its name beside it."""


def xmr_lines(chart: XmrChart, indicator: Indicator, region: str, language: str = "sv") -> alt.LayerChart:
    """The series of a region code with mean and limits per phase; a phase too short for limits has none. Points that a
    rule marks are large, in the rule's shape, and the first of each run carries the rule's name."""
    points = _points(chart, indicator, region, language)
    phases = _phases(chart)
    span = _span(points, phases)
    base = drawn_from(points, _HEIGHT)
    time = alt.Scale(type="utc", domain=_days(points))
    across = alt.X("date:T", title=None, axis=time_axis(points), scale=time)
    scale = alt.Scale(domain=list(span), nice=False, zero=False)
    up = alt.Y("value:Q", title=None, axis=value_axis(indicator.unit, language, span, ticks=6), scale=scale)
    shapes = alt.Scale(domain=list(_LOOKS), range=[shape for shape, _ in _LOOKS.values()])
    line = base.mark_line(color=_LINE, strokeWidth=1.6).encode(x=across, y=up, detail="phase:N")
    dots = base.mark_point(opacity=1, filled=True, **spoken(language)).encode(
        x="date:T",
        y="value:Q",
        size=alt.condition("datum.rule == ''", alt.value(22), alt.value(90)),
        shape=alt.Shape("rule:N", scale=shapes, legend=None),
        color=alt.Color("rule:N", scale=_colours(), legend=None),
        tooltip=alt.Tooltip("said:N", title=text("charts.figure", language)),
        description="said:N",
    )
    names = _rule_names(points, span, language)
    layers = [*_limits(phases, indicator, language), *_breaks(chart), line, dots, *names]
    return finished(layers, _title(indicator, region, language), _subtitle(chart, language), language)


def xmr_in_words(chart: XmrChart, indicator: Indicator, region: str, language: str = "sv") -> str:
    """Mean and limits of each phase, and each rule that fired: at how many measurements, and last when."""
    if not chart.points:
        return text("charts.nothing", language)
    sentences = [f"{_title(indicator, region, language)}."]
    for phase in chart.phases:
        ends = {"first": period_label(phase.first, language), "last": period_label(phase.last, language)}
        if phase.mean is None:
            reason = text(f"judgements.trend_reason.{phase.reason}", language, found=phase.points, needed=NEEDED)
            sentences.append(text("judged_charts.xmr.refused", language, **ends, reason=reason))
            continue
        numbers = {name: _shown(getattr(phase, name), indicator, language) for name in ("mean", "lower", "upper")}
        sentences.append(text("judged_charts.xmr.sentence", language, **ends, **numbers))
        if phase is chart.phases[-1]:
            sentences += xmr_notes(phase, language)
    for rule in RULES:
        marked = [point.period for point in chart.points if point.rule == rule]
        if marked:
            name = text(f"judgements.rule.{rule}", language)
            key = "fired" if len(marked) > 1 else "fired_once"
            latest = period_label(marked[-1], language)
            said = text(f"judged_charts.xmr.{key}", language, rule=capital(name), count=len(marked), period=latest)
            sentences.append(said)
    if _phases(chart) and not any(point.rule for point in chart.points):
        sentences.append(text("judged_charts.xmr.quiet", language))
    return " ".join(sentences)


def _points(chart: XmrChart, indicator: Indicator, region: str, language: str) -> list[dict[str, Any]]:
    name = catalogue().regions[region].name
    firsts = [phase.first for phase in chart.phases]
    records = []
    for point in chart.points:
        shown = {"region": name, "period": period_label(point.period, language)}
        said = text("judged_charts.xmr.said", language, **shown, value=_shown(point.value, indicator, language))
        if point.rule:
            said = f"{said}; {text(f'judgements.rule.{point.rule}', language)}"
        records.append(
            {
                "date": period_of(point.period).start.isoformat(),
                "value": point.value,
                "rule": point.rule or "",
                "phase": sum(first <= point.period for first in firsts),
                "said": said,
            }
        )
    return records


def _phases(chart: XmrChart) -> list[XmrPhase]:
    return [phase for phase in chart.phases if phase.mean is not None]


def _days(points: Sequence[dict[str, Any]]) -> list[str]:
    """From the first value to beyond the last, where the limits' own values stand."""
    days = [point["date"] for point in points] or ["2020-01-01"]
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    return [first.isoformat(), (last + timedelta(days=int((last - first).days * _ROOM) or 30)).isoformat()]


def _span(points: Sequence[dict[str, Any]], phases: Sequence[XmrPhase]) -> tuple[float, float]:
    """The drawn values: all points and limits, and room above for the rules' names. Not below 0 where no value is."""
    values = [point["value"] for point in points]
    ends = [*values, *(end for phase in phases for end in (phase.lower, phase.upper) if end is not None)]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    height = (high - low) or 1.0
    rules = len({point["rule"] for point in points} - {""})
    above = height * _NAME * rules / (_HEIGHT - _NAME * rules)
    below = low - height / 25
    return (max(below, 0.0) if min(values, default=0.0) >= 0 else below), high + above + height / 25


def _limits(phases: Sequence[XmrPhase], indicator: Indicator, language: str) -> list[alt.Chart]:
    """Mean and limits of each phase as lines; the last phase's carry their values at the right."""
    ends = [
        {
            "start": period_of(phase.first).start.isoformat(),
            "end": period_of(phase.last).start.isoformat(),
            "at": level,
            "kind": kind,
            "name": _limit_name(kind, level, indicator, language) if phase == phases[-1] else [],
        }
        for phase in phases
        for kind, level in (("mean", phase.mean), ("limit", phase.lower), ("limit", phase.upper))
        if level is not None
    ]
    base = drawn_from(ends, _HEIGHT)
    dashes = alt.Scale(domain=["mean", "limit"], range=[[1, 0], [5, 4]])
    rule = base.mark_rule(color=INK, strokeWidth=1.5, clip=True).encode(
        x="start:T", x2="end:T", y="at:Q", strokeDash=alt.StrokeDash("kind:N", scale=dashes, legend=None)
    )
    name = base.mark_text(align="left", baseline="middle", dx=7, fontSize=11, lineHeight=12)
    return [rule, name.encode(x="end:T", y="at:Q", text="name:N")]


def _limit_name(kind: str, level: float, indicator: Indicator, language: str) -> list[str]:
    value = _shown(level, indicator, language)
    return apart([text("judged_charts.xmr.mean", language), value]) if kind == "mean" else [value]


def _breaks(chart: XmrChart) -> list[alt.Chart]:
    """A dashed vertical line where each new phase begins."""
    starts = [{"date": period_of(phase.first).start.isoformat()} for phase in chart.phases[1:]]
    if not starts:
        return []
    return [drawn_from(starts, _HEIGHT).mark_rule(color=BREAK, strokeDash=[4, 3], strokeWidth=1.5).encode(x="date:T")]


def _rule_names(points: Sequence[dict[str, Any]], span: tuple[float, float], language: str) -> list[alt.Chart]:
    """Each rule's name once, above its latest point with a thin line down to it; at every point, or beside them, names
    would cover the points and each other."""
    latest = {point["rule"]: point for point in points if point["rule"]}
    middle = points[len(points) // 2]["date"] if points else ""
    named = [
        {
            **point,
            "name": text(f"judgements.short_rule.{rule}", language),
            "down": _NAME * place + _NAME / 2,
            "to": (span[1] - point["value"]) / (span[1] - span[0]) * _HEIGHT,
            "side": "left" if point["date"] < middle else "right",
        }
        for place, (rule, point) in enumerate(sorted(latest.items(), key=lambda item: item[1]["date"], reverse=True))
    ]
    if not named:
        return []  # an empty layer is a picture without words for a screen reader
    base = drawn_from(named, _HEIGHT)
    colour = alt.Color("rule:N", scale=_colours(), legend=None)
    layers = [base.mark_rule(strokeWidth=1).encode(x="date:T", y=at("down"), y2="to:Q", color=colour)]
    sides: tuple[tuple[Literal["left", "right"], int], ...] = (("left", 5), ("right", -5))
    for side, away in sides:
        some = base.transform_filter(f"datum.side == '{side}'")
        word = some.mark_text(align=side, baseline="middle", dx=away, fontSize=12, fontWeight="bold")
        layers.append(word.encode(x="date:T", y=at("down"), text="name:N", color=colour))
    return layers


def _colours() -> alt.Scale:
    return alt.Scale(domain=list(_LOOKS), range=[colour for _, colour in _LOOKS.values()])


def _shown(value: float, indicator: Indicator, language: str) -> str:
    return format_value(value, indicator.unit, indicator.decimals, language)


def _title(indicator: Indicator, region: str, language: str) -> str:
    name = catalogue().regions[region].name
    return text("judged_charts.xmr.title", language, title=indicator.title.in_language(language), region=name)


def _subtitle(chart: XmrChart, language: str) -> str:
    parts = [text("judged_charts.xmr.subtitle", language)]
    if any(point.rule for point in chart.points):
        parts.append(text("judged_charts.xmr.marked", language))
    if len(chart.phases) > 1:
        parts.append(text("judged_charts.xmr.broken", language))
    return ", ".join(parts)
