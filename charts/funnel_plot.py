"""Which areas lie outside what chance gives an area of their size? Shares against the number they are shares of."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any, Final

import altair as alt
import polars as pl

from analysis.methods.funnel import Funnel
from analysis.methods.intervals import Z95, Z998
from charts.colours import BACKGROUND, INK, MUTED_INK, NATION
from charts.judgement_marks import LOOKS
from charts.strips import spoken
from charts.theme import drawn_from, finished, value_axis
from locales import text
from locales.numbers import format_number, format_value

_HEIGHT: Final = 360
_STEPS: Final = 60  # of each curve
_OUTSIDE: Final = ("above_95", "above_998", "below_95", "below_998")
_UP: Final = LOOKS["higher"]
_DOWN: Final = LOOKS["lower"]
_VERDICTS: Final[dict[str, tuple[str, str]]] = {
    "within": ("circle", MUTED_INK),
    "above_95": ("triangle-up", _UP.ink),
    "above_998": ("triangle-up", _UP.ink),
    "below_95": ("triangle-down", _DOWN.ink),
    "below_998": ("triangle-down", _DOWN.ink),
}
"""Purple and teal: a funnel says above and below, not better and worse."""


def funnel_points(
    funnel: Funnel, counts: pl.DataFrame, title: str, language: str = "sv", *, subtitle: str = ""
) -> alt.LayerChart:
    """The areas of a funnel with its centre and its 95 and 99.8 % limits. `counts`: the frame it was made from (area,
    numerator, denominator). Areas outside the limits carry their names; hollow at 95 %, filled at 99.8 %."""
    records = _records(funnel, counts, language)
    curve = _limits(funnel, records)
    span = _span(records, curve)
    widest = max((record["count"] for record in records), default=1.0) * 1.5  # names stand right of their points
    across = alt.X(
        "count:Q",
        title=text("judged_charts.funnel.count", language),
        axis=alt.Axis(tickCount=4, format=",d", grid=False),
        scale=alt.Scale(domain=[0, widest], nice=False),
    )
    percents = value_axis("percent", language, span)
    vertical = alt.Scale(domain=list(span), nice=False, zero=False)
    layers = [
        *_curves(curve, across, alt.Y("at:Q", title=None, axis=percents, scale=vertical), language),
        *_centre(funnel, curve, language),
        *_points(records, language),
    ]
    notes = [subtitle, text("judged_charts.funnel.subtitle", language)]
    if funnel.overdispersion["applied"]:
        notes.append(text("judged_charts.funnel.widened", language))
    heading = text("judged_charts.funnel.title", language, title=title)
    return finished(layers, heading, " ".join(note for note in notes if note), language)


def funnel_in_words(funnel: Funnel, title: str, language: str = "sv") -> str:
    """The common share, how many areas are within the limits, and each area outside them by name."""
    heading = text("judged_charts.funnel.title", language, title=title)
    if funnel.centre is None:
        return f"{heading}. {text('judged_charts.funnel.nothing', language)}"
    known = funnel.rows.filter(pl.col("value").is_not_null())
    within = known.filter(pl.col("verdict") == "within").height
    value = _percent(funnel.centre, language)
    sentences = [text("judged_charts.funnel.sentence", language, value=value, within=within, count=known.height)]
    for row in known.filter(pl.col("verdict") != "within").iter_rows(named=True):
        verdict = text(f"judgements.funnel.{row['verdict']}", language)
        share = _percent(row["value"], language)
        sentences.append(text("judged_charts.funnel.named", language, name=row["area"], value=share, verdict=verdict))
    without = funnel.rows.filter(pl.col("value").is_null())["area"].to_list()
    if without:
        sentences.append(text("judged_charts.funnel.without", language, names=", ".join(without)))
    if funnel.overdispersion["applied"]:
        sentences.append(text("judged_charts.funnel.widened", language))
    return " ".join([f"{heading}.", *sentences])


def _percent(share: float, language: str) -> str:
    return format_value(100 * share, "percent", 1, language)


def _records(funnel: Funnel, counts: pl.DataFrame, language: str) -> list[dict[str, Any]]:
    """Every area with a share: value in per cent, count, verdict, and the figure in words."""
    joined = funnel.rows.with_columns(counts["numerator"], counts["denominator"])
    return [
        {
            "name": row["area"],
            "value": 100 * row["value"],
            "count": row["denominator"],
            "verdict": row["verdict"],
            "hollow": row["verdict"] in ("above_95", "below_95"),
            "said": text(
                "judged_charts.funnel.said",
                language,
                name=row["area"],
                value=_percent(row["value"], language),
                x=format_number(row["numerator"], 0, language),
                n=format_number(row["denominator"], 0, language),
                verdict=text(f"judgements.funnel.{row['verdict']}", language),
            ),
        }
        for row in joined.filter(pl.col("value").is_not_null()).iter_rows(named=True)
    ]


def _limits(funnel: Funnel, records: Sequence[Mapping[str, Any]]) -> list[dict[str, float]]:
    """The limits as curves from the smallest area to beyond the largest, per cent, by the funnel's own formula: areas
    are too few to draw them from. Even steps of √n, because the curve bends where n is small."""
    if funnel.centre is None or not records:
        return []
    sizes = [record["count"] for record in records]
    smallest, largest = sqrt(min(sizes)), sqrt(max(sizes) * 1.1)
    between = funnel.overdispersion["tau2"] if funnel.overdispersion["applied"] else 0.0
    curve = []
    for step in range(_STEPS + 1):
        count = (smallest + (largest - smallest) * step / _STEPS) ** 2
        spread = sqrt(funnel.centre * (1 - funnel.centre) / count + between)
        ends = {"low95": -Z95, "high95": Z95, "low998": -Z998, "high998": Z998}
        limits = {name: 100 * min(1.0, max(0.0, funnel.centre + z * spread)) for name, z in ends.items()}
        curve.append({"count": count, **limits})
    return curve


def _span(records: Sequence[Mapping[str, Any]], curve: Sequence[dict[str, float]]) -> tuple[float, float]:
    """The drawn per cent: all areas and all limits."""
    ends = [record["value"] for record in records]
    ends += [limits[name] for limits in curve for name in ("low95", "high95", "low998", "high998")]
    low, high = min(ends, default=0.0), max(ends, default=100.0)
    room = (high - low) * 0.06 or 1.0
    return max(0.0, low - room), min(100.0, high + room)


def _curves(curve: Sequence[dict[str, float]], across: alt.X, up: alt.Y, language: str) -> list[alt.Chart]:
    ends = ("low95", "high95", "low998", "high998")
    points = [{"count": one["count"], "at": one[end], "end": end} for one in curve for end in ends]
    base = drawn_from(points, _HEIGHT)
    inner = base.transform_filter("indexof(['low95', 'high95'], datum.end) >= 0").mark_line(strokeWidth=1.8, clip=True)
    outer = base.transform_filter("indexof(['low998', 'high998'], datum.end) >= 0").mark_line(
        strokeWidth=1.8, strokeDash=[6, 4], clip=True
    )
    drawn = [line.encode(x=across, y=up, detail="end:N", color=alt.value(MUTED_INK)) for line in (inner, outer)]
    named = [
        {"count": curve[-1]["count"], "at": curve[-1][end], "name": text(f"judged_charts.funnel.{name}", language)}
        for end, name in (("high95", "inner"), ("high998", "outer"))
        if curve
    ]
    names = drawn_from(named, _HEIGHT).mark_text(align="left", dx=3, fontSize=11, color=MUTED_INK, clip=True)
    return [*drawn, names.encode(x="count:Q", y="at:Q", text="name:N")]


def _centre(funnel: Funnel, curve: Sequence[dict[str, float]], language: str) -> list[alt.Chart]:
    """The common share as a line, named at the curves' end."""
    if funnel.centre is None or not curve:
        return []
    said = [text("judged_charts.funnel.centre", language), _percent(funnel.centre, language)]
    ends = {"count": curve[-1]["count"], "zero": 0, "at": 100 * funnel.centre, "name": said}
    base = drawn_from([ends], _HEIGHT)
    rule = base.mark_rule(color=NATION, strokeWidth=1.5).encode(x="zero:Q", x2="count:Q", y="at:Q")
    name = base.mark_text(align="left", baseline="middle", dx=3, dy=-6, fontSize=12, fontWeight="bold", lineHeight=13)
    return [rule, name.encode(x="count:Q", y="at:Q", text="name:N")]


def _points(records: Sequence[dict[str, Any]], language: str) -> list[alt.Chart]:
    base = drawn_from(records, _HEIGHT)
    verdicts = list(_VERDICTS)
    colours = alt.Scale(domain=verdicts, range=[ink for _, ink in _VERDICTS.values()])
    shapes = alt.Scale(domain=verdicts, range=[shape for shape, _ in _VERDICTS.values()])
    colour = alt.Color("verdict:N", scale=colours, legend=None)
    dots = base.mark_point(size=70, strokeWidth=1.8, opacity=1, **spoken(language)).encode(
        x="count:Q",
        y="value:Q",
        color=colour,
        shape=alt.Shape("verdict:N", scale=shapes, legend=None),
        fill=alt.condition("datum.hollow", alt.value(BACKGROUND), colour),
        tooltip=alt.Tooltip("said:N", title=text("charts.figure", language)),
        description="said:N",
    )
    outside = base.transform_filter(f"indexof({list(_OUTSIDE)}, datum.verdict) >= 0")
    place = {"x": alt.X("count:Q"), "y": alt.Y("value:Q"), "text": alt.Text("name:N")}
    halo = outside.mark_text(align="left", dx=8, fontSize=12, stroke=BACKGROUND, strokeWidth=4).encode(**place)
    names = outside.mark_text(align="left", dx=8, fontSize=12, color=INK).encode(**place)
    return [dots, halo, names]
