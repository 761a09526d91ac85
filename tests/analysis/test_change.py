"""A change is said only by a test that fits the series; everything else is a refusal with its reason."""

from typing import Any

import pytest
from scipy.stats import norm

from analysis import UnknownChoice, change_over_time, compare_regions
from models import Store
from tests.publishing import publish


def trust(period: str, value: float | None, region: str = "25", **more: Any) -> dict[str, Any]:
    return {"indicator": "trust_overall", "region": region, "period": period, "value": value, **more}


def test_five_yearly_points_that_rise_are_an_increase_by_the_chi_square_trend(store: Store) -> None:
    publish(store, [trust(str(2018 + step), 50.0 + 3 * step) for step in range(5)])
    change = change_over_time(store, "trust_overall", "Norrbotten")
    assert (change.method, change.verdict, change.reason, change.evidence) == (
        "chi2_trend",
        "increasing",
        None,
        "assumed",
    )
    assert change.points == ("2018", "2019", "2020", "2021", "2022")
    assert change.slope == pytest.approx(3.0)
    # Cochran–Armitage by hand: slope² · Σn(t − t̄)² / p̄q̄ with n = 1000 / 1.2 a year
    n, mean = 1000 / 1.2, 0.56
    assert change.statistic == pytest.approx(0.03**2 * n * 10 / (mean * (1 - mean)))
    assert change.statistic is not None
    assert change.statistic > norm.ppf(0.999) ** 2


def test_published_intervals_are_tested_by_weighted_regression(store: Store) -> None:
    rows = [
        {
            "indicator": "trust_vardcentral",
            "region": "25",
            "period": str(2011 + step),
            "value": 60.0 + 2 * step,
            "ci_low": 58.0 + 2 * step,
            "ci_high": 62.0 + 2 * step,
        }
        for step in range(5)
    ]
    publish(store, rows)
    change = change_over_time(store, "trust_vardcentral", "25")
    assert (change.method, change.verdict, change.evidence) == ("weighted_regression", "increasing", "published")


@pytest.mark.parametrize(
    ("points", "used"),
    [
        ([("2020", 50.0), ("2021", 60.0), ("2022", 70.0)], ("2021", "2022")),  # three: no trend, but two waves
        # five points, but a year is missing among them: no trend either
        ([("2017", 50.0), ("2018", 53.0), ("2020", 56.0), ("2021", 59.0), ("2022", 62.0)], ("2021", "2022")),
    ],
)
def test_series_too_short_for_a_trend_is_told_by_its_last_two_waves(
    store: Store, points: list[tuple[str, float]], used: tuple[str, ...]
) -> None:
    publish(store, [trust(period, value) for period, value in points])
    change = change_over_time(store, "trust_overall", "25")
    assert (change.method, change.points) == ("two_waves", used)


def test_a_single_wave_is_refused(store: Store) -> None:
    publish(store, [trust("2022", 50.0)])
    change = change_over_time(store, "trust_overall", "25")
    assert (change.method, change.verdict, change.reason) == (None, "not_assessable", "too_few_points")


def test_two_waves_are_compared_by_newcombe(store: Store) -> None:
    publish(store, [trust("2021", 60.0), trust("2022", 50.0)])
    change = change_over_time(store, "trust_overall", "25")
    against = compare_regions(store, "trust_overall", benchmark="period:2021").rows.row(0, named=True)
    assert (change.method, change.verdict) == ("two_waves", "decreasing")
    assert (change.difference, change.low, change.high) == pytest.approx(
        (against["difference"], against["diff_low"], against["diff_high"])
    )


def test_series_without_interval_is_not_assessable_however_long(store: Store) -> None:
    publish(
        store,
        [
            {"indicator": "nki_phone", "region": "22", "period": str(year), "value": 80.0 + year - 2016}
            for year in range(2016, 2024)
        ],
    )
    change = change_over_time(store, "nki_phone", "22")
    assert (change.verdict, change.reason) == ("not_assessable", "no_interval")


def months(values: list[float], first: int = 2014) -> list[dict[str, Any]]:
    phone = {"indicator": "primary_care_phone_share", "region": "24", "denominator": 1000}
    return [
        {**phone, "period": f"{first + place // 12}-{place % 12 + 1:02d}", "value": value, "numerator": value * 10}
        for place, value in enumerate(values)
    ]


def test_month_outside_the_limits_names_the_rule_that_fired(store: Store) -> None:
    publish(store, months([90, 91, 90, 89, 90, 91, 90, 89, 91, 90, 89, 90, 80]))
    change = change_over_time(store, "primary_care_phone_share", "24")
    assert (change.method, change.verdict, change.reason, change.evidence) == (
        "xmr",
        "decreasing",
        "outside_limits",
        "computed",
    )
    assert change.fired["outside_limits"] == ("2015-01",)


@pytest.mark.parametrize(("step", "verdict"), [(-1.0, "decreasing"), (1.0, "increasing")])
def test_seven_months_in_one_direction_tell_which_way(store: Store, step: float, verdict: str) -> None:
    ordinary = [50.0 + 4 * (-1) ** place for place in range(40)]
    publish(store, months([*ordinary, *(50.0 + step * place for place in range(-3, 4))]))
    change = change_over_time(store, "primary_care_phone_share", "24")
    assert (change.verdict, change.reason) == (verdict, "seven_trending")


def test_months_that_vary_as_they_always_do_are_no_change(store: Store) -> None:
    publish(store, months([90, 91, 90, 89, 90, 91, 90, 89, 91, 90, 89, 91]))
    change = change_over_time(store, "primary_care_phone_share", "24")
    assert (change.verdict, change.reason, change.fired) == ("none", "within_usual_variation", {})


def test_eleven_months_are_too_few_and_half_year_measurements_never_help(store: Store) -> None:
    extra = {**months([95])[0], "period": "2013-H2"}
    publish(store, [*months([90, 91, 90, 89, 90, 91, 90, 89, 91, 90, 89]), extra])
    change = change_over_time(store, "primary_care_phone_share", "24")
    assert (change.verdict, change.reason, len(change.points)) == ("not_assessable", "too_few_points", 11)


def test_measurements_are_compared_with_the_same_season_a_year_before(store: Store) -> None:
    rows = [
        {**row, "period": period}
        for row, period in zip(months([90, 70, 95]), ("2016-H2", "2017-H1", "2017-H2"), strict=True)
    ]
    publish(store, rows)
    change = change_over_time(store, "primary_care_phone_share", "24")
    assert (change.method, change.points) == ("two_waves", ("2016-H2", "2017-H2"))
    assert change.difference == pytest.approx(5.0)


def test_break_ends_the_window_and_is_named(store: Store) -> None:
    share = {"indicator": "calls_share_answered", "region": "25", "denominator": 1000}
    values = {2015: 700, 2016: 720, 2017: 740, 2018: 850, 2019: 840}
    publish(store, [{**share, "period": str(year), "value": x / 10, "numerator": x} for year, x in values.items()])
    change = change_over_time(store, "calls_share_answered", "25")
    assert (change.method, change.points) == ("two_waves", ("2018", "2019"))
    assert [known.period for known in change.breaks] == ["2018"]


def test_the_change_of_women_is_of_womens_figures(store: Store) -> None:
    values = {("T", "2021"): 60.0, ("T", "2022"): 62.0, ("K", "2021"): 61.0, ("K", "2022"): 71.0}
    publish(store, [trust(period, value, sex=sex) for (sex, period), value in values.items()])
    assert [change_over_time(store, "trust_overall", "25", sex=sex).difference for sex in "TK"] == [2.0, 10.0]


def test_synthetic_figures_can_be_left_out_of_judgement_and_change(store: Store) -> None:
    publish(store, [trust("2021", 60.0), trust("2021", 70.0, "24")])
    publish(store, [trust("2022", 50.0)], synthetic=True)
    assert change_over_time(store, "trust_overall", "25").method == "two_waves"
    assert change_over_time(store, "trust_overall", "25", include_synthetic=False).points == ("2021",)
    real = compare_regions(store, "trust_overall", include_synthetic=False)
    assert (real.period.key if real.period else None, real.synthetic) == ("2021", False)


def test_change_of_a_region_nobody_knows_is_refused(store: Store) -> None:
    with pytest.raises(UnknownChoice, match="Skåne"):
        change_over_time(store, "trust_overall", "Skåna")
