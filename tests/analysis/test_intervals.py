import math
from statistics import NormalDist

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.methods.intervals import (
    EVIDENCE,
    Z95,
    Z998,
    score_interval,
    shares_behind,
    variance_from_interval,
    wilson,
    wilson_arrays,
    wilson_bounds,
    z_for,
)

shares = st.floats(0, 1)
bases = st.floats(0.5, 1e6)


def test_evidence_is_named_best_first():
    assert EVIDENCE == ("published", "computed", "assumed", "none")


def test_the_quantiles_are_those_of_the_normal_distribution():
    assert pytest.approx(stats.norm.ppf(0.975), abs=1e-14) == Z95
    assert pytest.approx(stats.norm.ppf(0.999), abs=1e-14) == Z998
    assert (z_for(95), z_for(99.8)) == (Z95, Z998)


@pytest.mark.parametrize("level", [90, 99, 99.7, 0])
def test_only_the_two_levels_are_judged(level):
    with pytest.raises(ValueError, match="only 95 and"):
        z_for(level)


@pytest.mark.parametrize(
    ("x", "n", "expected"),  # Newcombe 1998, Statistics in Medicine 17: 857–872, table I, method 3
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0000, 0.1611)),  # no event: the interval still has a width
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_wilson_gives_the_published_worked_examples(x, n, expected):
    assert tuple(round(bound, 4) for bound in wilson(x, n)) == expected


@pytest.mark.parametrize("level", [95, 99.8])
@pytest.mark.parametrize(("x", "n"), [(0, 1), (1, 1), (3, 10), (4846, 7604), (7604, 7604), (1, 100_000)])
def test_wilson_agrees_with_statsmodels(x, n, level):
    theirs = proportion_confint(x, n, alpha=1 - level / 100, method="wilson")
    assert wilson(x, n, level=level) == pytest.approx(theirs, abs=1e-12)


def test_a_design_effect_counts_as_a_smaller_base():
    assert wilson(600, 1200, deff=1.2) == score_interval(0.5, 1000, Z95)


@pytest.mark.parametrize(
    ("x", "n", "deff"),
    [
        (0, 0, 1),  # a share of nothing
        (1, -5, 1),  # a negative base
        (6, 5, 1),  # more events than answers
        (-1, 5, 1),  # fewer than none
        (1, 5, 0),  # a design effect that divides by zero
        (1, math.nan, 1),  # an unknown base
    ],
)
def test_what_is_no_share_is_refused(x, n, deff):
    with pytest.raises(ValueError, match=r"share|base|design effect"):
        wilson(x, n, deff)


@pytest.mark.parametrize(("p", "n"), [(0.5, 0), (0.5, -1), (0.5, math.nan), (1.01, 10), (-0.01, 10), (math.nan, 10)])
def test_a_share_outside_0_and_1_or_without_a_base_has_no_interval(p, n):
    with pytest.raises(ValueError, match=r"outside 0–1|not positive"):
        score_interval(p, n, Z95)


@given(shares, bases, st.sampled_from([Z95, Z998]))
def test_the_interval_contains_the_value_and_stays_inside_0_and_1(p, n, z):
    low, high = score_interval(p, n, z)
    assert 0 <= low <= p <= high <= 1


@given(shares, bases, st.floats(1.01, 100))
def test_the_interval_shrinks_with_the_base(p, n, times):
    low, high = score_interval(p, n, Z95)
    narrow_low, narrow_high = score_interval(p, n * times, Z95)
    assert narrow_high - narrow_low < high - low


@given(shares, bases)
def test_the_stricter_interval_holds_the_other(p, n):
    low, high = score_interval(p, n, Z95)
    strict_low, strict_high = score_interval(p, n, Z998)
    assert strict_low <= low + 1e-15
    assert high - 1e-15 <= strict_high


@given(shares, bases)
def test_the_interval_of_the_complement_is_the_mirror_image(p, n):
    low, high = score_interval(p, n, Z95)
    assert score_interval(1 - p, n, Z95) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(shares, bases)
def test_the_bounds_solve_wilsons_equation(p, n):
    """The plain twin: the bounds are where |p − π| = z·√(π(1 − π)/n)."""
    for bound in score_interval(p, n, Z95):
        if 0 < bound < 1:
            assert (p - bound) ** 2 == pytest.approx(Z95**2 * bound * (1 - bound) / n, rel=1e-6, abs=1e-12)


@settings(max_examples=25)
@given(st.lists(st.tuples(shares, bases), min_size=1, max_size=30))
def test_the_expression_and_the_function_agree_row_by_row(rows):
    low, high = wilson_bounds(pl.col("p"), pl.col("n"), Z998)
    frame = pl.DataFrame(rows, schema={"p": pl.Float64, "n": pl.Float64}, orient="row")
    got = frame.select(low=low, high=high).rows()
    for bounds, (p, n) in zip(got, rows, strict=True):
        assert bounds == pytest.approx(score_interval(p, n, Z998), abs=1e-12)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_none_and_all_lie_inside_their_interval_to_the_last_digit_for_every_base(share):
    bases = np.arange(1.0, 3000.0)
    low, high = wilson_bounds(pl.lit(share), pl.col("n"), Z95)
    for lows, highs in (
        pl.DataFrame({"n": bases}).select(low=low, high=high).to_numpy().T,
        wilson_arrays(np.full(len(bases), share), bases, Z95),
    ):
        assert (lows.min() >= 0, highs.max() <= 1) == (True, True)
        assert (lows.max() <= share, highs.min() >= share) == (True, True)


@pytest.mark.parametrize(
    ("p", "n"),
    [
        (None, 100.0),  # no value
        (0.5, None),  # no base
        (0.5, 0.0),  # a zero base is not an infinite interval
        (0.5, -1.0),  # nor is a negative one
        (1.2, 100.0),  # no share at all: a percentage taken as 0–1
    ],
)
def test_the_expression_gives_no_interval_where_none_exists(p, n):
    low, high = wilson_bounds(pl.col("p"), pl.col("n"), Z95)
    frame = pl.DataFrame({"p": [p], "n": [n]}, schema={"p": pl.Float64, "n": pl.Float64})
    assert frame.select(low=low, high=high).rows() == [(None, None)]


@pytest.mark.parametrize(
    ("numerator", "base", "printed", "decimals", "expected"),
    [
        (4846, 7604, 63.7, 1, 4846 / 7604),  # the counts give what is printed
        (4846, 7604, 63.5, 1, 0.635),  # weighted: they do not, and the printed value stands
        (4846, 7604, 63.0, 0, 0.63),  # more than half a digit off
        (1273, 2000, 63.6, 1, 0.6365),  # exactly half a digit, of one decimal
        (0.5, 0.8, 62.0, 0, 0.625),  # a weighted base of less than one
        (5, 8, 63.0, 0, 0.625),  # exactly half a digit, rounded up
        (5, 8, 62.0, 0, 0.625),  # exactly half a digit, rounded to even
        (None, 1000, 57.0, 0, 0.57),  # no numerator
        (57, None, 57.0, 0, 0.57),  # no base
        (0, 0, 57.0, 0, 0.57),  # "0" and "0" mean not published
        (50, 100, None, 0, None),  # nothing printed, nothing shown
    ],
)
def test_the_share_behind_a_printed_value(numerator, base, printed, decimals, expected):
    columns = {"x": numerator, "n": base, "value": printed}
    frame = pl.DataFrame({name: pl.Series([cell], dtype=pl.Float64) for name, cell in columns.items()})
    got = frame.select(shares_behind(pl.col("x"), pl.col("n"), pl.col("value"), decimals)).item()
    assert got == expected


def test_a_share_is_printed_without_decimals_unless_told():
    frame = pl.DataFrame({"x": [634], "n": [1000], "value": [63.0]})
    assert frame.select(shares_behind(pl.col("x"), pl.col("n"), pl.col("value"))).item() == 0.634


def test_the_number_of_decimals_may_differ_from_row_to_row():
    frame = pl.DataFrame({"x": [634, 634], "n": [1000, 1000], "value": [63.0, 63.0], "decimals": [0, 1]})
    shares_found = frame.select(shares_behind(pl.col("x"), pl.col("n"), pl.col("value"), pl.col("decimals")))
    assert shares_found.to_series().to_list() == [0.634, 0.63]


def test_a_published_interval_gives_a_variance_in_every_shape():
    expected = ((64.7 - 62.4) / (2 * Z95)) ** 2
    assert variance_from_interval(62.4, 64.7, Z95) == expected
    assert variance_from_interval(np.array([62.4]), np.array([64.7]), Z95).tolist() == [expected]
    assert pl.select(variance_from_interval(pl.lit(62.4), pl.lit(64.7), Z95)).item() == expected


def test_a_variance_from_a_95_interval_gives_the_998_one():
    low, high = 50 - Z95 * 2, 50 + Z95 * 2
    assert math.sqrt(variance_from_interval(low, high, Z95)) * Z998 == pytest.approx(NormalDist().inv_cdf(0.999) * 2)
