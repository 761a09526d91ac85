"""How has each region's share at the minimum level moved? Lines over time, each with its name at its end."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import polars as pl

from charts.colours import BACKGROUND, OTHER, SERIES
from charts.strips import spoken
from charts.theme import SHAPES, drawn_from, finished, value_axis
from charts.trend_layout import HEIGHT, names_at_the_end, time_axis, time_domain
from charts.trend_places import value_span
from indicators import catalogue, period_label
from locales import text
from wording.supply import share_of_units

_FEW: Final = 24  # points in time; more than that run together at full size


def supply_trend(
    rows: pl.DataFrame, title: str, subtitle: str, language: str = "sv", *, chosen: Sequence[str] = ()
) -> alt.LayerChart:
    """A line per region of `chosen` (codes, which give each its colour and shape) through `rows`
    (analysis.supply.share_over_time); a line is broken where a period has no share. A region alone has its intervals;
    those of several would hide each other."""
    records = _records(rows, chosen, language)
    alone = len({record["code"] for record in records}) == 1
    low, high = value_span(_ends(records) if alone else records)
    span = (max(0.0, low), min(100.0, high))
    base = drawn_from(records, HEIGHT)
    order = list(chosen)
    colours = [SERIES[place] if place < len(SERIES) else OTHER for place in range(len(order))]
    shapes = [SHAPES[place % len(SHAPES)] for place in range(len(order))]
    colour = alt.Color("code:N", scale=alt.Scale(domain=order, range=colours), legend=None)
    shape = alt.Shape("code:N", scale=alt.Scale(domain=order, range=shapes), legend=None)
    time = alt.Scale(type="utc", domain=time_domain(records))
    across = alt.X("date:T", title=None, axis=time_axis(records), scale=time)
    numbers = value_axis("percent", language, span, ticks=6)
    height = alt.Scale(domain=list(span), nice=False, zero=False)
    up = alt.Y("value:Q", title=None, axis=numbers, scale=height)
    line = base.mark_line(aria=False, strokeWidth=2).encode(x=across, y=up, color=colour, detail=["code:N", "line:N"])
    few = len({record["date"] for record in records}) <= _FEW
    points = base.mark_point(size=44 if few else 14, opacity=1, strokeWidth=1.8, **spoken(language)).encode(
        x="date:T",
        y="value:Q",
        color=colour,
        shape=shape,
        fill=alt.condition("datum.synthetic", alt.value(BACKGROUND), colour),
        tooltip=alt.Tooltip("said:N", title=text("charts.figure", language)),
        description="said:N",
    )
    whisker = base.mark_rule(aria=False, strokeWidth=1.5, opacity=0.7).encode(
        x=across, y=alt.Y("low:Q", title=None, axis=numbers, scale=height), y2="high:Q", color=colour
    )
    marks = [whisker, line, points] if alone else [line, points]
    return finished(
        [*marks, *names_at_the_end(records, span, dict(zip(order, colours, strict=True)))], title, subtitle, language
    )


def supply_trend_in_words(rows: pl.DataFrame, title: str, subtitle: str, language: str = "sv") -> str:
    """First and last share of each region; what lies between is in the table."""
    said = [f"{title}, {subtitle}."]
    for own in rows.filter(pl.col("share").is_not_null()).partition_by("code", maintain_order=True):
        first, last = own.row(0, named=True), own.row(-1, named=True)
        said.append(
            text(
                "charts.from_to",
                language,
                name=catalogue().regions[first["code"]].short_name,
                first=share_of_units(first, language),
                start=period_label(first["period"], language),
                last=share_of_units(last, language),
                end=period_label(last["period"], language),
            )
        )
    return " ".join(said)


def _records(rows: pl.DataFrame, chosen: Sequence[str], language: str) -> list[dict[str, Any]]:
    """The shares as points; `line` numbers the stretches between periods without one."""
    gap = pl.col("share").is_null().cum_sum().over("code")
    known = rows.with_columns(line=gap).filter(pl.col("share").is_not_null(), pl.col("code").is_in(chosen))
    return [_point(row, language) for row in known.iter_rows(named=True)]


def _ends(records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{**record, "value": record[end]} for record in records for end in ("low", "high")]


def _point(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    name = catalogue().regions[row["code"]].short_name
    return {
        "code": row["code"],
        "name": name,
        "date": row["period_start"].isoformat(),
        "line": row["line"],
        "value": row["share"],
        "low": row["ci_low"],
        "high": row["ci_high"],
        "synthetic": row["synthetic"],
        "said": f"{name} {period_label(row['period'], language)}: {share_of_units(row, language)}",
    }
