"""How things stand is told by the latest measurement that can be judged; a newer one is named with why it is not."""

from typing import Any

import polars as pl
import pytest

from analysis.age import newest_barometer
from analysis.figures import figures_of
from analysis.waves import judgeable, latest_judged, newer_unjudged
from indicators import catalogue
from loaders import check_file
from models import Store
from models.settings import PROJECT
from tests.publishing import publish


def wave(indicator: str, period: str, **more: Any) -> dict[str, Any]:
    return {"indicator": indicator, "region": "25", "period": period, "value": 60.0, **more}


@pytest.mark.parametrize(
    ("indicator", "waves", "judged", "newer"),
    [
        ("trust_hospital", [{"period": "2023"}, {"period": "2024"}], "2023", ("2024", "remark")),
        ("trust_hospital", [{"period": "2024"}], "2024", None),  # nothing else there is: shown, and not judged
        ("trust_hospital", [{"period": "2024"}, {"period": "2025"}], "2025", None),
        # Half a year has no assumption to take: the year before it is judged.
        ("trust_overall", [{"period": "2025"}, {"period": "2026-H1"}], "2025", ("2026-H1", "no_interval")),
        ("trust_overall", [{"period": "2025"}, {"period": "2026-H1", "base_n": 900}], "2026-H1", None),
        ("trust_overall", [{"period": "2025"}, {"period": "2026", "value": None, "reason": "missing"}], "2025", None),
        ("nki_phone", [{"period": "2020"}, {"period": "2023"}], "2023", None),  # no wave of it has an interval
        ("trust_overall", [], None, None),
    ],
)
def test_which_measurement_tells_how_things_stand(
    store: Store, indicator: str, waves: list[dict[str, Any]], judged: str | None, newer: tuple[str, str] | None
) -> None:
    publish(store, [wave(indicator, **one) for one in waves])
    figures = figures_of(store, catalogue().indicators[indicator])
    found = latest_judged(figures)
    assert (found.key if found else None) == judged
    told = newer_unjudged(figures, found)
    assert (told and (told[0].key, told[1])) == newer


def test_older_is_counted_from_the_newest_judged_wave(store: Store) -> None:
    publish(store, [wave("trust_hospital", "2021"), wave("trust_hospital", "2024")])
    newest = newest_barometer(store)
    assert newest is not None
    assert newest.year == 2021  # 2024 is kept out by its remark


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("barometern_2024_kolada.json", {"trust_hospital": "remark", "trust_primary_care": "assumed"}),
        ("barometern_2025_kolada.json", {"trust_hospital": "assumed"}),
        ("vardbarometern_vardcentral_2013_2015_vis.csv", {"trust_vardcentral": ""}),
    ],
)
def test_what_a_file_can_be_judged_on_is_known_before_it_is_published(
    store: Store, name: str, expected: dict[str, str]
) -> None:
    checked = check_file(store, name, (PROJECT / "sample_data" / name).read_bytes())
    found = {one.indicator.id: one for one in judgeable(store, checked.observations)}
    assert {indicator: found[indicator].why for indicator in expected} == expected
    for one in found.values():
        assert (one.why == "assumed") == (one.wave is not None)
        assert one.wave is None or one.wave.carried_from == "2023"


def test_what_a_region_can_be_judged_on_is_not_rikets_to_say(store: Store) -> None:
    name = "vardbarometern_vardcentral_2013_2015_vis.csv"
    figures = check_file(store, name, (PROJECT / "sample_data" / name).read_bytes()).observations
    lacking = dict.fromkeys(("ci_low", "ci_high", "base_n", "numerator", "denominator"), pl.lit(None, pl.Float64))
    nation = figures.filter(region="25").with_columns(region=pl.lit("00"), **lacking)
    regions = figures.filter(~pl.col("region").is_in(["00", "01"]))  # one lacks: Riket has no interval
    assert {one.why for one in judgeable(store, pl.concat([regions, nation]))} == {""}
