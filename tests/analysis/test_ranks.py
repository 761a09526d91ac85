import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.methods.ranks import NO_RANK, SEED, rank, rank_intervals

unknown = math.nan
# OECD, PISA 2018, mathematics: mean score and standard error of the 37 OECD countries.
PISA_2018 = [
    ("Australia", 491.36, 1.939833), ("Austria", 498.9423, 2.970999), ("Belgium", 508.0703, 2.262662),
    ("Canada", 512.0169, 2.357476), ("Chile", 417.4066, 2.415888), ("Colombia", 390.9323, 2.989559),
    ("Czech Republic", 499.4677, 2.460662), ("Denmark", 509.3984, 1.735002), ("Estonia", 523.4146, 1.743602),
    ("Finland", 507.3014, 1.96792), ("France", 495.4076, 2.320214), ("Germany", 500.0438, 2.647083),
    ("Greece", 451.3703, 3.091228), ("Hungary", 481.0826, 2.319597), ("Iceland", 495.1874, 1.953083),
    ("Ireland", 499.6329, 2.198621), ("Israel", 463.0345, 3.498563), ("Italy", 486.5899, 2.780046),
    ("Japan", 526.9733, 2.471475), ("Korea", 525.933, 3.121394), ("Latvia", 496.1263, 1.962767),
    ("Lithuania", 481.1912, 1.953282), ("Luxembourg", 483.4215, 1.097632), ("Mexico", 408.8015, 2.493226),
    ("Netherlands", 519.231, 2.632278), ("New Zealand", 494.4897, 1.705943), ("Norway", 500.9638, 2.219045),
    ("Poland", 515.6479, 2.602085), ("Portugal", 492.4874, 2.68457), ("Slovak Republic", 486.1649, 2.555596),
    ("Slovenia", 508.8975, 1.363878), ("Spain", 481.3926, 1.462418), ("Sweden", 502.3877, 2.654251),
    ("Switzerland", 515.3147, 2.908004), ("Turkey", 453.5078, 2.260407), ("United Kingdom", 501.7699, 2.564428),
    ("United States", 478.2447, 3.235444),
]  # fmt: skip
estimates = st.lists(st.floats(0, 100), min_size=1, max_size=6)


def places(answer):
    return [column.tolist() for column in answer]


def intervals_by_hand(values, ses, kind, draws, level=95):
    """The plain twin of `rank_intervals`: the stepdown of Mogstad et al. 2024 hypothesis by hypothesis, in loops."""
    p = len(values)
    normals = np.random.default_rng((SEED, 0)).standard_normal((p, 1000))[:, :draws]
    everything = [(a, b) for a in range(p) for b in range(p) if a != b]
    families = [everything] if kind == "simultaneous" else [[h for h in everything if j in h] for j in range(p)]
    answer = []
    for family in families:
        standing, rejected = list(family), set()
        while standing:
            largest = sorted(
                max(
                    (normals[a][r] * ses[a] - normals[b][r] * ses[b]) / math.sqrt(ses[a] ** 2 + ses[b] ** 2)
                    for a, b in standing
                )
                for r in range(draws)
            )
            at = level / 100 * (draws - 1)
            critical = largest[int(at)] + (at - int(at)) * (largest[math.ceil(at)] - largest[int(at)])
            found = {
                (a, b) for a, b in standing if (values[a] - values[b]) / math.sqrt(ses[a] ** 2 + ses[b] ** 2) > critical
            }
            if not found:
                break
            rejected |= found
            standing = [h for h in standing if h not in found]
        answer.append(rejected)
    lows, highs = [], []
    for j in range(p):
        rejected = answer[0] if kind == "simultaneous" else answer[j]
        lows.append(1 + sum(b == j for _, b in rejected))
        highs.append(p - sum(a == j for a, _ in rejected))
    return lows, highs


@pytest.mark.parametrize(
    ("values", "highest_first", "expected"),
    [
        ([3.0, 1.0, 2.0], True, [1, 3, 2]),
        ([3.0, 1.0, 2.0], False, [3, 1, 2]),  # a wait: the shortest is first
        ([2.0, 2.0, 1.0], True, [1, 1, 3]),  # a tie shares the better place, and the next place is left empty
        ([2.0, unknown, 1.0], True, [1, NO_RANK, 2]),  # a missing value takes no place
        ([unknown], True, [NO_RANK]),
        ([], True, []),
    ],
)
def test_the_rank_of_a_value(values, highest_first, expected):
    assert rank(values, highest_first=highest_first).tolist() == expected


def pisa(kind):
    names, scores, ses = zip(*PISA_2018, strict=True)
    answer = rank_intervals(scores, ses, kind=kind, draws=20_000)
    return {name: tuple(map(int, found)) for name, *found in zip(names, *answer, strict=True)}


def test_csranks_own_examples_come_out_the_same():
    # The authors' R package, csranks: vignette "Inference for Ranks" (PISA) and the help page's ten even steps.
    assert pisa("marginal")["United Kingdom"] == (13, 8, 23)
    together = pisa("simultaneous")
    assert (together["Germany"][1], together["Korea"][2]) == (7, 7)  # "their confidence sets both contain rank 7"
    apart = ["Chile", "Mexico", "Colombia"]  # their sets overlap no other country's
    assert min(together[name][1] for name in apart) == 35
    assert max(high for name, (_, _, high) in together.items() if name not in apart) == 34
    steps = rank_intervals(np.linspace(1, 3, 10), np.full(10, 0.2), kind="simultaneous", draws=20_000)
    assert places(steps)[1:] == [[7, 6, 5, 4, 3, 2, 1, 1, 1, 1], [10, 10, 10, 10, 9, 8, 7, 6, 5, 4]]


@pytest.mark.parametrize("kind", ["marginal", "simultaneous"])
@pytest.mark.parametrize("case", range(6))
def test_the_intervals_are_those_of_the_plain_loops(kind, case):
    random = np.random.default_rng(case)
    values, ses = random.normal(60, 4, 6), random.uniform(0.5, 2, 6)
    lows, highs = intervals_by_hand(values, ses, kind, draws=200)
    assert places(rank_intervals(values, ses, kind=kind, draws=200))[1:] == [lows, highs]


@pytest.mark.parametrize(
    ("first", "statistic", "told_apart"),
    [
        (62.20, 2.04, False),  # below 2.18; above the 1.96 of a stepdown over |differences|, which drops too much
        (62.41, 2.24, True),  # above the second step's 2.18, though below the first step's 2.30
    ],
)
def test_directed_hypotheses_are_dropped_one_by_one(first, statistic, told_apart):
    # The last region is told apart at the first step (critical value 2.30). That drops "first ≤ last" and
    # "second ≤ last" but not their opposites, and the second step's critical value is 2.18.
    values, ses = [first, 60.0, 40.0], [1.0, 0.4, 1.0]
    assert (first - 60) / math.hypot(1, 0.4) == pytest.approx(statistic, abs=0.01)
    answer = rank_intervals(values, ses, kind="simultaneous", draws=20_000)
    expected = [[1, 2, 3]] * 3 if told_apart else [[1, 2, 3], [1, 1, 3], [2, 2, 3]]
    assert places(answer) == expected


@pytest.mark.parametrize(
    ("values", "ses", "expected"),
    [
        ([], [], [[], [], []]),  # no region
        ([60.0], [1.0], [[1], [1], [1]]),  # one region is first and cannot be otherwise
        ([60.0, 50.0], [1.0, 1.0], [[1, 2], [1, 2], [1, 2]]),  # told apart: 7 standard errors
        ([60.0, 59.0], [1.0, 1.0], [[1, 2], [1, 1], [2, 2]]),  # not told apart
        ([60.0, 60.0], [0.0, 0.0], [[1, 1], [1, 1], [2, 2]]),  # exactly equal: a tie, either may be first
        ([60.0, 59.9], [0.0, 0.0], [[1, 2], [1, 2], [1, 2]]),  # known exactly and different
        ([60.0, 59.0, 58.0], [0.0, 0.0, 5.0], [[1, 2, 3], [1, 2, 1], [2, 3, 3]]),  # two known exactly, one not
        ([60.0, unknown, 50.0], [1.0, 1.0, 1.0], [[1, 0, 2], [1, 0, 2], [1, 0, 2]]),  # a missing value is left out
        ([60.0, 55.0, 50.0], [1.0, unknown, 1.0], [[1, 2, 3], [1, 0, 2], [2, 0, 3]]),  # no interval: never told apart
        ([60.0, 50.0], [unknown, unknown], [[1, 2], [0, 0], [0, 0]]),  # no intervals at all: ranks only
    ],
)
@pytest.mark.parametrize("kind", ["marginal", "simultaneous"])
def test_whole_small_tables(kind, values, ses, expected):
    assert places(rank_intervals(values, ses, kind=kind)) == expected


def test_the_lowest_is_first_when_low_is_good():
    answer = rank_intervals([10.0, 50.0, 49.0], [1.0, 1.0, 1.0], highest_first=False)
    assert places(answer) == [[1, 3, 2], [1, 2, 2], [1, 3, 3]]


@settings(max_examples=50, deadline=None)
@given(st.data(), st.sampled_from(["marginal", "simultaneous"]), st.booleans())
def test_the_bounds_contain_the_rank(data, kind, highest_first):
    values = data.draw(st.lists(st.one_of(st.floats(0, 100), st.just(unknown)), max_size=8))
    errors = st.one_of(st.floats(0.001, 10), st.just(0.0), st.just(unknown))
    ses = data.draw(st.lists(errors, min_size=len(values), max_size=len(values)))
    answer = rank_intervals(values, ses, kind=kind, highest_first=highest_first, draws=100)
    ranked = int((answer.ranks != NO_RANK).sum())
    for value, se, place, low, high in zip(values, ses, *answer, strict=True):
        if math.isnan(value):
            assert (place, low, high) == (NO_RANK, NO_RANK, NO_RANK)
        elif math.isnan(se):
            assert (low, high) == (NO_RANK, NO_RANK)
        else:
            assert 1 <= low <= place <= high <= ranked


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 10)), min_size=2, max_size=8))
def test_an_interval_for_all_at_once_holds_the_one_for_itself(regions):
    values, ses = zip(*regions, strict=True)
    alone, together = (rank_intervals(values, ses, kind=kind, draws=200) for kind in ("marginal", "simultaneous"))
    assert (together.lows <= alone.lows).all()
    assert (together.highs >= alone.highs).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 10)), min_size=2, max_size=8))
def test_the_unit_does_not_matter(regions):
    values, ses = (np.array(column) for column in zip(*regions, strict=True))
    # A factor of two is exact in floating point, so even borderline cases fall the same way.
    assert places(rank_intervals(values * 2, ses * 2, draws=100)) == places(rank_intervals(values, ses, draws=100))


def test_the_same_data_give_the_same_answer_and_another_seed_may_not():
    random = np.random.default_rng(3)
    values, ses = random.normal(60, 3, 21), random.uniform(1, 2, 21)
    first, again = (places(rank_intervals(values, ses)) for _ in range(2))
    assert first == again
    others = [places(rank_intervals(values, ses, draws=100, seed=seed)) for seed in range(20)]
    assert any(other != others[0] for other in others)


@pytest.mark.parametrize("kind", ["marginal", "simultaneous"])
def test_draws_in_small_chunks_computed_anew_give_the_same_answer(kind, monkeypatch):
    random = np.random.default_rng(4)
    values, ses = random.normal(60, 6, 12), random.uniform(0.5, 1, 12)
    whole = places(rank_intervals(values, ses, kind=kind, draws=1500))
    monkeypatch.setattr("analysis.methods.ranks._CHUNK", 12 * 12 * 70)  # 70 draws at a time, 1 000 is no multiple of it
    monkeypatch.setattr("analysis.methods.ranks._KEPT", 0)
    assert places(rank_intervals(values, ses, kind=kind, draws=1500)) == whole


def test_the_true_rank_is_covered_as_often_as_promised():
    random = np.random.default_rng(5)
    truth, se = np.array([50.0, 52.0, 52.5, 55.0, 56.0, 60.0]), 1.0
    true_ranks = rank(truth)
    alone, together = [], []
    for _ in range(300):
        seen = random.normal(truth, se)
        for kind, covered in (("marginal", alone), ("simultaneous", together)):
            answer = rank_intervals(seen, np.full(6, se), kind=kind)
            covered.append((answer.lows <= true_ranks) & (true_ranks <= answer.highs))
    # 0.95 less three standard errors of 300 trials, sqrt(0.95 · 0.05 / 300) = 0.0126.
    assert np.mean(alone, axis=0).min() > 0.912
    assert np.mean(np.all(together, axis=1)) > 0.912


@pytest.mark.parametrize(
    "wrong",
    [
        {"ses": [1.0]},  # of different length
        {"ses": [1.0, -1.0]},  # a negative standard error
        {"kind": "both"},
        {"level": 40},  # below a half the directed tests have no meaning
        {"draws": 10},  # too few for a quantile of 95 %
    ],
)
def test_impossible_requests_are_mistakes(wrong):
    asked = {"estimates": [1.0, 2.0], "ses": [1.0, 1.0], **wrong}
    with pytest.raises(ValueError, match=r"length|negative|unknown kind|out of range"):
        rank_intervals(**asked)
