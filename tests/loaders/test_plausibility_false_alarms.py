"""The real series, published period by period into an empty store and each next one screened: how often a figure that
was published as it stands is doubted. docs/plausibility.md explains every doubt that is left."""

import sys

import pytest

from indicators import catalogue
from loaders import check_file
from loaders.checks.published import PublishedFigures
from loaders.plausibility import screen
from loaders.problems import Problem
from models import Store
from models.settings import PROJECT
from tests.publishing import publish

_PER_HUNDRED = 1.0  # warnings that the notes do not explain, per 100 indicator-periods

# File, indicator-periods, (rule, indicator, period) of the doubts explained in docs/plausibility.md.
SERIES: list[tuple[str, int, set[tuple[str, str, str]]]] = [
    ("barometern_2016_2023_kolada.json", 60, set()),
    ("fortroende_1177_telefon_2017_skr.csv", 1, set()),
    ("nki_och_anvandning_1177.xlsx", 31, set()),
    ("vardbarometern_vardcentral_2013_2015_vis.csv", 3, set()),
    ("patientenkat_tillganglighet_2015_2017_vis.csv", 3, {("fewer_regions", "npe_accessibility_primary_care", "2016")}),
    (
        "primarvard_telefon_2010_2018_vis.csv",
        98,
        {
            ("change", "primary_care_phone_share", "2012-H1"),  # Värmland 64.4 → 84.1
            ("change", "primary_care_phone_share", "2017-03"),  # Jämtland Härjedalen 83.5 → 93.9 …
            ("change", "primary_care_phone_share", "2017-04"),  # … and back to 80.4
        },
    ),
]


def walked(store: Store, name: str) -> tuple[int, list[Problem]]:
    """(indicator-periods, every doubt) as the file's periods are published one after another."""
    observations = check_file(None, name, (PROJECT / "sample_data" / name).read_bytes()).observations
    told: list[Problem] = []
    judged = 0
    for _, part in observations.sort("period_end", "period").group_by("period", maintain_order=True):
        told += screen(part, PublishedFigures(store, part), catalogue())
        judged += part["indicator"].n_unique()
        publish(store, part.rows(named=True))
    return judged, told


@pytest.mark.parametrize(("name", "count", "explained"), SERIES, ids=[row[0] for row in SERIES])
def test_real_figures_are_seldom_doubted(
    store: Store, name: str, count: int, explained: set[tuple[str, str, str]], capsys: pytest.CaptureFixture[str]
):
    judged, told = walked(store, name)
    new = [each for each in told if (each.rule, each.indicators[0], str(each.values["period"])) not in explained]
    with capsys.disabled():
        sys.stdout.write(
            f"\n{name}: {len(told)} warnings in {judged} indicator-periods ({100 * len(told) / judged:.1f} per 100), "
            f"{len(new)} unexplained\n"
        )
    assert judged == count
    assert len(new) <= _PER_HUNDRED * judged / 100
    assert len(told) - len(new) == len(explained)


def test_the_whole_series_in_one_file_raises_no_doubt(store: Store):
    name = "barometern_2016_2023_kolada.json"
    observations = check_file(None, name, (PROJECT / "sample_data" / name).read_bytes()).observations
    assert screen(observations, PublishedFigures(store, observations), catalogue()) == []
    assert observations["value"].count() == 1320
