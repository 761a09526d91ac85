"""`trend`: the test that fits the series, with the rule that fired, or a refusal in words."""

import pytest


def test_monthly_phone_accessibility_is_judged_with_its_autocorrelation(run, sample_store):
    document = run("trend", "primary_care_phone_share", "--region", "25", "--json").document

    assert (document["method"], document["verdict"], document["evidence"]) == ("xmr", "none", "computed")
    # r₁ is 0.53: what fired on the raw months was what months that follow each other give by chance.
    assert document["fired"] == {}
    assert document["points_used"] == len(document["periods_used"]) == 80


def test_eight_years_of_trust_are_tested_for_trend_on_the_assumed_base(run, store_of_2023):
    document = run("trend", "trust_overall", "--region", "Norrbotten", "--json").document

    assert (document["method"], document["verdict"], document["reason"]) == ("chi2_trend", "none", "not_significant")
    assert (document["evidence"], document["points_used"]) == ("assumed", 8)
    assert document["statistic"] == pytest.approx(0.586, abs=0.001)


def test_four_years_are_told_by_the_last_two(run, store_of_2023):
    ran = run("trend", "digital_care_positive", "--region", "25")

    assert ran.code == 0
    assert "mot förra mätningen: 2022 " in ran.out


def test_half_year_measurements_are_their_own_series(run, sample_store):
    document = run("trend", "primary_care_phone_share", "--region", "25", "--kind", "half_year", "--json").document

    assert (document["method"], document["periods_used"]) == ("two_waves", ["2017-H2", "2018-H2"])
    assert document["verdict"] == "increasing"


WRONG = [
    ["trend"],  # nothing to test
    ["trend", "trust_overall"],  # no region
    ["trend", "trust_overal", "--region", "25"],
    ["trend", "trust_overall", "--region", "Skåna"],
]


@pytest.mark.parametrize("words", WRONG)
def test_wrong_choice_is_wrong_usage(run, sample_store, words):
    assert run(*words).code == 2
