"""Which figure is current, what stands behind it, and where it was read."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from analysis import (
    UnknownChoice,
    catalogue_status,
    compare_regions,
    original_file,
    periods_available,
    series_over_time,
    sexes_available,
    uploads_list,
)
from analysis.figures import figures_of
from analysis.moments import until
from indicators import catalogue
from models import Store
from tests.publishing import publish, withdraw


def trust(region: str, value: float | None, period: str = "2022", **more: Any) -> dict[str, Any]:
    return {"indicator": "trust_overall", "region": region, "period": period, "value": value, **more}


def values(store: Store, **choices: Any) -> dict[str, float]:
    return dict(compare_regions(store, "trust_overall", **choices).rows.select("code", "value").rows())


def test_later_publication_wins_key_by_key_and_a_key_merely_absent_stays(any_store: Store) -> None:
    publish(any_store, [trust("24", 70.0), trust("25", 60.0)])
    publish(any_store, [trust("25", 61.0)])
    assert values(any_store) == {"24": 70.0, "25": 61.0}


def test_withdrawal_brings_back_the_figure_before_it(any_store: Store) -> None:
    publish(any_store, [trust("25", 60.0)])
    second = publish(any_store, [trust("25", 61.0), trust("24", 70.0)])
    withdraw(any_store, second)
    assert values(any_store) == {"25": 60.0}


def test_any_earlier_day_can_be_asked_for_and_means_the_end_of_that_day_in_stockholm(any_store: Store) -> None:
    publish(any_store, [trust("25", 60.0)], day="2026-03-01")
    publish(any_store, [trust("25", 61.0)], day="2026-03-05")
    assert values(any_store, as_of=date(2026, 2, 28)) == {}
    assert values(any_store, as_of=date(2026, 3, 1)) == {"25": 60.0}
    assert values(any_store, as_of=date(2026, 3, 4)) == {"25": 60.0}
    assert values(any_store, as_of=date(2026, 3, 5)) == {"25": 61.0} == values(any_store)


def test_deleted_by_its_source_leaves_a_row_without_value_and_the_reason(store: Store) -> None:
    publish(store, [trust("25", 60.0)])
    publish(store, [trust("25", None, reason="deleted_by_source", flags="m")])
    row = compare_regions(store, "trust_overall").rows.row(0, named=True)
    assert (row["value"], row["reason"], row["flags"], row["evidence"]) == (None, "deleted_by_source", "mr", "none")


EVIDENCE = [
    # indicator, row, evidence, n_eff, low, high (2 decimals), flags
    ("trust_vardcentral", {"period": "2015", "value": 63.5, "numerator": 4846, "base_n": 7604, "denominator": 7604,
     "ci_low": 62.4, "ci_high": 64.7}, ("published", 6336.67, 62.4, 64.7, "")),
    # 100·700/1000 is the printed value: Wilson on 1000/1.2
    ("trust_vardcentral", {"period": "2015", "value": 70.0, "numerator": 700, "base_n": 1000, "denominator": 1000},
     ("computed", 833.33, 66.8, 73.01, "")),
    # weighted source: 100·700/1000 is not 68.0, so the printed value stands in the middle
    ("trust_vardcentral", {"period": "2015", "value": 68.0, "numerator": 700, "base_n": 1000, "denominator": 1000},
     ("computed", 833.33, 64.76, 71.08, "")),
    # every call counted: no design effect
    ("primary_care_phone_share", {"period": "2017-10", "value": 90.0, "numerator": 9000, "denominator": 10000},
     ("computed", 10000.0, 89.4, 90.57, "")),
    ("trust_overall", {"period": "2022", "value": 60.0}, ("assumed", 833.33, 56.64, 63.27, "a")),
    # a pandemic wave carries its note as a flag
    ("trust_overall", {"period": "2020", "value": 60.0}, ("assumed", 833.33, 56.64, 63.27, "ad")),
    ("nki_phone", {"period": "2023", "value": 87.0}, ("none", None, None, None, "")),
    ("primary_care_phone_share", {"period": "2017-10", "value": 90.0}, ("none", None, None, None, "")),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "row", "expected"), EVIDENCE)
def test_evidence_behind_a_figure(
    store: Store, indicator: str, row: dict[str, Any], expected: tuple[object, ...]
) -> None:
    publish(store, [{"indicator": indicator, "region": "25", **row}])
    found = compare_regions(store, indicator).rows.row(0, named=True)
    rounded = [None if found[name] is None else round(found[name], 2) for name in ("n_eff", "ci_low", "ci_high")]
    assert (found["evidence"], *rounded, found["flags"]) == expected
    assert found["value"] == row["value"]


def test_synthetic_figures_carry_their_flag_wherever_they_go(store: Store) -> None:
    publish(store, [trust("25", 60.0)], synthetic=True)
    publish(store, [trust("24", 70.0)])
    compared = compare_regions(store, "trust_overall")
    assert dict(compared.rows.select("code", "flags").rows()) == {"24": "a", "25": "ax"}
    assert compared.synthetic
    assert not compare_regions(store, "trust_overall", regions=["24"]).synthetic


def test_survey_estimate_of_nine_answers_is_hidden_and_one_of_ten_marked(store: Store) -> None:
    few = {"indicator": "trust_vardcentral", "period": "2015"}
    publish(
        store,
        [{**few, "region": "24", "value": 60.0, "base_n": 9}, {**few, "region": "25", "value": 50.0, "base_n": 10}],
    )
    rows = compare_regions(store, "trust_vardcentral").rows
    shown = rows.select("code", "value", "ci_low", "base_n", "flags", "reason", "evidence").rows()
    assert shown[0] == ("24", None, None, None, "s", "suppressed", "none")
    assert (shown[1][0], shown[1][1], shown[1][3], shown[1][4]) == ("25", 50.0, 10.0, "u")


def test_thresholds_for_small_numbers_are_settings(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(store, [{"indicator": "trust_vardcentral", "period": "2015", "region": "24", "value": 60.0, "base_n": 9}])
    assert compare_regions(store, "trust_vardcentral").rows["value"].to_list() == [None]
    monkeypatch.setenv("DASHBOARD_HIDE_BELOW", "5")
    assert compare_regions(store, "trust_vardcentral").rows["value"].to_list() == [60.0]


def test_every_figure_knows_its_file_and_cell(store: Store) -> None:
    upload = publish(
        store, [trust("25", 60.0, row=1204, col=28, sheet="Resultat"), trust("24", 61.0, path="$.values[0].value")]
    )
    rows = compare_regions(store, "trust_overall").rows
    assert rows.select("code", "upload", "file", "sheet", "cell").rows() == [
        ("24", upload, "made-in-test.csv", "", "$.values[0].value"),
        ("25", upload, "made-in-test.csv", "Resultat", "AB1204"),
    ]


def test_line_is_split_and_marked_where_the_series_breaks(store: Store) -> None:
    share = {"indicator": "calls_share_answered", "value": 80.0}
    publish(
        store,
        [
            {**share, "region": region, "period": period}
            for region in ("24", "25")
            for period in ("2017", "2018", "2019")
        ],
    )
    rows = series_over_time(store, "calls_share_answered").rows
    found = {code: rows.filter(code=code).select("period", "segment", "flags").rows() for code in ("24", "25")}
    assert found["24"] == [("2017", 0, ""), ("2018", 0, ""), ("2019", 0, "")]
    assert found["25"] == [("2017", 0, ""), ("2018", 1, "b"), ("2019", 1, "")]  # joined the national service in 2018


def test_kinds_of_period_are_never_mixed_and_the_latest_decides(store: Store) -> None:
    phone = {"indicator": "primary_care_phone_share", "region": "25", "value": 90.0}
    publish(store, [{**phone, "period": period} for period in ("2018", "2018-H2", "2018-11", "2018-12", "2019-H1")])
    assert [period.key for period in periods_available(store, "primary_care_phone_share")] == [
        "2019-H1",
        "2018-12",
        "2018-H2",
        "2018",
        "2018-11",
    ]
    assert series_over_time(store, "primary_care_phone_share").rows["period"].to_list() == ["2018-H2", "2019-H1"]
    months = series_over_time(store, "primary_care_phone_share", kind="month")
    assert months.rows["period"].to_list() == ["2018-11", "2018-12"]


def test_each_sex_stands_by_itself(store: Store) -> None:
    publish(store, [trust("25", 60.0), trust("25", 62.0, sex="K"), trust("25", 58.0, sex="M")])
    assert sexes_available(store, "trust_overall") == ["T", "K", "M"]
    assert values(store) == {"25": 60.0}
    assert values(store, sex="K") == {"25": 62.0}


def test_riket_stands_last_and_is_shown_with_any_choice_of_regions(store: Store) -> None:
    publish(store, [trust("00", 65.0), trust("25", 60.0), trust("01", 70.0)])
    assert compare_regions(store, "trust_overall").rows["code"].to_list() == ["01", "25", "00"]
    assert compare_regions(store, "trust_overall", regions=["NLL"]).rows["region"].to_list() == [
        "Region Norrbotten",
        "Riket",
    ]


REFUSED = [
    ({"indicator_id": "trust_overal"}, "trust_overal", "trust_overall"),
    ({"regions": ["Skåna"]}, "Skåna", "Region Skåne"),
    ({"period": "2021"}, "2021", "2022"),
    ({"period": "i fjol"}, "i fjol", "2018-H2"),
    ({"sex": "X"}, "X", "kvinnor"),
    ({"benchmark": "grannen"}, "grannen", "riket"),
]


@pytest.mark.parametrize(("choice", "found", "hint"), REFUSED)
def test_choice_that_does_not_exist_is_refused_in_words(
    store: Store, choice: dict[str, Any], found: str, hint: str
) -> None:
    publish(store, [trust("25", 60.0)])
    with pytest.raises(UnknownChoice) as refused:
        compare_regions(store, **{"indicator_id": "trust_overall", **choice})
    assert found in str(refused.value)
    assert hint in refused.value.message("sv")
    assert refused.value.message("en") != refused.value.message("sv")


def test_nothing_published_is_an_empty_answer_and_no_error(store: Store) -> None:
    compared = compare_regions(store, "nki_web")
    assert (compared.period, compared.rows.height, compared.synthetic) == (None, 0, False)
    assert series_over_time(store, "nki_web").rows.height == 0
    assert catalogue_status(store).height == 0


def test_state_of_the_data_counts_what_is_published(store: Store) -> None:
    first = publish(store, [trust("25", 60.0), trust("24", 61.0), trust("00", 60.5, "2021")], day="2026-03-01")
    publish(store, [{"indicator": "logins", "region": "25", "period": "2020-06", "value": 9.0}], synthetic=True)
    status = {row["indicator"]: row for row in catalogue_status(store).iter_rows(named=True)}
    assert status["trust_overall"] == {
        "indicator": "trust_overall",
        "figures": 3,
        "regions": 2,
        "first_period": "2021",
        "latest_period": "2022",
        "latest_upload": first,
        "synthetic": False,
        "published_at": "2026-03-01T12:00:00.000000Z",
    }
    assert status["logins"]["synthetic"]
    uploads = uploads_list(store)
    assert uploads.select("id", "file", "status", "observations", "published_by").row(1) == (
        first,
        "made-in-test.csv",
        "published",
        3,
        "test",
    )
    kept = original_file(store, first)
    assert kept is not None
    assert kept[0] == "made-in-test.csv"
    assert original_file(store, 99) is None


def test_no_line_joins_figures_over_a_month_without_value_or_a_break(store: Store) -> None:
    phone = {"indicator": "calls_share_answered", "value": 90.0}
    months = ["2017-10", "2017-11", "2018-01", "2018-02", "2018-04"]
    publish(store, [{**phone, "region": "25", "period": month} for month in months])
    publish(store, [{**phone, "region": "24", "period": "2017-12"}, {**phone, "region": "24", "period": "2018-01"}])
    publish(store, [{**phone, "region": "25", "period": "2018-03", "value": None}])
    rows = series_over_time(store, "calls_share_answered").rows
    assert rows.filter(code="25").select("period", "stretch").rows() == [
        ("2017-10", 1),
        ("2017-11", 1),
        ("2018-01", 2),
        ("2018-02", 2),
        ("2018-03", 3),
        ("2018-04", 4),
    ]
    assert rows.filter(code="24")["stretch"].to_list() == [1, 1]  # no break in 2018 there


@pytest.mark.parametrize(
    ("periods", "stretches"),
    [
        (["2019", "2020", "2022"], [1, 1, 2]),
        (["2017-H2", "2018-H1", "2019-H1"], [1, 1, 2]),
        (["2019-Q4", "2020-Q1", "2020-Q3"], [1, 1, 2]),
        (["2020-W53", "2021-W01", "2021-W03"], [1, 1, 2]),
        (["2020-02-28", "2020-02-29", "2020-03-02"], [1, 1, 2]),
    ],
)
def test_what_comes_next_depends_on_the_kind_of_period(store: Store, periods: list[str], stretches: list[int]) -> None:
    publish(store, [{"indicator": "logins", "region": "25", "period": period, "value": 5.0} for period in periods])
    assert series_over_time(store, "logins").rows["stretch"].to_list() == stretches


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 3, 28), "2026-03-28T23:00:00.000000Z"),
        (date(2026, 3, 29), "2026-03-29T22:00:00.000000Z"),  # summer time begins
        (date(2026, 10, 25), "2026-10-25T23:00:00.000000Z"),  # and ends
        (date(999, 1, 1), "0999-01-01T22:47:48.000000Z"),  # moments are compared as text
        (date.max, "9999"),
        (None, "9999"),
    ],
)
def test_a_day_ends_at_midnight_in_stockholm(day: date | None, moment: str) -> None:
    assert until(day) == moment


@pytest.mark.parametrize(
    ("correction", "shown_before", "shown_now"),
    [
        # 24 becomes small, 25 is hidden with it: the day before must not show 25 either.
        ([("24", 8.0, 37.5), ("00", 433.0, 60.5)], {"12"}, {"12", "00"}),
        # 12 becomes the one hidden with 24 (small on both days), in place of 25.
        ([("12", 20.0, 55.0)], {"00"}, {"25", "00"}),
    ],
)
def test_two_days_together_do_not_tell_what_each_hides(
    correction: list[tuple[str, float, float]], shown_before: set[str], shown_now: set[str], store: Store
) -> None:
    def rows(told: list[tuple[str, float, float]]) -> list[dict[str, Any]]:
        return [trust(code, value, base_n=base, denominator=base) for code, base, value in told]

    small = 12.0 if "24" in {code for code, *_ in correction} else 8.0
    publish(
        store,
        rows([("24", small, 50.0), ("25", 25.0, 60.0), ("12", 400.0, 61.0), ("00", 437.0, 60.6)]),
        day="2026-01-01",
    )
    publish(store, rows(correction), day="2026-02-01")

    def shown(day: date | None) -> set[str]:
        found = figures_of(store, catalogue().indicators["trust_overall"], day)
        return set(found.filter(pl.col("value").is_not_null())["code"])

    assert (shown(date(2026, 1, 15)), shown(None)) == (shown_before, shown_now)


def test_a_real_figure_over_an_example_is_no_revision_and_one_over_a_real_figure_is(any_store: Store) -> None:
    def flags() -> str:
        return str(compare_regions(any_store, "trust_overall").rows["flags"][0])

    publish(any_store, [trust("25", 60.0)], synthetic=True)
    publish(any_store, [trust("25", 61.0)])
    assert flags() == "a"
    real = publish(any_store, [trust("25", 62.0)])
    assert flags() == "ar"
    withdraw(any_store, real)
    assert flags() == "a"
