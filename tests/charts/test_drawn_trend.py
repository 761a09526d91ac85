"""A region over time drawn for paper: the rules of the page's chart, in a drawing of our own."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl

from charts.drawn_trend import trend_drawn

Made = Callable[..., Any]
YEARS = tuple(str(year) for year in range(2016, 2026))


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def dots(svg: str) -> list[tuple[float, float, str]]:
    found = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="3" fill="(\S+)"', svg)
    return [(float(x), float(y), fill) for x, y, fill in found]


def drawn(series: Any, **choices: Any) -> str:
    return trend_drawn(series, "sv", "25", 420, 230, **choices)


def test_it_names_both_lines_the_last_year_and_the_pandemic(over_time: Made, figure: Made) -> None:
    svg = drawn(over_time(*(figure(code, 60.0, year) for code in ("25", "00") for year in YEARS)))
    assert {"Norrbotten", "Riket", "pandemi", "2025", "2017"} <= {*words(svg)}
    assert "2016" not in words(svg)  # every second year, back from the last
    assert len(dots(svg)) == 20


def test_no_line_crosses_a_break_and_what_is_unsure_is_hollow(over_time: Made, figure: Made) -> None:
    series = over_time(*(figure("25", 60.0, year) for year in YEARS))
    stretches = pl.when(pl.col("period") < "2020").then(0).otherwise(1)
    broken = replace(series, rows=series.rows.with_columns(stretch=stretches))
    assert [drawn(one).count("<polyline") for one in (series, broken)] == [1, 2]
    assumed = pl.when(pl.col("period") == "2025").then(pl.lit("assumed")).otherwise(pl.lit("published"))
    fills = [fill for *_, fill in dots(drawn(replace(series, rows=series.rows.with_columns(evidence=assumed))))]
    assert fills == ["#0e3a5c"] * 9 + ["#ffffff"]


def test_drawings_with_one_span_place_a_value_alike(over_time: Made, figure: Made) -> None:
    low, high = (over_time(*(figure("25", value, year) for year in YEARS)) for value in (50.0, 70.0))
    places = [{y for _, y, _ in dots(drawn(one, span=(40.0, 80.0)))} for one in (low, high)]
    assert [len(one) for one in places] == [1, 1]
    assert max(places[1]) < min(places[0])  # the higher value stands higher up
    assert words(drawn(low, span=(40.0, 80.0)))[:8] == words(drawn(high, span=(40.0, 80.0)))[:8]
