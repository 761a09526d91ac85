import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.tools import add_constant

from analysis.methods.intervals import Z95
from analysis.methods.trends import CRITICAL, Trend, trend_of_counts, trend_of_values

FIVE = (2018, 2019, 2020, 2021, 2022)


def chi2_by_hand(years, counts, denominators):
    """The plain twin: Armitage's formula with sums, as textbooks print it."""
    n, x = sum(denominators), sum(counts)
    tx = sum(t * c for t, c in zip(years, counts, strict=True))
    tn = sum(t * d for t, d in zip(years, denominators, strict=True))
    ttn = sum(t * t * d for t, d in zip(years, denominators, strict=True))
    return n * (n * tx - x * tn) ** 2 / (x * (n - x) * (n * ttn - tn**2))


def test_the_critical_value_is_that_of_fingertips():
    assert pytest.approx(stats.chi2.isf(0.002, 1), abs=1e-10) == CRITICAL
    assert round(CRITICAL, 4) == 9.5495


def test_a_rising_share_is_a_trend():
    trend = trend_of_counts(FIVE, [500, 520, 540, 560, 580], [1000] * 5)
    assert trend == Trend(
        method="chi2_trend",
        statistic=pytest.approx(chi2_by_hand(FIVE, [500, 520, 540, 560, 580], [1000] * 5)),
        slope=pytest.approx(0.02),
        verdict="increasing",
        reason=None,
        years=FIVE,
        breaks=(),
    )


def test_the_chi2_trend_agrees_with_statsmodels():
    counts, denominators = np.array([40, 55, 49, 71, 80, 77]), np.array([210, 230, 205, 240, 260, 233])
    table = Table(np.column_stack([denominators - counts, counts]), shift_zeros=False)
    theirs = table.test_ordinal_association(row_scores=np.arange(6), col_scores=np.array([0, 1]))
    n = denominators.sum()
    # statsmodels takes the permutation variance, larger by n / (n − 1) than the χ² test's.
    expected = theirs.zscore**2 * n / (n - 1)
    assert trend_of_counts(range(2017, 2023), counts, denominators).statistic == pytest.approx(expected, rel=1e-10)


def test_the_weighted_regression_agrees_with_statsmodels():
    values, ses = np.array([61.2, 60.1, 62.8, 63.0, 64.9]), np.array([0.8, 0.7, 0.9, 1.2, 0.6])
    fit = WLS(values, add_constant(np.array(FIVE)), weights=1 / ses**2).fit(cov_type="fixed scale")
    trend = trend_of_values(FIVE, values, values - Z95 * ses, values + Z95 * ses)
    assert (trend.slope, trend.statistic) == (pytest.approx(fit.params[1]), pytest.approx(fit.tvalues[1] ** 2))


def test_a_998_interval_says_the_same_as_the_95_one_of_the_same_values():
    values, ses = np.array([61.2, 60.1, 62.8, 63.0, 64.9]), np.array([0.8, 0.7, 0.9, 1.2, 0.6])
    z = stats.norm.ppf(0.999)
    usual = trend_of_values(FIVE, values, values - Z95 * ses, values + Z95 * ses)
    strict = trend_of_values(FIVE, values, values - z * ses, values + z * ses, level=99.8)
    assert strict.statistic == pytest.approx(usual.statistic)


@pytest.mark.parametrize(
    ("counts", "verdict", "reason"),
    [
        ([500, 520, 540, 560, 580], "increasing", None),
        ([580, 560, 540, 520, 500], "decreasing", None),
        ([500, 510, 500, 510, 500], "none", "not_significant"),
        ([500, 510, 520, 530, 540], "none", "not_significant"),  # χ² 4.0: beyond 3.84, but not beyond 9.55
        ([500, 499, 498, 497, 620], "none", "sign_not_stable"),  # a single year carries the whole slope
        ([500, 500, 500, 500, 620], "none", "sign_not_stable"),  # without it the slope is 0, which is no sign
        ([2, 3, 1, 2, 3], "not_assessable", "small_expected"),  # 2.2 events expected each year
        ([998, 997, 999, 998, 997], "not_assessable", "small_expected"),  # 2.2 of the complement expected
        ([0, 0, 0, 0, 0], "not_assessable", "small_expected"),  # nothing ever happened
        ([1000, 1000, 1000, 1000, 1000], "not_assessable", "small_expected"),  # it always happened
    ],
)
def test_the_verdict_on_five_years_of_a_thousand_answers(counts, verdict, reason):
    trend = trend_of_counts(FIVE, counts, [1000] * 5)
    assert (trend.verdict, trend.reason, trend.years) == (verdict, reason, FIVE)
    assert (trend.statistic is None) == (verdict == "not_assessable")


def test_exactly_five_expected_is_enough():
    assert trend_of_counts(FIVE, [5] * 5, [1000] * 5).reason == "not_significant"


@pytest.mark.parametrize(
    ("years", "breaks", "used", "inside"),
    [
        (range(2016, 2023), [], range(2016, 2023), ()),  # every consecutive year
        ([2014, 2015, *range(2017, 2022)], [], range(2017, 2022), ()),  # 2016 is missing: only the latest run
        ([*range(2012, 2017), 2019, 2020], [], [2019, 2020], ()),  # the long run is not the latest
        (range(2014, 2023), [2016], range(2016, 2023), (2016,)),  # a break year is the first of the new
        (range(2010, 2023), [2013, 2018], range(2018, 2023), (2013, 2018)),  # the last of several
        (range(2016, 2023), [2010, 2016, 2030], range(2016, 2023), ()),  # breaks outside the series
        ([2022, 2020, 2018, 2021, 2019], [], range(2018, 2023), ()),  # in any order
        ([], [], [], ()),
    ],
)
def test_the_window_is_the_latest_run_after_the_last_break(years, breaks, used, inside):
    trend = trend_of_counts(list(years), [500] * len(years), [1000] * len(years), breaks=breaks)
    assert (trend.years, trend.breaks) == (tuple(used), inside)
    assert trend.reason == ("too_few_points" if len(trend.years) < 5 else "not_significant")


@pytest.mark.parametrize(
    ("count", "denominator", "effective"),
    [
        (None, 1000, 900),  # no count
        (500, None, 900),  # no denominator
        (0, 0, 900),  # a zero denominator gives no share
        (500, 1000, None),  # no effective base
        (500, 1000, 0),  # an effective base of nothing
    ],
)
def test_a_year_without_its_figures_is_a_missing_year(count, denominator, effective):
    columns = [[500] * 7, [1000] * 7, [900] * 7]
    for column, missing in zip(columns, (count, denominator, effective), strict=True):
        column[1] = missing
    trend = trend_of_counts(range(2016, 2023), columns[0], columns[1], effective=columns[2])
    assert trend.years == FIVE


def test_an_effective_base_weakens_the_test_in_proportion():
    counts, denominators = [500, 520, 540, 560, 580], [1000] * 5
    full = trend_of_counts(FIVE, counts, denominators)
    half = trend_of_counts(FIVE, counts, denominators, effective=[500] * 5)
    assert half.statistic == pytest.approx(full.statistic / 2)
    assert (full.verdict, half.verdict, half.reason) == ("increasing", "none", "not_significant")


def test_values_without_an_interval_are_missing_years():
    trend = trend_of_values(range(2016, 2023), [60, 61, 62, None, 63, 64, 65], [58, None] + [59] * 5, [66] * 6 + [None])
    assert (trend.years, trend.reason) == ((2020, 2021), "too_few_points")


def test_an_interval_without_width_cannot_be_weighted():
    trend = trend_of_values(FIVE, [60.0] * 5, [59, 59, 60, 59, 59], [61, 61, 60, 61, 61])
    assert (trend.verdict, trend.reason, trend.statistic) == ("not_assessable", "interval_without_width", None)


@settings(deadline=None)
@given(st.lists(st.integers(50, 950), min_size=5, max_size=9))
def test_the_statistic_is_the_textbooks_and_turns_with_time(counts):
    years, denominators = list(range(2010, 2010 + len(counts))), [1000] * len(counts)
    trend = trend_of_counts(years, counts, denominators)
    assert trend.statistic == pytest.approx(chi2_by_hand(years, counts, denominators), rel=1e-6, abs=1e-9)
    other_way = {"increasing": "decreasing", "decreasing": "increasing", "none": "none"}
    assert trend_of_counts(years, counts[::-1], denominators).verdict == other_way[trend.verdict]


@settings(deadline=None)
@given(st.lists(st.integers(50, 950), min_size=5, max_size=9))
def test_a_direction_survives_leaving_any_year_out(counts):
    years, denominators = list(range(2010, 2010 + len(counts))), [1000] * len(counts)
    trend = trend_of_counts(years, counts, denominators)
    slopes = []
    for left_out in range(len(counts)):
        kept = [place for place in range(len(counts)) if place != left_out]
        slopes.append(np.polyfit([years[k] for k in kept], [counts[k] / 1000 for k in kept], 1)[0])
    stable = all(slope * np.sign(trend.slope) > 1e-12 for slope in slopes)
    steady = stable and is_line(counts, trend) and is_last(counts, trend)
    assert trend.directed == (trend.statistic > CRITICAL and steady)


def is_line(counts, trend):
    """The plain twin: what scipy's homogeneity χ² leaves over when the trend is taken out."""
    table = [counts, [1000 - count for count in counts]]
    rest = stats.chi2_contingency(table, correction=False).statistic - trend.statistic
    return stats.chi2.sf(max(rest, 0.0), len(counts) - 2) >= 0.05


def is_last(counts, trend, base=1000):
    """The plain twin: no earlier year whose Newcombe interval (statsmodels) says that the latest has turned back."""
    ends = [confint_proportions_2indep(counts[-1], base, one, base, method="newcomb") for one in counts[:-1]]
    return not any(high < 0 if trend.slope > 0 else low > 0 for low, high in ends)


@pytest.mark.parametrize(
    ("years", "counts", "denominators"),
    [
        ([2020, 2020], [1, 1], [2, 2]),  # a year twice
        ([2020], [3], [2]),  # more events than answers
        ([2020], [-1], [2]),
        ([2020, 2021], [1], [2, 2]),  # of different length
    ],
)
def test_impossible_series_are_mistakes(years, counts, denominators):
    with pytest.raises(ValueError, match=r"twice|outside|length"):
        trend_of_counts(years, counts, denominators)


def test_an_interval_turned_round_is_a_mistake():
    with pytest.raises(ValueError, match="above its high bound"):
        trend_of_values([2020], [1.0], [2.0], [0.0])


TURNED = [114, 117, 128, 128, 145, 149, 161, 135]  # a line by every other condition, but the last has turned back


@pytest.mark.parametrize("counts", [TURNED, [300 - count for count in TURNED]])
def test_a_series_that_has_turned_is_not_steady(counts):
    trend = trend_of_counts(range(2010, 2018), counts, [300] * 8)
    assert (trend.verdict, trend.reason) == ("none", "latest_opposite")
    assert not is_last(counts, trend, 300)
