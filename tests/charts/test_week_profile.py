"""When in the week: a cell per weekday and hour, its words, and profiles of days or hours alone."""

from typing import Any

import polars as pl
import pytest

from analysis.phone.week import WeekProfile
from charts import week_profile_in_words, week_profile_map
from charts.colours import SHADES
from indicators import catalogue, period_of

SCHEMA = {"weekday": pl.Int64, "hour": pl.Int64, "value": pl.Float64, "synthetic": pl.Boolean}


def profile(indicator: str, rows: list[tuple[int, int, float]], *, synthetic: bool = False) -> WeekProfile:
    frame = pl.DataFrame([(*row, synthetic) for row in rows], schema=SCHEMA, orient="row")
    return WeekProfile(catalogue().indicators[indicator], "25", period_of("2023-10"), frame)


def cells(shown: WeekProfile, language: str = "sv") -> list[dict[str, Any]]:
    layers = week_profile_map(shown, language).to_dict()["layer"]
    (ground,) = (layer for layer in layers if layer["mark"]["type"] == "rect")
    return list(ground["data"]["values"])


def test_each_cell_has_its_place_its_shade_and_its_words():
    found = cells(profile("calls_offered", [(1, 8, 10), (1, 9, 30), (7, 8, 20)]))
    assert [(each["shade"], each["shown"], each["said"]) for each in found] == [
        (0.0, "10", "måndag 08–09: 10"),
        (1.0, "30", "måndag 09–10: 30"),
        (0.5, "20", "söndag 08–09: 20"),
    ]
    assert found[2]["left"] == found[0]["left"] + 1  # Sunday is the next weekday that has figures
    assert found[1]["top"] > found[0]["top"] == found[2]["top"]


@pytest.mark.parametrize(
    ("indicator", "value", "shown"),
    [
        ("calls_share_answered", 87.4, "87,4"),
        ("calls_mean_wait", 151.0, "2:31"),
        ("calls_mean_wait", 3751.0, "1:02:31"),
    ],
)
def test_a_cell_shows_the_figure_as_the_page_prints_it(indicator: str, value: float, shown: str):
    assert [each["shown"] for each in cells(profile(indicator, [(1, 8, value)]))] == [shown]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(1, -1, 5.0), (2, -1, 7.0)], "Högst är tisdag: 7. Lägst är måndag: 5."),  # no hours
        ([(0, 8, 5.0), (0, 9, 7.0)], "Högst är 09–10: 7. Lägst är 08–09: 5."),  # no weekdays
    ],
)
def test_a_profile_of_days_or_of_hours_alone_is_drawn_and_told(rows: list[tuple[int, int, float]], said: str):
    shown = profile("calls_offered", rows)
    assert said in week_profile_in_words(shown)
    assert len(cells(shown)) == 2


def test_the_busiest_weekday_is_told_of_counts_only():
    rows = [(1, 8, 10.0), (1, 9, 30.0), (2, 8, 60.0)]
    said = week_profile_in_words(profile("calls_offered", rows)).replace("\N{NO-BREAK SPACE}", " ")
    assert said.endswith("Flest på en veckodag: tisdag, 60 (60,0 % av veckan).")
    assert "Flest" not in week_profile_in_words(profile("calls_mean_wait", rows))  # waits are never added up


def test_synthetic_figures_are_marked_in_subtitle_and_words():
    shown = profile("calls_offered", [(1, 8, 10.0)], synthetic=True)
    assert "syntetiska exempeldata" in week_profile_map(shown, "sv").to_dict()["title"]["subtitle"]
    assert "syntetiska exempeldata" in week_profile_in_words(shown)
    assert "syntetisk" not in week_profile_in_words(profile("calls_offered", [(1, 8, 10.0)]))


def test_the_shades_go_from_little_to_much():
    layers = week_profile_map(profile("calls_offered", [(1, 8, 10)])).to_dict()["layer"]
    (ground,) = (layer for layer in layers if layer["mark"]["type"] == "rect")
    assert ground["encoding"]["color"]["scale"] == {"type": "quantize", "domain": [0, 1], "range": list(SHADES)}
