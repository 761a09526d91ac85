from fractions import Fraction
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.methods.small_numbers import Shown, hidden_rows, suppress

COUNTED = ("value", "numerator", "denominator", "base_n", "ci_low", "ci_high")


def row(region, sex, base, *, period="2022", care_unit="", flags="", reason="", value=50.0):
    """One figure as the store gives it: `base` answers, half of them yes; a base of None has no known size."""
    missing = value is None
    return {
        "region": region,
        "care_unit": care_unit,
        "period": period,
        "sex": sex,
        "base_n": base,
        "value": value,
        "numerator": None if base is None or missing else base / 2,
        "denominator": None if missing else base,
        "ci_low": None if missing else value - 5,
        "ci_high": None if missing else value + 5,
        "flags": flags,
        "reason": reason,
    }


def frame(*rows):
    return pl.DataFrame(list(rows), schema_overrides=dict.fromkeys(COUNTED, pl.Float64))


def hidden(shown):
    """The places that are hidden, as "region[/unit] sex"."""
    gone = shown.filter(pl.col("flags").str.contains("s"))
    place = pl.concat_str("region", pl.col("care_unit").str.replace(r"^(.)", "/$1"), pl.lit(" "), "sex")
    return gone.select(place).to_series().to_list()


@pytest.mark.parametrize(
    ("base", "flags"),
    [
        (9, "s"),  # fewer than ten
        (10, "u"),  # exactly ten is shown, but unsure
        (29, "u"),
        (30, ""),  # exactly thirty is sure
        (1, "s"),
        (0, "s"),  # a value of nobody
        (None, ""),  # not an estimate of known size: nothing to judge by
    ],
)
def test_the_thresholds(base, flags):
    # Alone in its table, so that nothing else has to be hidden.
    assert suppress(frame(row("25", "T", base)))["flags"].to_list() == [flags]


def test_a_hidden_figure_loses_everything_that_tells_it_and_keeps_its_other_flags():
    given_rows = frame(row("25", "T", 7, flags="ax")).with_columns(
        n_eff=pl.lit(5.8), share=pl.lit(0.5), printed=pl.lit("50"), evidence=pl.lit("computed"), source=pl.lit("Källa")
    )
    telling = dict.fromkeys([*COUNTED, "n_eff", "share", "printed"])
    assert suppress(given_rows).row(0, named=True) == {
        **given_rows.row(0, named=True),
        **telling,
        "flags": "asx",
        "reason": "suppressed",
        "evidence": "none",
    }


def test_an_unsure_figure_is_marked_and_otherwise_untouched():
    given_rows = frame(row("25", "T", 12, flags="a"))
    assert suppress(given_rows).row(0, named=True) == {**given_rows.row(0, named=True), "flags": "au"}


def test_thresholds_are_settings():
    assert suppress(frame(row("25", "T", 12)), hide_below=15)["flags"].to_list() == ["s"]
    assert suppress(frame(row("25", "T", 40)), mark_below=50)["flags"].to_list() == ["u"]
    assert suppress(frame(row("25", "T", 2)), hide_below=0, mark_below=0)["flags"].to_list() == [""]


def test_a_missing_value_is_not_hidden_again():
    given_rows = frame(row("25", "T", 4, value=None, flags="m", reason="not reported"))
    assert suppress(given_rows).equals(given_rows)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # a single hidden region could be had from Riket: the next smallest goes too
        ([row("01", "T", 7), row("03", "T", 40), row("04", "T", 30), row("00", "T", 77)], ["01 T", "04 T"]),
        # two are hidden already
        ([row("01", "T", 7), row("03", "T", 9), row("04", "T", 30), row("00", "T", 46)], ["01 T", "03 T"]),
        # without Riket there is no total to take the rest from
        ([row("01", "T", 7), row("03", "T", 40)], ["01 T"]),
        # a Riket that is not reported is no total either
        ([row("01", "T", 7), row("03", "T", 40), row("00", "T", 47, value=None, flags="m")], ["01 T"]),
        # nothing else is left to hide: the total goes
        ([row("01", "T", 7), row("00", "T", 50)], ["01 T", "00 T"]),
        # a region that is missing adds nothing, so the total would give the hidden one
        ([row("01", "T", 7), row("03", "T", 0, value=None, flags="m"), row("00", "T", 50)], ["01 T", "00 T"]),
        # one that the source keeps secret does add, so two are unknown
        ([row("01", "T", 7), row("03", "T", None, value=None, flags="c"), row("00", "T", 50)], ["01 T"]),
        # but not where the secret one can be had from its own men and total: its men go as well
        (
            [row("01", "K", 7), row("03", "K", None, value=None, flags="c"), row("03", "M", 40), row("03", "T", 60),
             row("00", "K", 27)],
            ["01 K", "03 M"],
        ),
        # and where nothing but totals is left to hide, the smallest of them
        (
            [row("01", "K", 7), row("03", "K", None, value=None, flags="c"), row("03", "M", 0, value=None, flags="z"),
             row("03", "T", 60), row("00", "K", 67)],
            ["01 K", "03 T"],
        ),
        # a region of unknown size is the last to go
        ([row("01", "T", 7), row("03", "T", None), row("04", "T", 400), row("00", "T", 500)], ["01 T", "04 T"]),
        # women: both sexes less men would give them
        ([row("01", "K", 7), row("01", "M", 40), row("01", "T", 47)], ["01 K", "01 M"]),
        # men are missing from the table altogether: both sexes less nothing is not women
        ([row("01", "K", 7), row("01", "T", 47)], ["01 K"]),
        # both sexes are too few, women and men of unknown size: their sum would give the total
        ([row("01", "K", None), row("01", "M", None), row("01", "T", 7)], ["01 K", "01 T"]),
        # a care unit, and the unit next in size
        (
            [row("01", "T", 6, care_unit="A"), row("01", "T", 50, care_unit="B"), row("01", "T", 70, care_unit="C"),
             row("01", "T", 126)],
            ["01/A T", "01/B T"],
        ),
        # units of different regions do not hide each other
        (
            [row("01", "T", 6, care_unit="A"), row("01", "T", 8, care_unit="B"), row("03", "T", 70, care_unit="C"),
             row("01", "T", 14), row("03", "T", 70)],
            ["01/A T", "01/B T"],
        ),
        # nothing is small: nothing is hidden
        ([row("01", "T", 10), row("03", "T", 40), row("00", "T", 50)], []),
    ],
)  # fmt: skip
def test_what_is_hidden_with_a_small_number(rows, expected):
    assert hidden(suppress(frame(*rows))) == expected


def test_one_small_cell_in_a_table_of_regions_and_sexes_takes_three_with_it():
    # Women in 01 take men in 01 (their sum is shown); each then needs another region's, and those are each other's.
    rows = [
        row(region, sex, base)
        for region, sex, base in [
            ("01", "K", 7),
            ("01", "M", 60),
            ("01", "T", 67),
            ("03", "K", 50),
            ("03", "M", 55),
            ("03", "T", 105),
            ("04", "K", 80),
            ("04", "M", 85),
            ("04", "T", 165),
            ("00", "K", 137),
            ("00", "M", 200),
            ("00", "T", 337),
        ]
    ]
    assert hidden(suppress(frame(*rows))) == ["01 K", "01 M", "03 K", "03 M"]


@pytest.mark.parametrize(
    ("today", "after", "expected"),
    [
        # nothing changes: nothing more is hidden
        ((7, 40, 30), (7, 40, 30), ["01 T", "04 T"]),
        # another region and Riket change: the two that are hidden still cover each other
        ((7, 40, 30), (7, 60, 30), ["01 T", "04 T"]),
        # enough answers now, but what was hidden would come out of the change
        ((7, 40, 30), (40, 40, 30), ["01 T", "04 T"]),
        # too few now: the others are known from today, so the total goes
        ((12, 40, 30), (7, 40, 30), ["01 T", "00 T"]),
        # too few now, and another changes too: that one goes, Riket stays
        ((12, 40, 30), (7, 40, 31), ["01 T", "04 T"]),
        ((12, 40, 30), (12, 40, 31), []),
    ],
)
def test_beside_what_is_shown_already_no_more_goes_than_must(today, after, expected):
    known, new = (
        frame(
            *(
                row(region, "T", base)
                for region, base in zip(("01", "03", "04", "00"), (*bases, sum(bases)), strict=True)
            )
        )
        for bases in (today, after)
    )
    assert hidden(suppress(new, beside=Shown(known, hidden_rows(known)))) == expected


def test_another_period_neither_hides_nor_is_hidden():
    rows = [row("01", "T", 7), row("03", "T", 40), row("04", "T", 30), row("00", "T", 77)]
    before = [{**one, "period": "2021", "base_n": 500.0} for one in rows]
    both = suppress(frame(*rows, *before))
    assert both.head(4).equals(suppress(frame(*rows)))
    assert both.tail(4)["flags"].to_list() == [""] * 4


def test_a_region_itself_has_an_empty_care_unit_or_none():
    rows = frame(row("01", "T", 6, care_unit="A"), row("01", "T", 50, care_unit="B"), row("01", "T", 56))
    none = rows.with_columns(pl.col("care_unit").replace("", None))
    assert suppress(rows)["flags"].to_list() == suppress(none)["flags"].to_list() == ["s", "s", ""]


def test_indicators_are_tables_of_their_own_and_ages_add_up_to_all():
    rows = frame(row("01", "T", 7), row("00", "T", 50), row("01", "T", 60), row("00", "T", 90))
    apart = rows.with_columns(indicator=pl.Series(["a", "a", "b", "b"]), age=pl.Series(["all"] * 4))
    assert suppress(apart)["flags"].to_list() == ["s", "s", "", ""]
    ages = frame(*(row("01", "T", base) for base in (7, 40, 30, 77)))
    ages = ages.with_columns(age=pl.Series(["18-29", "30-64", "65-", "all"]))
    assert suppress(ages)["flags"].to_list() == ["s", "", "s", ""]
    # nobody published all ages of 01, but Riket less 03 tells them
    apart = frame(row("01", "T", 7), row("01", "T", 40), row("03", "T", 50), row("00", "T", 97))
    apart = apart.with_columns(age=pl.Series(["18-64", "65-", "all", "all"]))
    assert suppress(apart)["flags"].to_list() == ["s", "s", "", ""]


def test_the_region_code_is_read_where_the_frame_has_one():
    named = frame(row("01", "T", 7), row("03", "T", 40), row("00", "T", 47)).rename({"region": "code"})
    named = named.with_columns(region=pl.Series(["Region Stockholm", "Region Uppsala", "Riket"]))
    assert suppress(named)["flags"].to_list() == ["s", "s", ""]


def test_a_place_given_twice_in_a_period_is_a_mistake():
    with pytest.raises(ValueError, match=r"^a region, care unit, sex and age occurs twice in one period$"):
        suppress(frame(row("01", "T", 7), row("01", "T", 40)))


def test_an_empty_frame_stays_empty():
    rows = frame(row("01", "T", 7))
    assert suppress(rows.clear()).is_empty()
    assert suppress(rows.clear().drop("denominator"), beside=Shown(rows, hidden_rows(rows))).is_empty()


def computable(shown, bases):
    """What an attacker learns: the sums are known, and so is every base that is shown. Exact elimination over
    fractions, an implementation of its own. Returns the hidden places whose base comes out alone."""
    unknown = [place for place, base in shown.items() if base is None]
    equations = []
    for total in shown:
        region, unit, sex = total
        parts = {
            "regions": [p for p in shown if total == ("00", "", sex) and p[0] != "00" and p[1] == "" and p[2] == sex],
            "units": [p for p in shown if unit == "" and p[0] == region and p[1] and p[2] == sex],
            "sexes": [(region, unit, one) for one in "KM" if sex == "T" and (region, unit, one) in shown],
        }
        for members in parts.values():
            if members:
                line = [Fraction(0)] * (len(unknown) + 1)
                for place, sign in [(total, -1), *((member, 1) for member in members)]:
                    if place in unknown:
                        line[unknown.index(place)] += sign
                    else:
                        line[-1] -= sign * bases[place]
                equations.append(line)
    solved = 0
    for column in range(len(unknown)):
        pivot = next((line for line in equations[solved:] if line[column]), None)
        if pivot is None:
            continue
        equations.remove(pivot)
        pivot = [cell / pivot[column] for cell in pivot]
        equations = [[cell - line[column] * mine for cell, mine in zip(line, pivot, strict=True)] for line in equations]
        equations.insert(solved, pivot)
        solved += 1
    alone = [line for line in equations if sum(cell != 0 for cell in line[:-1]) == 1]
    return [unknown[next(place for place, cell in enumerate(line) if cell)] for line in alone]


def table_of(counts, units):
    """A table that adds up: people by region, care unit and sex, and all their sums."""
    bases = {}
    for (region, unit, sex), base in counts.items():
        owners = product((region, "00"), {unit, ""} if units else {""}, (sex, "T"))
        for place in owners:
            if not (place[0] == "00" and place[1]):
                bases[place] = bases.get(place, 0) + base
    return bases


def attack(bases):
    rows = [row(region, sex, float(base), care_unit=unit) for (region, unit, sex), base in bases.items()]
    answer = suppress(frame(*rows))
    return answer, computable(dict(zip(bases, answer["base_n"], strict=True)), bases)


def test_the_attacker_finds_what_is_hidden_alone():
    bases = table_of({("01", "", "K"): 7, ("01", "", "M"): 60, ("03", "", "K"): 50, ("03", "", "M"): 55}, units=False)
    naive = {place: None if base < 10 else base for place, base in bases.items()}
    assert computable(naive, bases) == [("01", "", "K")]


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.data(), st.integers(2, 5), st.booleans())
def test_no_attack_recovers_a_hidden_figure(data, regions, with_units):
    units = ["A", "B", "C"] if with_units else [""]
    places = [(f"{region:02d}", unit, sex) for region in range(1, regions + 1) for unit in units for sex in "KM"]
    sizes = data.draw(st.lists(st.integers(0, 40), min_size=len(places), max_size=len(places)))
    bases = table_of(dict(zip(places, sizes, strict=True)), units=with_units)
    answer, learnt = attack(bases)
    assert learnt == []
    for base, flags in zip(bases.values(), answer["flags"], strict=True):
        assert "s" in flags or base >= 10
        assert ("u" in flags) == ("s" not in flags and base < 30)


@settings(max_examples=50, deadline=None)
@given(st.data(), st.integers(2, 5))
def test_doing_it_twice_or_in_another_order_changes_nothing(data, regions):
    places = [(f"{region:02d}", "", sex) for region in range(1, regions + 1) for sex in "KM"]
    sizes = data.draw(st.lists(st.integers(1, 40), min_size=len(places), max_size=len(places)))
    bases = table_of(dict(zip(places, sizes, strict=True)), units=False)
    rows = frame(*(row(region, sex, float(base)) for (region, _, sex), base in bases.items()))
    once = suppress(rows)
    assert suppress(once).equals(once)
    assert suppress(rows.reverse()).reverse().equals(once)
