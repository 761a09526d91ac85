import math
import statistics

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.methods.funnel import chi2_outside, funnel
from analysis.methods.intervals import Z95, Z998


def units(numerators, denominators):
    names = [f"Hälsocentral {number}" for number in range(len(numerators))]
    columns = {"numerator": numerators, "denominator": denominators}
    return pl.DataFrame({"area": pl.Series(names, dtype=pl.String)}).with_columns(
        pl.Series(name, column, dtype=pl.Float64) for name, column in columns.items()
    )


def dispersion_by_hand(numerators, denominators):
    """The plain twin of Spiegelhalter's additive over-dispersion: (phi, tau2, χ²)."""
    p0 = sum(numerators) / sum(denominators)
    chance = [p0 * (1 - p0) / n for n in denominators]
    z = [(x / n - p0) / math.sqrt(v) for x, n, v in zip(numerators, denominators, chance, strict=True)]
    # The inclusive quantiles of the standard library are R's type 7: deciles, of which the first and the last count.
    first, *_, last = statistics.quantiles(z, n=10, method="inclusive")
    pulled_in = [min(max(one, first), last) for one in z]
    phi = sum(one**2 for one in pulled_in) / len(z)
    weights = [1 / v for v in chance]
    spread = sum(weights) - sum(weight**2 for weight in weights) / sum(weights)
    return phi, max(0.0, (len(z) * phi - (len(z) - 1)) / spread), sum(one**2 for one in z)


def test_an_ordinary_funnel_names_the_units_outside_it():
    answer = funnel(units([50, 48, 52, 49, 51, 50, 50, 48, 52, 75, 38], [100] * 11))
    assert answer.centre == 563 / 1100
    # χ² is 30.9 with 10 degrees of freedom because of two units; pulled in, all vary less than chance: no widening.
    assert answer.overdispersion["p_value"] == pytest.approx(stats.chi2.sf(30.88, 10), rel=1e-2)
    assert (answer.overdispersion["tau2"], answer.overdispersion["applied"]) == (0.0, False)
    spread = math.sqrt(answer.centre * (1 - answer.centre) / 100)
    assert answer.rows.row(9, named=True) == {
        "area": "Hälsocentral 9",
        "value": 0.75,
        "low95": pytest.approx(answer.centre - Z95 * spread),
        "high95": pytest.approx(answer.centre + Z95 * spread),
        "low998": pytest.approx(answer.centre - Z998 * spread),
        "high998": pytest.approx(answer.centre + Z998 * spread),
        "verdict": "above_998",
    }
    assert answer.rows["verdict"].to_list() == ["within"] * 9 + ["above_998", "below_95"]


def test_units_that_all_differ_widen_the_limits():
    numerators, denominators = [30, 45, 50, 62, 38, 70, 55, 41, 66, 33, 59, 90], [100] * 8 + [110] * 4
    phi, tau2, chi2 = dispersion_by_hand(numerators, denominators)
    answer = funnel(units(numerators, denominators))
    assert answer.overdispersion == {
        "phi": pytest.approx(phi),
        "tau2": pytest.approx(tau2),
        "p_value": pytest.approx(stats.chi2.sf(chi2, 11)),
        "applied": True,
    }
    p0 = sum(numerators) / sum(denominators)
    half = Z95 * math.sqrt(p0 * (1 - p0) / 100 + tau2)
    assert (answer.rows["low95"][0], answer.rows["high95"][0]) == (pytest.approx(p0 - half), pytest.approx(p0 + half))
    assert answer.rows["verdict"].to_list() == ["within"] * 11 + ["above_95"]


def test_limits_stay_inside_0_and_1():
    answer = funnel(units([1, 0, 9, 10], [10, 2, 10, 11]))
    for name in ("low95", "low998"):
        assert answer.rows[name].min() >= 0
    for name in ("high95", "high998"):
        assert answer.rows[name].max() <= 1
    assert (answer.rows["low998"][1], answer.rows["high998"][1]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [
        (0, 0),  # nothing of nothing is not 0, and not infinite
        (None, 100),  # not reported
        (5, None),
        (None, None),
    ],
)
def test_an_area_without_a_share_is_not_assessable_and_changes_nothing(numerator, denominator):
    counted = funnel(units([50, 48, 52], [100] * 3))
    answer = funnel(units([50, 48, 52, numerator], [100, 100, 100, denominator]))
    assert answer.rows.row(3) == ("Hälsocentral 3", None, None, None, None, None, "not_assessable")
    assert answer.rows.head(3).equals(counted.rows)
    assert (answer.centre, answer.overdispersion) == (counted.centre, counted.overdispersion)


@pytest.mark.parametrize(
    ("numerators", "denominators", "centre", "verdicts"),
    [
        ([], [], None, []),  # no area
        ([0, 0], [0, 0], None, ["not_assessable"] * 2),  # no denominator at all
        ([3], [10], 0.3, ["within"]),  # one area is its own centre
        ([0, 0], [10, 20], 0.0, ["within"] * 2),  # nobody anywhere: the limits close at 0
        ([10, 20], [10, 20], 1.0, ["within"] * 2),  # everybody everywhere
    ],
)
def test_too_little_to_test_dispersion(numerators, denominators, centre, verdicts):
    answer = funnel(units(numerators, denominators))
    assert (answer.centre, answer.rows["verdict"].to_list()) == (centre, verdicts)
    assert answer.overdispersion == {"phi": None, "tau2": 0.0, "p_value": None, "applied": False}


@pytest.mark.parametrize(("numerator", "denominator"), [(11, 10), (-1, 10), (1, 0)])
def test_impossible_counts_are_mistakes(numerator, denominator):
    with pytest.raises(ValueError, match="outside"):
        funnel(units([5, numerator], [10, denominator]))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 150)), min_size=2, max_size=40))
def test_the_numbers_are_those_of_the_plain_loops(pairs):
    numerators, denominators = [x for x, _ in pairs], [x + rest for x, rest in pairs]
    answer = funnel(units(numerators, denominators))
    counted = [(x, n) for x, n in zip(numerators, denominators, strict=True) if n > 0]
    known = [verdict != "not_assessable" for verdict in answer.rows["verdict"]]
    assert known == [n > 0 for n in denominators]
    assert all(answer.rows.filter(known).select((pl.col("low95") >= pl.col("low998")).all()).to_series())
    if answer.overdispersion["phi"] is None:
        return
    phi, tau2, chi2 = dispersion_by_hand(*zip(*counted, strict=True))
    assert answer.overdispersion["phi"] == pytest.approx(phi)
    assert answer.overdispersion["tau2"] == pytest.approx(tau2, abs=1e-12)
    assert answer.overdispersion["p_value"] == pytest.approx(stats.chi2.sf(chi2, len(counted) - 1), rel=1e-6, abs=1e-12)
    assert answer.overdispersion["applied"] == (answer.overdispersion["p_value"] < 0.05 and tau2 > 0)


@pytest.mark.parametrize("df", [1, 2, 3, 7, 20, 99, 1000])
def test_the_chi2_tail_agrees_with_scipy(df):
    for statistic in [1e-9, 0.1, 0.5 * df, df - 0.5, df, df + 2, 1.5 * df, 3 * df, 10 * df + 20]:
        assert chi2_outside(statistic, df) == pytest.approx(stats.chi2.sf(statistic, df), rel=1e-9, abs=1e-13)


def test_the_chi2_tail_has_its_edges():
    assert chi2_outside(0, 5) == 1.0
    assert chi2_outside(1e5, 1) == 0.0
    for statistic, df in [(-1, 5), (1, 0), (math.nan, 5)]:
        with pytest.raises(ValueError, match="degrees of freedom"):
            chi2_outside(statistic, df)


def test_integers_and_decimals_give_the_same_funnel():
    whole = pl.DataFrame({"area": ["A", "B"], "numerator": [5, 7], "denominator": [10, 10]})
    decimal = whole.with_columns(pl.col("numerator", "denominator").cast(pl.Float64))
    assert funnel(whole).rows.equals(funnel(decimal).rows)
    assert np.isclose(funnel(whole).centre, 0.6)
