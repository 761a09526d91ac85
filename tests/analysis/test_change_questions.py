"""Several questions about change, each with its own test and its own true reason (methods §4)."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from scipy.stats import chi2, norm
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.change.questions import Change, RegionChanges, region_changes
from analysis.change.waves import Letter
from analysis.comparison import compare_regions, series_over_time
from indicators import catalogue
from models import Store
from tests.publishing import publish
from wording.change import change_row, change_text

QUESTIONS = ["since_last", "since_before_pandemic", "since_audit", "beside_nation", "steady", "varied"]
LETTER = Letter(date(2021, 3, 26), "decided")
BASE = 1000 / 1.2  # the barometer's assumed base, effective


def trust(values: dict[str, float], region: str = "25", **more: Any) -> list[dict[str, Any]]:
    return [
        {"indicator": "trust_overall", "region": region, "period": period, "value": value, **more}
        for period, value in values.items()
    ]


def years(*values: float, first: int = 2016) -> dict[str, float]:
    return {str(first + at): value for at, value in enumerate(values)}


def one(changes: RegionChanges, question: str, first: str | None = None) -> Change:
    (found,) = [each for each in changes.of(question) if first in (None, each.first)]
    return found


def asked(store: Store, **more: Any) -> RegionChanges:
    return region_changes(store, "trust_overall", "25", **more)


# What the sample data are known to say (methods §4)


def test_every_question_is_answered_in_order_with_norrbottens_known_figures(store_of_2023: Store) -> None:
    changes = asked(store_of_2023, letter=Letter(date(2021, 5, 20), "reply_due"))
    assert list(dict.fromkeys(each.question for each in changes.rows)) == QUESTIONS
    assert [(each.first, each.last) for each in changes.of("since_audit")] == [("2020", "2023"), ("2019", "2023")]
    assert {(each.first, each.last) for each in changes.of("beside_nation")} == {
        ("2022", "2023"),
        ("2019", "2023"),
        ("2020", "2023"),
    }
    assert "riket −8,5, regionen −13,0" in change_text(one(changes, "beside_nation", "2020"))
    varied = one(changes, "varied")
    assert (varied.highest, varied.highest_at, varied.lowest, varied.lowest_at) == (62.9, "2020", 48.3, "2022")
    assert "har varierat mer än slumpen ger: högst 62,9 (2020), lägst 48,3 (2022)" in change_text(varied)
    assert "2022 48,3 → 2023 49,9" in change_text(one(changes, "since_last"))


def test_a_wave_kept_out_by_a_remark_ends_no_window(sample_store: Store) -> None:
    """2024 is printed and judged by nobody: the last step is 2023 to 2025."""
    changes = asked(sample_store)
    last = one(changes, "since_last")
    assert (last.first, last.last, last.value_from, last.value_to) == ("2023", "2025", 49.9, 48.8)
    assert all("2024" not in (each.first, each.last) for each in changes.rows)


def test_vastra_gotaland_is_not_increasing(store_of_2023: Store) -> None:
    changes = region_changes(store_of_2023, "trust_overall", "14")
    steady = one(changes, "steady")
    assert (steady.verdict, steady.reason) == ("none", "not_a_line")
    assert "stadigt" not in " ".join(change_text(each) for each in changes.rows)


def test_most_of_what_moves_is_national(store_of_2023: Store) -> None:
    """Of the 882 consecutive steps of the six measures asked since 2016, 69 differ from the nation's at 95 % and 5 at
    99.8 % with the binomial variance p(1 − p)/n; one more at 95 % with the variance that Wilson's interval implies."""
    known = (
        "access_needed_care",
        "trust_hospital",
        "trust_overall",
        "trust_primary_care",
        "wait_hospital_reasonable",
        "wait_primary_reasonable",
    )
    tables = [{year: plain_table(store_of_2023, one, year) for year in range(2016, 2024)} for one in known]
    for from_interval, expected in ((False, [69, 5]), (True, [70, 5])):
        steps = []
        for table in tables:
            for code in catalogue().region_codes:
                gaps = [plain_gap(table[year], code, from_interval=from_interval) for year in range(2016, 2024)]
                steps += [abs(now - then) / (v + w) ** 0.5 for (then, v), (now, w) in pairwise(gaps)]
        assert len(steps) == 882
        assert [sum(step > z for step in steps) for z in (norm.ppf(0.975), norm.ppf(0.999))] == expected


def plain_table(store: Store, indicator: str, year: int) -> dict[str, Any]:
    rows = compare_regions(store, indicator, str(year)).rows.to_dicts()
    return {row["code"]: row for row in rows} | {"year": year}


def plain_gap(table: dict[str, Any], code: str, *, from_interval: bool = True) -> tuple[float, float]:
    """The plain twin of rule 4: the region less the nation, and the variance of that."""
    known = catalogue()
    people = {each: known.regions[each].population_at(table["year"]) or 0 for each in known.region_codes}
    total = sum(people.values())
    variance = 0.0
    for each in known.region_codes:
        value, share = table[each]["value"], people[each] / total
        spread = (table[each]["ci_high"] - table[each]["ci_low"]) / (2 * norm.ppf(0.975))
        own = spread**2 if from_interval else value * (100 - value) / BASE
        variance += ((1 - share) if each == code else share) ** 2 * own
    return table[code]["value"] - table["00"]["value"], variance


def test_the_beside_nation_row_is_the_plain_twins(store_of_2023: Store) -> None:
    row = one(asked(store_of_2023), "beside_nation", "2019")
    tables = [plain_table(store_of_2023, "trust_overall", year) for year in (2023, 2019)]
    (gap, variance), (before, variance_before) = (plain_gap(table, "25") for table in tables)
    half = norm.ppf(0.975) * (variance + variance_before) ** 0.5
    moved = gap - before
    assert (row.difference, row.low, row.high) == pytest.approx((moved, moved - half, moved + half))


# Each question by itself


@pytest.mark.parametrize(
    ("values", "verdict", "level"),
    [
        (years(50.0, 60.0, first=2022), "increasing", 99.8),
        (years(50.0, 54.9, first=2022), "increasing", 95),
        (years(50.0, 54.5, first=2022), "none", None),
        (years(60.0, 50.0, first=2022), "decreasing", 99.8),
    ],
)
def test_a_step_is_newcombes_interval(
    store: Store, values: dict[str, float], verdict: str, level: float | None
) -> None:
    publish(store, trust(values))
    row = one(asked(store), "since_last")
    x, y = (value / 100 * BASE for value in values.values())
    low, high = confint_proportions_2indep(y, BASE, x, BASE, method="newcomb")
    assert (row.verdict, row.level) == (verdict, level)
    assert (row.low, row.high) == pytest.approx((100 * low, 100 * high), rel=1e-6)


BEFORE_PANDEMIC = [
    (years(50, 51, 52, 53, 60, 59, 51, 50), "2019", ""),  # 2016–2023
    ({"2018": 50.0, "2021": 60.0}, "2018", ""),  # the latest wave is hard to compare itself
    ({"2022": 50.0, "2023": 51.0}, None, "no_noted_waves"),
    ({"2020": 50.0, "2023": 51.0}, None, "no_wave_before"),
    ({"2018": 50.0, "2019": 51.0}, None, "no_noted_waves"),
]


@pytest.mark.parametrize(("values", "first", "reason"), BEFORE_PANDEMIC)
def test_before_the_pandemic_is_the_last_wave_before_those_hard_to_compare(
    store: Store, values: dict[str, float], first: str | None, reason: str
) -> None:
    publish(store, trust(values))
    row = one(asked(store), "since_before_pandemic")
    assert row.first == first
    assert (row.verdict == "not_assessable") == bool(reason)
    if reason:
        assert row.reason == reason


def test_a_comparison_with_a_wave_hard_to_compare_says_so_in_its_sentence(store: Store) -> None:
    publish(store, trust({"2019": 50.0, "2020": 60.0}))
    changes = asked(store)
    noted = catalogue().wave(catalogue().indicators["trust_overall"], "2020")
    assert noted is not None
    assert noted.comparability is not None
    for question in ("since_last", "since_before_pandemic"):
        assert noted.comparability.sv in change_text(one(changes, question))


AUDITS = [
    (date(2021, 1, 1), ["2020", "2019"]),  # 2020 ended on 31 December, the day before
    (date(2020, 12, 31), ["2019"]),  # on the last day of the wave it had not ended
    (date(2022, 6, 1), ["2021", "2019"]),
    (date(2023, 1, 1), ["2022"]),
]


@pytest.mark.parametrize(("day", "firsts"), AUDITS)
def test_since_the_audit_is_from_the_last_wave_whose_fieldwork_had_ended(
    store: Store, day: date, firsts: list[str]
) -> None:
    publish(store, trust(years(50, 51, 52, 53, 60, 59, 51, 50)))
    rows = asked(store, letter=Letter(day, "given")).of("since_audit")
    assert [row.first for row in rows] == firsts


@pytest.mark.parametrize(
    ("letter", "reason"),
    [
        (None, "no_audit_date"),
        (Letter(date(2010, 1, 1), "given"), "no_wave_before"),
        (Letter(date(2025, 1, 1), "given"), "no_wave_after"),
    ],
)
def test_since_the_audit_without_an_answer_has_its_reason(store: Store, letter: Letter | None, reason: str) -> None:
    publish(store, trust(years(50, 51, 52, 53, 60, 59, 51, 50)))
    row = one(asked(store, letter=letter), "since_audit")
    assert (row.verdict, row.reason) == ("not_assessable", reason)


def test_riket_is_not_compared_with_itself(sample_store: Store) -> None:
    rows = region_changes(sample_store, "trust_overall", "Riket").of("beside_nation")
    assert {(row.verdict, row.reason) for row in rows} == {("not_assessable", "is_nation")}


def test_what_only_the_predecessor_has_is_another_question(sample_store: Store) -> None:
    changes = region_changes(sample_store, "eservices_1177_positive", "25", letter=LETTER)
    reasons = {row.question: row.reason for row in changes.rows if row.first is None}
    assert reasons["since_before_pandemic"] == reasons["since_audit"] == "other_question"
    known = catalogue().indicators["eservices_1177_positive"].predecessor
    assert known is not None
    assert known.reason.sv.rstrip(".") in change_text(one(changes, "since_before_pandemic"))


def test_a_break_ends_every_window_and_is_given_as_the_reason(store: Store) -> None:
    share = {"indicator": "calls_share_answered", "region": "25", "denominator": 1000}
    values = {2014: 700, 2015: 700, 2016: 720, 2017: 740, 2018: 850}
    publish(store, [{**share, "period": str(year), "value": x / 10, "numerator": x} for year, x in values.items()])
    changes = region_changes(store, "calls_share_answered", "25")
    last = one(changes, "since_last")
    assert (last.first, last.last, last.reason) == ("2017", "2018", "break")
    assert "Region Norrbotten gick in i den nationella telefontjänsten 2018" in change_text(last)
    assert [one(changes, question).reason for question in ("steady", "varied")] == ["too_few_points"] * 2
    # No line crosses it either.
    rows = series_over_time(store, "calls_share_answered", regions=["25"]).rows
    assert rows["stretch"].to_list()[:4] == [rows["stretch"][0]] * 4
    assert rows["stretch"][4] != rows["stretch"][3]


def test_reasons_are_the_true_ones(store: Store) -> None:
    rows = [
        {
            "indicator": "nki_phone",
            "region": "22",
            "period": str(year),
            "value": 80.0,
            **({"ci_low": 79.0, "ci_high": 81.0} if year in (2016, 2019, 2023) else {}),
        }
        for year in range(2016, 2024)
    ]
    publish(store, rows)
    changes = region_changes(store, "nki_phone", "22")
    assert "bara 3 av 8 mätningar har intervall" in change_text(one(changes, "steady"))
    assert "det finns inget intervall för 2022" in change_text(one(changes, "since_last"))


# Steady, varied, settled


STEADY = [
    (years(48, 50, 52, 54, 56), "increasing", None),
    (years(56, 54, 52, 50, 48), "decreasing", None),
    (years(50, 50, 50, 50, 50), "none", "not_significant"),
    (years(50, 50, 50, 62, 62, 62), "none", "not_a_line"),  # a step is no line
    (years(46, 50, 54, 58, 62, 56.5), "none", "not_a_line"),  # it has turned
    (years(50, 52, 54, 56), "not_assessable", "too_few_points"),
    (years(0.1, 0.1, 0.1, 0.1, 0.1), "not_assessable", "small_expected"),
]


@pytest.mark.parametrize(("values", "verdict", "reason"), STEADY)
def test_steady_only_where_every_condition_holds(
    store: Store, values: dict[str, float], verdict: str, reason: str | None
) -> None:
    publish(store, trust({str(2010 + at): value for at, value in enumerate(values.values())}, base_n=1000))
    row = one(asked(store), "steady")
    assert (row.verdict, row.reason) == (verdict, reason)
    assert (row.slope is None) == (verdict == "not_assessable")
    assert (row.difference, row.low, row.high) == (None, None, None)


def test_a_direction_that_the_noted_waves_carry_is_not_steady(store: Store) -> None:
    # 2016–2021: level but for 2020 and 2021.
    publish(store, trust(years(50, 50.5, 49.5, 50, 55, 58)))
    row = one(asked(store), "steady")
    assert row.verdict == "none"
    assert row.reason in ("noted_years", "sign_not_stable", "not_a_line")


def test_varied_is_the_chi_square_of_homogeneity(store: Store) -> None:
    values = years(50, 58, 50, 58, 50)
    publish(store, trust(values, base_n=1000))
    row = one(asked(store), "varied")
    mean = sum(values.values()) / 500
    statistic = sum((value / 100 - mean) ** 2 for value in values.values()) * (1000 / 1.2) / (mean * (1 - mean))
    assert (chi2.sf(statistic, 4) < 0.002) == (row.verdict == "varied")
    assert (row.verdict, row.level, row.highest, row.lowest) == ("varied", 99.8, 58.0, 50.0)


def test_no_established_change_is_said_only_where_every_question_is_answered_with_no(store: Store) -> None:
    publish(store, trust(years(50, 50.2, 50, 50.3, 50.1, 50, 50.2, 50)))
    changes = asked(store)
    assert {row.verdict for row in changes.rows if row.question not in ("since_audit", "beside_nation")} == {"none"}
    assert "ingen säkerställd förändring i Region Norrbotten: 2016 50,0 → 2023 50,0" in change_text(
        one(changes, "steady")
    )
    # A letter that asks one question more, which is answered with yes, takes the sentence away.
    publish(store, trust({"2020": 58.0}, region="25"))
    told = [change_text(row) for row in asked(store, letter=LETTER).rows]
    assert not any("ingen säkerställd förändring" in each for each in told)
    assert any("ingen stadig trend" in each for each in told)


def test_two_waves_are_no_settled_series(store: Store) -> None:
    publish(store, trust(years(50, 50, first=2022)))
    told = " ".join(change_text(row) for row in asked(store).rows)
    assert "ingen säkerställd förändring" not in told
    assert "ingen säker skillnad i Region Norrbotten mot förra mätningen: 2022 50,0 → 2023 50,0" in told


# What stands beside a wave


def test_a_wave_that_is_not_judged_is_passed_over_and_ends_no_window(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, trust(years(48, 50, 52, 54, 99, 58, first=2010), base_n=1000))
    with_remark(monkeypatch, "2014")
    changes = asked(store)
    last = one(changes, "since_last")
    assert (last.first, last.last, last.left_out) == ("2013", "2015", ("2014",))
    assert "2014 bedöms inte" in change_text(last)
    steady = one(changes, "steady")
    assert (steady.verdict, steady.known) == ("increasing", 5)
    assert one(changes, "varied").reason == "steady"


def test_a_latest_wave_that_is_not_judged_is_not_the_latest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(store, trust(years(48, 50, 99, first=2010), base_n=1000))
    with_remark(monkeypatch, "2012")
    last = one(asked(store), "since_last")
    assert (last.first, last.last, last.left_out) == ("2010", "2011", ("2012",))


def with_remark(monkeypatch: pytest.MonkeyPatch, period: str) -> None:
    import polars as pl

    import analysis.comparison as comparison

    known = comparison._with_stretches

    def remarked(*asked: Any) -> pl.DataFrame:
        rows = known(*asked)
        out = pl.when(pl.col("period") == period).then(pl.lit("not_judged")).otherwise(pl.lit(""))
        return rows.with_columns(remark=out)

    monkeypatch.setattr(comparison, "_with_stretches", remarked)


def test_half_years_are_compared_with_the_same_season(store: Store) -> None:
    share = {"indicator": "primary_care_phone_share", "region": "24", "denominator": 1000}
    values = {"2016-H2": 90, "2017-H1": 70, "2017-H2": 95, "2018-H1": 70}
    publish(store, [{**share, "period": key, "value": x, "numerator": 10 * x} for key, x in values.items()])
    row = one(region_changes(store, "primary_care_phone_share", "24"), "since_last")
    assert (row.first, row.last, row.difference) == ("2017-H1", "2018-H1", 0.0)


def test_a_monthly_series_is_one_row(sample_store: Store) -> None:
    changes = region_changes(sample_store, "primary_care_phone_share", "25")
    assert [row.question for row in changes.rows] == ["latest_month"]


def test_a_row_has_exactly_the_keys_that_are_promised(sample_store: Store) -> None:
    rows = [change_row(row) for row in asked(sample_store, letter=LETTER).rows]
    assert {tuple(row) for row in rows} == {
        (
            "indicator",
            "region",
            "sex",
            "question",
            "from",
            "to",
            "value_from",
            "value_to",
            "difference",
            "low",
            "high",
            "slope",
            "highest",
            "lowest",
            "level",
            "verdict",
            "reason",
            "text",
            "notes",
        )
    }
    assert any(note.startswith("a: ") for row in rows for note in row["notes"])
    assert any("700" in note and "2 000" in note.replace("\xa0", " ") for row in rows for note in row["notes"])


def test_nothing_published_is_every_question_without_an_answer(store: Store) -> None:
    rows = asked(store).rows
    assert [row.question for row in rows] == QUESTIONS
    assert {row.verdict for row in rows} == {"not_assessable"}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_sentence_names_its_two_ends_with_values(sample_store: Store, language: str) -> None:
    for code in ("25", "14", "00"):
        for row in (
            asked(sample_store, letter=LETTER).rows
            if code == "25"
            else region_changes(sample_store, "trust_overall", code).rows
        ):
            if row.verdict != "not_assessable":
                said = change_text(row, language)
                assert f"{row.first} " in said
                assert f"→ {row.last} " in said
