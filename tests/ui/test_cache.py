"""Ready charts belong to their question. The trap: st.cache_data hashes the ends of a polars frame only."""

import inspect
import typing
from dataclasses import replace

import polars as pl

import ui.cache
from analysis import Comparison
from charts import region_bars
from indicators import catalogue, period_of
from ui.cache import chart_spec, digest_of, kept


def _comparison(version: int, values: list[float]) -> Comparison:
    codes = [*catalogue().region_codes, "00"]
    rows = pl.DataFrame(
        [
            {
                "code": codes[place % len(codes)], "region": "", "period": "2020", "segment": 0, "value": value,
                "period_start": period_of("2020").start, "ci_low": None, "ci_high": None, "evidence": "none",
                "flags": "", "reason": "",
            }
            for place, value in enumerate(values)
        ]
    )  # fmt: skip
    known = catalogue().indicators["trust_overall"]
    return Comparison(known, period_of("2020"), "T", "riket", None, version, rows, False, None)


def test_two_frames_that_differ_in_row_15_of_30_give_two_charts() -> None:
    first = [float(place) for place in range(30)]
    second = [*first[:15], 99.0, *first[16:]]
    specs = [
        chart_spec(region_bars, _comparison(version, values), "test:row15", "sv", ())
        for version, values in enumerate((first, second))
    ]
    drawn = [{one["value"] for one in spec["layer"][0]["data"]["values"]} for spec in specs]
    assert drawn == [set(first), set(second)]


def test_the_same_question_is_drawn_once() -> None:
    asked = []

    def region_bars_counted(*args: object, **more: object) -> object:
        asked.append(args)
        return region_bars(*args, **more)  # type: ignore[arg-type]

    comparison = _comparison(7, [1.0, 2.0])
    for _ in range(3):
        chart_spec(region_bars_counted, comparison, "test:once", "sv", ())
    assert len(asked) == 1
    chart_spec(region_bars_counted, comparison, "test:once", "en", ())  # another language
    chart_spec(region_bars_counted, comparison, "test:once", "sv", ("25",))  # other regions stand out
    chart_spec(region_bars_counted, replace(comparison, data_version=8), "test:once", "sv", ())  # newer data
    chart_spec(region_bars_counted, comparison, "test:other store", "sv", ())
    assert len(asked) == 5


def test_a_view_is_all_that_its_chart_depends_on() -> None:
    asked = []

    def judged_counted(*_answer: object, level: float = 95, **_more: object) -> object:
        asked.append(level)
        return region_bars(_comparison(1, [1.0]))

    first = _comparison(7, [1.0, 2.0])
    views = (
        (first, {"level": 95.0}),
        (first, {"level": 99.8}),  # the marks that hold at another level
        (replace(first, benchmark="region:24"), {"level": 95.0}),
        # The same rows are shown, but other figures took part in judging them: synthetic ones, another kind of ranks.
        (replace(first, rows=first.rows.with_columns(judgement=pl.lit("worse"))), {"level": 95.0}),
        (replace(first, rows=first.rows.with_columns(rank_low=pl.lit(3))), {"level": 95.0}),
        (replace(first, rows=first.rows.reverse()), {"level": 95.0}),
    )
    for _ in range(2):
        for answer, options in views:
            chart_spec(judged_counted, answer, "test:views", "sv", (), **options)
    assert len(asked) == len(views)


def test_rows_in_another_order_are_another_view() -> None:
    rows = pl.DataFrame({"value": [1.0, 2.0], "code": ["25", "25"]})
    assert digest_of(rows) == digest_of(rows.clone())
    assert digest_of(rows) != digest_of(rows.reverse())
    assert digest_of(rows.clear()) == ""


def test_nothing_but_scalars_is_hashed() -> None:
    hashed = [name for name in inspect.signature(ui.cache._kept).parameters if not name.startswith("_")]
    assert hashed == ["key"]
    assert typing.get_type_hints(kept)["key"] == tuple[str | int | tuple[str, ...], ...]
