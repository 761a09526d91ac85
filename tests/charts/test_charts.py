"""What the charts show: order, reasons, marks, breaks, and the same text every time."""

from collections.abc import Callable
from typing import Any

import pytest

import charts
from analysis import TimeSeries
from charts.marks import FIELDS, mark_of
from charts.trend_layout import time_axis
from charts.trend_places import moved_apart
from indicators import catalogue
from indicators.model import SeriesBreak
from tests.charts.judged_rows import ROWS, assessed, comparison, row

SIX = catalogue().default_group.regions
Made = Callable[..., Any]
RIKET = ROWS[-1]


def first_records(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The first layer of regions' data; Altair moves data that all layers share to the top."""
    found = [layer["data"]["values"] for layer in spec["layer"] if "data" in layer] or [spec["data"]["values"]]
    return next(values for values in found if "said" in values[0])


def test_a_missing_value_is_null_in_a_chart_with_its_reason() -> None:
    mark = mark_of(
        row("25", reason="not_reported", unassessed="no_value"), catalogue().indicators["trust_overall"], SIX, "sv"
    )
    assert (mark["value"], mark["low"], mark["high"]) == (None, None, None)
    assert (mark["name"], mark["group"], mark["label"]) == ("Norrbotten", "chosen", "bortfall, ej rapporterat")


def test_synthetic_figures_are_marked_in_label_and_subtitle() -> None:
    rows = (row("25", value=151.0, estimate=151.0, flags="x", unassessed="no_interval", rank=1),)
    spec = charts.rank_dots(comparison(rows, "calls_mean_wait", synthetic=True), "en", chosen=SIX).to_dict()
    (record,) = first_records(spec)
    assert (record["synthetic"], record["label"]) == (True, "2:31\xa0x")
    assert spec["title"]["subtitle"].endswith("x: synthetic example data")


def test_where_a_base_is_assumed_a_point_without_an_interval_is_hollow_too_and_both_are_said(
    over_time: Made, figure: Made
) -> None:
    assumed = {"evidence": "assumed", "flags": "a"}
    mixed = over_time(figure("25", 60.0, "2020", **assumed), figure("00", 61.0, "2020"), figure("00", 62.0, "2021"))
    spec = charts.trend_lines(mixed, chosen=["25"]).to_dict()
    assert [record["hollow"] for record in first_records(spec)] == [True, True, True]
    assert spec["title"]["subtitle"].endswith("ihålig punkt: antaget underlag eller inget intervall alls")
    alone = charts.trend_lines(over_time(figure("25", 60.0, "2020"), figure("25", 61.0, "2021")), chosen=["25"])
    assert "ihålig" not in alone.to_dict()["title"]["subtitle"]


def test_text_from_files_reaches_a_chart_only_as_values() -> None:
    rows = (assessed("25", 61.0, "similar", None, 1, comment="a:b.c[d]"),)
    spec = charts.rank_dots(comparison(rows), chosen=SIX).to_dict()
    fields = {
        channel["field"] for layer in spec["layer"] for channel in layer["encoding"].values() if "field" in channel
    }
    assert fields <= {*FIELDS, "bottom", "judgement", "marks_at", "name_at", "printed", "rank", "sure", "words_at"}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_chart_has_a_title_a_locale_and_the_same_text_twice(over_time: Made, figure: Made, language: str) -> None:
    series = over_time(figure("25", 1.0), figure("25", 2.0, "2021"))
    for draw, answer in ((charts.rank_dots, comparison()), (charts.trend_lines, series)):
        spec = draw(answer, language, chosen=SIX).to_dict()
        assert spec == draw(answer, language, chosen=SIX).to_dict()
        assert spec["title"]["text"]
        assert spec["config"]["locale"]["number"]["decimal"] == {"sv": ",", "en": "."}[language]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_empty_answer_is_drawn_and_said(over_time: Made, language: str) -> None:
    nothing = {"sv": "inga publicerade siffror", "en": "no published figures"}[language]
    assert charts.trend_lines(over_time(), language).to_dict()["title"]["subtitle"] == nothing
    assert charts.trend_in_words(over_time(), language) == nothing


def test_no_line_crosses_a_break_and_its_reason_is_told(
    over_time: Made, figure: Made, known_break: SeriesBreak
) -> None:
    rows = (figure("25", 60.0, "2015", stretch=1), figure("25", 52.0, "2016", stretch=2, flags="b"))
    series: TimeSeries = over_time(*rows, breaks=(known_break,))
    spec = charts.trend_lines(series, "sv", chosen=("25",)).to_dict()
    rule, line = spec["layer"][0], spec["layer"][1]
    assert rule["data"]["values"] == [{"date": "2016-01-01"}]
    assert [channel["field"] for channel in line["encoding"]["detail"]] == ["code", "line"]
    assert charts.breaks_in_words(series, "sv") == ["Brott från 2016: ny metod"]
    assert charts.breaks_in_words(series, "en") == ["Break from 2016: a new method"]


def test_a_break_before_the_first_figure_is_not_told(over_time: Made, figure: Made, known_break: SeriesBreak) -> None:
    series = over_time(figure("25", 52.0, "2016"), figure("25", 53.0, "2017"), breaks=(known_break,))
    assert charts.breaks_in_words(series, "sv") == []


def test_a_region_keeps_its_shape_when_another_has_no_figures(over_time: Made, figure: Made) -> None:
    alone = charts.trend_lines(over_time(figure("24", 1.0)), chosen=("25", "24")).to_dict()
    both = charts.trend_lines(over_time(figure("24", 1.0), figure("25", 1.0)), chosen=("25", "24")).to_dict()
    scales = [spec["layer"][-2]["encoding"]["shape"]["scale"] for spec in (alone, both)]
    assert scales[0] == scales[1]


def test_the_trend_in_words_gives_first_and_last(over_time: Made, figure: Made) -> None:
    series = over_time(figure("25", 52.0, "2016"), figure("25", 49.9, "2023"), figure("24", None, "2023"))
    assert charts.trend_in_words(series, "sv", chosen=SIX) == (
        "Förtroende för hälso- och sjukvården i sin helhet, per år, procent. "
        "Norrbotten: 52,0\xa0% (2016), 49,9\xa0% (2023)."
    )


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ({"a": 10.0, "b": 12.0}, {"a": 10.0, "b": 25.0}),  # too close: the lower gives way
        ({"a": 195.0, "b": 199.0}, {"a": 185.0, "b": 200.0}),  # at the floor: the upper gives way
        ({"b": 50.0, "a": 50.0}, {"a": 50.0, "b": 65.0}),  # equal: a fixed order, the same chart every time
    ],
)
def test_names_at_the_end_of_lines_do_not_cover_each_other(wanted: dict[str, float], places: dict[str, float]) -> None:
    assert moved_apart(wanted, 15, 200) == places


def test_short_monthly_series_are_labelled_by_month(over_time: Made, figure: Made) -> None:
    rows = [figure("25", float(month), f"2018-{month:02d}") for month in range(1, 11)]
    spec = charts.trend_lines(over_time(*rows), "sv", chosen=("25",)).to_dict()
    axis = spec["layer"][0]["encoding"]["x"]["axis"]
    assert (axis["format"], axis["values"]) == ("%b %Y", ["2018-01-01", "2018-04-01", "2018-07-01", "2018-10-01"])


@pytest.mark.slow
def test_every_indicator_of_the_catalogue_can_be_drawn() -> None:
    rows = (assessed("25", 42.0, "worse", 99.8, 1), RIKET)
    for indicator in catalogue().indicators:
        assert charts.rank_dots(comparison(rows, indicator), "sv", chosen=SIX).to_dict()["layer"]


def test_two_years_are_marked_as_years_and_months_as_months() -> None:
    def axis(*days: str) -> tuple[object, object]:
        made = time_axis([{"date": day} for day in days]).to_dict()
        return made["values"], made["format"]

    assert axis("2012-01-01", "2013-01-01") == (["2012-01-01", "2013-01-01"], "%Y")
    assert axis(*(f"{year}-01-01" for year in range(2016, 2026))) == (
        ["2017-01-01", "2019-01-01", "2021-01-01", "2023-01-01", "2025-01-01"],  # the last year has its label
        "%Y",
    )
    assert axis("2023-01-01", "2023-02-01") == (["2023-01-01", "2023-02-01"], "%b %Y")
