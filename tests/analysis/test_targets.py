"""Targets against intervals: each kind, reason and boundary; which of several targets counts; as it was known then."""

from datetime import date
from typing import Any

import pytest

from access import LOCAL_CLI
from analysis import compare_regions
from analysis.targets.decided import target_versions
from analysis.targets.shares import followed_indicators, target_shares
from analysis.targets.standing import attained_targets
from entries.targets import TargetEntry, enter_target, withdraw_target
from models import Store
from tests.publishing import publish

TODAY = date(2026, 6, 1)
TRUST = {"indicator": "trust_overall", "period": "2023"}


def figure(region: str, value: float | None, half: float | None = 3.0, **given: Any) -> dict[str, Any]:
    """A figure with a published 95 % interval of ± `half`, or none."""
    ends = {} if half is None or value is None else {"ci_low": value - half, "ci_high": value + half}
    return {**TRUST, "region": region, "value": value, **ends, **given}


def decide(store: Store, value: float, **given: Any) -> str:
    told: dict[str, Any] = {
        "indicator": "trust_overall",
        "region": "25",
        "kind": "at_least",
        "valid_from": date(2020, 1, 1),
        "body": "Provorgan",
        "decided": date(2019, 6, 1),
        "document": "Prov § 1",
    }
    return enter_target(store, LOCAL_CLI, TargetEntry(**{**told, "value": value, **given}))


def stands(store: Store, *names: str, day: date = TODAY, codes: tuple[str, ...] = ("25",), **asked: Any) -> list[Any]:
    return attained_targets(store, codes, day=day, **asked).select(names).rows()


@pytest.mark.parametrize(
    ("kind", "target", "status", "reason"),
    [
        ("at_least", 60, "reached", ""),  # the whole interval (67 to 73) above
        ("at_least", 80, "not_reached", ""),
        ("at_least", 70, "undecided", "covers"),
        ("at_least", 68, "undecided", "covers"),  # the value is above, the interval is not
        ("at_least", 66.99, "reached", ""),
        ("at_least", 67, "undecided", "covers"),  # an end at the target's value decides nothing
        ("at_least", 73, "undecided", "covers"),
        ("at_least", 73.01, "not_reached", ""),
        ("at_most", 60, "not_reached", ""),
        ("at_most", 80, "reached", ""),
        ("at_most", 73, "undecided", "covers"),
        ("at_most", 73.01, "reached", ""),
        ("at_most", 66.99, "not_reached", ""),
    ],
)
def test_a_target_is_judged_by_the_figures_own_interval(
    store: Store, kind: str, target: float, status: str, reason: str
) -> None:
    publish(store, [figure("25", 70.0)])
    decide(store, target, kind=kind)
    assert stands(store, "status", "reason", "period", "value_now", "ci_low", "ci_high") == [
        (status, reason, "2023", 70.0, 67.0, 73.0)
    ]


@pytest.mark.parametrize(
    ("rows", "reason", "value"),
    [
        ([], "no_figure", None),
        ([figure("24", 70.0)], "no_figure", None),  # another region's
        ([figure("25", None)], "no_figure", None),
        ([figure("25", 70.0, period="2019")], "no_figure", 70.0),  # before the target was for
        ([{"indicator": "nki_phone", "region": "25", "period": "2023", "value": 80.0}], "no_interval", 80.0),
    ],
)
def test_what_cannot_be_told_says_why(store: Store, rows: list[dict[str, Any]], reason: str, value: float) -> None:
    publish(store, rows)
    decide(store, 60, indicator=rows[0]["indicator"] if rows else "trust_overall")
    assert stands(store, "status", "reason", "value_now") == [("undecided", reason, value)]


@pytest.mark.parametrize(
    ("by", "day", "status", "about"),
    [
        (date(2023, 12, 31), date(2026, 6, 1), "not_reached", ""),  # the year's last day is the day itself
        (date(2024, 1, 1), date(2026, 6, 1), "undecided", "no_figure_by_date"),  # the figure is a day too early
        (date(2024, 1, 1), date(2023, 12, 31), "ahead", "not_reached"),
        (date(2024, 1, 1), date(2024, 1, 1), "undecided", "no_figure_by_date"),  # the day has come, without a figure
        (date(2023, 12, 31), date(2023, 12, 31), "not_reached", ""),
        (date(2027, 3, 28), date(2027, 3, 27), "ahead", "not_reached"),  # the night the clocks change
        (date(2027, 3, 28), date(2027, 3, 28), "undecided", "no_figure_by_date"),
    ],
)
def test_a_target_by_a_day_is_no_failure_before_that_day(
    store: Store, by: date, day: date, status: str, about: str
) -> None:
    publish(store, [figure("25", 70.0)])
    decide(store, 80, by_date=by)
    found = stands(store, "status", "stands" if status == "ahead" else "reason", day=day)
    assert found == [(status, about)]


@pytest.mark.parametrize(("target", "told"), [(60, "reached"), (70, "covers"), (80, "not_reached")])
def test_a_target_that_lies_ahead_says_how_the_latest_figure_stands(store: Store, target: float, told: str) -> None:
    publish(store, [figure("25", 70.0)])
    decide(store, target, valid_from=date(2027, 1, 1))
    assert stands(store, "status", "stands", "phase", "value_now") == [("ahead", told, "later", 70.0)]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (83, ("reached", 80.8, 91.0)),  # that month alone clears it; the limits (85.92 ± 2.66 · 21/11) do not
        (80, ("reached", None, None)),  # below the limits: any ordinary month clears it
        (86, ("undecided", None, None)),  # the month's own interval already says it
        (90, ("not_reached", 80.8, 91.0)),
    ],
)
def test_a_verdict_on_a_month_tells_when_the_next_month_may_turn_it(
    store: Store, target: float, told: tuple[Any, ...]
) -> None:
    months = [f"2023-{month:02d}" for month in range(1, 13)]
    answered = {"indicator": "calls_share_answered", "region": "25", "denominator": 10_000}
    publish(
        store,
        [
            {**answered, "period": month, "value": value, "numerator": value * 100}
            for month, value in zip(months, [85, 87] * 6, strict=True)
        ],
    )
    publish(store, [{**answered, "period": "2023-12", "value": 86.0, "numerator": 8_600}])
    decide(store, target, indicator="calls_share_answered")
    found = stands(store, "status", "usual_low", "usual_high", "reason", "period")
    assert [(one[0], *(end and round(end, 1) for end in one[1:3])) for one in found] == [told]


def test_a_target_that_has_ended_keeps_its_own_times_verdict(store: Store) -> None:
    publish(store, [figure("25", 70.0, period="2022"), figure("25", 50.0)])
    decide(store, 60, valid_to=date(2022, 12, 31))
    assert stands(store, "phase", "status", "period") == [("ended", "reached", "2022")]


def test_the_regions_own_target_goes_before_one_for_all_and_both_are_shown(store: Store) -> None:
    publish(store, [figure("25", 70.0), figure("24", 70.0)])
    decide(store, 60, region="", decided=date(2020, 1, 1))  # decided later, yet for all
    decide(store, 80)
    assert stands(store, "code", "phase", "value", "status", codes=("24", "25")) == [
        ("24", "in_force", 60.0, "reached"),
        ("25", "in_force", 80.0, "not_reached"),
        ("25", "replaced", 60.0, "reached"),
    ]


@pytest.mark.parametrize(
    ("targets", "value"),
    [
        # latest decided, whichever was entered last
        ([(60, {"decided": date(2019, 5, 1)}), (65, {"decided": date(2019, 4, 1)})], 60.0),
        ([(60, {}), (65, {})], 65.0),  # decided the same day: latest entered
        # a target that is for now before one whose day lies ahead, though that was decided later
        ([(60, {}), (65, {"by_date": date(2027, 1, 1), "decided": date(2020, 1, 1)})], 60.0),
        ([(60, {"valid_to": date(2026, 5, 31)}), (65, {"decided": date(2019, 1, 1)})], 65.0),
        ([(60, {"valid_to": date(2026, 6, 1)}), (65, {"decided": date(2019, 1, 1)})], 60.0),  # its last day
    ],
)
def test_of_several_targets_one_counts(store: Store, targets: list[tuple[float, dict[str, Any]]], value: float) -> None:
    for target, given in targets:
        decide(store, target, **given)
    found = stands(store, "phase", "value")
    assert [one for phase, one in found if phase == "in_force"] == [value]
    assert len(found) == 2


def test_as_of_knows_only_what_was_entered_by_then(store: Store) -> None:
    publish(store, [figure("25", 70.0)], day="2024-02-01")
    key = decide(store, 60)
    withdraw_target(store, LOCAL_CLI, key, reason="Upphävt")
    entered = date.fromisoformat(target_versions(store)["entered_at"][0][:10])
    assert stands(store, "value") == []
    assert stands(store, "value", as_of=date(2024, 3, 1)) == []
    assert target_versions(store, date(2024, 3, 1)).is_empty()
    assert target_versions(store, entered.replace(year=entered.year + 1)).height == 2


def test_shares_count_each_indicator_once_and_leave_out_what_has_ended_or_is_no_longer_measured(store: Store) -> None:
    every = len(followed_indicators())
    decide(store, 60)
    decide(store, 65)
    decide(store, 60, region="", indicator="trust_hospital")
    decide(store, 60, indicator="trust_primary_care", valid_from=date(2027, 1, 1))  # decided, for later
    decide(store, 60, indicator="access_needed_care", valid_to=date(2021, 1, 1))  # ended
    decide(store, 60, indicator="equal_care_vardbarometern")  # replaced by another
    shares = target_shares(store, ("25", "24"), day=TODAY)
    assert shares.rows() == [
        ("25", "Region Norrbotten", 3, every, pytest.approx(300 / every)),
        ("24", "Region Västerbotten", 1, every, pytest.approx(100 / every)),
    ]


def test_synthetic_figures_tell_nothing_where_they_are_left_out(store: Store) -> None:
    publish(store, [figure("25", 70.0)], synthetic=True)
    decide(store, 60)
    assert stands(store, "status", "synthetic") == [("reached", True)]
    assert stands(store, "status", "reason", include_synthetic=False) == [("undecided", "only_synthetic")]


def compared(store: Store, period: str = "2023", **asked: Any) -> dict[str, tuple[Any, ...]]:
    rows = compare_regions(store, "trust_overall", period, benchmark="target", **asked).rows
    names = ("judgement", "level", "difference", "benchmark_value", "unassessed", "route")
    assert rows.columns == compare_regions(store, "trust_overall", period, **asked).rows.columns
    return {row["code"]: tuple(row[name] for name in names) for row in rows.iter_rows(named=True)}


def test_the_comparison_judges_each_region_by_its_own_target(store: Store) -> None:
    publish(store, [figure(code, 70.0) for code in ("20", "21", "22", "23", "24", "25", "00")])
    decide(store, 60, region="20")
    decide(store, 80, region="21")
    decide(store, 70, region="22")
    decide(store, 66, region="23", kind="at_most")
    decide(store, 80, region="24", by_date=date(2024, 1, 1))
    assert compared(store) == {
        "20": ("better", 99.8, 10.0, 60.0, "", "target"),
        "21": ("worse", 99.8, -10.0, 80.0, "", "target"),
        "22": ("similar", None, 0.0, 70.0, "", "target"),
        "23": ("worse", 95.0, 4.0, 66.0, "", "target"),
        "24": ("not_assessable", None, -10.0, 80.0, "target_ahead", "target"),
        "25": ("not_assessable", None, None, None, "no_target", ""),
        "00": (None, None, None, None, "", ""),
    }


def test_a_target_counts_in_a_comparison_of_the_periods_it_is_for(store: Store) -> None:
    publish(store, [figure("25", 70.0, period=year) for year in ("2021", "2022", "2023")])
    decide(store, 60, valid_from=date(2022, 12, 31), valid_to=date(2023, 12, 30))
    assert [compared(store, year)["25"][0] for year in ("2021", "2022", "2023")] == [
        "not_assessable",
        "better",
        "not_assessable",
    ]


def test_a_target_is_for_everybody_not_for_women_and_men_apart(store: Store) -> None:
    publish(store, [figure("25", 70.0, sex=sex) for sex in "TKM"])
    decide(store, 60)
    assert [compared(store, sex=sex)["25"][4] for sex in "TKM"] == ["", "target_total", "target_total"]


def test_a_comparison_follows_a_target_that_is_entered_and_withdrawn(store: Store) -> None:
    publish(store, [figure("25", 70.0)])
    before = compared(store)["25"][4]
    key = decide(store, 60)
    entered = compared(store)["25"][0]
    withdraw_target(store, LOCAL_CLI, key, reason="Upphävt")
    assert (before, entered, compared(store)["25"][4]) == ("no_target", "better", "no_target")


def test_nothing_published_is_no_fault(store: Store) -> None:
    decide(store, 60)
    assert compare_regions(store, "trust_overall", benchmark="target").rows.is_empty()
