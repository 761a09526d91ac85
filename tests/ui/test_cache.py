"""Ready charts belong to their question. The trap: st.cache_data hashes the ends of a polars frame only."""

import inspect
import typing
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import altair as alt
import polars as pl

import ui.cache
from analysis import Comparison, TimeSeries
from analysis.same_frame import digest_of
from charts.theme import drawn_from, finished
from indicators import catalogue
from tests.charts.judged_rows import comparison, row
from ui.cache import chart_spec, kept, specified, view_of


def dots(answer: Comparison, language: str = "sv", *, chosen: Sequence[str] = ()) -> alt.LayerChart:
    """A chart of an answer: each value twice, over a frame of its own."""
    rows = [{"value": value, "said": str(chosen)} for value in answer.rows["value"]]
    base = drawn_from(rows, 100)
    layers = [drawn_from([{"value": 0.0}], 100).mark_rule(), base.mark_point(), base.mark_text()]
    return finished(layers, "title", language, language)


def _comparison(version: int, values: list[float]) -> Comparison:
    codes = [*catalogue().region_codes, "00"]
    rows = tuple(
        row(codes[place % len(codes)], value=value, estimate=value, unassessed="no_interval")
        for place, value in enumerate(values)
    )
    return comparison(rows, data_version=version)


def test_two_frames_that_differ_in_row_15_of_30_give_two_charts() -> None:
    first = [float(place) for place in range(30)]
    second = [*first[:15], 99.0, *first[16:]]
    specs = [
        chart_spec(dots, _comparison(version, values), "test:row15", "sv", ())
        for version, values in enumerate((first, second))
    ]
    assert [_drawn(spec) for spec in specs] == [set(first), set(second)]


def _drawn(spec: dict[str, Any]) -> set[float]:
    """The values of the regions' dots."""
    layers = [layer["data"]["values"] for layer in spec["layer"]]
    return {one["value"] for values in layers for one in values if "said" in one}


def test_the_same_question_is_drawn_once() -> None:
    asked = []

    def dots_counted(*args: object, **more: object) -> object:
        asked.append(args)
        return dots(*args, **more)  # type: ignore[arg-type]

    answer = _comparison(7, [1.0, 2.0])
    for _ in range(3):
        chart_spec(dots_counted, answer, "test:once", "sv", ())
    assert len(asked) == 1
    chart_spec(dots_counted, answer, "test:once", "en", ())  # another language
    chart_spec(dots_counted, answer, "test:once", "sv", ("25",))  # other regions stand out
    chart_spec(dots_counted, replace(answer, data_version=8), "test:once", "sv", ())  # newer data
    chart_spec(dots_counted, answer, "test:other store", "sv", ())
    assert len(asked) == 5


def test_a_view_is_all_that_its_chart_depends_on() -> None:
    asked = []

    def judged_counted(*_answer: object, level: float = 95, **_more: object) -> object:
        asked.append(level)
        return dots(_comparison(1, [1.0]))

    first = _comparison(7, [1.0, 2.0])
    views = (
        (first, {"level": 95.0}),
        (first, {"level": 99.8}),  # the marks that hold at another level
        (replace(first, benchmark="region:24"), {"level": 95.0}),
        # The same rows are shown, but other figures took part in judging them: synthetic ones, another kind of ranks.
        (replace(first, rows=first.rows.with_columns(judgement=pl.lit("worse"))), {"level": 95.0}),
        (replace(first, rows=first.rows.with_columns(rank_low=pl.lit(3))), {"level": 95.0}),
        (replace(first, rows=first.rows.reverse()), {"level": 95.0}),
        (replace(first, reliability=0.4), {"level": 95.0}),  # of the whole table, of which other rows are not shown
    )
    for _ in range(2):
        for answer, options in views:
            chart_spec(judged_counted, answer, "test:views", "sv", (), **options)
    assert len(asked) == len(views)


def test_a_change_is_tested_beside_the_regions_that_are_not_shown() -> None:
    rows = _comparison(1, [1.0]).rows
    first = TimeSeries(catalogue().indicators["trust_overall"], "T", "year", None, 7, rows, (), False, rows)
    assert view_of(first) == view_of(replace(first))
    assert view_of(first) != view_of(replace(first, every=rows.with_columns(value=pl.lit(2.0))))


def test_layers_that_show_the_same_rows_hold_them_once_in_their_order() -> None:
    drawn = dots(_comparison(1, [1.0, 2.0]))
    given, ready = drawn.to_dict(), specified(drawn)
    assert [_without_data(one) for group in ready["layer"] for one in group["layer"]] == [
        _without_data(layer) for layer in given["layer"]
    ]
    shown = [layer.get("data", given.get("data")) for layer in given["layer"]]
    held = [group["data"] for group in ready["layer"] for _ in group["layer"]]
    assert held == shown
    assert len(ready["layer"]) < len(given["layer"])
    assert "data" not in ready  # there it would go through pandas and Arrow at every run


def _without_data(layer: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in layer.items() if name != "data"}


def test_rows_in_another_order_are_another_view() -> None:
    rows = pl.DataFrame({"value": [1.0, 2.0], "code": ["25", "25"]})
    assert digest_of(rows) == digest_of(rows.clone())
    assert digest_of(rows) != digest_of(rows.reverse())
    assert digest_of(rows.clear()) == ""


def test_nothing_but_scalars_is_hashed() -> None:
    hashed = [name for name in inspect.signature(ui.cache._kept).parameters if not name.startswith("_")]
    assert hashed == ["key"]
    assert typing.get_type_hints(ui.cache._kept)["key"] is str
    assert typing.get_type_hints(kept)["key"] == tuple[str | int | tuple[str, ...], ...]
