"""What the charts show: order, reasons, marks, breaks, and the same text every time."""

from collections.abc import Callable
from typing import Any

import pytest

import charts
from analysis import Comparison, TimeSeries
from charts.trend_layout import moved_apart
from indicators import catalogue
from indicators.model import SeriesBreak

SIX = catalogue().default_group.regions
Made = Callable[..., Any]


def bars_of(comparison: Comparison, language: str = "sv") -> list[dict[str, Any]]:
    """The records behind the bars, in drawn order."""
    spec = charts.region_bars(comparison, language, chosen=SIX).to_dict()
    records = first_records(spec)
    assert spec["layer"][0]["encoding"]["y"]["sort"] == [one["name"] for one in records]
    return records


def first_records(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The first layer's data; Altair moves data that all layers share to the top."""
    return (spec["layer"][0].get("data") or spec["data"])["values"]


def test_bars_are_sorted_by_value_with_riket_among_them_and_missing_last(compared: Made, figure: Made) -> None:
    comparison = compared(figure("01", 60.0), figure("24", 75.9), figure("25", None), figure("00", 69.4))
    assert [(one["name"], one["group"], one["label"]) for one in bars_of(comparison)] == [
        ("Västerbotten", "chosen", "75,9\xa0%"),
        ("Riket", "nation", "69,4\xa0%"),
        ("Stockholm", "other", "60,0\xa0%"),
        ("Norrbotten", "chosen", "bortfall, ej rapporterat"),  # a reason, never a zero
    ]


def test_a_missing_value_is_null_in_the_chart(compared: Made, figure: Made) -> None:
    (record,) = bars_of(compared(figure("25", None)))
    assert (record["value"], record["low"], record["high"]) == (None, None, None)


def test_an_assumed_base_is_hollow_and_said_in_words(compared: Made, figure: Made) -> None:
    assumed = figure("25", 62.85, ci_low=59.6, ci_high=66.1, evidence="assumed", flags="a")
    comparison = compared(assumed)
    (record,) = bars_of(comparison)
    assert record["hollow"] is True
    assert record["said"] == "Region Norrbotten 2020: 62,9\xa0% (59,6\xa0%–66,1\xa0%, antaget underlag)"
    assert "ihålig punkt: antaget underlag" in charts.bars_in_words(comparison)


def test_synthetic_figures_are_marked_in_label_outline_and_subtitle(compared: Made, figure: Made) -> None:
    comparison = compared(figure("25", 151.0, flags="x"), indicator="calls_mean_wait")
    spec = charts.region_bars(comparison, "en", chosen=SIX).to_dict()
    (record,) = first_records(spec)
    assert (record["synthetic"], record["label"]) == (True, "2:31\xa0x")
    assert spec["layer"][0]["encoding"]["strokeDash"]["scale"]["range"] == [[1, 0], [3, 2]]
    assert " ".join(spec["title"]["subtitle"]).endswith("x: synthetic example data")


def test_text_from_files_reaches_a_chart_only_as_values(compared: Made, figure: Made) -> None:
    spec = charts.region_bars(compared(figure("25", 1.0, comment="a:b.c[d]")), chosen=SIX).to_dict()
    fields = {
        channel["field"] for layer in spec["layer"] for channel in layer["encoding"].values() if "field" in channel
    }
    assert fields == {"value", "name", "group", "synthetic", "said", "low", "high", "end", "label"}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_chart_has_a_title_a_locale_and_the_same_text_twice(
    compared: Made, over_time: Made, figure: Made, language: str
) -> None:
    comparison, series = compared(figure("25", 1.0)), over_time(figure("25", 1.0), figure("25", 2.0, "2021"))
    drawings = [(charts.region_bars, comparison), (charts.headline_dots, comparison), (charts.trend_lines, series)]
    for draw, answer in drawings:
        spec = draw(answer, language, chosen=SIX).to_dict()
        assert spec == draw(answer, language, chosen=SIX).to_dict()
        assert spec["title"]["text"]
        assert spec["config"]["locale"]["number"]["decimal"] == {"sv": ",", "en": "."}[language]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_empty_answer_is_drawn_and_said(compared: Made, over_time: Made, language: str) -> None:
    nothing = {"sv": "inga publicerade siffror", "en": "no published figures"}[language]
    assert charts.region_bars(compared(), language).to_dict()["title"]["subtitle"] == [nothing]
    assert charts.headline_dots(compared(), language).to_dict()["title"]["subtitle"] == [nothing]
    assert charts.trend_lines(over_time(), language).to_dict()["title"]["subtitle"] == [nothing]
    assert charts.bars_in_words(compared(), language) == nothing
    assert charts.headline_in_words(compared(), language) == nothing
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


def test_a_region_keeps_its_colour_when_another_has_no_figures(over_time: Made, figure: Made) -> None:
    alone = charts.trend_lines(over_time(figure("24", 1.0)), chosen=("25", "24")).to_dict()
    both = charts.trend_lines(over_time(figure("24", 1.0), figure("25", 1.0)), chosen=("25", "24")).to_dict()
    scales = [spec["layer"][0]["encoding"]["color"]["scale"] for spec in (alone, both)]
    assert scales[0] == scales[1]


def test_the_bars_in_words_name_the_ends_riket_and_the_missing(compared: Made, figure: Made) -> None:
    comparison = compared(figure("24", 75.9), figure("25", 62.9), figure("22", None), figure("00", 69.4))
    assert charts.bars_in_words(comparison, "sv") == (
        "Förtroende för hälso- och sjukvården i sin helhet, 2020, procent. Av 2 regioner är värdet högst i "
        "Västerbotten (75,9\xa0%) och lägst i Norrbotten (62,9\xa0%). Riket: 69,4\xa0%. Utan värde: Västernorrland."
    )


def test_the_headline_is_one_sentence_about_the_chosen_regions(compared: Made, figure: Made) -> None:
    comparison = compared(figure("24", 75.9), figure("25", 62.9), figure("08", 80.2))
    assert charts.headline_in_words(comparison, "en", chosen=SIX) == (
        "2020: of the 2 chosen regions with a figure the value is highest in Västerbotten (75.9%) and lowest in "
        "Norrbotten (62.9%). There is no figure for Riket (the nation)."
    )
    assert charts.headline_in_words(compared(figure("24", 75.9)), "sv", chosen=SIX) == (
        "2020: bland de valda regionerna har bara Västerbotten (75,9\xa0%) en uppgift. För riket finns ingen uppgift."
    )


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


def test_every_indicator_of_the_catalogue_can_be_drawn(compared: Made, figure: Made) -> None:
    for indicator in catalogue().indicators:
        comparison = compared(figure("25", 42.0), figure("00", 40.0), indicator=indicator)
        assert charts.region_bars(comparison, "sv", chosen=SIX).to_dict()["layer"]
