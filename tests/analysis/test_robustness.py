"""From which base a mark holds and what would turn it: held against judging the whole table anew (methods §9)."""

import math
from typing import Any

import polars as pl
import pytest

from analysis import Comparison, compare_regions, periods_available
from analysis.benchmarks import chosen_benchmark
from analysis.comparison import judged_table
from analysis.figures import figures_of
from analysis.judgement import with_estimates
from analysis.methods.equivalence import too_thin, with_equivalence
from analysis.methods.intervals import Z90, Z95, wilson_arrays
from analysis.reach import told_at
from analysis.robustness import MOST
from indicators import NATION, catalogue, period_of
from models import Store
from tests.publishing import publish

FIVE = ("trust_overall", "trust_hospital", "trust_primary_care", "access_needed_care", "eservices_1177_positive")


def row_of(store: Store, code: str, indicator: str = "trust_overall", **choices: Any) -> dict[str, Any]:
    return compare_regions(store, indicator, **choices).rows.row(by_predicate=pl.col("code") == code, named=True)


def moved(figures: pl.DataFrame, base: int, only: str | None = None) -> pl.DataFrame:
    """The figures as they would be with another assumed base, for all regions or `only` one."""
    assumed = (pl.col("evidence") == "assumed") & (pl.col("code") != NATION)
    assumed = assumed if only is None else assumed & (pl.col("code") == only)
    effective = base / figures["design_effect"].to_numpy()
    low, high = wilson_arrays(figures["share"].to_numpy(), effective, Z95)
    return figures.with_columns(
        n_eff=pl.when(assumed).then(pl.Series(effective)).otherwise("n_eff"),
        ci_low=pl.when(assumed).then(pl.Series(100 * low)).otherwise("ci_low"),
        ci_high=pl.when(assumed).then(pl.Series(100 * high)).otherwise("ci_high"),
    )


def told(figures: pl.DataFrame, period: str, benchmark: str, level: float, code: str) -> dict[str, Any]:
    """The region's row, everything judged from these figures."""
    indicator, against = catalogue().indicators[figures["indicator"][0]], chosen_benchmark(benchmark)
    judged = judged_table(figures, indicator, period_of(period), against, "marginal")
    earlier = with_estimates(figures.filter(period=against.key)) if against.kind == "period" else None
    rows = told_at(judged, indicator, period_of(period), against, level, earlier)
    return rows.row(by_predicate=pl.col("code") == code, named=True)


@pytest.mark.parametrize("level", [95, 99.8])
@pytest.mark.parametrize("benchmark", ["riket", "group:six", "group:norr:unweighted", "region:24", "period:2022"])
def test_the_word_turns_at_the_base_that_is_named(sample_store: Store, benchmark: str, level: float) -> None:
    indicator = catalogue().indicators["access_needed_care"]
    figures = figures_of(sample_store, indicator, sex="T")
    rows = compare_regions(sample_store, indicator.id, "2023", benchmark=benchmark, level=level).rows
    tried = 0
    for row in rows.filter(pl.col("code").is_in(["25", "20", "05", "01"])).iter_rows(named=True):
        for own, names in ((None, ("holds_from", "flips_at")), (row["code"], ("holds_from_own", "flips_at_own"))):
            turning = row[names[0]] or row[names[1]]
            if turning is None:
                continue
            at, before = (
                told(moved(figures, base, own), "2023", benchmark, level, row["code"])["judgement"]
                for base in (turning, max(turning - 1, 1))
            )
            tried += 1
            assert at != "similar"
            assert before == "similar" or turning == 1
            assert (row[names[0]] is not None) == (row["judgement"] != "similar")
    assert tried >= 4


def test_tested_likeness_holds_from_the_base_that_is_named(sample_store: Store) -> None:
    figures = figures_of(sample_store, catalogue().indicators["access_needed_care"], sex="T")
    rows = compare_regions(sample_store, "access_needed_care", "2023").rows.filter(equivalence="tested")
    assert rows["equivalence_holds_from"].to_list() == [310, 698, 545]
    for code, base in rows.select("code", "equivalence_holds_from").iter_rows():
        at, before = (told(moved(figures, one), "2023", "riket", 95, code)["equivalence"] for one in (base, base - 1))
        assert (at, before) == ("tested", "not_shown")


def test_norrbotten_2023_holds_from_97_together_and_88_alone(sample_store: Store) -> None:
    row = row_of(sample_store, "25", period="2023")
    assert (row["judgement"], row["holds_from"], row["holds_from_own"]) == ("worse", 97, 88)
    assert (row["flips_at"], row["flips_at_own"], row["equivalence_holds_from"]) == (None, None, None)


def test_a_fifth_of_the_words_turn_between_700_and_2000(sample_store: Store) -> None:
    """methods §9: 21 % of the words of 2016–2023."""
    barometer = [one.id for one in catalogue().indicators.values() if one.survey == "barometer"]
    rows = pl.concat(
        compare_regions(sample_store, one, period.key).rows.filter(pl.col("judgement") != "not_assessable")
        for one in barometer
        for period in periods_available(sample_store, one)
        if 2016 <= period.start.year <= 2023
    )
    turning = pl.coalesce("holds_from", "flips_at")
    share = rows.select(((turning > 700) & (turning <= 2000)).fill_null(False).mean()).item()
    assert round(100 * share) == 21


def test_a_base_that_is_published_or_computed_has_nothing_to_move(store: Store) -> None:
    trust: dict[str, Any] = {"indicator": "trust_overall", "period": "2022"}
    values = {code: 60.0 + place % 7 for place, code in enumerate(catalogue().region_codes)}
    values |= {"25": 50.0, "24": 50.0}
    known = {"25": {"base_n": 900}, "24": {"ci_low": 47.0, "ci_high": 53.0}}
    rows = [{**trust, "region": code, "value": value, **known.get(code, {})} for code, value in values.items()]
    publish(store, [*rows, {**trust, "region": "00", "value": 62.0}])
    shown = compare_regions(store, "trust_overall", "2022").rows
    names = ("holds_from", "flips_at", "holds_from_own", "flips_at_own", "equivalence_holds_from")
    for code in ("25", "24", "00"):
        assert set(shown.filter(code=code).select(names).row(0)) == {None}
    others = shown.filter(evidence="assumed").filter(pl.col("code") != "00")
    assert others.select(pl.coalesce("holds_from", "flips_at")).to_series().drop_nulls().len() > 10


def test_published_variances_stay_while_the_assumed_are_moved(store: Store) -> None:
    """One region's own thin base widens Riket's part of every difference, however many answer elsewhere."""
    trust: dict[str, Any] = {"indicator": "trust_overall", "period": "2022"}
    rows = [{**trust, "region": code, "value": 60.0} for code in catalogue().region_codes if code not in ("01", "25")]
    rows += [{**trust, "region": "01", "value": 60.0, "base_n": 20}, {**trust, "region": "25", "value": 62.0}]
    publish(store, [*rows, {**trust, "region": "00", "value": 60.0}])
    row = row_of(store, "25")
    assert (row["judgement"], row["flips_at"]) == ("similar", None)  # Stockholm's 20 answers are never more
    assert row["evidence"] == "assumed"


def test_no_difference_at_all_is_told_apart_by_no_base(store: Store) -> None:
    trust: dict[str, Any] = {"indicator": "trust_overall", "period": "2022"}
    publish(store, [{**trust, "region": code, "value": 60.0} for code in (*catalogue().region_codes, "00")])
    row = row_of(store, "25")
    assert (row["judgement"], row["flips_at"], row["flips_at_own"]) == ("similar", None, None)
    assert MOST == 100_000


def test_a_stricter_reader_is_told_what_holds_at_his_level(sample_store: Store) -> None:
    usual, strict = (row_of(sample_store, "07", period="2023", level=level) for level in (95, 99.8))
    assert (usual["judgement"], usual["level"], usual["holds_from"]) == ("worse", 95, 596)
    assert (strict["judgement"], strict["level"], strict["flips_at"]) == ("similar", None, 1487)
    # (z + 0.84)·SE: at 99.8 % the same survey sees only larger differences.
    assert strict["detectable"] / usual["detectable"] == pytest.approx((3.0902323 + 0.84) / (1.9599640 + 0.84))


JUST = Z90 / Z95  # the 90 % bound of a difference of 0 whose 95 % bound is 1


@pytest.mark.parametrize(
    ("row", "margin", "told"),  # told: detectable?, margin, equivalence
    [
        (("similar", 0.0, -1.0, 1.0, "", "25"), 1.0, (True, 1.0, "tested")),
        (("similar", 0.0, -1.0, 0.5, "", "25"), JUST, (True, JUST, "not_shown")),  # the lower bound just reaches it
        (("similar", 0.0, -0.5, 1.0, "", "25"), JUST, (True, JUST, "not_shown")),
        (("similar", 0.0, -1.0, 1.0, "target", "25"), 1.0, (True, 1.0, None)),  # a target is no other region
        (("similar", 0.0, -1.0, 1.0, "", "25"), None, (True, None, None)),
        (("worse", -3.0, -4.0, -2.0, "", "25"), 1.0, (True, 1.0, None)),
        (("not_assessable", 0.0, -1.0, 1.0, "", "25"), 1.0, (False, 1.0, None)),
        ((None, 0.0, -1.0, 1.0, "", "25"), 1.0, (False, 1.0, None)),
        (("similar", 0.0, -1.0, 1.0, "", "00"), 1.0, (True, None, "tested")),  # Riket's own row shows no margin
    ],
)
def test_likeness_is_claimed_only_of_what_is_similar_and_tested(
    row: tuple[Any, ...], margin: float | None, told: tuple[bool, float | None, str | None]
) -> None:
    names = ("judgement", "difference", "diff_low", "diff_high", "route", "code")
    texts = dict.fromkeys(("judgement", "route", "code"), pl.String)
    judged = pl.DataFrame([dict(zip(names, row, strict=True))], schema_overrides=texts)
    found = with_equivalence(judged, margin, 95)
    assert found.schema["margin"] == pl.Float64
    [(detectable, shown, equivalence)] = found.select("detectable", "margin", "equivalence").rows()
    assert (detectable is not None, shown, equivalence) == told


def test_half_an_interval_that_just_reaches_the_margin_is_too_thin() -> None:
    assert [too_thin(-Z95, Z95, margin) for margin in (Z90, Z90 + 1e-9)] == [True, False]


def test_eight_of_fifty_three_alike_are_tested_alike_in_five_measures_of_2023(sample_store: Store) -> None:
    rows = pl.concat(compare_regions(sample_store, one, "2023").rows for one in FIVE).filter(judgement="similar")
    assert (rows.height, rows.filter(equivalence="tested").height) == (53, 8)


def test_equivalence_and_what_could_have_been_seen_like_a_plain_twin(sample_store: Store) -> None:
    found: Comparison = compare_regions(sample_store, "eservices_1177_positive", "2023")
    for row in found.rows.filter(pl.col("code") != NATION).iter_rows(named=True):
        se = (row["diff_high"] - row["diff_low"]) / (2 * 1.959963984540054)
        assert row["detectable"] == pytest.approx((1.959963984540054 + 0.84) * se)
        inside = abs(row["difference"]) + 1.6448536269514722 * se < 3
        told = {True: "tested", False: "not_shown"}[inside] if row["judgement"] == "similar" else None
        assert (row["equivalence"], row["margin"]) == (told, 3.0)
        assert math.isfinite(row["detectable"])
