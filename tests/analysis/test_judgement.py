"""A region is called better or worse only where the interval of the difference carries it."""

import math
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import JUDGEMENT_COLUMNS, UnknownChoice, compare_regions, indicators_with_figures
from analysis.benchmarks import Benchmark, chosen_benchmark
from analysis.evidence import with_evidence
from analysis.methods.differences import judge
from indicators import catalogue
from models import Store
from tests.publishing import publish

REGIONS = catalogue().region_codes


def trust(region: str, value: float | None, period: str = "2022", **more: Any) -> dict[str, Any]:
    return {"indicator": "trust_overall", "region": region, "period": period, "value": value, **more}


def judged(store: Store, indicator: str, **choices: Any) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in compare_regions(store, indicator, **choices).rows.iter_rows(named=True)}


def wilson(p: float, n: float, z: float) -> tuple[float, float]:
    """A twin of the interval, straight from Wilson 1927."""
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def test_difference_to_riket_counts_the_region_as_a_part_of_it_like_a_plain_twin(store: Store) -> None:
    values = {code: 55.0 + number for number, code in enumerate(REGIONS)}
    publish(store, [trust("00", 64.0), *(trust(code, value) for code, value in values.items())])
    z = 1.959963984540054
    people = {code: catalogue().regions[code].population_at(2022) or 0 for code in REGIONS}
    weight = {code: people[code] / sum(people.values()) for code in REGIONS}
    variance = {}
    for code, value in values.items():
        low, high = wilson(value / 100, 1000 / 1.2, z)
        variance[code] = ((high - low) * 100 / (2 * z)) ** 2
    rows = judged(store, "trust_overall")
    for code, value in values.items():
        others = sum(weight[k] ** 2 * variance[k] for k in REGIONS if k != code)
        spread = z * math.sqrt((1 - weight[code]) ** 2 * variance[code] + others)
        expected = [value - 64.0, value - 64.0 - spread, value - 64.0 + spread]
        assert [rows[code][name] for name in ("difference", "diff_low", "diff_high")] == pytest.approx(expected)
        assert rows[code]["route"] == "difference_to_whole"
    assert [rows["01"]["judgement"], rows["01"]["level"]] == ["worse", 99.8]
    assert [rows["25"]["judgement"], rows["25"]["level"]] == ["better", 99.8]
    assert [rows["00"][name] for name in ("judgement", "level", "rank", "difference")] == [None, None, None, None]


def test_judgement_is_the_same_whichever_regions_are_shown(store: Store) -> None:
    publish(store, [trust("00", 64.0), *(trust(code, 55.0 + number) for number, code in enumerate(REGIONS))])
    whole, some = judged(store, "trust_overall"), judged(store, "trust_overall", regions=["25", "24"])
    assert some == {code: whole[code] for code in ("24", "25", "00")}


def test_riket_nobody_printed_is_the_weighted_mean_of_all_21_flagged_and_without_a_cell(store: Store) -> None:
    base = {"indicator": "trust_vardcentral", "period": "2015", "base_n": 1000}
    publish(store, [{**base, "region": code, "value": 60.0 + number} for number, code in enumerate(REGIONS)])
    people = [catalogue().regions[code].population_at(2015) or 0 for code in REGIONS]
    expected = sum(p * (60.0 + n) for n, p in enumerate(people)) / sum(people)
    nation = judged(store, "trust_vardcentral")["00"]
    assert nation["value"] == pytest.approx(expected)
    assert [nation[name] for name in ("flags", "comment", "upload", "sheet", "cell")] == [
        "e",
        "weighted_mean",
        None,
        "",
        "",
    ]


def test_riket_cannot_be_computed_while_one_region_is_missing(store: Store) -> None:
    base = {"indicator": "trust_vardcentral", "period": "2015", "base_n": 1000}
    publish(store, [{**base, "region": code, "value": 60.0} for code in REGIONS[:-1]])
    rows = judged(store, "trust_vardcentral")
    assert "00" not in rows
    assert {(row["judgement"], row["unassessed"]) for row in rows.values()} == {("not_assessable", "no_whole")}


def test_one_region_without_interval_makes_the_point_value_the_benchmark_and_says_so(store: Store) -> None:
    call = {"indicator": "primary_care_phone_share", "period": "2017-10"}
    publish(
        store,
        [
            {**call, "region": "24", "value": 91.0, "numerator": 9100, "denominator": 10000},
            {**call, "region": "25", "value": 85.0},
            {**call, "region": "23", "value": 80.0},
            {**call, "region": "00", "value": 90.0},
        ],
    )
    rows = judged(store, "primary_care_phone_share")
    low, high = wilson(0.91, 10000, 1.959963984540054)
    assert rows["24"]["route"] == "point_value"
    assert (rows["24"]["diff_low"], rows["24"]["diff_high"]) == pytest.approx((low * 100 - 90, high * 100 - 90))
    assert rows["24"]["judgement"] == "better"
    assert (rows["25"]["judgement"], rows["25"]["unassessed"]) == ("not_assessable", "no_interval")
    # Västerbotten's bounds stay places among all three, though only one of them has an interval
    assert (rows["24"]["rank"], rows["24"]["rank_low"], rows["24"]["rank_high"]) == (1, 1, 3)
    assert (rows["25"]["rank"], rows["25"]["rank_low"], rows["25"]["rank_high"]) == (2, None, None)


def test_a_difference_is_of_the_shares_behind_what_is_printed(store: Store) -> None:
    call = {"indicator": "primary_care_phone_share", "period": "2017-10"}
    publish(
        store,
        [
            {**call, "region": "25", "value": 66.7, "numerator": 657, "denominator": 985},
            {**call, "region": "24", "value": 50.0, "numerator": 503, "denominator": 1000},
        ],
    )
    row = judged(store, "primary_care_phone_share", benchmark="region:24")["25"]
    assert (row["value"], row["difference"]) == (66.7, pytest.approx(100 * 657 / 985 - 50))


def test_the_interval_at_998_is_of_the_same_kind_as_the_one_at_95(store: Store) -> None:
    wide = {"base_n": 900, "ci_low": 55.0, "ci_high": 65.0}
    publish(store, [trust("25", 60.0, **wide), trust("24", 60.0, base_n=900), trust("23", None, **wide)])
    rows, z998 = judged(store, "trust_overall"), 3.0902323061678132
    half = 5 * z998 / 1.959963984540054  # published: as much wider as the normal quantile
    assert (rows["25"]["low998"], rows["25"]["high998"]) == pytest.approx((60 - half, 60 + half))
    low, high = wilson(0.6, 900 / 1.2, z998)
    assert (rows["24"]["low998"], rows["24"]["high998"]) == pytest.approx((100 * low, 100 * high))
    assert [rows["23"][name] for name in ("variance", "low998", "high998")] == [None, None, None]  # of no value


def test_the_shortest_wait_is_the_first(store: Store) -> None:
    wait = {"indicator": "calls_median_wait", "period": "2023"}
    publish(store, [{**wait, "region": code, "value": value} for code, value in (("25", 90), ("24", 60), ("23", 120))])
    assert {code: row["rank"] for code, row in judged(store, "calls_median_wait").items()} == {
        "25": 2,
        "24": 1,
        "23": 3,
    }


def test_one_region_alone_has_no_rank_and_the_column_is_still_of_numbers(store: Store) -> None:
    publish(store, [trust("25", 60.0)])
    rows = compare_regions(store, "trust_overall").rows
    assert rows.filter(code="25").select("rank", "rank_low", "rank_high", "ranked").row(0) == (None, None, None, 1)
    assert {rows.schema[name] for name in ("rank", "rank_low", "rank_high", "ranked")} == {pl.Int64}


def test_ranks_all_at_once_are_wider_than_one_by_one(store: Store) -> None:
    publish(store, [trust(code, 58.0 + 0.7 * place) for place, code in enumerate(REGIONS)])
    one, all_at_once = (judged(store, "trust_overall", ranks=kind) for kind in ("marginal", "simultaneous"))
    widths = [[rows[code]["rank_high"] - rows[code]["rank_low"] for rows in (one, all_at_once)] for code in REGIONS]
    assert all(narrow <= wide for narrow, wide in widths)
    assert any(narrow < wide for narrow, wide in widths)


def test_value_without_interval_is_never_similar(store: Store) -> None:
    nki = {"indicator": "nki_phone", "period": "2023"}
    publish(store, [{**nki, "region": "22", "value": 83.0}, {**nki, "region": "00", "value": 78.0}])
    rows = judged(store, "nki_phone")
    row, nation = rows["22"], rows["00"]
    assert (row["judgement"], row["level"], row["unassessed"], row["difference"]) == (
        "not_assessable",
        None,
        "no_interval",
        5.0,
    )
    assert (nation["judgement"], nation["unassessed"], nation["difference"]) == (None, "", None)


def test_group_mean_is_weighted_by_people_or_not_on_request(store: Store) -> None:
    publish(store, [trust("24", 70.0), trust("25", 60.0), trust("23", 65.0), trust("22", 55.0), trust("01", 90.0)])
    people = [catalogue().regions[code].population_at(2022) or 0 for code in ("22", "23", "24", "25")]
    weighted = sum(p * v for p, v in zip(people, (55.0, 65.0, 70.0, 60.0), strict=True)) / sum(people)
    assert judged(store, "trust_overall", benchmark="group:norr")["25"]["benchmark_value"] == pytest.approx(weighted)
    plain = judged(store, "trust_overall", benchmark="group:norr:unweighted")["25"]
    assert (plain["benchmark_value"], plain["difference"]) == (62.5, -2.5)
    nobody = judged(store, "trust_overall", benchmark="group:sydost")["25"]
    assert [nobody[name] for name in ("judgement", "unassessed", "route", "benchmark_value", "difference")] == [
        "not_assessable",
        "no_whole",
        "",
        None,
        None,
    ]


def test_a_groups_mean_is_of_those_of_it_that_have_a_figure(store: Store) -> None:
    publish(store, [trust("24", 70.0), trust("25", 60.0), trust("23", 65.0), trust("22", None)])
    plain = judged(store, "trust_overall", benchmark="group:norr:unweighted")
    assert {code: (row["benchmark_value"], row["difference"]) for code, row in plain.items() if code != "00"} == {
        "24": (65.0, 5.0),
        "25": (65.0, -5.0),
        "23": (65.0, 0.0),
        "22": (65.0, None),
    }


def test_another_region_is_compared_by_newcombes_interval(store: Store) -> None:
    """Newcombe 1998, method 10, on 1 000 / 1.2 assumed answers each, by hand."""
    publish(store, [trust("24", 70.0), trust("25", 60.0)])
    n, z = 1000 / 1.2, 1.959963984540054
    (l1, u1), (l2, u2) = wilson(0.6, n, z), wilson(0.7, n, z)
    expected = (-0.1 - math.hypot(0.6 - l1, u2 - 0.7), -0.1 + math.hypot(u1 - 0.6, 0.7 - l2))
    row = judged(store, "trust_overall", benchmark="region:24")["25"]
    assert (row["diff_low"], row["diff_high"]) == pytest.approx((100 * expected[0], 100 * expected[1]))
    assert (row["judgement"], row["route"]) == ("worse", "two_samples")


def test_a_region_is_not_judged_against_itself(store: Store) -> None:
    publish(store, [trust("24", 70.0), trust("25", 60.0)])
    row = judged(store, "trust_overall", benchmark="region:24")["24"]
    assert (row["judgement"], row["unassessed"]) == ("not_assessable", "itself")


def test_own_earlier_period_is_compared_region_by_region(store: Store) -> None:
    publish(store, [trust("25", 60.0, "2021"), trust("25", 70.0), trust("24", 65.0)])
    rows = judged(store, "trust_overall", benchmark="period:2021")
    assert (rows["25"]["difference"], rows["25"]["judgement"]) == (10.0, "better")
    assert (rows["24"]["judgement"], rows["24"]["unassessed"]) == ("not_assessable", "no_value_there")


@pytest.mark.parametrize(
    ("benchmark", "reason", "there"),
    [
        ("region:24", "no_value_there", None),
        ("region:20", "no_value_there", None),
        ("region:01", "no_interval_there", 62.0),
        ("riket", "no_whole", None),
    ],
)
def test_what_is_compared_with_must_have_a_figure_and_an_interval(
    store: Store, benchmark: str, reason: str, there: float | None
) -> None:
    index = {"indicator": "nki_phone", "period": "2022"}
    values: dict[str, float | None] = {"25": 60.0, "24": None, "01": 62.0}
    known = {"25": {"ci_low": 58.0, "ci_high": 62.0}, "24": {"reason": "missing"}}
    publish(store, [{**index, "region": code, "value": value, **known.get(code, {})} for code, value in values.items()])
    row = judged(store, "nki_phone", benchmark=benchmark)["25"]
    difference = None if there is None else 60.0 - there
    assert [row[name] for name in ("judgement", "unassessed", "benchmark_value", "difference")] == [
        "not_assessable",
        reason,
        there,
        difference,
    ]


ANOTHER_QUESTION = [
    ("eservices_1177_positive", "2020", "period:2019"),  # trust in 1177 became attitude to its e-services
    ("trust_primary_care", "2016", "period:2015"),  # Vårdbarometern became Hälso- och sjukvårdsbarometern
]


@pytest.mark.parametrize(("indicator", "period", "benchmark"), ANOTHER_QUESTION)
def test_period_only_the_predecessor_has_is_another_question(
    store: Store, indicator: str, period: str, benchmark: str
) -> None:
    publish(store, [{"indicator": indicator, "region": "25", "period": period, "value": 60.0}])
    row = judged(store, indicator, benchmark=benchmark)["25"]
    assert (row["judgement"], row["unassessed"], row["difference"]) == ("not_assessable", "other_question", None)


def test_break_between_the_periods_makes_them_incomparable(store: Store) -> None:
    call = {"indicator": "calls_share_answered", "numerator": 80, "denominator": 100, "value": 80.0}
    publish(store, [{**call, "region": region, "period": year} for region in ("24", "25") for year in ("2017", "2018")])
    rows = judged(store, "calls_share_answered", benchmark="period:2017")
    assert (rows["25"]["judgement"], rows["25"]["unassessed"]) == ("not_assessable", "break")
    assert rows["24"]["judgement"] == "similar"


def test_target_that_nobody_has_set_is_a_reason_and_no_judgement(store: Store) -> None:
    publish(store, [trust("25", 60.0)])
    row = judged(store, "trust_overall", benchmark="target")["25"]
    assert (row["judgement"], row["unassessed"]) == ("not_assessable", "no_target")


@pytest.mark.parametrize("printed", ["grannen", "group:okänd", "region:", "period:i fjol", "group:six:olika"])
def test_benchmark_nobody_knows_is_refused(printed: str) -> None:
    with pytest.raises(UnknownChoice):
        chosen_benchmark(printed)


def test_benchmark_reads_names_synonyms_and_printed_periods() -> None:
    assert chosen_benchmark("group:De sex regionerna") == Benchmark("group", "six")
    assert chosen_benchmark("region:NLL") == Benchmark("region", "25")
    assert chosen_benchmark("period:2017 oktober").text == "period:2017-10"
    assert chosen_benchmark("group:norr:unweighted").text == "group:norr:unweighted"
    assert chosen_benchmark("region:Riket") == Benchmark("riket")


bound = st.floats(-50, 50)


@given(bound, bound, st.floats(0, 5))
def test_judgement_flips_with_the_direction(one: float, other: float, wider: float) -> None:
    low, high = sorted((one, other))
    up = judge(low, high, low - wider, high + wider, "higher_is_better")
    down = judge(low, high, low - wider, high + wider, "lower_is_better")
    flipped = {"better": "worse", "worse": "better", "similar": "similar"}
    assert down == (flipped[up[0]], up[1])


def test_as_of_now_and_current_agree_for_every_indicator(sample_store: Store) -> None:
    tomorrow = date.today() + timedelta(days=1)
    for indicator in indicators_with_figures(sample_store):
        now = compare_regions(sample_store, indicator).rows
        then = compare_regions(sample_store, indicator, as_of=tomorrow).rows
        assert now.equals(then), indicator


@given(st.floats(0, 100), st.integers(30, 5000))
def test_interval_holds_the_printed_value_and_stays_inside_0_to_100(value: float, base: int) -> None:
    printed = round(value, 1)
    frame = pl.DataFrame(
        {"value": [printed], "base_n": [float(base)], "code": ["25"], "period": ["2015"], "sex": ["T"]}
    )
    blank = {"numerator": None, "denominator": None, "ci_low": None, "ci_high": None}
    rows = frame.with_columns(
        *(pl.lit(empty, dtype=pl.Float64).alias(name) for name, empty in blank.items()), flags=pl.lit("")
    )
    found = with_evidence(rows, catalogue().indicators["trust_vardcentral"]).row(0, named=True)
    assert 0 <= found["ci_low"] <= printed + 0.05
    assert printed - 0.05 <= found["ci_high"] <= 100
    assert found["evidence"] == "computed"


def test_nothing_published_has_the_columns_and_types_of_a_judged_table(store: Store) -> None:
    empty = compare_regions(store, "trust_overall").rows
    publish(store, [trust("25", 60.0), trust("00", 61.0)])
    filled = compare_regions(store, "trust_overall").rows
    assert empty.select(JUDGEMENT_COLUMNS).schema == filled.select(JUDGEMENT_COLUMNS).schema
