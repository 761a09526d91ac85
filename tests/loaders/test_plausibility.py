"""Each doubt with a file that raises it and one that does not, against a wave of the real barometer."""

from collections.abc import Callable
from functools import cache

import polars as pl
import pytest

from indicators import catalogue
from loaders import check_file
from loaders.checks.published import PublishedFigures
from loaders.plausibility import screen
from loaders.problems import Problem
from models import Store
from models.settings import PROJECT
from tests.publishing import publish, withdraw

BAROMETER = PROJECT / "sample_data" / "barometern_2016_2023_kolada.json"
VALUE = pl.col("value")
Fault = Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]


@cache
def barometer() -> pl.DataFrame:
    return check_file(None, BAROMETER.name, BAROMETER.read_bytes()).observations


def wave(year: int) -> pl.DataFrame:
    return barometer().filter(pl.col("period") == str(year))


def of(indicator: str, region: str | None = None) -> pl.Expr:
    return (pl.col("indicator") == indicator) & (pl.col("region") == region if region else True)


def changed(frame: pl.DataFrame, where: pl.Expr, value: pl.Expr | float) -> pl.DataFrame:
    """`frame` with other values in the rows `where`, printed as they would be."""
    told = frame.with_columns(value=pl.when(where).then(value).otherwise(VALUE).cast(pl.Float64))
    return told.with_columns(printed=pl.when(where).then(pl.col("value").cast(pl.String)).otherwise("printed"))


def copied(frame: pl.DataFrame, indicator: str, source: pl.DataFrame) -> pl.DataFrame:
    """`frame` with the values of `source`, region by region, in place of an indicator's."""
    values = dict(source.select("region", "value").iter_rows())
    return changed(frame, of(indicator), pl.col("region").replace_strict(values, return_dtype=pl.Float64))


def exchanged(frame: pl.DataFrame, column: str, one: str, other: str) -> pl.DataFrame:
    return frame.with_columns(pl.col(column).replace({one: other, other: one}))


def screened(store: Store, published: list[pl.DataFrame], file: pl.DataFrame) -> list[Problem]:
    for part in published:
        publish(store, part.rows(named=True))
    return screen(file, PublishedFigures(store, file), catalogue())


FAULTS: list[tuple[str, Fault, str, str]] = [
    ("another_indicators_values_for_a_whole_year",
     lambda new, _: copied(new, "wait_primary_reasonable", new.filter(of("wait_hospital_reasonable"))),
     "repeated_vector", "repeated_indicator"),
    ("last_years_values_printed_as_this_years",
     lambda new, old: copied(new, "access_needed_care", old.filter(of("access_needed_care"))),
     "repeated_vector", "repeated_period"),
    ("a_nation_no_mean_of_the_regions_can_give",
     lambda new, _: changed(new, of("trust_hospital", "00"), VALUE + 1), "nation", "nation_off_mean"),
    ("a_nation_below_every_region",
     lambda new, _: changed(new, of("trust_hospital", "00"), 40.0), "nation", "nation_outside"),
    ("two_national_figures_swapped",
     lambda new, _: pl.concat([new.filter(pl.col("region") != "00"),
                               exchanged(new.filter(pl.col("region") == "00"), "indicator", "trust_hospital",
                                         "access_needed_care")]),
     "nation", "nations_swapped"),
    ("one_region_fifteen_points_up",
     lambda new, _: changed(new, of("trust_hospital", "12"), VALUE + 15), "change", "change"),
    ("every_region_a_third", lambda new, _: changed(new, of("trust_hospital"), VALUE / 3), "change", "change_together"),
    ("two_indicators_under_each_others_names",
     lambda new, _: exchanged(new, "indicator", "trust_hospital", "trust_overall"), "gap", ""),
    ("shares_of_one_in_a_file_of_their_own",
     lambda new, _: changed(new, of("trust_hospital"), VALUE / 100).filter(of("trust_hospital")), "scale_slip", ""),
    ("per_cent_among_shares_of_one",
     lambda new, _: changed(new, of("trust_hospital") & (pl.col("region") != "12"), VALUE / 100), "scale_slip",
     "scale_shares"),
    ("two_rows_swapped", lambda new, _: exchanged(new, "region", "08", "25"), "rows_swapped", ""),
    ("decimals_lost", lambda new, _: changed(new, of("trust_hospital"), VALUE.round()), "decimals_lost", ""),
    ("one_region_left_out", lambda new, _: new.filter(pl.col("region") != "12"), "fewer_regions", ""),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "rule", "variant"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_fault_is_doubted_by_its_rule(store: Store, fault: Fault, rule: str, variant: str):
    told = screened(store, [wave(2018), wave(2019)], fault(wave(2020), wave(2019)))
    assert (rule, variant) in [(each.rule, each.variant) for each in told]
    assert {each.severity for each in told} == {"warning"}
    for each in told:
        assert each.message("sv") != each.message("en")
        assert each.cell.startswith("$.values")
        assert set(each.indicators) <= set(catalogue().indicators)


def test_a_change_that_exchanged_rows_explain_is_not_doubted_beside_them(store: Store):
    """The two regions' figures leap because their rows changed places: one cause, told once."""
    told = screened(store, [wave(2018), wave(2019)], exchanged(wave(2020), "region", "08", "25"))
    assert [each.rule for each in told] == ["rows_swapped"]


def test_the_wave_as_published_raises_no_doubt(store: Store):
    assert screened(store, [wave(2018), wave(2019)], wave(2020)) == []


QUIET: list[tuple[str, Fault]] = [
    (
        "all_but_one_value_of_last_year_again",
        lambda new, old: changed(
            copied(new, "access_needed_care", old.filter(of("access_needed_care"))),
            of("access_needed_care", "12"),
            80.1,
        ),
    ),
    ("a_nation_half_a_point_off", lambda new, _: changed(new, of("trust_hospital", "00"), VALUE + 0.4)),
    ("one_region_four_points_up", lambda new, _: changed(new, of("access_needed_care", "12"), VALUE + 4)),
    (
        "five_whole_numbers",
        lambda new, _: changed(new, of("trust_hospital") & (pl.col("region") < "06"), VALUE.round()),
    ),
    (
        "a_region_without_a_value_but_with_its_reason",
        lambda new, _: new.with_columns(value=pl.when(of("trust_hospital", "12")).then(None).otherwise(VALUE)),
    ),
]


@pytest.mark.parametrize("change", [row[1] for row in QUIET], ids=[row[0] for row in QUIET])
def test_what_may_well_be_true_is_let_be(store: Store, change: Fault):
    assert screened(store, [wave(2018), wave(2019)], change(wave(2020), wave(2019))) == []


def test_a_sum_of_percentages_is_no_total(store: Store):
    rows = [("00", "T", 9.0), *((code, "T", 3.0) for code in ("01", "03", "04"))]
    part = wave(2020).filter(of("trust_hospital")).head(len(rows))
    regions, sexes, values = zip(*rows, strict=True)
    file = part.with_columns(region=pl.Series(regions), sex=pl.Series(sexes), value=pl.Series(values))
    assert [each.variant for each in screened(store, [], file)] == ["summed_nation"]
    assert screened(store, [], file.with_columns(value=pl.lit(3.0))) == []


def test_women_and_men_are_not_added_up(store: Store):
    part = wave(2020).filter(of("trust_hospital")).head(3)
    file = part.with_columns(region=pl.lit("12"), sex=pl.Series(["T", "K", "M"]), value=pl.Series([62.0, 30.0, 32.0]))
    assert [each.variant for each in screened(store, [], file)] == ["summed_sexes"]
    assert screened(store, [], file.with_columns(value=pl.Series([31.0, 30.0, 32.0]))) == []


def test_a_copy_of_a_wave_long_ago_is_found_in_the_store(store: Store):
    far = wave(2023).with_columns(
        period=pl.lit("2053"), period_start=pl.date(2053, 1, 1), period_end=pl.date(2053, 12, 31)
    )
    told = screened(store, [wave(2017)], copied(far, "trust_overall", wave(2017).filter(of("trust_hospital"))))
    assert [(each.rule, each.indicators, each.found) for each in told] == [
        ("repeated_vector", ("trust_overall", "trust_hospital"), "2053 = 2017")
    ]


def test_figures_published_already_are_not_doubted_again(store: Store):
    file = changed(wave(2020), of("trust_hospital", "12"), VALUE + 20)
    assert [each.rule for each in screened(store, [wave(2018), wave(2019)], file)] == ["nation", "change"]
    assert screened(store, [file], file) == []


def test_withdrawn_and_synthetic_figures_are_no_history(store: Store):
    wrong = wave(2019).with_columns(value=VALUE / 3)
    publish(store, wrong.rows(named=True), synthetic=True)
    withdraw(store, publish(store, wrong.rows(named=True), day="2024-05-01"))
    assert screened(store, [], wave(2020)) == []


def test_a_place_is_the_range_its_figures_fill(store: Store):
    file = (
        wave(2020)
        .filter(of("trust_hospital"))
        .with_columns(
            path=pl.lit(""), sheet=pl.lit("Data"), row=pl.int_range(2, 24, dtype=pl.UInt32), col=pl.lit(3, pl.UInt32)
        )
    )
    told = screened(store, [wave(2019)], changed(file, of("trust_hospital"), VALUE.round()))
    assert [(each.rule, each.sheet, each.cell) for each in told] == [("decimals_lost", "Data", "C2:C23")]


def test_a_file_is_screened_when_it_is_checked(store: Store):
    header = "Indikator;Region;Period;Kön;Värde"
    rows = [f"trust_hospital;{name};2020;T;3" for name in ("Skåne", "Halland", "Dalarna")]
    content = "\n".join([header, *rows, "trust_hospital;Riket;2020;T;9", ""])
    checked = check_file(store, "fil.csv", content.encode("utf-8-sig"))
    assert [(each.rule, each.variant, each.cell) for each in checked.problems] == [
        ("summed_total", "summed_nation", "E5")
    ]
