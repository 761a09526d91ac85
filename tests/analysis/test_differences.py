import math

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.methods.differences import (
    difference_of_intervals,
    difference_to_whole,
    judge,
    judge_columns,
    marks_by_chance,
)
from analysis.methods.intervals import Z95, Z998, score_interval, z_for

shares = st.floats(0, 1)
bases = st.floats(1, 1e5)
bounds = st.one_of(st.none(), st.floats(-100, 100), st.just(math.nan))
unknown = math.nan


def newcombe(p1, n1, p2, n2, level=95):
    """Newcombe's method 10 as comparisons and changes make it: the difference of two Wilson intervals."""
    z = z_for(level)
    return difference_of_intervals(p1, *score_interval(p1, n1, z), p2, *score_interval(p2, n2, z))


@pytest.mark.parametrize(
    ("x1", "n1", "x2", "n2", "expected"),  # Newcombe 1998, Statistics in Medicine 17: 873–890, table II, method 10
    [
        (56, 70, 48, 80, (0.0524, 0.3339)),
        (9, 10, 3, 10, (0.1705, 0.8090)),
        (6, 7, 2, 7, (0.0582, 0.8062)),
        (5, 56, 0, 29, (-0.0381, 0.1926)),
        (0, 10, 0, 20, (-0.1611, 0.2775)),
        (0, 10, 0, 10, (-0.2775, 0.2775)),
        (10, 10, 0, 20, (0.6791, 1.0000)),
        (10, 10, 0, 10, (0.6075, 1.0000)),
    ],
)
def test_newcombe_gives_the_published_worked_examples(x1, n1, x2, n2, expected):
    assert tuple(round(bound, 4) for bound in newcombe(x1 / n1, n1, x2 / n2, n2)) == expected


@pytest.mark.parametrize("level", [95, 99.8])
@pytest.mark.parametrize(("x1", "n1", "x2", "n2"), [(612, 1000, 570, 1000), (3, 40, 9, 35), (0, 12, 30, 30)])
def test_newcombe_agrees_with_statsmodels(x1, n1, x2, n2, level):
    theirs = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff", alpha=1 - level / 100)
    assert newcombe(x1 / n1, n1, x2 / n2, n2, level) == pytest.approx(theirs, abs=1e-12)


@given(shares, bases, shares, bases, st.sampled_from([95, 99.8]))
def test_a_difference_turned_round_has_its_interval_turned_round(p1, n1, p2, n2, level):
    low, high = newcombe(p1, n1, p2, n2, level)
    assert newcombe(p2, n2, p1, n1, level) == pytest.approx((-high, -low), abs=1e-12)
    assert -1 - 1e-12 <= low <= p1 - p2 <= high <= 1 + 1e-12


@given(shares, bases, bases)
def test_equal_shares_are_never_told_apart(p, n1, n2):
    low, high = newcombe(p, n1, p, n2)
    assert low <= 0 <= high


def test_published_intervals_combine_by_squares():
    assert difference_of_intervals(70, 67, 73, 60, 56, 64) == (10 - math.hypot(3, 4), 10 + math.hypot(3, 4))


def whole_by_hand(values, weights, variances, whole, z):
    """The plain twin of `difference_to_whole`: the formula of methods.md §2, region by region."""
    inside = [k for k, value in enumerate(values) if not math.isnan(value) and weights[k] > 0]
    total = sum(weights[k] for k in inside)
    answer = []
    for r, value in enumerate(values):
        own = weights[r] / total if r in inside else 0.0
        variance = (1 - own) ** 2 * variances[r]
        variance += sum((weights[k] / total) ** 2 * variances[k] for k in inside if k != r)
        difference = value - whole
        answer.append((difference, difference - z * math.sqrt(variance), difference + z * math.sqrt(variance)))
    return answer


def test_the_difference_to_riket_allows_for_the_region_being_a_part_of_it():
    values, weights, variances = [63.0, 58.0, 61.0], [2.4, 0.25, 1.4], [0.3, 2.4, 0.9]
    answer = difference_to_whole(values, weights, variances, 62.0, 99.8)
    assert np.transpose(answer) == pytest.approx(np.array(whole_by_hand(values, weights, variances, 62.0, Z998)))


def test_a_region_outside_the_group_counts_with_its_whole_variance():
    values, weights, variances = [63.0, 58.0, 61.0], [2.4, 0, 1.4], [0.3, 2.4, 0.9]
    answer = difference_to_whole(values, weights, variances, 62.0)
    expected = 2.4 + ((2.4 / 3.8) ** 2 * 0.3 + (1.4 / 3.8) ** 2 * 0.9)
    assert answer.high[1] - answer.difference[1] == pytest.approx(Z95 * math.sqrt(expected))


def test_weights_are_renormalised_over_the_regions_that_have_values():
    with_gap = difference_to_whole([63.0, unknown, 61.0], [2.4, 9.9, 1.4], [0.3, unknown, 0.9], 62.0)
    without = difference_to_whole([63.0, 61.0], [2.4, 1.4], [0.3, 0.9], 62.0)
    assert [column[[0, 2]].tolist() for column in with_gap] == [column.tolist() for column in without]
    assert all(math.isnan(column[1]) for column in with_gap)


def test_a_region_alone_in_its_whole_differs_by_nothing():
    assert difference_to_whole([62.0], [1.0], [0.3], 62.0) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("variances", "weights", "known"),
    [
        ([0.3, unknown], [1, 1], False),  # another region's variance is unknown: no Var(d) for anyone
        ([0.3, unknown], [1, 0], True),  # it lies outside the group, so it does not matter to the others
        ([unknown, unknown], [1, 1], False),  # no variance at all
    ],
)
def test_without_the_other_regions_variances_there_is_no_such_interval(variances, weights, known):
    assert (difference_to_whole([63.0, 58.0], weights, variances, 62.0) is not None) == known


def test_outside_an_empty_whole_a_region_has_its_own_variance():
    answer = difference_to_whole([63.0], [0], [4.0], 60.0)
    assert [bound.item() for bound in answer] == pytest.approx([3, 3 - 2 * Z95, 3 + 2 * Z95])


def test_a_missing_value_is_unknown():
    answer = difference_to_whole([70.0, None], [1, 3], [4.0, None], 60.0)
    assert answer.difference[0] == 10
    assert math.isnan(answer.difference[1])


@pytest.mark.parametrize(
    ("values", "weights", "variances", "said"),
    [
        ([1.0, 2.0], [1.0], [1.0, 1.0], "values, weights and variances must be of the same length"),
        ([1.0], [-1.0], [1.0], "a weight or a variance is negative"),  # a negative population
        ([1.0], [1.0], [-1.0], "a weight or a variance is negative"),
        ([1.0], [1.0], [[1.0]], "values, weights and variances must be of the same length"),
        ([1.0], [unknown], [1.0], "a region with a value has no weight"),
    ],
)
def test_impossible_weights_and_variances_are_mistakes(values, weights, variances, said):
    with pytest.raises(ValueError, match=f"^{said}$"):
        difference_to_whole(values, weights, variances, 1.0)


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 10), st.floats(0, 9)), min_size=1, max_size=21),
    st.floats(0, 100),
)
def test_the_formula_holds_for_any_regions(regions, whole):
    values, weights, variances = zip(*regions, strict=True)
    answer = difference_to_whole(values, weights, variances, whole)
    expected = np.array(whole_by_hand(values, weights, variances, whole, Z95))
    assert np.transpose(answer) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("low95", "high95", "low998", "high998", "direction", "expected"),
    [
        (0.1, 2.0, -0.5, 2.5, "higher_is_better", ("better", 95)),  # above at 95 only
        (1.0, 2.0, 0.5, 2.5, "higher_is_better", ("better", 99.8)),  # above at both: the strictest is named
        (-2.0, -0.1, -2.5, 0.5, "higher_is_better", ("worse", 95)),
        (-2.0, -0.1, -2.5, 0.5, "lower_is_better", ("better", 95)),  # a short wait
        (0.1, 2.0, -0.5, 2.5, "lower_is_better", ("worse", 95)),
        (0.1, 2.0, -0.5, 2.5, "none", ("higher", 95)),  # no direction: no praise
        (-2.5, -1.0, -3.0, -0.5, "none", ("lower", 99.8)),
        (-1.0, 1.0, -2.0, 2.0, "none", ("similar", None)),
        (0.0, 2.0, -0.5, 2.5, "higher_is_better", ("similar", None)),  # a bound of exactly 0 marks nothing
        (None, None, None, None, "higher_is_better", ("not_assessable", None)),  # no interval is never "similar"
        (unknown, unknown, unknown, unknown, "none", ("not_assessable", None)),
        (0.1, 2.0, None, None, "none", ("higher", 95)),  # only the 95 % interval is known
        (-1.0, 1.0, None, None, "none", ("similar", None)),
        (-2.0, 0.0, -2.5, 0.0, "none", ("similar", None)),
        (0.1, None, 0.1, None, "none", ("not_assessable", None)),  # half an interval is none
    ],
)
def test_the_word_for_a_difference(low95, high95, low998, high998, direction, expected):
    given_bounds = (low95, high95, low998, high998)
    assert judge(*given_bounds, direction) == expected
    word, level = judge_columns(*"abcd", direction)
    frame = pl.DataFrame([given_bounds], schema=dict.fromkeys("abcd", pl.Float64), orient="row")
    assert frame.select(word=word, level=level).rows() == [expected]


OTHER_WAY = {"better": "worse", "worse": "better", "similar": "similar", "not_assessable": "not_assessable"}


@given(bounds, bounds, bounds, bounds)
def test_the_judgement_flips_with_the_direction_and_keeps_its_level(low95, high95, low998, high998):
    given_bounds = (low95, high95, low998, high998)
    word, level = judge(*given_bounds, "higher_is_better")
    assert judge(*given_bounds, "lower_is_better") == (OTHER_WAY[word], level)


@given(
    st.lists(st.tuples(bounds, bounds, bounds, bounds), min_size=1, max_size=20),
    st.sampled_from(["none", "lower_is_better"]),
)
def test_the_columns_and_the_function_judge_alike(rows, direction):
    for low95, high95, low998, high998 in rows:
        # Bounds of one interval are in order, and the stricter interval holds the other.
        assume(not (low95 is not None and high95 is not None and low95 > high95))
        assume(not (low998 is not None and high998 is not None and low998 > high998))
        assume(not ((low998 or 0) > 0 and (high95 or 0) < 0) and not ((high998 or 0) < 0 and (low95 or 0) > 0))
    word, level = judge_columns("a", "b", "c", "d", direction)
    frame = pl.DataFrame(rows, schema=dict.fromkeys("abcd", pl.Float64), orient="row")
    assert frame.select(word=word, level=level).rows() == [judge(*row, direction) for row in rows]


def test_columns_of_nothing_at_all_are_not_assessable():
    word, level = judge_columns("a", "b", "c", "d", "none")
    frame = pl.DataFrame({name: [None] for name in "abcd"})
    assert frame.select(word=word, level=level).rows() == [("not_assessable", None)]


def test_an_unknown_direction_is_a_mistake():
    with pytest.raises(KeyError):
        judge(0.1, 0.2, 0.1, 0.2, "sideways")


def test_chance_alone_marks_one_comparison_in_twenty():
    assert marks_by_chance(126) == pytest.approx((6.3, 6.3))
    assert marks_by_chance(126, 99.8) == pytest.approx((0.252, 0.252))


def test_chance_is_a_range_where_the_base_is_assumed():
    """methods §9: for 42 comparisons at 95 % 4.2 to 0.2 instead of 2.1."""
    assert [round(count, 1) for count in marks_by_chance(42, assumed=[1000] * 42)] == [0.2, 4.2]
    fewest, most = marks_by_chance(42, assumed=[1000] * 20)  # the 22 whose base is known give no range
    assert (fewest, most) == pytest.approx((22 * 0.05 + 20 * 0.005575, 22 * 0.05 + 20 * 0.101037), abs=1e-4)
    for level, z in ((95, 1.959964), (99.8, 3.090232)):
        low, high = marks_by_chance(1, level, assumed=[1000])
        assert (low, high) == pytest.approx((2 * norm.sf(z * 2**0.5), 2 * norm.sf(z * 0.7**0.5)), abs=1e-7)
