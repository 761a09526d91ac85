"""What a table says besides its words: the three worst by a model, how reliable places are, where a margin is set."""

import numpy as np
import polars as pl
import pytest

from analysis import compare_regions
from analysis.methods.equivalence import with_equivalence
from analysis.methods.lowest_three import lowest_three
from analysis.methods.random_effects import heterogeneity, pooled_mean
from analysis.methods.reliability import reliability
from indicators import catalogue
from locales import LANGUAGES
from models import Store
from wording.reach import equivalence_in_words, lowest_three_missing, probability_in_words, reliability_in_words

RNG = np.random.default_rng(7)


def test_the_three_worst_are_the_same_in_any_order_and_add_up_to_three() -> None:
    values, variances = RNG.normal(60, 6, 21), RNG.uniform(1, 4, 21)
    found, order = lowest_three(values, variances), RNG.permutation(21)
    assert found is not None
    assert found.sum() == pytest.approx(3)
    again = lowest_three(values[order], variances[order])
    assert again is not None
    assert again.tolist() == found[order].tolist()


def test_the_model_agrees_with_a_plain_draw_of_it() -> None:
    values, variances = RNG.normal(60, 3, 21), RNG.uniform(2, 5, 21)
    weight = 1 / variances
    q = (weight * (values - np.average(values, weights=weight)) ** 2).sum()
    tau2 = (q - 20) / (weight.sum() - (weight**2).sum() / weight.sum())
    mean = np.average(values, weights=1 / (variances + tau2))
    kept = tau2 / (tau2 + variances)
    drawn = np.random.default_rng(1).normal(mean + kept * (values - mean), np.sqrt(kept * variances), (50_000, 21))
    worst = np.argsort(drawn, axis=1)[:, :3]
    expected = np.bincount(worst.ravel(), minlength=21) / 50_000
    found = lowest_three(values, variances)
    assert found == pytest.approx(expected, abs=0.015)


def test_the_highest_are_worst_where_lower_is_better_and_chance_alone_makes_all_alike() -> None:
    values, thin = np.arange(10.0, 31.0), np.full(21, 0.001)
    found = lowest_three(values, thin, highest_first=False)
    assert found is not None
    assert found[-3:].tolist() == [1.0, 1.0, 1.0]
    alike = lowest_three(np.full(21, 60.0), np.full(21, 4.0))
    assert alike == pytest.approx(np.full(21, 3 / 21), abs=0.01)


def test_riket_and_a_table_with_a_gap_have_no_probability(sample_store: Store) -> None:
    whole = compare_regions(sample_store, "trust_overall", "2023")
    assert whole.rows["lowest_three"].count() == 21
    assert whole.rows.filter(code="00")["lowest_three"].to_list() == [None]
    assert lowest_three_missing(whole) is None
    some = compare_regions(sample_store, "trust_overall", "2023", regions=["25"]).rows
    assert some["lowest_three"][0] == whole.rows.filter(code="25")["lowest_three"][0]
    gap = compare_regions(sample_store, "nki_phone", "2023")
    assert gap.rows["lowest_three"].count() == 0
    assert "alla 21 regioner" in (lowest_three_missing(gap) or "")


@pytest.mark.parametrize(("probability", "said"), [(0.04, "< 5 %"), (0.05, "5 %"), (0.95, "95 %"), (0.96, "> 95 %")])
def test_the_ends_of_a_probability_are_told_as_ends(probability: float, said: str) -> None:
    assert probability_in_words(probability) == said
    assert probability_in_words(None) == ""


def test_tau2_is_dersimonian_and_lairds() -> None:
    values, variances = np.array([1.0, 2.0, 6.0]), np.array([1.0, 0.5, 2.0])
    w = 1 / variances
    q = sum(w * (values - sum(w * values) / sum(w)) ** 2)
    assert heterogeneity(values, variances) == pytest.approx((q, (q - 2) / (sum(w) - sum(w**2) / sum(w))))
    assert heterogeneity(np.array([1.0, 1.1]), np.array([1.0, 1.0]))[1] == 0
    single = pooled_mean(np.array([2.0]), np.array([1.0]))
    assert (single.mean, single.p, single.random) == (2.0, None, False)
    assert pooled_mean(values, variances).random is bool(q > 5.991)


def test_reliability_is_the_part_of_the_spread_that_is_not_chance(sample_store: Store) -> None:
    values = np.array([50.0, 55.0, 60.0, np.nan])
    assert reliability(values, np.array([4.0, 4.0, 4.0, 1.0])) == pytest.approx(21 / 25)
    assert reliability(values[:2], np.array([4.0, 4.0])) is None
    whole = compare_regions(sample_store, "trust_overall", "2023")
    estimate, variance = (whole.rows.filter(pl.col("code") != "00")[name].to_numpy() for name in ("value", "variance"))
    assert whole.reliability == reliability(estimate, variance)
    assert "mest slump" not in reliability_in_words(whole)
    poor = compare_regions(sample_store, "eservices_1177_positive", "2023")
    assert "Platserna visar mest slump" in reliability_in_words(poor)
    assert "mostly show chance" in reliability_in_words(poor, "en")
    shown = compare_regions(sample_store, "trust_overall", "2023", regions=["25"])
    assert shown.reliability == whole.reliability  # the whole table's, whichever regions are shown


def row(**given: object) -> pl.DataFrame:
    usual = {"code": "25", "judgement": "similar", "difference": 0.5, "diff_low": -1.0, "diff_high": 2.0, "route": ""}
    return pl.DataFrame([usual | given])


@pytest.mark.parametrize(
    ("given", "margin", "found"),
    [
        ({}, 3.0, "tested"),
        ({"difference": 2.0, "diff_low": 0.5, "diff_high": 3.5, "judgement": "better"}, 3.0, None),  # told apart
        ({"difference": 2.0, "diff_low": -0.5, "diff_high": 4.5}, 3.0, "not_shown"),
        ({"difference": -2.0, "diff_low": -4.5, "diff_high": 0.5}, 3.0, "not_shown"),
        ({"difference": 0.0, "diff_low": -4.0, "diff_high": 4.0}, 3.0, "not_shown"),  # too thin whatever it is
        ({}, None, None),  # no margin is decided
        ({"route": "target"}, 3.0, None),  # a target is reached or not
        ({"judgement": "not_assessable", "diff_low": None, "diff_high": None}, 3.0, None),
    ],
)
def test_equivalence_is_a_claim_and_is_tested(given: dict, margin: float | None, found: str | None) -> None:
    told = with_equivalence(row(**given), margin, 95)
    assert told["equivalence"].to_list() == [found]
    assert told["margin"].to_list() == [margin]


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_too_thin_for_any_likeness_is_said_to_be_so(language: str) -> None:
    percent = catalogue().indicators["trust_overall"]
    thin = with_equivalence(row(difference=0.0, diff_low=-4.0, diff_high=4.0), 3.0, 95).row(0, named=True)
    far = with_equivalence(row(difference=2.0, diff_low=-0.5, diff_high=4.5), 3.0, 95).row(0, named=True)
    words = {"sv": ("räcker inte för att pröva", "inte visat"), "en": ("not enough to test", "not shown")}[language]
    for one, said in zip((thin, far), words, strict=True):
        assert said in equivalence_in_words(one, percent, language)


def test_a_margin_stands_in_every_definition_in_per_cent_and_in_no_other() -> None:
    for one in catalogue().indicators.values():
        assert (one.margin is not None) == (one.unit == "percent"), one.id
        if one.margin:
            assert (one.margin.points, one.margin.reason.sv != one.margin.reason.en) == (3.0, True)
