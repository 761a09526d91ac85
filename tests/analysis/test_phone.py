"""Calls to 1177: the monthly series against plain Python, three denominators, what agrees, what to beware of."""

import csv
import re
from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from analysis import change_over_time
from analysis.phone.measures import FOR_PHONE, SERVICE_LEVELS, calls_that_disagree, caveats_of, phone_figures
from analysis.phone.sums import disagreements
from analysis.phone.week import profiles_published, week_profile
from analysis.records import schema_of
from indicators import catalogue, period_of
from loaders.tables.vocabulary import names_of
from models import Store
from models.settings import PROJECT
from tests.publishing import publish, publish_records

KNOWN = catalogue().indicators
FIGURES = ("indicator", "region", "period", "sex", "value")


def printed(file: str, indicator: str, region: str) -> list[tuple[str, float, float, float]]:
    """(period, value, numerator, denominator) of a series as the sample file prints it."""
    with (PROJECT / "sample_data" / file).open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter=";") if row["Region"] == region]
    cells = [
        (row["Period"], *(row[name].replace(",", ".") or "nan" for name in ("Värde", "Täljare", "Nämnare")))
        for row in rows
        if row["Indikator"] == indicator
    ]
    return [(period, *map(float, numbers)) for period, *numbers in cells]  # type: ignore[misc]


def plain_limits(values: list[float]) -> tuple[float, float, float]:
    """Mean and limits by the book (methods §4), in plain Python: mean ± 2.66 · mean moving range, screened once and
    divided by √(1 − r₁), for these months follow each other."""
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    usual = sum(ranges) / len(ranges)
    screened = [one for one in ranges if one < 3.267 * usual]
    mean = sum(values) / len(values)
    products = [(earlier - mean) * (later - mean) for earlier, later in pairwise(values)]
    r1 = sum(products) / sum((value - mean) ** 2 for value in values)
    assert r1 > 2 / len(values) ** 0.5
    reach = 2.66 * sum(screened) / len(screened) / (1 - r1) ** 0.5
    return mean, mean - reach, mean + reach


@pytest.mark.slow
@pytest.mark.parametrize(
    ("indicator", "file"),
    [
        ("calls_share_answered", "syntetisk_1177_samtal_2018_2023.csv"),
        ("calls_mean_wait", "syntetisk_1177_samtal_2018_2023.csv"),
        ("calls_abandoned", "syntetisk_1177_servicenivaer_2018_2023.csv"),
        ("calls_within_target_of_answered", "syntetisk_1177_servicenivaer_2018_2023.csv"),
    ],
)
def test_the_monthly_series_has_the_limits_that_plain_python_gives(sample_store: Store, indicator: str, file: str):
    values = [value for _, value, _, _ in printed(file, indicator, "Region Norrbotten")]
    mean, lower, upper = plain_limits(values)
    chart = change_over_time(sample_store, indicator, "25", kind="month").chart

    assert chart is not None
    (phase,) = chart.phases
    assert (phase.points, phase.mean, phase.lower, phase.upper) == pytest.approx((72, mean, lower, upper))
    outside = {point.period for point in chart.points if point.rule == "outside_limits"}
    months = [period for period, *_ in printed(file, indicator, "Region Norrbotten")]
    assert outside == {month for month, value in zip(months, values, strict=True) if value > upper or value < lower}
    assert "2020-03" in outside


@pytest.mark.slow
def test_the_three_service_levels_have_three_denominators(sample_store: Store):
    rows = {row["indicator"]: row for row in phone_figures(sample_store, "2023-12", ["25"]).to_dicts()}
    counts = {name: rows[f"calls_{name}"]["value"] for name in ("offered", "answered", "abandoned")}
    of_offered, with_abandoned, of_answered = (rows[each] for each in SERVICE_LEVELS)

    assert of_offered["denominator"] == with_abandoned["denominator"] == counts["offered"] == 10070
    assert of_answered["denominator"] == counts["answered"] == 9046
    assert of_offered["numerator"] == of_answered["numerator"] < with_abandoned["numerator"]
    for row in (of_offered, with_abandoned, of_answered):
        assert row["value"] == pytest.approx(100 * row["numerator"] / row["denominator"], abs=0.05)
    assert counts["answered"] + counts["abandoned"] <= counts["offered"]


@pytest.mark.parametrize("indicator", SERVICE_LEVELS)
def test_a_service_level_says_numerator_and_denominator_in_its_title(indicator: str):
    title, denominator = KNOWN[indicator].title.sv, KNOWN[indicator].denominator_sv

    assert denominator in ("Inkomna samtal", "Besvarade samtal")
    assert title.startswith("Servicenivå: besvarade")
    assert title.endswith(f"inom svarsmålet, av {denominator.lower()}")
    assert ("tappade" in title) == ("tappade" in str(KNOWN[indicator].numerator_sv))


def test_no_name_of_a_phone_indicator_is_anothers():
    names = [name for each in FOR_PHONE for name in names_of(KNOWN[each])]
    others = {name for each in KNOWN.values() if each.id not in FOR_PHONE for name in names_of(each)}
    assert len(names) == len(set(names))
    assert not others & set(names)


AGREE: list[tuple[dict[str, float | None], list[tuple[str, float, float]]]] = [
    ({"offered": 100, "answered": 90, "abandoned": 10}, []),  # all told for: the limit itself agrees
    ({"offered": 100, "answered": 90, "abandoned": 11}, [("above_offered", 101, 100)]),
    ({"offered": 100, "answered": 101}, [("above_offered", 101, 100)]),
    ({"offered": 100, "abandoned": 101}, [("above_offered", 101, 100)]),
    ({"answered": 90, "abandoned": 11}, []),  # nothing offered to hold them against
    ({"offered": 100}, []),
    ({"offered": 300, "answered": 262, "share_answered": 87.3}, []),  # 87.333
    ({"offered": 300, "answered": 262, "share_answered": 87}, []),  # whole per cent
    ({"offered": 300, "answered": 262, "share_answered": 87.4}, [("share_off", 87.4, 100 * 262 / 300)]),
    ({"offered": 300, "answered": 262, "share_answered": 88}, [("share_off", 88, 100 * 262 / 300)]),
    ({"offered": 0, "answered": 0, "share_answered": 0}, []),  # no share of nothing
    ({"share_answered": 80.0, "within_target_of_offered": 80.1}, []),  # within both roundings
    ({"share_answered": 80.1, "within_target_of_offered": 81.2}, [("level_above_share", 81.2, 80.1)]),
    ({"within_target_of_offered": 70.1, "within_target_or_abandoned_of_offered": 75.1}, []),
    ({"within_target_of_offered": 70.1, "within_target_or_abandoned_of_offered": 69.1}, [("level_order", 70.1, 69.1)]),
    ({"within_target_of_offered": 70.1, "within_target_of_answered": 60.1}, [("level_order", 70.1, 60.1)]),
    ({"offered": None, "answered": 5}, []),  # a missing count is not zero
]


@pytest.mark.parametrize(("told", "broken"), AGREE)
def test_counts_and_shares_of_calls_agree_or_the_broken_rule_is_named(
    told: dict[str, float | None], broken: list[tuple[str, float, float]]
):
    rows = [(f"calls_{name}", "25", "2024-01", "T", value) for name, value in told.items()]
    schema = dict.fromkeys(FIGURES[:4], pl.String) | {"value": pl.Float64}
    found = disagreements(pl.DataFrame(rows, schema=schema, orient="row"))
    assert found.select("rule", "found", "limit").rows() == broken


def test_another_region_month_or_sex_is_never_added():
    rows = [
        ("calls_offered", "25", "2024-01", "T", 100.0),
        ("calls_answered", "25", "2024-02", "T", 900.0),  # another month
        ("calls_answered", "24", "2024-01", "T", 900.0),  # another region
        ("calls_answered", "25", "2024-01", "K", 900.0),  # women only
    ]
    assert disagreements(pl.DataFrame(rows, schema=FIGURES, orient="row")).is_empty()


def test_published_figures_that_disagree_are_found_latest_first_and_of_one_kind_of_period(store: Store):
    def calls(period: str, offered: float, answered: float) -> list[dict[str, Any]]:
        same = {"region": "25", "period": period}
        return [
            {"indicator": "calls_offered", "value": offered, **same},
            {"indicator": "calls_answered", "value": answered, **same},
        ]

    publish(store, [*calls("2023-01", 10, 12), *calls("2023-02", 10, 9), *calls("2023-03", 10, 11)])
    publish(store, calls("2023", 100, 200))  # a year's own series
    found = calls_that_disagree(store, ["25"], kind="month")
    assert found["period"].to_list() == ["2023-03", "2023-01"]
    assert calls_that_disagree(store, ["24"], kind="month").is_empty()


CAVEATS = [
    # indicator, shown regions, periods → regions of each caveat
    ("calls_offered", ["25", "20"], ["2023-12"], [("25",), ("25",), ()]),  # 2018, queues; the cut-off is everyone's
    ("calls_offered", ["20"], ["2023-12"], [()]),  # Dalarna shares no northern queue
    ("calls_offered", ["20"], ["2021-12"], [(), ()]),  # the pandemic's last month
    ("calls_offered", ["20"], ["2022-01"], [()]),  # and the month after
    ("calls_mean_wait", ["20"], ["2023-12"], []),  # no denominator, so no cut-off
    ("calls_mean_wait", ["24", "25"], ["2023-12"], [("25",), ("24", "25")]),
    ("primary_care_phone_share", ["25"], ["2018-H1"], [()]),  # H1 is no half-year total; health centres' own phones
    ("calls_offered", ["25"], [], []),
]


@pytest.mark.parametrize(("indicator", "regions", "periods", "bites"), CAVEATS)
def test_a_caveat_is_told_of_the_regions_and_the_time_it_bites(
    indicator: str, regions: list[str], periods: list[str], bites: list[tuple[str, ...]]
):
    found = caveats_of(KNOWN[indicator], regions, periods)
    assert [caveat.regions for caveat in found] == bites
    assert all(caveat.source for caveat in found)


def test_every_comparability_note_names_what_exists():
    for note in catalogue().notes:
        assert set(note.indicators) <= set(KNOWN)
        assert set(note.regions) <= set(catalogue().region_codes)
        assert re.fullmatch(r"[a-z_]+", note.id)


def hour(store: Store, weekday: int, start: int, value: float, day: str, **told: Any) -> int:
    period = period_of("2024-05")
    row = {
        "sheet": "",
        "row": 2,
        "col": 4,
        "path": "",
        "indicator": "calls_offered",
        "region": "25",
        "period": period.key,
        "period_start": period.start,
        "period_end": period.end,
        "period_kind": period.kind,
        "weekday": weekday,
        "hour": start,
        "value": value,
        "printed": str(value),
        **told,
    }
    frame = pl.DataFrame([row], schema=schema_of("phone_profile"))
    return publish_records(store, {"phone_profile": frame}, day=day)


def test_a_profile_is_the_latest_published_of_each_weekday_and_hour(store: Store):
    hour(store, 1, 8, 10, "2024-06-01")
    hour(store, 1, 9, 20, "2024-06-01")
    hour(store, 1, 8, 11, "2024-06-10")

    def values(day: str | None) -> list[tuple[int, int, float]]:
        as_of = period_of(day).start if day else None
        return (
            week_profile(store, "calls_offered", "25", "2024-05", as_of).rows.select("weekday", "hour", "value").rows()
        )

    assert values(None) == [(1, 8, 11.0), (1, 9, 20.0)]
    assert values("2024-06-05") == [(1, 8, 10.0), (1, 9, 20.0)]
    assert profiles_published(store).rows() == [("calls_offered", "25", "2024-05")]
    assert week_profile(store, "calls_offered", "24", "2024-05").rows.is_empty()
