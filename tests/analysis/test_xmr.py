import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.stattools import acf

from analysis.methods.xmr import CHANCE, NEAR_LIMIT, ONE_SIDE, OUTSIDE, RULES, TRENDING, XmrPhase, xmr

YEAR = [f"2024-{month:02d}" for month in range(1, 13)]
# Twelve months that vary by two around 50: moving ranges of 2 throughout, no rule fires.
CALM = [51.0, 49.0] * 6


def months(count, first=1):
    return [f"{2020 + number // 12}-{number % 12 + 1:02d}" for number in range(first - 1, first - 1 + count)]


def rules_of(values, **more):
    return [point.rule for point in xmr(months(len(values)), values, **more).points]


def test_a_calm_series_has_its_limits_and_no_rule():
    chart = xmr(YEAR, CALM)
    assert chart.phases == (XmrPhase("2024-01", "2024-12", 12, 50.0, 50 - 2.66 * 2, 50 + 2.66 * 2, None),)
    assert [(point.period, point.value, point.rule) for point in chart.points] == [
        (period, value, None) for period, value in zip(YEAR, CALM, strict=True)
    ]
    assert (chart.reason, chart.left_out) == (None, ())


def test_one_large_jump_is_screened_out_of_the_limits_once():
    # 13 points, ranges 2 × 10 and two of 19 and 21: mean 5, so 3.267 · 5 = 16.3 screens both; what is left is 2.
    values = [51.0, 49.0] * 3 + [70.0] + [49.0, 51.0] * 3
    phase = xmr(months(13), values).phases[0]
    assert phase.mean == math.fsum(values) / 13
    assert phase.upper - phase.mean == pytest.approx(2.66 * 2)
    assert rules_of(values)[6] == OUTSIDE


def test_a_range_of_exactly_3267_times_the_mean_is_screened_out():
    # Eleven ranges: one of 3.267 and ten that make the mean exactly 1.
    ranges = [3.267] + [(11 - 3.267) / 10] * 10
    values = [50.0]
    for number, one in enumerate(ranges):
        values.append(values[-1] + (one if number % 2 == 0 else -one))
    phase = xmr(months(12), values).phases[0]
    assert phase.upper - phase.mean == pytest.approx(2.66 * (11 - 3.267) / 10)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # seven below, then as many above: both runs are marked from their first point
        ([48.5, 49.5] * 3 + [48.5] + [51.5, 50.5] * 3 + [51.5], [ONE_SIDE] * 14),
        # six below are no run
        ([49.0, 48.0] * 3 + [52.0, 51.0, 49.0, 51.0, 49.0, 52.0], [None] * 12),
    ],
)
def test_seven_on_one_side(values, expected):
    assert rules_of(values) == expected


@pytest.mark.parametrize(
    ("fifth", "last", "expected"),
    [
        (50.0, 53.5, [None] * 8),  # on the mean: four below, then three below
        (49.9, 53.6, [ONE_SIDE] * 8),  # a little below it: eight below
    ],
)
def test_a_point_on_the_mean_ends_a_run_on_one_side(fifth, last, expected):
    # The months before swing, so that the series as a whole does not follow itself.
    swings = [48.0, 52.0] * 12
    values = [49.0, 47.0, 49.0, 47.0, fifth, 49.0, 47.0, 49.0, 53.0, 53.5, 53.0, last]
    assert sum(values) / 12 == 50
    assert rules_of(swings + values)[24:32] == expected


@pytest.mark.parametrize(
    ("middle", "fires"),
    [
        ([47.0, 48.0, 49.0, 50.0, 51.0, 52.0, 53.0], True),  # seven rising
        ([53.0, 52.0, 51.0, 50.0, 49.0, 48.0, 47.0], True),  # seven falling
        ([47.0, 48.0, 49.0, 50.0, 51.0, 52.0, 52.0], False),  # the last two are equal: six rising
    ],
)
def test_seven_rising_or_falling(middle, fires):
    # Wide swings around the run keep the other rules quiet.
    ends = [50.0, 56.0, 44.0] if middle[0] < middle[-1] else [50.0, 44.0, 56.0]
    values = [ends[1], ends[2], ends[1], *middle, ends[2], ends[1], ends[2]]
    values[2] = middle[0] + (3 if middle[0] < middle[-1] else -3)
    values[10] = middle[-1] - (3 if middle[0] < middle[-1] else -3)
    assert [rule == TRENDING for rule in rules_of(values)] == [fires and 3 <= place <= 9 for place in range(13)]


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ([54.5, 54.5, 50.0], [NEAR_LIMIT, NEAR_LIMIT, None]),  # two in a row
        ([54.5, 50.0, 54.5], [NEAR_LIMIT, None, NEAR_LIMIT]),  # the one between is not near, and not marked
        ([54.5, 50.0, 50.0], [None, None, None]),  # one alone
        ([54.5, 50.0, 45.5], [None, None, None]),  # at opposite limits
    ],
)
def test_two_of_three_near_the_same_limit(tail, expected):
    # The phase before is long and calm, so that the tail hardly moves its limits: 50 ± about 5.6.
    rules = rules_of([51.0, 49.0] * 20 + tail)
    assert rules[:-3] == [None] * 40
    assert rules[-3:] == expected


def test_a_point_beyond_the_limit_is_also_beyond_two_thirds():
    rules = rules_of([51.0, 49.0] * 20 + [54.2, 50.0, 58.0])
    assert rules[-3:] == [NEAR_LIMIT, None, OUTSIDE]


def test_the_most_severe_of_several_rules_is_named():
    # Eight points rise through the mean; the last is outside, and the run of seven on one side is before the trend.
    values = [51.0, 49.0] * 10 + [52.0, 52.1, 52.2, 52.3, 52.4, 52.5, 60.0]
    assert rules_of(values)[-7:] == [ONE_SIDE] * 6 + [OUTSIDE]
    assert RULES == (OUTSIDE, ONE_SIDE, TRENDING, NEAR_LIMIT)


@pytest.mark.parametrize("value", [0.1, 0.0, -3.7, 1e9, 1 / 3])
def test_a_series_that_never_moves_has_no_rule(value):
    chart = xmr(YEAR, [value] * 12)
    assert chart.phases[0].mean == pytest.approx(value)
    assert [point.rule for point in chart.points] == [None] * 12


def test_no_moving_range_is_taken_across_a_missing_month():
    # Without the gap the jump of 40 would be a range; with it, every range is 2.
    periods = months(6) + months(6, first=8)
    values = [51.0, 49.0] * 3 + [91.0, 89.0] * 3
    phase = xmr(periods, values).phases[0]
    assert phase.upper - phase.mean == pytest.approx(2.66 * 2 / math.sqrt(1 - phase.autocorrelation))
    with_empty_row = xmr(months(13), [*values[:6], None, *values[6:]])
    assert with_empty_row.phases == (phase,)


@pytest.mark.parametrize(
    "periods",
    [
        [f"{2019 + number // 4}-Q{number % 4 + 1}" for number in range(6)],
        [f"2020-W{number:02d}" for number in range(49, 54)] + ["2021-W01"],  # 2020 has 53 weeks
        [str(year) for year in range(2001, 2007)],
        ["2019-10", "2019-11", "2019-12", "2020-01", "2020-02", "2020-03"],
    ],
)
def test_periods_of_every_kind_follow_each_other_and_are_put_in_order(periods):
    # Twelve points, the second six after a gap of one; given backwards.
    more = {"Q": [f"{2021 + number // 4}-Q{number % 4 + 1}" for number in range(6)]}
    later = more["Q"] if "Q" in periods[0] else None
    if later is None:
        later = {
            "2020-W49": [f"2021-W{number:02d}" for number in range(3, 9)],
            "2001": [str(year) for year in range(2008, 2014)],
            "2019-10": [f"2020-{month:02d}" for month in range(5, 11)],
        }[periods[0]]
    values = [51.0, 49.0] * 3 + [91.0, 89.0] * 3
    chart = xmr((periods + later)[::-1], values[::-1])
    assert [point.period for point in chart.points] == periods + later
    phase = chart.phases[0]
    assert phase.upper - phase.mean == pytest.approx(2.66 * 2 / math.sqrt(1 - phase.autocorrelation))


def test_labels_of_no_known_form_are_consecutive_rows():
    labels = [f"omgång {number}" for number in range(12)]
    chart = xmr(labels, CALM)
    assert [point.period for point in chart.points] == labels
    assert chart.phases[0].upper == pytest.approx(50 + 2.66 * 2)


def test_half_year_measurements_never_enter():
    chart = xmr([*YEAR[:6], "2024-H1", *YEAR[6:], "2024-H2"], [*CALM[:6], 90.0, *CALM[6:], 90.0])
    assert chart.left_out == ("2024-H1", "2024-H2")
    assert chart.phases == xmr(YEAR, CALM).phases
    only_halves = xmr(["2023-H1", "2023-H2"], [1.0, 2.0])
    assert (only_halves.points, only_halves.phases, only_halves.reason) == ((), (), "too_few_points")


def test_years_among_months_are_refused():
    chart = xmr([*YEAR, "2024"], [*CALM, 50.0])
    assert (chart.phases, chart.reason) == ((), "mixed_periods")
    assert {point.rule for point in chart.points} == {None}


@pytest.mark.parametrize(("count", "reason"), [(0, "too_few_points"), (11, "too_few_points"), (12, None)])
def test_twelve_points_are_needed(count, reason):
    chart = xmr(months(count), CALM[:count])
    assert chart.reason == reason
    assert [point.rule for point in chart.points] == [None] * count


def test_twelve_months_that_never_follow_each_other_have_no_moving_range():
    periods = [f"{2010 + number}-06" for number in range(12)]
    assert xmr(periods, CALM).reason == "too_few_points"


@pytest.mark.parametrize(
    ("event", "starts"),
    [
        ("2021-01", ["2020-01", "2021-01"]),  # at a point
        ("2020-12", ["2020-01", "2021-01"]),  # at a missing month: from the next point
        ("2020-01", ["2020-01"]),  # at the first point: nothing to part
        ("2030-01", ["2020-01"]),  # after the last
    ],
)
def test_limits_begin_anew_at_a_documented_event(event, starts):
    periods = months(11) + months(12, first=13)
    chart = xmr(periods, [51.0, 49.0] * 11 + [51.0], rebase_at=[event])
    assert [phase.first for phase in chart.phases] == starts


def test_each_phase_has_its_own_mean_and_a_short_last_phase_has_none():
    values = CALM + [value + 20 for value in CALM] + [90.0] * 3
    chart = xmr(months(27), values, rebase_at=["2021-01", "2022-01"])
    assert chart.phases == (
        XmrPhase("2020-01", "2020-12", 12, 50.0, 50 - 2.66 * 2, 50 + 2.66 * 2, None),
        XmrPhase("2021-01", "2021-12", 12, 70.0, 70 - 2.66 * 2, 70 + 2.66 * 2, None),
        XmrPhase("2022-01", "2022-03", 3, None, None, None, "too_few_points"),
    )
    assert chart.reason == "too_few_points"
    assert [point.rule for point in chart.points] == [None] * 27


@pytest.mark.parametrize(
    ("periods", "values", "rebase_at"),
    [
        (["2020-01"], [1.0, 2.0], []),  # of different length
        (["2020-01", "2020-01"], [1.0, 2.0], []),  # a period twice
        (["2020-01"], [1.0], ["nytt system"]),  # an event that has no place among months
        (["a", "b"], [1.0, 2.0], ["c"]),  # nor among labels
    ],
)
def test_impossible_series_are_mistakes(periods, values, rebase_at):
    with pytest.raises(ValueError, match=r"length|twice|no place"):
        xmr(periods, values, rebase_at=rebase_at)


def reach_by_hand(values):
    ranges = [abs(values[k + 1] - values[k]) for k in range(len(values) - 1)]
    usual = sum(ranges) / len(ranges)
    kept = [one for one in ranges if one < 3.267 * usual] or ranges
    return 2.66 * sum(kept) / len(kept)


def r1_by_hand(values):
    """statsmodels' autocorrelation where it is larger than chance gives, else 0."""
    r1 = acf(values, nlags=1)[1] if len(set(values)) > 1 else 0.0
    return r1 if r1 > 2 / math.sqrt(len(values)) else 0.0


def rules_by_hand(values):
    """The plain twin, window by window, as the rules are read aloud."""
    mean, r1 = sum(values) / len(values), r1_by_hand(values)
    marks = [set() for _ in values]
    for place, value in enumerate(values):
        if abs(value - mean) > reach_by_hand(values) / math.sqrt(1 - r1):
            marks[place].add(OUTSIDE)
    if r1:  # of each month after the first: what the month before does not explain
        rest = [values[k] - mean - r1 * (values[k - 1] - mean) for k in range(1, len(values))]
        runs_by_hand(rest, marks[1:])
    else:
        runs_by_hand(values, marks)
    return [next((rule for rule in RULES if rule in found), None) for found in marks]


def runs_by_hand(values, marks):
    mean, reach = sum(values) / len(values), reach_by_hand(values)
    for k in range(len(values)):
        seven = values[k : k + 7]
        if len(seven) == 7:
            if all(value > mean for value in seven) or all(value < mean for value in seven):
                for place in range(k, k + 7):
                    marks[place].add(ONE_SIDE)
            if seven == sorted(set(seven)) or seven == sorted(set(seven), reverse=True):
                for place in range(k, k + 7):
                    marks[place].add(TRENDING)
        three = range(k, min(k + 3, len(values)))
        for near in (
            [place for place in three if values[place] - mean > reach * 2 / 3],
            [place for place in three if mean - values[place] > reach * 2 / 3],
        ):
            if len(three) == 3 and len(near) >= 2:
                for place in near:
                    marks[place].add(NEAR_LIMIT)


def series_of(r1, count, seed):
    """Months of which each keeps `r1` of the one before; seeded."""
    draw = np.random.default_rng(seed)
    values = [draw.normal()]
    for _ in range(count - 1):
        values.append(r1 * values[-1] + draw.normal())
    return values


@pytest.mark.parametrize(("r1", "autocorrelated"), [(0.65, True), (0.0, False), (-0.65, False)])
def test_limits_are_widened_where_the_months_follow_each_other(r1, autocorrelated):
    values = series_of(r1, 72, 7)
    phase = xmr(months(72), values).phases[0]
    assert phase.autocorrelation == pytest.approx(r1_by_hand(values))
    assert (phase.autocorrelation > 0) == autocorrelated
    assert phase.upper - phase.mean == pytest.approx(reach_by_hand(values) / math.sqrt(1 - phase.autocorrelation))


@pytest.mark.parametrize("r1", [0.0, 0.65])
def test_chance_marks_the_latest_month_as_often_as_is_said(r1):
    charts = [xmr(months(60), series_of(r1, 60, seed)) for seed in range(600)]
    marked = sum(chart.points[-1].rule is not None for chart in charts)
    # 0.026 of 600 is 15.6, with a standard deviation of 3.9.
    assert abs(marked - CHANCE * 600) < 3 * math.sqrt(600 * CHANCE)


def test_a_month_after_a_gap_has_no_residual_and_no_pair():
    values = series_of(0.8, 40, 3)
    periods = months(20) + months(20, first=22)
    chart = xmr(periods, values)
    mean = sum(values) / 40
    pairs = [(values[k] - mean) * (values[k + 1] - mean) for k in range(39) if k != 19]
    r1 = sum(pairs) / 38 * 39 / sum((value - mean) ** 2 for value in values)
    assert chart.phases[0].autocorrelation == pytest.approx(r1)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=12, max_size=40))
def test_the_rules_are_those_of_the_plain_windows(whole_numbers):
    # Steps of a prime's root keep a value from lying on a limit by accident, where rounding would decide.
    values = [number * math.sqrt(7) + place * 1e-7 * math.pi for place, number in enumerate(whole_numbers)]
    assert rules_of(values) == rules_by_hand(values)
